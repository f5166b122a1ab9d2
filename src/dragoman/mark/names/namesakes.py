"""Does a name stand for its namesake in the United States: "Warsaw, Indiana", "Georgia's governor"?

A city before a federal state is that state's, and Georgia is the federal state where a city of the United States stands
before it, or where it has what states of the Union have: a governor, senators, counties.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.lexicon.load import Lexicon, load_lexicon
from dragoman.record.span import Span

GEORGIA = "Georgia"
UNION = "USA"
OF_THE_UNION = re.compile(
    r"(?:['’]s)?\s(?:state\s)?(?:governor|gov\.|lieutenant governor|secretary of state|senators?|sen\.|rep\.|congress(?:man|woman)|"
    r"legislature|lawmakers|statehouse|state (?:house|senate|capitol)|attorney general|peaches|county|republicans?|"
    r"democrats?|general assembly|national guard|primary|runoff|gop)\b",
    re.IGNORECASE,
)
CITY_BEFORE = re.compile(r"([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?), \Z")
STATE_BEFORE = re.compile(r"\b(?:state of|(?:north|south) of Atlanta in|U\.?S\.? state of) \Z")


def in_the_union(text: str, span: Span) -> bool:
    """Whether the name at the span stands for a place in the United States."""
    behind = state_behind().match(text, span.end) if text.startswith(",", span.end) else None
    if behind:
        return not behind[0].endswith(GEORGIA) or country_of(span.of(text)) == UNION
    if span.of(text) != GEORGIA:
        return False
    left = text[max(0, span.start - 48) : span.start]
    city = CITY_BEFORE.search(left)
    if city and any(country_of(name) == UNION for name in (city[1], city[1].rpartition(" ")[2])):
        return True
    return bool(STATE_BEFORE.search(left) or OF_THE_UNION.match(text, span.end))


def country_of(name: str) -> str | None:
    """The country of a place of that name, if the lexicon has it."""
    return places().get(name)


@cache
def places() -> dict[str, str]:
    """The country of every place by name, federal states apart."""
    lexicon: Lexicon = load_lexicon()
    return {p.name: p.country for p in lexicon.places.values() if p.country and p.kind != "state"}


@cache
def state_behind() -> re.Pattern[str]:
    """A comma and the name of a federal state, other than Washington, which is a capital too."""
    lexicon: Lexicon = load_lexicon()
    names = {p.name for p in lexicon.places.values() if p.kind == "state" and p.country == UNION} | {GEORGIA}
    return re.compile(rf",\s+(?:{'|'.join(map(re.escape, sorted(names)))})\b")
