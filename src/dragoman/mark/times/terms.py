"""When does a term end: "the 90-day pause announced on April 9", "within 30 days of 5 May"?

A term is counted from the day on which it was announced or began, when the same sentence gives one. A term that runs
from an event without a date ("30 days after entry into force") stays relative.
"""

from __future__ import annotations

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
REACH = 120  # characters between a term and the day it is counted from
LONGEST = 3000  # units: beyond them the calendar of this program ends


def with_terms(marks: list[TimeMark], segments: Segments, text: str) -> list[TimeMark]:
    """The marks, with beginning and end of every term whose first day the same sentence gives."""
    starts = [sentence.span.start for sentence in segments.sentences]
    days = [mark for mark in marks if mark.type is TimeType.DATE and mark.when.precision is Precision.DAY]
    if not days:
        return marks
    return [dated_term(mark, days, starts, text) if mark.type is TimeType.DURATION else mark for mark in marks]


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
