"""Where do the paragraphs, sentences, tokens and quotations of a document lie?"""

from __future__ import annotations

from itertools import starmap

from dragoman.record.document import Document
from dragoman.record.segments import ParagraphKind, Segments, Sentence
from dragoman.record.span import Span
from dragoman.segment.paragraphs import paragraphs_of
from dragoman.segment.quotations import quotations_of
from dragoman.segment.sentences import sentence_bounds
from dragoman.segment.tokens import Tokens, tokens_of


def divide(document: Document) -> Segments:
    """The segments of a document; boilerplate is divided into paragraphs of their own kind and not into sentences.

    Total on any text, linear in its length. The label of a speaker's turn is no part of a sentence.
    """
    return divided(document)[0]


def divided(document: Document) -> tuple[Segments, Tokens]:
    """The segments of a document, and its tokens with their words for the steps that follow."""
    text = document.text
    paragraphs = paragraphs_of(document)
    stretches: list[tuple[int, int]] = []
    within: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        start = paragraph.words.start
        stretches += sentence_bounds(text, start, paragraph.span.end)
        within += [number] * (len(stretches) - len(within))
    tokens, bounds = tokens_of(text, stretches)
    spans = starmap(Span, stretches)
    sentences = tuple(map(Sentence, spans, within, [0, *bounds], bounds))
    quotations = tuple(quotations_of(text, paragraphs))
    return Segments(tuple(paragraphs), sentences, tuple(tokens.spans), quotations), tokens
