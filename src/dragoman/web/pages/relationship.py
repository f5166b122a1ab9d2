"""The state of play between parties on one screen, and the timeline of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.entries import Engagement, Incident, Measure
from dragoman.show.changes import ChangeLine
from dragoman.show.ledger import measure_words
from dragoman.show.levels import Level, level_of
from dragoman.show.state import StateOfPlay, state_of_play
from dragoman.show.words import KIND_WORDS, when_words, where_words, who_words
from dragoman.web.addresses import of_entry
from dragoman.web.asked import Asked
from dragoman.web.pages.common import crumbs, day_cell, plain, scope_name
from dragoman.web.view import Cell, Chart, FeedItem, Page, Table, View


class RelationshipView(View, frozen=True, kw_only=True):
    """The state of play."""

    state: StateOfPlay
    latest: tuple[ChangeLine, ...]  # of each entry that changed, its latest change


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the timeline, in the lane it stands in; ``sort`` is the kind its sign shows."""

    lane: str
    sort: str
    start: datetime.date
    end: datetime.date
    label: str
    path: str
    firm: bool  # False for what is planned, alleged or called off


def relationship(book: Book, asked: Asked) -> RelationshipView:
    """One screen of a relationship."""
    state = state_of_play(book, asked.scope_filter(), asked.since)
    moments = sorted(moments_of(state), key=lambda each: (each.start, each.lane, each.label))
    return RelationshipView(
        title=scope_name(asked.parties),
        crumbs=crumbs(asked)[:1],
        state=state,
        latest=latest_of_each(state.changes),
        charts=(timeline(moments),) if moments else (),
        items=tuple(
            FeedItem(
                id=f"{line.entry}-{line.published}-{line.detail}",
                title=f"{line.change}: {line.what}{f' → {line.detail}' if line.detail else ''}",
                path=of_entry(line.entry),
                day=line.published,
                summary=line.ledger,
            )
            for line in state.changes
        ),
    )


def latest_of_each(changes: Sequence[ChangeLine]) -> tuple[ChangeLine, ...]:
    """The latest change of each entry, of changes that come latest first."""
    found: dict[str, ChangeLine] = {}
    for line in changes:
        found.setdefault(line.entry, line)
    return tuple(found.values())


def moments_of(state: StateOfPlay) -> Iterator[Moment]:
    """Engagements by level, then measures and incidents; what has no day is not on a timeline."""
    for engagement in state.timeline:
        yield from engagement_moment(engagement)
    for measure in state.measures:
        yield from measure_moment(measure)
    for incident in state.incidents:
        yield from incident_moment(incident)


def engagement_moment(entry: Engagement) -> Iterator[Moment]:
    """An engagement on its level's lane; one known to a month or more only stands at its first day."""
    start, end = entry.when.start or entry.when.end, entry.when.end or entry.when.start
    if start and end:
        where = where_words(entry)
        yield Moment(
            lane=level_of(entry).value,
            sort=KIND_WORDS[entry.kind],
            start=start,
            end=end if (end - start).days <= 31 else start,
            label=f"{when_words(entry.when)}: {KIND_WORDS[entry.kind]}, {who_words(entry)}{f', {where}' if where else ''}"
            + ("" if entry.status == "held" else f" ({entry.status})"),
            path=of_entry(entry.id),
            firm=entry.status in ("held", "ongoing"),
        )


def measure_moment(entry: Measure) -> Iterator[Moment]:
    """A measure from the day it takes effect, else from its first print."""
    start = entry.effective.start or entry.first_published
    if start:
        end = entry.until.end if entry.until.end and entry.until.end >= start else start
        yield Moment(
            lane="measures",
            sort="Measure",
            start=start,
            end=end,
            label=f"{measure_words(entry)}: {plain(entry.status)}",
            path=of_entry(entry.id),
            firm=entry.status in ("in_force", "modified"),
        )


def incident_moment(entry: Incident) -> Iterator[Moment]:
    """An incident on its day, else on that of its first print."""
    start = entry.when.start or entry.first_published
    if start:
        end = entry.when.end or start
        yield Moment(
            lane="incidents",
            sort="Incident",
            start=start,
            end=end if 0 <= (end - start).days <= 31 else start,
            label=f"{plain(entry.kind)}{f', {entry.place}' if entry.place else ''}",
            path=of_entry(entry.id),
            firm=True,
        )


LANES = (*(level.value for level in Level), "measures", "incidents")


FEW = 12  # in a hundred; so many at either end may be left to the table for the others to be told apart


def drawn(moments: list[Moment]) -> list[Moment]:
    """The moments that are drawn: without a few early or late ones, where these would take more than half of the width."""
    few = len(moments) * FEW // 100
    if not few:
        return moments
    first, early, late, last = (moments[at].start for at in (0, few, -few - 1, -1))
    start = few if early - first > last - early else 0
    end = len(moments) - few if last - late > late - moments[start].start else len(moments)
    return moments[start:end]


def timeline(every: list[Moment]) -> Chart:
    """The timeline with its table."""
    moments = drawn(every)
    left = len(every) - len(moments)
    rows = tuple(
        (day_cell(when(each)), Cell(each.lane), Cell(each.sort), Cell(each.label, path=each.path))
        for each in reversed(every)
    )
    used = [lane for lane in LANES if any(each.lane == lane for each in moments)]
    return Chart(
        kind="timeline",
        title="Engagements by level, with measures and incidents beneath"
        + (f" ({left} far from the others are in the table only)" if left else ""),
        data={"lanes": used, "moments": moments},
        table=Table(caption="The timeline as a table", columns=("When", "Level or lane", "Kind", "What"), rows=rows),
    )


def when(moment: Moment) -> str:
    """The days of a moment, sortable."""
    return str(moment.start) if moment.start == moment.end else f"{moment.start} – {moment.end}"


PAGES = (
    Page(
        name="relationship",
        path="/r/{scope}",
        view=relationship,
        template="relationship.html",
        feed=True,
        tab="State of play",
    ),
)
