"""What do the words around a name say about it?

Words are looked up in sets; a regular expression that is anchored at the end of a stretch costs ten times as much.
"""

from __future__ import annotations

import re

from dragoman.record.span import Span

REACH = 48  # characters looked at on either side; the longest phrase tested has 40
REST_WORDS = "in at near outside inside around across throughout within"
REST = frozenset(REST_WORDS.split())
FILLER_WORDS = (
    "the downtown central nearby neighbouring neighboring occupied city town capital port village of northern southern "
    "eastern western city-state"
)
FILLERS = frozenset(FILLER_WORDS.split())
MOTION_WORDS = "to from via through into for toward towards off leaving reach reached reaching visit visits visited"
MOTION = frozenset([*MOTION_WORDS.split(), "visiting"])
DEALING_WORDS = (
    "with between against by told urge urged urges urging warn warned warns warning accuse accused accuses accusing"
)
DEALING = frozenset(DEALING_WORDS.split())
ACTS = re.compile(
    r"(?:['’]s\b|\s+(?:(?:also|has|have|had|is|was|will|would|could|may|might|must|should|does|did|can|and [A-Z]\w+)"
    r"\s+)*(?:said|says|announced|denied|denies|insist\w*|accuse[sd]?|wants?|wanted|hope[sd]?|seeks?|sought|agree[sd]?|"
    r"called|warn\w*|reject\w*|claim\w*|impose[sd]?|believe[sd]?|views?|has|had|will|would|could|may|does|did|"
    r"launched|responded|remains|considers|blame[sd]?|urge[sd]?|offered|proposed|expects?|expected|plans?|planned)\b)"
)
NEXT_CAPITALISED = re.compile(r" ([A-Z][a-zà-ÿ]+)")
# A second place before the dateline's is allowed: "Washington/New Delhi, Mar 28".
LINE_START = re.compile(r"(?:^|\n)\s*(?:[A-Z][\w.'’ ]{2,24}/)?\Z")
DATELINE_AFTER = re.compile(
    r"(?:/[A-Z][\w ]{2,20})?(?:,[^\n]{0,30})?\s*(?:\([^)\n]{2,20}\)\s*)?(?:[-–—:]|\n|$)|,? [A-Z][a-z]{2,8}\.? \d"
)
CALENDAR_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December"
)
CALENDAR = frozenset(CALENDAR_WORDS.split())
# Capitalised words that may stand before a place without being part of a person's name.
BEFORE_PLACES_WORDS = (
    "North South East West Northern Southern Eastern Western Central Greater Upper Lower Old Downtown Mount Occupied "
    "In At To From Near Of And The Via For With Between Against Both While As When After Before Since Although "
    "But Like Unlike Under Through Across Post Pre Is Are Was Were Does Did Has Have Will That This Yet So If Than By "
    "Outside Inside Around On Until Into Toward Towards Meanwhile Instead A An Its His Her Their Our Another Every"
)
BEFORE_PLACES = CALENDAR | frozenset(BEFORE_PLACES_WORDS.split())
OPENING = "“\"'‘([—–-"


def before(text: str, span: Span) -> str:
    """The characters before a span that are looked at."""
    return text[max(0, span.start - REACH) : span.start]


def words_before(text: str, start: int) -> list[str]:
    """The words before a place, the nearest last, in lower case; none when no space stands directly before it."""
    if text[start - 1 : start] != " ":
        return []
    return text[max(0, start - REACH) : start].lower().split()


def last_word(text: str, start: int) -> str:
    """The word before a place in lower case; empty when no space stands directly before it."""
    if text[start - 1 : start] != " ":
        return ""
    return text[text.rfind(" ", max(0, start - REACH), start - 1) + 1 : start - 1].lower()


def word_before(text: str, start: int) -> str:
    """The word before a place as it is written, without opening marks; empty when no space stands before it."""
    if text[start - 1 : start] != " ":
        return ""
    words = text[max(0, start - REACH) : start].split()
    return words[-1].lstrip(OPENING) if words else ""


def at_rest(words: list[str]) -> bool:
    """Whether the words end in a preposition of place, with or without "the capital" and the like after it."""
    for word in reversed(words):
        if word in REST:
            return True
        if word not in FILLERS:
            return False
    return False


def in_motion(words: list[str]) -> bool:
    """Whether the words end in a preposition or a verb of motion, which may go with a place or a government."""
    return bool(words) and words[-1] in MOTION


def dealt_with(words: list[str]) -> bool:
    """Whether the words end in one that goes with somebody who acts: "with", "told"."""
    return bool(words) and words[-1] in DEALING


def part_of_a_name(text: str, span: Span, known: frozenset[int]) -> bool:
    """Whether a capitalised word before the span makes it the end of a person's name: "Lloyd Austin".

    ``known`` are places where lexicon names end; a word that is one of those is no given name.
    """
    word = word_before(text, span.start)
    if not word[:1].isupper() or word in BEFORE_PLACES or span.start - 1 in known:
        return False
    return not word.endswith(("'s", "’s", "s’", "s'", ",", ".", ";", ":", ")", "”")) or len(word) == 2


def opens_a_name(text: str, span: Span, known: frozenset[int]) -> bool:
    """Whether a capitalised word after the span makes it a given name: "Jordan Peterson".

    ``known`` are places where lexicon phrases begin; a word that begins one of those is no surname.
    """
    if span.end + 1 in known:
        return False
    match = NEXT_CAPITALISED.match(text, span.end)
    return match is not None and match[1] not in CALENDAR


def in_dateline(text: str, span: Span) -> bool:
    """Whether a place opens a paragraph in the manner of a dateline: "GENEVA, May 3 (Reuters) -"."""
    return bool(LINE_START.search(before(text, span)) and DATELINE_AFTER.match(text, span.end))
