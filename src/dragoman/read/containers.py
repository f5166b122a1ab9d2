"""Which files hold several documents, and what is in them?

A container is known by its name. Its documents are named ``CONTAINER!member``. A container inside another is held in
memory while it is read, and everything in it is carried by its source; a container on disk is read at the place where
the member lies.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NamedTuple, cast

import msgspec

from dragoman.errors import InputError, SourceError
from dragoman.read.given import NOTHING
from dragoman.read.limits import DEEPEST, LARGEST, LARGEST_NESTED, Budget, Metered, bounded
from dragoman.read.source import Carried, Found, Part, Slice, Source, refusal

MARK = "!"  # between a container and its member
TEXT_NAMES = frozenset({".txt", ".text", ".md", ".markdown"})
PAGE_NAMES = frozenset({".html", ".htm", ".xhtml"})
OTHER_NAMES = frozenset({".pdf", ".docx", ".eml", ".mhtml", ".mht"})
DOCUMENT_NAMES = TEXT_NAMES | PAGE_NAMES | OTHER_NAMES
PACKED: dict[str, Callable[[BinaryIO], IO[bytes]]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),  # type: ignore[dict-item,return-value]
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
PACKED_TAR = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".tbz": ".tar.bz2", ".txz": ".tar.xz"}
# What the standard library's unpackers raise for a stream that is broken or ends early.
BROKEN = (OSError, EOFError, lzma.LZMAError, zlib.error)


class Container(msgspec.Struct, frozen=True):
    """A file, or the bytes of one that lies in another container."""

    name: str
    budget: Budget
    path: str | None = None
    data: bytes = b""
    depth: int = 1

    @property
    def kind(self) -> str:
        """The ending that says what it is, without that of its compression: .tar, .warc, .jsonl; .gz for a packed text."""
        return kind_of_name(self.name)

    @property
    def packing(self) -> str:
        """The ending of its compression, or nothing."""
        suffix = PurePosixPath(full_name(self.name)).suffix
        return suffix if suffix in PACKED else ""

    @contextmanager
    def packed(self) -> Iterator[BinaryIO]:
        """Its bytes as they are. Raises SourceError when the file cannot be read."""
        try:
            stream: BinaryIO = Path(self.path).open("rb") if self.path else io.BytesIO(self.data)  # noqa: SIM115
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read ({error.strerror}); check its permissions") from error
        with stream:
            yield stream

    @contextmanager
    def plain(self) -> Iterator[BinaryIO]:
        """Its bytes without compression, within the budget. Raises SourceError where they are broken or end early."""
        with self.packed() as stream:
            try:
                if self.packing:
                    with PACKED[self.packing](stream) as unpacked:
                        metered = Metered(cast(BinaryIO, unpacked), self.budget)
                        yield cast(BinaryIO, io.BufferedReader(metered, 1 << 16))
                else:
                    yield stream
            except BROKEN as error:
                raise SourceError(
                    f"{self.name} is cut off or damaged ({str(error) or type(error).__name__}); what stands before is"
                    " read, fetch the file again for the rest"
                ) from error

    def part(self, start: int, data: bytes) -> Part:
        """Where so many of its plain bytes lie: on disk when they do, else carried."""
        if self.path and not self.packing:
            return Slice(self.path, start, len(data))
        return Carried(data)

    def member(self, name: str | int) -> str:
        """The name of one of its documents."""
        return f"{self.name}{MARK}{name}"


Finder = Callable[[Container], Iterator[Found]]


def full_name(name: str) -> str:
    """A name in lower case with the short endings of packed archives written out."""
    plain = name.casefold()
    for short, full in PACKED_TAR.items():
        if plain.endswith(short):
            return plain.removesuffix(short) + full
    return plain


def kind_of_name(name: str) -> str:
    """The ending of a name, without that of a compression when there is another before it."""
    path = PurePosixPath(full_name(name))
    if path.suffix in PACKED:
        inner = PurePosixPath(path.stem).suffix
        return inner if inner in finders() else path.suffix
    return path.suffix


def finders() -> dict[str, Finder]:
    """The reader of each kind of container, by ending."""
    from dragoman.read.archives import found_in_tar, found_in_zip
    from dragoman.read.mail import found_in_mbox
    from dragoman.read.manifest import found_in_rows
    from dragoman.read.tables import found_in_parquet
    from dragoman.read.warc import found_in_warc

    rows = dict.fromkeys((".csv", ".tsv", ".jsonl", ".ndjson"), found_in_rows)
    return rows | {
        ".mbox": found_in_mbox,
        ".zip": found_in_zip,
        ".tar": found_in_tar,
        ".warc": found_in_warc,
        ".parquet": found_in_parquet,
        ".gz": found_in_packed,
        ".bz2": found_in_packed,
        ".xz": found_in_packed,
    }


def is_container(name: str) -> bool:
    """Whether a name is that of a container."""
    return kind_of_name(name) in finders()


def container_at(path: Path) -> Container:
    """The container of a file, with a budget after its size. Raises SourceError when it cannot be read."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    return Container(name=str(path), budget=Budget(str(path), size), path=str(path))


def found_in(container: Container) -> Iterator[Found]:
    """The documents of a container; what stands before a fault is found, and the fault is a refusal."""
    try:
        if container.depth > DEEPEST:
            raise SourceError(f"{container.name} lies too deep in other containers; unpack the outermost and add that")
        yield from finders()[container.kind](container)
    except InputError as error:
        yield refusal(container.name, error)


class Member(NamedTuple):
    """A member of an archive: its name there, where its bytes lie, and what gives its first bytes or all."""

    name: str
    part: Part
    head: Callable[[int], bytes]
    data: Callable[[], bytes]


def found_in_member(container: Container, member: Member) -> Iterator[Found]:
    """What a member stands for: a document, the articles of an export, or all that is in a container inside."""
    from dragoman.read.databases import HEAD
    from dragoman.read.exports import articles_found, has_name_of_export, shows_export

    name = container.member(member.name)
    if is_container(member.name):
        inside = Container(name=name, budget=container.budget, data=member.data(), depth=container.depth + 1)
        yield from found_in(inside)
    elif has_name_of_export(member.name) and shows_export(member.head(HEAD)):
        yield from articles_found(member.data(), name, NOTHING)
    else:
        yield Source(name=name, part=member.part)


def found_in_packed(container: Container) -> Iterator[Found]:
    """The document of a compressed file, or the articles of an export; its name is the file's without the ending."""
    from dragoman.read.databases import HEAD
    from dragoman.read.exports import articles_found, has_name_of_export, shows_export

    name = container.name.removesuffix(PurePosixPath(container.name).suffix)
    with container.plain() as stream:
        head = stream.read(HEAD)
        export = has_name_of_export(name) and shows_export(head)
        rest = bounded(stream, container.name, LARGEST_NESTED if export else LARGEST)
    if export:
        yield from articles_found(head + rest, name, NOTHING)
    else:
        yield Source(name=name, part=Carried(head + rest))
