"""What can a program ask the desk? Each call: its address, what it is asked with, and the record that it answers with.

Questions and answers are records; the OpenAPI document is made from them (``openapi``), and so is the reading of a query.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from dragoman.book import Book
from dragoman.library import party_code
from dragoman.record.corrections import Correction
from dragoman.record.document import Document
from dragoman.record.entries import (
    AnyEntry,
    BookMeta,
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    EntryKind,
    Evidence,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    Relationship,
    SearchHit,
    Statement,
    Version,
)
from dragoman.record.quote import QuoteCheck
from dragoman.show.changes import ChangeLine, changes_since
from dragoman.show.quotes import quote_check

T = TypeVar("T")
Words = Annotated[str, Meta(max_length=4000)]
Name = Annotated[str, Meta(min_length=1, max_length=4000)]
Limit = Annotated[int, Meta(ge=1, le=500, description="At most so many.")]
Offset = Annotated[int, Meta(ge=0, le=100_000_000, description="So many are passed over.")]
Since = Annotated[datetime.date, Meta(description="From this day on.")]
AsOf = Annotated[datetime.date, Meta(description="As it was in print by the end of this day.")]


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list. ``total`` is how many there are; null where they were not counted."""

    items: tuple[T, ...]
    offset: int
    total: int | None = None


class Nothing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question without values."""


class ListAsked(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of a list; each value narrows it."""

    party: Annotated[
        tuple[Name, ...], Meta(max_length=20, description="Parties concerned, by name or code; all of them.")
    ] = ()
    person: Annotated[Name, Meta(description="A person, by name, surname or id.")] | None = None
    topic: Annotated[Name, Meta(description="A topic, such as trade.")] | None = None
    kind: Annotated[Name, Meta(description="Of this kind, such as call.")] | None = None
    status: Annotated[Name, Meta(description="Of this status, such as held.")] | None = None
    since: Since | None = None
    until: Annotated[datetime.date, Meta(description="Up to this day.")] | None = None
    as_of: AsOf | None = None
    printed_since: Annotated[datetime.date, Meta(description="Printed on or after this day.")] | None = None
    latest: Annotated[bool, Meta(description="The latest first.")] = False
    limit: Limit = 50
    offset: Offset = 0

    def filter(self) -> Filter:
        """As the book is asked. Raises UnknownName for a party that is none."""
        held = {name: getattr(self, name) for name in self.__struct_fields__ if name != "party"}
        return Filter(parties=tuple(sorted({party_code(name) for name in self.party})), **held)


class One(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing by its id."""

    id: Annotated[Name, Meta(description="The id; of an entry its unique beginning will do.")]


class OneEntry(One, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry, today or as of a day."""

    as_of: AsOf | None = None


class OneText(One, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document, or one of its texts."""

    digest: Annotated[str, Meta(description="The digest of an older text.")] | None = None


class SearchAsked(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that must all be there."""

    q: Annotated[Words, Meta(description="Words; a phrase between quotation marks.")]
    limit: Limit = 50


class QuoteAsked(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wording, and who is said to have said it."""

    q: Annotated[Words, Meta(description="The wording, of three words or more.")]
    speaker: Words | None = None


class ChangesAsked(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Since when, and between whom."""

    since: Since
    party: Annotated[tuple[Name, ...], Meta(max_length=20, description="Parties concerned.")] = ()
    limit: Limit = 500


class Few(Nothing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many."""

    limit: Limit = 40


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call: ``work`` gets the book and a question of the given type, and returns an ``answer``."""

    name: str
    summary: str
    question: type[Nothing]
    answer: Any
    work: Callable[[Book, Any], Any]

    @property
    def path(self) -> str:
        """Its address."""
        return f"/api/v1/{self.name}"


def listing(name: str, kind: EntryKind, entry: type) -> Call:
    """The call for the entries of a kind."""

    def work(book: Book, asked: ListAsked) -> Listing[Any]:
        wanted = asked.filter()
        found = tuple(getattr(book, name)(wanted))
        return Listing(items=found, offset=asked.offset, total=book.count(kind, wanted))

    return Call(
        name=name,
        summary=f"{name.capitalize()} that answer the filter, with their grounds.",
        question=ListAsked,
        answer=Listing[entry],  # type: ignore[valid-type]
        work=work,
    )


def documents(book: Book, asked: ListAsked) -> Listing[DocumentInfo]:
    """Documents; they are not counted."""
    return Listing(items=tuple(book.documents(asked.filter())), offset=asked.offset)


def entry(book: Book, asked: OneEntry) -> AnyEntry:
    """One entry."""
    return book.entry_as_of(asked.id, asked.as_of) if asked.as_of else book.entry(asked.id)


def changes(book: Book, asked: ChangesAsked) -> list[ChangeLine]:
    """The latest changes since a day."""
    parties = tuple(sorted({party_code(name) for name in asked.party}))
    wanted = Filter(parties=parties, printed_since=asked.since, latest=True, limit=asked.limit)
    return changes_since(book, asked.since, wanted)


CALLS = (
    Call(
        name="book", summary="What the book holds.", question=Nothing, answer=BookMeta, work=lambda book, _: book.meta
    ),
    Call(
        name="relationships",
        summary="The pairs of parties with the most engagements.",
        question=Few,
        answer=tuple[Relationship, ...],
        work=lambda book, asked: book.relationships(asked.limit),
    ),
    listing("engagements", EntryKind.ENGAGEMENT, Engagement),
    listing("statements", EntryKind.STATEMENT, Statement),
    listing("readouts", EntryKind.READOUT, ReadoutEntry),
    listing("people", EntryKind.PERSON, PersonEntry),
    listing("figures", EntryKind.FIGURE, Figure),
    listing("measures", EntryKind.MEASURE, Measure),
    listing("negotiations", EntryKind.NEGOTIATION, Negotiation),
    listing("commitments", EntryKind.COMMITMENT, Commitment),
    listing("disputes", EntryKind.DISPUTE, Dispute),
    listing("incidents", EntryKind.INCIDENT, Incident),
    Call(
        name="documents",
        summary="Documents that answer the filter, without their texts.",
        question=ListAsked,
        answer=Listing[DocumentInfo],
        work=documents,
    ),
    Call(name="entry", summary="One entry, whole.", question=OneEntry, answer=AnyEntry, work=entry),
    Call(
        name="entry/evidence",
        summary="Every mention that backs an entry, with its place in the text.",
        question=One,
        answer=tuple[Evidence, ...],
        work=lambda book, asked: book.evidence(asked.id),
    ),
    Call(
        name="document",
        summary="One document with its text.",
        question=OneText,
        answer=Document,
        work=lambda book, asked: book.document(asked.id, digest=asked.digest),
    ),
    Call(
        name="document/mentions",
        summary="What a document says, in order.",
        question=OneText,
        answer=tuple[Evidence, ...],
        work=lambda book, asked: book.mentions(asked.id, digest=asked.digest),
    ),
    Call(
        name="document/versions",
        summary="Every text of a document that the book holds, oldest first.",
        question=One,
        answer=tuple[Version, ...],
        work=lambda book, asked: book.versions(asked.id),
    ),
    Call(
        name="search",
        summary="Documents and entries that hold all the words, best first.",
        question=SearchAsked,
        answer=tuple[SearchHit, ...],
        work=lambda book, asked: book.search(asked.q, asked.limit),
    ),
    Call(
        name="quote",
        summary="Where a wording stands in the book: verbatim, shortened, altered or not found.",
        question=QuoteAsked,
        answer=QuoteCheck,
        work=lambda book, asked: quote_check(book, asked.q, asked.speaker),
    ),
    Call(
        name="changes",
        summary="What is new, moved and dropped since a day.",
        question=ChangesAsked,
        answer=tuple[ChangeLine, ...],
        work=changes,
    ),
    Call(
        name="corrections",
        summary="Every correction, those taken back too.",
        question=Nothing,
        answer=tuple[Correction, ...],
        work=lambda book, _: book.corrections(),
    ),
)
