"""Topics over time: who raised what, when, and how strongly; and formulas: what became of each wording."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.errors import UnknownName
from dragoman.record.entries import ReadoutEntry
from dragoman.record.formula import Formula, FormulaState
from dragoman.show.formulas import COMPARED, formulas_of
from dragoman.show.topics import RaisedPoint, TopicCell, raised_points, topic_cells
from dragoman.show.words import day_words, party_word
from dragoman.web.addresses import of_document, of_entry, of_scope
from dragoman.web.asked import Asked
from dragoman.web.pages.common import choices, crumbs, day_cell, plain
from dragoman.web.pages.engagements import shortened
from dragoman.web.view import Cell, Chart, Choice, Look, Page, Table, View

READOUTS = 300  # official accounts that are looked at, the latest
TOPICS = 24  # rows of the map
MONTHS = 36  # columns of the map, the latest
POINTS = 200  # rows of the list below it
MOST_FORMULAS = 60


class HeatCell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell as the chart draws it."""

    topic: str
    month: str
    points: int
    strength: int
    label: str
    path: str


class TopicsView(View, frozen=True, kw_only=True):
    """The map, and the points of the topic or month that was chosen."""

    cells: tuple[TopicCell, ...]
    points: tuple[RaisedPoint, ...]
    side: str


def topics(book: Book, asked: Asked) -> TopicsView:
    """The map of a relationship. ``person`` is the side that raised a point, ``topic`` and the days narrow the list."""
    side = asked.person.upper()
    wanted = asked.scope_filter(limit=READOUTS)
    every = raised_points(book.readouts(wanted), book.engagements(wanted))
    shown = [each for each in every if not side or each.side in (side, "both")]
    cells = topic_cells(shown)
    listed = [each for each in shown if within(each, asked)]
    return TopicsView(
        title="Topics over time",
        crumbs=crumbs(asked),
        intro="Points of the official accounts held, by topic and month. A topic without a cell was not mentioned in the "
        "readouts of that month; nothing more is said.",
        choices=(
            Choice(name="person", label="Raised by", value=side, kind="select", values=sides_of(asked, every)),
            *choices(asked, "topic", "since", "until"),
        ),
        charts=(heat(cells, asked),) if cells else (),
        tables=(point_table(list(reversed(listed))[:POINTS], len(listed)),),
        cells=tuple(cells),
        points=tuple(listed[-POINTS:]),
        side=side,
    )


def within(point: RaisedPoint, asked: Asked) -> bool:
    """Whether a point is of the topic and the days that were chosen."""
    late = asked.since is None or point.day >= asked.since
    return (
        (not asked.topic or point.topic == asked.topic) and late and (asked.until is None or point.day <= asked.until)
    )


def sides_of(asked: Asked, points: Sequence[RaisedPoint]) -> tuple[tuple[str, str], ...]:
    """The parties that a reader may choose."""
    codes = asked.parties or tuple(
        sorted({each.side for each in points if len(each.side) == 3 and each.side.isupper()})
    )
    return (("", "anyone"), *((code, party_word(code)) for code in codes))


def heat(cells: Sequence[TopicCell], asked: Asked) -> Chart:
    """The map of the topics spoken of most, with its table."""
    order = list(dict.fromkeys(cell.topic for cell in cells))[:TOPICS]
    months = months_between(cells)
    drawn = [cell for cell in cells if cell.topic in order and cell.month in months]
    return Chart(
        kind="heat",
        title="Topics by month: how many points, and the greatest strength of a verb",
        data={
            "topics": [plain(topic) for topic in order],
            "months": months,
            "cells": [heat_cell(each, asked) for each in drawn],
        },
        table=Table(
            caption="The map as a table",
            columns=("Topic", "Month", "Points", "Strength", "Raised by", "In accounts of"),
            rows=tuple(
                (
                    Cell(plain(cell.topic), path=narrowed(cell, asked)),
                    day_cell(cell.month),
                    Cell(str(cell.points), look=Look.NUMBER),
                    Cell(str(cell.strength), look=Look.NUMBER),
                    Cell(", ".join(side_word(side) for side in cell.sides)),
                    Cell(", ".join(party_word(code) for code in cell.issuers)),
                )
                for cell in drawn
            ),
        ),
    )


def heat_cell(cell: TopicCell, asked: Asked) -> HeatCell:
    """One cell with where it leads."""
    raised = f", raised by {', '.join(side_word(side) for side in cell.sides)}" if cell.sides else ""
    said = f"{plain(cell.topic)}, {cell.month}: {cell.points} point{'' if cell.points == 1 else 's'}, strength {cell.strength} of 5{raised}"
    return HeatCell(
        topic=plain(cell.topic),
        month=cell.month,
        points=cell.points,
        strength=cell.strength,
        label=said,
        path=narrowed(cell, asked),
    )


def narrowed(cell: TopicCell, asked: Asked) -> str:
    """The address of the points of one cell."""
    first = datetime.date.fromisoformat(f"{cell.month}-01")
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    day = f"&as_of={asked.as_of}" if asked.as_of else ""
    return f"{of_scope(asked.parties, 'topics')}?topic={cell.topic}&since={first}&until={last}{day}#points"


def side_word(side: str) -> str:
    """A side for a reader."""
    return "both" if side == "both" else party_word(side)


def months_between(cells: Sequence[TopicCell]) -> list[str]:
    """Every month from the first to the last cell, the latest of them."""
    held = sorted(cell.month for cell in cells)
    if not held:
        return []
    day, last = datetime.date.fromisoformat(f"{held[0]}-01"), held[-1]
    months = []
    while f"{day:%Y-%m}" <= last:
        months.append(f"{day:%Y-%m}")
        day = (day + datetime.timedelta(days=31)).replace(day=1)
    return months[-MONTHS:]


def point_table(points: Sequence[RaisedPoint], total: int) -> Table:
    """The points with their words."""
    return Table(
        caption="Points, the latest first",
        columns=("When", "Topic", "Raised by", "Verb", "Words", "Account"),
        rows=tuple(point_row(each) for each in points),
        total=total,
    )


def point_row(each: RaisedPoint) -> tuple[Cell, ...]:
    """One point."""
    strength = f" {each.point.strength}/5" if each.point.strength else ""
    return (
        day_cell(day_words(each.day)),
        Cell(plain(each.topic)),
        Cell(side_word(each.side) if each.side else "not stated"),
        Cell(f"{each.point.verb}{strength}"),
        Cell(shortened(each.point.text), path=of_document(each.point.document), look=Look.SNIPPET),
        Cell(
            party_word(each.issuer) if len(each.issuers) < 2 else "joint account",
            path=of_entry(each.engagement or each.readout),
        ),
    )


# ------------------------------------------------------------------ formulas


class FormulaColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One readout of a side, as a column."""

    readout: str
    day: datetime.date | None
    path: str


class SideOfFormulas(msgspec.Struct, frozen=True, kw_only=True):
    """One side's formulas with its readouts as columns; ``grid`` has a state, or nothing, for each column."""

    issuer: str
    counterpart: str
    columns: tuple[FormulaColumn, ...]
    formulas: tuple[Formula, ...]
    grid: tuple[tuple[str, ...], ...]


class FormulasView(View, frozen=True, kw_only=True):
    """The formulas of both sides."""

    sides: tuple[SideOfFormulas, ...]


SIGNS = {
    FormulaState.NEW: "new",
    FormulaState.KEPT: "kept",
    FormulaState.REWORDED: "reworded",
    FormulaState.ABSENT: "absent",
    FormulaState.DROPPED: "dropped",
    FormulaState.REPEATED: "repeated",
}
MOST_COLUMNS = 14
INTRO = (
    "Wording that recurs in one side's readouts with the other. Not in a readout means: not mentioned in this readout."
)


def formulas(book: Book, asked: Asked) -> FormulasView:
    """Wording by readout: kept, reworded, dropped. Raises UnknownName for a scope that is no pair."""
    if asked.pair is None:
        raise UnknownName("formulas stand between two parties, as in /r/USA-IND/formulas")
    found = formulas_of(book, asked.pair[0], asked.pair[1], as_of=asked.as_of)
    sides = tuple(side_of(book, found, issuer, other) for issuer, other in (asked.pair, asked.pair[::-1]))
    return FormulasView(
        title="Formulas",
        crumbs=crumbs(asked),
        intro=INTRO
        + (
            f" The course is told through the latest {COMPARED} readouts of each side; earlier ones were searched for the same words."
            if any(f.left_out for f in found)
            else ""
        ),
        sides=sides,
        tables=(formula_table(found),),
    )


def side_of(book: Book, found: Sequence[Formula], issuer: str, counterpart: str) -> SideOfFormulas:
    """The formulas of one side against its readouts."""
    own = tuple(each for each in found if each.issuer == issuer)[:MOST_FORMULAS]
    days: dict[str, datetime.date | None] = {}
    for formula in own:
        for step in formula.steps:
            days.setdefault(step.readout, step.day)
    order = sorted(days, key=lambda readout: (days[readout] or datetime.date.max, readout))[-MOST_COLUMNS:]
    columns = tuple(FormulaColumn(readout=each, day=days[each], path=of_entry(target_of(book, each))) for each in order)
    return SideOfFormulas(
        issuer=issuer,
        counterpart=counterpart,
        columns=columns,
        formulas=own,
        grid=tuple(tuple(state_in(formula, column) for column in columns) for formula in own),
    )


def target_of(book: Book, readout: str) -> str:
    """The engagement of a readout, where the accounts stand side by side."""
    entry = book.entry(readout)
    return entry.engagement or entry.id if isinstance(entry, ReadoutEntry) else entry.id


def state_in(formula: Formula, column: FormulaColumn) -> str:
    """What became of the formula in one readout; a run of absences covers every readout of its days."""
    for step in formula.steps:
        covers = step.run > 1 and step.day and step.until and column.day and step.day <= column.day <= step.until
        if step.readout == column.readout or covers:
            return SIGNS[step.state] + (" weaker" if step.weaker else "")
    return ""


def formula_table(found: Sequence[Formula]) -> Table:
    """All formulas as rows."""
    return Table(
        caption="All formulas",
        columns=("Of", "Wording", "State", "Readouts", "First", "Last"),
        rows=tuple(
            (
                Cell(party_word(each.issuer)),
                Cell(each.text, look=Look.QUOTE),
                Cell(SIGNS[each.state]),
                Cell(str(each.readouts), look=Look.NUMBER),
                day_cell(day_words(each.first)),
                day_cell(day_words(each.last)),
            )
            for each in found
        ),
        empty="No wording recurs in the readouts held.",
    )


PAGES = (
    Page(name="topics", path="/r/{scope}/topics", view=topics, template="topics.html", tab="Topics"),
    Page(name="formulas", path="/r/{scope}/formulas", view=formulas, template="formulas.html", tab="Formulas"),
)
