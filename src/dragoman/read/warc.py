"""Which pages does a web archive hold?

Records of type response with an HTML or text body and status 200, and conversion records of plain text (the WET files of
Common Crawl). The reader of archives stops without a word where a file is cut off; so the last record is looked at
again, and a file that ends inside one is named.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

from dragoman.errors import SourceError, extra
from dragoman.read.containers import Container
from dragoman.read.given import Given
from dragoman.read.limits import CHUNK, bounded
from dragoman.read.source import Carried, Form, Found, Source, Unread, WarcRecord, refusal

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord as Record

READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
GZIP = b"\x1f\x8b"
HEADER_END = b"\r\n\r\n"
LONGEST_HEADER = 65_536


class Archived(msgspec.Struct, frozen=True):
    """What a record holds: the address, the body, and the charset and type that the server named."""

    url: str | None
    data: bytes
    charset: str | None
    is_page: bool


def found_in_warc(container: Container) -> Iterator[Found]:
    """The pages of a web archive; raises SourceError when it is none. One that is cut off is refused after its pages."""
    others = 0
    last = 0
    with container.packed() as stream:
        for record in records_of(stream, container.name):
            last = record.stream_pos
            container.budget.count()
            if not is_page(record):
                others += type_of(record) in ("response", "resource", "conversion")
                continue
            yield from source_of_record(container, record)
        if others:
            yield Unread(name=container.name, reason=f"{others} records are no pages: pictures, scripts, errors")
        if is_cut_off(stream, last):
            error = SourceError(
                f"{container.name} ends inside a record: the file is cut off; what stands before is read, fetch it again"
            )
            yield refusal(container.name, error)


def source_of_record(container: Container, record: Record) -> Iterator[Found]:
    """The source of a record: its place in a file on disk, else its bytes."""
    url = record.headers.get("WARC-Target-URI") or ""
    name = container.member(url.strip("<> ") or record.stream_pos)
    if container.path:
        yield Source(name=name, part=WarcRecord(container.path, record.stream_pos))
        return
    try:
        found = body_of(record, name)
        if is_encoded(record):
            raise SourceError(f"{name} is compressed in an archive inside another container; unpack that and add it")
    except SourceError as error:
        yield refusal(name, error)
        return
    yield source_of_archived(found, Source(name=name))


def records_of(stream: BinaryIO, name: str, auto_decode: Literal["none", "all"] = "none") -> Iterator[Record]:
    """The records of a stream. Raises SourceError where it is no web archive, or damaged."""
    with extra("archives", "reading web archives"):
        from fastwarc.warc import ArchiveIterator
    try:
        yield from ArchiveIterator(stream, parse_http=True, auto_decode=auto_decode)
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(f"{name} is no web archive, or a damaged one ({error}); fetch it again") from error


def type_of(record: Record) -> str:
    """The type that a record's header names."""
    return (record.headers.get("WARC-Type") or "").casefold()


def is_page(record: Record) -> bool:
    """Whether a record holds a page or a text that was served as such."""
    kind = type_of(record)
    if kind == "conversion":
        return (record.headers.get("Content-Type") or "").startswith("text/plain")
    if kind not in ("response", "resource"):
        return False
    if record.http_headers is not None and record.http_headers.status_code != 200:
        return False
    served = record.http_content_type or record.headers.get("Content-Type") or ""
    return served.casefold().startswith(READ_TYPES)


def body_of(record: Record, name: str) -> Archived:
    """The body of a record as it was sent. Raises SourceError when it is cut off."""
    promised = record.content_length
    data = bounded(record.reader, name)
    if len(data) < promised:
        raise SourceError(f"{name} is cut off: {len(data)} of {promised} bytes; fetch the archive again")
    served = record.http_content_type or record.headers.get("Content-Type") or ""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    return Archived(url or None, data, record.http_charset, not served.casefold().startswith("text/plain"))


def is_encoded(record: Record) -> bool:
    """Whether a body is compressed, or sent in chunks."""
    sent = record.http_headers
    return sent is not None and bool(sent.get("Content-Encoding") or sent.get("Transfer-Encoding"))


def archived(part: WarcRecord, name: str) -> Archived:
    """What the record at an offset holds. Raises SourceError where it is damaged or gone."""
    try:
        with Path(part.path).open("rb") as stream:
            return decoded_record(stream, part.start, name)
    except OSError as error:
        raise SourceError(f"{name} cannot be read ({error}); fetch the archive again") from error


def decoded_record(stream: BinaryIO, start: int, name: str) -> Archived:
    """The record at an offset, without the encodings of its transfer. Raises SourceError where it is damaged or gone."""
    stream.seek(start)
    for record in records_of(stream, name):
        found = body_of(record, name)
        if not is_encoded(record):
            return found
        stream.seek(start)
        for again in records_of(stream, name, "all"):
            return msgspec.structs.replace(found, data=bounded(again.reader, name))
    raise SourceError(f"{name}: the archive has no record there any more; add it again")


def source_of_archived(found: Archived, source: Source) -> Source:
    """The source with what a record holds."""
    return msgspec.structs.replace(
        source,
        part=Carried(found.data, found.charset),
        form=Form.PAGE if found.is_page else Form.TEXT,
        given=source.given.over(Given(url=found.url)),
    )


def is_cut_off(stream: BinaryIO, last: int) -> bool:
    """Whether a web archive ends inside a record, given where its last whole or broken record begins."""
    stream.seek(last)
    start = stream.read(len(GZIP))
    stream.seek(last)
    return is_gzip_cut_off(stream) if start == GZIP else start[:2] == b"WA" and is_plain_cut_off(stream)


def is_gzip_cut_off(stream: BinaryIO) -> bool:
    """Whether gzip members, read from the beginning of one, end before the last of them does."""
    unpacker = zlib.decompressobj(wbits=31)
    while data := stream.read(CHUNK):
        while data:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            try:
                unpacker.decompress(data, CHUNK)
            except zlib.error:
                return True
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    while not unpacker.eof and unpacker.decompress(b"", CHUNK):
        continue
    return not unpacker.eof


def is_plain_cut_off(stream: BinaryIO) -> bool:
    """Whether the record that begins here, without compression, is longer than what is left."""
    begin = stream.tell()
    head = stream.read(LONGEST_HEADER)
    end = head.find(HEADER_END)
    size = stream.seek(0, 2)
    for line in head[: max(end, 0)].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return size < begin + end + len(HEADER_END) + int(value)
    return True
