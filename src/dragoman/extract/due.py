"""By when is something owed? Due dates in the words of the ledgers: a day, a month, a season or a year."""

from __future__ import annotations

import calendar
import datetime
import re

from dragoman.extract.context import Context
from dragoman.record.document import Publication
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision, When

SEASONS = {"SP": "spring", "SU": "summer", "FA": "fall", "WI": "winter"}
HALVES = {"H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}
PART = re.compile(r"(\d{4})-([A-Z][A-Z1-4])$")
EXACT = re.compile(r"\d{4}(?:-\d\d){0,2}$")
DURATION = re.compile(r"P(\d+)([DWMY])$")
DEADLINE = re.compile(
    r"\b(?:by|before|until|till|within|no later than|not later than|through|due|for)\s+(?:the )?(?:end of )?$"
)
POSTPONES = re.compile(
    r"\b(?:delay\w*|postpon\w*|suspend\w*|paus\w*|halt\w*|hold\w* off|put\w* off|defer\w*|extend\w*|on hold)\b",
    re.IGNORECASE,
)


def due_of(context: Context, span: Span) -> tuple[str | None, When | None]:
    """The due date of what the span speaks of, as text and interval; the date after "by" or "within" goes first."""
    times = [t for t in context.marks_within(span, TimeMark) if is_ahead(t.when, context.document.published)]
    dated = [(bool(DEADLINE.search(context.text, max(0, t.span.start - 30), t.span.start)), t) for t in times]
    for _, time in sorted(dated, key=lambda pair: (not pair[0], pair[1].span.start)):
        text = due_text(time)
        if text:
            return text, time.when
    return postponed(context, span)


def is_ahead(when: When, published: Publication) -> bool:
    """Whether an interval ends on or after the day of publication; unknown days are taken to."""
    return when.end is not None and (published.start is None or when.end >= published.start)


def due_text(time: TimeMark) -> str | None:
    """``2025-07-08``, ``2025-07``, ``2025-fall`` or ``2025``; None for what is no date."""
    if time.type is TimeType.SET:
        return None
    part = PART.match(time.value)
    if part and part[2] in SEASONS:
        return f"{part[1]}-{SEASONS[part[2]]}"
    if part and part[2] in HALVES:
        return f"{part[1]}-{HALVES[part[2]]}"
    if EXACT.match(time.value):
        return time.value
    return due_text_of(time.when) if time.type in (TimeType.DATE, TimeType.DURATION) else None


def due_text_of(when: When) -> str | None:
    """The due date that an interval stands for: its last day, or the month or year it fills."""
    if when.end is None or when.precision is Precision.UNKNOWN:
        return None
    if when.precision is Precision.YEAR:
        return str(when.end.year)
    if when.precision is Precision.MONTH:
        return f"{when.end:%Y-%m}"
    if when.precision in (Precision.DAY, Precision.INTERVAL, Precision.WEEK):
        return when.end.isoformat() if when.start is None or (when.end - when.start).days < 200 else None
    return None


def postponed(context: Context, span: Span) -> tuple[str | None, When | None]:
    """The end of a delay "by a month" or a pause "for 30 days" that begins on the day of publication."""
    first = context.document.published.day
    if first is None or not POSTPONES.search(context.text, span.start, span.end):
        return None, None
    for time in context.marks_within(span, TimeMark):
        length = DURATION.match(time.value) if time.type is TimeType.DURATION else None
        if length:
            end = after(first, int(length[1]), length[2])
            text = end.isoformat() if length[2] in "DW" else f"{end:%Y-%m}"
            return text, When(
                start=first, end=end, precision=Precision.INTERVAL, basis=Basis.PUBLICATION, span=time.span
            )
    return None, None


def after(day: datetime.date, number: int, unit: str) -> datetime.date:
    """The day so many days, weeks, months or years after ``day``; 90 days announced on 9 April end on 8 July."""
    if unit in "DW":
        return day + datetime.timedelta(days=number * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
