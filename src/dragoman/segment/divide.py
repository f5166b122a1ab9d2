"""Where do the paragraphs, sentences, tokens and quotations of a document lie?"""

from __future__ import annotations

from itertools import starmap

from dragoman.record.document import Document
from dragoman.record.segments import Paragraph, ParagraphKind, Segments, Sentence
from dragoman.record.span import Span
from dragoman.segment.paragraphs import paragraphs_of
from dragoman.segment.quotations import quotations_of
from dragoman.segment.sentences import sentence_bounds
from dragoman.segment.tokens import Tokens, tokens_of


def outline(document: Document) -> Segments:
    """The paragraphs and sentences alone, for who asks only for times and amounts: they cut their own words."""
    paragraphs, stretches, within = bounds_of(document)
    spans = starmap(Span, stretches)
    return Segments(
        tuple(paragraphs),
        tuple(Sentence(span, number, 0, 0) for span, number in zip(spans, within, strict=True)),
        (),
        (),
    )


def divide(document: Document) -> Segments:
    """The segments of a document; boilerplate is divided into paragraphs of their own kind and not into sentences.

    Total on any text, linear in its length. The label of a speaker's turn is no part of a sentence.
    """
    return divided(document)[0]


def divided(document: Document) -> tuple[Segments, Tokens]:
    """The segments of a document, and its tokens with their words for the steps that follow."""
    text = document.text
    paragraphs, stretches, within = bounds_of(document)
    tokens, bounds = tokens_of(text, stretches)
    spans = starmap(Span, stretches)
    sentences = tuple(map(Sentence, spans, within, [0, *bounds], bounds))
    quotations = tuple(quotations_of(text, paragraphs))
    return Segments(tuple(paragraphs), sentences, tuple(tokens.spans), quotations), tokens


def bounds_of(document: Document) -> tuple[list[Paragraph], list[tuple[int, int]], list[int]]:
    """The paragraphs, the bounds of their sentences, and of each sentence the number of its paragraph."""
    paragraphs = paragraphs_of(document)
    stretches: list[tuple[int, int]] = []
    within: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        stretches += sentence_bounds(document.text, paragraph.words.start, paragraph.span.end)
        within += [number] * (len(stretches) - len(within))
    return paragraphs, stretches, within
