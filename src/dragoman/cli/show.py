"""dragoman show ID"""

from __future__ import annotations

import click

from dragoman.book import Book
from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.errors import UnknownName
from dragoman.record.entries import DocumentInfo
from dragoman.show.entry import Shown, ShownDocument, document_text, entry_text


@click.command()
@click.argument("name", metavar="ID")
@settings_options
def show(name: str, settings: Settings) -> None:
    """Show one entry or document, with every piece of evidence.

    ID is what lists show: the beginning of an entry's id, or a document's id.
    """
    with opened(settings) as book:
        shown = shown_document(book, name) or shown_entry(book, name)
        if settings.as_json:
            write_json(shown)
        elif isinstance(shown, ShownDocument):
            write(document_text(shown, width()))
        else:
            texts: dict[str, str] = {}

            def text_of(info: DocumentInfo) -> str:
                if info.digest not in texts:
                    texts[info.digest] = book.document(info.id, digest=info.digest).text
                return texts[info.digest]

            write(entry_text(shown, text_of, width()))


def shown_document(book: Book, name: str) -> ShownDocument | None:
    """The document of that id; None when there is none."""
    try:
        info = book.document_info(name)
    except UnknownName:
        return None
    return ShownDocument(book.document(name), info, tuple(book.versions(name)), tuple(book.mentions(name)))


def shown_entry(book: Book, name: str) -> Shown:
    """The entry of that id. Raises UnknownName."""
    entry = book.entry(name)
    return Shown(entry, tuple(book.evidence(entry)))
