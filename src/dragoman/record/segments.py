"""How is a text divided?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.span import Span


class ParagraphKind(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    HEADING = "heading"
    SPEAKER = "speaker"  # a turn of a transcript, opened by a label
    BOILERPLATE = "boilerplate"


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A block of text; ``label`` is the span of a transcript's speaker label."""

    span: Span
    kind: ParagraphKind = ParagraphKind.BODY
    label: Span | None = None

    @property
    def words(self) -> Span:
        """The paragraph without its speaker's label and the colon behind it."""
        return Span(min(self.label.end + 1, self.span.end), self.span.end) if self.label else self.span


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence, the number of its paragraph, and its tokens as ``tokens[first:last]`` of the segmentation."""

    span: Span
    paragraph: int
    first: int
    last: int


class Quotation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Words set between marks.

    ``parts`` are the quoted words without their marks, one part a paragraph when the quotation runs over several.
    ``depth`` is 0 for an outer quotation. ``closed`` is False when the closing mark is missing and the end was
    inferred. ``style`` names the marks: curly, straight, single, guillemets, mixed, block (set off without marks).
    """

    parts: tuple[Span, ...]
    outer: Span
    depth: int = 0
    closed: bool = True
    style: str = "curly"
    rule: str = ""


class Segments(msgspec.Struct, frozen=True):
    """A document's paragraphs, sentences, tokens and quotations, each in order of start."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
