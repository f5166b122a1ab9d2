"""Which words stand between quotation marks, whatever the marks and however badly they are set?

Marks are read paragraph by paragraph. Each gets a direction from its sign and from what stands beside it; a straight
mark has only its neighbours. A quotation still open at the end of its paragraph goes on when the next paragraph opens
with a mark again, or when the next mark there closes; else it ends with its paragraph. So an odd mark costs at most
the quotation it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from dragoman.record.segments import Paragraph, ParagraphKind, Quotation
from dragoman.record.span import Span
from dragoman.segment.marks import Direction, QuoteMark, double_marks, single_quotations

CARRIED = 12  # paragraphs that one quotation may run over
SENTENCE_END = re.compile(r"[.!?…,]['’]?(?=\s)")
STYLES = {"“": "curly", "”": "curly", "„": "curly", "‟": "curly", '"': "straight", "«": "guillemets", "»": "guillemets"}


class Open(msgspec.Struct):
    """A quotation whose closing mark has not been met: where its words began, and the parts that lie behind."""

    outer: int
    inner: int
    sign: str
    depth: int
    parts: list[Span]
    paragraphs: int = 1


class Upcoming(NamedTuple):
    """The next paragraph that has marks: how many paragraphs on it stands, its span and marks."""

    away: int
    span: Span | None
    marks: list[QuoteMark]


def quotations_of(text: str, paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """Every quotation of a text, in order of start."""
    reader = QuotationReader(text)
    # A mark before a label ("“RUBIO: ...") opens no quotation: the turn is its speaker's as a whole.
    spans = [p.words for p in paragraphs if p.kind is not ParagraphKind.BOILERPLATE]
    marked = [double_marks(text, span.start, span.end) for span in spans]
    upcoming = Upcoming(len(spans), None, [])
    steps: list[tuple[Span, list[QuoteMark], Upcoming]] = []
    for number in range(len(spans) - 1, -1, -1):
        steps.append((spans[number], marked[number], upcoming._replace(away=upcoming.away - number)))
        if marked[number]:
            upcoming = Upcoming(number, spans[number], marked[number])
    for span, marks, following in reversed(steps):
        reader.paragraph(span, marks, following)
    singles = [q for span in spans for q in single_quotations(text, span.start, span.end)]
    return sorted([*reader.found, *nested(singles, reader.found)], key=lambda q: (q.outer.start, -q.outer.end))


def nested(singles: Iterable[tuple[Span, Span]], doubles: Sequence[Quotation]) -> list[Quotation]:
    """Quotations in single marks; those inside a double quotation are one deeper, those across its edge are none."""
    found: list[Quotation] = []
    ordered = sorted(part for q in doubles if q.depth == 0 for part in q.parts)
    edges = sorted({edge for q in doubles for edge in (q.outer.start, q.outer.end)})
    at = edge = 0
    for inner, outer in singles:
        while at < len(ordered) and ordered[at].end <= outer.start:
            at += 1
        while edge < len(edges) and edges[edge] <= outer.start:
            edge += 1
        inside = at < len(ordered) and ordered[at].covers(outer)
        crossed = edge < len(edges) and edges[edge] < outer.end
        if inside or not crossed:
            found.append(
                Quotation(parts=(inner,), outer=outer, depth=int(inside), style="single", rule="quotation.single")
            )
    return found


class QuotationReader:
    """Matches the double marks of a text, paragraph after paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quotation] = []
        self._open: list[Open] = []

    def paragraph(self, span: Span, marks: list[QuoteMark], upcoming: Upcoming) -> None:
        """Read the marks of one paragraph; ``upcoming`` tells whether what is open here goes on behind it."""
        start = self._resume(span, marks)
        for number in range(start, len(marks)):
            self._mark(span, marks, number)
        self._pause(span, upcoming)

    def _resume(self, span: Span, marks: list[QuoteMark]) -> int:
        """Take up what was left open; returns the number of the first mark still to be read."""
        if not self._open:
            return 0
        held = self._open[-1]
        reopened = bool(marks) and marks[0].start == span.start and marks[0].direction is not Direction.CLOSES
        held.inner = marks[0].end if reopened else span.start
        held.paragraphs += 1
        return int(reopened)

    def _mark(self, span: Span, marks: list[QuoteMark], number: int) -> None:
        mark = marks[number]
        if not self._open:
            if mark.direction is not Direction.CLOSES:
                self._push(mark)
            return
        if mark.direction is Direction.OPENS and not closes_anyway(self._open[-1], mark):
            if not opens_inner(marks, number):
                self._break_off(mark.start)
            self._push(mark)
            return
        self._pop(mark)

    def _push(self, mark: QuoteMark) -> None:
        self._open.append(Open(mark.start, mark.end, mark.sign, len(self._open), []))

    def _pop(self, mark: QuoteMark) -> None:
        held = self._open.pop()
        self._keep(held, mark.start, mark.end, closed=True, sign=mark.sign)

    def _keep(self, held: Open, end: int, outer_end: int, *, closed: bool, sign: str) -> None:
        parts = [*held.parts, *bare(self.text, held.inner, end)]
        if not parts:
            return
        style, other = STYLES.get(held.sign, "straight"), STYLES.get(sign, "straight")
        self.found.append(
            Quotation(
                parts=tuple(parts),
                outer=Span(held.outer, outer_end),
                depth=held.depth,
                closed=closed,
                style=style if style == other else "mixed",
                rule="quotation.closed" if closed else "quotation.unclosed",
            )
        )

    def _break_off(self, at: int) -> None:
        """End what is open before a mark that opens anew: behind the last sentence there, else at the mark."""
        while self._open:
            held = self._open.pop()
            stops = [m.end() for m in SENTENCE_END.finditer(self.text, held.inner, at)]
            end = stops[0] if stops else at
            self._keep(held, end, end, closed=False, sign=held.sign)

    def _pause(self, span: Span, upcoming: Upcoming) -> None:
        """At the end of a paragraph, keep open what goes on behind it and end the rest."""
        while self._open:
            held = self._open[-1]
            if len(self._open) == 1 and goes_on(held, upcoming):
                held.parts += bare(self.text, held.inner, span.end)
                return
            self._open.pop()
            self._keep(held, span.end, span.end, closed=False, sign=held.sign)


def bare(text: str, start: int, end: int) -> list[Span]:
    """The words between, without blanks at the edges: one span, or none."""
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return [Span(start + left, start + right)] if left < right else []


def closes_anyway(held: Open, mark: QuoteMark) -> bool:
    """Whether a mark that looks like an opening one was set for a closing one ("foo “ he said)."""
    return mark.hanging and mark.start > held.inner


def opens_inner(marks: Sequence[QuoteMark], number: int) -> bool:
    """Whether a mark met inside a quotation opens one within it: two closing marks then follow before another opens."""
    closing = 0
    for mark in marks[number + 1 : number + 4]:
        if mark.direction is Direction.OPENS:
            return False
        closing += 1
    return closing >= 2


def goes_on(held: Open, upcoming: Upcoming) -> bool:
    """Whether a quotation left open goes on in the next paragraph: it opens with a mark again, or the next mark closes."""
    if upcoming.span is None or held.paragraphs + upcoming.away > CARRIED:
        return False
    first = upcoming.marks[0]
    if first.start == upcoming.span.start and first.direction is not Direction.CLOSES:
        return upcoming.away == 1 and first.sign == held.sign
    return first.direction is Direction.CLOSES
