"""Where in a text does something stand?"""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Character offsets into a document's stored text, start included, end excluded.

    Spans, like marks and segments, hold no cycle, and a document has thousands: the collector need not watch them.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span: the evidence."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def hull(*spans: Span) -> Span:
    """The smallest span that covers all of the given ones."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))
