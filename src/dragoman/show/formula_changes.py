"""Which formulas did the readouts printed since a day drop, reword or weaken?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from dragoman.book import Book
from dragoman.record.entries import Engagement, Filter, ReadoutEntry
from dragoman.record.formula import Formula, FormulaState
from dragoman.show.formulas import bare, compared_once, dated_readouts, latest, step_words
from dragoman.show.words import party_word

# Pairs of sides whose readouts are compared, those with the latest new readouts: a second for so many in a large book.
MOST_PAIRS = 40
COMPARED = 40  # latest readouts of a side with another, in which wording has to recur
LOOKED_AT = (
    4 * COMPARED
)  # latest readouts of a pair, both sides' and those of conferences: what is compared is among them
MOST_SIDES = 4  # of an engagement of more the text is a conference's, and nobody's readout with a counterpart
MISSING = "not mentioned in this readout"


class FormulaChange(msgspec.Struct, frozen=True, kw_only=True):
    """A formula with the readout that dropped, reworded or weakened it, and the day on which that was printed."""

    formula: Formula
    readout: str
    published: datetime.date
    dropped: bool
    words: str


def formula_changes(book: Book, day: datetime.date, wanted: Filter) -> list[FormulaChange]:
    """What readouts printed on or after the day changed of what the ones before them still had.

    Looks at the ``MOST_PAIRS`` pairs of sides of the latest such readouts, and of each at the latest ``COMPARED`` readouts.
    """
    fresh = {readout.id: readout for readout in new_readouts(book, day, wanted)}
    found: list[FormulaChange] = []
    if not fresh:
        return found
    held: dict[frozenset[str], tuple[Sequence[Engagement], Sequence[ReadoutEntry]]] = {}
    for issuer, counterpart in pairs_of(book, list(fresh.values())):
        pair = Filter(parties=(issuer, counterpart), as_of=wanted.as_of, latest=True, limit=LOOKED_AT)
        both = frozenset((issuer, counterpart))
        if both not in held:
            held[both] = book.engagements(msgspec.structs.replace(pair, bare=True)), book.readouts(pair)
        compared = latest(dated_readouts(issuer, *held[both]), COMPARED)
        found += [
            each for formula in compared_once(issuer, counterpart, tuple(compared)) for each in told(formula, fresh)
        ]
    return found


def new_readouts(book: Book, day: datetime.date, wanted: Filter) -> list[ReadoutEntry]:
    """The full readouts first printed on or after the day, the latest first."""
    found = book.readouts(msgspec.structs.replace(wanted, since=day))
    fresh = [r for r in found if not r.relayed and r.first_published is not None and r.first_published >= day]
    return sorted(fresh, key=lambda r: (r.first_published or day, r.id), reverse=True)


def pairs_of(book: Book, readouts: Sequence[ReadoutEntry]) -> list[tuple[str, str]]:
    """The issuer of each readout with every other side of its engagement, each pair once."""
    pairs: dict[tuple[str, str], None] = {}
    for readout in readouts:
        entry = book.entry(readout.engagement) if readout.engagement else None
        if isinstance(entry, Engagement) and len(entry.parties) <= MOST_SIDES:
            pairs |= dict.fromkeys((readout.issuer, party) for party in entry.parties if party != readout.issuer)
        if len(pairs) >= MOST_PAIRS:
            break
    return list(pairs)[:MOST_PAIRS]


def told(formula: Formula, fresh: dict[str, ReadoutEntry]) -> Iterator[FormulaChange]:
    """What each new readout changed of the formula that the full readout before it had."""
    full = [step for step in formula.steps if not step.relayed]
    for before, step in pairwise(full):
        readout = fresh.get(step.readout)
        if readout is None or readout.first_published is None or not before.wording:
            continue
        missing = not step.wording
        if missing or step.state is FormulaState.REWORDED or step.weaker:
            yield FormulaChange(
                formula=formula,
                readout=readout.id,
                published=readout.first_published,
                dropped=step.state is FormulaState.DROPPED,
                words=MISSING if missing else step_words(step).split(": ", 1)[1],
            )


def formula_words(formula: Formula) -> str:
    """A formula and whose it is."""
    sides = f"{party_word(formula.issuer)} with {party_word(formula.counterpart)}"
    return f"{sides}: “{bare(formula.text)}”"
