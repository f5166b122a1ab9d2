"""How do the matches of the amount rules become marks?"""

from __future__ import annotations

from dragoman.grammar.scan import Hit
from dragoman.grammar.trace import Trace
from dragoman.mark.amounts.builders import BUILDERS, Amount, Found
from dragoman.mark.scanning import explain_taken, firing_of, keep_gaps, scanner_of, vocabulist
from dragoman.mark.words import Words
from dragoman.record.document import Document
from dragoman.record.marks import AmountKind, AmountMark
from dragoman.record.reading import Outcome
from dragoman.record.segments import Segments

OPENING = frozenset({"(", "["})


def mark_amounts(document: Document, segments: Segments, trace: Trace) -> list[AmountMark]:
    """Every amount with its unit and bounds, in order."""
    del segments
    words = vocabulist().words_of(document.text)
    scanner = scanner_of("amounts")
    marks: list[AmountMark] = []

    def take(hit: Hit) -> bool:
        amount = BUILDERS[hit.rule.builds](Found(hit, words))
        if amount is None:
            if trace.on:
                trace.add(firing_of(hit, words, Outcome.DROPPED, "its neighbours speak against it"))
            return False
        marks.append(mark_of(hit, amount, words, marks))
        if trace.on:
            explain_taken(hit, words, scanner, trace, f"{amount.value} {amount.unit}")
        return True

    keep_gaps(scanner.scan(words.characters, take), words, trace, "amounts")
    return marks


def mark_of(hit: Hit, amount: Amount, words: Words, before: list[AmountMark]) -> AmountMark:
    """The mark of a match; money in brackets right behind other money is its conversion."""
    span = words.span(hit.first, amount.last or hit.last)
    steps = amount.steps
    if amount.kind is AmountKind.MONEY and before and hit.first > 1 and words.folded(hit.first - 1) in OPENING:
        last = before[-1]
        if (
            last.kind is AmountKind.MONEY
            and last.unit != amount.unit
            and last.span.end >= words.starts[hit.first - 1] - 1
        ):
            steps = (*steps, f"conversion of {last.span.of(words.text)}")
    return AmountMark(
        span=span,
        rule=f"amount.{hit.rule.name}",
        kind=amount.kind,
        value=amount.value,
        unit=amount.unit,
        low=amount.low,
        high=amount.high,
        hedge=amount.hedge,
        noun=amount.noun,
        previous=amount.previous,
        steps=steps,
    )
