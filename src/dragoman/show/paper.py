"""What does a brief say on paper? One document, which ``render``, ``paper_word`` and ``paper_pdf`` set in their own ways.

Every statement of fact has notes: outlet, title, day and address of a document, with the exact words that it rests on. A
quotation without such a note cannot be made: it is built from its note.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.document import Document
from dragoman.record.entries import AnyEntry, DocumentInfo, EntryPoint, Evidence
from dragoman.record.span import Span
from dragoman.show.brief_words import when_words_of_publication

NOTES_EACH = 3  # documents that are cited for one thing, of different origin as far as there are such
LONGEST = 320  # characters of a quoted span in a note; what is longer is cut, and says so
CUT = " […]"
# What XML and a line of text cannot hold.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\\s]+")


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote: where something stands. ``words`` are exact but for line breaks, and cut where ``whole`` is False."""

    number: int
    document: str
    outlet: str
    title: str
    published: str
    url: str
    words: str
    whole: bool
    start: int
    end: int


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """A line below an item: a label, words of our own, or a quotation with its notes."""

    label: str = ""
    text: str = ""
    quote: str = ""
    notes: tuple[int, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the brief says, with when it was, its notes and the id under which the book has it."""

    when: str = ""
    text: str
    notes: tuple[int, ...] = ()
    details: tuple[Detail, ...] = ()
    entry: str = ""


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it."""

    title: str
    items: tuple[Item, ...]


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A brief as it is printed. ``notes`` are in order of their numbers, from 1; ``annex`` holds the quotations."""

    title: str
    subtitle: str
    basis: str
    day: datetime.date | None
    glance: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    annex: tuple[Item, ...]
    sources: tuple[Item, ...]
    notes: tuple[Note, ...]


class Notes:
    """Makes the notes of a paper, and numbers them in the order in which they are made."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._texts: dict[str, Document] = {}
        self._backing: dict[str, Sequence[Evidence]] = {}
        self.made: list[Note] = []

    def of(self, entry: AnyEntry | str, since: datetime.date | None = None) -> tuple[int, ...]:
        """Notes on the evidence of an entry, one a document; those of other origins first, the later only with ``since``."""
        backing = [e for e in self.backing(entry) if since is None or later(e, since)] or self.backing(entry)
        chosen: dict[str, Evidence] = {}
        for evidence in backing:
            chosen.setdefault(evidence.document.origin, evidence)
        return tuple(self.note(e.document, e.span) for e in list(chosen.values())[:NOTES_EACH])

    def of_words(self, entry: AnyEntry, words: str) -> tuple[int, ...]:
        """Notes on the places of an entry that have these very words, else on all its evidence."""
        exact = [e for e in self.backing(entry) if same(" ".join(e.wordings), words)]
        return tuple(self.note(e.document, e.span) for e in exact[:1]) or self.of(entry)

    def of_point(self, readout: str, point: EntryPoint) -> tuple[int, ...]:
        """The note on a point of a readout, in the text that has it."""
        for evidence in self.backing(readout):
            info = evidence.document
            if info.id == point.document and same(point.span.of(self.text(info)), point.text):
                return (self.note(info, point.span),)
        return self.of(readout)

    def backing(self, entry: AnyEntry | str) -> Sequence[Evidence]:
        """The evidence of an entry."""
        key = entry if isinstance(entry, str) else entry.id
        if key not in self._backing:
            self._backing[key] = self._book.evidence(entry)
        return self._backing[key]

    def text(self, info: DocumentInfo) -> str:
        """The text that a note points into."""
        if info.digest not in self._texts:
            self._texts[info.digest] = self._book.document(info.id, digest=info.digest)
        return self._texts[info.digest].text

    def note(self, info: DocumentInfo, span: Span) -> int:
        """The number of a new note on a span."""
        words = clean(span.of(self.text(info)))
        cut = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + CUT
        note = Note(
            number=len(self.made) + 1,
            document=clean(info.id),
            outlet=clean(info.outlet or ""),
            title=clean(info.title or ""),
            published=when_words_of_publication(info),
            url=clean(info.url or ""),
            words=cut,
            whole=cut == words,
            start=span.start,
            end=span.end,
        )
        self.made.append(note)
        return note.number


def later(evidence: Evidence, since: datetime.date) -> bool:
    """Whether a piece of evidence was printed on or after a day."""
    published = evidence.document.published
    day = published.end or published.start
    return day is not None and day >= since


def same(one: str, other: str) -> bool:
    """Whether two wordings differ in blanks only."""
    return clean(one) == clean(other)


def clean(text: str) -> str:
    """Text on one line, without signs that cannot be printed."""
    return UNPRINTABLE.sub(" ", text).strip()


def quoted(words: str) -> str:
    """Words within quotation marks, their own outer ones left off."""
    return f"“{clean(words).strip('“”')}”"


def sources_of(documents: Iterable[DocumentInfo]) -> tuple[Item, ...]:
    """The documents that the paper rests on."""
    return tuple(
        Item(
            when=when_words_of_publication(info),
            text=clean(" – ".join(part for part in (info.outlet, info.title) if part) or info.id)
            + (" (copy of another text)" if info.origin != info.id else "")
            + (f" ({info.versions} versions)" if info.versions > 1 else ""),
            details=(Detail(text=clean(info.url)),) if info.url else (),
            entry=clean(info.id),
        )
        for info in documents
    )
