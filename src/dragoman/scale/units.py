"""Into which pieces of work is a run divided, so that the same sources give the same pieces on any number of machines?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from dragoman.library import BATCH, batched
from dragoman.link.origins import stable_hash
from dragoman.read import find_sources
from dragoman.read.source import Found

SHARE_BYTES = 64 << 20  # of one large file, about so many bytes are one piece of work


class Unit(msgspec.Struct, frozen=True):
    """Every ``shares``-th batch, from ``share`` on, of the documents at a path; the path is seen alike by all machines."""

    path: str
    share: int = 0
    shares: int = 1

    @property
    def name(self) -> str:
        """A name for files, the same in every run over the same path."""
        return f"{stable_hash(str(Path(self.path).resolve())):016x}-{self.share:04}-of-{self.shares:04}"


def units_of(paths: Iterable[str | os.PathLike[str]], share_bytes: int = SHARE_BYTES) -> Iterator[Unit]:
    """The pieces of work at the paths: each file of a folder without a manifest by itself, a large one in shares."""
    for given in paths:
        path = Path(given)
        for part in files_at(path):
            size = part.stat().st_size if part.is_file() else 0
            shares = max(1, -(-size // share_bytes))
            yield from (Unit(str(part), share, shares) for share in range(shares))


def files_at(path: Path) -> list[Path]:
    """The files of a folder, or the folder itself when a manifest speaks for its files."""
    if not path.is_dir() or any(path.rglob("manifest.*")):
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))


def batches_of(unit: Unit) -> Iterator[list[Found]]:
    """The batches of a piece of work. The others of its file are passed over without being read."""
    yield from islice(batched(find_sources([unit.path]), BATCH), unit.share, None, unit.shares)
