"""What do the pages share? Crumbs, cells, paging, and the words for what the book holds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.document import Publication
from dragoman.record.entries import AnyEntry, DocumentInfo, EntryKind
from dragoman.show.plain import published_words
from dragoman.show.words import KIND_WORDS, day_words, party_name, party_word, when_words
from dragoman.web.addresses import of_document, of_entry, of_scope
from dragoman.web.asked import Asked
from dragoman.web.tones import TONES
from dragoman.web.view import Cell, Choice, Link, Look, Table
from dragoman.web.wording import readable

KINDS = {
    EntryKind.ENGAGEMENT: "engagements",
    EntryKind.STATEMENT: "statements",
    EntryKind.READOUT: "readouts",
    EntryKind.PERSON: "people",
    EntryKind.FIGURE: "figures",
    EntryKind.MEASURE: "measures",
    EntryKind.NEGOTIATION: "negotiations",
    EntryKind.COMMITMENT: "commitments",
    EntryKind.DISPUTE: "disputes",
    EntryKind.INCIDENT: "incidents",
}


def scope_name(parties: Sequence[str], *, full: bool = True) -> str:
    """A relationship's name: "United States – India"; the whole book where there are no parties."""
    name = party_name if full else party_word
    return " – ".join(name(code) for code in parties) or "The whole book"


def crumbs(asked: Asked, *more: Link) -> tuple[Link, ...]:
    """The way from the front page to this one."""
    scope = (
        (Link(scope_name(asked.parties, full=False), of_scope(asked.parties)),) if asked.path.startswith("/r/") else ()
    )
    return (Link("Desk", "/"), *scope, *more)


def plain(text: str) -> str:
    """A code word for a reader."""
    return text.replace("_", " ")


def tag(text: str) -> Cell:
    """A state, in its colour."""
    return Cell(plain(text), look=Look.TAG, tone=TONES.get(text, "faint"))


def published_cell(published: Publication) -> Cell:
    """A day of publication; what it rests on stands below it where that is not plain."""
    day, _, basis = published_words(published).partition(" (")
    return Cell(readable(day), look=Look.DAY, below=readable(basis.removesuffix(")")))


def origins(entry: AnyEntry) -> Cell:
    """How many independent texts report an entry; the way to them."""
    return Cell(str(entry.origins), path=f"{of_entry(entry.id)}#evidence", look=Look.NUMBER)


def day_cell(text: str, path: str = "") -> Cell:
    """A day or an interval."""
    return Cell(text, path=path, look=Look.DAY)


def printed(entry: AnyEntry) -> Cell:
    """When an entry was first in print."""
    return day_cell(day_words(entry.first_published) if entry.first_published else "no date")


def parties_cell(codes: Sequence[str]) -> Cell:
    """Parties by their short names."""
    return Cell(", ".join(party_word(code) for code in codes))


def document_cell(info: DocumentInfo) -> Cell:
    """A document by its title, with its outlet below."""
    below = ", ".join(part for part in (info.outlet or "", (info.issuer and party_word(info.issuer)) or "") if part)
    return Cell(info.title or info.id, path=of_document(info.id), below=below)


def kind_words(entry: AnyEntry) -> str:
    """What sort of thing an entry is, as the head of its page."""
    match str(entry.__struct_config__.tag):
        case "engagement":
            return KIND_WORDS[entry.kind]  # type: ignore[union-attr,index]
        case other:
            return other.capitalize()


def paged(table: Table, asked: Asked, book: Book, kind: EntryKind) -> Table:
    """The table with its place among the pages."""
    total = book.count(kind, asked.filter())
    return msgspec.structs.replace(
        table, total=total, page=asked.page, per_page=asked.rows, more=asked.offset + len(table.rows) < total
    )


def choices(
    asked: Asked, *names: str, values: dict[str, tuple[tuple[str, str], ...]] | None = None
) -> tuple[Choice, ...]:
    """The fields of the form above a list."""
    labels = {
        "q": "Words", "since": "From", "until": "To", "topic": "Topic", "person": "Person", "kind": "Kind",
        "status": "State", "speaker": "Said by",
    }  # fmt: skip
    held = values or {}
    made = []
    for name in names:
        value = asked.words if name == "q" else getattr(asked, name)
        sort = "select" if name in held else "date" if name in ("since", "until") else "text"
        made.append(Choice(name=name, label=labels[name], value=str(value or ""), kind=sort, values=held.get(name, ())))
    return tuple(made)


def options(names: Sequence[str], every: str = "any") -> tuple[tuple[str, str], ...]:
    """Values of a choice, with one for all of them first."""
    return (("", every), *((name, plain(name)) for name in names))


def when_or(entry_when: str) -> str:
    """A date's words, and for none a plain "undated"."""
    return entry_when or "undated"


__all__ = ["when_words"]
