"""Where the tests keep their books: in a file, and in a schema of a PostgreSQL server of their own."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from book_texts import collection
from dragoman.book import Book
from postgres_server import Server, programs

BACKENDS = ("sqlite", "postgres")
COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server; tests that ask for it are skipped where none is installed."""
    folder = programs()
    if folder is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (pip install 'dragoman[postgres]')")
    started = Server(folder)
    try:
        started.start()
        yield started
    finally:
        started.remove()


@pytest.fixture(scope="session")
def schema(server: Server) -> Callable[[], str]:
    """Makes an empty place for a book on the server; gives its address."""
    import psycopg

    def make() -> str:
        name = f"book{next(COUNT)}"
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return server.url(name)

    return make


@pytest.fixture(scope="session")
def cleared(server: Server) -> Callable[[], str]:
    """Empties the one book that most tests share on the server, which costs less than a new one; gives its address."""
    import psycopg

    address = server.url("shared")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA shared")
    Book.open(address, create=True).close()

    def clear() -> str:
        with psycopg.connect(address, autocommit=True) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'shared'").fetchall()
            connection.execute("SET session_replication_role = replica")  # no look at references between the tables
            for (table,) in tables:
                connection.execute(f"DELETE FROM {table}" + (" WHERE name <> 'schema'" if table == "settings" else ""))
        return address

    return clear


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a book may be made: each test runs once for every kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "test.desk")
    address: str = request.getfixturevalue("cleared")()
    return address


def filled(place: str) -> Iterator[Book]:
    with Book.open(place, create=True) as opened:
        opened.store(collection())
        opened.link()
        yield opened


@pytest.fixture(scope="module", params=BACKENDS)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book to ask only."""
    if request.param == "sqlite":
        yield from filled(str(tmp_path_factory.mktemp("held") / "held.desk"))
    else:
        yield from filled(request.getfixturevalue("schema")())
