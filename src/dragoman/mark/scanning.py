"""The rules of times and amounts, compiled once for the process over one alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from dragoman.grammar.pattern import words_in
from dragoman.grammar.rules import Rule, load_rules
from dragoman.grammar.scan import Hit, Scanner
from dragoman.grammar.trace import Trace
from dragoman.mark.words import Vocabulist, Words
from dragoman.record.reading import Firing, Gap, Outcome

ROOMS = ("times", "amounts")


@cache
def rules_of(room: str) -> tuple[Rule, ...]:
    """The rules of one of the rooms."""
    return load_rules(files("dragoman.mark").joinpath(room, "rules.toml"))


@cache
def vocabulist() -> Vocabulist:
    """What turns texts into words, knowing every word that a rule of either room names."""
    return Vocabulist(frozenset().union(*(words_in(rule.pattern) for room in ROOMS for rule in rules_of(room))))


@cache
def scanner_of(room: str) -> Scanner:
    """The scanner of one of the rooms."""
    return Scanner(rules_of(room), vocabulist().alphabet)


def firing_of(hit: Hit, words: Words, outcome: Outcome, note: str = "") -> Firing:
    """A match as a record for ``explain``."""
    slots = tuple((name, words.span(*place)) for name, place in hit.slots().items())
    return Firing(rule=hit.rule.name, span=words.span(hit.first, hit.last), slots=slots, outcome=outcome, note=note)


def keep_gaps(passed: Sequence[tuple[int, int]], words: Words, trace: Trace, step: str) -> None:
    """Record the stretches of a long text that a scanner passed over, so that they are not missed in silence."""
    for first, last in passed:
        reason = f"a stretch crowded with numbers: {step} were read in its beginning only; split the table off"
        trace.gaps.append(Gap(words.span(first, last), step, reason))


def explain_taken(hit: Hit, words: Words, scanner: Scanner, trace: Trace, note: str) -> None:
    """Record a match that was taken and those of other rules that it displaced."""
    trace.add(firing_of(hit, words, Outcome.TAKEN, note))
    for other in scanner.alternatives(words.characters, hit.first):
        if other.rule is not hit.rule:
            trace.add(firing_of(other, words, Outcome.LOST, f"{hit.rule.name} was preferred"))
