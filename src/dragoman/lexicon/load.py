"""Which names and phrases does the program know, and where do they stand in a text?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

import ahocorasick_rs as automaton

from dragoman.lexicon import phrases
from dragoman.lexicon.entries import Hit
from dragoman.lexicon.phrases import Spelling
from dragoman.record.span import Span

__all__ = ["Hit", "Lexicon", "load_lexicon"]

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Signs that are written in several ways and are the same to the lexicon.
PLAIN = (("’", "'"), ("‘", "'"), ("\u00a0", " "), ("\u2011", "-"), ("\u2010", "-"), ("–", "-"), ("−", "-"))


class Lexicon:
    """All vocabulary, loaded and checked once per process.

    Entries are found by the key of a hit: ``parties`` by code, ``places``, ``organisations``, ``mechanisms`` and
    ``offices`` by name, ``heads`` by noun, ``cues`` by lemma and part of speech ("meet/verb").
    """

    def __init__(self) -> None:
        self.parties, party_spellings, capitals = phrases.parties()
        self.places, place_spellings = phrases.places({spelling.text for spelling in party_spellings})
        self.places.update({name: place for name, place in capitals.items() if name not in self.places})
        self.organisations, organisation_spellings = phrases.organisations()
        self.heads, self.offices, office_spellings = phrases.offices()
        self.cues, cue_spellings = phrases.cues()
        self.mechanisms, mechanism_spellings = phrases.mechanisms()
        self._spellings = by_text(
            party_spellings,
            phrases.combining_forms(),
            place_spellings,
            organisation_spellings,
            office_spellings,
            cue_spellings,
            mechanism_spellings,
            phrases.topics(),
            phrases.channels(),
            phrases.groups(),
            phrases.body_heads(),
            phrases.decoys(),
        )
        self._entries = tuple(
            tuple((s.case, s.kind, s.key, s.strong, s.form, s.text) for s in held) for held in self._spellings.values()
        )
        self._automaton = automaton.AhoCorasick(
            list(self._spellings),
            # Built in .03 s and read at 16 MB/s; the DFA takes .2 s and reads at 14.
            implementation=automaton.Implementation.ContiguousNFA,
            store_patterns=False,
        )
        self._last: tuple[str, list[Hit]] = ("", [])

    def spellings(self, *kinds: str) -> Iterator[Spelling]:
        """Every spelling of entries of some kinds ("party", "office", ...)."""
        return (spelling for held in self._spellings.values() for spelling in held if spelling.kind in kinds)

    def hits(self, text: str) -> list[Hit]:
        """Every phrase of the lexicon in the text, in order, from one pass of the automaton.

        Of phrases of one kind that overlap, the longer stays. The list is kept for the next call with the same text.
        """
        if self._last[0] is not text:
            self._last = (text, self._longest(text))
        return self._last[1]

    def _found(self, plain: str) -> list[tuple[int, int, int]]:
        """(start, minus end, number of the pattern) for every pattern between word boundaries, in order."""
        size = len(plain)
        found = [
            (start, -end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True)
            if not (start and plain[start - 1].isalnum())
            and not (end < size and plain[end].isalnum() and plain[end - 1].isalnum())
        ]
        found.sort()
        return found

    def _longest(self, text: str) -> list[Hit]:
        plain = folded(text)
        offsets = offsets_of(text) if len(plain) != len(text) else None
        begun: dict[str, int] = {}
        ended: dict[str, int] = {}
        hits: list[Hit] = []
        for start, end, number in self._found(plain):
            span = None
            for case, kind, key, strong, form, exact in self._entries[number]:
                if start < ended.get(kind, 0) and (start != begun[kind] or -end != ended[kind]):
                    continue
                if span is None:
                    span = Span(offsets[start], offsets[-end]) if offsets else Span(start, -end)
                if case != "any" and not fits(text[span.start : span.end], case, exact):
                    continue
                begun[kind], ended[kind] = start, -end
                hits.append(Hit(span, kind, key, strong, form))
        return hits


def fits(words: str, case: str, exact: str) -> bool:
    """Whether the words of the text stand in the case that a spelling asks for."""
    if case == "capital":
        return words[0].isupper() or not words[0].isalpha()
    return words == exact


def folded(text: str) -> str:
    """The text as the lexicon compares it: case-folded, with plain apostrophes, hyphens and spaces."""
    plain = text.casefold()
    if not plain.isascii():
        for sign, usual in PLAIN:
            plain = plain.replace(sign, usual)
        plain = LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", plain)  # the automaton reads UTF-8
    return plain


def offsets_of(text: str) -> list[int]:
    """For every place in the folded text, the place in the text, where folding made characters longer."""
    offsets = list(chain.from_iterable([at] * len(character.casefold()) for at, character in enumerate(text)))
    return [*offsets, len(text)]


def by_text(*tables: Iterable[Spelling]) -> Mapping[str, tuple[Spelling, ...]]:
    """The spellings by their folded text, each entry once; an exact one gives way to one that holds in more cases."""
    held: dict[str, dict[tuple[str, ...], Spelling]] = {}
    for spelling in chain.from_iterable(tables):
        same = held.setdefault(folded(spelling.text), {})
        key = (spelling.kind, spelling.key, spelling.form)
        if spelling.case == "exact":
            if key not in same:
                same[*key, spelling.text] = spelling
        else:
            for known in [known for known in same if known[:3] == key and len(known) > len(key)]:
                del same[known]
            same.setdefault(key, spelling)
    return {text: tuple(found.values()) for text, found in held.items()}


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The shipped lexicon. Raises LexiconError naming the file and the entry."""
    return Lexicon()
