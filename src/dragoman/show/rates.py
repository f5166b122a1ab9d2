"""How did the rate in force between two parties move, and out of which parts?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.link.stacks import stacks_on
from dragoman.record.entries import Measure

MOST_DAYS = 120  # days on which rates are added up


class RateStep(msgspec.Struct, frozen=True, kw_only=True):
    """From ``day`` on, rates of ``imposer`` on ``target`` add up to ``total`` percent, by the parts named."""

    imposer: str
    target: str
    day: datetime.date
    total: float
    arithmetic: str
    parts: tuple[Measure, ...]


def rate_steps(measures: Sequence[Measure]) -> list[RateStep]:
    """Each change of a sum of rates in force, in order of days for each pair of imposer and target."""
    pairs: dict[tuple[str, str], list[Measure]] = {}
    for measure in measures:
        if measure.kind == "tariff" and measure.unit == "percent" and measure.imposer and measure.target:
            pairs.setdefault((measure.imposer, measure.target), []).append(measure)
    return [step for pair in sorted(pairs) for step in steps_of(pairs[pair])]


def steps_of(measures: Sequence[Measure]) -> list[RateStep]:
    """The changes of one sum."""
    found: list[RateStep] = []
    for day in turning_days(measures):
        stacks = [stack for stack in stacks_on([m for m in measures if is_known_by(m, day)], day) if stack.parts]
        if not stacks:
            if found and found[-1].total:
                found.append(msgspec.structs.replace(found[-1], day=day, total=0.0, arithmetic="0", parts=()))
            continue
        stack = stacks[0]
        if not found or found[-1].parts != stack.parts:
            found.append(
                RateStep(
                    imposer=stack.imposer,
                    target=stack.target,
                    day=day,
                    total=stack.total,
                    arithmetic=stack.arithmetic,
                    parts=stack.parts,
                )
            )
    return found


def is_known_by(measure: Measure, day: datetime.date) -> bool:
    """Whether the measure had been printed by that day, or says itself that it was in force then."""
    printed = measure.first_published
    started = measure.effective.start
    return (printed is not None and printed <= day) or (started is not None and started <= day)


def turning_days(measures: Sequence[Measure]) -> list[datetime.date]:
    """The days on which a rate may begin, end or change."""
    days: set[datetime.date] = set()
    for measure in measures:
        ends = measure.until.end + datetime.timedelta(days=1) if measure.until.end else None
        steps = [step.published for step in measure.history]
        days.update(day for day in (measure.effective.start, ends, measure.first_published, *steps) if day)
    return sorted(days)[-MOST_DAYS:]
