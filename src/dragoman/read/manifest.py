"""Which documents does a table name or hold, and what does it state about them?

CSV (comma, semicolon or tab) with a header, or one JSON object a line. Columns: path, id, url, outlet, title,
published, kind, issuer, and ``text`` or ``html``, which hold the document itself. With ``path`` a table is a manifest:
paths are relative to it, and ``news.zip!first.txt`` states facts about a member of a container. Columns of other names
are reported once.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from dragoman.errors import ManifestError, SourceError
from dragoman.read.containers import MARK, Container
from dragoman.read.decode import decoded
from dragoman.read.given import COLUMNS, CONTENT, Given, columns_of, given_from
from dragoman.read.limits import LARGEST, lines_of
from dragoman.read.source import Carried, Form, Found, Part, Source, Unread, refusal

LINES_NAMES = frozenset({".jsonl", ".ndjson"})
HEADER = "path,id,url,outlet,title,published,kind,issuer"
HEAD = 65_536  # bytes in which a table's encoding and the sign between its columns show


class Row(msgspec.Struct, frozen=True):
    """A row: its line, its known fields, the names of the others, and where a JSON line lies."""

    number: int
    fields: dict[str, str]
    others: tuple[str, ...] = ()
    part: Part | None = None


class Ids:
    """The ids that a table has given so far."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, str | None]] = {}

    def check(self, given: Given, where: str, number: int) -> None:
        """Raise ManifestError for an id that another document has; a page seen twice, at one url, may share it."""
        if given.id is None:
            return
        first, url = self.seen.setdefault(given.id, (number, given.url))
        if first != number and (url is None or url != given.url):
            raise ManifestError(f"{where}: id {given.id!r} stands in line {first} too; give each document its own")


def found_in_rows(table: Container) -> Iterator[Found]:
    """The sources of a table, a refusal for each row that is wrong, and a note for columns that are not known.

    A source with nothing but facts states them about a member of a container. Raises ManifestError when the table as a
    whole cannot be read.
    """
    unknown: set[str] = set()
    ids = Ids()
    count = 0
    for row in json_rows(table) if table.kind in LINES_NAMES else csv_rows(table):
        count += 1
        if isinstance(row, ManifestError):
            yield refusal(table.name, row)
            continue
        for name in row.others:
            if name not in unknown:
                unknown.add(name)
                yield Unread(name=table.name, reason=f"column {name!r} is not known and not read; known are {HEADER}")
        try:
            yield source_of(table, row, ids)
        except (ManifestError, SourceError) as error:
            yield refusal(row_name(table, row), error)
    if not count:
        raise ManifestError(f"{table.name} names no document; write a header ({HEADER}) and one line a document")


def row_name(table: Container, row: Row) -> str:
    """How messages call a row: by the file it names, else by its line."""
    path = row.fields.get("path")
    return str(Path(table.name).parent / path) if path else f"{table.name} line {row.number}"


def source_of(table: Container, row: Row, ids: Ids) -> Source:
    """The source of a row. Raises ManifestError naming the line, or SourceError for a missing file."""
    where = f"{table.name} line {row.number}"
    given = given_of(row.fields, where)
    ids.check(given, where, row.number)
    name = given.id or given.url or table.member(row.number)
    for content in CONTENT:
        if row.fields.get(content):
            if row.part:
                return Source(name=name, part=row.part, form=Form.LINE, given=given)
            held = row.fields[content]
            return (
                Source(name=name, given=given, text=held)
                if content == "text"
                else Source(name=name, given=given, html=held)
            )
    path = row.fields.get("path", "").strip()
    if not path:
        raise ManifestError(f"{where}: no path; name the file, relative to the manifest")
    return file_of_row(table, where, path, given)


def given_of(fields: Mapping[str, str], where: str) -> Given:
    """What a row states. Raises ManifestError naming the line."""
    try:
        return given_from({name: value for name, value in fields.items() if name in COLUMNS})
    except ValueError as error:
        raise ManifestError(f"{where}: {error}") from error


def file_of_row(table: Container, where: str, path: str, given: Given) -> Source:
    """The source with its file, or facts about a member of a container. Raises SourceError when there is none."""
    if table.path is None:  # in an archive a manifest names its fellow members
        folder = table.name.rpartition(MARK)[0]
        inner = os.path.normpath(Path(table.name.rpartition(MARK)[2]).parent / path)
        return Source(name=f"{folder}{MARK}{Path(inner).as_posix()}", given=given)
    name = os.path.normpath(Path(table.path).parent / path)
    if os.path.isfile(name):  # noqa: PTH113  # a name that no file can have is an answer here, not an error
        return Source(name=name, path=name, given=given)
    container, mark, _ = name.partition(MARK)
    if mark and os.path.isfile(container):  # noqa: PTH113
        return Source(name=name, given=given)
    what = "is a folder" if os.path.isdir(name) else "does not exist"  # noqa: PTH112
    raise SourceError(f"{where}: {name} {what}; correct the path (it is relative to the manifest) or drop the line")


def csv_rows(table: Container) -> Iterator[Row]:
    """The rows of a CSV table. Raises ManifestError when it has no header with a path or a text."""
    with table.plain() as stream, text_of(stream, table.name) as text:
        head = text.readline(HEAD)
        delimiter = delimiter_of(head)
        line = end = 1
        try:
            names = next(csv.reader([head], delimiter=delimiter), [])
            columns = columns_of(names)
            if not {"path", *CONTENT} & set(columns):
                raise ManifestError(
                    f"{table.name} line 1: no column named path; write a header such as {HEADER}, or text for a column"
                    " that holds the texts"
                )
            places = {column: names.index(name) for column, name in columns.items()}
            others = tuple(sorted(name.strip().casefold() for name in names if name not in columns.values()))
            csv.field_size_limit(LARGEST)
            reader = csv.reader(text, delimiter=delimiter)
            for values in reader:
                line, end = end + 1, reader.line_num + 1
                if any(value.strip() for value in values):
                    fields = {column: values[at] for column, at in places.items() if at < len(values)}
                    yield Row(line, fields, others)
        except csv.Error as error:
            raise ManifestError(f"{table.name} line {line}: {error}; save it again as CSV") from error


def text_of(stream: BinaryIO, name: str) -> io.TextIOWrapper:
    """A table's text, in the encoding that its beginning shows."""
    start = io.BufferedReader(cast(io.RawIOBase, stream), HEAD) if not hasattr(stream, "peek") else stream
    head = cast(io.BufferedReader, start).peek(HEAD)[:HEAD]
    whole = head[: head.rfind(b"\n") + 1] or head
    encoding = decoded(whole, name).encoding if whole else "utf-8"
    encoding = "utf-8-sig" if encoding == "utf-8" and whole.isascii() else encoding
    return io.TextIOWrapper(start, encoding=encoding, errors="replace", newline="")


def delimiter_of(header: str) -> str:
    """The sign between the columns: that of comma, semicolon and tab which stands most often in the header."""
    return max(",;\t", key=header.count)


def json_rows(table: Container) -> Iterator[Row | ManifestError]:
    """The rows of a JSONL table; an error for each line that is no object, or nests a value that is read."""
    with table.plain() as stream:
        for number, (start, line) in enumerate(lines_of(stream), start=1):
            if line is None:
                size = f"more than the {LARGEST / 1e6:.0f} MB of the longest document"
                yield ManifestError(f"{table.name} line {number}: {size}; split it")
            elif line.strip():
                try:
                    fields, others = json_fields(line)
                except ValueError as error:
                    yield ManifestError(f"{table.name} line {number}: {error}; write one JSON object a line")
                    continue
                part = table.part(start, line)
                yield Row(number, fields, others, None if isinstance(part, Carried) else part)


def json_fields(line: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    """The known fields of a JSON line and the names of the others. Raises ValueError for anything but an object."""
    try:
        values = msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    columns = columns_of(values)
    fields = {column: plain(values[name], name) for column, name in columns.items() if values[name] is not None}
    others = [sys.intern(name.strip().casefold()) for name in values if name not in columns.values()]
    return fields, tuple(sorted(others))


def plain(value: object, name: str) -> str:
    """A plain value as text. Raises ValueError for a list or an object."""
    if isinstance(value, list | dict):
        raise ValueError(f"{name} holds a list or an object instead of one value")
    return str(value)
