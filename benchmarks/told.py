"""The readings that a perfect reader would make of generated documents: engagements, readouts, quotations, measures.

Linking and a large book can be tried with them at the cost of writing them down, which is a hundredth of reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from corpus import Doc, Marked
from world import Engagement, Official

from dragoman.pipeline import GRAMMAR_VERSION
from dragoman.record.document import Document, DocumentKind, Publication, PublishedBasis
from dragoman.record.marks import Person, PersonForm, PersonMark
from dragoman.record.mentions import (
    AnyMention,
    Directness,
    EngagementKind,
    EngagementMention,
    MeasureMention,
    Participant,
    Point,
    ReadoutMention,
    Role,
    SpeakerKind,
    StatementMention,
    Status,
)
from dragoman.record.reading import Reading
from dragoman.record.segments import Segments
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision, When

NO_SEGMENTS = Segments((), (), (), ())
KINDS = {
    "meeting": EngagementKind.MEETING,
    "visit": EngagementKind.MEETING,
    "call": EngagementKind.CALL,
    "virtual": EngagementKind.VIRTUAL,
}
RULE = "generated"


def readings(docs: Iterable[Doc]) -> Iterator[Reading]:
    """A reading of each document."""
    return map(reading, docs)


def reading(doc: Doc) -> Reading:
    """What is told of one document."""
    held = Document(
        id=doc.id,
        text=doc.text,
        digest=hashlib.sha256(doc.text.encode()).hexdigest(),
        outlet=doc.outlet,
        title=doc.title,
        published=Publication(start=doc.published, end=doc.published, basis=PublishedBasis.GIVEN),
        kind=DocumentKind(doc.kind),
        issuer=doc.issuer,
    )
    people = people_of(doc)
    index = {who.name: number for number, who in enumerate(people)}
    mentions = [made for mark in doc.marked if (made := mention(mark, index))]
    account = account_of(doc)
    return Reading(
        document=held,
        segments=NO_SEGMENTS,
        people=tuple(person_of(who) for who in people),
        marks=tuple(marks_of(doc, people)),
        mentions=(*mentions, *account),
        grammar=GRAMMAR_VERSION,
    )


def people_of(doc: Doc) -> list[Official]:
    """Who is named in a document, each once."""
    found: dict[str, Official] = {}
    for mark in doc.marked:
        named = (mark.engagement.a, mark.engagement.b) if mark.engagement else ()
        for who in (*named, *((mark.quote.speaker,) if mark.quote else ())):
            if who.name in doc.text:
                found.setdefault(who.name, who)
    return list(found.values())


def person_of(who: Official) -> Person:
    """An official as a reading's person."""
    return Person(name=who.name, surname=who.surname, office=who.office, party=who.state.code, party_basis="stated")


def marks_of(doc: Doc, people: Iterable[Official]) -> Iterator[PersonMark]:
    """The first place at which each is named."""
    for number, who in enumerate(people):
        at = doc.text.index(who.name)
        span = Span(at, at + len(who.name))
        yield PersonMark(
            span=span,
            head=span,
            rule=RULE,
            form=PersonForm.FULL,
            people=(number,),
            office=who.office,
            party=who.state.code,
        )


def mention(mark: Marked, index: dict[str, int]) -> AnyMention | None:
    """The mention that a marked stretch makes; points of readouts make none of their own."""
    span = Span(mark.start, mark.end)
    if mark.quote:
        return quotation(mark, span, index)
    if mark.way == "measure":
        imposer, target, goods, rate, *_ = mark.of.split("-")
        return MeasureMention(
            span=span, rule=RULE, kind="tariff", imposer=imposer, target=target, scope=goods, rate=float(rate),
            unit="percent", effective=When(start=mark.day, end=mark.day, precision=Precision.DAY, basis=Basis.STATED),
        )  # fmt: skip
    if mark.way == "point" or mark.engagement is None:
        return None
    return engagement(mark, mark.engagement, span, index)


def engagement(mark: Marked, event: Engagement, span: Span, index: dict[str, int]) -> EngagementMention:
    """The report of an engagement."""
    remote = event.kind in ("call", "virtual")
    roles = (Role.PRINCIPAL, Role.COUNTERPART)
    return EngagementMention(
        span=span,
        rule=RULE,
        kind=KINDS[event.kind],
        status=Status.PLANNED if mark.way == "preview" else Status.HELD,
        participants=tuple(
            Participant(name=who.name, party=who.state.code, office=who.office, role=role, person=index.get(who.name))
            for who, role in zip((event.a, event.b), roles, strict=True)
        ),
        parties=tuple(sorted({event.a.state.code, event.b.state.code})),
        when=When(start=mark.day, end=mark.day, precision=Precision.DAY, basis=Basis.PUBLICATION),
        place=None if remote else event.city,
        country=event.country.code if event.country and not remote else None,
        topics=tuple(name for name, _ in event.topics),
    )


def quotation(mark: Marked, span: Span, index: dict[str, int]) -> StatementMention:
    """A quotation."""
    assert mark.quote
    who = mark.quote.speaker
    return StatementMention(
        span=span,
        rule=RULE,
        directness=Directness.DIRECT,
        content=(span,),
        quoted=(span,),
        speaker=who.name,
        speaker_kind=SpeakerKind.PERSON,
        person=index.get(who.name),
        office=who.office,
        parties=(who.state.code,),
        cue_lemma="say",
    )


def account_of(doc: Doc) -> tuple[ReadoutMention, ...]:
    """The readout that an official document is."""
    points = [mark for mark in doc.marked if mark.way == "point"]
    if not points or not doc.issuer:
        return ()
    report = Span(doc.marked[0].start, doc.marked[0].end)
    event = points[0].engagement
    topics = tuple(name for name, _ in event.topics) if event else ()
    made = tuple(Point(span=Span(mark.start, mark.end), topics=topics[:1], verb="discuss") for mark in points)
    whole = Span(report.start, points[-1].end)
    return (ReadoutMention(span=whole, rule=RULE, issuer=doc.issuer, engagement=report, points=made, topics=topics),)
