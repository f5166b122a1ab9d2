"""What does the book hold? Entries, each backed by mentions through links.

An entry is folded from its mentions and can be folded again at any time, for any day: it is a view, and the mentions
are the record. Every value leads back: ``grounds`` names the mention and the rule that a value was taken from, and
the values that other mentions give instead.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.corrected import Action, Corrected
from dragoman.record.document import UNKNOWN_PUBLICATION, DocumentKind, Publication
from dragoman.record.marks import Person
from dragoman.record.mentions import (
    AnyMention,
    Directness,
    EngagementKind,
    Mention,
    Relay,
    Role,
    SpeakerKind,
    Status,
    Uttered,
)
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When


class EntryKind(StrEnum):
    """What sort of thing an entry is."""

    ENGAGEMENT = "engagement"
    STATEMENT = "statement"
    READOUT = "readout"
    PERSON = "person"
    FIGURE = "figure"
    MEASURE = "measure"
    NEGOTIATION = "negotiation"
    COMMITMENT = "commitment"
    DISPUTE = "dispute"
    INCIDENT = "incident"


class PersonMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="person"):
    """One named person of one document; ``index`` is the place in the reading's people, ``span`` the first reference.

    ``offices`` are all that the document shows, as (office, party).
    """

    person: Person
    index: int
    offices: tuple[tuple[str, str | None], ...] = ()


BookMention = AnyMention | PersonMention


class DocumentInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document without its text. ``origin`` is the id of the document that it copies, or its own id."""

    id: str
    digest: str
    origin: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: Publication = UNKNOWN_PUBLICATION
    kind: DocumentKind = DocumentKind.UNKNOWN
    issuer: str | None = None
    language: str = "en"
    version: int = 1  # 1 is the oldest text known
    versions: int = 1  # how many texts of this document the book holds


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text of a document; the highest number is the current one. ``seen`` is when it was added, if told."""

    document: str
    number: int
    digest: str
    published: Publication = UNKNOWN_PUBLICATION
    title: str | None = None
    seen: str | None = None
    grammar: str = ""
    current: bool = True


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One mention in its document: what linking compares, and what a reader is shown.

    ``id`` is the mention's id. ``people`` are the document's people, to which a mention's indexes point.
    ``wordings`` are exact characters: the parts of a statement's content, the points of a readout, otherwise the span.
    """

    id: str
    document: DocumentInfo
    mention: BookMention
    people: tuple[Person, ...] = ()
    wordings: tuple[str, ...] = ()
    persons: tuple[str | None, ...] = ()  # ids of the person entries of ``people``, once persons are linked
    engagement: str | None = None  # of a readout: the id of the engagement entry it is an account of, once linked
    readout: str | None = None  # of a statement: the id of the readout entry it stands in, once linked

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return self.mention.span

    @property
    def order(self) -> tuple[str, str, str, Span, str]:
        """The canonical order: publication (unknown last), document, version, place in the text."""
        published = self.document.published
        day = published.start or published.end
        return (day.isoformat() if day else "9999", self.document.id, self.document.digest, self.span, self.id)


class Ground(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one value of an entry rests on: the mention and its rule, the basis, and what others say instead."""

    field: str
    mention: str
    rule: str
    basis: str = ""  # stated, publication, text, majority, official, specific, ...
    others: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="entry"):
    """What every entry has. ``mentions`` and ``documents`` are ids in canonical order.

    ``origins`` counts independent texts: a wire story and its copies are one. The book fills in all of these.

    ``first_published`` and ``last_published`` are the earliest and the latest day of publication of its documents.
    """

    id: str = ""
    mentions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    origins: int = 1
    first_published: datetime.date | None = None
    last_published: datetime.date | None = None
    grounds: tuple[Ground, ...] = ()
    corrected: tuple[Corrected, ...] = ()  # what persons decided about it, the latest last

    @property
    def verdict(self) -> Action | None:
        """CONFIRM or REJECT when a person decided so, the latest counting; None when nobody did."""
        given = [each.action for each in self.corrected if each.action in (Action.CONFIRM, Action.REJECT)]
        return given[-1] if given else None


class EntryParticipant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who took part; ``person`` is the id of a person entry when the name was linked to one."""

    name: str | None = None
    party: str | None = None
    office: str | None = None
    role: Role = Role.PRINCIPAL
    person: str | None = None
    group: str | None = None
    number: int | None = None
    mentions: tuple[str, ...] = ()


class StatusStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step in the life of an entry: what a document published that day said of its state."""

    status: str
    published: datetime.date | None
    document: str
    mention: str


class Engagement(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="engagement"):
    """A contact between parties. ``history`` keeps every status with the day it was said; ``status`` is the latest."""

    kind: EngagementKind
    status: Status
    parties: tuple[str, ...] = ()
    participants: tuple[EntryParticipant, ...] = ()
    when: When = UNKNOWN_WHEN
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    mechanism: str | None = None
    edition: str | None = None
    sidelines: bool = False
    requested_by: str | None = None
    duration: str | None = None
    topics: tuple[str, ...] = ()
    atmosphere: tuple[str, ...] = ()
    kind_basis: str = ""
    history: tuple[StatusStep, ...] = ()
    readouts: tuple[str, ...] = ()  # ids of readout entries


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a statement, and the mentions that have it."""

    text: str
    mentions: tuple[str, ...]


class Statement(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="statement"):
    """Who said what. ``text`` is the fullest wording; ``variants`` holds every wording, that one first."""

    text: str
    directness: Directness
    speaker: str | None = None
    speaker_kind: SpeakerKind = SpeakerKind.UNKNOWN
    person: str | None = None  # id of a person entry
    office: str | None = None
    parties: tuple[str, ...] = ()
    channel: str | None = None
    relay: tuple[Relay, ...] = ()
    addressee: str | None = None
    anonymity: str | None = None
    cue: str = ""
    strength: int = 0
    stance: str = "neutral"
    negated: bool = False
    uttered: Uttered = Uttered.SAID
    topics: tuple[str, ...] = ()
    when: When = UNKNOWN_WHEN
    variants: tuple[Variant, ...] = ()
    readout: str | None = None  # id of the readout entry that it stands in


class EntryPoint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point of a readout with its exact words; ``span`` points into ``document``'s text."""

    text: str
    document: str
    span: Span
    topics: tuple[str, ...] = ()
    raised_by: str | None = None
    verb: str = ""
    strength: int = 0
    stance: str = "neutral"
    act: str = ""


class ReadoutEntry(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="readout"):
    """One side's account of one engagement. ``engagement`` is the id of the engagement entry."""

    issuer: str
    engagement: str | None = None
    account_giver: str | None = None
    spokesperson: str | None = None
    channel: str | None = None
    relayed: bool = False
    joint: bool = False
    points: tuple[EntryPoint, ...] = ()
    topics: tuple[str, ...] = ()


class Tenure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person in an office for a party, from the first to the last day on which the texts show it."""

    office: str
    party: str | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    mentions: tuple[str, ...] = ()


class PersonEntry(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="person"):
    """One person across documents: the fullest name, its variants, and the offices held."""

    name: str
    surname: str = ""
    names: tuple[str, ...] = ()
    party: str | None = None
    office: str | None = None  # the latest
    tenures: tuple[Tenure, ...] = ()


class Figure(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="figure"):
    """A number with what it measures, of whom and for which period."""

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    hedge: str | None = None
    what: str = ""
    parties: tuple[str, ...] = ()
    period: When = UNKNOWN_WHEN
    text: str = ""


class Measure(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="measure"):
    """A state act on another party's trade, persons or goods, with its life."""

    kind: str
    imposer: str | None = None
    target: str | None = None
    scope: str | None = None
    rate: float | None = None
    previous_rate: float | None = None
    unit: str | None = None
    additional: bool = False
    total: bool = False
    reason: str | None = None
    legal_basis: str | None = None  # the law or order as a text cites it
    status: str = "announced"
    effective: When = UNKNOWN_WHEN
    until: When = UNKNOWN_WHEN
    text: str = ""
    role: str = ""  # reciprocal, additional, total, retaliatory, sectoral; empty when no text says
    history: tuple[StatusStep, ...] = ()


class TargetStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date by which something was to be done, as a document published that day gave it."""

    due: str
    when: When
    published: datetime.date | None
    document: str
    mention: str


class Negotiation(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="negotiation"):
    """A track of negotiation: rounds, tranche, target."""

    track: str
    parties: tuple[str, ...] = ()
    rounds: int | None = None
    tranche: str | None = None
    target: When = UNKNOWN_WHEN
    progress: str | None = None
    text: str = ""
    planned: int | None = None  # the number of a round to come, where a text names one
    targets: tuple[TargetStep, ...] = ()  # every target named, in order of publication
    wordings: tuple[str, ...] = ()  # how the texts put the progress; the latest last
    sticking: tuple[str, ...] = ()  # what is in the way, in the texts' words; the latest last
    leads: tuple[str, ...] = ()  # who leads for the parties
    mechanism: str | None = None


class Commitment(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="commitment"):
    """Who owes what to whom, by when."""

    who: tuple[str, ...] = ()
    beneficiary: tuple[str, ...] = ()
    what: str = ""
    force: str = ""
    due: str | None = None
    due_when: When = UNKNOWN_WHEN
    condition: str | None = None
    text: str = ""
    status: str = "open"  # open, met, postponed, withdrawn, as texts say; overdue depends on the day one asks for
    slips: tuple[TargetStep, ...] = ()  # the due dates named, in order of publication, each once
    history: tuple[StatusStep, ...] = ()

    @property
    def is_promise(self) -> bool:
        """Whether a text reports the promise itself, and not only a deed that might have answered one."""
        return not self.history or any(step.status == "made" for step in self.history)


class DisputeStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rung of a dispute: asserted, denied, not confirmed, repeated or hedged, by whom and when it was printed."""

    step: str
    by: str | None
    published: datetime.date | None
    document: str
    mention: str
    text: str = ""


class Dispute(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="dispute"):
    """A claim, who asserted it, who denied it, and the outlets' own hedge."""

    claim: str
    asserted_by: str | None = None
    denied_by: str | None = None
    hedge: str | None = None
    steps: tuple[DisputeStep, ...] = ()
    asserted_party: str | None = None
    denied_party: str | None = None
    parties: tuple[str, ...] = ()  # of both sides, and those that the claim is about


class Incident(Entry, frozen=True, kw_only=True, omit_defaults=True, tag="incident"):
    """A strike, ceasefire, detention, expulsion or the like between parties."""

    kind: str
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    when: When = UNKNOWN_WHEN
    place: str | None = None
    text: str = ""


AnyEntry = (
    Engagement
    | Statement
    | ReadoutEntry
    | PersonEntry
    | Figure
    | Measure
    | Negotiation
    | Commitment
    | Dispute
    | Incident
)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One text and its copies: ``documents`` in canonical order, the first being the one named as the origin."""

    id: str
    documents: tuple[str, ...]


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a list is asked for; an empty field asks nothing.

    ``parties`` are codes, all of which must be concerned. ``person`` is a name, a surname or a person entry's id.
    ``since`` and ``until`` are days, both included: of the event for engagements and incidents, else of publication.
    ``as_of`` shows what was in print by the end of that day: documents whose publication is not known to fall on or
    before it are left out, and entries are folded without them.
    ``printed_since`` asks for a publication on or after that day, whatever ``since`` is a day of. ``latest`` turns a list
    round, what has no day still last; ``limit`` and ``offset`` cut a page out of it. ``bare`` leaves out what is looked up
    for each entry of its own: the ids of an engagement's readouts, and of the mentions and documents that back a person.
    """

    parties: tuple[str, ...] = ()
    person: str | None = None
    topic: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    kind: str | None = None
    status: str | None = None
    as_of: datetime.date | None = None
    limit: int | None = None
    offset: int = 0
    latest: bool = False
    printed_since: datetime.date | None = None
    bare: bool = False


EVERYTHING = Filter()


class Relationship(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two parties and how many engagements the book has between them, from the first to the last day of one."""

    parties: tuple[str, str]
    engagements: int
    first: datetime.date | None = None
    last: datetime.date | None = None


class SearchHit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document or an entry that holds the words; in ``snippet`` they stand between ``\\x02`` and ``\\x03``."""

    kind: str  # "document" or an EntryKind
    id: str
    title: str
    snippet: str
    published: datetime.date | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that ``check`` found wrong in a book."""

    kind: str  # integrity, text, span, link, entry, correction
    where: str
    detail: str


class BookMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What a book is: its schema version, the grammars that read it, and how much it holds."""

    schema: int
    grammars: tuple[str, ...]
    documents: int
    versions: int
    mentions: int
    entries: int
    unlinked: int  # documents that were added and are not linked yet
