"""How is a stretch of text shown to the rules?

A stream is a sequence of items, one a mark or a word. Every item has classes ("person", "actor", "meet"), and every
distinct set of classes gets one character of an alphabet, so that a stream is a string, a rule is a compiled regular
expression over it, and the match positions are item numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.record.span import Span

FIRST_CHARACTER = 0xE000  # the private use area, then the supplementary one
AREA_END = 0xF8FF
SECOND_AREA = 0xF0000


class Alphabet:
    """Characters for sets of classes. It grows as new sets are met; rules compile again when it has grown."""

    def __init__(self) -> None:
        self._characters: dict[frozenset[str], str] = {}
        self._by_class: dict[str, list[str]] = {}
        self._classes: dict[str, frozenset[str]] = {}

    @property
    def size(self) -> int:
        """How many sets of classes have a character so far."""
        return len(self._characters)

    @property
    def characters(self) -> str:
        """Every character given out so far."""
        return "".join(self._characters.values())

    def character(self, classes: frozenset[str]) -> str:
        """The character that stands for a set of classes."""
        found = self._characters.get(classes)
        if found is None:
            number = FIRST_CHARACTER + len(self._characters)
            found = chr(number if number <= AREA_END else SECOND_AREA + number - AREA_END)
            self._characters[classes] = found
            self._classes[found] = classes
            for name in classes:
                self._by_class.setdefault(name, []).append(found)
        return found

    def classes_of(self, character: str) -> frozenset[str]:
        """The set of classes that a character stands for."""
        return self._classes[character]

    def characters_of(self, name: str) -> str:
        """All characters whose set holds the class."""
        return "".join(self._by_class.get(name, ()))


class Stream:
    """Items of a stretch of text: ``characters[i]`` shows item i to the rules, ``spans[i]`` is where it stands.

    ``payloads[i]`` is whatever the builder wants to find again (usually the marks at that place); ``words[i]`` is its
    text, where the maker of the stream had it at hand.
    """

    __slots__ = ("characters", "payloads", "spans", "words")

    def __init__(
        self, characters: str, spans: Sequence[Span], payloads: Sequence[object], words: Sequence[str] = ()
    ) -> None:
        self.characters = characters
        self.spans = spans
        self.payloads = payloads
        self.words = words

    def span(self, first: int, last: int) -> Span:
        """The text span of items first..last-1."""
        return Span(self.spans[first].start, self.spans[last - 1].end)


def stream_of(
    items: Iterable[tuple[Span, frozenset[str], object]],
    alphabet: Alphabet,
) -> Stream:
    """A stream from (span, classes, payload) triples in order of the text."""
    characters: list[str] = []
    spans: list[Span] = []
    payloads: list[object] = []
    for span, classes, payload in items:
        characters.append(alphabet.character(classes))
        spans.append(span)
        payloads.append(payload)
    return Stream("".join(characters), spans, payloads)


def word_class(word: str) -> str:
    """The class by which a pattern names one word; words are compared case-folded."""
    return f"'{word.casefold()}"
