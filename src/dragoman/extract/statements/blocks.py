"""What does one stretch of text that an attribution can stand in look like?

A block is a sentence, or several where a quotation runs over their ends or follows a colon in a paragraph of its own. Its items are tokens, and each outer quotation
is one item, so that "said" and the quotation it introduces are neighbours however long the quotation is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        items: list[Item] = [*tokens] if free else [*items_of(tokens, quotations, at)]
        if found and (open_before or introduced(text, found[-1], items)):
            held = found[-1]
            end = max(held.span.end, sentence.span.end)
            items = [*held.items, *items]
            found[-1] = Block(items, held.paragraph, Span(held.span.start, end), held.first, sentence.last)
        elif items:
            found.append(Block(items, sentence.paragraph, sentence.span, sentence.first, sentence.last))
    return found


def introduced(text: str, before: Block, items: Sequence[Item]) -> bool:
    """Whether a sentence opens with a quotation that the block before announces with a colon: "She said:"."""
    return bool(items) and isinstance(items[0], Quoted) and text[before.items[-1].start] == ":"


def items_of(tokens: Sequence[Span], quotations: Sequence[Quotation], at: int) -> Iterator[Item]:
    """The items that begin in one sentence; ``at`` is the first quotation that can touch it."""
    for token in tokens:
        while at < len(quotations) and quotations[at].outer.end <= token.start:
            at += 1
        held = quotations[at] if at < len(quotations) else None
        if held is None or token.end <= held.outer.start:
            yield token
        elif token.start <= held.outer.start:
            yield Quoted(held.outer.start, held.outer.end, held)
