"""What is there to read, what is refused, and what is set aside?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.errors import InputError
from dragoman.read.given import NOTHING, Given


class Form(StrEnum):
    """What the bytes of a source are, where its name does not say."""

    TEXT = "text"
    PAGE = "page"
    LINE = "json line"
    MAIL = "mail"


class Slice(msgspec.Struct, frozen=True, tag="slice"):
    """So many bytes of a file from an offset on: a line, a mail, a member of an archive that is not compressed."""

    path: str
    start: int
    length: int


class ZipMember(msgspec.Struct, frozen=True, tag="zip"):
    """A member of a zip archive, by its name there."""

    path: str
    member: str


class WarcRecord(msgspec.Struct, frozen=True, tag="warc"):
    """The record that begins at an offset of a web archive."""

    path: str
    start: int


class TableRow(msgspec.Struct, frozen=True, tag="row"):
    """A row of a row group of a Parquet file; ``number`` counts the rows of the file from 1."""

    path: str
    group: int
    row: int
    number: int


class Carried(msgspec.Struct, frozen=True, tag="bytes"):
    """The bytes themselves, where nothing on disk can be read from its middle; ``charset`` is what a server said."""

    data: bytes
    charset: str | None = None


Part = Slice | ZipMember | WarcRecord | TableRow | Carried


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document to be read: a file, a part of a container, or a text in hand.

    ``name`` is how messages call it, and the document's id where nothing better is stated. ``stated`` holds facts that
    give way to those of the document itself. A source is small unless it carries its text, and can be sent to another
    process, which reads it without reading the rest of its container.
    """

    name: str
    path: str | None = None
    text: str | None = None
    html: str | None = None
    part: Part | None = None
    form: Form | None = None
    given: Given = NOTHING
    stated: Given = NOTHING

    @property
    def carried(self) -> int:
        """The bytes that the source itself holds."""
        data = self.part.data if isinstance(self.part, Carried) else b""
        return len(self.text or "") + len(self.html or "") + len(data)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """An input that is not read, with the reason and the remedy."""

    name: str
    reason: str
    error: str = ""  # name of the error's class


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Something set aside without being an error: a column that is not known, a picture in a folder."""

    name: str
    reason: str


Found = Source | Refusal | Unread


def refusal(name: str, error: InputError) -> Refusal:
    """The refusal that an error stands for."""
    return Refusal(name=name, reason=str(error), error=type(error).__name__)
