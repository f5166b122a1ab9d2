"""What is a formula: wording that recurs in one side's readouts, and what became of it from readout to readout?"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.comparison import Change


class FormulaState(StrEnum):
    """What one readout does with a formula; for the whole formula, what the latest full readout does."""

    NEW = "new"  # the first readout that has it
    KEPT = "kept"
    REWORDED = "reworded"
    ABSENT = "absent"  # not in this readout, and in a later one again
    DROPPED = "dropped"  # not in this readout and in none after it
    REPEATED = "repeated"  # of a whole formula: it stands in one readout only, more than once


class FormulaStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One readout of the side. ``wording`` are its exact words, empty when there are none like them.

    ``diff`` leads from the formula to a rewording. ``weaker`` is by how much the verb is weaker than in the readout
    before that had the formula, on the scale of 1 to 5; ``verb`` is the one that carries it here. An absence stands for
    ``run`` readouts one after the other, from ``day`` to ``until``; ``readout`` is the first of them.
    """

    readout: str
    day: datetime.date | None
    state: FormulaState
    wording: str = ""
    diff: tuple[Change, ...] = ()
    verb: str = ""
    strength: int = 0
    weaker: int = 0
    relayed: bool = False
    run: int = 1
    until: datetime.date | None = None


class Formula(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Wording that recurs in the readouts of ``issuer`` with ``counterpart``.

    ``readouts`` is how many of these have it, ``elsewhere`` in how many of the side's readouts with others it stands
    as far as those were looked at. ``steps`` go from the first readout that has it to the latest; readouts known only
    from the press have a step when they have the words, for what the press leaves out was not dropped.
    ``left_out`` is how many earlier readouts with the counterpart have no step: those that have the very words count in
    ``readouts`` and ``first``; what reworded them is not known here.
    """

    text: str
    issuer: str
    counterpart: str
    state: FormulaState
    readouts: int
    first: datetime.date | None = None
    last: datetime.date | None = None
    elsewhere: int = 0
    left_out: int = 0
    steps: tuple[FormulaStep, ...] = ()
