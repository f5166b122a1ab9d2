"""What does the learned reader see of a word? A row of four numbers, the same in every process."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.uint64]

WORD, STEM, CLASS, SUFFIX = range(4)
COLUMNS = 4
LARGEST = 200_000  # words remembered before the table starts anew

SUFFIXES = ("ing", "ed", "ly", "tion", "sion", "ment", "ness", "ity", "ist", "ists", "ers", "er", "or", "ous", "ive",
            "al", "ic", "ful", "able", "ans", "an", "s")  # fmt: skip
SHAPES = ("pad", "digit", "sign", "capitals", "capitalised", *SUFFIXES, "small")
SIGNS = ",.:;()-—–\"“”'’‘?!$%@…"
ENDING = re.compile(r"(?:ies|ing|ed|es|s|e|y|d)\Z")


class WordClasses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of ``words.toml``."""

    classes: dict[str, str]


def load_classes() -> tuple[tuple[str, ...], dict[str, int]]:
    """The names of all classes, and the class number of every listed word."""
    table = msgspec.convert(
        tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8")), WordClasses
    )
    names = (*SHAPES, *(f"sign {sign}" for sign in SIGNS), "quotation", *table.classes)
    number = {name: place for place, name in enumerate(names)}
    words = {sign: number[f"sign {sign}"] for sign in SIGNS}
    for name, listed in table.classes.items():
        words.update(dict.fromkeys(listed.split(), number[name]))
    return names, words


NAMES, LISTED = load_classes()
NUMBER = {name: place for place, name in enumerate(NAMES)}
QUOTATION = NUMBER["quotation"]


def shape_of(word: str, folded: str) -> int:
    """The class of a word that is in no list: by its letters and its ending."""
    if not word[:1].isalnum():
        return NUMBER["digit"] if word[:1].isdecimal() else NUMBER["sign"]
    if word[0].isdecimal():
        return NUMBER["digit"]
    if word[0].isupper():
        return NUMBER["capitals" if len(word) > 1 and word.isupper() else "capitalised"]
    return next((NUMBER[suffix] for suffix in SUFFIXES if folded.endswith(suffix)), NUMBER["small"])


def stem_of(folded: str) -> str:
    """A rough stem: "urges", "urged" and "urging" share one."""
    return ENDING.sub("", folded) if len(folded) > 4 else folded


def row_of(word: str) -> tuple[int, int, int, int]:
    """Hash of the word, hash of its stem, class, and hash of its last letters."""
    folded = word.casefold().replace("’", "'")
    kind = LISTED.get(folded)
    kind = shape_of(word, folded) if kind is None else kind
    return (
        code(folded),
        code(stem_of(folded)),
        kind,
        code(folded[-3:]) if word[:1].isalpha() else kind,
    )


def code(word: str) -> int:
    """A number for a word, the same on every machine."""
    return crc32(word.encode("utf-8", "surrogatepass"))


class WordTable:
    """Rows of the words met so far, so that each is worked out once."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._rows = np.zeros((1024, COLUMNS), dtype=np.uint64)

    def rows(self, words: Iterable[str]) -> Rows:
        """One row a word."""
        if len(self._number) > LARGEST:
            self._number.clear()
        number = self._number
        places = [number[word] if word in number else self._add(word) for word in words]
        return self._rows[places]

    def _add(self, word: str) -> int:
        place = len(self._number)
        if place == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[place] = row_of(word)
        self._number[word] = place
        return place
