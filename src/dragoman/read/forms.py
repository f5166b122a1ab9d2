"""What does a source hold: which bytes, and what kind of document are they?"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from dragoman.errors import SourceError
from dragoman.read.archives import zip_bytes
from dragoman.read.containers import MARK, PAGE_NAMES, TEXT_NAMES
from dragoman.read.decode import decoded
from dragoman.read.given import CONTENT, Given
from dragoman.read.limits import LARGEST, LARGEST_FILE, largest_of, too_large
from dragoman.read.mail import QUOTED_FROM, mail_of
from dragoman.read.manifest import given_of, json_fields
from dragoman.read.offered import content_of, offered
from dragoman.read.pdf import text_of_pdf
from dragoman.read.saved import saved_from, saved_mhtml, without_pictures
from dragoman.read.source import Carried, Form, Slice, Source, TableRow, WarcRecord, ZipMember
from dragoman.read.tables import row_fields
from dragoman.read.warc import archived, source_of_archived
from dragoman.read.word import text_of_word


class Held(NamedTuple):
    """The bytes of a source and the charset that a server named."""

    data: bytes
    charset: str | None = None


LOOKS_LIKE_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!doctype html|<html|<head|<body|<\?xml[^>]*\?>\s*<(?:!doctype )?html)",
    re.IGNORECASE | re.DOTALL,
)
TAGS = re.compile(r"<[^>]*>")
WORD_MEMBER = b"word/document.xml"


def with_text(source: Source) -> Source:
    """The source with its text or its page in hand, and what its container or header states.

    Raises SourceError or ManifestError where it cannot be read.
    """
    if source.text is not None or source.html is not None:
        return source
    if isinstance(source.part, WarcRecord):
        source = source_of_archived(archived(source.part, source.name), source)
    if isinstance(source.part, TableRow):
        return source_of_fields(row_fields(source.part, source.name), source)
    data, charset = held(source)
    if source.form is Form.LINE:
        return source_of_line(data, source)
    read = READERS.get(source.form) or READERS.get(ending_of(source))
    if read is None and ending_of(source) not in offered():
        read = reader_by_content(data)
    if read is None and source.form is None and ending_of(source) in offered():
        return source_of_offered(data, source)
    return read(data, charset, source) if read else source_of_text(data, charset, source)


def source_of_offered(data: bytes, source: Source) -> Source:
    """The source of a kind that an installed package reads; what a manifest states goes before what the file does."""
    content = content_of(offered()[ending_of(source)], data, source.name)
    given = source.given.over(content.given)
    return msgspec.structs.replace(source, text=content.text, html=content.html, given=given)


def source_of_line(data: bytes, source: Source) -> Source:
    """The source of a JSON line. Raises SourceError when another stands there now."""
    try:
        fields, _ = json_fields(data)
    except ValueError as error:
        raise SourceError(f"{source.name}: the line has changed ({error}); add the file again") from error
    return source_of_fields(fields, source)


def source_of_text(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of bytes whose kind only they themselves can tell: a page or a plain text."""
    text = decoded(data, source.name, charset).text
    named_text = source.form is Form.TEXT or ending_of(source) in TEXT_NAMES
    if not named_text and LOOKS_LIKE_PAGE.match(text):
        return msgspec.structs.replace(source, html=text)
    return msgspec.structs.replace(source, text=text)


def source_of_page(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of a page, with the address that it was saved from."""
    html = decoded(without_pictures(data), source.name, charset).text
    stated = source.stated.over(Given(url=saved_from(html)))
    return msgspec.structs.replace(source, html=html, stated=stated)


def source_of_mail(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of a mail: its HTML part when that shows words, else the plain one."""
    mail = mail_of(QUOTED_FROM.sub(rb"\1", data) if isinstance(source.part, Slice) else data, source.name)
    given = source.given.over(mail.given)
    if mail.html and (not mail.text or any(map(str.isalnum, TAGS.sub("", mail.html)))):
        return msgspec.structs.replace(source, html=mail.html, given=given)
    return msgspec.structs.replace(source, text=mail.text, given=given)


def source_of_mhtml(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of a page saved as MHTML."""
    saved = saved_mhtml(data, source.name)
    return msgspec.structs.replace(source, html=saved.html, stated=source.stated.over(Given(url=saved.url)))


def source_of_pdf(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of a PDF."""
    return msgspec.structs.replace(source, text=text_of_pdf(data, source.name))


def source_of_word(data: bytes, charset: str | None, source: Source) -> Source:
    """The source of a Word document."""
    return msgspec.structs.replace(source, text=text_of_word(data, source.name))


FormReader = Callable[[bytes, str | None, Source], Source]
READERS: dict[object, FormReader] = {
    Form.TEXT: source_of_text,
    Form.PAGE: source_of_page,
    Form.MAIL: source_of_mail,
    ".eml": source_of_mail,
    ".mhtml": source_of_mhtml,
    ".mht": source_of_mhtml,
    ".pdf": source_of_pdf,
    ".docx": source_of_word,
    **dict.fromkeys(PAGE_NAMES, source_of_page),
}


def reader_by_content(data: bytes) -> FormReader | None:
    """The reader of a kind that shows in its first bytes, for a file without the ending."""
    if data.startswith(b"%PDF-"):
        return source_of_pdf
    return source_of_word if data.startswith(b"PK\x03\x04") and WORD_MEMBER in data else None


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
    if length > LARGEST_FILE:
        raise too_large(name, length, LARGEST_FILE)
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
        largest = largest_of(path.name)
        if size > largest:
            raise too_large(str(path), size, largest)
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check its permissions") from error


def ending_of(source: Source) -> str:
    """The ending of the document's own name, in lower case."""
    name = source.path or source.name
    return PurePosixPath(name.rpartition(MARK)[2].replace(os.sep, "/")).suffix.casefold()
