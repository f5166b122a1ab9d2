"""What is an entry of the lexicon?"""

from __future__ import annotations

import msgspec

from dragoman.record.span import Span


class Hit(msgspec.Struct, frozen=True, order=True, gc=False):
    """A lexicon phrase in a text: its span, and the kind ("party", "office_head", "cue", ...) and key of its entry.

    ``form`` is the entry's form there: a PartyForm for parties; "past", "noun" and so on for cues; "plural" for the
    plural of an office. ``strong`` is False for a name that means something else as often.
    """

    span: Span
    kind: str
    key: str
    strong: bool = True
    form: str = ""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A state or bloc. ``kind`` is state, territory, entity (disputed or observer) or bloc."""

    code: str
    kind: str
    name: str
    adjective: str = ""
    capital: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place; ``kind`` is city, capital, state, region, sea, venue, island."""

    name: str
    country: str | None
    kind: str


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body that acts or speaks; ``kind`` is one of OrganisationMark's kinds."""

    name: str
    party: str | None
    kind: str


class OfficeHead(msgspec.Struct, frozen=True, kw_only=True):
    """The noun of an office: "minister". ``rank`` runs from 1 (head of state) to 8 (officials)."""

    noun: str
    rank: int
    kind: str  # head_of_state, head_of_government, minister, deputy, official, envoy, spokesperson, legislator, ...
    title: bool  # whether it stands before a name as a title: "Secretary Blinken"


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office with a name of its own; ``party`` is set where the name implies whose it is."""

    name: str
    rank: int
    kind: str
    party: str | None


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """A verb, noun or set phrase that rules hang on, with its classes."""

    lemma: str
    pos: str  # verb, noun, phrase
    classes: tuple[str, ...]
    strength: int
    stance: str


class Mechanism(msgspec.Struct, frozen=True, kw_only=True):
    """A recurring format of engagement with a name of its own."""

    name: str
    parties: tuple[str, ...]
