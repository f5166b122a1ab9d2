"""What is one person's line on a topic over time?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.comparison import Change
from dragoman.record.entries import Statement


class LineVerdict(StrEnum):
    """How a statement stands to the ones before it on the same topic."""

    FIRST = "first"
    SAME = "same_words"
    REWORDED = "reworded"
    OTHER = "other_words"


class LineStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A statement and how it stands to an earlier one. ``against`` is that one's id: the latest with like wording, else the
    one before. ``strength`` is by how much the verb is stronger than in the statement before; below 0 it is weaker.
    """

    statement: Statement
    verdict: LineVerdict
    against: str | None = None
    diff: tuple[Change, ...] = ()
    strength: int = 0
    stance: str | None = None  # the stance before, where it was another
