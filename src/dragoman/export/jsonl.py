"""The book as a folder of JSON Lines files, one a kind.

Engagements, people, negotiations and incidents stand once; statements, figures, measures, commitments and disputes stand
once for each place in a document that says them, with the id of the entry that gathers them. ``docs/export.md``
describes every field (``lines``). Entries that are rejected are not in the book's lists, and
so not here.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

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
    ParticipantLine,
    PersonLine,
    PointLine,
    ReadoutLine,
    SaidLine,
    StatementLine,
    TenureLine,
)
from dragoman.record.entries import (
    AnyEntry,
    DocumentInfo,
    Engagement,
    EntryParticipant,
    Evidence,
    Incident,
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
from dragoman.record.when import When


def export_jsonl(book: Book, folder: Path) -> dict[str, int]:
    """Write one file a kind into the folder, each replaced whole; how many lines each has, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {f"{name}.jsonl": written(folder / f"{name}.jsonl", lines) for name, lines in lines_of(book)}


def lines_of(book: Book) -> Iterator[tuple[str, Iterable[Line]]]:
    """The lines of every kind, in the order of ``LINES``."""
    texts = Texts(book)
    yield "engagements", map(engagement_line, book.engagements())
    yield "statements", said(book, book.statements(), texts, statement_lines)
    yield "readouts", map(readout_line, book.readouts())
    yield "figures", said(book, book.figures(), texts, figure_lines)
    yield "measures", said(book, book.measures(), texts, measure_lines)
    yield "commitments", said(book, book.commitments(), texts, commitment_lines)
    yield "disputes", said(book, book.disputes(), texts, dispute_lines)
    yield "negotiations", map(negotiation_line, book.negotiations())
    yield "incidents", map(incident_line, book.incidents())
    yield "people", map(person_line, book.people())
    yield "documents", map(document_line, book.documents())


def written(path: Path, lines: Iterable[Line]) -> int:
    """Write lines to a file beside the path and put it in its place; how many they are."""
    encoder = msgspec.json.Encoder()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    try:
        with beside.open("wb") as file:
            for line in lines:
                file.write(encoder.encode(line) + b"\n")
                count += 1
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count


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
    book: Book, entries: Sequence[AnyEntry], texts: Texts, lines: Callable[[Place], Iterator[Line]]
) -> Iterator[Line]:
    """The lines of every place that backs one of the entries."""
    for entry in entries:
        for evidence in book.evidence(entry):
            yield from lines(Place(entry, evidence, texts.of(evidence.document)))


def engagement_line(entry: Engagement) -> EngagementLine:
    """An engagement's line."""
    return EngagementLine(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        participants=[participant_line(participant) for participant in entry.participants],
        parties=list(entry.parties),
        start=entry.when.start,
        end=entry.when.end,
        precision=entry.when.precision,
        basis=entry.when.basis,
        place=entry.place,
        country=entry.country,
        venue=entry.venue,
        mechanism=entry.mechanism,
        edition=entry.edition,
        sidelines=entry.sidelines,
        requested_by=entry.requested_by,
        topics=list(entry.topics),
        atmosphere=list(entry.atmosphere),
        readouts=list(entry.readouts),
        documents=list(entry.documents),
        origins=entry.origins,
        first_published=entry.first_published,
        last_published=entry.last_published,
    )


def participant_line(participant: EntryParticipant) -> ParticipantLine:
    """A participant's fields."""
    return ParticipantLine(
        name=participant.name,
        party=participant.party,
        office=participant.office,
        role=participant.role,
        person=participant.person,
        group=participant.group,
        number=participant.number,
    )


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


def statement_line(
    place: Place,
    mention: StatementMention,
    entry: Statement,
    *,
    quote: str | None = None,
    content: str | None = None,
    turn: str | None = None,
) -> StatementLine:
    """A statement's line with these words."""
    return msgspec.convert(
        {
            **place.common(),
            "quote": quote,
            "content": content,
            "turn": turn,
            "directness": mention.directness,
            "speaker": mention.speaker or entry.speaker,
            "speaker_kind": mention.speaker_kind,
            "office": mention.office or entry.office,
            "party": ";".join(mention.parties or entry.parties) or None,
            "person": entry.person,
            "via": mention.relay[0].name if mention.relay else None,
            "relay": [relay.name for relay in mention.relay],
            "channel": mention.channel or entry.channel,
            "cue": mention.cue.of(place.text) if mention.cue else "",
            "strength": mention.strength,
            "stance": mention.stance,
            "negated": mention.negated,
            "topics": list(mention.topics),
        },
        StatementLine,
    )


def figure_lines(place: Place) -> Iterator[Line]:
    """A figure's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, FigureMention):
        yield line_from(FigureLine, place, mention, period_start=mention.period.start, period_end=mention.period.end)


def measure_lines(place: Place) -> Iterator[Line]:
    """A measure's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, MeasureMention):
        yield line_from(MeasureLine, place, mention, effective=first(mention.effective), until=last(mention.until))


def commitment_lines(place: Place) -> Iterator[Line]:
    """A commitment's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, CommitmentMention) and mention.step == "made":
        yield line_from(CommitmentLine, place, mention)


def dispute_lines(place: Place) -> Iterator[Line]:
    """A dispute's line in one document."""
    mention = place.evidence.mention
    if isinstance(mention, DisputeMention):
        asserted, denied = side_of(mention, "asserted"), side_of(mention, "denied")
        yield line_from(DisputeLine, place, mention, asserted_by=asserted, denied_by=denied)


def side_of(mention: DisputeMention, side: str) -> str | None:
    """A side of a dispute by its name; a party with its code behind it: "Kyiv (UKR)"."""
    name: str | None = getattr(mention, f"{side}_by")
    code: str | None = getattr(mention, f"{side}_party")
    return f"{name} ({code})" if name and code and side in mention.by_party and name != code else name


def line_from(type_: type[SaidLine], place: Place, mention: msgspec.Struct, **values: object) -> SaidLine:
    """A line whose further fields are those of the mention that bear the same names."""
    fields = place.common() | values
    for name in type_.__struct_fields__:
        if name not in fields:
            value = getattr(mention, name)
            fields[name] = list(value) if isinstance(value, tuple) else value
    return msgspec.convert(fields, type_)


def first(when: When) -> datetime.date | None:
    """The first day of an interval."""
    return when.start


def last(when: When) -> datetime.date | None:
    """The last day of an interval."""
    return when.end


def readout_line(entry: ReadoutEntry) -> ReadoutLine:
    """A readout's line."""
    return ReadoutLine(
        id=entry.id,
        issuer=entry.issuer,
        engagement=entry.engagement,
        account_giver=entry.account_giver,
        spokesperson=entry.spokesperson,
        channel=entry.channel,
        relayed=entry.relayed,
        joint=entry.joint,
        topics=list(entry.topics),
        points=[
            PointLine(
                text=point.text,
                doc=point.document,
                start=point.span.start,
                end=point.span.end,
                topics=list(point.topics),
                raised_by=point.raised_by,
                verb=point.verb,
                strength=point.strength,
                act=point.act,
            )
            for point in entry.points
        ],
        documents=list(entry.documents),
    )


def person_line(entry: PersonEntry) -> PersonLine:
    """A person's line."""
    return PersonLine(
        id=entry.id,
        name=entry.name,
        names=list(entry.names),
        party=entry.party,
        office=entry.office,
        tenures=[TenureLine(office=t.office, party=t.party, first=t.first, last=t.last) for t in entry.tenures],
        documents=list(entry.documents),
    )


def document_line(info: DocumentInfo) -> DocumentLine:
    """A document's line."""
    return DocumentLine(
        id=info.id,
        url=info.url,
        path=info.path,
        outlet=info.outlet,
        title=info.title,
        published=info.published.start,
        published_end=info.published.end,
        published_basis=info.published.basis,
        kind=info.kind,
        issuer=info.issuer,
        origin=info.origin,
        version=info.version,
        versions=info.versions,
        digest=info.digest,
    )


def negotiation_line(entry: Negotiation) -> NegotiationLine:
    """A negotiation's line."""
    return NegotiationLine(
        id=entry.id,
        track=entry.track,
        parties=list(entry.parties),
        rounds=entry.rounds,
        tranche=entry.tranche,
        target_start=entry.target.start,
        target_end=entry.target.end,
        progress=entry.progress,
        documents=list(entry.documents),
    )


def incident_line(entry: Incident) -> IncidentLine:
    """An incident's line."""
    return IncidentLine(
        id=entry.id,
        kind=entry.kind,
        actors=list(entry.actors),
        targets=list(entry.targets),
        start=entry.when.start,
        end=entry.when.end,
        place=entry.place,
        documents=list(entry.documents),
    )
