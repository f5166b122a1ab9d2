"""What is negotiated, and by which words is it known?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.errors import LexiconError


class Track(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject of negotiation and its words in texts, in small letters."""

    name: str
    words: tuple[str, ...]


class TrackFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of tracks.toml."""

    track: tuple[Track, ...]


@cache
def tracks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each track's name and the expression that finds its words. Raises LexiconError naming the file."""
    path = files("dragoman.extract.negotiations").joinpath("tracks.toml")
    try:
        held = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), TrackFile).track
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"{path}: {error}") from error
    return tuple((t.name, re.compile(rf"\b(?:{'|'.join(map(re.escape, t.words))})\b", re.IGNORECASE)) for t in held)


def track_in(text: str, start: int, end: int) -> str | None:
    """The first track whose words stand in the stretch."""
    return next((name for name, words in tracks() if words.search(text, start, end)), None)
