"""What does a source hold: which bytes, and what kind of document are they?"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from dragoman.errors import SourceError
from dragoman.read.archives import zip_bytes
from dragoman.read.containers import MARK
from dragoman.read.given import CONTENT
from dragoman.read.limits import LARGEST, too_large
from dragoman.read.manifest import given_of, json_fields
from dragoman.read.source import Carried, Form, Slice, Source, TableRow, WarcRecord, ZipMember
from dragoman.read.tables import row_fields
from dragoman.read.warc import archived, source_of_archived


class Held(NamedTuple):
    """The bytes of a source and the charset that a server named."""

    data: bytes
    charset: str | None = None


def with_contents(source: Source) -> Source:
    """The source with its text or bytes in hand. Raises SourceError or ManifestError where they cannot be read."""
    match source.part:
        case WarcRecord() as part:
            return source_of_archived(archived(part, source.name), source)
        case TableRow() as part:
            return source_of_fields(row_fields(part, source.name), source)
        case Slice() | ZipMember() | Carried() | None if source.form is Form.LINE:
            try:
                fields, _ = json_fields(held(source).data)
            except ValueError as error:
                raise SourceError(f"{source.name}: the line has changed ({error}); add the file again") from error
            return source_of_fields(fields, source)
        case _:
            return source


def source_of_fields(fields: dict[str, str], source: Source) -> Source:
    """The source of a row's fields. Raises ManifestError for a value that is wrong, SourceError for an empty row."""
    given = source.given.over(given_of(fields, source.name))
    for content in CONTENT:
        if fields.get(content):
            text = fields[content]
            if len(text) > LARGEST:
                raise too_large(source.name, len(text))
            kept = msgspec.structs.replace(source, part=None, form=None, given=given)
            return msgspec.structs.replace(kept, **{content: text})
    raise SourceError(f"{source.name} is empty: the row holds neither text nor html")


def held(source: Source) -> Held:
    """The bytes of a source. Raises SourceError when they cannot be read, or are more than any document has."""
    match source.part:
        case Carried(data, charset):
            return Held(data, charset)
        case Slice(path, start, length):
            return Held(slice_of(path, start, length, source.name))
        case ZipMember() as part:
            return Held(zip_bytes(part, source.name))
        case _:
            if source.path is None:
                raise SourceError(f"{source.name} has neither a file nor a text")
            return Held(bytes_of(Path(source.path)))


def slice_of(path: str, start: int, length: int, name: str) -> bytes:
    """So many bytes of a file. Raises SourceError where the file ends before."""
    if length > LARGEST:
        raise too_large(name, length)
    try:
        with Path(path).open("rb") as file:
            file.seek(start)
            data = file.read(length)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    if len(data) < length:
        raise SourceError(f"{name}: {path} is shorter than it was; add it again")
    return data


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises SourceError when it cannot be read or is larger than any document."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise too_large(str(path), size)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check its permissions") from error


def ending_of(source: Source) -> str:
    """The ending of the document's own name, in lower case."""
    name = source.path or source.name
    return PurePosixPath(name.rpartition(MARK)[2].replace(os.sep, "/")).suffix.casefold()
