"""Where do the paragraphs, sentences, tokens and quotations of a document lie?"""

from __future__ import annotations

from dragoman.record.document import Document
from dragoman.record.segments import ParagraphKind, Segments, Sentence
from dragoman.record.span import Span
from dragoman.segment.paragraphs import paragraphs_of
from dragoman.segment.quotations import quotations_of
from dragoman.segment.sentences import sentence_bounds
from dragoman.segment.tokens import tokens_of


def divide(document: Document) -> Segments:
    """The segments of a document; boilerplate is divided into paragraphs of their own kind and not into sentences.

    Total on any text, linear in its length. The label of a speaker's turn is no part of a sentence.
    """
    text = document.text
    paragraphs = paragraphs_of(document)
    sentences: list[Sentence] = []
    tokens: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        start = paragraph.label.end + 1 if paragraph.label else paragraph.span.start
        for begin, end in sentence_bounds(text, start, paragraph.span.end):
            first = len(tokens)
            tokens += tokens_of(text, begin, end)
            sentences.append(Sentence(Span(begin, end), number, first, len(tokens)))
    return Segments(tuple(paragraphs), tuple(sentences), tuple(tokens), tuple(quotations_of(text, paragraphs)))
