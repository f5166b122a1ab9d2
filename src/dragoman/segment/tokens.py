"""Where do the words, numbers and signs of a text stand?

One token is a word ("India", "O'Brien"), an abbreviation with its stops ("U.S.", "a.m.", "Gen.", the "D." of a name),
a number with its inner commas and point ("10,000", "45.7"), an ordinal ("21st"), a handle ("@StateDept"), an address of
the web, or a single sign. Compounds are split at the hyphen ("U.S.-India" is three tokens) and the possessive stands
alone, so that a mark can begin and end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import sub

from dragoman.record.span import Span
from dragoman.segment.abbreviations import DOTTED, TITLES

STOPPED = "|".join(sorted((re.escape(word) for word in TITLES | DOTTED if "." not in word), key=len, reverse=True))
# Plain words come first: they are most of any text, and the rest need not be tried on them.
TOKEN = re.compile(
    rf"""\s*+(?:
      [A-Za-z][a-z]++(?=[ ,])
    | [^\W\d_](?:
          (?<=h)ttps?://[^\s<>"“”]+
        | \.(?:[^\W\d_]\.){{1,7}}              # U.S. a.m. U.N.
        | (?<=[A-HJ-Z])\.(?=\s[^\W\d_])       # John D. Doe
      )
    | (?=\w{{1,6}}\.)\b(?:{STOPPED})\.        # Mr. Gen. Inc.
    | [^\W\d]\w*(?:['’](?!s\b)[^\W\d_]+){{0,3}}    # word, O'Brien, don't
    | \d+(?:st|nd|rd|th|s)\b                # 21st 1990s
    | \d+(?:[.,]\d+){{0,8}}                   # 45.7 10,000
    | ['’]s\b                               # India's
    | @\w+
    | \.\.\.+ | --+ | `` | ''
    | \w+
    | \S
    )""",
    re.VERBOSE,
)


class Tokens:
    """The tokens of a document: ``spans``, ``words`` and ``starts`` run side by side."""

    __slots__ = ("spans", "starts", "words")

    def __init__(self, spans: Sequence[Span], words: list[str], starts: list[int]) -> None:
        self.spans = spans
        self.words = words
        self.starts = starts


def tokens_at(text: str, spans: Sequence[Span]) -> Tokens:
    """The tokens that stand at spans which were found before."""
    return Tokens(spans, [text[span.start : span.end] for span in spans], [span.start for span in spans])


def tokens_of(text: str, stretches: Iterable[tuple[int, int]]) -> tuple[Tokens, list[int]]:
    """The tokens of stretches of a text, in order, and the number of the first token behind each stretch."""
    # Pieces of blanks and a token leave no gap, so that their lengths tell where each lies: no match object is made.
    pieces: list[str] = []
    bounds: list[int] = []
    skipped: list[tuple[int, int]] = []
    behind = 0
    for start, end in stretches:
        skipped.append((len(pieces), start - behind))
        pieces += TOKEN.findall(text, start, end)
        bounds.append(len(pieces))
        behind = end
    widths = list(map(len, pieces))
    for number, letters in skipped:
        widths[number] += letters
    ends = list(accumulate(widths))
    words = list(map(str.lstrip, pieces))
    starts = list(map(sub, ends, map(len, words)))
    return Tokens(tuple(map(Span, starts, ends)), words, starts), bounds
