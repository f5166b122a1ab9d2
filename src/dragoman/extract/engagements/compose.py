"""Which mention do the reports of one engagement make together?"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.discourse import dated
from dragoman.extract.engagements.draft import AHEAD, OVER, REMOTE, Draft, is_same
from dragoman.extract.engagements.journey import along_the_way
from dragoman.extract.engagements.people import is_crowd
from dragoman.extract.engagements.report import TURNS, Report
from dragoman.extract.engagements.scene import Scene
from dragoman.extract.engagements.subjects import subjects_of
from dragoman.record.mentions import EngagementKind, EngagementMention, Participant, Role, Status
from dragoman.record.when import UNKNOWN_WHEN, Basis, When

V = TypeVar("V")
WEEK = datetime.timedelta(days=7)
SEASON = datetime.timedelta(days=90)  # a plan printed later than this after its month means that of the next year
LEAP_DAY = 29
MONTH_ALONE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
YEAR = re.compile(r"\d{4}")
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
SPECIAL_ROLES = frozenset({Role.CO_CHAIR, Role.HOST, Role.GUEST, Role.MEDIATOR, Role.WITNESS, Role.DELEGATION})


def mentions_of(context: Context, scene: Scene, drafts: Sequence[Draft]) -> list[EngagementMention]:
    """One mention an engagement, for those of which enough is said, in order of the text."""
    dated(context, scene, drafts)
    drafts = along_the_way(drafts)
    kept = [draft for draft in drafts if says_enough(draft)]
    topics = subjects_of(context, kept)
    return [mention_of(context, draft, topics[n]) for n, draft in enumerate(kept)]


def says_enough(draft: Draft) -> bool:
    """Whether a draft is an engagement and no mere word: two parties, and a clause, a day, people or a format."""
    crowd = any(is_crowd(p) for r in draft.reports for p in r.participants)
    if len(draft.parties) < 2 and not crowd:
        return False
    if draft.travel:
        return bool(draft.named)
    opening = draft.reports[0]
    if opening.another and opening.stated and opening.status in AHEAD:
        return True
    people = len({p.party for p in draft.present}) > 1 or (crowd and bool(draft.named))
    finite = any(r.finite and r.stated for r in draft.reports)
    return people or (bool(draft.whens) and (finite or any(r.format.name for r in draft.reports)))


def mention_of(context: Context, draft: Draft, topics: tuple[str, ...]) -> EngagementMention:
    """The mention of a draft: its best report is the evidence, the others add to it."""
    reports = draft.reports
    best = max(reports, key=lambda r: (not r.headline, len(r.named), r.finite, r.when.known, -r.sentence))
    kind, basis = kind_of(draft)
    when = behind(ahead(when_of(draft), draft, context), draft, context)
    here = [] if kind in REMOTE else reports  # a call has no place
    place = first(r.where for r in here if r.where.place)
    country = first(r.where for r in here if r.where.country)
    venue = first(r.where for r in here if r.where.venue)
    form = first(r.format for r in reports if r.format.name)
    return EngagementMention(
        span=best.span,
        rule=best.rule,
        kind=kind,
        kind_basis=basis,
        status=status_of(draft, when, context),
        participants=participants_of(draft),
        parties=tuple(sorted(draft.parties)),
        when=when,
        place=place.place if place else None,
        country=(place.country if place else None) or (country.country if country else None),
        venue=venue.venue if venue else None,
        place_span=place.span if place else None,
        mechanism=form.name if form else None,
        edition=form.edition if form else None,
        sidelines=any(r.format.sidelines for r in reports),
        requested_by=first(r.requested_by for r in reports if r.requested_by),
        duration=first(r.duration for r in reports if r.duration),
        topics=topics,
        atmosphere=tuple(dict.fromkeys(word for r in reports for word in r.atmosphere)),
        headline=all(r.headline for r in reports),
        several=reports[0].several and not draft.whens and place is None,
        further=tuple(r.span for r in reports if r is not best),
    )


def first(values: Iterable[V]) -> V | None:
    """The first of several values."""
    return next(iter(values), None)


def kind_of(draft: Draft) -> tuple[EngagementKind, str]:
    """The kind most reports state, and the basis of one that none states."""
    votes = Counter(r.kind for r in draft.reports if r.kind is not None)
    if any(r.virtual for r in draft.reports):
        return EngagementKind.VIRTUAL, ""
    if draft.travel:
        return EngagementKind.VISIT, ""
    if EngagementKind.NEGOTIATION_ROUND in votes and delegations(draft):
        return EngagementKind.NEGOTIATION_ROUND, ""
    telling = [kind for kind in votes if kind in (EngagementKind.CONSULTATION, EngagementKind.SUMMIT)]
    if telling and any(r.format.name and r.kind in telling for r in draft.reports):
        return telling[0], ""
    if votes:
        return max(votes, key=lambda kind: votes[kind]), ""
    if draft.reports[0].rule == TURNS:
        return EngagementKind.MEETING, "they speak in turn"
    if any(r.rule == "engagement.spoke" and not r.where.place for r in draft.reports):
        return EngagementKind.CALL, "spoke with, no place given"
    return EngagementKind.MEETING, "no kind given"


def delegations(draft: Draft) -> bool:
    """Whether delegations took part, who negotiate where leaders meet."""
    words = [(p.group or "") + (p.office or "") for r in draft.reports for p in r.participants]
    return any("delegation" in word.casefold() for word in words)


def status_of(draft: Draft, when: When, context: Context) -> Status:
    """The status that the reports state; a date before or after publication decides where they only imply one."""
    stated = [r.status for r in draft.reports if r.stated] or [r.status for r in draft.reports]
    status = stated[0]
    day = context.document.published.day
    if day is not None and when.start is not None and when.start > day and status in OVER:
        return Status.PLANNED
    return status


def when_of(draft: Draft) -> When:
    """The narrowest date that a report gives, the firmest of equals."""
    dated = [r.when for r in draft.reports if r.when.known]
    return min(dated, key=lambda when: (width(when), when.basis is not Basis.STATED), default=UNKNOWN_WHEN)


def ahead(when: When, draft: Draft, context: Context) -> When:
    """A weekday of a plan is the next one: "will leave on Wednesday" does not speak of last Wednesday."""
    day = context.document.published.day
    planned = draft.reports[0].status is Status.PLANNED and draft.reports[0].stated and when.basis is Basis.PUBLICATION
    if not planned or day is None or when.start is None or when.span is None:
        return when
    words = when.span.of(context.text)
    if draft.travel and when.end is not None and when.end < day - WEEK / 7 and "last" in words.casefold():
        return UNKNOWN_WHEN  # "the upcoming trip", told beside what happened last week
    if when.end is not None and when.end < day - SEASON and MONTH_ALONE.search(words) and not YEAR.search(words):
        return msgspec.structs.replace(when, start=next_year(when.start), end=next_year(when.end))
    if when.start != when.end:
        return when
    if when.start < day <= when.start + WEEK and when.span.of(context.text).casefold() in WEEKDAYS:
        return msgspec.structs.replace(when, start=when.start + WEEK, end=when.start + WEEK)
    return when


def behind(when: When, draft: Draft, context: Context) -> When:
    """A weekday of what is told as held is the last one, whatever is agreed for later in the same sentence."""
    day, report = context.document.published.day, draft.reports[0]
    held = report.noun and report.stated and report.status is Status.HELD and when.basis is Basis.PUBLICATION
    if not held or day is None or when.start is None or when.start != when.end or when.span is None:
        return when
    if day < when.start <= day + WEEK and when.span.of(context.text).casefold() in WEEKDAYS:
        return msgspec.structs.replace(when, start=when.start - WEEK, end=when.start - WEEK)
    return when


def next_year(day: datetime.date) -> datetime.date:
    """The day a year later; the last of February stays the last."""
    leap = day.month == 2 and day.day == LEAP_DAY
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def width(when: When) -> int:
    """The length of an interval in days; a very large number for an open one."""
    return (when.end - when.start).days if when.start and when.end else 1_000_000


def participants_of(draft: Draft) -> tuple[Participant, ...]:
    """Everybody once: people with the fullest office and the most telling role; groups for parties without names."""
    people: list[Participant] = []
    for p in draft.named:
        at = next((i for i, held in enumerate(people) if is_same(held, p)), None)
        if at is None:
            people.append(p)
        else:
            people[at] = merged(people[at], p)
    parties = {p.party for p in people}
    groups = {p.party: p for r in draft.reports for p in r.participants if not p.name and p.party not in parties}
    return (*people, *groups.values())


def merged(held: Participant, more: Participant) -> Participant:
    """One participant from two references."""
    role = more.role if more.role in SPECIAL_ROLES and held.role not in SPECIAL_ROLES else held.role
    fuller: Callable[[str | None, str | None], str | None] = lambda a, b: max((a or "", b or ""), key=len) or None  # noqa: E731
    return msgspec.structs.replace(
        held, role=role, office=fuller(held.office, more.office), party=held.party or more.party
    )


__all__ = ["Report", "mentions_of"]
