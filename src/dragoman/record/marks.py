"""Which typed spans does a text hold before anything is said about them?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.span import Span
from dragoman.record.when import When


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="mark"):
    """A typed span and the rule that read it."""

    span: Span
    rule: str


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class TimeMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="time"):
    """A time expression: TIMEX3 type, value and mod, and the interval of days it stands for.

    ``steps`` says in words how the value was reached, for ``explain``; ``anchor`` is the span of the other
    expression it was resolved against.
    """

    type: TimeType
    value: str
    mod: str | None = None
    when: When
    anchor: Span | None = None
    steps: tuple[str, ...] = ()


class AmountKind(StrEnum):
    """What sort of quantity an amount is."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "percentage_points"
    COUNT = "count"
    DURATION = "duration"
    QUANTITY = "quantity"
    RATIO = "ratio"
    ORDINAL = "ordinal"


class AmountMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="amount"):
    """A quantity. ``value`` is None when only bounds are known; ``unit`` is an ISO 4217 code, "percent", "count",
    "day", "year", a physical unit; ``noun`` is the span of what is counted; ``previous`` the value it changed from.
    """

    kind: AmountKind
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    hedge: str | None = None
    noun: Span | None = None
    previous: float | None = None
    steps: tuple[str, ...] = ()


class PlaceMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="place"):
    """A place with the ISO 3166-1 alpha-3 code of its country; ``venue`` for buildings and sites."""

    name: str
    country: str | None = None
    venue: bool = False


class PartyForm(StrEnum):
    """By which sort of name a party is called."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"  # a capital that may stand for the government
    SEAT = "seat"  # Kremlin, White House
    CODE = "code"  # U.S., UAE
    PAIR = "pair"  # U.S.-India
    GROUP = "group"  # "both countries", "the two sides"


class PartyMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="party"):
    """A state or bloc; ``codes`` has more than one entry for a pair or a group that the text resolves."""

    codes: tuple[str, ...]
    form: PartyForm
    strong: bool = True  # False for a capital that may only be a place


class OrganisationMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="organisation"):
    """A ministry, agency, firm or body; ``name`` is its canonical name, ``party`` whose it is."""

    name: str
    party: str | None = None
    kind: str = ""  # ministry, agency, parliament, armed_force, company, bloc_body, outlet, ngo


class PersonForm(StrEnum):
    """How a person is referred to at one place."""

    FULL = "full"
    SURNAME = "surname"
    TITLE = "title"  # "the Secretary", "the Prime Minister"
    ROLE = "role"  # "the foreign ministers", "her counterpart", "a senior official"
    PRONOUN = "pronoun"
    GROUP = "group"  # "the two leaders": several persons, see ``people``


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person of a document: the fullest name that the text gives, with the office and party it shows."""

    name: str
    surname: str = ""
    office: str | None = None
    office_basis: str = ""  # empty when stated; lexicon, or counterpart: the office of the one whose counterpart it is
    party: str | None = None
    party_basis: str = ""  # stated, office, body, lexicon, document
    named: bool = True  # False for "a senior official"


class PersonMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="person"):
    """A reference to one or more persons.

    ``span`` covers the whole phrase: office before, name, and the apposition after it. ``people`` are indexes into
    the reading's ``people``; empty when the reference could not be resolved. ``office`` and ``party`` are those
    that this phrase shows. ``number`` is the stated size of a group.
    """

    form: PersonForm
    people: tuple[int, ...] = ()
    head: Span | None = None  # the name, noun or pronoun itself
    office: str | None = None
    office_span: Span | None = None
    party: str | None = None
    party_span: Span | None = None
    number: int | None = None


class MechanismMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="mechanism"):
    """A recurring format of engagement: 2+2, Quad, strategic dialogue, summit."""

    name: str
    edition: str | None = None
    parties: tuple[str, ...] = ()


class TopicMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="topic"):
    """A subject of diplomacy, by its name in the topic lexicon."""

    topic: str


class CueMark(Mark, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="cue"):
    """A word or phrase that a rule may hang on, with the names of its classes in the cue lexicon.

    ``strength`` runs from 1 (noted) to 5 (condemned); ``stance`` is positive, negative or neutral.
    """

    lemma: str
    classes: tuple[str, ...]
    form: str = ""  # base, past, present, participle, gerund, noun
    strength: int = 0
    stance: str = "neutral"


AnyMark = (
    TimeMark | AmountMark | PlaceMark | PartyMark | OrganisationMark | PersonMark | MechanismMark | TopicMark | CueMark
)
