"""When and where was what the text leaves undated? What was said before tells, and each such value keeps its basis."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.circumstance import NOWHERE
from dragoman.extract.engagements.draft import AHEAD, OVER, Draft, shared_people
from dragoman.extract.engagements.report import TURNS, Report
from dragoman.extract.engagements.scene import Scene
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.mentions import Status
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision, When

SOON = 31  # days; a longer interval announces no itinerary
NEARBY = 3  # sentences from one engagement of a day to another of the same day
ADDED = frozenset({"also", "separately", "earlier", "later", "then"})


def dated(context: Context, scene: Scene, drafts: Sequence[Draft]) -> None:
    """Fill in days and places from what the document said before."""
    for number, draft in enumerate(drafts):
        if scene.scheduled is not None and draft.over is not False and draft.reports[0].status in OVER:
            announce(draft, scene.scheduled)
        if draft.whens or draft.reports[0].several:
            continue
        before = drafts[:number]
        if draft.over is False or draft.reports[0].status in AHEAD:
            on_the_itinerary(draft, before)
        elif same_day(context, draft, before) or beside(context, draft):
            continue
        elif number == 0 and of_its_day(scene, draft):
            give(draft, just_before(context))


def announce(draft: Draft, day: datetime.date) -> None:
    """Make what a schedule tells in the present tense a plan for its day."""
    if any(r.stated and r.status is Status.HELD for r in draft.reports):
        return
    known = next((when for when in draft.whens), None)
    when = known or When(start=day, end=day, precision=Precision.DAY, basis=Basis.TEXT, rule="engagement.schedule")
    going = any(r.status is Status.ONGOING for r in draft.reports)
    status = Status.ONGOING if going else Status.PLANNED
    draft.reports[0] = msgspec.structs.replace(draft.reports[0], status=status, stated=True, when=when)


def of_its_day(scene: Scene, draft: Draft) -> bool:
    """Whether a text tells of its own day: an account does, answers to reporters on many subjects do not."""
    if scene.questioned and draft.reports[0].rule != TURNS:
        return False
    return scene.official or scene.transcript


def give(draft: Draft, when: When | None) -> None:
    """Date the first report of a draft."""
    if when is not None:
        draft.reports[0] = msgspec.structs.replace(draft.reports[0], when=when)


def place(draft: Draft, source: Report) -> None:
    """Give a draft the place of another report when it has none."""
    if all(r.where == NOWHERE for r in draft.reports):
        draft.reports[0] = msgspec.structs.replace(draft.reports[0], where=source.where)


def on_the_itinerary(draft: Draft, before: Sequence[Draft]) -> None:
    """A plan announced behind "In Fiji on February 12, ..." has that day and that country."""
    frames = [r for d in before for r in d.reports if r.sentence <= draft.reports[0].sentence and r.status in AHEAD]
    for frame in sorted(frames, key=lambda r: -r.sentence):
        if frame.travel or not narrow(frame.when) or not frame.where.country:
            continue
        own = next((r.where.country for r in draft.reports if r.where.country), None)
        if own in (None, frame.where.country) and shared_people(frame.named, draft.named):
            give(draft, msgspec.structs.replace(frame.when, basis=Basis.TEXT))
            place(draft, frame)
        return


def narrow(when: When) -> bool:
    """Whether a date is close enough to be that of an itinerary."""
    return when.start is not None and when.end is not None and (when.end - when.start).days <= SOON


def same_day(context: Context, draft: Draft, before: Sequence[Draft]) -> bool:
    """ "He also met B": on the day of the engagement told before, if somebody took part in both."""
    report = draft.reports[0]
    added = any(word in ADDED for word in context.text[report.span.start : report.span.end].casefold().split())
    for other in reversed(before):
        day = next((w for w in other.whens if w.start is not None and w.start == w.end), None)
        near = report.sentence - other.last <= NEARBY
        if day is None or not (added or near) or not shared_people(other.named, draft.named):
            continue
        if other.reports[0].status in OVER:
            give(draft, msgspec.structs.replace(day, basis=Basis.TEXT))
            if added:
                placed = next((r for r in other.reports if r.where != NOWHERE), None)
                if placed is not None:
                    place(draft, placed)
            return True
    return False


def beside(context: Context, draft: Draft) -> bool:
    """Who speaks side by side before the press meets that day: the last day that the text named."""
    report = draft.reports[0]
    if report.rule != "engagement.side_by_side":
        return False
    end = context.segments.sentences[report.sentence].span.end
    days = [
        mark
        for mark in context.marks_within(Span(0, end), TimeMark)
        if mark.type in (TimeType.DATE, TimeType.TIME)
        and mark.when.start is not None
        and mark.when.start == mark.when.end
    ]
    if days:
        give(draft, msgspec.structs.replace(days[-1].when, basis=Basis.TEXT, span=days[-1].span))
    return bool(days)


def just_before(context: Context) -> When | None:
    """An official account without a day tells of the day it is published, or the one before."""
    day = context.document.published.day
    if day is None:
        return None
    start = day - datetime.timedelta(days=1)
    return When(start=start, end=day, precision=Precision.INTERVAL, basis=Basis.INFERRED, rule="engagement.just_before")
