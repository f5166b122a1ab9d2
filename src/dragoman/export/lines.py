"""Which fields does every line of the export have? ``docs/export.md`` tables them, and a test holds it to these records."""

from __future__ import annotations

import datetime

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What every line has: the id of its entry."""

    id: str


class ParticipantLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part: name, party code, office, role, id of the person, and words and size of a group."""

    name: str | None
    party: str | None
    office: str | None
    role: str
    person: str | None
    group: str | None
    number: int | None


class EngagementLine(Line, frozen=True, kw_only=True):
    """One engagement. ``documents`` report it; ``origins`` counts the independent ones."""

    kind: str
    status: str
    participants: list[ParticipantLine]
    parties: list[str]
    start: datetime.date | None
    end: datetime.date | None
    precision: str
    basis: str
    place: str | None
    country: str | None
    venue: str | None
    mechanism: str | None
    edition: str | None
    sidelines: bool
    requested_by: str | None
    topics: list[str]
    atmosphere: list[str]
    readouts: list[str]
    documents: list[str]
    origins: int
    first_published: datetime.date | None
    last_published: datetime.date | None


class SaidLine(Line, frozen=True, kw_only=True):
    """What every line for one place in a document has: document, character offsets, exact words, rule."""

    doc: str
    start: int
    end: int
    text: str
    rule: str


class StatementLine(SaidLine, frozen=True, kw_only=True):
    """One statement in one document: ``quote`` when the words are the speaker's, else ``content``.

    ``turn`` is a whole turn of a transcript, which has neither.
    """

    quote: str | None
    content: str | None
    turn: str | None
    directness: str
    speaker: str | None
    speaker_kind: str
    office: str | None
    party: str | None
    person: str | None
    via: str | None
    relay: list[str]
    channel: str | None
    cue: str
    strength: int
    stance: str
    negated: bool
    uttered: str
    topics: list[str]


class FigureLine(SaidLine, frozen=True, kw_only=True):
    """One figure in one document."""

    value: float | None
    unit: str
    low: float | None
    high: float | None
    hedge: str | None
    what: str
    parties: list[str]
    period_start: datetime.date | None
    period_end: datetime.date | None


class MeasureLine(SaidLine, frozen=True, kw_only=True):
    """One measure as one document tells it."""

    kind: str
    imposer: str | None
    target: str | None
    scope: str | None
    rate: float | None
    previous_rate: float | None
    unit: str | None
    additional: bool
    total: bool
    reason: str | None
    legal_basis: str | None
    status: str
    effective: datetime.date | None
    until: datetime.date | None


class CommitmentLine(SaidLine, frozen=True, kw_only=True):
    """One commitment as one document tells it; ``due`` is a day or a year and season."""

    who: list[str]
    beneficiary: list[str]
    what: str
    force: str
    due: str | None
    condition: str | None


class DisputeLine(SaidLine, frozen=True, kw_only=True):
    """One step of a dispute as one document tells it."""

    claim: str
    asserted_by: str | None
    denied_by: str | None
    hedge: str | None
    step: str


class PointLine(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a readout, with its exact words and where they stand."""

    text: str
    doc: str
    start: int
    end: int
    topics: list[str]
    raised_by: str | None
    verb: str
    strength: int
    act: str


class ReadoutLine(Line, frozen=True, kw_only=True):
    """One side's account of one engagement, as a list of points."""

    issuer: str
    engagement: str | None
    account_giver: str | None
    spokesperson: str | None
    channel: str | None
    relayed: bool
    joint: bool
    topics: list[str]
    points: list[PointLine]
    documents: list[str]


class TenureLine(msgspec.Struct, frozen=True, kw_only=True):
    """An office that texts of these days show a person in."""

    office: str
    party: str | None
    first: datetime.date | None
    last: datetime.date | None


class PersonLine(Line, frozen=True, kw_only=True):
    """One person across documents."""

    name: str
    names: list[str]
    party: str | None
    office: str | None
    tenures: list[TenureLine]
    documents: list[str]


class DocumentLine(Line, frozen=True, kw_only=True):
    """One document; ``id`` is that of its manifest, else its url, else its path."""

    url: str | None
    path: str | None
    outlet: str | None
    title: str | None
    published: datetime.date | None
    published_end: datetime.date | None
    published_basis: str
    kind: str
    issuer: str | None
    origin: str
    version: int
    versions: int
    digest: str


class NegotiationLine(Line, frozen=True, kw_only=True):
    """One track of negotiation."""

    track: str
    parties: list[str]
    rounds: int | None
    tranche: str | None
    target_start: datetime.date | None
    target_end: datetime.date | None
    progress: str | None
    documents: list[str]


class IncidentLine(Line, frozen=True, kw_only=True):
    """One incident between parties."""

    kind: str
    actors: list[str]
    targets: list[str]
    start: datetime.date | None
    end: datetime.date | None
    place: str | None
    documents: list[str]


LINES: dict[str, type[Line]] = {
    "engagements": EngagementLine,
    "statements": StatementLine,
    "readouts": ReadoutLine,
    "figures": FigureLine,
    "measures": MeasureLine,
    "commitments": CommitmentLine,
    "disputes": DisputeLine,
    "negotiations": NegotiationLine,
    "incidents": IncidentLine,
    "people": PersonLine,
    "documents": DocumentLine,
}
