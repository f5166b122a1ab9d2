"""How does a whole book move to another place, and how is one saved while others write to it?

Rows go over table by table, in the order of their keys and a few at a time, from one state of the book and into one
transaction. Before that is committed each table is read back, and its rows must have the digest of those that were sent.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from dragoman.book.backend import Backend, Row
from dragoman.book.schema import migrations, statements_in
from dragoman.errors import BookError

WORDS = ("document_words", "entry_words")
INDEXED = {
    "document_words": "SELECT version, title, text FROM versions WHERE current = 1",
    "entry_words": "SELECT entry, title, words FROM entries WHERE state = 'live'",
}


class Table(msgspec.Struct, frozen=True):
    """A table with its columns and its key; a numbered one gives its rows their numbers itself."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def rows(self) -> str:
        """The query for all rows, in the order of the key. The schema's number is the database's own affair."""
        where = " WHERE name <> 'schema'" if self.name == "settings" else ""
        return f"SELECT {', '.join(self.columns)} FROM {self.name}{where} ORDER BY {', '.join(self.key)}"


class Copied(msgspec.Struct, frozen=True):
    """One table of a copy: how many rows, and the SHA-256 over them, which both books share."""

    table: str
    rows: int
    digest: str


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the schema, each after those that it refers to."""
    connection = sqlite3.connect(":memory:")
    try:
        for script in migrations():
            for statement in statements_in(script):
                connection.execute(statement)
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\' ORDER BY rowid"
        return tuple(table_of(connection, name) for (name,) in connection.execute(sql).fetchall())
    finally:
        connection.close()


def table_of(connection: sqlite3.Connection, name: str) -> Table:
    """A table as the database describes it."""
    described = connection.execute(f"PRAGMA table_info({name})").fetchall()
    key = sorted((row[5], row[1]) for row in described if row[5])
    return Table(name, tuple(row[1] for row in described), tuple(column for _, column in key))


class Tally:
    """Counts rows and takes their digest while they pass."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = hashlib.sha256()

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows."""
        for row in rows:
            self.count += 1
            self._sum.update(msgspec.json.encode(row) + b"\n")
            yield row

    def of(self, table: Table) -> Copied:
        """What has passed."""
        return Copied(table.name, self.count, self._sum.hexdigest())


def copy(source: Backend, target: Backend, name: str) -> list[Copied]:
    """Copy everything into an empty book, and verify it. Raises BookError; the target is then as it was."""
    with source.snapshot(), target.transaction():
        if target.rows("SELECT 1 FROM documents LIMIT 1") or target.rows("SELECT 1 FROM corrections LIMIT 1"):
            raise BookError(f"{name}: there is a book already, which is not empty; name another place")
        target.run("DELETE FROM settings WHERE name <> 'schema'")
        sent = [sent_over(source, target, table) for table in tables()]
        for words in WORDS:
            for number, title, text in source.each(INDEXED[words]):
                target.index(words, number, title, text)
        target.settle()
        for copied, table in zip(sent, tables(), strict=True):
            verify(target, table, copied, name)
    return sent


def sent_over(source: Backend, target: Backend, table: Table) -> Copied:
    """Copy one table."""
    tally = Tally()
    target.put(table.name, table.columns, tally.passing(source.each(table.rows)))
    return tally.of(table)


def verify(target: Backend, table: Table, sent: Copied, name: str) -> None:
    """Raises BookError unless the table holds the very rows that were sent."""
    tally = Tally()
    for _ in tally.passing(target.each(table.rows)):
        pass
    if tally.of(table) != sent:
        raise BookError(f"{name}: {table.name} did not arrive as it was sent; nothing was kept, run again")


def beside(path: Path) -> Path:
    """The file in which a copy grows until it is whole."""
    return path.with_name(path.name + ".part")


def begun(path: Path, *, replace: bool) -> Path:
    """The file for a new copy, made for its owner alone; what a killed run left there is removed. Raises BookError."""
    if path.exists() and not replace:
        raise BookError(f"{path}: is there already; name another file, or say --replace")
    part = beside(path)
    try:
        for left in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            left.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise BookError(f"{path}: cannot be made: {error.strerror}; name a file in a folder you may write") from error
    return part


def finished(part: Path, path: Path) -> None:
    """Give a whole copy its name, on disk before this returns."""
    for each, flags in ((part, os.O_RDWR), (path.parent, os.O_RDONLY)):
        if each == path.parent:
            part.replace(path)
        handle = os.open(each, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
