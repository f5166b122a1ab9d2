"""The ledgers: measures with the rate in force, negotiations, commitments, disputes, figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.link.commitments import state_on
from dragoman.link.conflicts import conflicts_in
from dragoman.link.measures import states_on
from dragoman.link.stacks import stacks_on
from dragoman.record.entries import Commitment, Dispute, EntryKind, Figure, Measure, Negotiation
from dragoman.record.ledgers import Conflict, Stack
from dragoman.show.kept import settled
from dragoman.show.ledger import measure_words
from dragoman.show.rates import RateStep, rate_steps
from dragoman.show.words import day_words, joined, party_word, when_words
from dragoman.web.addresses import of_entry
from dragoman.web.asked import Asked
from dragoman.web.pages.common import (
    choices,
    crumbs,
    day_cell,
    options,
    origins,
    paged,
    parties_cell,
    plain,
    printed,
    tag,
)
from dragoman.web.pages.engagements import shortened
from dragoman.web.view import Cell, Chart, FeedItem, Look, Page, Table, View
from dragoman.web.wording import readable

LOOKED_AT = 300  # measures, commitments or figures that sums and charts are made from, the latest


def today_of(book: Book, asked: Asked) -> datetime.date | None:
    """The day by which states are told."""
    return asked.as_of or book.last_day


# ------------------------------------------------------------------ measures


class MeasuresView(View, frozen=True, kw_only=True):
    """The measures and what rates add up to."""

    measures: tuple[Measure, ...]
    stacks: tuple[Stack, ...]
    steps: tuple[RateStep, ...]
    today: datetime.date | None


def measures(book: Book, asked: Asked) -> MeasuresView:
    """Measures with their state on the day, the sums of rates, and how these moved."""
    today = today_of(book, asked)
    found = book.measures(asked.page_filter())
    every = book.measures(asked.scope_filter(limit=LOOKED_AT))
    states = states_by_id([*found, *every], today)
    steps = rate_steps(every)
    table = Table(
        caption="Measures, the latest first",
        columns=("State", "Measure", "Since", "Until", "Printed", "Origins"),
        rows=tuple(measure_row(entry, states[entry.id]) for entry in found),
    )
    return MeasuresView(
        title="Measures",
        crumbs=crumbs(asked),
        choices=choices(asked, "kind", "since", "until"),
        charts=(rate_chart(steps, today),) if steps else (),
        tables=(paged(table, asked, book, EntryKind.MEASURE),),
        items=tuple(item_of(entry, measure_words(entry)) for entry in found),
        measures=tuple(found),
        stacks=tuple(stacks_on(every, today)),
        steps=tuple(steps),
        today=today,
    )


def states_by_id(measures: Sequence[Measure], today: datetime.date | None) -> dict[str, str]:
    """The state of each measure on the day, by its id; one that another of them has taken the place of is "replaced"."""
    distinct = list({measure.id: measure for measure in measures}.values())
    return {measure.id: state for measure, state in zip(distinct, states_on(distinct, today), strict=True)}


def measure_row(entry: Measure, state: str) -> tuple[Cell, ...]:
    """One measure."""
    return (
        tag(state),
        Cell(measure_words(entry), path=of_entry(entry.id), below=shortened(entry.text, 160)),
        day_cell(when_words(entry.effective) if entry.effective.known else ""),
        day_cell(when_words(entry.until) if entry.until.known else ""),
        printed(entry),
        origins(entry),
    )


class RatePart(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a rate over some days, as the chart stacks it."""

    pair: str
    name: str
    start: datetime.date
    end: datetime.date
    low: float
    high: float
    label: str
    path: str


def rate_chart(steps: Sequence[RateStep], today: datetime.date | None) -> Chart:
    """The rates in force as steps, with their parts beneath the line."""
    last = max([step.day for step in steps] + ([today] if today else [])) + datetime.timedelta(days=14)
    parts: list[RatePart] = []
    totals: list[dict[str, object]] = []
    for number, step in enumerate(steps):
        after = next((each.day for each in steps[number + 1 :] if pair_of(each) == pair_of(step)), last)
        parts += parts_of(step, after)
        totals.append(
            {"pair": pair_of(step), "day": step.day, "total": step.total, "arithmetic": f"{step.arithmetic} %"}
        )
        if after == last:
            totals.append({"pair": pair_of(step), "day": last, "total": step.total, "arithmetic": ""})
    return Chart(
        kind="steps",
        title="The rate in force, and its parts",
        data={"pairs": sorted({pair_of(step) for step in steps}), "parts": parts, "totals": totals},
        table=Table(
            caption="The rate in force as a table",
            columns=("From", "Between", "Sum", "Parts"),
            rows=tuple(
                (
                    day_cell(day_words(step.day)),
                    Cell(pair_of(step)),
                    Cell(f"{step.arithmetic} %"),
                    Cell("; ".join(f"{part.rate:g} {part.role or part.kind}" for part in step.parts) or "none"),
                )
                for step in steps
            ),
        ),
    )


def pair_of(step: RateStep) -> str:
    """Whose rate on whom."""
    return f"{party_word(step.imposer)} on {party_word(step.target)}"


def parts_of(step: RateStep, after: datetime.date) -> list[RatePart]:
    """The parts of one step, one upon the other."""
    low, found = 0.0, []
    for part in step.parts:
        high = low + (part.rate or 0.0)
        found.append(
            RatePart(
                pair=pair_of(step),
                name=part.role or part.reason or plain(part.kind),
                start=step.day,
                end=after,
                low=low,
                high=high,
                label=f"{measure_words(part)}, from {day_words(step.day)}",
                path=of_entry(part.id),
            )
        )
        low = high
    return found


# ------------------------------------------------------------------ negotiations


class NegotiationsView(View, frozen=True, kw_only=True):
    """The tracks."""

    tracks: tuple[Negotiation, ...]


def negotiations(book: Book, asked: Asked) -> NegotiationsView:
    """Tracks with rounds, targets and their slips, and the wording of progress."""
    found = book.negotiations(asked.page_filter())
    table = Table(
        caption="Tracks",
        columns=("Track", "Between", "Rounds", "Target", "Printed", "Origins"),
        rows=tuple(
            (
                Cell(entry.track, path=of_entry(entry.id)),
                parties_cell(entry.parties),
                Cell(str(entry.rounds or ""), look=Look.NUMBER),
                day_cell(when_words(entry.target) if entry.target.known else ""),
                printed(entry),
                origins(entry),
            )
            for entry in found
        ),
    )
    return NegotiationsView(
        title="Negotiations",
        crumbs=crumbs(asked),
        tables=(paged(table, asked, book, EntryKind.NEGOTIATION),),
        items=tuple(item_of(entry, entry.track) for entry in found),
        tracks=tuple(found),
    )


# ------------------------------------------------------------------ commitments


class DueMark(msgspec.Struct, frozen=True, kw_only=True):
    """A due date on the calendar."""

    lane: str
    day: datetime.date
    label: str
    path: str
    status: str


class CommitmentsView(View, frozen=True, kw_only=True):
    """The commitments."""

    commitments: tuple[Commitment, ...]
    today: datetime.date | None


COMMITMENT_STATES = ("open", "due", "overdue", "met", "postponed", "withdrawn")


def commitments(book: Book, asked: Asked) -> CommitmentsView:
    """Commitments with their state on the day; a state that depends on the day is chosen among the latest."""
    today = today_of(book, asked)
    wanted = msgspec.structs.replace(asked.filter(limit=LOOKED_AT), status=None)
    held = settled(book, book.commitments(wanted), wanted)
    every = [msgspec.structs.replace(each, status=state_on(each, today)) for each in held]
    chosen = [each for each in every if asked.status in ("", each.status)]
    found = chosen[asked.offset : asked.offset + asked.rows]
    return CommitmentsView(
        title="Commitments",
        crumbs=crumbs(asked),
        choices=choices(asked, "status", "since", "until", values={"status": options(COMMITMENT_STATES)}),
        charts=due_charts(chosen, today),
        tables=(
            Table(
                caption="Commitments, the latest first",
                columns=("State", "Due", "Who", "What", "Printed", "Origins"),
                rows=tuple(commitment_row(entry) for entry in found),
                total=len(chosen),
                page=asked.page,
                per_page=asked.rows,
                more=asked.offset + len(found) < len(chosen),
            ),
        ),
        items=tuple(item_of(entry, f"{plain(entry.status)}: {entry.what or entry.text}") for entry in found),
        commitments=tuple(found),
        today=today,
    )


def commitment_row(entry: Commitment) -> tuple[Cell, ...]:
    """One commitment."""
    slipped = f"first {readable(entry.slips[0].due)}" if len(entry.slips) > 1 else ""
    to = f"to {joined([party_word(code) for code in entry.beneficiary])}" if entry.beneficiary else ""
    return (
        tag(entry.status),
        Cell(readable(entry.due) if entry.due else "no date", look=Look.DAY, below=slipped),
        Cell(", ".join(party_word(code) for code in entry.who), below=to),
        Cell(entry.what or shortened(entry.text), path=of_entry(entry.id), below=entry.force),
        printed(entry),
        origins(entry),
    )


def due_charts(entries: Sequence[Commitment], today: datetime.date | None) -> tuple[Chart, ...]:
    """The due dates on a calendar, a lane for each debtor."""
    marks = [
        DueMark(
            lane=joined([party_word(code) for code in entry.who]) if entry.who else "not named",
            day=day,
            label=f"{day_words(day)}, {entry.status}: {entry.what or entry.text}",
            path=of_entry(entry.id),
            status=entry.status,
        )
        for entry in entries
        if (day := entry.due_when.end or entry.due_when.start)
    ]
    if not marks:
        return ()
    marks.sort(key=lambda mark: (mark.day, mark.label))
    lanes = sorted({mark.lane for mark in marks})
    rows = tuple(
        (
            day_cell(day_words(mark.day)),
            Cell(mark.lane),
            tag(mark.status),
            Cell(mark.label.partition(": ")[2], path=mark.path),
        )
        for mark in marks
    )
    return (
        Chart(
            kind="calendar",
            title="When commitments are due",
            data={"lanes": lanes, "due": marks, "today": today},
            table=Table(caption="The calendar as a table", columns=("Due", "Who", "State", "What"), rows=rows),
        ),
    )


# ------------------------------------------------------------------ disputes, figures


class DisputesView(View, frozen=True, kw_only=True):
    """The ladders."""

    disputes: tuple[Dispute, ...]


def disputes(book: Book, asked: Asked) -> DisputesView:
    """Disputes as ladders."""
    found = book.disputes(asked.page_filter())
    table = Table(
        caption="Disputes, the latest first",
        columns=("Claim", "Asserted by", "Denied by", "Printed", "Origins"),
        rows=tuple(
            (
                Cell(entry.claim, path=of_entry(entry.id)),
                Cell(party_word(entry.asserted_by or "")),
                Cell(party_word(entry.denied_by or "")),
                printed(entry),
                origins(entry),
            )
            for entry in found
        ),
    )
    return DisputesView(
        title="Disputes",
        crumbs=crumbs(asked),
        intro="Who asserted, who denied, who repeated it, and the outlet's own hedge. What is true is not said here.",
        tables=(paged(table, asked, book, EntryKind.DISPUTE),),
        items=tuple(item_of(entry, entry.claim) for entry in found),
        disputes=tuple(found),
    )


class FiguresView(View, frozen=True, kw_only=True):
    """Figures, and those in conflict."""

    figures: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]


def figures(book: Book, asked: Asked) -> FiguresView:
    """Figures, with cards for those that differ on one quantity."""
    found = book.figures(asked.page_filter())
    conflicts = conflicts_in(book.figures(asked.scope_filter(limit=LOOKED_AT)))
    table = Table(
        caption="Figures, the latest first",
        columns=("Printed", "Figure", "Of what", "Of whom", "Period", "Origins"),
        rows=tuple(
            (
                printed(entry),
                Cell(entry.text, path=of_entry(entry.id), below=entry.hedge or ""),
                Cell(entry.what),
                parties_cell(entry.parties),
                day_cell(when_words(entry.period) if entry.period.known else ""),
                origins(entry),
            )
            for entry in found
        ),
    )
    return FiguresView(
        title="Figures",
        crumbs=crumbs(asked),
        choices=choices(asked, "since", "until"),
        tables=(paged(table, asked, book, EntryKind.FIGURE),),
        items=tuple(item_of(entry, f"{entry.text}: {entry.what}") for entry in found),
        figures=tuple(found),
        conflicts=tuple(conflicts),
    )


def item_of(entry: Measure | Negotiation | Commitment | Dispute | Figure, title: str) -> FeedItem:
    """An entry of a ledger in a feed."""
    return FeedItem(
        id=entry.id, title=title, path=of_entry(entry.id), day=entry.last_published, summary=getattr(entry, "text", "")
    )


PAGES = (
    Page(
        name="measures", path="/r/{scope}/measures", view=measures, template="measures.html", feed=True, tab="Measures"
    ),
    Page(
        name="negotiations",
        path="/r/{scope}/negotiations",
        view=negotiations,
        template="negotiations.html",
        feed=True,
        tab="Negotiations",
    ),
    Page(name="commitments", path="/r/{scope}/commitments", view=commitments, feed=True, tab="Commitments"),
    Page(
        name="disputes", path="/r/{scope}/disputes", view=disputes, template="disputes.html", feed=True, tab="Disputes"
    ),
    Page(name="figures", path="/r/{scope}/figures", view=figures, template="figures.html", feed=True, tab="Figures"),
)
