"""How is a team's book kept in PostgreSQL?

The tables are those of the file, made from the same migrations, in the schema that the address leads to. A writer holds
an advisory lock for the length of its transaction, so that one writes at a time and the others wait their turn; readers
see one committed state and wait for nobody. A connection that is lost is opened again at the next call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar

from dragoman.book.address import Address
from dragoman.book.backend import HELD, Row, Values
from dragoman.book.copying import copy
from dragoman.book.folded import OFF, ON, folded, marks_in, parts_of, runs_of, snippet, words_in
from dragoman.book.schema import in_postgres, migrations, statements_in
from dragoman.book.sqlite import open_sqlite
from dragoman.errors import BookBusy, BookError, NewerBook, NotABook, extra

with extra("postgres", "a book in PostgreSQL"):
    import psycopg
    from psycopg import errors
    from psycopg.pq import TransactionStatus

T = TypeVar("T")

PATIENCE = 600.0  # seconds that a writer waits for its turn: linking a large book takes minutes
AT_ONCE = 500  # rows fetched together
CURSORS = count(1)
CONNECT = 10  # seconds to wait for the server
APPLICATION = "dragoman"
INTO = re.compile(r"INSERT INTO (\w+)")
KEYS = {
    "documents": "document",
    "versions": "version",
    "mentions": "mention",
    "entries": "entry",
    "corrections": "correction",
    "annotators": "annotator",
}
TEXTS = {
    "document_words": "SELECT version, title, text FROM versions WHERE version = ANY(%s)",
    "entry_words": "SELECT entry, title, words FROM entries WHERE entry = ANY(%s)",
}
HEADLINE = "SELECT ts_headline('dragoman', %s, {query}, %s), ts_headline('dragoman', %s, {query}, %s)"
MARKED = f'HighlightAll=true, StartSel="{ON}", StopSel="{OFF}"'
LONGEST = 100_000  # characters of a text in which matches are marked
# What is acknowledged is on disk, also where the server is set up to be quicker than that.
WRITING = (
    "SELECT set_config('lock_timeout', ?, true), set_config('synchronous_commit', "
    "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)"
)
SETTING_UP = (
    # Places are whole numbers of eight bytes here, and substr takes four.
    "CREATE FUNCTION substr(text, bigint, bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE "
    "AS 'SELECT pg_catalog.substr($1, $2::integer, $3::integer)'",
    # English stems without a list of words to leave out, so that a phrase is found with every word.
    "CREATE TEXT SEARCH DICTIONARY dragoman_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION dragoman (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION dragoman ALTER MAPPING REPLACE english_stem WITH dragoman_stem",
)


@cache
def bound(sql: str) -> str:
    """A statement with psycopg's signs for values."""
    return sql.replace("%", "%%").replace("?", "%s")


class PostgresBackend:
    """A book in one schema of a database."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connection = connected(address)
        self._lock = 0

    # ---------------------------------------------------------------- statements

    def _asked(self, ask: Callable[[psycopg.Connection[Row]], T]) -> T:
        """What a call gives; errors are those of the house, and a lost connection is opened again."""
        try:
            if self._connection.closed:
                self._connection = connected(self._address)
            return ask(self._connection)
        except psycopg.Error as error:
            raise explained(error, self._address) from None
        except UnicodeEncodeError as error:
            raise BookError(f"{self._address}: half of a pair of characters cannot be stored: {error.reason}") from None

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        return self._asked(lambda connection: connection.execute(bound(sql), values).fetchall())

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        self._asked(lambda connection: connection.execute(bound(sql), values))

    def insert(self, sql: str, values: Values) -> int:
        """Run one INSERT and give the new row's number."""
        found = INTO.match(sql)
        assert found is not None
        row = self._asked(
            lambda connection: connection.execute(bound(f"{sql} RETURNING {KEYS[found.group(1)]}"), values).fetchone()
        )
        assert row is not None
        return int(row[0])

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        self._asked(lambda connection: connection.cursor().executemany(bound(sql), list(rows)))

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query, a few at a time."""
        cursor = self._asked(lambda connection: connection.cursor(f"each{next(CURSORS)}"))
        with cursor:
            self._asked(lambda _: cursor.execute(bound(sql).encode(), values))
            while rows := self._asked(lambda _: cursor.fetchmany(AT_ONCE)):
                yield from rows

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows into a table, as fast as the server takes them."""

        def write(connection: psycopg.Connection[Row]) -> None:
            with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

        self._asked(write)

    def settle(self) -> None:
        """Let the server number new rows above all that are there."""
        for table, key in KEYS.items():
            sql = f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), (SELECT max({key}) FROM {table}))"
            self.rows(sql)

    # ---------------------------------------------------------------- transactions

    @property
    def _inside(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; raises BookBusy when the writers before this one do not finish in time."""
        with self._between("BEGIN"):
            self.rows(WRITING, (str(int(PATIENCE * 1000)),))
            self.rows("SELECT pg_advisory_xact_lock(hashtextextended('dragoman ' || current_schema(), 0))")
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one state of the book."""
        if self._inside:
            yield
            return
        with self._between("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """Roll back, unless the connection is gone, and the transaction with it."""
        try:
            if not self._connection.closed:
                self._connection.execute("ROLLBACK")
        except psycopg.Error:
            self._connection.close()

    # ---------------------------------------------------------------- full text

    def index(self, table: str, number: int, title: str, text: str) -> None:
        """Add a row to a full-text table."""
        named = " ".join(words_in(title or ""))
        self._asked(
            lambda connection: connection.cursor().executemany(
                f"INSERT INTO {table} (number, part, words) VALUES "
                "(%s, %s, setweight(to_tsvector('dragoman', %s), 'A') || to_tsvector('dragoman', %s))",
                [(number, part, "" if part else named, words) for part, words in enumerate(parts_of(text))],
            )
        )

    def unindex(self, table: str, number: int, title: str, text: str) -> None:
        """Take a row out of a full-text table."""
        self.run(f"DELETE FROM {table} WHERE number = ?", (number,))

    def found(self, table: str, phrases: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """(row number, snippet) of rows that hold every phrase, best first."""
        asked = [" ".join(words) for phrase in phrases if (words := words_in(phrase))]
        if not asked:
            return []
        query = " && ".join(["phraseto_tsquery('dragoman', %s)"] * len(asked))
        each = f"SELECT number FROM {table} WHERE words @@ phraseto_tsquery('dragoman', %s)"
        sql = (
            f"SELECT number FROM {table} WHERE number IN ({' INTERSECT '.join([each] * len(asked))}) GROUP BY number "
            f"ORDER BY max(ts_rank('{{0.25, 0.25, 0.25, 1}}', words, {query}, 1)) DESC, number LIMIT %s"
        )
        values = (*asked, *asked, limit)
        numbers = [row[0] for row in self._asked(lambda c: c.execute(sql.encode(), values).fetchall())]
        snippets = self._snippets(table, numbers, asked)
        return [(number, snippets[number]) for number in numbers]

    def _snippets(self, table: str, numbers: Sequence[int], asked: Sequence[str]) -> dict[int, str]:
        rows = self._asked(lambda c: c.execute(TEXTS[table].encode(), (list(numbers),)).fetchall())
        query = " || ".join(["phraseto_tsquery('dragoman', %s)"] * len(asked))
        sql = HEADLINE.format(query=query).encode()
        least = min(len(phrase.split()) for phrase in asked)
        found = {}
        for number, title, text in rows:
            texts = (text[:LONGEST], title or "")
            plain = [folded(each) for each in texts]
            values = (plain[0], *asked, MARKED, plain[1], *asked, MARKED)
            marked = self._asked(lambda c, values=values: c.execute(sql, values).fetchone())  # type: ignore[misc]
            marks = [runs_of(marks_in(*pair), pair[1], least) for pair in zip(marked, plain, strict=True)]
            best = 0 if marks[0] or not marks[1] else 1
            found[number] = snippet(texts[best], marks[best])
        return found

    # ---------------------------------------------------------------- the whole

    def save(self, path: Path) -> None:
        """Copy one state of the book into a file."""
        with closing(open_sqlite(path, create=True)) as target:
            copy(self, target, str(path))

    def damage(self) -> list[str]:
        """What is wrong with indexes and full-text tables; pages and references are the server's to keep."""
        found = [
            f"the index {name} is not valid; run REINDEX"
            for (name,) in self.rows(
                "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
                "JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid"
            )
        ]
        for table, held in HELD.items():
            sql = f"SELECT count(*) FROM ({held} EXCEPT SELECT number FROM {table}) AS x"
            more = f"SELECT count(*) FROM (SELECT number FROM {table} EXCEPT {held}) AS x"
            missing, stray = self.rows(sql)[0][0], self.rows(more)[0][0]
            if missing or stray:
                found.append(f"{table}: {missing} rows cannot be found by their words, {stray} are found and not there")
        return found

    @property
    def schema(self) -> int:
        """The schema's version; 0 before there is one."""
        if self.rows("SELECT to_regclass('settings')")[0][0] is None:
            return 0
        held = self.rows("SELECT value FROM settings WHERE name = 'schema'")
        return int(held[0][0]) if held else 0

    @property
    def revision(self) -> int:
        """A number that changes when another connection has committed."""
        sql = (
            "SELECT pg_snapshot_xmin(s)::text::bigint + pg_snapshot_xmax(s)::text::bigint "
            "FROM pg_current_snapshot() AS s"
        )
        return int(self.rows(sql)[0][0])

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def connected(address: Address) -> psycopg.Connection[Row]:
    """A connection to the server. Raises BookError, in which no password stands."""
    try:
        return psycopg.connect(
            address.url,
            autocommit=True,
            connect_timeout=CONNECT,
            application_name=APPLICATION,
            client_encoding="utf8",
        )
    except psycopg.ProgrammingError:
        raise BookError(f"{address}: this is no address of a database; write postgresql://USER@HOST/DATABASE") from None
    except psycopg.Error as error:
        said = address.without_secret(str(error))
        raise BookError(f"{address}: cannot be opened: {said}; see docs/team.md") from None


def explained(error: psycopg.Error, address: Address) -> BookError:
    """The error of the house for an error of PostgreSQL."""
    said = address.without_secret(str(error))
    match error:
        case errors.LockNotAvailable():
            return BookBusy(f"{address}: others are writing to this book; wait until they have finished and run again")
        case errors.InsufficientPrivilege():
            return BookError(f"{address}: {said}; this role may not do that, see docs/team.md")
        case errors.DiskFull():
            return BookError(f"{address}: the server's disk is full; what was acknowledged is kept, run again later")
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return BookError(
                f"{address}: the connection to the server was lost: {said}; what was acknowledged is kept, "
                "run the same command again when the server is back"
            )
        case _:
            return BookError(f"{address}: {said}; run `dragoman check` on it")


def open_postgres(address: Address, *, create: bool) -> PostgresBackend:
    """The book at the address, brought to the present schema. Raises NotABook, NewerBook, BookBusy, BookError."""
    backend = PostgresBackend(address)
    try:
        recognise(backend, address, create=create)
        if backend.schema < len(migrations()):
            migrate(backend)
    except BaseException:
        backend.close()
        raise
    return backend


def recognise(backend: PostgresBackend, address: Address, *, create: bool) -> None:
    """Raises NotABook for an empty schema or another program's, NewerBook for a later one."""
    if backend.rows("SELECT current_schema()")[0][0] is None:
        raise NotABook(f"{address}: the schema that the address names is not there, or this role may not use it")
    if backend.schema > len(migrations()):
        raise NewerBook(
            f"{address}: written by a newer Dragoman (schema {backend.schema}); upgrade with `pip install -U dragoman`"
        )
    if backend.schema:
        return
    tables = backend.rows("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")[0][0]
    if tables:
        raise NotABook(f"{address}: another program's tables are here; use a database, or a schema, of its own")
    if not create:
        raise NotABook(f"{address}: there is no book yet; `dragoman add PATHS --book {address}` makes one")


def migrate(backend: PostgresBackend) -> None:
    """Bring the schema forward, one transaction a step."""
    for number, script in enumerate(migrations(), start=1):
        with backend.transaction():
            if backend.schema >= number:
                continue  # it was done already, perhaps by another process just now
            for statement in SETTING_UP if number == 1 else ():
                backend.run(statement)
            for statement in statements_in(script):
                for each in in_postgres(statement):
                    backend.run(each)
            backend.run(
                "INSERT INTO settings (name, value) VALUES ('schema', ?) ON CONFLICT (name) DO UPDATE SET value = ?",
                (str(number), str(number)),
            )
