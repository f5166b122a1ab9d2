"""What does the learned reader see of a word? Four numbers, the same in every process."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.uint64]

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
    """The numbers of the words met so far, so that each is worked out once."""

    def __init__(self) -> None:
        self._places = Places()

    def columns(self, words: Sequence[str]) -> Columns:
        """Four numbers a word, those of one kind side by side."""
        if len(self._places) > LARGEST:
            self._places = Places()
        places = np.fromiter(map(self._places.__getitem__, words), np.intp, len(words))
        return self._places.held.take(places, axis=1)


class Places(dict[str, int]):
    """Where the numbers of a word are held."""

    def __init__(self) -> None:
        super().__init__()
        self.held: Columns = np.zeros((COLUMNS, 1024), dtype=np.uint64)

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self)
        if place == self.held.shape[1]:
            self.held = np.concatenate([self.held, np.zeros_like(self.held)], axis=1)
        self.held[:, place] = row_of(word)
        return place
