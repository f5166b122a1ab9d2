"""Which words of a sentence show what kind of event it tells?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.errors import LexiconError
from dragoman.extract.events.stems import stem

GAP = "~"
LONGEST_GAP = 5


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of one type."""

    type: str
    phrases: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of ``triggers.toml``."""

    classes: dict[str, str]
    modality: dict[str, tuple[str, ...]]
    trigger: tuple[Trigger, ...]


class Pattern(msgspec.Struct, frozen=True):
    """A phrase as rows of symbols; ``label`` is a type, or a modality in small letters."""

    label: str
    phrase: str
    symbols: tuple[str, ...]
    needs: frozenset[str]  # all symbols but gaps; a sentence without one of them is not looked at
    weight: int  # words that are not gaps: the longer phrase is the surer


class Hit(msgspec.Struct, frozen=True):
    """A phrase found at tokens ``first`` to ``last``, both included."""

    label: str
    phrase: str
    first: int
    last: int
    weight: int


class Vocabulary:
    """All phrases, by their first symbol."""

    def __init__(self, table: Table) -> None:
        self.classes: dict[str, tuple[str, ...]] = _classes(table.classes)
        self._starts: dict[str, list[Pattern]] = {}
        for pattern in _patterns(table):
            self._starts.setdefault(pattern.symbols[0], []).append(pattern)

    def hits(self, words: Sequence[str], stems: Sequence[str]) -> list[Hit]:
        """Every phrase that stands in a row of words, in order of its first word."""
        found: list[Hit] = []
        starts, classes = self._starts, self.classes
        present = self._present(words, stems)
        for place, name in enumerate(stems):
            for symbol in (name, *classes.get(name, ()), "=" + words[place]):
                for pattern in starts.get(symbol, ()):
                    if pattern.weight == 1:
                        found.append(Hit(pattern.label, pattern.phrase, place, place, 1))
                    elif pattern.needs <= present:
                        last = self._end(pattern.symbols, words, stems, place)
                        if last is not None:
                            found.append(Hit(pattern.label, pattern.phrase, place, last, pattern.weight))
        return found

    def _present(self, words: Sequence[str], stems: Sequence[str]) -> set[str]:
        """Every symbol that stands in a row of words."""
        present = set(stems)
        present.update("=" + word for word in words)
        for name in stems:
            present.update(self.classes.get(name, ()))
        return present

    def _end(self, symbols: Sequence[str], words: Sequence[str], stems: Sequence[str], place: int) -> int | None:
        """Where a phrase that begins at a place ends, or None when it does not stand there."""
        reach = 0
        for symbol in symbols[1:]:
            if symbol == GAP:
                reach = LONGEST_GAP
                continue
            stop = min(len(stems), place + 2 + reach)
            after = range(place + 1, stop)
            found = next((other for other in after if self._is(symbol, words[other], stems[other])), None)
            if found is None:
                return None
            place, reach = found, 0
        return place

    def _is(self, symbol: str, word: str, name: str) -> bool:
        if symbol[0] == "{":
            return symbol in self.classes.get(name, ())
        return symbol == name or (symbol[0] == "=" and symbol[1:] == word)


def _classes(classes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The classes of every stem."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in classes.items():
        for word in words.split():
            key = stem(word)
            found[key] = (*found.get(key, ()), "{" + name + "}")
    return found


def _patterns(table: Table) -> Iterator[Pattern]:
    for label, phrases in table.modality.items():
        yield from (_pattern(label, phrase, table) for phrase in phrases)
    for trigger in table.trigger:
        yield from (_pattern(trigger.type, phrase, table) for phrase in trigger.phrases)


def _pattern(label: str, phrase: str, table: Table) -> Pattern:
    symbols = tuple(part if part[0] in "{=~" else stem(part) for part in phrase.split())
    for symbol in symbols:
        if symbol[0] == "{" and symbol[1:-1] not in table.classes:
            raise LexiconError(f"triggers.toml: {phrase!r} names no class of the table: {symbol}")
    needs = frozenset(symbols) - {GAP}
    return Pattern(label, phrase, symbols, needs, sum(symbol != GAP for symbol in symbols))


@cache
def vocabulary() -> Vocabulary:
    """The phrases of ``triggers.toml``. Raises LexiconError for a phrase that stands twice under one type."""
    text = files(__package__).joinpath("triggers.toml").read_text(encoding="utf-8")
    table = msgspec.convert(tomllib.loads(text), Table)
    for trigger in table.trigger:
        if len(set(trigger.phrases)) < len(trigger.phrases):
            twice = next(phrase for phrase in trigger.phrases if trigger.phrases.count(phrase) > 1)
            raise LexiconError(f"triggers.toml: {twice!r} stands twice under {trigger.type}; take one out")
    return Vocabulary(table)
