"""Which classes does each word of a text show to the rules of times and amounts?

The text is cut once, finer than for reading ("25-29", "$45.7bn" and "90-day" are three words each), by one expression
whose findings lie end to end, so that offsets are running sums. A table remembers the character of every word met;
the cost of a document is then close to two passes of C code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

import msgspec

from dragoman.grammar.stream import Alphabet, word_class
from dragoman.record.span import Span

WORD = re.compile(
    r"""[A-Za-zÀ-ÖØ-öø-ɏ]++(?:[ ](?=\w)|[^\S\n]*\n?[^\S\n]*)  # the quick way for most words
    | (?:
      (?=\d)(?:
          \d{4}-\d\d-\d\d(?!\d)                # 2025-05-28
        | \d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?!\d)  # 28/05/2025
        | \d{1,2}:\d\d(?::\d\d)?(?!\d)         # 10:35
        | \d{1,4}(?:st|nd|rd|th)(?![^\W_])     # 21st
        | \d\d(?:\d\d)?['’]?s(?![^\W_])        # 1980s
        | \d{1,2}/\d(?![\d/])                  # 1/2
        | \d+(?:[.,]\d+)*
      )
    | ['’](?:s(?![^\W_])|\d\d(?:\d\d)?['’]?s(?![^\W_]))?  # 's, '90s
    | [^\w\s] | _ | [^\W\d_]+
    )[^\S\n]*\n?[^\S\n]*
    | \s+""",
    re.VERBOSE,
)
SHAPES = (
    ("iso_date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("slash_date", re.compile(r"\d{1,2}([/.])\d{1,2}\1(?:\d{4}|\d\d)")),
    ("clock", re.compile(r"\d{1,2}:\d\d(?::\d\d)?")),
    ("nth", re.compile(r"\d{1,4}(?:st|nd|rd|th)")),
    ("decade", re.compile(r"['’]?\d\d(?:\d\d)?['’]?s")),
    ("fraction", re.compile(r"\d{1,2}/\d")),
)
REMEMBERED = 100_000  # words kept in the table; a text of random letters must not grow it without end
LONGEST_WORD = 40  # characters of a word that is worth remembering
LONGEST_NUMBER = 15  # digits: beyond them a float would not keep the number


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of the vocabulary file."""

    classes: dict[str, tuple[str, ...]]
    proper: dict[str, tuple[str, ...]]


def load_vocabulary() -> Vocabulary:
    """The vocabulary beside this module."""
    source = files("dragoman.mark").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), Vocabulary)


def classes_by_word(table: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """The classes of each word of one of the vocabulary's tables."""
    found: dict[str, set[str]] = {}
    for name, words in table.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


class Classifier:
    """Says of a word which classes it shows; ``named`` are the words that rules name."""

    def __init__(self, named: frozenset[str]) -> None:
        vocabulary = load_vocabulary()
        self._any = classes_by_word(vocabulary.classes)
        self._proper = classes_by_word(vocabulary.proper)
        self._named = named

    def samples(self) -> Iterator[str]:
        """Words that between them show every set of classes there is, so that an alphabet need not grow later."""
        for word in sorted({*self._any, *self._proper, *self._named}):
            yield from (word, word.capitalize(), word.upper())
        yield from ("", "zzz", "Zzz", "zzzzed", "zzzzs", "~", "2025-01-01", "1/2/2025", "10:35", "21st", "1980s", "1/2")
        yield from ("1.5", "1,000", "9" * (LONGEST_NUMBER + 1), "00", "000", "0000", "2300", "1400", "9999", "99999")
        for number in range(2500):
            yield from (str(number), f"{number:02}", f"{number:04}")

    def classes(self, word: str) -> frozenset[str]:
        """The classes of a word as it stands in the text, without the white space behind it."""
        if not word:
            return frozenset({"break"})
        folded = word.casefold()
        found = set(self._any.get(folded, ()))
        if folded in self._named:
            found.add(word_class(folded))
        if word[0].isdecimal() or word[-1].isdecimal() or (word[0] in "'’" and len(word) > 2):
            found |= classes_of_digits(word)
        elif word[0].isalpha():
            found |= self._classes_of_letters(word, folded)
        else:
            found.add("sign")
        return frozenset(found)

    def _classes_of_letters(self, word: str, folded: str) -> set[str]:
        found = {"word"}
        if word[0].isupper():
            found.add("capital")
            found |= self._proper.get(folded, frozenset())
        elif folded.endswith("ed") and len(folded) > 4:
            found.add("past_tense")
        elif folded.endswith("s") and len(folded) > 3:
            found.add("plural")
        return found


def classes_of_digits(word: str) -> set[str]:
    """The classes of a word that is made of digits: its shape, and what its value could be."""
    for name, shape in SHAPES:
        if shape.fullmatch(word):
            return {name}
    plain = word.replace(",", "")
    if not plain.replace(".", "").isdecimal():
        return set()  # CO₂, m²: a digit as a sign, not a number
    found = {"digits"}
    if len(plain) > LONGEST_NUMBER or plain.count(".") > 1:
        return {"long_digits"}
    if plain != word or "." in plain:
        return found
    value = int(plain)
    if 1 <= value <= 31 and len(word) <= 2:
        found.add("day_number")
    if 0 <= value <= 24 and len(word) <= 2:
        found.add("hour_number")
    if len(word) == 4 and 1500 <= value <= 2100:
        found.add("year4")
    if len(word) == 4 and value < 2400:
        found.add("clock4")
    if len(word) == 2:
        found.add("two_digits")
    if 1 <= value <= 4 and len(word) == 1:
        found.add("quarter_number")
    return found


class Words:
    """The words of a text: ``raws`` with the white space behind them, their ``starts``, and one character each."""

    __slots__ = ("characters", "raws", "starts", "text")

    def __init__(self, text: str, raws: list[str], characters: str) -> None:
        self.text = text
        self.raws = raws
        self.starts = list(accumulate(map(len, raws), initial=0))
        self.characters = characters

    def folded(self, at: int) -> str:
        """A word in small letters."""
        return self.raws[at].rstrip().casefold()

    def span(self, first: int, last: int) -> Span:
        """Where words first..last-1 stand in the text."""
        return Span(self.starts[first], self.starts[last - 1] + len(self.raws[last - 1].rstrip()))

    def joined(self, at: int) -> bool:
        """Whether no white space stands behind the word."""
        return not self.raws[at][-1:].isspace()


class WordTable(dict[str, str]):
    """The character of every word met so far."""

    def __init__(self, classifier: Classifier, alphabet: Alphabet) -> None:
        super().__init__()
        self._classifier = classifier
        self._alphabet = alphabet

    def __missing__(self, raw: str) -> str:
        character = self._alphabet.character(self._classifier.classes(raw.strip()))
        if len(self) >= REMEMBERED:
            self.clear()
        if len(raw) <= LONGEST_WORD:
            self[raw] = character
        return character

    def words_of(self, text: str) -> Words:
        """The words of a text, each with its character."""
        raws = WORD.findall(text)
        return Words(text, raws, "".join(map(self.__getitem__, raws)))


class Vocabulist:
    """One alphabet and one table for the rules of all rooms that read words; keep it for the process."""

    def __init__(self, named: frozenset[str]) -> None:
        self.alphabet = Alphabet()
        classifier = Classifier(named)
        for word in classifier.samples():
            self.alphabet.character(classifier.classes(word))
        self._table = WordTable(classifier, self.alphabet)
        self.words_of = lru_cache(maxsize=2)(self._table.words_of)  # times and amounts read the same text in turn
