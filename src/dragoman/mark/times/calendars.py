"""By whose calendar is a time counted: which fiscal year, which seasons, which clock, which order of day and month?"""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from dragoman.mark.words import Words
from dragoman.record.document import Document

LEFT, RIGHT = 24, 8  # words before and behind an expression among which its country is looked for
HEMISPHERE = frozenset({"southern", "austral"})
MIDNIGHT = datetime.time(0, 0)
DIGITS = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)\b")


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is peculiar to a state's calendar; ``hours`` is how far its clocks run ahead of UTC."""

    words: tuple[str, ...]
    hours: float
    fiscal: int = 1
    named: Literal["start", "end"] = "end"
    south: bool = False


class CalendarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table beside this module."""

    calendar: dict[str, Calendar]


@cache
def calendars() -> dict[str, Calendar]:
    """Every calendar by the code of its state."""
    source = files("dragoman.mark.times").joinpath("calendars.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), CalendarFile).calendar


@cache
def codes_by_word() -> dict[str, tuple[str, str]]:
    """The word that stands before the last one of a state's name, if any, and the state's code."""
    names = ((name.rpartition(" "), code) for code, calendar in calendars().items() for name in calendar.words)
    return {last: (before, code) for (before, _, last), code in names}


def state_near(words: Words, first: int, last: int, low: int) -> str | None:
    """The state named nearest to words first..last-1 in their sentence, which begins at ``low``."""
    known = codes_by_word()
    before = range(last - 1, max(low, first - LEFT) - 1, -1)
    behind = range(last, min(len(words.raws), last + RIGHT))
    for at in (*before, *behind):
        if at >= last and words.raws[at][0] in ".;":
            break
        found = known.get(words.folded(at)) if words.raws[at][0].isupper() else None
        if found and (not found[0] or (at > low and words.folded(at - 1) == found[0])):
            return found[1]
    return None


def southern_near(words: Words, first: int, last: int, low: int) -> bool:
    """Whether the words around name the southern half of the earth."""
    near = range(max(low, first - 2), min(len(words.raws), last + 4))
    return any(words.folded(at) in HEMISPHERE for at in near)


def local_day(document: Document) -> datetime.date | None:
    """The day of publication on the issuer's own calendar.

    A page stamped shortly after midnight in UTC was put out in the evening of the day before in the Americas, and one
    stamped late in the evening on the next day in East Asia. A stamp of midnight sharp is a day without an hour.
    """
    published = document.published
    calendar = calendars().get(document.issuer or "")
    if calendar is None or published.day is None or published.moment is None:
        return published.day
    moment = datetime.datetime.fromisoformat(published.moment)
    if moment.utcoffset() != datetime.timedelta(0) or moment.date() != published.day or moment.time() == MIDNIGHT:
        return published.day
    return (moment + datetime.timedelta(hours=calendar.hours)).date()


def day_first(document: Document) -> tuple[bool, str]:
    """Whether "04/06/2025" begins with the day in a document, and why: by its other dates, else by its issuer."""
    for match in DIGITS.finditer(document.text):
        if int(match[1]) > 12 >= int(match[2]):
            return True, f"day first, as in {match[0]}"
        if int(match[2]) > 12 >= int(match[1]):
            return False, f"month first, as in {match[0]}"
    if document.issuer and document.issuer not in ("USA", "PHL"):
        return True, "day first, as is the use outside the United States"
    return False, "month first, as is the use in the United States"
