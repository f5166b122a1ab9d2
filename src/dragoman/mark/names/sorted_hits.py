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
TITLES: Final = ("office", "office_head", "body_head", "mechanism_head")


class SortedHits:
    """Hits by kind, each in order, with the places where names begin and end."""

    def __init__(self, hits: Sequence[Hit], size: int) -> None:
        self._by_kind: dict[str, list[Hit]] = {}
        for hit in hits:
            self._by_kind.setdefault(hit.kind, []).append(hit)
        self._size = size
        self._starts: dict[str, list[int]] = {}
        self._masks: dict[tuple[str, ...], bytearray] = {}
        self.name_ends = frozenset(hit.span.end for kind in NAMES for hit in self.of(kind))
        self.country_starts = self.starts_of("party", "place")
        self.known_starts = self.starts_of(*NAMES, *TITLES)

    def of(self, kind: str) -> list[Hit]:
        """The hits of a kind."""
        return self._by_kind.get(kind, [])

    def mask(self, *kinds: str) -> bytearray:
        """One byte a character of the text: 1 where a hit of one of the kinds stands."""
        held = self._masks.get(kinds)
        if held is None:
            held = self._masks[kinds] = bytearray(self._size + 1)
            for kind in kinds:
                for hit in self.of(kind):
                    held[hit.span.start : hit.span.end] = b"\x01" * (hit.span.end - hit.span.start)
        return held

    def around(self, span: Span, kind: str) -> list[Hit]:
        """The hit of a kind that covers a span or lies exactly on it, if there is one."""
        if not self.mask(kind)[span.start]:
            return []
        held = self.of(kind)
        if kind not in self._starts:
            self._starts[kind] = [hit.span.start for hit in held]
        at = bisect_right(self._starts[kind], span.start) - 1
        return [held[at]] if at >= 0 and held[at].span.end >= span.end else []

    def longer(self, span: Span, kinds: tuple[str, ...]) -> bool:
        """Whether a hit of one of the kinds covers the span and more."""
        if not self.mask(*kinds)[span.start]:
            return False
        return any(hit.span != span for kind in kinds for hit in self.around(span, kind))

    def starts_of(self, *kinds: str) -> frozenset[int]:
        """Where hits of the kinds begin."""
        return frozenset(hit.span.start for kind in kinds for hit in self.of(kind))


def sorted_hits(document: Document, lexicon: Lexicon) -> SortedHits:
    """The hits of a document that stand outside boilerplate."""
    hits = lexicon.hits(document.text)
    if document.boilerplate:
        spans = sorted(part.span for part in document.boilerplate)
        begins = [span.start for span in spans]
        hits = [hit for hit in hits if not within(hit.span, spans, begins)]
    return SortedHits(hits, len(document.text))


def within(span: Span, spans: Sequence[Span], begins: Sequence[int]) -> bool:
    """Whether a span begins inside one of the spans, which are in order and start at ``begins``."""
    at = bisect_right(begins, span.start) - 1
    return at >= 0 and span.start < spans[at].end
