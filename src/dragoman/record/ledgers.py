"""What do the ledgers add up to? Stacks of measures, cards of figures in conflict, and what changed since a day."""

from __future__ import annotations

import datetime

import msgspec

from dragoman.record.entries import Figure, Measure


class StatedTotal(msgspec.Struct, frozen=True, kw_only=True):
    """A total that the texts state, and whether the parts add up to it."""

    measure: Measure
    agrees: bool


class Stack(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rates in force on one target on a day, what they add up to, and the totals that texts state.

    ``coming`` are parts announced for a later day; ``totals`` are compared with ``total``, or with the sum that
    includes what is coming when they take effect later.
    """

    imposer: str
    target: str
    day: datetime.date | None
    parts: tuple[Measure, ...]
    total: float
    coming: tuple[Measure, ...] = ()
    totals: tuple[StatedTotal, ...] = ()

    @property
    def arithmetic(self) -> str:
        """The sum as one writes it: "25 + 25 = 50"."""
        rates = [f"{part.rate:g}" for part in self.parts if part.rate is not None]
        return f"{' + '.join(rates)} = {self.total:g}" if len(rates) > 1 else f"{self.total:g}"


class Conflict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Figures for one quantity, of the same parties and period, that differ; ``difference`` says why, if a text does."""

    what: str
    parties: tuple[str, ...]
    period: str
    figures: tuple[Figure, ...]
    difference: str = ""
