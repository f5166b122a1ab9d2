"""What the list of changes says of entries that are new, moved or gone."""

from __future__ import annotations

import datetime

import pytest

from dragoman.record.entries import (
    AnyEntry,
    Commitment,
    Incident,
    Measure,
    StatusStep,
    TargetStep,
)
from dragoman.record.when import UNKNOWN_WHEN, When
from dragoman.show.changes import lines_of, turns_of

MAY = datetime.date(2025, 5, 1)
JUNE = datetime.date(2025, 6, 1)
JULY = datetime.date(2025, 7, 1)


def status(name: str, day: datetime.date) -> StatusStep:
    return StatusStep(status=name, published=day, document=f"d{day}", mention=f"m{day}")


def target(due: str, day: datetime.date) -> TargetStep:
    return TargetStep(due=due, when=UNKNOWN_WHEN, published=day, document=f"d{day}", mention=f"m{day}")


def seen(ledger: str, entry: AnyEntry) -> list[tuple[str, str]]:
    return [(line.change, line.detail) for line in lines_of(ledger, entry, JUNE)]


MEASURE = Measure(id="m", kind="tariff", imposer="NOR", target="CHL", first_published=MAY)
COMMITMENT = Commitment(id="c", who=("NOR",), what="open a consulate in Nuuk", first_published=MAY)


@pytest.mark.parametrize(
    ("last", "expected"),
    [("revoked", "dropped"), ("suspended", "moved"), ("in_force", "moved")],
)
def test_a_measure_that_is_revoked_is_dropped_and_another_step_moves_it(last: str, expected: str) -> None:
    held = Measure(
        id="m",
        kind="tariff",
        imposer="NOR",
        first_published=MAY,
        history=(status("announced", MAY), status(last, JULY)),
    )
    assert seen("measure", held) == [(expected, last)]


def test_a_promise_taken_back_is_dropped() -> None:
    held = Commitment(
        id="c", who=("NOR",), first_published=MAY, history=(status("made", MAY), status("withdrawn", JULY))
    )
    assert seen("commitment", held) == [("dropped", "withdrawn")]


def test_a_later_target_moves_a_promise() -> None:
    held = Commitment(
        id="c", who=("NOR",), first_published=MAY, slips=(target("2025-06", MAY), target("2025-09", JULY))
    )
    assert seen("commitment", held) == [("moved", "target 2025-09")]


def test_what_did_not_change_since_the_day_has_no_line() -> None:
    assert seen("measure", MEASURE) == []
    assert seen("commitment", COMMITMENT) == []


def test_a_new_incident_is_listed() -> None:
    held = Incident(
        id="i", kind="expulsion", actors=("NOR",), text="Norway expelled two attachés", first_published=JULY
    )
    (line,) = lines_of("incident", held, JUNE)
    assert (line.change, line.ledger) == ("new", "incident")
    assert "expelled" in line.what


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            Measure(id="m", kind="tariff", status="announced", effective=When(start=JULY, end=JULY)),
            [(JULY, "in force")],
        ),
        (Measure(id="m", kind="tariff", status="in_force", effective=When(start=JULY, end=JULY)), []),
        (
            Measure(id="m", kind="tariff", status="paused", until=When(start=JUNE, end=JUNE)),
            [(datetime.date(2025, 6, 2), "pause ended")],
        ),
        (Measure(id="m", kind="tariff", status="announced", effective=When(start=MAY, end=MAY)), []),
        (Commitment(id="c", due_when=When(start=JUNE, end=JUNE)), [(datetime.date(2025, 6, 2), "overdue")]),
        (Commitment(id="c", status="met", due_when=When(start=JUNE, end=JUNE)), []),
    ],
)
def test_a_date_that_came_since_moves_an_entry(entry: AnyEntry, expected: list[tuple[datetime.date, str]]) -> None:
    turns = turns_of("ledger", entry, JUNE, JULY)
    assert [(line.published, line.detail.removesuffix(", by its date")) for line in turns] == expected
