"""Without which items can a pattern not match? A rule is tried only where all of them stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dragoman.grammar.pattern import class_named, cue_classes, tokens_of
from dragoman.grammar.stream import Alphabet, word_class

REMEMBERED = 4096  # sets of needs kept with the patterns that they let pass: two streams in three meet a known one
Needs = frozenset[frozenset[str]]  # of each set of classes the stream has an item that shows one at least
NOTHING: Needs = frozenset()
COMMON = frozenset({"word", "sign", "capitalised", "list_joint", "actor"})  # classes that most sentences show


def needs_of(pattern: str) -> Needs:
    """What a match of the pattern cannot do without: items outside its choices and options, and its cue."""
    tokens = iter(tokens_of(pattern))
    return choice(tokens)[0] | {cue_classes(pattern)}


def choice(tokens: Iterable[re.Match[str]]) -> tuple[Needs, str]:
    """What the sequences up to the bracket that closes them need in common, and that bracket."""
    branches: list[set[frozenset[str]]] = [set()]
    close = ""
    for token in tokens:
        if token["bar"]:
            branches.append(set())
        elif token["close"] or token["subclose"]:
            close = token["close"] or ""
            break
        else:
            branches[-1] |= item(token, tokens)
    return in_common(branches), close


def item(token: re.Match[str], tokens: Iterable[re.Match[str]]) -> Needs:
    """What one item, or the group that it opens, needs."""
    if token["slot"] or token["open"]:
        found, close = choice(tokens)
        return NOTHING if close[-1:] in ("*", "?") else found
    if token["words"]:
        words = token["words"]
        optional = words.endswith("?") and len(words) > 1
        return NOTHING if optional else frozenset({frozenset(map(word_class, words.split("|")))})
    names = token["classes"] or token["free"] or (token["behind"] if not token["behindnot"] else None)
    return frozenset({frozenset(map(class_named, names.split("|")))}) if names else NOTHING


def in_common(branches: list[set[frozenset[str]]]) -> Needs:
    """What every branch needs: all of one, else one of the rarest needs of each; nothing when a branch needs nothing."""
    if len(branches) == 1:
        return frozenset(branches[0])
    if not all(branches):
        return NOTHING
    rarest = [min(branch, key=lambda classes: (not classes.isdisjoint(COMMON), sorted(classes))) for branch in branches]
    return frozenset({frozenset().union(*rarest)})


class Sieve:
    """What some patterns need, one bit a need, so that a few comparisons tell which of them can match.

    It is asked for what classes show; what a stretch of text shows is the union of what its items show.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        known = sorted(frozenset().union(*map(needs_of, patterns)), key=sorted)
        self._bits = {classes: 1 << place for place, classes in enumerate(known)}
        self._shown: dict[frozenset[str], int] = {}

    def wanted(self, needs: Iterable[frozenset[str]]) -> int:
        """The bits of the needs of one of the patterns."""
        return sum(map(self._bits.__getitem__, needs))

    def shown(self, classes: frozenset[str]) -> int:
        """The needs that an item of these classes meets."""
        found = self._shown.get(classes)
        if found is None:
            found = sum(bit for wanted, bit in self._bits.items() if not wanted.isdisjoint(classes))
            self._shown[classes] = found
        return found


class Gate(dict[str, int]):
    """For every character of an alphabet, the needs of some patterns that it meets."""

    def __init__(self, alphabet: Alphabet, patterns: Sequence[str]) -> None:
        super().__init__()
        self._alphabet = alphabet
        self._sieve = Sieve(patterns)
        self._wanted = list(enumerate(map(self._sieve.wanted, map(needs_of, patterns))))
        self._passed: dict[int, list[int]] = {}  # by the needs that a stream met

    def __missing__(self, character: str) -> int:
        found = self[character] = self._sieve.shown(self._alphabet.classes_of(character))
        return found

    def passed(self, characters: str) -> list[int]:
        """The numbers of the patterns whose needs a stream meets, in order."""
        met = 0
        for character in set(characters):
            met |= self[character]
        found = self._passed.get(met)
        if found is None:
            if len(self._passed) >= REMEMBERED:
                self._passed.clear()
            found = self._passed[met] = [number for number, wanted in self._wanted if met & wanted == wanted]
        return found
