"""Which parties, places, organisations, mechanisms, topics and cues does a text name?"""

from __future__ import annotations

from dragoman.lexicon.load import Lexicon
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark
from dragoman.record.segments import Segments


def mark_names(document: Document, segments: Segments, lexicon: Lexicon) -> list[AnyMark]:
    """Marks for every lexicon phrase, ambiguous ones settled by their surroundings."""
    del document, segments, lexicon
    return []
