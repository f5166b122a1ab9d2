"""What does one document say at one place?

A mention is never rewritten: its id comes from the document's digest, its span, kind and values.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When


class EngagementKind(StrEnum):
    """What sort of contact an engagement is."""

    MEETING = "meeting"
    CALL = "call"
    VIRTUAL = "virtual"
    VISIT = "visit"
    SUMMIT = "summit"
    CONSULTATION = "consultation"
    NEGOTIATION_ROUND = "negotiation_round"
    LETTER = "letter"


class Status(StrEnum):
    """Where an engagement stands in its life, as one text says it."""

    PLANNED = "planned"
    PROPOSED = "proposed"
    INVITED = "invited"
    ONGOING = "ongoing"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ALLEGED = "alleged"
    DENIED = "denied"


class Role(StrEnum):
    """In what role somebody took part."""

    PRINCIPAL = "principal"
    COUNTERPART = "counterpart"
    HOST = "host"
    GUEST = "guest"
    CO_CHAIR = "co_chair"
    DELEGATION = "delegation"
    MEDIATOR = "mediator"
    WITNESS = "witness"


class Participant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who took part; ``name`` is None for a party or a group without names, whose size is ``number``."""

    name: str | None = None
    party: str | None = None
    office: str | None = None
    role: Role = Role.PRINCIPAL
    person: int | None = None  # index into the reading's people
    group: str | None = None  # the words for a group that the text does not name
    number: int | None = None
    span: Span | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="mention"):
    """What one document says at one place, and the rule that read it; ``span`` is the evidence."""

    span: Span
    rule: str


class EngagementMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="engagement"):
    """A report of a contact between parties, whatever its status."""

    kind: EngagementKind
    status: Status
    participants: tuple[Participant, ...] = ()
    parties: tuple[str, ...] = ()  # sorted codes
    when: When = UNKNOWN_WHEN
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    place_span: Span | None = None
    mechanism: str | None = None
    edition: str | None = None
    sidelines: bool = False
    requested_by: str | None = None
    duration: str | None = None
    topics: tuple[str, ...] = ()
    atmosphere: tuple[str, ...] = ()
    kind_basis: str = ""  # why a kind was chosen where the words leave it open
    headline: bool = False  # read from a title, a heading or a caption
    several: bool = False  # stands for more than one engagement: "have held meetings"
    further: tuple[Span, ...] = ()  # other places of the document that speak of the same engagement


class Directness(StrEnum):
    """Whether a statement's words are the speaker's own."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerKind(StrEnum):
    """What sort of source a statement has."""

    PERSON = "person"
    INSTITUTION = "institution"
    PARTY = "party"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class Relay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One hand through which a statement passed, nearest to the speaker first."""

    name: str
    kind: str  # spokesperson, agency, outlet, person, institution, document; publisher: the outlet whose text it is
    span: Span | None = None


class Uttered(StrEnum):
    """Whether words have been said, are to be said ("will tell", "is expected to say"), or only may be ("might say")."""

    SAID = "said"
    EXPECTED = "expected"
    POSSIBLE = "possible"


class StatementMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="statement"):
    """Who said what, word for word or in the outlet's words, and how it came to the reader.

    ``quoted`` are the words in quotation marks that are this speaker's, one span a fragment, without the marks; terms
    and titles in marks are not among them. ``repeats`` are those of ``quoted`` whose words another statement of the document
    has more fully, or had before.
    """

    directness: Directness
    content: tuple[Span, ...]  # quoted words without their marks, or the reported clause
    quoted: tuple[Span, ...] = ()
    repeats: tuple[Span, ...] = ()
    source: Span | None = None
    cue: Span | None = None
    cue_lemma: str = ""
    speaker: str | None = None
    speaker_kind: SpeakerKind = SpeakerKind.UNKNOWN
    person: int | None = None  # index into the reading's people
    office: str | None = None
    parties: tuple[str, ...] = ()
    channel: str | None = None  # readout, press briefing, X post, interview, speech, joint statement, ...
    relay: tuple[Relay, ...] = ()
    addressee: str | None = None
    anonymity: str | None = None  # the reason a text gives for not naming its source
    strength: int = 0
    stance: str = "neutral"
    negated: bool = False
    uttered: Uttered = Uttered.SAID
    topics: tuple[str, ...] = ()
    when: When = UNKNOWN_WHEN


class Point(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a readout says was raised: order in the account, topics, who raised it, verb and wording."""

    span: Span
    topics: tuple[str, ...]
    raised_by: str | None = None  # a name, a party code, or "both"
    verb: str = ""
    strength: int = 0
    stance: str = "neutral"
    act: str = ""  # discuss, thank, congratulate, condole, request, invite, agree, reaffirm, ...


class ReadoutMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="readout"):
    """One side's official account of one engagement, in full, quoted or relayed."""

    issuer: str  # party code; several accounts of one text are several mentions
    engagement: Span | None = None  # span of the engagement mention it is an account of
    account_giver: str | None = None  # institution or person
    spokesperson: str | None = None
    channel: str | None = None
    relayed: bool = False
    joint: bool = False
    points: tuple[Point, ...] = ()
    topics: tuple[str, ...] = ()


class FigureMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="figure"):
    """A number with what it measures, of whom and for which period, each with its place in the text.

    ``party_spans`` go with ``parties``; a party that only the text around names has none of its own. An amount given
    in two currencies is one figure: ``converted`` and its unit are the one in brackets. The period bears its own span.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    hedge: str | None = None
    what: str = ""
    what_span: Span | None = None
    parties: tuple[str, ...] = ()
    period: When = UNKNOWN_WHEN
    number_span: Span | None = None
    unit_span: Span | None = None
    hedge_span: Span | None = None
    party_spans: tuple[Span, ...] = ()
    converted: float | None = None
    converted_unit: str = ""
    converted_span: Span | None = None


class MeasureMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="measure"):
    """A state act on another party's trade, persons or goods, as one text says it."""

    kind: str  # tariff, quota, export_control, sanction, visa, pause, exemption, ...
    imposer: str | None = None
    target: str | None = None
    scope: str | None = None
    rate: float | None = None
    previous_rate: float | None = None
    unit: str | None = None
    additional: bool = False
    total: bool = False
    reason: str | None = None
    legal_basis: str | None = None  # the law or order as the text cites it
    status: str = "announced"  # threatened, announced, in_force, modified, suspended, revoked
    effective: When = UNKNOWN_WHEN
    until: When = UNKNOWN_WHEN


class CommitmentMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="commitment"):
    """Who owes what to whom, how strongly worded, by when."""

    who: tuple[str, ...] = ()
    beneficiary: tuple[str, ...] = ()
    what: str = ""
    force: str = ""  # will, agreed, intends, hopes, invited, seeks
    due: str | None = None  # ISO date, or year-season
    due_when: When = UNKNOWN_WHEN
    condition: str | None = None
    step: str = "made"  # made, met, postponed, withdrawn


class DisputeMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="dispute"):
    """A claim with who asserted it and who denied it, and the outlet's own hedge."""

    claim: str
    asserted_by: str | None = None  # a name: a person, a body, an outlet, or a party as the text calls it
    asserted_party: str | None = None
    denied_by: str | None = None
    denied_party: str | None = None
    parties: tuple[str, ...] = ()  # of both sides, and those that the sentence names
    by_party: tuple[str, ...] = ()  # of asserted, denied: the sides that are parties themselves and no persons
    hedge: str | None = None
    step: str = "asserted"  # asserted, denied, not_confirmed, repeated, hedged


class NegotiationMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="negotiation"):
    """What one text says of a track of negotiation."""

    track: str
    parties: tuple[str, ...] = ()
    rounds: int | None = None
    round_number: int | None = None
    tranche: str | None = None
    target: When = UNKNOWN_WHEN
    progress: str | None = None
    sticking: str | None = None  # what is in the way, in the text's words
    leads: tuple[str, ...] = ()  # who leads for a party
    mechanism: str | None = None


class IncidentMention(Mention, frozen=True, kw_only=True, omit_defaults=True, tag="incident"):
    """A strike, ceasefire, detention, expulsion or the like between parties."""

    kind: str
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    when: When = UNKNOWN_WHEN
    place: str | None = None


AnyMention = (
    EngagementMention
    | StatementMention
    | ReadoutMention
    | FigureMention
    | MeasureMention
    | CommitmentMention
    | DisputeMention
    | NegotiationMention
    | IncidentMention
)
