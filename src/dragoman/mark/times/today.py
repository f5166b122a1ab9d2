"""On which days can a text have been written whose words set a stated date beside their own day?

"In eleven days' time, on 27 August 2025" was written on the sixteenth; "earlier this month, on 4 May 2025" between the
fourth and the last of May; "last month, on 4 July 2025" in August.
"""

from __future__ import annotations

import datetime
import re

from dragoman.mark.numbers import number_of
from dragoman.mark.times.periods import Period, day_of, days_of, holding, moved
from dragoman.record.marks import TimeMark
from dragoman.record.when import Precision

REACH = 64  # characters beside a date that are looked at
NUMBER = r"(?P<number>\d{1,3}|[a-z]+(?:-[a-z]+)?)"
LINK = r"(?:,|\s[–—-])?\s*\(?(?:(?:on|in)\s+)?(?:the\s+)?"
AHEAD = re.compile(
    rf"\bin (?:just |only )?{NUMBER} (?P<unit>day|week)s?['’]?s? (?:time|from now){LINK}\Z", re.IGNORECASE
)
AGO = re.compile(rf"\b{NUMBER} (?P<unit>day|week)s? ago{LINK}\Z", re.IGNORECASE)
AGO_BEHIND = re.compile(rf",?\s\(?(?:just |only |exactly )?{NUMBER} (?P<unit>day|week)s? ago\b", re.IGNORECASE)
DAY_NAMED = re.compile(rf"\b(?P<day>today|yesterday|tomorrow){LINK}\Z", re.IGNORECASE)
NAMED = re.compile(
    rf"(?<!\bthe )\b(?:(?P<part>earlier|later) )?(?P<which>this|last|next) (?P<unit>week|month|year){LINK}\Z",
    re.IGNORECASE,
)
NAMED_BEHIND = re.compile(r",?\s\(?(?P<part>earlier|later) (?P<which>this) (?P<unit>week|month|year)\b", re.IGNORECASE)
DAYS = {"today": 0, "yesterday": 1, "tomorrow": -1}
SHIFT = {"this": 0, "last": 1, "next": -1}
ROUGH = datetime.timedelta(days=3)  # what a count of weeks leaves open


def written_on(mark: TimeMark, text: str) -> Period | None:
    """The days on which the words beside a stated date can have been written; None where they do not say."""
    before = text[max(0, mark.span.start - REACH) : mark.span.start]
    behind = text[mark.span.end : mark.span.end + REACH]
    if mark.when.precision is Precision.DAY and mark.when.start:
        found = counted_from(mark.when.start, before, behind)
        if found:
            return found
    return named_beside(mark, before, behind)


def counted_from(day: datetime.date, before: str, behind: str) -> Period | None:
    """The day from which the words count to the stated one: by days, by weeks, or "yesterday"."""
    said = DAY_NAMED.search(before)
    if said:
        return day_of(moved(day, DAYS[said["day"].casefold()], "D"))
    ahead = AHEAD.search(before)
    count = ahead or AGO.search(before) or AGO_BEHIND.match(behind)
    number = number_of([count["number"].casefold()]) if count else None
    if count is None or number is None or number != int(number):
        return None
    unit = count["unit"][0].upper()
    found = moved(day, -int(number) if ahead else int(number), unit)
    return day_of(found) if unit == "D" else days_of(found - ROUGH, found + ROUGH)


def named_beside(mark: TimeMark, before: str, behind: str) -> Period | None:
    """The rest of the week, month or year that "earlier this month", "last year" and the like leave open."""
    said = NAMED.search(before) or NAMED_BEHIND.match(behind)
    start, end = mark.when.start, mark.when.end
    if said is None or start is None or end is None:
        return None
    unit = said["unit"][0].upper()
    around = holding(moved(start, SHIFT[said["which"].casefold()], unit), unit)
    part = (said["part"] or "").casefold()
    first = max(around.start, start) if part == "earlier" else around.start
    last = min(around.end, end) if part == "later" else around.end
    return days_of(first, last) if first <= last else None
