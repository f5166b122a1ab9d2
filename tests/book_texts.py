"""Readings made by hand for the tests of the book: small texts with the mentions that they would give."""

from __future__ import annotations

import datetime
import hashlib
import re

from dragoman.record.document import Document, DocumentKind, Publication, PublishedBasis
from dragoman.record.marks import Person, PersonForm, PersonMark
from dragoman.record.mentions import (
    AnyMention,
    Directness,
    EngagementKind,
    EngagementMention,
    FigureMention,
    Participant,
    Point,
    ReadoutMention,
    SpeakerKind,
    StatementMention,
    Status,
)
from dragoman.record.reading import Reading
from dragoman.record.segments import Segments
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision, When

NO_SEGMENTS = Segments((), (), (), ())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def on(text: str) -> When:
    return When(start=day(text), end=day(text), precision=Precision.DAY, basis=Basis.STATED)


def document(identity: str, text: str, published: str | None = None, **facts: object) -> Document:
    when = Publication()
    if published:
        when = Publication(start=day(published), end=day(published), basis=PublishedBasis.GIVEN)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=identity, text=text, digest=digest, published=when, **facts)  # type: ignore[arg-type]


def reading(held: Document, *mentions: AnyMention, people: tuple[Person, ...] = (), grammar: str = "1") -> Reading:
    marks = []
    for index, person in enumerate(people):
        found = re.search(re.escape(person.name), held.text)
        if found:
            span = Span(*found.span())
            marks.append(PersonMark(span=span, head=span, rule="test.person", form=PersonForm.FULL, people=(index,)))
    return Reading(
        document=held, segments=NO_SEGMENTS, people=people, marks=tuple(marks), mentions=mentions, grammar=grammar
    )


def span_in(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def meeting(held: Document, evidence: str, when: str, *who: Participant, **values: object) -> EngagementMention:
    parties = tuple(sorted({person.party for person in who if person.party}))
    fields: dict[str, object] = {"kind": EngagementKind.MEETING, "status": Status.HELD, "topics": ("trade",), **values}
    return EngagementMention(
        span=span_in(held.text, evidence), rule="test.met", participants=who, parties=parties, when=on(when), **fields
    )  # type: ignore[arg-type]


def quoted(
    held: Document, words: str, speaker: str | None, person: int | None = None, **values: object
) -> StatementMention:
    span = span_in(held.text, words)
    kind = SpeakerKind.PERSON if speaker else SpeakerKind.UNKNOWN
    fields: dict[str, object] = {"directness": Directness.DIRECT, "speaker_kind": kind, **values}
    return StatementMention(span=span, rule="test.said", content=(span,), speaker=speaker, person=person, **fields)  # type: ignore[arg-type]


RUBIO = Person(name="Marco Rubio", surname="Rubio", office="Secretary of State", party="USA", party_basis="stated")
LAMMY = Person(name="David Lammy", surname="Lammy", office="Foreign Secretary", party="GBR", party_basis="stated")
R, L = Participant(name="Marco Rubio", party="USA", person=0), Participant(name="David Lammy", party="GBR", person=1)

FIRST = document(
    "first",
    "Marco Rubio met David Lammy in London on 4 June 2025. “Our shared work on steel will go on until both sides are "
    "content,” Marco Rubio said. Trade was worth $300 billion.",
    "2025-06-04",
    outlet="The Harbour Gazette",
    kind=DocumentKind.NEWS,
)
SECOND = document(
    "second",
    "Talks in London: Marco Rubio and David Lammy spoke of steel. “Our shared work on steel will go on until both "
    "sides are content, and not a day longer,” said Marco Rubio.",
    "2025-06-06",
    outlet="The Inland Courier",
    kind=DocumentKind.NEWS,
)
THIRD = document(
    "third",
    "The following is attributable to the spokesperson: Marco Rubio and David Lammy discussed steel. They agreed to meet "
    "again in July.",
    "2025-06-05",
    kind=DocumentKind.READOUT,
    issuer="USA",
)
LATER = document(
    "later", "David Lammy received Marco Rubio on 9 July 2025 for a second round.", "2025-07-09", kind=DocumentKind.NEWS
)


def first() -> Reading:
    return reading(
        FIRST,
        meeting(
            FIRST,
            "Marco Rubio met David Lammy in London on 4 June 2025",
            "2025-06-04",
            R,
            L,
            place="London",
            country="GBR",
        ),
        quoted(
            FIRST,
            "Our shared work on steel will go on until both sides are content,",
            "Marco Rubio",
            0,
            parties=("USA",),
        ),
        FigureMention(
            span=span_in(FIRST.text, "$300 billion"),
            rule="test.figure",
            value=3e11,
            unit="USD",
            what="trade",
            parties=("GBR", "USA"),
        ),
        people=(RUBIO, LAMMY),
    )


def second() -> Reading:
    return reading(
        SECOND,
        meeting(SECOND, "Marco Rubio and David Lammy spoke of steel", "2025-06-04", R, L, topics=("steel",)),
        quoted(
            SECOND,
            "Our shared work on steel will go on until both sides are content, and not a day longer,",
            "Marco Rubio",
            0,
            parties=("USA",),
        ),
        people=(RUBIO, LAMMY),
    )


def third() -> Reading:
    met = meeting(THIRD, "Marco Rubio and David Lammy discussed steel", "2025-06-04", R, L)
    account = ReadoutMention(
        span=span_in(THIRD.text, "Marco Rubio and David Lammy discussed steel. They agreed to meet again in July"),
        rule="test.readout",
        issuer="USA",
        engagement=met.span,
        points=(Point(span=span_in(THIRD.text, "discussed steel"), topics=("steel",), verb="discuss"),),
    )
    return reading(THIRD, met, account, people=(RUBIO, LAMMY))


def later() -> Reading:
    met = meeting(LATER, "David Lammy received Marco Rubio on 9 July 2025", "2025-07-09", R, L)
    return reading(LATER, met, people=(RUBIO, LAMMY))


def collection() -> list[Reading]:
    return [first(), second(), third(), later()]
