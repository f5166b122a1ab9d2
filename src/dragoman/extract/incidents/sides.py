"""Who did a deed to whom, when and where? Each side stands at a known place beside the deed's words, or stays open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.actors import Actor, codes_of
from dragoman.extract.context import Context
from dragoman.extract.incidents.happened import rest_of_clause
from dragoman.extract.ledger import Found
from dragoman.record.marks import PlaceMark, TimeMark, TimeType
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Precision, When

BY = re.compile(r"\bby (?:the |an? )?(?:[\w’'-]+ ){0,2}$")
BETWEEN = re.compile(r"\bbetween (?:the )?(?:[\w’'-]+ ){0,2}$")
AT = re.compile(r"\b(?:on|against|at|near|over|into|in|from|of|with) (?:the |an? |its )?(?:[\w’'-]+ ){0,4}$")
OWNER = re.compile(
    r"(?:['’]s?)?\s(?:(?!(?:and|or|that|which|who|of|to|in|on|for|with|said|says|from|over|a|an|the|reached|agreed|announced|"
    r"declared|discussed|condemned|welcomed|after|during|has|had|is|was)\b)[\w-]+\s){0,3}$"
)
# What may stand between a subject and its verb.
TO_VERB = re.compile(
    r"(?:['’]s?)?(?:\s(?:has|have|had|also|again|then|later|itself|already|since|twice|jointly|reportedly|repeatedly|[a-z]+ly|"
    r"early|late|on|in|at|the|night|overnight|\d{1,2}|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|\d{4},?|army|armies|navy|air|force|forces|troops|soldiers|police|jets|drones|warships|warplanes|"
    r"gunboats|aircraft|artillery|missiles|guards?|authorities|government|militar(?:y|ies)|officials|agents|security|border|"
    r"coast|and|or|intelligence|services?|ministry|foreign|navies|planes|rockets|commandos|court|prosecutors)){0,6}\s$"
)
SAYS_IT = re.compile(
    r" (?:says?|said|announced|confirmed|reported) (?:that )?(?:it|its \w+|they|its \w+ \w+) (?:had |has )?$"
)
PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|get|got|gets)\s(?:\w+ly\s)?$")
OWNS = re.compile(r"['’]s?\s")
FAR = 48
NOUN_REACH = 80
TO_DATE = re.compile(
    r"(?:\s(?!(?:that|which|who|when|after|before|while|and|said|told|urged|discussed|as|because|to|will|would|has|have)\b)"
    r"(?:[\w’'.-]+),?){0,9}\s(?:of|on|in|last|from|since|this)?\s?(?:the\s)?(?:night of\s)?$"
)
DATE_TO_NOUN = re.compile(r"(?:['’]s)?\s(?:(?:[a-z]+-)?[a-z]+\s){0,2}$")
FINE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.INTERVAL})


def subject_of(context: Context, match: Found, at: int) -> list[Actor]:
    """The subject of the verb at ``at``, if nothing but auxiliaries, forces and dates stands between."""
    text, sentence = context.text, match.sentence.span
    before = context.actors.within(Span(max(sentence.start, at - FAR * 3), at))
    group: list[Actor] = []
    for actor in reversed(before):
        between = text[actor.span.end : group[-1].span.start if group else at]
        if not group and actor.kind == "group" and not actor.parties and SAYS_IT.search(text[actor.span.end - 12 : at]):
            continue
        fits = (
            TO_VERB.fullmatch(between) or SAYS_IT.fullmatch(between)
            if not group
            else between in (" and ", ", ", " and the ")
        )
        if not fits:
            break
        group.append(actor)
    return group[::-1]


def is_passive(text: str, match: Found) -> bool:
    """Whether a form of "be" stands before the verb."""
    return bool(PASSIVE.search(text, max(match.sentence.span.start, match.cue.start - 24), match.cue.start))


def object_of(context: Context, match: Found) -> tuple[str, ...]:
    """The parties in the rest of the verb's clause: of whom it was done, or in whose country."""
    clause = rest_of_clause(context.text, match.cue.end, match.sentence.span.end)
    found = [a for a in context.actors.within(clause) if a.parties and len(a.parties) == 1]
    return codes_of(found[:2]) or country_within(context, clause)


def behind_by(context: Context, match: Found) -> tuple[str, ...]:
    """The party behind "by" in the rest of the clause."""
    clause = rest_of_clause(context.text, match.cue.end, match.sentence.span.end)
    for actor in context.actors.within(clause):
        if actor.parties and BY.search(context.text, clause.start, actor.span.start):
            return actor.parties
    return ()


def between(context: Context, match: Found) -> tuple[str, ...]:
    """Both parties of "between A and B", after the noun."""
    end = min(match.sentence.span.end, match.cue.end + NOUN_REACH)
    found = [a for a in context.actors.within(Span(match.cue.end, end)) if a.parties]
    if not found or not BETWEEN.search(context.text, match.cue.end, found[0].span.start):
        return ()
    return codes_of(found[:2])


def owner_of(context: Context, match: Found) -> tuple[str, ...]:
    """Whose deed a noun names: "Israeli air strikes", "Russia's attack"; several parties of one quality are all of them."""
    text, at = context.text, match.cue.start
    before = context.actors.within(Span(max(match.sentence.span.start, at - FAR), at))
    if before and before[-1].parties and OWNER.fullmatch(text, before[-1].span.end, at):
        return before[-1].parties
    return ()


def borne_by(context: Context, match: Found) -> tuple[str, ...]:
    """On whom or where a noun's deed fell: the party behind its preposition, or the country of the place behind it."""
    text, at = context.text, match.cue.end
    end = min(match.sentence.span.end, at + FAR)
    for actor in context.actors.within(Span(at, end)):
        lead = text[at : actor.span.start]
        places = [mark for mark in context.marks_within(Span(at, actor.span.start), PlaceMark) if mark.country]
        if places and AT.search(text[at : places[0].span.start]):
            break
        if actor.parties and AT.search(lead) and not BY.search(lead) and not OWNS.match(text, actor.span.end):
            return actor.parties[:1]
    return country_within(context, Span(at, min(match.sentence.span.end, at + NOUN_REACH)))


def country_within(context: Context, span: Span) -> tuple[str, ...]:
    """The country of the first place that the span names."""
    places = [mark for mark in context.marks_within(span, PlaceMark) if mark.country]
    return (places[0].country,) if places and places[0].country else ()


def place_of(context: Context, match: Found) -> str | None:
    """The first place named after the deed in its sentence, close by; else the first before it."""
    cue, sentence = match.cue, match.sentence.span
    after = context.marks_within(Span(cue.end, min(sentence.end, cue.end + 2 * NOUN_REACH)), PlaceMark)
    before = context.marks_within(Span(max(sentence.start, cue.start - NOUN_REACH), cue.start), PlaceMark)
    found = [*after, *before]
    return found[0].name if found else None


def times_in(context: Context, span: Span) -> list[TimeMark]:
    """The days and longer stretches that lie in the past, in order."""
    published = context.document.published.end
    return [
        time for time in context.marks_within(span, TimeMark)
        if time.type in (TimeType.DATE, TimeType.TIME) and time.when.start
        and (published is None or time.when.start <= published)
    ]  # fmt: skip


def day_of_deed(context: Context, match: Found) -> When:
    """The day that stands nearest to a verb in its sentence."""
    times = times_in(context, match.sentence.span)
    nearest = min(times, key=lambda t: (distance(t.span, match.cue), t.span.start), default=None)
    return nearest.when if nearest and distance(nearest.span, match.cue) <= 2 * NOUN_REACH else UNKNOWN_WHEN


def day_of_noun(context: Context, match: Found) -> When:
    """The day within a noun's own phrase: "the April 22 attack", "the attack in Pahalgam on 22 April"."""
    text, cue, sentence = context.text, match.cue, match.sentence.span
    for time in times_in(context, sentence):
        if time.when.precision not in FINE or time.span.of(text).casefold() in ("today", "now", "tonight"):
            continue
        if time.span.end < cue.start and DATE_TO_NOUN.fullmatch(text, time.span.end, cue.start):
            return time.when
        if cue.end < time.span.start < cue.end + NOUN_REACH and TO_DATE.fullmatch(text, cue.end, time.span.start):
            return time.when
    return UNKNOWN_WHEN


def distance(one: Span, other: Span) -> int:
    """Characters between two spans."""
    return max(one.start - other.end, other.start - one.end, 0)


def without(codes: Sequence[str], taken: Sequence[str]) -> tuple[str, ...]:
    """The codes that are not taken."""
    return tuple(code for code in codes if code not in taken)
