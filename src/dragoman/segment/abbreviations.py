"""Which words keep their full stop, and which words open a sentence behind one?"""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec


class Abbreviations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``abbreviations.toml``: words parted by blanks."""

    titles: str
    dotted: str
    before_number: str
    openers: str


TABLE = msgspec.convert(
    tomllib.loads(files("dragoman.segment").joinpath("abbreviations.toml").read_text(encoding="utf-8")), Abbreviations
)
TITLES = frozenset(TABLE.titles.split())
DOTTED = frozenset(TABLE.dotted.split())
BEFORE_NUMBER = frozenset(TABLE.before_number.split())
OPENERS = frozenset(TABLE.openers.split())
