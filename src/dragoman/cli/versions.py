"""dragoman versions DOCUMENT"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.show.versions import edited_list, versions_of, versions_text


@click.command()
@click.argument("document", required=False)
@click.option("--all", "every", is_flag=True, help="Also show edits of spacing, punctuation, capitals and spelling.")
@settings_options
def versions(document: str | None, every: bool, settings: Settings) -> None:
    """Show what each new text of a document changed.

    Edits of substance are told from edits of spacing, punctuation, capitals and spelling. Without DOCUMENT, list the documents
    that have more than one text.
    """
    with opened(settings) as book:
        if document is not None:
            held = versions_of(book, document)
            if settings.as_json:
                write_json(held)
            else:
                write(versions_text(held, width(), every=every))
            return
        edited = [info for info in book.documents() if info.versions > 1]
    if settings.as_json:
        write_json(edited)
    elif edited:
        write(edited_list(edited, width()))
    else:
        click.echo("No document has more than one text.", err=True)
