"""What are the days of a week, month, quarter or season, and how is each written in TIMEX3?"""

from __future__ import annotations

import datetime
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from dragoman.record.when import Precision

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the meteorological seasons of the north
DAY = datetime.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1000, 2999  # beyond them a number is hardly a year


REMEMBERED = 4096  # periods of each kind that are kept: the days around publication come again and again


class Period(NamedTuple):
    """Some days of the calendar with their TIMEX3 value."""

    value: str
    start: datetime.date
    end: datetime.date
    precision: Precision


@lru_cache(maxsize=REMEMBERED)
def day_of(day: datetime.date) -> Period:
    """One day."""
    return Period(day.isoformat(), day, day, Precision.DAY)


@lru_cache(maxsize=REMEMBERED)
def week_of(day: datetime.date) -> Period:
    """The week of ISO 8601 that holds a day, Monday to Sunday."""
    year, number, weekday = day.isocalendar()
    start = day - (weekday - 1) * DAY
    return Period(f"{year:04}-W{number:02}", start, start + 6 * DAY, Precision.WEEK)


def weekend_of(day: datetime.date) -> Period:
    """Saturday and Sunday of the day's week."""
    week = week_of(day)
    return Period(f"{week.value}-WE", week.end - DAY, week.end, Precision.INTERVAL)


@lru_cache(maxsize=REMEMBERED)
def month_of(year: int, month: int) -> Period:
    """A month."""
    last = monthrange(year, month)[1]
    start = datetime.date(year, month, 1)
    return Period(f"{year:04}-{month:02}", start, start.replace(day=last), Precision.MONTH)


@lru_cache(maxsize=REMEMBERED)
def months_from(year: int, month: int, count: int, value: str, precision: Precision) -> Period:
    """Several months on end under one value."""
    index = year * 12 + month - 1 + count - 1
    return Period(value, datetime.date(year, month, 1), month_of(index // 12, index % 12 + 1).end, precision)


@lru_cache(maxsize=REMEMBERED)
def quarter_of(year: int, quarter: int) -> Period:
    """A quarter of the calendar year."""
    return months_from(year, quarter * 3 - 2, 3, f"{year:04}-Q{quarter}", Precision.QUARTER)


@lru_cache(maxsize=REMEMBERED)
def half_of(year: int, half: int) -> Period:
    """A half of the calendar year."""
    return months_from(year, half * 6 - 5, 6, f"{year:04}-H{half}", Precision.HALF)


@lru_cache(maxsize=REMEMBERED)
def season_of(year: int, code: str, southern: bool = False) -> Period:
    """A season named after the year it begins in; south of the equator spring begins in September."""
    month = (FIRST_MONTH[code] + 5) % 12 + 1 if southern else FIRST_MONTH[code]
    return months_from(year, month, 3, f"{year:04}-{code}", Precision.SEASON)


@lru_cache(maxsize=REMEMBERED)
def year_of(year: int) -> Period:
    """A year."""
    return Period(f"{year:04}", datetime.date(year, 1, 1), datetime.date(year, 12, 31), Precision.YEAR)


def years_of(first: int, last: int) -> Period:
    """Several years on end."""
    start, end = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return Period(f"{first:04}/{last:04}", start, end, Precision.INTERVAL)


def decade_of(year: int) -> Period:
    """The decade that holds a year."""
    first = year // 10 * 10
    return Period(f"{first // 10:03}", datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31), Precision.DECADE)


def century_of(number: int) -> Period:
    """The n-th century, written by its hundreds as TIMEX3 does: the 20th is "19"."""
    first = (number - 1) * 100
    start, end = datetime.date(max(first, 1), 1, 1), datetime.date(first + 99, 12, 31)
    return Period(f"{number - 1:02}", start, end, Precision.INTERVAL)


def days_of(first: datetime.date, last: datetime.date) -> Period:
    """Several days on end, written as an interval of ISO 8601."""
    if first == last:
        return day_of(first)
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last, Precision.INTERVAL)


def fiscal_year_of(year: int, first_month: int) -> Period:
    """A fiscal year named after the calendar year in which it ends, from its first month."""
    start = datetime.date(year if first_month == 1 else year - 1, first_month, 1)
    end = months_from(start.year, first_month, 12, "", Precision.YEAR).end
    return Period(f"{year:04}", start, end, Precision.YEAR)


def shifted_month(day: datetime.date, months: int) -> datetime.date:
    """The same day some months away, or the last of that month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"year {year} is out of range")
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))


def moved(day: datetime.date, count: int, unit: str) -> datetime.date:
    """A day some units away; ``unit`` is one of TIMEX3's letters with "T" before hours and minutes."""
    if unit in ("D", "W"):
        return day + count * (7 if unit == "W" else 1) * DAY
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    return shifted_month(day, count * months) if months else day


def holding(day: datetime.date, unit: str) -> Period:
    """The unit of the calendar that holds a day."""
    match unit:
        case "W":
            return week_of(day)
        case "M":
            return month_of(day.year, day.month)
        case "Q":
            return quarter_of(day.year, (day.month + 2) // 3)
        case "Y":
            return year_of(day.year)
        case "E":
            return decade_of(day.year)
        case "C":
            return century_of(day.year // 100 + 1)
        case _:
            return day_of(day)


def easter_of(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return datetime.date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> datetime.date:
    """The n-th such weekday of a month; the last for -1."""
    if number < 0:
        last = month_of(year, month).end
        return last - ((last.weekday() - weekday) % 7) * DAY
    first = datetime.date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * DAY
