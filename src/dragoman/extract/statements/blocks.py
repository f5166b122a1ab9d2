"""What does one stretch of text that an attribution can stand in look like?

A block is a sentence, or several where a quotation runs over their ends or follows a colon in a paragraph of its own. Its items are tokens, and each outer quotation
is one item, so that "said" and the quotation it introduces are neighbours however long the quotation is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.record.segments import Quotation, Segments
from dragoman.record.span import Span


class Item(NamedTuple):
    """A token, or a whole quotation with its marks."""

    start: int
    end: int
    quotation: Quotation | None = None


class Block(NamedTuple):
    """Items in order of the text, and the number of the paragraph that the block begins in."""

    items: list[Item]
    paragraph: int
    span: Span


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
        items = list(items_of(tokens, quotations, at))
        if found and (open_before or introduced(text, found[-1], items)):
            last = found[-1]
            found[-1] = Block(
                [*last.items, *items], last.paragraph, Span(last.span.start, max(last.span.end, sentence.span.end))
            )
        elif items:
            found.append(Block(items, sentence.paragraph, sentence.span))
    return found


def introduced(text: str, before: Block, items: Sequence[Item]) -> bool:
    """Whether a sentence opens with a quotation that the block before announces with a colon: "She said:"."""
    return bool(items) and items[0].quotation is not None and text[before.items[-1].start] == ":"


def items_of(tokens: Sequence[Span], quotations: Sequence[Quotation], at: int) -> Iterator[Item]:
    """The items that begin in one sentence; ``at`` is the first quotation that can touch it."""
    for token in tokens:
        while at < len(quotations) and quotations[at].outer.end <= token.start:
            at += 1
        held = quotations[at] if at < len(quotations) else None
        if held is None or token.end <= held.outer.start:
            yield Item(token.start, token.end)
        elif token.start <= held.outer.start:
            yield Item(held.outer.start, held.outer.end, held)
