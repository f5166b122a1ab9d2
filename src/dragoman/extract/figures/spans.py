"""Where within an amount do its number, its unit and its hedge stand?"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.record.span import Span

MAGNITUDE = r"hundred|thousand|million|billion|trillion|lakh|crore|dozen|bn|mn|tn|trn|mln|bln|[mk](?![a-z])"
WORDS = (
    r"a|half|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|dozens|scores|tens|hundreds|thousands|millions|billions|trillions|third|thirds|quarter|quarters"
)
NUMBER = re.compile(
    rf"(?:\d[\d.,]*(?:/\d)?|\b(?:{WORDS})\b)(?:[\s-]*\b(?:{MAGNITUDE}|{WORDS}|and)\b|(?<=\d)(?:{MAGNITUDE})\b)*",
    re.IGNORECASE,
)
EDGES = " -()\n"


class Parts(NamedTuple):
    """The places of an amount's parts; None for what it lacks."""

    number: Span | None
    unit: Span | None
    hedge: Span | None


def parts_of(amount: Span, hedge: str | None, counted: Span | None, text: str) -> Parts:
    """The parts of an amount; what it counts (``counted``) is no unit."""
    start = amount.start
    hedged = None
    if hedge and text[start : start + len(hedge)].casefold() == hedge:
        hedged = Span(start, start + len(hedge))
        start = hedged.end
    end = min(amount.end, counted.start) if counted and counted.start > start else amount.end
    numbers = list(NUMBER.finditer(text, start, end))
    if not numbers:
        return Parts(None, None, hedged)
    first, last = numbers[0], numbers[-1]
    unit = stripped(text, last.end(), end) or stripped(text, start, first.start())
    return Parts(Span(first.start(), last.end()), unit, hedged)


def stripped(text: str, start: int, end: int) -> Span | None:
    """The span without blanks, hyphens and brackets at its edges, or None when nothing is left."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end) if start < end else None
