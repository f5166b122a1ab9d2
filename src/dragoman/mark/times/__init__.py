"""Which days does a text speak of?"""

from __future__ import annotations

from dragoman.mark.times.reader import mark_times

__all__ = ["mark_times"]
