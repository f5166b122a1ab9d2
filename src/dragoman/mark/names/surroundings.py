"""What do the words around a name say about it?"""

from __future__ import annotations

import re

from dragoman.record.span import Span

REACH = 48  # characters looked at on either side; the longest phrase tested has 40
AT = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|throughout|within|arrived? in|based in)\s+"
    r"(?:(?:the|downtown|central|nearby|neighbou?ring|occupied)\s+)?(?:(?:city|town|capital|port|village) (?:of )?)?$",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\b(?:to|from|via|through|into|for|toward|towards|off|leaving|reach(?:ed)?|visit\w*)\s+$", re.I)
BESIDE = re.compile(r"\b(?:with|between|against|by|urg\w+|told|warn\w+|accus\w+)\s+$", re.IGNORECASE)
ACTS = re.compile(
    r"(?:['’]s\b|\s+(?:(?:also|has|have|had|is|was|will|would|could|may|might|must|should|does|did|can|and [A-Z]\w+)"
    r"\s+)*(?:said|says|announced|denied|denies|insist\w*|accuse[sd]?|wants?|wanted|hope[sd]?|seeks?|sought|agree[sd]?|"
    r"called|warn\w*|reject\w*|claim\w*|impose[sd]?|believe[sd]?|views?|has|had|is|was|will|would|could|may|does|did|"
    r"launched|responded|remains|considers|blame[sd]?|urge[sd]?|offered|proposed|expects?|expected|plans?|planned)\b)"
)
WORD_BEFORE = re.compile(r"([A-Za-zÀ-ÿ.'’-]+)\s$")
NEXT_CAPITALISED = re.compile(r"\s([A-Z][a-zà-ÿ]+)")
SENTENCE_START = re.compile(r"(?:^|[.!?:;\n“\"‘(\[—-])\s*[A-Za-zÀ-ÿ.'’-]+\s$")
CALENDAR_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December"
)
CALENDAR = frozenset(CALENDAR_WORDS.split())
# Capitalised words that may stand before a place without being part of a person's name.
BEFORE_PLACES_WORDS = (
    "North South East West Northern Southern Eastern Western Central Greater Upper Lower Old Downtown Mount Occupied "
    "In At To From Near Of And The Via For With Between Against Both While As When After Before Since Since Although "
    "But Like Unlike Under Through Across Post Pre Is Are Was Were Does Did Has Have Will That This Yet So If Than By "
    "Outside Inside Around On Until Into Toward Towards Meanwhile Instead"
)
BEFORE_PLACES = CALENDAR | frozenset(BEFORE_PLACES_WORDS.split())


def before(text: str, span: Span) -> str:
    """The characters before a span that are looked at."""
    return text[max(0, span.start - REACH) : span.start]


def after(text: str, span: Span) -> str:
    """The characters after a span that are looked at."""
    return text[span.end : span.end + REACH]


def part_of_a_name(text: str, span: Span, known: frozenset[int]) -> bool:
    """Whether a capitalised word before the span makes it the end of a person's name: "Lloyd Austin".

    ``known`` are places where lexicon names end; a word that is one of those is no given name.
    """
    left = before(text, span)
    match = WORD_BEFORE.search(left)
    if match is None or not match[1][0].isupper() or match[1] in BEFORE_PLACES:
        return False
    return span.start - 1 not in known and not match[1].endswith(("'s", "’s", "s’", "s'"))


def opens_a_name(text: str, span: Span, known: frozenset[int]) -> bool:
    """Whether a capitalised word after the span makes it a given name: "Jordan Peterson".

    ``known`` are places where lexicon phrases begin; a word that begins one of those is no surname.
    """
    match = NEXT_CAPITALISED.match(after(text, span))
    return match is not None and match[1] not in CALENDAR and span.end + 1 not in known
