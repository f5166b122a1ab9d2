"""With which items can a pattern begin?

A scanner asks this of every rule once, so that at a "the" it only tries rules when the next item can follow there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.grammar.pattern import characters_in, tokens_of
from dragoman.grammar.stream import Alphabet, word_class


@dataclass(slots=True)
class Opening:
    """How a piece of a pattern can begin: its first characters, those that may be all of it, and what may follow."""

    first: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    second: dict[str, set[str]] = field(default_factory=dict)
    empty: bool = True

    def follow(self, characters: set[str], seconds: set[str]) -> None:
        """Let the second characters follow the first ones."""
        for character in characters:
            self.second.setdefault(character, set()).update(seconds)

    def merge(self, other: Opening) -> None:
        """Let other second characters follow, too."""
        for character, seconds in other.second.items():
            self.second.setdefault(character, set()).update(seconds)


def one(characters: str, empty: bool = False) -> Opening:
    """A single item of any of the characters."""
    return Opening(set(characters), set(characters), {}, empty)


def joined(left: Opening, right: Opening) -> Opening:
    """One piece behind another."""
    result = Opening(empty=left.empty and right.empty)
    result.first = left.first | (right.first if left.empty else set())
    result.alone = (left.alone if right.empty else set()) | (right.alone if left.empty else set())
    result.merge(left)
    result.follow(left.alone, right.first)
    if left.empty:
        result.merge(right)
    return result


def either(left: Opening, right: Opening) -> Opening:
    """One piece or another."""
    result = Opening(left.first | right.first, left.alone | right.alone, {}, left.empty or right.empty)
    result.merge(left)
    result.merge(right)
    return result


def opening_of(pattern: str, alphabet: Alphabet) -> Opening:
    """How a whole pattern can begin."""
    return Walk(tokens_of(pattern), alphabet).choice()


class Walk:
    """Walks a pattern's tokens from left to right."""

    def __init__(self, tokens: list[re.Match[str]], alphabet: Alphabet) -> None:
        self._tokens = tokens
        self._alphabet = alphabet
        self._at = 0

    def choice(self) -> Opening:
        """Of sequences joined by bars, up to the bracket that closes them or the end."""
        found = self._sequence()
        while self._at < len(self._tokens) and self._tokens[self._at]["bar"]:
            self._at += 1
            found = either(found, self._sequence())
        return found

    def _sequence(self) -> Opening:
        found = Opening()
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token["bar"] or token["close"] or token["subclose"]:
                break
            found = joined(found, self._item(token))
        return found

    def _item(self, token: re.Match[str]) -> Opening:
        self._at += 1
        if token["slot"] or token["open"]:
            return self._group()
        if token["name"]:
            found = one(characters_in(token["classes"], self._alphabet))
            return repeated(found, set(self._alphabet.characters)) if token["list"] else found
        if token["free"]:
            return one(characters_in(token["free"], self._alphabet))
        if token["gap"] is not None:
            anything = set(self._alphabet.characters)
            return repeated(one(self._alphabet.characters, empty=True), anything)
        if token["words"]:
            optional = token["words"].endswith("?") and len(token["words"]) > 1
            words = token["words"][:-1] if optional else token["words"]
            characters = "".join(self._alphabet.characters_of(word_class(word)) for word in words.split("|"))
            return one(characters, empty=optional)
        return Opening()

    def _group(self) -> Opening:
        found = self.choice()
        close = self._tokens[self._at]["close"] or ""
        self._at += 1
        if close[-1:] in ("*", "+"):
            found = repeated(found, found.first)
        if close[-1:] in ("*", "?"):
            found.empty = True
        return found


def repeated(found: Opening, again: set[str]) -> Opening:
    """A piece that may stand several times."""
    found.follow(found.alone, again)
    return found
