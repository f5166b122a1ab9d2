"""Which vocabulary and rules does the user add to ours?

A folder, named by ``use_rules`` or by ``$DRAGOMAN_RULES``, with tables of our names and columns (``topics.csv``) and rules for our
rooms (``measures.toml``). They are data and run no code. The folder is looked at once in a process, before anything is
read with it; processes that are started inherit it.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from dragoman.errors import DataError

VARIABLE = "DRAGOMAN_RULES"
LARGEST = 5_000_000  # bytes of one file
TABLES = frozenset(path.name for path in (files("dragoman.lexicon") / "data").iterdir() if path.name.endswith(".csv"))
ROOMS = frozenset(
    room.name
    for place in ("dragoman.extract", "dragoman.mark")
    for room in files(place).iterdir()
    if room.is_dir() and (room / "rules.toml").is_file()
)


class Own(msgspec.Struct, frozen=True):
    """The user's files: tables by name ("topics.csv"), rules by room ("measures"). ``digest`` is empty without a folder."""

    folder: Path | None = None
    tables: dict[str, Path] = {}
    rules: dict[str, Path] = {}
    digest: str = ""


def use_rules(folder: str | os.PathLike[str]) -> None:
    """Read with the tables and rules of a folder from now on, in this process and those that it starts.

    Raises DataError when the folder is none, or when this process has loaded its vocabulary already.
    """
    if own.cache_info().currsize and own().folder != Path(folder).absolute():
        raise DataError(
            f"{folder}: this process reads with other rules already; name the folder before anything is read"
        )
    os.environ[VARIABLE] = str(Path(folder).absolute())
    own()


@cache
def own() -> Own:
    """The user's files. Raises DataError for a folder that is none, and for a file that has no place here."""
    named = os.environ.get(VARIABLE)
    if not named:
        return Own()
    folder = Path(named).absolute()
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder of rules; correct --with or ${VARIABLE}")
    tables: dict[str, Path] = {}
    rules: dict[str, Path] = {}
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".toml")):
        if path.name in TABLES:
            tables[path.name] = path
        elif path.suffix == ".toml" and path.stem in ROOMS:
            rules[path.stem] = path
        else:
            known = sorted(TABLES) if path.suffix == ".csv" else sorted(f"{room}.toml" for room in ROOMS)
            raise DataError(f"{path}: no table or room bears this name; name it one of {', '.join(known)}")
        digest.update(path.name.encode() + b"\0" + content_of(path))
    return Own(folder, tables, rules, digest.hexdigest()[:8])


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises DataError when it is too large or cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(f"{path}: is larger than {LARGEST:,} bytes; divide it")
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
