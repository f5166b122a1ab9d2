"""When was it, how precisely is that known, and on what grounds?"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.span import Span


class Precision(StrEnum):
    """The unit to which a date is known; the interval of days says the rest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What the value of a date rests on."""

    STATED = "stated"  # the words alone fix it: "28 March 2025"
    PUBLICATION = "publication"  # resolved against the document's publication date: "on Monday"
    TEXT = "text"  # resolved against another date of the text: "the day before"
    EVENT = "event"  # resolved against a dated event: "the 90-day pause announced on April 9"
    TITLE = "title"  # taken from the document's title or dateline
    INFERRED = "inferred"  # an interval that the text's other dates leave open
    CORRECTED = "corrected"  # a person said so
    NONE = "none"  # nothing is known


class When(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An interval of calendar days, both ends included; an open end is None."""

    start: datetime.date | None = None
    end: datetime.date | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.NONE
    span: Span | None = None
    rule: str = ""

    @property
    def known(self) -> bool:
        """Whether at least one end of the interval is known."""
        return self.start is not None or self.end is not None


UNKNOWN_WHEN = When()
