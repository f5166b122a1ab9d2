"""Which runs of words do several texts share, each as long as it can be?

Runs of four words that stand in two places are found by counting; the places where such runs begin are sorted by the
words that follow, so that equal wording lies side by side, and every stretch that cannot grow without losing a place is
a phrase (the maximal repeats of the texts). Time and memory grow with the words, times the logarithm of the repeats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
RUN = 4  # the fewest words of a phrase
LONGEST = 24  # words after which a repeat is cut: longer ones are whole sentences printed twice


class Place(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Where a phrase begins: the number of the text, and of the word in it."""

    text: int
    word: int


class Phrase(msgspec.Struct, frozen=True):
    """Words that stand at several places; ``words`` are folded."""

    words: tuple[str, ...]
    places: tuple[Place, ...]


class Words(msgspec.Struct, frozen=True):
    """A text as words: folded, and with their offsets."""

    text: str
    folded: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]

    def wording(self, first: int, last: int) -> str:
        """The exact characters from one word up to before another, on one line."""
        return " ".join(self.text[self.offsets[first][0] : self.offsets[last - 1][1]].split())


def words_of(text: str) -> Words:
    """The words of a text; kinds of apostrophe and case do not count."""
    found = list(WORD.finditer(text))
    folded = tuple(match.group().casefold().replace("’", "'") for match in found)
    return Words(text, folded, tuple(match.span() for match in found))


def repeated_phrases(texts: Sequence[Words]) -> Iterator[Phrase]:
    """Every run of at least four words that stands at two places or more and cannot grow without losing one."""
    counts = run_counts(texts)
    ends = [repeated_until(text.folded, counts) for text in texts]
    starts = [(tuple(texts[t].folded[w : min(end, w + LONGEST)]), Place(t, w)) for t, w, end in reaching(ends)]
    starts.sort()
    open_: list[tuple[int, int]] = []  # (words, first row) of the stretches that the row before continues
    for row in range(1, len(starts) + 1):
        shared = in_common(starts[row - 1][0], starts[row][0]) if row < len(starts) else 0
        first = row - 1
        while open_ and open_[-1][0] > shared:
            size, first = open_.pop()
            phrase = Phrase(starts[first][0][:size], tuple(sorted(place for _, place in starts[first:row])))
            if grows_left_differently(phrase, texts):
                yield phrase
        if shared >= RUN and (not open_ or open_[-1][0] < shared):
            open_.append((shared, first))


def run_counts(texts: Sequence[Words]) -> Counter[tuple[str, ...]]:
    """How often each run of four words stands in the texts."""
    return Counter(run for text in texts for run in runs_in(text.folded))


def runs_in(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All runs of four words."""
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def repeated_until(words: Sequence[str], counts: Counter[tuple[str, ...]]) -> list[int]:
    """For each word, where the repeated stretch that begins there ends; the word itself where none begins."""
    ends = list(range(len(words)))
    for at in range(len(words) - RUN, -1, -1):
        if counts[tuple(words[at : at + RUN])] > 1:
            ends[at] = ends[at + 1] if ends[at + 1] > at + 1 else at + RUN
    return ends


def reaching(ends: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """(text, word, end) of every place where a repeated stretch begins."""
    for number, places in enumerate(ends):
        for word, end in enumerate(places):
            if end > word:
                yield number, word, end


def in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two stretches begin with in common."""
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return size


def grows_left_differently(phrase: Phrase, texts: Sequence[Words]) -> bool:
    """Whether the words before the phrase differ from place to place, so that it cannot be longer."""
    before = {texts[place.text].folded[place.word - 1] if place.word else None for place in phrase.places}
    return len(before) > 1 or before == {None}
