"""What does a book need of a database? The one interface that a second database has to offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]
Values = Sequence[str | int | float | None]

# The rows that each full-text table is to find.
HELD = {
    "document_words": "SELECT version FROM versions WHERE current = 1",
    "entry_words": "SELECT entry FROM entries WHERE state = 'live'",
}


class Backend(Protocol):
    """One connection. SQL is the common part of SQLite and PostgreSQL, with ``?`` for values."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        ...

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        ...

    def insert(self, sql: str, values: Values) -> int:
        """Run one INSERT and give the new row's number."""
        ...

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        ...

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query, however many, a few at a time; inside a snapshot or a transaction."""
        ...

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows with their numbers into a table of an empty book; inside a transaction."""
        ...

    def settle(self) -> None:
        """Let new rows be numbered from here on, after rows were put in with their numbers."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; only one writer at a time. Raises BookBusy when another does not finish in time."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Reads inside see one state of the book, whatever is written meanwhile. Nests in a transaction."""
        ...

    def index(self, table: str, number: int, title: str, text: str) -> None:
        """Add a row to a full-text table."""
        ...

    def unindex(self, table: str, number: int, title: str, text: str) -> None:
        """Take a row out of a full-text table, given the very words it was added with."""
        ...

    def found(self, table: str, phrases: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """(row number, snippet) of rows that hold every phrase, best first; matches stand between \\x02 and \\x03."""
        ...

    def save(self, path: Path) -> None:
        """Copy one state of the whole book into an empty file, while others write."""
        ...

    def damage(self) -> list[str]:
        """What the database itself finds wrong with its pages, indexes and references."""
        ...

    @property
    def schema(self) -> int:
        """The schema's version."""
        ...

    @property
    def revision(self) -> int:
        """A number that changes when another connection has committed; to be compared on one connection only."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
