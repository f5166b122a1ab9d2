"""Through which channel did words reach the public, and through whose hands?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dragoman.lexicon.load import Hit, Lexicon
from dragoman.record.marks import OrganisationMark
from dragoman.record.mentions import Relay
from dragoman.record.span import Span

# The lexicon's finer names, as the book calls them.
NAMES = {
    "news conference": "press briefing",
    "statement": "statement",
    "readout": "readout",
    "press release": "readout",
}
REACH = 60  # letters from a cue within which a channel belongs to it
WEAK = frozenset({"telephone", "website", "state media", "speech"})
PASSED_ON = re.compile(
    r"(?:\b(?:told|tells|telling|quoted by|cited by|reported by|according to|interview with|citing|quoting|asked by|"
    r"informed|speaking to|spoke to|in comments to|in remarks to|carried by|published by|as reported by|(?:seen|obtained|reviewed|viewed) by)"
    r"(?:\s+(?:the|news agency|state news agency|newspaper|daily|broadcaster|reporters from|an?))*\s+)\Z",
    re.IGNORECASE,
)
SEEN = re.compile(r"(?:seen|obtained|reviewed|viewed) by (?:the )?\Z")
SPEAKING = re.compile(
    r"[Ss](?<!\w\w)peak(?:s|ing) (?:next to|alongside|beside|to (?:the )?(?:reporters|journalists|press|media)"
    r"|at a (?:joint )?\w+ conference)"
)
REPORTED = re.compile(r"\A[”\"]?,?\s+(?:reported|reports|quoted|cited|wrote|writes)\b", re.IGNORECASE)


class Channels:
    """The channels that a document's sentences name, and the outlets that passed words on."""

    def __init__(self, text: str, lexicon: Lexicon, outlets: Sequence[OrganisationMark]) -> None:
        self._text = text
        self._hits: list[Hit] = [hit for hit in lexicon.hits(text) if hit.kind == "channel"]
        self._starts = [hit.span.start for hit in self._hits]
        self._seen = 0
        self._told = sorted(
            [
                *((hit.span, NAMES.get(hit.key, hit.key)) for hit in self._hits if hit.key not in WEAK),
                *((Span(*match.span()), "press briefing") for match in SPEAKING.finditer(text)),
            ]
        )
        self._joint = next((span.start for span, channel in self._told if channel == "joint statement"), None)
        self._outlets = outlets
        self._outlet_starts = [mark.span.start for mark in outlets]

    def channel(self, sentence: Span, content: Sequence[Span], cue: Span | None) -> str | None:
        """The channel named in a sentence outside the reported words; of several the nearest to the cue."""
        first = bisect_left(self._starts, sentence.start)
        last = bisect_left(self._starts, sentence.end)
        free = [hit for hit in self._hits[first:last] if not any(s.overlaps(hit.span) for s in content)]
        strong = [hit for hit in free if hit.key not in WEAK] or free
        if not strong:
            return None
        at = cue.start if cue else sentence.start
        nearest = min(strong, key=lambda hit: (abs(hit.span.start - at), hit.span))
        return NAMES.get(nearest.key, nearest.key)

    def without_channel(self, content: Sequence[Span], cue: Span | None) -> tuple[Span, ...]:
        """The content without the name of a channel that follows the cue: "wrote on Truth Social" says no words."""
        kept: list[Span] = []
        for span in content:
            place = bisect_left(self._starts, span.start + 1)
            near = [
                h.span for h in self._hits[max(0, place - 2) : place + 1] if cue and 0 <= h.span.end - cue.start < REACH
            ]
            start = max((h.end for h in near if h.start <= span.start < h.end), default=span.start)
            while start < span.end and (self._text[start].isspace() or self._text[start] in ":,"):
                start += 1
            if start < span.end:
                kept.append(Span(start, span.end))
        return tuple(kept) or tuple(content)

    def named_until(self, until: int) -> list[tuple[Span, str]]:
        """The channels named up to a place that no earlier call has given."""
        found: list[tuple[Span, str]] = []
        while self._seen < len(self._told) and self._told[self._seen][0].start < until:
            found.append(self._told[self._seen])
            self._seen += 1
        return found

    def kind_of_text(self, until: int) -> str:
        """What "the statement" is: a joint statement where the text has spoken of one."""
        return "joint statement" if self._joint is not None and self._joint < until else "readout"

    def relay(self, sentence: Span, content: Sequence[Span], source: Span | None) -> tuple[Relay, ...]:
        """The outlets named in a sentence as the ones to whom or by whom the words were passed on."""
        first = bisect_left(self._outlet_starts, sentence.start)
        last = bisect_left(self._outlet_starts, sentence.end)
        return tuple(
            Relay(name=mark.name, kind="outlet", span=mark.span)
            for mark in self._outlets[first:last]
            if not any(s.overlaps(mark.span) for s in content)
            and (
                not (source and source.overlaps(mark.span))
                or SEEN.search(self._text, mark.span.start - 20, mark.span.start)
            )
            and self._passes_on(mark)
        )

    def _passes_on(self, mark: OrganisationMark) -> bool:
        before = self._text[max(0, mark.span.start - 60) : mark.span.start]
        behind = self._text[mark.span.end : mark.span.end + 20]
        return bool(PASSED_ON.search(before) or REPORTED.match(behind))
