"""Which documents does a Parquet file hold?

One row a document, with the columns of a manifest. The file's directory alone says how many rows there are; rows are
read by whoever reads the documents, in pages of some hundred, and only the columns that are known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import SourceError, extra
from dragoman.read.containers import Container
from dragoman.read.given import CONTENT, columns_of
from dragoman.read.source import Found, Source, TableRow, Unread

if TYPE_CHECKING:
    import pyarrow.parquet
    from pyarrow.lib import RecordBatch

PAGE = 256  # rows that are held at a time


def found_in_parquet(container: Container) -> Iterator[Found]:
    """A source for every row. Raises SourceError when the file is none, or has no column that holds texts."""
    if container.path is None:
        raise SourceError(
            f"{container.name} is a Parquet file inside another container; unpack it and add it by itself"
        )
    with opened(container.path) as table:
        names = table.schema_arrow.names
        known = columns_of(names)
        if not set(CONTENT) & set(known):
            raise SourceError(
                f"{container.name} has no column named text or html (it has {', '.join(names)[:200]}); rename the one"
                " that holds the texts"
            )
        for name in names:
            if name not in known.values():
                yield Unread(name=container.name, reason=f"column {name!r} is not known and not read")
        number = 0
        for group in range(table.metadata.num_row_groups):
            for row in range(table.metadata.row_group(group).num_rows):
                number += 1
                part = TableRow(container.path, group, row, number)
                yield Source(name=container.member(number), part=part)


def opened(path: str) -> pyarrow.parquet.ParquetFile:
    """The file. Raises SourceError when it is none, MissingExtra without the package."""
    with extra("tables", "reading Parquet files"):
        import pyarrow.parquet
        from pyarrow.lib import ArrowException
    try:
        return pyarrow.parquet.ParquetFile(path, memory_map=True)
    except (ArrowException, OSError) as error:
        raise SourceError(f"{path} is no Parquet file, or a damaged one ({error}); write it again") from error


class Rows:
    """Reads the rows of a file forward, page by page; a step back begins the row group again."""

    def __init__(self, path: str) -> None:
        self.file = opened(path)
        self.known = columns_of(self.file.schema_arrow.names)
        self.group = -1
        self.restart(0)

    def restart(self, group: int) -> None:
        """Stand before the first row of a row group."""
        self.group, self.first = group, 0
        columns = list(self.known.values())
        self.pages: Iterator[RecordBatch] = self.file.iter_batches(batch_size=PAGE, row_groups=[group], columns=columns)
        self.page: RecordBatch | None = next(self.pages, None)

    def fields(self, group: int, row: int) -> dict[str, str]:
        """The values of a row by column, without those that are empty. Raises SourceError when there is no such row."""
        if group != self.group or row < self.first:
            self.restart(group)
        while self.page is not None and row >= self.first + self.page.num_rows:
            self.first += self.page.num_rows
            self.page = next(self.pages, None)
        if self.page is None:
            raise SourceError(f"there is no row {row} in row group {group} any more")
        at = row - self.first
        values = {name: self.page.column(column)[at].as_py() for name, column in self.known.items()}
        return {name: written(value) for name, value in values.items() if value is not None}


def written(value: object) -> str:
    """A value of a cell as a manifest would write it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(timespec="seconds")
    return str(value)


LAST: list[tuple[tuple[str, int, int], Rows]] = []  # the file that this process read last, kept open


def row_fields(part: TableRow, name: str) -> dict[str, str]:
    """The values of a row. Raises SourceError where the file is damaged or has changed."""
    with extra("tables", "reading Parquet files"):
        from pyarrow.lib import ArrowException
    try:
        about = Path(part.path).stat()
        key = (part.path, about.st_size, about.st_mtime_ns)
        if not LAST or LAST[0][0] != key:
            LAST[:] = [(key, Rows(part.path))]
        return LAST[0][1].fields(part.group, part.row)
    except (ArrowException, OSError) as error:
        LAST.clear()
        raise SourceError(f"{name} cannot be read ({error}); write the file again") from error
