"""What lies in a zip or tar archive?

Nothing is written to disk, so a member's name can lead nowhere; it is a name and no more. Members of a zip, and of a tar
that is not compressed, are read where they lie; those of a compressed tar are carried, as it can only be read through.
"""

from __future__ import annotations

import functools
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from dragoman.errors import SourceError
from dragoman.read.containers import Container, found_in_member, is_container
from dragoman.read.limits import LARGEST_NESTED, largest_of, too_large
from dragoman.read.source import Carried, Found, Slice, Unread, ZipMember, refusal

# What the library raises for archives that are damaged, or made to harm.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
LONGEST_HEADER = 1_000_000  # bytes of a tar member's extended header; names and dates need hundreds
OPEN_ARCHIVES = 4
ENCRYPTED = 0x1


def found_in_zip(container: Container) -> Iterator[Found]:
    """The members of a zip archive, in its order. Raises SourceError when it is none, or a bomb."""
    with container.packed() as stream:
        archive = zip_of(stream, container.name)
        with archive:
            for info in archive.infolist():
                if info.filename.endswith("/") or is_passed_over(info.filename):
                    continue
                container.budget.count()
                container.budget.spend(info.file_size)
                yield from found_in_zip_member(container, archive, info)


def zip_of(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    """The archive of a stream. Raises SourceError for anything else."""
    try:
        return zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise SourceError(f"{name} is no zip archive, or a damaged one ({error}); make it again") from error


def found_in_zip_member(container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Found]:
    """What a member stands for, or why it is refused."""
    name = container.member(info.filename)
    largest = LARGEST_NESTED if is_container(info.filename) else largest_of(info.filename)
    try:
        if info.flag_bits & ENCRYPTED:
            raise SourceError(f"{name} is encrypted; unpack the archive with its password and add the folder")
        if info.file_size > largest:
            raise too_large(name, info.file_size, largest)
        if container.path:
            part: ZipMember | Carried = ZipMember(container.path, info.filename)
        else:
            part = Carried(b"" if is_container(info.filename) else unzipped(archive, info, name))
        yield from found_in_member(container, info.filename, part, lambda: unzipped(archive, info, name))
    except SourceError as error:
        yield refusal(name, error)


def unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a member, never more than it declares. Raises SourceError where it is damaged."""
    try:
        with archive.open(info) as member:
            return member.read(info.file_size)
    except DAMAGED as error:
        raise SourceError(f"{name} is damaged ({error}); make the archive again") from error


@functools.lru_cache(maxsize=OPEN_ARCHIVES)
def opened_zip(path: str, size: int, changed: int) -> zipfile.ZipFile:
    """An archive on disk, kept open between its members: its directory is read once."""
    try:
        return zipfile.ZipFile(path)
    except DAMAGED as error:
        raise SourceError(f"{path} is no zip archive, or a damaged one ({error}); make it again") from error


def zip_bytes(part: ZipMember, name: str) -> bytes:
    """The bytes of a member of an archive on disk. Raises SourceError where it is damaged or gone."""
    try:
        about = Path(part.path).stat()
    except OSError as error:
        raise SourceError(f"{part.path} cannot be read ({error.strerror}); check its permissions") from error
    archive = opened_zip(part.path, about.st_size, about.st_mtime_ns)
    try:
        info = archive.getinfo(part.member)
    except KeyError:
        raise SourceError(f"{name}: the archive has no such member any more; add it again") from None
    return unzipped(archive, info, name)


class BoundedInfo(tarfile.TarInfo):
    """A member of a tar archive whose extended header is no larger than headers are: it is read into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        extended = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
        is_header = self.type in (*extended, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
        if is_header and self.size > LONGEST_HEADER:
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return found


def found_in_tar(container: Container) -> Iterator[Found]:
    """The files of a tar archive, in its order. Raises SourceError where it is damaged, or a bomb."""
    with container.plain() as stream:
        try:
            archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=BoundedInfo)  # noqa: SIM115
            with archive:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # else the list of all stays in memory
                    if info.isreg() and not is_passed_over(info.name):
                        container.budget.count()
                        yield from found_in_tar_member(container, archive, info)
        except (tarfile.TarError, ValueError, RecursionError) as error:
            raise SourceError(
                f"{container.name} is no tar archive, or a damaged one ({error}); make it again"
            ) from error


def found_in_tar_member(container: Container, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Found]:
    """What a member stands for, or why it is refused."""
    name = container.member(info.name)
    largest = LARGEST_NESTED if is_container(info.name) else largest_of(info.name)
    if info.size > largest:
        yield refusal(name, too_large(name, info.size, largest))
        return
    if info.issparse():
        yield Unread(name=name, reason="a sparse file; unpack the archive and add the folder")
        return
    if container.path and not container.packing and not is_container(info.name):
        yield from found_in_member(container, info.name, Slice(container.path, info.offset_data, info.size), bytes)
        return
    member = archive.extractfile(info)
    data = member.read() if member else b""
    yield from found_in_member(container, info.name, Carried(data), lambda: data)


def is_passed_over(name: str) -> bool:
    """Whether a member is hidden, or what a Mac adds to an archive."""
    return any(
        part.startswith(".") and part not in (".", "..") for part in PurePosixPath(name).parts
    ) or name.startswith("__MACOSX/")
