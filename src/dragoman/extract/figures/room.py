"""How does an amount become a figure: what does it measure, of whom, for which period?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.figures.choice import is_figure
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.marks import AmountKind, AmountMark, PartyMark, TimeMark, TimeType
from dragoman.record.mentions import AnyMention, FigureMention
from dragoman.record.reading import Firing
from dragoman.record.segments import Sentence
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Precision, When

# What is measured stands behind the amount up to the next clause, or before a verb that leads to it.
BEHIND = re.compile(r"[ -]?(?:(?!\b(?:and|which|that|who|as|while|but|by|since|from)\b)[^\s.,;:()\"“”]+[ ]?){1,8}")
LEADS = re.compile(
    r"((?:[^\s.,;:()\"“”]+ ){1,7}?)(?:(?:has|have|had|that|which|now|currently|also) )*"
    r"(?:total(?:s|l?ed|l?ing)|reach(?:es|ed|ing)|stood at|stands at|amount(?:s|ed|ing) to|was|were|is|are|of|worth|"
    r"valued at|rose to|fell to|grew to|c(?:ame|omes|oming) to|ran to|at|exceed(?:s|ed|ing)|hit|topped)\W*$"
)
HEAD = re.compile(
    r".*\b(?:with|by|at|that|and(?! services)|be|been|hit|puts?|(?:ran|runs?|posted|recorded|had|has|leaving) (?:an?|the))\s+(?=\S)",
    re.IGNORECASE,
)
VERBAL = re.compile(r"(?:were|was|is|are|has|have|had|will|would|from|of those)\b", re.IGNORECASE)
TRIMMED = re.compile(r"(?:(?:its|their|\d{4}|a|an|the|of|in|for|to|with|on|at|per|is|was|were|are)\s+)+", re.IGNORECASE)
BETWEEN_TWO = re.compile(r"\b(?:trade|deficit|surplus)\b", re.IGNORECASE)
PERIODS = frozenset({Precision.YEAR, Precision.QUARTER, Precision.HALF, Precision.MONTH, Precision.DECADE})
BESIDE = 12  # characters between a figure and a date that belongs to it: " as of ", " on "
PAIR = 2
LOOK_BACK = 90  # characters before an amount in which its measure may be named


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
    places = (("what", figure.what_span), ("period", figure.period.span))
    return tuple((name, span) for name, span in places if span is not None)


def figure_of(mark: AmountMark, sentence: Sentence, context: Context, before: Sequence[FigureMention]) -> FigureMention:
    """The figure of an amount."""
    what = what_of(mark, sentence, context.text)
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
        parties=parties_of(what, sentence, context),
        period=period_of(mark, sentence, context, before),
    )


def what_of(mark: AmountMark, sentence: Sentence, text: str) -> Span | None:
    """The words that say what an amount measures: its noun, what stands behind it, or what leads to it."""
    if mark.noun is not None:
        return mark.noun
    behind = BEHIND.match(text, mark.span.end, sentence.span.end)
    words = behind[0].strip(" -") if behind else ""
    if behind and words and not TRIMMED.match(words) and not VERBAL.match(words):
        return trimmed(text, Span(behind.start(), behind.end()))
    start = max(sentence.span.start, mark.span.start - LOOK_BACK)
    leading = LEADS.search(text, start, mark.span.start)
    if leading and leading[1].strip():
        head = HEAD.match(text, leading.start(1), leading.end(1))
        return trimmed(text, Span(head.end() if head else leading.start(1), leading.end(1)))
    if behind and words and not VERBAL.match(words):
        return trimmed(text, Span(behind.start(), behind.end()))
    return None


def trimmed(text: str, span: Span) -> Span | None:
    """The span without the blanks, hyphens and small words at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in " -\n":
        start += 1
    while end > start and text[end - 1] in " -\n":
        end -= 1
    small = TRIMMED.match(text, start, end)
    start = small.end() if small else start
    return Span(start, end) if start < end else None


def parties_of(what: Span | None, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """The parties named in what is measured, else in the sentence, in their order.

    Trade is between two: where fewer of them are named, they are the pair that the text is about.
    """
    found = parties_named(what, sentence, context)
    pair = context.actors.parties
    traded = what is not None and BETWEEN_TWO.search(context.text, what.start, what.end)
    if traded and len(found) < len(pair) == PAIR and set(found) <= set(pair):
        return pair
    return found


def parties_named(what: Span | None, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """The parties that stand in what is measured, else in the sentence."""
    for span in (what, sentence.span):
        if span is None:
            continue
        codes = [code for mark in context.marks_within(span, PartyMark) for code in mark.codes]
        if codes:
            return tuple(dict.fromkeys(codes))
    return ()


def period_of(mark: AmountMark, sentence: Sentence, context: Context, before: Sequence[FigureMention]) -> When:
    """The period of a figure: the nearest stated one in its sentence, else that of the figure told just before."""
    if mark.kind is AmountKind.DURATION:
        own = [time for time in context.marks_within(mark.span, TimeMark) if time.when.known]
        return with_span(own[0]) if own else UNKNOWN_WHEN
    ends = [other.span.end for other in context.marks_within(sentence.span, AmountMark) if other is not mark]
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
    """Whether a time is one that figures are given for, or a day right behind the figure."""
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
