"""What does a reader that is not Dragoman's find in a text? Spans under its own labels, kept apart from ours."""

from __future__ import annotations

import msgspec

from dragoman.record.span import Span


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """A span with the label that the annotator gave it, its values by name, and how sure it was, from 0 to 1 if it said."""

    span: Span
    label: str
    values: tuple[tuple[str, str], ...] = ()
    confidence: float | None = None


class Annotated(msgspec.Struct, frozen=True):
    """What an annotator made of one text; ``dropped`` counts what it said that stands nowhere in the text."""

    annotations: tuple[Annotation, ...] = ()
    dropped: int = 0


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """An annotator in a book: its name and version, the texts it has read, what it found there and what was dropped."""

    name: str
    version: str
    documents: int
    annotations: int
    dropped: int


class HeldAnnotation(msgspec.Struct, frozen=True):
    """An annotation of a document's current text, with who made it."""

    annotator: str
    version: str
    annotation: Annotation
