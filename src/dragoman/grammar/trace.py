"""Who wants to know which rule fired? ``explain`` does; a plain reading collects nothing."""

from __future__ import annotations

from dragoman.record.reading import Firing


class Trace:
    """Collects firings when ``on``; a step asks ``on`` before it prepares any."""

    __slots__ = ("firings", "on")

    def __init__(self, on: bool = False) -> None:
        self.on = on
        self.firings: list[Firing] = []

    def add(self, *firings: Firing) -> None:
        """Keep firings, if an explanation was asked for."""
        if self.on:
            self.firings.extend(firings)
