"""What does one stretch of text that an attribution can stand in look like?

A block is a sentence, or several where a quotation runs over their ends or follows a colon in a paragraph of its own. Its items are tokens, and each outer quotation
is one item, so that "said" and the quotation it introduces are neighbours however long the quotation is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from dragoman.record.segments import Quotation, Segments
from dragoman.record.span import Span


class Quoted(NamedTuple):
    """A whole quotation with its marks, as one item."""

    start: int
    end: int
    quotation: Quotation


Item = Span | Quoted


class Block(NamedTuple):
    """Items in order of the text, the paragraph that the block begins in, and its tokens as ``tokens[first:last]``."""

    items: list[Item]
    paragraph: int
    span: Span
    first: int
    last: int
    quotations: list[Quoted]


def blocks_of(text: str, segments: Segments) -> list[Block]:
    """The blocks of a text in order; together they hold every token once, alone or in its quotation."""
    quotations = [q for q in segments.quotations if q.depth == 0]
    found: list[Block] = []
    at = 0  # the first quotation that does not lie wholly before the sentence
    for sentence in segments.sentences:
        while at < len(quotations) and quotations[at].outer.end <= sentence.span.start:
            at += 1
        tokens = segments.tokens[sentence.first : sentence.last]
        open_before = at < len(quotations) and quotations[at].outer.start < sentence.span.start
        free = at >= len(quotations) or quotations[at].outer.start >= sentence.span.end
        items: list[Item] = [*tokens] if free else items_of(tokens, quotations, at)
        quoted = [] if free else [item for item in items if isinstance(item, Quoted)]
        if found and (open_before or introduced(text, found[-1], items)):
            held = found[-1]
            end = max(held.span.end, sentence.span.end)
            items = [*held.items, *items]
            quoted = [*held.quotations, *quoted]
            found[-1] = Block(items, held.paragraph, Span(held.span.start, end), held.first, sentence.last, quoted)
        elif items:
            found.append(Block(items, sentence.paragraph, sentence.span, sentence.first, sentence.last, quoted))
    return found


def introduced(text: str, before: Block, items: Sequence[Item]) -> bool:
    """Whether a sentence opens with a quotation that the block before announces with a colon: "She said:"."""
    return bool(items) and isinstance(items[0], Quoted) and text[before.items[-1].start] == ":"


def items_of(tokens: Sequence[Span], quotations: Sequence[Quotation], at: int) -> list[Item]:
    """The items that begin in one sentence; ``at`` is the first quotation that can touch it."""
    found: list[Item] = []
    place = 0
    while place < len(tokens):
        held = quotations[at] if at < len(quotations) else None
        if held is None or held.outer.start >= tokens[-1].end:
            return [*found, *tokens[place:]]
        opening = bisect_right(tokens, held.outer.start, place, key=end_of)
        found += tokens[place:opening]
        if opening < len(tokens) and tokens[opening].start <= held.outer.start:
            found.append(Quoted(held.outer.start, held.outer.end, held))
        place = bisect_left(tokens, held.outer.end, opening, key=start_of)
        at += 1
    return found


start_of = attrgetter("start")
end_of = attrgetter("end")
