"""How does an amount become a figure: what does it measure, of whom, for which period?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.figures.choice import is_figure
from dragoman.extract.figures.measured import what_of
from dragoman.extract.figures.spans import parts_of
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.marks import AmountKind, AmountMark, PartyMark, TimeMark, TimeType
from dragoman.record.mentions import AnyMention, FigureMention
from dragoman.record.reading import Firing
from dragoman.record.segments import Sentence
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

BETWEEN_TWO = re.compile(r"\b(?:trade|deficit|surplus)\b", re.IGNORECASE)
PERIODS = frozenset({Precision.YEAR, Precision.QUARTER, Precision.HALF, Precision.MONTH, Precision.DECADE})
BESIDE = 12  # characters between a figure and a date that belongs to it: " as of ", " on "
PAIR = 2


class Figures:
    """Reads figures."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon, alphabet

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[FigureMention]:
        """The document's figures, each once; ``before`` are the mentions that earlier rooms read."""
        del before
        found: list[FigureMention] = []
        seen: set[tuple[object, ...]] = set()
        for sentence in context.segments.sentences:
            marks = context.marks_within(sentence.span, AmountMark)
            for mark in marks:
                if not is_figure(mark, context.text):
                    continue
                figure = figure_of(mark, sentence, context, found)
                key = sameness(figure, mark)
                if key in seen:
                    continue
                seen.add(key)
                found.append(figure)
                context.trace.add(Firing(rule=figure.rule, span=figure.span, slots=slots_of(figure)))
        return found


def sameness(figure: FigureMention, mark: AmountMark) -> tuple[object, ...]:
    """By what a figure told twice in one text is known: its number, and for rates the thing they are put on."""
    what = " ".join(figure.what.casefold().split()[:6]) if mark.kind is AmountKind.PERCENT else ""
    return (figure.value, figure.low, figure.high, figure.unit, what)


def slots_of(figure: FigureMention) -> tuple[tuple[str, Span], ...]:
    """The spans of a figure, for ``explain``."""
    places = (
        ("number", figure.number_span),
        ("unit", figure.unit_span),
        ("hedge", figure.hedge_span),
        ("what", figure.what_span),
        *(("party", span) for span in figure.party_spans),
        ("period", figure.period.span),
        ("converted", figure.converted_span),
    )
    return tuple((name, span) for name, span in places if span is not None)


def figure_of(mark: AmountMark, sentence: Sentence, context: Context, before: Sequence[FigureMention]) -> FigureMention:
    """The figure of an amount."""
    times = [time.span for time in context.marks_within(sentence.span, TimeMark)]
    what = what_of(mark.span, mark.noun, sentence.span, context.text, times)
    parties, party_spans = parties_of(what, sentence, context)
    number, unit, hedge = parts_of(mark.span, mark.hedge, mark.noun, context.text)
    other = conversion_of(mark, sentence, context)
    return FigureMention(
        span=mark.span,
        rule=f"figure.{mark.kind}",
        value=mark.value,
        unit=mark.unit,
        low=mark.low,
        high=mark.high,
        hedge=mark.hedge,
        what=" ".join(what.of(context.text).split()) if what else "",
        what_span=what,
        parties=parties,
        period=period_of(mark, sentence, context, before),
        number_span=number,
        unit_span=unit,
        hedge_span=hedge,
        party_spans=party_spans,
        converted=other.value if other else None,
        converted_unit=other.unit if other else "",
        converted_span=other.span if other else None,
    )


def conversion_of(mark: AmountMark, sentence: Sentence, context: Context) -> AmountMark | None:
    """The same money in another currency, in brackets right behind."""
    if mark.kind is not AmountKind.MONEY:
        return None
    behind = [other for other in context.marks_within(sentence.span, AmountMark) if other.span.start > mark.span.end]
    if behind and any(step.startswith("conversion of") for step in behind[0].steps):
        return behind[0]
    return None


def parties_of(what: Span | None, sentence: Sentence, context: Context) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The parties named in what is measured, else in the sentence, in their order, and where they stand.

    Trade is between two: where fewer of them are named, they are the pair that the text is about.
    """
    found, spans = parties_named(what, sentence, context)
    pair = context.actors.parties
    traded = what is not None and BETWEEN_TWO.search(context.text, what.start, what.end)
    if traded and len(found) < len(pair) == PAIR and set(found) <= set(pair):
        return pair, spans
    return found, spans


def parties_named(what: Span | None, sentence: Sentence, context: Context) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The parties that stand in what is measured, else in the sentence, and the place of each mention of them."""
    for span in (what, sentence.span):
        if span is None:
            continue
        marks = [mark for mark in context.marks_within(span, PartyMark) if mark.codes]
        if marks:
            codes = [code for mark in marks for code in mark.codes]
            return tuple(dict.fromkeys(codes)), tuple(mark.span for mark in marks)
    return (), ()


def period_of(mark: AmountMark, sentence: Sentence, context: Context, before: Sequence[FigureMention]) -> When:
    """The period of a figure: the nearest stated one in its sentence, else that of the figure told just before."""
    if mark.kind is AmountKind.DURATION:
        own = [time for time in context.marks_within(mark.span, TimeMark) if time.when.known]
        return with_span(own[0]) if own else UNKNOWN_WHEN
    converted = conversion_of(mark, sentence, context)
    others = (other for other in context.marks_within(sentence.span, AmountMark) if other not in (mark, converted))
    ends = [other.span.end for other in others]
    times = [
        time
        for time in context.marks_within(sentence.span, TimeMark)
        if is_period(time, mark) and not any(0 <= time.span.start - end <= BESIDE for end in ends)
    ]
    if times:
        nearest = min(times, key=lambda time: abs(time.span.start - mark.span.end))
        return with_span(nearest)
    last = before[-1] if before else None
    near = last is not None and mark.kind is AmountKind.MONEY and last.unit == mark.unit
    if last is not None and near and paragraph_at(context, last.span) == sentence.paragraph:
        return last.period
    return UNKNOWN_WHEN


def is_period(time: TimeMark, mark: AmountMark) -> bool:
    """Whether a time is one that figures are given for ("the past three years"), or a day right behind the figure."""
    if time.type is TimeType.DURATION:
        return time.when.start is not None and time.when.end is not None and time.when.basis is not Basis.EVENT
    if time.type is not TimeType.DATE or not time.when.known:
        return False
    beside = 0 <= time.span.start - mark.span.end <= BESIDE
    return time.when.precision in PERIODS or (time.when.precision is Precision.DAY and beside)


def with_span(time: TimeMark) -> When:
    """The days of a time with the place where it stands."""
    when = time.when
    return When(
        start=when.start, end=when.end, precision=when.precision, basis=when.basis, span=time.span, rule=time.rule
    )


def paragraph_at(context: Context, span: Span) -> int:
    """The number of the paragraph in which a span stands."""
    for sentence in context.segments.sentences:
        if sentence.span.start <= span.start < sentence.span.end:
            return sentence.paragraph
    return -1
