"""The book as a folder of JSON Lines files, one a kind; the lines are those of ``build``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from dragoman.book import Book
from dragoman.export.build import lines_of
from dragoman.export.files import beside
from dragoman.record.entries import EVERYTHING, Filter


def export_jsonl(book: Book, folder: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write one file a kind into the folder, each replaced whole; how many lines each has, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {f"{name}.jsonl": write_lines(folder / f"{name}.jsonl", lines) for name, lines in lines_of(book, wanted)}


def write_lines(path: Path, lines: Iterable[msgspec.Struct]) -> int:
    """Write records as JSON, one a line, in place of ``path``; how many they are."""
    encoder = msgspec.json.Encoder()
    count = 0
    with beside(path) as draft, draft.open("wb") as file:
        for line in lines:
            file.write(encoder.encode(line) + b"\n")
            count += 1
    return count
