"""Which figures does a text report?"""

from __future__ import annotations

from dragoman.extract.figures.room import Figures

__all__ = ["Figures"]
