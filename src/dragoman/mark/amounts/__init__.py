"""Which quantities does a text give?"""

from __future__ import annotations

from dragoman.grammar.trace import Trace
from dragoman.record.document import Document
from dragoman.record.marks import AmountMark
from dragoman.record.segments import Segments


def mark_amounts(document: Document, segments: Segments, trace: Trace) -> list[AmountMark]:
    """Every amount with its unit and bounds."""
    del document, segments, trace
    return []
