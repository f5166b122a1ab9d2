"""What is there to read below the given paths?

A folder is walked in sorted order; files whose names begin with a dot are passed over. A manifest in a folder
(``manifest.csv``, ``manifest.tsv``, ``manifest.jsonl``) speaks for the files it names, and for members of containers.
A container is looked into. What is none of these is reported as set aside when it was found in a folder, and read as
text when it was named.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dragoman.errors import InputError, SourceError
from dragoman.read.containers import (
    DOCUMENT_NAMES,
    MARK,
    container_at,
    found_in,
    is_container,
    kind_of_name,
)
from dragoman.read.databases import HEAD
from dragoman.read.exports import articles_found, has_name_of_export, shows_export
from dragoman.read.facts import TABLE_NAMES, Facts, is_manifest, with_facts
from dragoman.read.given import NOTHING, Given
from dragoman.read.limits import LARGEST_NESTED, bounded
from dragoman.read.manifest import found_in_rows
from dragoman.read.offered import offered
from dragoman.read.source import Form, Found, Refusal, Source, Unread, refusal

ABOUT_FOLDER = frozenset({"readme", "license", "licence", "changelog", "contributing"})
MAILDIR = ("cur", "new")
WEB = ("http://", "https://")

Fetch = Callable[[str], Iterator[Found]]


def no_web(url: str) -> Iterator[Found]:
    """For callers that open no connections."""
    yield refusal(url, SourceError(f"{url} is an address on the web; save the page and add the file"))


def find_sources(paths: Iterable[str | os.PathLike[str]], fetch: Fetch = no_web) -> Iterator[Found]:
    """Everything to be read below the paths, in their order; each file once.

    Nothing is opened but tables and containers, and those are read through as their documents are asked for. An
    address on the web is given to ``fetch``.
    """
    seen: set[str] = set()
    for given in paths:
        if str(given).casefold().startswith(WEB):
            yield from fetch(str(given))
            continue
        for found in found_at(named_path(given)):
            if isinstance(found, Source) and found.path is not None:
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def named_path(given: str | os.PathLike[str]) -> Path:
    """The path by which a file's documents are named: from the present folder when it lies below it, else in full.

    One file has one name, whether its path is given relative or absolute.
    """
    path = os.path.abspath(given)  # noqa: PTH100  # links are kept: they are names too
    for here in dict.fromkeys((str(Path.cwd()), present_by_shell())):
        if here and path.startswith(here.rstrip(os.sep) + os.sep):
            return Path(os.path.relpath(path, here))
    return Path(path)


def present_by_shell() -> str:
    """The present folder as the shell names it, through links; nothing where the shell means another folder."""
    named = os.environ.get("PWD", "")
    return named if os.path.isdir(named) and os.path.samefile(named, ".") else ""  # noqa: PTH112, PTH121


def found_at(path: Path) -> Iterator[Found]:
    """What one path stands for."""
    container, mark, _ = str(path).partition(MARK)
    if path.is_dir():
        yield from found_in_folder(path)
    elif mark and not path.exists() and Path(container).is_file():
        yield from found_named(Facts.about(str(path)))
    elif not path.exists():
        error = SourceError(f"{path} does not exist; check the spelling, or give a path from this folder")
        yield refusal(str(path), error)
    elif not path.is_file():
        yield refusal(
            str(path), SourceError(f"{path} is neither a file nor a folder; give a file, a folder or a manifest")
        )
    elif path.suffix.casefold() in TABLE_NAMES:
        yield from found_in_manifest(path)
    else:
        yield from found_in_file(path, NOTHING)


def found_in_file(path: Path, given: Given) -> Iterator[Found]:
    """The document of a file, or those of a container, with what a manifest states about it."""
    if not is_container(path.name):
        yield from found_in_text(path, given)
        return
    shared = Given(outlet=given.outlet, published=given.published, kind=given.kind, issuer=given.issuer)
    try:
        yield from (with_facts(found, shared) for found in found_in(container_at(path)))
    except InputError as error:
        yield refusal(str(path), error)


def found_in_text(path: Path, given: Given) -> Iterator[Found]:
    """The document of a file, or the articles of a newspaper database's export."""
    if not has_name_of_export(path.name) or not looks_like_export(path):
        yield Source(name=str(path), path=str(path), given=given)
        return
    try:
        with container_at(path).packed() as stream:
            yield from articles_found(bounded(stream, str(path), LARGEST_NESTED), str(path), given)
    except InputError as error:
        yield refusal(str(path), error)


def looks_like_export(path: Path) -> bool:
    """Whether the beginning of a text file is that of a database's export; it alone is read."""
    try:
        with path.open("rb") as file:
            return shows_export(file.read(HEAD))
    except OSError:
        return False  # whoever reads the file says why it cannot be read


def found_named(facts: Facts) -> Iterator[Found]:
    """The named members of containers with the facts about them; a refusal for each that is not there."""
    for container in dict.fromkeys(name.partition(MARK)[0] for name in facts.held):
        for found in found_in_file(Path(container), NOTHING):
            if facts.name_for(found.name):
                yield facts.stated(found)
    yield from facts.missing()


def found_in_manifest(path: Path) -> Iterator[Found]:
    """The documents of a manifest; a row that is wrong is refused, and the others are read."""
    facts = Facts()
    for found in rows_found(path):
        if facts.add(found):
            continue
        if isinstance(found, Source) and found.path:
            yield from found_in_file(Path(found.path), found.given)
        else:
            yield found
    yield from found_named(facts)


def rows_found(path: Path) -> Iterator[Found]:
    """What the rows of a table stand for."""
    try:
        yield from found_in_rows(container_at(path))
    except InputError as error:
        yield refusal(str(path), error)


class Folder:
    """What is known of a folder from its manifests while its files are walked."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self.manifests = [path for path in files if is_manifest(path.name)]
        self.spoken_for: set[str] = set()
        self.facts = Facts()
        self.shared: dict[str, Given] = {}

    def stated(self) -> Iterator[Found]:
        """The documents that the manifests name; what they state about containers is kept for later."""
        for manifest in self.manifests:
            for found in rows_found(manifest):
                if self.facts.add(found):
                    continue
                if isinstance(found, Source) and found.path and is_container(found.path):
                    self.shared[os.path.realpath(found.path)] = found.given
                    continue
                if isinstance(found, Source | Refusal):
                    self.spoken_for.add(os.path.realpath(found.name))
                if isinstance(found, Source) and found.path:
                    yield from found_in_text(Path(found.path), found.given)
                else:
                    yield found

    def in_container(self, path: Path) -> Iterator[Found]:
        """The documents of a container with what the manifests state about them."""
        shared = self.shared.get(os.path.realpath(path), NOTHING)
        if kind_of_name(path.name) in TABLE_NAMES and self.manifests:
            yield Unread(name=str(path), reason="a table beside a manifest; name it to have it read all the same")
            return
        for found in found_in_file(path, shared):
            yield self.facts.stated(found)


def found_in_folder(path: Path) -> Iterator[Found]:
    """The documents of a folder and of the folders below it, in sorted order of their paths."""
    folder = Folder(sorted(files_below(path)))
    yield from folder.stated()
    kept = 0
    for file in folder.files:
        suffix = file.suffix.casefold()
        if is_manifest(file.name) or os.path.realpath(file) in folder.spoken_for:
            kept += 1
        elif file.stem.casefold() in ABOUT_FOLDER:
            yield Unread(name=str(file), reason="tells about the folder; name it to have it read all the same")
        elif is_in_maildir(file):
            kept += 1
            yield Source(name=str(file), path=str(file), form=Form.MAIL)
        elif suffix in DOCUMENT_NAMES or (suffix in offered() and not is_container(file.name)):
            kept += 1
            yield from found_in_text(file, NOTHING)
        elif is_container(file.name):
            kept += 1
            yield from folder.in_container(file)
        else:
            yield Unread(
                name=str(file),
                reason="neither text, page, mail, PDF, Word nor a collection; name it to have it read all the same",
            )
    yield from folder.facts.missing()
    if not kept:
        yield refusal(
            str(path), SourceError(f"{path} holds no text, no page and no collection; give a folder that does")
        )


def is_in_maildir(file: Path) -> bool:
    """Whether a file lies where a maildir keeps its mails."""
    return file.parent.name in MAILDIR and all((file.parent.parent / name).is_dir() for name in MAILDIR)


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is not hidden; links to folders are not followed."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(top) / name for name in names if not name.startswith("."))
