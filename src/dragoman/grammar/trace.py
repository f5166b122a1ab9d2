"""Who wants to know which rule fired, and what was not read? ``explain`` wants the first, every reading the second."""

from __future__ import annotations

from dragoman.record.reading import Firing, Gap


class Trace:
    """Collects firings when ``on``; a step asks ``on`` before it prepares any. Gaps are always kept."""

    __slots__ = ("firings", "gaps", "on")

    def __init__(self, on: bool = False) -> None:
        self.on = on
        self.firings: list[Firing] = []
        self.gaps: list[Gap] = []

    def add(self, *firings: Firing) -> None:
        """Keep firings, if an explanation was asked for."""
        if self.on:
            self.firings.extend(firings)
