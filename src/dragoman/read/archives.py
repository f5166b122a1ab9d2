"""What lies in a zip or tar archive?

Nothing is written to disk, so a member's name can lead nowhere; it is a name and no more. Members of a zip, and of a tar
that is not compressed, are read where they lie; those of a compressed tar are carried, as it can only be read through.
"""

from __future__ import annotations

import contextlib
import functools
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from dragoman.errors import SourceError
from dragoman.read.containers import Container, Member, found_in_member, is_container
from dragoman.read.databases import HEAD
from dragoman.read.exports import has_name_of_export, shows_export
from dragoman.read.facts import Facts, is_manifest
from dragoman.read.limits import LARGEST_NESTED, Budget, largest_of, too_large
from dragoman.read.source import Carried, Found, Slice, Unread, ZipMember, refusal

# What the library raises for archives that are damaged, or made to harm.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
LONGEST_HEADER = 1_000_000  # bytes of a tar member's extended header; names and dates need hundreds
OPEN_ARCHIVES = 4
ENCRYPTED = 0x1


def found_in_zip(container: Container) -> Iterator[Found]:
    """The members of a zip archive, in its order. Raises SourceError when it is none, or a bomb."""
    with container.packed() as stream, zip_of(stream, container.name) as archive:
        facts = Facts()
        for info in archive.infolist():
            if is_read(info.filename) and is_manifest(info.filename):
                container.budget.spend(info.file_size)
                yield from stated_in(container, zip_member(container, archive, info), info.file_size, facts)
        for info in archive.infolist():
            if info.filename.endswith("/") or not is_read(info.filename) or is_manifest(info.filename):
                continue
            container.budget.count()
            container.budget.spend(info.file_size)
            yield from map(facts.stated, found_in_zip_member(container, archive, info))
        yield from facts.missing()


def stated_in(container: Container, manifest: Member, size: int, facts: Facts) -> Iterator[Found]:
    """Keep what a manifest in an archive states about its fellow members; what else its rows hold is found."""
    try:
        if size > LARGEST_NESTED:
            raise too_large(container.member(manifest.name), size, LARGEST_NESTED)
        for found in found_in_member(container, manifest):
            if not facts.add(found):
                yield found
    except SourceError as error:
        yield refusal(container.member(manifest.name), error)


def zip_of(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    """The archive of a stream. Raises SourceError for anything else."""
    try:
        return zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise SourceError(f"{name} is no zip archive, or a damaged one ({error}); make it again") from error


def found_in_zip_member(container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Found]:
    """What a member stands for, or why it is refused."""
    name = container.member(info.filename)
    try:
        if info.flag_bits & ENCRYPTED:
            raise SourceError(f"{name} is encrypted; unpack the archive with its password and add the folder")
        member = zip_member(container, archive, info)
        require_size(name, member, info.file_size)
        yield from found_in_member(container, member)
    except SourceError as error:
        yield refusal(name, error)


def require_size(name: str, member: Member, size: int) -> None:
    """Raise SourceError for a member that is larger than any document; of exports and containers, than any held in memory."""
    largest = LARGEST_NESTED if is_container(name) else largest_of(name)
    if largest < size <= LARGEST_NESTED and has_name_of_export(name) and shows_export(member.head(HEAD)):
        return
    if size > largest:
        raise too_large(name, size, largest)


def zip_member(container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    """A member as it is found: where it lies when the archive is on disk, else with its bytes."""
    name = container.member(info.filename)

    def data() -> bytes:
        return unzipped(archive, info, name)

    def head(size: int) -> bytes:
        return unzipped(archive, info, name, size)

    if container.path:
        return Member(info.filename, ZipMember(container.path, info.filename), head, data)
    held = is_container(info.filename) or info.flag_bits & ENCRYPTED or info.file_size > largest_of(name)
    return Member(info.filename, Carried(b"" if held else data()), head, data)


def unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, most: int | None = None) -> bytes:
    """The bytes of a member, or its first ones, never more than it declares. Raises SourceError where it is damaged."""
    try:
        with archive.open(info) as member:
            return member.read(info.file_size if most is None else min(most, info.file_size))
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
    facts = Facts()
    with contextlib.suppress(SourceError):  # it is met again, and told, when the members are read
        for archive, info in members_of_tar(container, container.budget.again()):
            if is_manifest(info.name):
                yield from stated_in(container, tar_member(container, archive, info), info.size, facts)
    for archive, info in members_of_tar(container, container.budget):
        if not is_manifest(info.name):
            yield from map(facts.stated, found_in_tar_member(container, archive, info))
    yield from facts.missing()


def members_of_tar(container: Container, budget: Budget) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """The files of a tar archive that are read, each while the archive stands at it. Raises SourceError."""
    with msgspec.structs.replace(container, budget=budget).plain() as stream:
        try:
            archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=BoundedInfo)  # noqa: SIM115
            with archive:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # else the list of all stays in memory
                    if info.isreg() and is_read(info.name):
                        budget.count()
                        yield archive, info
        except (tarfile.TarError, ValueError, RecursionError) as error:
            raise SourceError(
                f"{container.name} is no tar archive, or a damaged one ({error}); make it again"
            ) from error


def found_in_tar_member(container: Container, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Found]:
    """What a member stands for, or why it is refused."""
    name = container.member(info.name)
    if info.issparse():
        yield Unread(name=name, reason="a sparse file; unpack the archive and add the folder")
        return
    try:
        member = tar_member(container, archive, info)
        require_size(name, member, info.size)
        yield from found_in_member(container, member)
    except SourceError as error:
        yield refusal(name, error)


def tar_member(container: Container, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    """A member as it is found: where it lies when the archive is on disk and not compressed, else with its bytes.

    The archive is read through, so the first bytes that were asked for are kept for whoever asks for all.
    """
    stream = archive.extractfile(info)
    read = bytearray()

    def head(size: int) -> bytes:
        if stream and len(read) < size:
            read.extend(stream.read(size - len(read)))
        return bytes(read[:size])

    def data() -> bytes:
        return head(info.size)

    if container.path and not container.packing:
        return Member(info.name, Slice(container.path, info.offset_data, info.size), head, data)
    large = info.size > largest_of(info.name)
    return Member(info.name, Carried(b"" if large or is_container(info.name) else data()), head, data)


def is_read(name: str) -> bool:
    """Whether a member is neither hidden nor what a Mac adds to an archive."""
    hidden = any(part.startswith(".") and part not in (".", "..") for part in PurePosixPath(name).parts)
    return not hidden and not name.startswith("__MACOSX/")
