"""The reader: a document with everything that was read in it, and why; its versions; and the list of documents."""

from __future__ import annotations

import datetime
import re
import threading
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Generic, TypeVar

import msgspec

from dragoman.book import Book
from dragoman.library import reader
from dragoman.record.document import Document, DocumentKind
from dragoman.record.entries import DocumentInfo, Evidence, Version
from dragoman.record.span import Span
from dragoman.record.versions import DocumentVersions
from dragoman.show.explain import values_of
from dragoman.show.versions import versions_of
from dragoman.web.addresses import identity_of, of_document, of_versions
from dragoman.web.asked import Asked
from dragoman.web.pages.common import choices, crumbs, document_cell, options, plain, published_cell
from dragoman.web.view import Cell, FeedItem, Link, Look, Page, Table, View

LONGEST = 120_000  # characters of a text for which every mark is shown; longer ones show their mentions
LINE_END = re.compile("\n")
T = TypeVar("T")


class Piece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stretch of text in which nothing begins or ends: the sorts of mark that cover it, why, the mentions that
    begin here, and the numbers of those that cover it."""

    text: str
    marks: tuple[str, ...] = ()
    why: str = ""
    begins: tuple[int, ...] = ()
    within: tuple[int, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the text with the offset at which it begins."""

    start: int
    pieces: tuple[Piece, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mention beside the text: its number, kind, values, rule, and the entry that it backs."""

    number: int
    mention: str
    kind: str
    values: str
    rule: str
    entry: str = ""


class DocumentView(View, frozen=True, kw_only=True):
    """A document with its text in paragraphs of pieces."""

    document: Document
    info: DocumentInfo
    version: Version
    paragraphs: tuple[Line, ...]
    notes: tuple[Note, ...]
    legend: tuple[tuple[str, int], ...]


def document(book: Book, asked: Asked) -> View:
    """The reader. ``show`` is the digest of an older version."""
    identity = identity_of(asked.key)
    info = book.document_info(identity)
    texts = book.versions(identity)
    held = book.document(identity, digest=asked.show or digest_as_of(texts, asked.as_of))
    version = next(each for each in texts if each.digest == held.digest)
    evidence = book.mentions(identity, digest=held.digest)
    entries = book.entries_of([item.id for item in evidence])
    notes = tuple(note_of(number, item, entries.get(item.id, "")) for number, item in enumerate(evidence, start=1))
    marks = marks_of(held)
    return DocumentView(
        title=held.title or identity,
        crumbs=(Link("Desk", "/"), Link("Documents", "/r/all/documents")),
        document=msgspec.structs.replace(held, text=""),
        info=info,
        version=version,
        paragraphs=tuple(lines_of(held.text, evidence, marks)),
        notes=notes,
        legend=tuple((sort, number) for sort, number in Counter(mark.sort for mark in marks).most_common()),
        tables=(note_table(notes, held, evidence),),
    )


def digest_as_of(texts: Sequence[Version], day: datetime.date | None) -> str | None:
    """The newest text that was in print by the day; None for the current one."""
    printed = [each for each in texts if day and each.published.end and each.published.end <= day]
    return printed[-1].digest if printed else None


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A mark in the text, with why."""

    span: Span
    sort: str
    why: str


READING = threading.Lock()  # one text at a time: reading is work for one core, whatever the number of threads


@lru_cache(maxsize=256)
def marks_of(held: Document) -> tuple[Marked, ...]:
    """The marks of a text, read anew: the book keeps mentions, and any reading finds the same marks."""
    if len(held.text) > LONGEST:
        return ()
    with READING:
        marks = reader().marks(held)
    return tuple(
        Marked(
            span=mark.span,
            sort=str(mark.__struct_config__.tag),
            why=f"{mark.__struct_config__.tag}{values_of(mark)} · rule {mark.rule}",
        )
        for mark in marks
    )


class Cover(Generic[T]):
    """Which of some spanned things cover a place, asked from left to right."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._coming = deque(sorted(items, key=lambda pair: pair[0]))
        self._here: list[tuple[Span, T]] = []

    def at(self, place: int) -> tuple[list[T], list[T]]:
        """(all that cover the place, those among them that were not yet there when last asked)."""
        self._here = [pair for pair in self._here if pair[0].end > place]
        fresh = []
        while self._coming and self._coming[0][0].start <= place:
            fresh.append(self._coming.popleft())
        self._here += fresh
        return [item for _, item in self._here], [item for _, item in fresh]


def lines_of(text: str, evidence: Sequence[Evidence], marks: Sequence[Marked]) -> list[Line]:
    """The text cut where a mark or mention begins or ends, line by line."""
    marked = Cover((mark.span, mark) for mark in marks)
    told = Cover((item.span, number) for number, item in enumerate(evidence, start=1))
    lines: list[tuple[int, list[Piece]]] = [(0, [])]
    for start, end in pairwise(cuts_of(text, [*(item.span for item in evidence), *(mark.span for mark in marks)])):
        if text[start:end] == "\n":
            lines.append((end, []))
            continue
        within, begins = told.at(start)
        lines[-1][1].append(piece_of(text[start:end], marked.at(start)[0], begins, within))
    return [Line(start=start, pieces=tuple(pieces)) for start, pieces in lines if pieces]


def cuts_of(text: str, spans: Iterable[Span]) -> list[int]:
    """The places where something begins or ends, line ends among them."""
    edges = {0, len(text)}
    for span in spans:
        edges.update((span.start, span.end))
    for match in LINE_END.finditer(text):
        edges.update(match.span())
    return sorted(edge for edge in edges if 0 <= edge <= len(text))


def piece_of(text: str, marks: Sequence[Marked], begins: Sequence[int], within: Sequence[int]) -> Piece:
    """One piece; the innermost mark comes last and gives the colour."""
    inner = sorted(marks, key=lambda mark: mark.span.start - mark.span.end)
    return Piece(
        text=text,
        marks=tuple(mark.sort for mark in inner),
        why="\n".join(mark.why for mark in reversed(inner)),
        begins=tuple(begins),
        within=tuple(within),
    )


def note_of(number: int, item: Evidence, entry: str) -> Note:
    """A mention beside the text."""
    mention: Any = item.mention
    return Note(
        number=number,
        mention=item.id,
        kind=str(mention.__struct_config__.tag),
        values=values_of(mention).strip(),
        rule=mention.rule,
        entry=entry,
    )


def note_table(notes: Sequence[Note], held: Document, evidence: Sequence[Evidence]) -> Table:
    """What was read, for the CSV."""
    return Table(
        caption="What was read",
        columns=("No.", "Kind", "Words", "Rule", "Entry"),
        rows=tuple(
            (
                Cell(str(note.number), look=Look.NUMBER),
                Cell(plain(note.kind)),
                Cell(" ".join(item.span.of(held.text).split()), look=Look.QUOTE),
                Cell(note.rule),
                Cell(note.entry),
            )
            for note, item in zip(notes, evidence, strict=True)
        ),
    )


class VersionsView(View, frozen=True, kw_only=True):
    """A document's versions with the edits between them."""

    held: DocumentVersions
    info: DocumentInfo


def versions(book: Book, asked: Asked) -> VersionsView:
    """What each new text of a document changed."""
    identity = identity_of(asked.key)
    info = book.document_info(identity)
    held = versions_of(book, identity)
    edits = tuple(
        (
            Cell(f"{change.earlier.number} to {change.later.number}"),
            Cell(edit.kind.value),
            Cell(edit.before, look=Look.QUOTE),
            Cell(edit.after, look=Look.QUOTE),
        )
        for change in held.changes
        for edit in change.edits
    )
    return VersionsView(
        title=f"Versions: {info.title or identity}",
        crumbs=(
            Link("Desk", "/"),
            Link("Documents", "/r/all/documents"),
            Link(info.title or identity, of_document(identity)),
        ),
        held=held,
        info=info,
        tables=(Table(caption="Edits", columns=("From, to", "Kind", "Before", "After"), rows=edits),),
    )


def documents(book: Book, asked: Asked) -> View:
    """The documents of a relationship or of the book, the latest first."""
    found = book.documents(msgspec.structs.replace(asked.page_filter(), limit=asked.rows + 1))
    shown = found[: asked.rows]
    rows = tuple(
        (
            published_cell(info.published),
            document_cell(info),
            Cell(plain(info.kind)),
            Cell(
                f"{info.versions} versions" if info.versions > 1 else "",
                path=of_versions(info.id) if info.versions > 1 else "",
            ),
            Cell(
                "copy" if info.origin != info.id else "",
                path=of_document(info.origin) if info.origin != info.id else "",
            ),
        )
        for info in shown
    )
    return View(
        title="Documents",
        crumbs=crumbs(asked),
        choices=choices(
            asked, "kind", "since", "until", "topic", values={"kind": options([kind.value for kind in DocumentKind])}
        ),
        tables=(
            Table(
                caption="Documents, the latest first",
                columns=("Published", "Document", "Kind", "Versions", "Copy of"),
                rows=rows,
                page=asked.page,
                per_page=asked.rows,
                more=len(found) > asked.rows,
            ),
        ),
        records=tuple(shown),
        items=tuple(
            FeedItem(
                id=info.id,
                title=info.title or info.id,
                path=of_document(info.id),
                day=info.published.end,
                summary=info.outlet or "",
            )
            for info in shown
        ),
    )


PAGES = (
    Page(name="versions", path="/d/{key}/versions", view=versions, template="versions.html"),
    Page(name="document", path="/d/{key}", view=document, template="document.html"),
    Page(name="documents", path="/r/{scope}/documents", view=documents, feed=True, tab="Documents"),
)
