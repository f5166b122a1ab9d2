"""Which quantities does a text give?"""

from __future__ import annotations

from dragoman.mark.amounts.reader import mark_amounts

__all__ = ["mark_amounts"]
