"""How is a book kept in one SQLite file?

Write-ahead log, full synchronisation (what was acknowledged survives a power cut), foreign keys enforced. The file is
known by its application id, its schema by ``user_version``; each migration is one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from dragoman.book.backend import HELD, Row, Values
from dragoman.book.schema import migrations, statements_in
from dragoman.errors import BookBusy, BookError, NewerBook, NotABook

APPLICATION_ID = 0x4452474D  # "DRGM"
PATIENCE = 10.0  # seconds to wait for another writer
MAGIC = b"SQLite format 3\x00"


class SqliteBackend:
    """A book in one file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        try:
            self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error

    def insert(self, sql: str, values: Values) -> int:
        """Run one INSERT and give the new row's number."""
        try:
            number = self._connection.execute(sql, values).lastrowid
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error
        assert number is not None
        return number

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query, a few at a time."""
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows into a table; references are looked at when the transaction ends."""
        self.run("PRAGMA defer_foreign_keys = ON")
        marks = ", ".join("?" * len(columns))
        self.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def settle(self) -> None:
        """Nothing to do: a new row's number is above all others."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; raises BookBusy when another writer does not finish in time."""
        with self._between("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one state of the book."""
        if self._connection.in_transaction:
            yield
            return
        with self._between("BEGIN"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def index(self, table: str, number: int, title: str, text: str) -> None:
        """Add a row to a full-text table."""
        self.run(f"INSERT INTO {table} (rowid, title, {words_of(table)}) VALUES (?, ?, ?)", (number, title, text))

    def unindex(self, table: str, number: int, title: str, text: str) -> None:
        """Take a row out of a full-text table."""
        self.run(
            f"INSERT INTO {table} ({table}, rowid, title, {words_of(table)}) VALUES ('delete', ?, ?, ?)",
            (number, title, text),
        )

    def found(self, table: str, phrases: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """(row number, snippet) of rows that hold every phrase, best first."""
        query = " ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
        sql = (
            f"SELECT rowid, snippet({table}, -1, char(2), char(3), '…', 24) FROM {table} "
            f"WHERE {table} MATCH ? ORDER BY bm25({table}, 4.0, 1.0), rowid LIMIT ?"
        )
        return [(number, snippet) for number, snippet in self.rows(sql, (query, limit))]

    def save(self, path: Path) -> None:
        """Copy one state of the book: in one step, which no writer has to wait for, nor it for them."""
        try:
            with closing(sqlite3.connect(path)) as target:
                self._connection.backup(target, pages=-1)
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from error

    def damage(self) -> list[str]:
        """What SQLite finds wrong with its pages, indexes, references and full-text tables."""
        found = [line for (line,) in self.rows("PRAGMA integrity_check") if line != "ok"]
        found += [
            f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in self.rows("PRAGMA foreign_key_check")
        ]
        for table, held in HELD.items():
            sql = f"SELECT count(*) FROM ({held} EXCEPT SELECT id FROM {table}_docsize)"
            more = f"SELECT count(*) FROM (SELECT id FROM {table}_docsize EXCEPT {held})"
            missing, stray = self.rows(sql)[0][0], self.rows(more)[0][0]
            if missing or stray:
                found.append(f"{table}: {missing} rows cannot be found by their words, {stray} are found and not there")
        return found

    @property
    def schema(self) -> int:
        """The schema's version."""
        return int(self.rows("PRAGMA user_version")[0][0])

    @property
    def revision(self) -> int:
        """A number that changes when another connection has committed."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def words_of(table: str) -> str:
    """The name of the full-text column beside the title."""
    return "text" if table == "document_words" else "words"


def explained(error: sqlite3.DatabaseError, path: Path) -> BookError:
    """The error of the house for an error of SQLite."""
    words = str(error)
    if not isinstance(error, sqlite3.OperationalError):
        return BookError(f"{path}: {words}; run `dragoman check` on it")
    if "locked" in words or "busy" in words:
        return BookBusy(f"{path}: another process is writing to this book; wait until it has finished and run again")
    if "readonly" in words or "read-only" in words:
        return BookError(f"{path}: the book or its folder is read-only; change its permissions, or work on a copy")
    if "full" in words:
        return BookError(f"{path}: the disk is full; free some space and run again, what was acknowledged is kept")
    return BookError(f"{path}: {words}")


def open_sqlite(path: Path, *, create: bool) -> SqliteBackend:
    """The book at the path, brought to the present schema. Raises NotABook, NewerBook, BookBusy, BookError."""
    fresh = prepare(path, create=create)
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise BookError(f"{path}: cannot be opened: {error}") from error
    backend = SqliteBackend(connection, path)
    try:
        connection.execute(
            "PRAGMA trusted_schema = OFF"
        )  # a book may come from anybody, with views and triggers of theirs
        recognise(backend, path, fresh=fresh)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        migrate(backend)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise explained(error, path) from error
        raise
    return backend


def prepare(path: Path, *, create: bool) -> bool:
    """Make the file when asked to; whether it is empty, and thus a new book. Raises NotABook."""
    if path.is_dir():
        raise NotABook(f"{path}: this is a folder; name a file, for instance {path / 'book.desk'}")
    if not path.exists():
        if not create:
            raise NotABook(f"{path}: there is no such book; `dragoman add PATHS --book {path}` makes one")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise BookError(
                f"{path}: cannot be made: {error.strerror}; name a file in a folder you may write"
            ) from error
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise BookError(f"{path}: cannot be read: {error.strerror}") from error
    if start and start != MAGIC:
        raise NotABook(f"{path}: this file is not a book; give --book another name")
    if not start and not create:
        raise NotABook(f"{path}: this file is empty, not a book; `dragoman add PATHS --book {path}` fills it")
    return not start


def recognise(backend: SqliteBackend, path: Path, *, fresh: bool) -> None:
    """Raises NotABook for another program's database, NewerBook for a later schema."""
    try:
        application = backend.rows("PRAGMA application_id")[0][0]
        schema = backend.schema
        tables = backend.rows("SELECT count(*) FROM sqlite_schema")[0][0]
    except BookBusy:
        raise
    except BookError as error:
        raise NotABook(f"{path}: this file is not a book, or it is damaged: {error}") from error
    if application != APPLICATION_ID and not (application == 0 and tables == 0):
        raise NotABook(f"{path}: this is another program's SQLite database; give --book another name")
    if tables == 0 and not fresh and schema == 0:
        return  # a run was killed while it made the book
    if schema > len(migrations()):
        raise NewerBook(
            f"{path}: written by a newer Dragoman (schema {schema}); upgrade with `pip install -U dragoman`"
        )


def migrate(backend: SqliteBackend) -> None:
    """Bring the schema forward, one transaction a step."""
    for number, script in enumerate(migrations(), start=1):
        if backend.schema >= number:
            continue
        with backend.transaction():
            if backend.schema >= number:
                continue  # another process has just done it
            for statement in statements_in(script):
                backend.run(statement)
            backend.run(f"PRAGMA application_id = {APPLICATION_ID}")
            backend.run(f"PRAGMA user_version = {number}")
