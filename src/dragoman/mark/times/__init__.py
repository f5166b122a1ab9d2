"""Which days does a text speak of?"""

from __future__ import annotations

from dragoman.grammar.trace import Trace
from dragoman.record.document import Document
from dragoman.record.marks import TimeMark
from dragoman.record.segments import Segments


def mark_times(document: Document, segments: Segments, trace: Trace) -> list[TimeMark]:
    """Every time expression, resolved."""
    del document, segments, trace
    return []
