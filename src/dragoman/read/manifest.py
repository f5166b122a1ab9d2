"""Which documents does a manifest name, and what does it state about them?

CSV (comma, semicolon or tab) with a header, or one JSON object a line. Columns: path, id, url, outlet, title,
published, kind, issuer; only path is needed. A JSONL manifest may hold the text itself in ``text`` or ``html``
instead of a path. Paths are relative to the manifest. Columns of other names are reported once.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from dragoman.errors import ManifestError, SourceError
from dragoman.read.decode import decoded
from dragoman.read.given import COLUMNS, CONTENT, Given, column_name, given_from
from dragoman.read.source import Found, Source, Unread, refusal

LINES_NAMES = frozenset({".jsonl", ".ndjson"})
KNOWN = frozenset({*COLUMNS, *CONTENT})
HEADER = "path,id,url,outlet,title,published,kind,issuer"

Row = tuple[int, dict[str, str]]


def rows_of(path: Path) -> Iterator[Found]:
    """The sources of a manifest, a refusal for each row that is wrong, and a note for columns that are not known.

    Raises ManifestError when the manifest as a whole cannot be read.
    """
    reader = json_rows if path.suffix.casefold() in LINES_NAMES else csv_rows
    unknown: set[str] = set()
    ids: dict[str, tuple[int, str | None]] = {}
    count = 0
    for row in reader(path):
        if isinstance(row, ManifestError):
            yield refusal(str(path), row)
            continue
        number, fields = row
        count += 1
        for name in sorted(set(fields) - KNOWN - unknown):
            unknown.add(name)
            yield Unread(name=str(path), reason=f"column {name!r} is not known and not read; known are {HEADER}")
        try:
            yield source_of(path, number, fields, ids)
        except (ManifestError, SourceError) as error:
            yield refusal(row_name(path, number, fields), error)
    if not count:
        raise ManifestError(f"{path} names no document; write a header ({HEADER}) and one line a document")


def row_name(path: Path, number: int, fields: Mapping[str, str]) -> str:
    """How messages call a row: by the file it names, else by its line."""
    return str(path.parent / fields["path"]) if fields.get("path") else f"{path} line {number}"


def source_of(path: Path, number: int, fields: Mapping[str, str], ids: dict[str, tuple[int, str | None]]) -> Source:
    """The source of a row. Raises ManifestError naming the line, or SourceError for a missing file."""
    where = f"{path} line {number}"
    try:
        given = given_from({name: value for name, value in fields.items() if name in COLUMNS})
    except ValueError as error:
        raise ManifestError(f"{where}: {error}") from error
    check_id(given, where, number, ids)
    for content in CONTENT:
        if fields.get(content):
            if given.id is None and given.url is None:
                raise ManifestError(f"{where}: a document without a file needs an id or a url")
            return Source(name=given.id or given.url or where, given=given, **{content: fields[content]})
    if not fields.get("path"):
        raise ManifestError(f"{where}: no path; name the file, relative to the manifest")
    return file_of_row(where, path.parent / fields["path"].strip(), given_source=Source(name="", given=given))


def check_id(given: Given, where: str, number: int, ids: dict[str, tuple[int, str | None]]) -> None:
    """Raise ManifestError for an id that another document has; a page seen twice, at one url, may share it."""
    if given.id is None:
        return
    first, url = ids.setdefault(given.id, (number, given.url))
    if first != number and (url is None or url != given.url):
        raise ManifestError(f"{where}: id {given.id!r} stands in line {first} too; give each document its own")


def file_of_row(where: str, file: Path, given_source: Source) -> Source:
    """The source with its file. Raises SourceError when there is none."""
    name = os.path.normpath(file)
    if not Path(name).is_file():
        what = "is a folder" if Path(name).is_dir() else "does not exist"
        raise SourceError(f"{where}: {name} {what}; correct the path (it is relative to the manifest) or drop the line")
    return msgspec.structs.replace(given_source, name=name, path=name)


def csv_rows(path: Path) -> Iterator[Row]:
    """(line, fields) of a CSV manifest. Raises ManifestError when it has no header with a path."""
    text = decoded(path.read_bytes(), str(path)).text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        header = [column_name(name) for name in next(reader, [])]
        if "path" not in header and not set(CONTENT) & set(header):
            raise ManifestError(f"{path} line 1: no column named path; write a header such as {HEADER}")
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, dict(zip(header, values, strict=False))
    except csv.Error as error:
        raise ManifestError(f"{path} line {reader.line_num}: {error}; save it again as CSV") from error


def delimiter_of(text: str) -> str:
    """The sign between the columns: that of comma, semicolon and tab which stands most often in the header."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def json_rows(path: Path) -> Iterator[Row | ManifestError]:
    """(line, fields) of a JSONL manifest; an error for each line that is no object of plain values."""
    with path.open("rb") as lines:
        for number, line in enumerate(without_mark(lines), start=1):
            if not line.strip():
                continue
            try:
                fields = msgspec.json.decode(line, type=dict[str, str | float | int | bool | None])
            except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
                yield ManifestError(f"{path} line {number}: {error}; write one JSON object of plain values a line")
                continue
            yield number, {column_name(name): str(value) for name, value in fields.items() if value is not None}


def without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, the first without a byte-order mark."""
    for number, line in enumerate(lines):
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
