"""What is new since a day? The morning's brief: what came, what moved, what was dropped, and who said what."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.entries import DocumentInfo, Filter, Statement
from dragoman.show.brief import worth_quoting
from dragoman.show.brief_paper import Writer
from dragoman.show.brief_words import counted, speaker_words, statement_words
from dragoman.show.changes import ChangeLine, change_list, changes_since
from dragoman.show.paper import Item, Notes, Paper, Section, clean, sources_of
from dragoman.show.words import day_words, hanging, party_name

HEADS = {"new": "New", "moved": "Moved", "dropped": "Dropped"}


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What was printed since a day, that day included; of the parties, if some are named."""

    since: datetime.date
    as_of: datetime.date | None
    parties: tuple[str, ...]
    documents: tuple[DocumentInfo, ...]
    changes: tuple[ChangeLine, ...]
    statements: tuple[Statement, ...]


def news(book: Book, since: datetime.date, parties: Sequence[str] = (), as_of: datetime.date | None = None) -> News:
    """Gather what is new since the day; an entry must concern all of the parties, a statement one of them."""
    wanted = Filter(parties=tuple(parties), as_of=as_of)
    documents = book.documents(msgspec.structs.replace(wanted, since=since))
    here = {document.id for document in documents}
    said: dict[str, Statement] = {}
    for party in parties or ("",):
        for statement in book.statements(Filter(parties=(party,) if party else (), since=since, as_of=as_of)):
            first = statement.first_published
            if first and first >= since and here.intersection(statement.documents) and worth_quoting(statement):
                said[statement.id] = statement
    return News(
        since=since,
        as_of=as_of,
        parties=tuple(parties),
        documents=tuple(documents),
        changes=tuple(line for line in changes_since(book, since, wanted) if not line.by_date),
        statements=tuple(sorted(said.values(), key=lambda s: (s.first_published or since, s.id))),
    )


def title_of(found: News) -> str:
    """The parties, or nothing in particular."""
    return " – ".join(party_name(code) for code in found.parties) or "All parties"


def basis_of(found: News) -> str:
    """What the news rests on."""
    origins = len({document.origin for document in found.documents})
    return f"From {counted(len(found.documents), 'document')} of {counted(origins, 'origin')}"


def news_paper(book: Book, found: News) -> Paper:
    """The news on paper, each change with the words that were printed since."""
    notes = Notes(book)
    writer = Writer(notes)

    def item(line: ChangeLine) -> Item:
        detail = f" → {line.detail}" if line.detail else ""
        return Item(
            when=day_words(line.published) if line.published else "no date",
            text=clean(f"{line.ledger.capitalize()}: {line.what}{detail}"),
            notes=notes.of(line.entry, since=found.since),
            entry=line.entry,
        )

    sections = [
        Section(head, tuple(item(line) for line in found.changes if line.change == change))
        for change, head in HEADS.items()
    ]
    return Paper(
        title=title_of(found),
        subtitle=f"What is new since {day_words(found.since)}",
        basis=f"{basis_of(found)}. What the texts report, not what is true.",
        day=found.as_of,
        glance=tuple((section.title, counted(len(section.items), "entry", "entries")) for section in sections),
        sections=tuple(section for section in sections if section.items),
        annex=writer.all(found.statements, writer.statement),
        sources=sources_of(found.documents),
        notes=tuple(notes.made),
    )


def news_text(found: News, width: int) -> str:
    """The news on a terminal: a line a change, then what was said."""
    title = title_of(found).upper()
    parts = [
        f"{title}{f'since {day_words(found.since)}'.rjust(max(1, width - len(title)))}\n{'=' * width}",
        "\n".join(hanging(f"{basis_of(found)}; `dragoman show ID` shows the evidence.", width, 0, 0)),
        change_list(found.changes, width).rstrip() if found.changes else "Nothing changed since then.",
    ]
    if found.statements:
        lines = [line for statement in found.statements for line in statement_lines(statement, width)]
        parts.append("\n".join(["SAID, WORD FOR WORD", *lines]))
    return "\n\n".join(parts) + "\n"


def statement_lines(statement: Statement, width: int) -> list[str]:
    """Who, and the words below."""
    head = f"{day_words(statement.first_published)}  {speaker_words(statement)}  {statement.id}"
    return [*hanging(head, width, 2, 4), *hanging(statement_words(statement), width, 4, 5)]
