"""What is negotiated, and by which words is it known?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.errors import LexiconError
from dragoman.lexicon.expressions import any_of


class Track(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject of negotiation and its words in texts, in small letters."""

    name: str
    words: tuple[str, ...]


class TrackFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of tracks.toml."""

    track: tuple[Track, ...]


@cache
def tracks() -> tuple[Track, ...]:
    """Every track. Raises LexiconError naming the file."""
    path = files("dragoman.extract.negotiations").joinpath("tracks.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), TrackFile).track
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"{path}: {error}") from error


@cache
def expressions() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """The expression that finds the words of any track, and each track's name with its own."""
    held = tracks()
    return any_of(word for track in held for word in track.words), tuple((t.name, any_of(t.words)) for t in held)


def track_in(text: str, start: int, end: int) -> str | None:
    """The first track whose words stand in the stretch."""
    some, each = expressions()
    if not some.search(text, start, end):
        return None
    return next((name for name, words in each if words.search(text, start, end)), None)


def last_track(text: str, start: int, end: int) -> str | None:
    """The track whose words stand last in the stretch."""
    some, each = expressions()
    named = some.findall(text, start, end)
    return next((name for name, words in each if words.fullmatch(named[-1])), None) if named else None


def tracks_before(text: str, end: int) -> set[str]:
    """The tracks whose words stand before a place."""
    some, each = expressions()
    named = set(some.findall(text, 0, end))
    return {name for name, words in each for word in named if words.fullmatch(word)}
