"""What is there to read below the given paths?

A folder is walked in sorted order; files whose names begin with a dot are passed over. A manifest in a folder
(``manifest.csv``, ``manifest.tsv``, ``manifest.jsonl``) speaks for the files it names. What is not text, HTML or a
manifest is reported as set aside when it was found in a folder, and refused when it was named.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import InputError, SourceError
from dragoman.read.manifest import rows_of
from dragoman.read.source import Found, Refusal, Source, Unread, refusal

TEXT_NAMES = frozenset({".txt", ".text", ".md", ".markdown"})
PAGE_NAMES = frozenset({".html", ".htm", ".xhtml"})
MANIFEST_NAMES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})
ABOUT_FOLDER = frozenset({"readme", "license", "licence", "changelog", "contributing"})
FOLDER_MANIFEST = "manifest"


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Found]:
    """Everything to be read below the paths, in their order; each file once. Nothing is opened but manifests."""
    seen: set[str] = set()
    for given in paths:
        for found in found_at(Path(os.path.normpath(given))):
            if isinstance(found, Source) and found.path is not None:
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def found_at(path: Path) -> Iterator[Found]:
    """What one path stands for."""
    if path.is_dir():
        yield from found_in_folder(path)
    elif not path.exists():
        error = SourceError(f"{path} does not exist; check the spelling, or give a path from this folder")
        yield refusal(str(path), error)
    elif not path.is_file():
        yield refusal(
            str(path), SourceError(f"{path} is neither a file nor a folder; give a file, a folder or a manifest")
        )
    elif path.suffix.casefold() in MANIFEST_NAMES:
        yield from found_in_manifest(path)
    else:
        yield file_source(path)


def file_source(path: Path) -> Source:
    """The source of one file."""
    return Source(name=str(path), path=str(path))


def found_in_folder(folder: Path) -> Iterator[Found]:
    """The documents of a folder and of the folders below it, in sorted order of their paths."""
    files = sorted(files_below(folder))
    spoken_for: set[str] = set()
    for path in files:
        if is_folder_manifest(path):
            for found in found_in_manifest(path):
                if isinstance(found, Source | Refusal):
                    spoken_for.add(os.path.realpath(found.name))
                yield found
    kept = 0
    for path in files:
        if is_folder_manifest(path) or os.path.realpath(path) in spoken_for:
            kept += 1
        elif path.stem.casefold() in ABOUT_FOLDER:
            yield Unread(name=str(path), reason="tells about the folder; name it to have it read all the same")
        elif path.suffix.casefold() in TEXT_NAMES | PAGE_NAMES:
            kept += 1
            yield file_source(path)
        else:
            yield Unread(
                name=str(path), reason="neither text (.txt, .md) nor HTML; name it to have it read all the same"
            )
    if not kept:
        yield refusal(str(folder), SourceError(f"{folder} holds no text and no HTML; give a folder that does"))


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is not hidden; links to folders are not followed."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(top) / name for name in names if not name.startswith("."))


def is_folder_manifest(path: Path) -> bool:
    """Whether a file in a folder is its manifest."""
    return path.stem.casefold() == FOLDER_MANIFEST and path.suffix.casefold() in MANIFEST_NAMES


def found_in_manifest(path: Path) -> Iterator[Found]:
    """The documents of a manifest; a row that is wrong is refused, and the others are read."""
    try:
        yield from rows_of(path)
    except InputError as error:
        yield refusal(str(path), error)
