"""What is a frame, and what do all frames ask of their clause?"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.sides import (
    NOBODY,
    POSSESSIVE,
    Side,
    listed_from,
)
from dragoman.extract.engagements.standing import Standing
from dragoman.record.marks import CueMark, PartyForm, PartyMark, PersonForm, PersonMark, PlaceMark
from dragoman.record.mentions import Role

ANOTHER = frozenset("another second next further additional separate follow-up recent previous earlier past".split())


KNOWN = frozenset("the this that these those both such".split())


OWNERS = frozenset("their his her our its my".split())


# Verb forms that are nouns after "the", "a", "held" and the like.
NOUN_LIKE = frozenset(
    "meeting|meeting with|meetings|talks|talks with|talk with|talk|call|calls|visit|visits|visiting|phone|tour".split(
        "|"
    )
)


HAS_OBJECT = frozenset("hold attend plan begin conclude resume".split())


PLURALS = frozenset({"talks", "meetings", "calls", "visits"})


class Frame(NamedTuple):
    """Who stands where around a match, and how it stands."""

    left: Side
    right: Side
    standing: Standing
    left_role: Role = Role.PRINCIPAL
    right_role: Role = Role.COUNTERPART
    extra: tuple[str, ...] = ()  # parties by way of an adjective, a place or a mechanism
    definite: bool = False
    another: bool = False
    finite: bool = True
    destination: int | None = None  # the item of a place that is travelled to
    noun: bool = False
    mediator: Side = NOBODY
    members: bool = False  # "these included talks with A": goes on about the engagement spoken of before


class Refused(NamedTuple):
    """A match that reports no engagement, and why."""

    reason: str


Frames = list[Frame] | Refused


def noun_like(clause: Clause, at: int) -> bool:
    """Whether the cue at ``at`` stands where a noun stands: "his meeting with", "held talks with"."""
    if clause.words[at] not in NOUN_LIKE:
        return False
    if (
        clause.words[at] in PLURALS
        and at
        and clause.words[at - 1] in ("after", "before", "during", "following", "amid")
    ):
        return True
    for i in range(at - 1, max(-1, at - 5), -1):
        before = clause.words[i]
        cue = clause.mark(i, CueMark)
        if before in KNOWN | OWNERS | POSSESSIVE | {"a", "an", "no", "any", "several", "of", "for", "in"}:
            return True
        if cue is not None and not HAS_OBJECT.isdisjoint(cue.classes):
            return True
        if (
            cue is not None
            or clause.acts(i)
            or before in ("to", "will", ",", "and", "is", "are", "was", "were", "been")
        ):
            return before in ("for", "after", "during", "had", "has", "have")
    return False


def after_comma(clause: Clause, at: int) -> Side:
    """The subject of the clause that a comma opens within a few items after ``at``."""
    for i in range(at, min(len(clause) - 1, at + 12)):
        if clause.words[i] == ",":
            side = listed_from(clause, i + 1)
            if not side.empty:
                return side
    return NOBODY


def people_in(clause: Clause, side: Side) -> bool:
    """Whether a side holds persons or groups of people, not only parties."""
    return bool(side.groups) or any(isinstance(clause.actors[i], PersonMark) for i in side.actors)


def destinations(clause: Clause, at: int) -> dict[int, str]:
    """Items and countries of the places from ``at`` on, each country once, up to the purpose of the travel."""
    found: dict[int, str] = {}
    for i in range(at, min(len(clause), at + 30)):
        text = clause.words[i]
        country = country_at(clause, i)
        if country is not None:
            if country not in found.values():
                found[i] = country
        elif (
            (
                text in ("for", "with", "where", "who", "from", ".", ";", "as", "ahead", "after", "before", "on")
                and not timed(clause, i)
            )
            or (
                text == "to"
                and i + 1 < len(clause)
                and country_at(clause, i + 1) is None
                and clause.words[i + 1] != "the"
            )
            or clause.cue(i) is not None
            or isinstance(clause.actors[i], PersonMark)
        ):
            break
    return found


def timed(clause: Clause, at: int) -> bool:
    """Whether a time follows: "on July 28", "from Monday"."""
    return any(clause.time(i) is not None for i in range(at + 1, min(len(clause), at + 3)))


def country_at(clause: Clause, at: int) -> str | None:
    """The country of the place that stands at ``at``."""
    place = clause.mark(at, PlaceMark)
    if place is not None and place.country:
        return place.country
    party = clause.mark(at, PartyMark)
    if (
        party is not None
        and len(party.codes) == 1
        and party.form in (PartyForm.NAME, PartyForm.CODE, PartyForm.CAPITAL)
    ):
        return party.codes[0] if len(party.codes[0]) == 3 else None
    return None


def listed_with(clause: Clause, at: int) -> Side:
    """The list of people after the nearest "with", "between" or "among" within a few items, if there is one."""
    for i in range(at, min(len(clause), at + 10)):
        if clause.words[i] in ("with", "between", "among", "alongside"):
            return listed_from(clause, i + 1)
    return NOBODY


def several_people(clause: Clause, side: Side) -> bool:
    """Whether a side is more than one: a list, or "they", "the two ministers", "both sides"."""
    if len(side.actors) + len(side.groups) > 1 or any(len(group.parties) > 1 for group in side.groups):
        return True
    return bool(side.actors) and is_plural(clause, side.actors[0])


def is_plural(clause: Clause, at: int) -> bool:
    """Whether one reference stands for several persons or parties."""
    actor = clause.actors[at]
    if isinstance(actor, PersonMark):
        return len(actor.people) > 1 or actor.form is PersonForm.GROUP or clause.words[at] in ("they", "we")
    return isinstance(actor, PartyMark) and (len(actor.codes) > 1 or actor.form is PartyForm.GROUP)


def refers_back(clause: Clause, side: Side) -> bool:
    """Whether somebody of a side is only known from before: "they", "A and the two ministers", "both sides"."""
    actors = [clause.actors[i] for i in side.actors]
    return any(
        (isinstance(actor, PersonMark) and actor.form in (PersonForm.PRONOUN, PersonForm.GROUP))
        or (isinstance(actor, PartyMark) and actor.form is PartyForm.GROUP)
        for actor in actors
    )
