"""What do the rates in force on one target add up to, and do the totals that texts state agree?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.link.measures import counts_on, replaces, status_on
from dragoman.record.entries import Measure
from dragoman.record.ledgers import Stack, StatedTotal

NEAR = 0.01


def stacks_on(measures: Sequence[Measure], day: datetime.date | None) -> list[Stack]:
    """One stack for each pair of imposer and target with a rate in percent, by target and imposer."""
    pairs: dict[tuple[str, str], list[Measure]] = {}
    for measure in measures:
        if measure.kind == "tariff" and measure.unit == "percent" and measure.imposer and measure.target:
            pairs.setdefault((measure.target, measure.imposer), []).append(measure)
    return [stack for pair in sorted(pairs) if (stack := stack_of(pairs[pair], day))]


def stack_of(measures: Sequence[Measure], day: datetime.date | None) -> Stack | None:
    """The parts that count on that day, what is coming, and the totals; None when nothing counts or comes.

    What an additional rate is added to counts with it, even if no text says from when.
    """
    general = [m for m in measures if not m.scope]
    totals, rest = apart(general)
    rest = [m for m in rest if not any(replaces(other, m, day) for other in rest)]
    parts = latest_of_role([m for m in rest if counts_on(m, day)])
    if any(part.role == "additional" for part in parts):
        undated = [m for m in rest if status_on(m, day) == "announced" and not m.effective.known]
        parts = latest_of_role([*parts, *(m for m in undated if m.role != "additional")])
    coming = [m for m in rest if status_on(m, day) == "announced" and m not in parts]
    coming = [m for m in coming if not any(m.role and m.role == part.role for part in parts)]
    if not parts and not coming:
        return None
    total = sum(part.rate or 0.0 for part in parts)
    then = total + sum(m.rate or 0.0 for m in coming)
    return Stack(
        imposer=measures[0].imposer or "",
        target=measures[0].target or "",
        day=day,
        parts=tuple(parts),
        total=total,
        coming=tuple(coming),
        totals=tuple(
            StatedTotal(
                measure=m, agrees=close(m.rate, total) or (status_on(m, day) == "announced" and close(m.rate, then))
            )
            for m in totals
            if status_on(m, day) not in ("revoked", "paused", "threatened")
        ),
    )


def apart(measures: Sequence[Measure]) -> tuple[list[Measure], list[Measure]]:
    """(totals, parts): a rate is a total where a text says so, or where it is the sum of two named parts."""
    named = [m for m in measures if m.role not in ("", "total")]
    sums = {(a.rate or 0.0) + (b.rate or 0.0) for n, a in enumerate(named) for b in named[n + 1 :] if a.role != b.role}
    totals = [m for m in measures if m.role == "total" or (m.role == "" and m.rate in sums)]
    return totals, [m for m in measures if m not in totals]


def latest_of_role(measures: Sequence[Measure]) -> list[Measure]:
    """Of measures in one role the latest, which has taken the others' place; additional ones stand side by side."""
    kept: dict[str, Measure] = {}
    for measure in sorted(measures, key=lambda m: (m.first_published or datetime.date.min, m.id)):
        kept[measure.id if measure.role == "additional" else measure.role] = measure
    return sorted(
        kept.values(),
        key=lambda m: (m.effective.start or datetime.date.min, m.first_published or datetime.date.min, m.id),
    )


def close(one: float | None, other: float) -> bool:
    """Whether two rates are one."""
    return one is not None and abs(one - other) < NEAR
