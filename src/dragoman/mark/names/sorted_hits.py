"""The lexicon's hits in a document, by kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from dragoman.lexicon.entries import Hit
from dragoman.lexicon.load import Lexicon
from dragoman.record.document import Document
from dragoman.record.span import Span

NAMES: Final = ("party", "place", "organisation", "mechanism")
TITLES: Final = ("office", "office_head", "office_modifier", "portfolio", "body_head", "mechanism_head")


class SortedHits:
    """Hits by kind, each in order, with the places where names begin and end."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._by_kind: dict[str, list[Hit]] = {}
        for hit in hits:
            self._by_kind.setdefault(hit.kind, []).append(hit)
        self.name_ends = frozenset(hit.span.end for kind in NAMES for hit in self.of(kind))
        self.known_starts = frozenset(hit.span.start for kind in (*NAMES, *TITLES) for hit in self.of(kind))

        self._starts: dict[str, list[int]] = {}

    def around(self, span: Span, kind: str) -> list[Hit]:
        """The hits of a kind that cover a span or lie exactly on it."""
        held = self.of(kind)
        if not held:
            return []
        if kind not in self._starts:
            self._starts[kind] = [hit.span.start for hit in held]
        at = bisect_right(self._starts[kind], span.start) - 1
        return [held[at]] if at >= 0 and held[at].span.end >= span.end else []

    def starts_of(self, *kinds: str) -> frozenset[int]:
        """Where hits of the kinds begin."""
        return frozenset(hit.span.start for kind in kinds for hit in self.of(kind))

    def of(self, kind: str) -> list[Hit]:
        """The hits of a kind."""
        return self._by_kind.get(kind, [])


def sorted_hits(document: Document, lexicon: Lexicon) -> SortedHits:
    """The hits of a document that stand outside boilerplate."""
    hits = lexicon.hits(document.text)
    if document.boilerplate:
        spans = sorted(part.span for part in document.boilerplate)
        begins = [span.start for span in spans]
        hits = [hit for hit in hits if not within(hit.span, spans, begins)]
    return SortedHits(hits)


def within(span: Span, spans: Sequence[Span], begins: Sequence[int]) -> bool:
    """Whether a span begins inside one of the spans, which are in order and start at ``begins``."""
    at = bisect_right(begins, span.start) - 1
    return at >= 0 and span.start < spans[at].end
