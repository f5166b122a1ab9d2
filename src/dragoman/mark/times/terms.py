"""When does a term end: "the 90-day pause announced on April 9", "within 30 days of 5 May"?

A term is counted from the day on which it was announced or began, when the same sentence gives one. A term that runs
from an event without a date ("30 days after entry into force") stays relative.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dragoman.mark.times.periods import moved
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.segments import Segments
from dragoman.record.when import Basis, Precision, When

LENGTH = re.compile(r"P(\d+)([DWMY])")
INSTRUMENT = re.compile(
    r"[ -](?:\w+[ -]){0,2}(?:pauses?|truces?|cease-?fires?|moratorium|suspensions?|extensions?|freezes?|waivers?|exemptions?|"
    r"halts?|reprieves?|deadlines?|delays?|grace|ultimatum|windows?|bans?|state of emergency)\b"
)
BEGUN = re.compile(
    r"\b(?:announced|declared|imposed|ordered|granted|agreed|unveiled|began|begun|started|issued|proclaimed|starting|"
    r"beginning|effective|from|since|took effect)\b"
)
RIGHT_BEFORE = re.compile(
    r"\s*(?:of|from|after|since|starting|beginning|starting on|beginning on|as of|following)\s+(?:the\s+)?"
)
ANNIVERSARY = "time.date.anniversary"
FIRST_DAY = re.compile(r"\s+of\b[^.;]*?\b(?:of|on|in|from|since)\s+(?:the\s+)?\Z|\s+of\s+(?:the\s+)?\Z")
UP_TO = re.compile(r"\s+(?:up )?(?:to|through|ended|ending|until)(?:\s+(?:on|in))?\s+")
FROM_EVENT = re.compile(r"\s+(?P<link>after|from|of|following|before|prior to)\s+(?!now\b|today\b)[a-z]")
DAY = datetime.timedelta(days=1)
REACH = 120  # characters between a term and the day it is counted from
LONGEST = 3000  # units: beyond them the calendar of this program ends


def with_terms(marks: list[TimeMark], segments: Segments, text: str) -> list[TimeMark]:
    """The marks, with beginning and end of every term whose first or last day the same sentence gives."""
    starts = [sentence.span.start for sentence in segments.sentences]
    marks = with_anniversaries(marks, starts, text)
    if not any(mark.type is TimeType.DURATION for mark in marks):
        return marks
    days = [mark for mark in marks if mark.type is TimeType.DATE and mark.when.precision is Precision.DAY]
    behind = zip(marks, [*marks[1:], None], strict=True)
    return [
        ending(dated_term(mark, days, starts, text), after, text) if mark.type is TimeType.DURATION else mark
        for mark, after in behind
    ]


def with_anniversaries(marks: list[TimeMark], starts: list[int], text: str) -> list[TimeMark]:
    """The marks, with the day of every anniversary whose first day the same sentence gives behind it; the others go."""
    if not any(mark.rule == ANNIVERSARY for mark in marks):
        return marks
    return [
        found
        for number, mark in enumerate(marks)
        if (found := on_anniversary(mark, marks[number + 1 :], starts, text) if mark.rule == ANNIVERSARY else mark)
    ]


def on_anniversary(mark: TimeMark, behind: Sequence[TimeMark], starts: list[int], text: str) -> TimeMark | None:
    """An anniversary with its day or year, counted from the first date behind it in its sentence."""
    years = int(mark.value.strip("PY"))
    for date in behind:
        between = text[mark.span.end : date.span.start]
        if bisect_right(starts, date.span.start) != bisect_right(starts, mark.span.start) or len(between) > REACH:
            return None
        begun, ended = date.when.start, date.when.end
        if begun is None or ended is None or not FIRST_DAY.match(between):
            continue
        try:
            start, end = moved(begun, years, "Y"), moved(ended, years, "Y")
        except ValueError:
            return None
        value = f"{int(date.value[:4]) + years:04}{date.value[4:]}"
        when = When(start=start, end=end, precision=date.when.precision, basis=Basis.EVENT)
        step = f"{date.value} + {years} years = {value}"
        return msgspec.structs.replace(mark, value=value, when=when, anchor=date.span, steps=(step,))
    return None


def ending(mark: TimeMark, after: TimeMark | None, text: str) -> TimeMark:
    """A length with its days when the date right behind ends it ("the 12 months to June 2025"), or a note that none does."""
    size = LENGTH.fullmatch(mark.value)
    if size is None or mark.when.known or int(size[1]) > LONGEST:
        return mark
    if after and after.when.end and UP_TO.fullmatch(text, mark.span.end, after.span.start):
        try:
            begins = moved(after.when.end + DAY, -int(size[1]), size[2])
        except (ValueError, OverflowError):
            return mark
        when = When(start=begins, end=after.when.end, precision=Precision.INTERVAL, basis=Basis.TEXT)
        step = f"{size[1]} {size[2]} up to {after.when.end} = from {begins}"
        return msgspec.structs.replace(mark, when=when, anchor=after.span, steps=(*mark.steps, step))
    undated = FROM_EVENT.match(text, mark.span.end)
    if undated:
        step = f"relative: counted {undated['link']} an event that the sentence does not date"
        return msgspec.structs.replace(mark, steps=(*mark.steps, step))
    return mark


def dated_term(mark: TimeMark, days: Sequence[TimeMark], starts: list[int], text: str) -> TimeMark:
    """A duration with its days when it is a term whose first day is given, else as it is."""
    size = LENGTH.fullmatch(mark.value)
    if size is None or mark.when.known or int(size[1]) > LONGEST:
        return mark
    anchor = anchor_of(mark, days, starts, text)
    if anchor is None or anchor.when.start is None:
        return mark
    begins = anchor.when.start
    try:
        ends = moved(begins, int(size[1]), size[2])
    except (ValueError, OverflowError):
        return mark
    when = When(start=begins, end=ends, precision=Precision.INTERVAL, basis=Basis.EVENT)
    step = f"{begins} + {size[1]} {size[2]} = {ends}"
    return msgspec.structs.replace(mark, when=when, anchor=anchor.span, steps=(*mark.steps, step))


def anchor_of(mark: TimeMark, days: Sequence[TimeMark], starts: list[int], text: str) -> TimeMark | None:
    """The day from which a duration is counted in its sentence."""
    place = bisect_right(starts, mark.span.start)
    term = INSTRUMENT.match(text, mark.span.end) is not None
    for day in days:
        if bisect_right(starts, day.span.start) != place:
            continue
        behind = day.span.start - mark.span.end
        if 0 <= behind <= REACH:
            between = text[mark.span.end : day.span.start]
            if RIGHT_BEFORE.fullmatch(between) or (term and BEGUN.search(between)):
                return day
        ahead = mark.span.start - day.span.end
        if term and 0 <= ahead <= REACH and BEGUN.search(text[day.span.end : mark.span.start]):
            return day
    return None
