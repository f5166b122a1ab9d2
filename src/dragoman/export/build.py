"""Which lines does the book give to an export?

Engagements, people, negotiations and incidents stand once; statements, figures, measures, commitments and disputes stand
once for each place in a document that says them, with the id of the entry that gathers them. ``docs/export.md``
describes every field (``lines``). Entries that are rejected are not in the book's lists, and so not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from dragoman.book import Book
from dragoman.export.lines import (
    CommitmentLine,
    DisputeLine,
    DocumentLine,
    EngagementLine,
    FigureLine,
    IncidentLine,
    Line,
    MeasureLine,
    NegotiationLine,
    PersonLine,
    PointLine,
    ReadoutLine,
    StatementLine,
)
from dragoman.record.entries import (
    EVERYTHING,
    AnyEntry,
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Evidence,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    Statement,
)
from dragoman.record.mentions import (
    CommitmentMention,
    Directness,
    DisputeMention,
    FigureMention,
    MeasureMention,
    StatementMention,
)
from dragoman.record.span import Span

L = TypeVar("L", bound=msgspec.Struct)


def lines_of(book: Book, wanted: Filter = EVERYTHING) -> Iterator[tuple[str, Iterable[Line]]]:
    """The lines of every kind that answer the filter, in the order of ``LINES``, all from one state of the book.

    Lines are made one by one: a few entries are held at a time.
    """
    texts = Texts(book)
    with book.snapshot():
        yield "engagements", map(engagement_line, book.each(Engagement, wanted))
        yield "statements", said(book, book.each(Statement, wanted), texts, statement_lines)
        yield "readouts", map(readout_line, book.each(ReadoutEntry, wanted))
        yield "figures", said(book, book.each(Figure, wanted), texts, figure_lines)
        yield "measures", said(book, book.each(Measure, wanted), texts, measure_lines)
        yield "commitments", said(book, book.each(Commitment, wanted), texts, commitment_lines)
        yield "disputes", said(book, book.each(Dispute, wanted), texts, dispute_lines)
        yield "negotiations", map(negotiation_line, book.each(Negotiation, wanted))
        yield "incidents", map(incident_line, book.each(Incident, wanted))
        yield "people", map(person_line, book.each(PersonEntry, wanted))
        yield "documents", map(document_line, book.each_document(wanted))


def line_of(type_: type[L], source: msgspec.Struct, **values: object) -> L:
    """A line whose fields are the given values, and else those of the source that bear the same names."""
    fields = {name: values[name] if name in values else getattr(source, name) for name in type_.__struct_fields__}
    return msgspec.convert(fields, type_, from_attributes=True)


class Texts:
    """The texts of documents, the last one kept: evidence comes in the order of documents."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.last: tuple[str, str] = ("", "")

    def of(self, info: DocumentInfo) -> str:
        """The text that a piece of evidence stands in."""
        if self.last[0] != info.digest:
            self.last = (info.digest, self.book.document(info.id, digest=info.digest).text)
        return self.last[1]


class Place(msgspec.Struct, frozen=True):
    """One place that backs an entry."""

    entry: AnyEntry
    evidence: Evidence
    text: str

    def common(self, span: Span | None = None) -> dict[str, object]:
        """The fields of ``SaidLine``."""
        where = span or self.evidence.span
        return {
            "id": self.entry.id,
            "doc": self.evidence.document.id,
            "start": where.start,
            "end": where.end,
            "text": where.of(self.text),
            "rule": self.evidence.mention.rule,
        }


def said(
    book: Book, entries: Iterable[AnyEntry], texts: Texts, lines: Callable[[Place], Iterator[Line]]
) -> Iterator[Line]:
    """The lines of every place that backs one of the entries."""
    for entry in entries:
        for evidence in book.evidence(entry):
            yield from lines(Place(entry, evidence, texts.of(evidence.document)))


def engagement_line(entry: Engagement) -> EngagementLine:
    """An engagement's line."""
    when = entry.when
    return line_of(EngagementLine, entry, start=when.start, end=when.end, precision=when.precision, basis=when.basis)


def statement_lines(place: Place) -> Iterator[Line]:
    """A statement's lines in one document: one a quoted fragment that is no repetition, or one for reported words."""
    mention = place.evidence.mention
    if not isinstance(mention, StatementMention) or not isinstance(place.entry, Statement):
        return
    words = " ".join(place.evidence.wordings)
    for span in mention.quoted:
        if span not in mention.repeats:
            yield statement_line(place, mention, place.entry, quote=span.of(place.text))
    if not mention.quoted and mention.directness is Directness.DIRECT:
        yield statement_line(place, mention, place.entry, turn=words)
    elif not mention.quoted:
        yield statement_line(place, mention, place.entry, content=words)


def statement_line(place: Place, mention: StatementMention, entry: Statement, **words: str) -> StatementLine:
    """A statement's line with these words, which are its quote, its content or its turn."""
    return line_of(
        StatementLine,
        mention,
        **place.common(),
        **({"quote": None, "content": None, "turn": None} | words),
        speaker=mention.speaker or entry.speaker,
        office=mention.office or entry.office,
        party=";".join(mention.parties or entry.parties) or None,
        person=entry.person,
        via=mention.relay[0].name if mention.relay else None,
        relay=[relay.name for relay in mention.relay],
        channel=mention.channel or entry.channel,
        cue=mention.cue.of(place.text) if mention.cue else "",
    )


def figure_lines(place: Place) -> Iterator[Line]:
    """A figure's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, FigureMention):
        period = mention.period
        yield line_of(FigureLine, mention, **place.common(), period_start=period.start, period_end=period.end)


def measure_lines(place: Place) -> Iterator[Line]:
    """A measure's line in one document: in effect from the first day, until the last."""
    mention = place.evidence.mention
    if isinstance(mention, MeasureMention):
        days = {"effective": mention.effective.start, "until": mention.until.end}
        yield line_of(MeasureLine, mention, **place.common(), **days)


def commitment_lines(place: Place) -> Iterator[Line]:
    """A commitment's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, CommitmentMention) and mention.step == "made":
        yield line_of(CommitmentLine, mention, **place.common())


def dispute_lines(place: Place) -> Iterator[Line]:
    """A dispute's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, DisputeMention):
        asserted, denied = side_of(mention, "asserted"), side_of(mention, "denied")
        yield line_of(DisputeLine, mention, **place.common(), asserted_by=asserted, denied_by=denied)


def side_of(mention: DisputeMention, side: str) -> str | None:
    """A side of a dispute by its name; a party with its code behind it: "Kyiv (UKR)"."""
    name: str | None = getattr(mention, f"{side}_by")
    code: str | None = getattr(mention, f"{side}_party")
    return f"{name} ({code})" if name and code and side in mention.by_party and name != code else name


def readout_line(entry: ReadoutEntry) -> ReadoutLine:
    """A readout's line."""
    points = [
        line_of(PointLine, point, doc=point.document, start=point.span.start, end=point.span.end)
        for point in entry.points
    ]
    return line_of(ReadoutLine, entry, points=points)


def person_line(entry: PersonEntry) -> PersonLine:
    """A person's line."""
    return line_of(PersonLine, entry)


def document_line(info: DocumentInfo) -> DocumentLine:
    """A document's line."""
    when = info.published
    return line_of(DocumentLine, info, published=when.start, published_end=when.end, published_basis=when.basis)


def negotiation_line(entry: Negotiation) -> NegotiationLine:
    """A negotiation's line."""
    return line_of(NegotiationLine, entry, target_start=entry.target.start, target_end=entry.target.end)


def incident_line(entry: Incident) -> IncidentLine:
    """An incident's line."""
    return line_of(IncidentLine, entry, start=entry.when.start, end=entry.when.end)
