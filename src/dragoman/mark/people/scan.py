"""Where in a text do words stand that may name a person?

One pass of one regular expression finds capitalised words, initials, handles, pronouns and the nouns of offices; all
later work looks at these words only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, islice
from operator import add

import msgspec

from dragoman.lexicon.expressions import trie
from dragoman.mark.people.vocabulary import (
    CAPITALS,
    COMMON,
    GIVEN,
    HANDLE,
    INITIAL,
    MARKED,
    MODIFIER,
    PRONOUNS,
    vocabulary,
)
from dragoman.record.marks import AnyMark, OrganisationMark, PartyMark, PlaceMark
from dragoman.record.span import Span

NamingMark = PartyMark | PlaceMark | OrganisationMark
NAMING = (PartyMark, PlaceMark, OrganisationMark)
BLANKS = " \u00a0\u202f"
DOTTED = "St Ft Mt Mr Mrs Ms Dr Prof Gen Sen Sens Rep Reps Gov Lt Col Capt Adm Amb Maj Brig Sgt Pres Rev Fr Jr Sr Hon Smt Corp Inc Ltd"


@lru_cache(maxsize=1)
def upper_letters() -> str:
    """All capital letters of Latin script, for a character class."""
    return "".join(c for c in map(chr, range(0x41, 0x1F00)) if unicodedata.category(c) == "Lu" and _latin(c))


def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


@lru_cache(maxsize=1)
def capital_pattern() -> re.Pattern[str]:
    """Matches a capitalised word, initials, an abbreviated title or a handle.

    The set of first letters stands in front, so that the engine skips to them.
    """
    up = upper_letters()
    dotted = "|".join(f"(?<={word[0]}){word[1:]}" for word in DOTTED.split())
    return re.compile(
        rf"([@{up}](?<!\w\w)(?:(?<=@)\w+|(?:{dotted})\.(?!\w)|\.-?(?:[{up}]\.-?)*(?!\w\w)|\w*(?:(?:-|['’](?!s\b))\w+)*))"
    )


@lru_cache(maxsize=1)
def small_pattern() -> re.Pattern[str]:
    """Matches a noun of office, a pronoun, or a name with a small particle (al-Assad), behind its delimiter."""
    up = upper_letters()
    words = trie(set(vocabulary().singular) | set(PRONOUNS) - {"i"})
    return re.compile(
        rf"([\s“\"(‘'—–/-])({words}(?![\w-])|(?:al|el|an|ad|ar|as|at|az|ash|ul)-[{up}]\w*(?:-\w+)*|[dlo]['’][{up}]\w*)"
    )


class Words:
    """The words of a text that matter here, in order: ``starts``, ``ends``, ``texts`` and ``kinds`` run side by side.

    ``gaps[i]`` is what stands between word i-1 and word i; a long one is shown as a line break.
    """

    __slots__ = ("ends", "gaps", "kinds", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        placed = {**placed_words(capital_pattern(), text), **placed_words(small_pattern(), text)}
        self.starts = sorted(placed)
        self.texts = list(map(placed.__getitem__, self.starts))
        self.ends = list(map(add, self.starts, map(len, self.texts)))
        self.kinds = list(map(kinds_of_words().__getitem__, self.texts))
        between = zip(self.ends, self.starts[1:], strict=False)
        self.gaps = ["\n", *[text[end:start] if start - end < GAP else "\n" for end, start in between]]


GAP = 14


def placed_words(pattern: re.Pattern[str], text: str) -> dict[int, str]:
    """The words that the last group of a pattern finds, by where they start; its groups are all that it matches."""
    # What lies between the words, and the words, in turn: their lengths tell where each begins.
    pieces = pattern.split(text)
    step = pattern.groups + 1
    starts = islice(accumulate(map(len, pieces)), step - 2, None, step)
    return dict(zip(starts, pieces[step - 1 :: step], strict=False))


class KnownKinds(dict[str, int]):
    """The kinds of the words of the tables; those of other words are worked out."""

    def __missing__(self, word: str) -> int:
        return kind_of(word)


@lru_cache(maxsize=1)
def kinds_of_words() -> KnownKinds:
    """What every word can be."""
    return KnownKinds(vocabulary().kinds)


@lru_cache(maxsize=32768)
def kind_of(word: str) -> int:
    """What a word that no table holds can be."""
    known = vocabulary().kinds
    if word[0] == "@":
        return HANDLE
    if word[-1] == ".":
        return INITIAL
    kind = 0
    if len(word) == 1:
        kind = INITIAL
    elif word.isupper():
        kind = CAPITALS
    elif "-" in word:
        head, _, rest = word.partition("-")
        kind = known.get(head, 0) & GIVEN
        if known.get(head, 0) & COMMON and known.get(rest, 0) & (COMMON | MODIFIER):
            kind = COMMON
    return kind


class Places:
    """The marks that other rooms made of names: by where they start and by where they end."""

    __slots__ = ("by_end", "by_start", "inside")

    def __init__(self, words: Words, marks: Iterable[AnyMark]) -> None:
        self.by_start: dict[int, NamingMark] = {}
        self.by_end: dict[int, NamingMark] = {}
        for mark in marks:
            if isinstance(mark, NAMING):
                if isinstance(mark, OrganisationMark):
                    mark = before_office(mark, words.text)
                span = mark.span
                _keep(self.by_start, span.start, span, mark)
                _keep(self.by_end, span.end, span, mark)
        self.inside = self._cover(words)

    def _cover(self, words: Words) -> dict[int, NamingMark]:
        """By number of word: the mark that covers it; the word's kind says so too."""
        found: dict[int, NamingMark] = {}
        held: NamingMark | None = None
        past = -1
        starting = self.by_start.get
        for number, start in enumerate(words.starts):
            here = starting(start)
            if here is not None and here.span.end > past:
                held, past = here, here.span.end
            if held is not None and past >= words.ends[number]:
                found[number] = held
                words.kinds[number] |= MARKED
        return found


OFFICE_INSIDE = re.compile(
    r" (?:Secretary|Minister|President|Director|Spokes\w+|Ambassador|Commissioner|Representative|Envoy|Chief)\b"
)


def before_office(mark: OrganisationMark, text: str) -> OrganisationMark:
    """A body's mark without an office and its holder at the end: "Department of Trade Secretary Ann Lee"."""
    match = OFFICE_INSIDE.search(text, mark.span.start, mark.span.end)
    return msgspec.structs.replace(mark, span=Span(mark.span.start, match.start())) if match else mark


def _keep(table: dict[int, NamingMark], at: int, span: Span, mark: NamingMark) -> None:
    held = table.setdefault(at, mark)
    if held is not mark:
        longer = (span.end - span.start) - (held.span.end - held.span.start)
        if longer > 0 or (longer == 0 and isinstance(mark, PartyMark)):
            table[at] = mark
