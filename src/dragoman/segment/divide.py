"""Where do the paragraphs, sentences, tokens and quotations of a document lie?"""

from __future__ import annotations

from dragoman.record.document import Document
from dragoman.record.segments import Segments


def divide(document: Document) -> Segments:
    """The segments of a document; boilerplate is divided into paragraphs of their own kind and not into sentences."""
    raise NotImplementedError
