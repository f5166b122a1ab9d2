"""Which figures speak of one quantity and differ?

Two figures are of one quantity when unit, parties and year agree and most of the words for what is measured do. A
difference that hedges cover ("about 129 billion" and 128.8 billion) is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.link.likeness import stems_of
from dragoman.record.entries import Figure
from dragoman.record.ledgers import Conflict

EXACT = 0.001  # share of the larger value by which exact figures may differ
HEDGED = 0.05
SHARE = 0.6  # of the words for what is measured
# Lengths and counts recur, and rates of tariffs are the ledger of measures: two of them are no conflict.
MEASURED = frozenset({"day", "hour", "minute", "week", "month", "count", "ordinal", "year", "percent"})
DEFINITIONS = ("goods and services", "services", "goods", "merchandise", "fiscal", "provisional")
PARTS = frozenset("good servic mercha total nearly bilate two-wa".split())


def conflicts_in(figures: Sequence[Figure]) -> list[Conflict]:
    """The cards, each with at least two values for one quantity, in order of the first figure."""
    groups: list[list[Figure]] = []
    for figure in figures:
        if figure.value is None or figure.unit in MEASURED or not figure.what:
            continue
        home = next((group for group in groups if one_quantity(group[0], figure)), None)
        if home is None:
            groups.append([figure])
        else:
            home.append(figure)
    return [card_of(group) for group in groups if any(differ(group[0], other) for other in group[1:])]


def one_quantity(one: Figure, other: Figure) -> bool:
    """Whether two figures measure one thing of the same parties in the same year."""
    if one.unit != other.unit or year_of(one) != year_of(other):
        return False
    if one.parties and other.parties and set(one.parties) != set(other.parties):
        return False
    a, b = stems_of(one.what) - PARTS, stems_of(other.what) - PARTS
    return bool(a and b) and len(a & b) >= SHARE * max(len(a), len(b))


def year_of(figure: Figure) -> str:
    """The year or interval that a figure is of, as text."""
    period = figure.period
    return f"{period.start}/{period.end}" if period.known else ""


def differ(one: Figure, other: Figure) -> bool:
    """Whether the values differ by more than their hedges allow."""
    if one.value is None or other.value is None:
        return False
    allowed = HEDGED if one.hedge or other.hedge else EXACT
    return abs(one.value - other.value) > allowed * max(abs(one.value), abs(other.value))


def card_of(figures: Sequence[Figure]) -> Conflict:
    """The card of figures for one quantity, with the difference of definition that their words show."""
    first = figures[0]
    named = list(dict.fromkeys(definition_of(figure) for figure in figures))
    return Conflict(
        what=first.what,
        parties=first.parties,
        period=str(first.period.start.year) if first.period.start else "",
        figures=tuple(figures),
        difference="; ".join(name for name in named if name) if len(named) > 1 else "",
    )


def definition_of(figure: Figure) -> str:
    """What the words say is counted: goods, or goods and services."""
    words = f"{figure.what} {figure.text}".casefold()
    return next((name for name in DEFINITIONS if name in words), "")
