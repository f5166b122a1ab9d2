"""At whose request was it, how long did it last, and in which words does the text speak of its mood?"""

from __future__ import annotations

import re

from dragoman.extract.context import Context
from dragoman.extract.engagements.clause import Clause
from dragoman.lexicon.expressions import any_of
from dragoman.record.marks import CueMark, OrganisationMark, PartyMark, PersonMark, TimeMark, TimeType
from dragoman.record.span import Span

REQUEST = frozenset({"at_request"})
NEAR = 30  # characters from "at the request of" to whose request it was
LASTED = re.compile(r"\b(?:lasted|lasting|for|over|took|ran|during)\b[^.;,]{0,24}$", re.IGNORECASE)
# Words for the mood of talks. They count before a noun of engagement ("candid talks") or as what it was ("were candid").
MOODS = (
    "candid frank open honest constructive productive fruitful cordial warm friendly substantive substantial in-depth "
    "detailed useful good excellent great positive tense difficult tough heated businesslike wide-ranging "
    "comprehensive intensive thorough"
).split()
OF_MOODS = frozenset(word.rpartition("-")[2] for word in MOODS)  # tokens, of which every word of mood has one
MOOD = any_of(MOODS, edge=r"\w-")
LINKED = re.compile(
    r"\b(?:was|were|been|be|as|had been|proved|described|called|termed)\b(?:[ ,“”\"‘’]+[\w-]+){0,4}[ ,“”\"‘’]*$"
)
# Between an adjective and its noun: more adjectives, no verb's object.
JOINED = re.compile(
    r"[”“\"’‘]?(?:(?:,? and|,) [\w-]+){0,3}(?: (?:[\w-]*lateral|[\w-]+-(?:minute|hour|day)|phone|telephone|virtual)){0,2}[”“\"’‘]?\s*$"
)
BEFORE_CUE = 44  # characters before a noun of engagement in which its adjectives stand


def requested_by(context: Context, clause: Clause) -> str | None:
    """Whose request it was, by name or code: "at the request of the French side"; None when it is not told."""
    sentence = clause.sentence.span
    for cue in context.marks_within(sentence, CueMark):
        if REQUEST.isdisjoint(cue.classes) or "request" not in cue.span.of(context.text).casefold():
            continue
        after = Span(cue.span.end, min(sentence.end, cue.span.end + NEAR + 30))
        for mark in context.marks_within(after, PersonMark):
            if mark.people and mark.span.start <= cue.span.end + NEAR:
                return context.people[mark.people[0]].name or mark.party
        for party in context.marks_within(after, PartyMark):
            if party.codes and party.span.start <= cue.span.end + NEAR:
                return party.codes[0]
        bodies = context.marks_within(after, OrganisationMark)
        return bodies[0].party or bodies[0].name if bodies else None
    return None


def duration(context: Context, clause: Clause, cue: Span) -> str | None:
    """How long it lasted, as a TIMEX3 value: "a 35-minute call", "the talks lasted two hours"."""
    for mark in context.marks_within(clause.sentence.span, TimeMark):
        if mark.type is not TimeType.DURATION or not mark.value.startswith("PT"):
            continue
        before = context.text[max(clause.sentence.span.start, mark.span.start - 40) : mark.span.start]
        between = context.text[mark.span.end : cue.start]
        attached = (
            mark.span.end <= cue.start and len(between) <= 30 and not re.search(r"[.;,]|\b(?:after|before)\b", between)
        )
        if attached or (cue.end <= mark.span.start and LASTED.search(before)):
            return mark.value
    return None


def atmosphere(context: Context, clause: Clause, cue: Span) -> tuple[str, ...]:
    """The words of mood that stand with the engagement's cue, in order, each once, in lower case."""
    sentence = clause.sentence
    if OF_MOODS.isdisjoint(map(str.lower, context.tokens.words[sentence.first : sentence.last])):
        return ()
    start, end = sentence.span.start, sentence.span.end
    found: dict[str, None] = {}
    for match in MOOD.finditer(context.text, start, end):
        if match.end() <= cue.start <= match.end() + BEFORE_CUE:
            between = context.text[match.end() : cue.start]
            if JOINED.match(between):
                found[match.group().casefold()] = None
        elif match.start() >= cue.end and LINKED.search(context.text, cue.end, match.start()):
            found[match.group().casefold()] = None
    return tuple(found)
