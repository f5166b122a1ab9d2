"""When, where and in what format was it? The times, places and mechanisms nearest to a cue say."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from dragoman.extract.engagements.clause import Clause
from dragoman.record.marks import MechanismMark, PartyForm, PartyMark, PlaceMark, TimeMark, TimeType
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

# Words that open what was spoken of; times and places behind them belong to that.
CONTENT = frozenset("about regarding concerning discuss discussed discussing".split())
CROSSING = frozenset(
    "after since before following ahead that which who whose because although though while until".split()
)
OCCASIONS = frozenset("in during at over".split())
DETERMINERS = frozenset("the a an this that their his her its our my".split())
PLACE_PREPOSITIONS = frozenset("in at near outside inside to from into".split())
COUNTRY_FORMS = frozenset({PartyForm.NAME, PartyForm.CODE})
FAR = 40  # a cost above which a time or place is not the cue's own
CROSSING_COST = 12
CONTENT_COST = 25
SPEECH_COST = 20
COUNTRY_COST = 4  # "in Türkiye's Istanbul": the city says more
LONGEST = 366  # days
MODERN = 1900  # treaties and envoys of earlier years are history
MONTHLESS = 300  # days from which on a time names no season of its year
DEADLINES = frozenset("by until till towards beyond through".split())
BEFORE_DEADLINE = frozenset("the end of year late early".split())
OWNED_COST = 15


class Where(NamedTuple):
    """A place, the country it lies in, a venue, and where the text says so."""

    place: str | None = None
    country: str | None = None
    venue: str | None = None
    span: Span | None = None


class Format(NamedTuple):
    """A mechanism with its edition, and whether the engagement was only on its sidelines."""

    name: str | None = None
    edition: str | None = None
    sidelines: bool = False
    parties: tuple[str, ...] = ()
    span: Span | None = None


NOWHERE = Where()
NO_FORMAT = Format()


def content_start(clause: Clause, at: int) -> int:
    """The first item from ``at`` on that opens what was spoken of, or the end."""
    for i in range(at, len(clause)):
        word = clause.words[i]
        if word in CONTENT or ((cue := clause.cue(i)) is not None and "discuss" in cue.classes):
            return i
        if word == "to" and i + 1 < len(clause) and (cue := clause.cue(i + 1)) is not None and cue.form == "base":
            return i
    return len(clause)


def cost(clause: Clause, at: int, first: int, last: int, content: int | None = None) -> int:
    """How far the item ``at`` is from the core ``first``..``last`` of a report; content and other clauses cost more."""
    if first <= at < last:
        return 0
    between = range(last, at) if at >= last else range(at + 1, first)
    total = len(between)
    for i in between:
        if clause.words[i] in CROSSING:
            total += CROSSING_COST
        elif says(clause, i):
            total += SPEECH_COST
        elif another_engagement(clause, i):
            total += OWNED_COST
        elif clause.words[i] == ";":
            total += FAR
    if at >= last and (content_start(clause, last) if content is None else content) <= at:
        total += CONTENT_COST
    elif at < first and content_start(clause, at) < first and at > 3:
        total += CROSSING_COST
    return total


def when_of(clause: Clause, first: int, last: int, content: int, *, reach: int = FAR) -> When:
    """The time nearest to the core, with its span; unknown when none is within reach."""
    best, least = UNKNOWN_WHEN, reach
    for i in clause.places_of(TimeMark):
        mark = clause.mark(i, TimeMark)
        if mark is None or mark.type in (TimeType.DURATION, TimeType.SET) or vague(mark.when):
            continue
        if of_another(clause, i, first, last) or is_deadline(clause, i, mark.when):
            continue
        if clause.words[i - 1 : i] == ["since"]:
            continue  # "the first talks since 2018"
        total = cost(clause, i, first, last, content) + OWNED_COST * owned(clause, i)
        if i >= content and of_the_verb(clause, mark) and not owned(clause, i):
            total -= CONTENT_COST  # "discussed trade and defence on Monday": the day is that of the verb
        if total < least:
            best, least = ranged(clause, i, mark), total
    return best


def is_deadline(clause: Clause, at: int, when: When) -> bool:
    """Whether a year is one by which something is to be reached: "net zero by 2050", "until the end of 2030"."""
    if when.start is None or when.end is None or (when.end - when.start).days < MONTHLESS:
        return False
    i = at - 1
    while i > 0 and clause.words[i] in BEFORE_DEADLINE:
        i -= 1
    return i >= 0 and clause.words[i] in DEADLINES


def of_another(clause: Clause, at: int, first: int, last: int) -> bool:
    """Whether a time qualifies an engagement's noun outside the core: "building on the May meeting, they discussed ..."."""
    if not at or clause.words[at - 1] not in DETERMINERS or clause.words[max(0, at - 2)] in OCCASIONS:
        return False
    noun = next((i for i in range(at + 1, min(len(clause), at + 4)) if names_one(clause, i)), None)
    return noun is not None and not first <= noun < last


def names_one(clause: Clause, at: int) -> bool:
    """Whether the item can be the noun of an engagement, whatever else it can be."""
    return clause.mark(at, MechanismMark) is not None or "engagement_noun" in clause.cue_classes(at)


def vague(when: When) -> bool:
    """Whether a time is too long or too long ago to be that of an engagement: "this decade", "in 1795"."""
    if when.start is not None and when.start.year < MODERN:
        return True
    return when.start is None or (when.end is not None and (when.end - when.start).days > LONGEST)


def of_the_verb(clause: Clause, mark: TimeMark) -> bool:
    """Whether a time behind the content can be the verb's own: "today", "on Monday", but no day of the calendar."""
    words = mark.span.of(clause.text)
    return mark.when.basis is Basis.PUBLICATION and not any(character.isdecimal() for character in words)


def ranged(clause: Clause, at: int, mark: TimeMark) -> When:
    """The time of an item, up to the end of a range that it opens: "from July 18 to July 25"."""
    when = msgspec.structs.replace(mark.when, span=mark.span, rule=mark.when.rule or mark.rule)
    if at and clause.words[at - 1] in ("from", "between") and at + 2 < len(clause):
        end = clause.mark(at + 2, TimeMark)
        if clause.words[at + 1] in ("to", "until", "till", "through", "and", "–", "-") and end is not None:
            last = end.when.end
            if when.start and last and when.start < last:
                span = Span(mark.span.start, end.span.end)
                return msgspec.structs.replace(when, end=last, precision=Precision.INTERVAL, span=span)
    return when


def owned(clause: Clause, at: int) -> bool:
    """Whether a time belongs to something else: "the DPRK's March 24 launch", "the ministry said on Tuesday"."""
    before = clause.words[at - 1] if at else ""
    if before in ("'s", "’s", "'", "’") or before.endswith(("'s", "’s")):
        return True
    i = at - 1
    while i > 0 and clause.words[i] in ("on", "early", "late", "earlier", "in", "at"):
        i -= 1
    return i >= 0 and says(clause, i)


def another_engagement(clause: Clause, at: int) -> bool:
    """Whether a mechanism or an engagement's noun stands between, with times and places of its own."""
    cue = clause.cue(at)
    return clause.mark(at, MechanismMark) is not None or (cue is not None and "engagement_noun" in cue.classes)


def says(clause: Clause, at: int) -> bool:
    """Whether a finite verb of saying stands there."""
    cue = clause.cue(at)
    return cue is not None and "say" in cue.classes and cue.form in ("past", "present")


def where_of(clause: Clause, first: int, last: int, content: int) -> Where:
    """The place nearest to the core that a preposition governs."""
    best, least = NOWHERE, FAR - CROSSING_COST
    for i in sorted({*clause.places_of(PlaceMark), *clause.places_of(PartyMark)}):
        if not governed_place(clause, i):
            continue
        here = place_at(clause, i)
        total = cost(clause, i, first, last, content) + COUNTRY_COST * (here.place is None)
        if here != NOWHERE and total < least:
            best, least = here, total
    return best


def governed_place(clause: Clause, at: int) -> bool:
    """Whether a preposition of place stands before the item, over "the", "downtown" and the like."""
    for i in range(at - 1, max(-1, at - 4), -1):
        if clause.words[i] in PLACE_PREPOSITIONS:
            return True
        if clause.words[i] not in ("the", "downtown", "nearby", "city", "of", "capital", "'s", "’s") and not is_party(
            clause, i
        ):
            return False
    return False


def is_party(clause: Clause, at: int) -> bool:
    """Whether the item is a party's name or adjective."""
    return isinstance(clause.actors[at], PartyMark)


def place_at(clause: Clause, at: int) -> Where:
    """The place of an item, and of the country after a comma: "Melbourne, Australia"."""
    mark = clause.mark(at, PlaceMark)
    if mark is not None:
        country = mark.country or country_after(clause, at + 1)
        if mark.venue:
            return Where(None, country, mark.name, mark.span)
        return Where(full_name(clause, mark), country, None, mark.span) if country else NOWHERE
    party = clause.mark(at, PartyMark)
    if party is not None and party.form in COUNTRY_FORMS and len(party.codes) == 1 and len(party.codes[0]) == 3:
        return Where(None, party.codes[0], None, party.span)
    return NOWHERE


def full_name(clause: Clause, mark: PlaceMark) -> str:
    """The name of a place, with the district that the text adds: "Washington, D.C."."""
    words = clause.text[mark.span.start : mark.span.end + 6]
    return f"{mark.name}, D.C." if "D.C" in words and "D.C" not in mark.name else mark.name


def country_after(clause: Clause, at: int) -> str | None:
    """The country that a comma adds to a place."""
    if at + 1 < len(clause) and clause.words[at] == ",":
        party = clause.mark(at + 1, PartyMark)
        if party is not None and len(party.codes) == 1:
            return party.codes[0]
    return None


def format_of(clause: Clause, first: int, last: int, content: int) -> Format:
    """The mechanism nearest to the core of a report."""
    best, least = NO_FORMAT, FAR - CROSSING_COST
    for i in clause.places_of(MechanismMark):
        mark = clause.mark(i, MechanismMark)
        if mark is None or (is_framework(mark.name) and i not in range(first, last)):
            continue
        if i not in range(first, last) and not tied(clause, i):
            continue
        total = cost(clause, i, first, last, content)
        if total < least:
            best, least = Format(mark.name, mark.edition, on_sidelines(clause, i), mark.parties, mark.span), total
    return best


def tied(clause: Clause, at: int) -> bool:
    """Whether a mechanism stands in a phrase that says on which occasion: "during the", "for the fourth", "of the"."""
    for i in range(at - 1, max(-1, at - 6), -1):
        if clause.words[i] in ("for", "during", "at", "in", "of", "under", "within", "as", "after", "before"):
            return True
        if clause.cue(i) is not None and clause.words[i] not in ("sidelines", "margins", "meeting"):
            return False
    return at < 3


def is_framework(name: str) -> bool:
    """Whether a mechanism's name is that of a standing arrangement and not of something held."""
    last = name.casefold().rsplit(" ", 1)[-1]
    return last in ("partnership", "framework", "initiative", "agreement", "alliance", "strategy")


def on_sidelines(clause: Clause, at: int) -> bool:
    """Whether "on the sidelines of" stands before the mechanism."""
    return any(word in ("sidelines", "margins", "sideline", "margin") for word in clause.words[max(0, at - 6) : at])
