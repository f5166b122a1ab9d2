"""In how many earlier readouts did a formula stand, and since when?

The course of a formula is told for a side's latest readouts. The exact words are looked for in all earlier ones too, in one
pass of an automaton over their words, so that a formula of ten years is not said to be as old as the window.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import ahocorasick_rs as automaton
import msgspec

from dragoman.link.formulas import DatedReadout
from dragoman.link.phrases import WORD, words_of
from dragoman.record.formula import Formula, FormulaState

# What becomes of a state when earlier readouts have the words too.
KNOWN = {FormulaState.NEW: FormulaState.KEPT, FormulaState.REPEATED: FormulaState.KEPT}


def with_earlier(found: Sequence[Formula], earlier: Sequence[DatedReadout]) -> list[Formula]:
    """The formulas of the latest readouts, with the count and the first day of the earlier ones that have their words."""
    if not found or not earlier:
        return list(found)
    sought = automaton.AhoCorasick([spaced(words_of(formula.text).folded) for formula in found])
    having: list[list[datetime.date | None]] = [[] for _ in found]
    for each in earlier:
        for number in {number for point in each.readout.points for number in numbers_in(sought, point.text)}:
            having[number].append(each.day or each.readout.first_published)
    return [older(formula, days, len(earlier)) for formula, days in zip(found, having, strict=True)]


def spaced(words: Sequence[str]) -> str:
    """Words with a blank on either side of each, so that only whole words are found."""
    return f" {' '.join(words)} "


def numbers_in(sought: automaton.AhoCorasick, text: str) -> set[int]:
    """The numbers of the phrases that a text has, in the words by which phrases are compared."""
    folded = spaced([word.casefold().replace("’", "'") for word in WORD.findall(text)])
    return {number for number, _, _ in sought.find_matches_as_indexes(folded, overlapping=True)}


def older(formula: Formula, days: Sequence[datetime.date | None], left_out: int) -> Formula:
    """The formula with its uses before its course begins; what was known before is not new."""
    formula = msgspec.structs.replace(formula, left_out=left_out)
    if not days:
        return formula
    known = [day for day in (*days, formula.first) if day]
    first, *others = formula.steps
    return msgspec.structs.replace(
        formula,
        state=KNOWN.get(formula.state, formula.state),
        readouts=formula.readouts + len(days),
        first=min(known, default=None),
        steps=(msgspec.structs.replace(first, state=KNOWN.get(first.state, first.state)), *others),
    )
