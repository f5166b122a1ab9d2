"""docs/schema.md names every table and column, and its examples run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_texts import collection
from dragoman.book import Book

PAGE = (Path(__file__).parent.parent / "docs" / "schema.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("schema") / "a.desk"
    with Book.open(path, create=True) as book:
        book.store(collection())
        book.link()
    opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield opened
    opened.close()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_gives_rows(connection: sqlite3.Connection, example: str) -> None:
    assert connection.execute(example).fetchall()


def test_every_table_is_described_with_its_columns(connection: sqlite3.Connection) -> None:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'"
    ).fetchall()
    sections = dict(re.findall(r"### (\w+)\n(.*?)(?=\n###|\Z)", PAGE, re.DOTALL))
    assert {name for (name,) in tables} == set(sections)
    for (name,) in tables:
        for _, column, *_ in connection.execute(f"PRAGMA table_info({name})"):
            assert f"`{column}`" in sections[name], f"{name}.{column}"


def test_every_view_is_described_with_its_columns(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
        columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({name})")]
        assert re.findall(r"`(\w+)`", line)[1:] == columns


def test_the_numbers_are_those_of_the_file(connection: sqlite3.Connection) -> None:
    assert f"{connection.execute('PRAGMA application_id').fetchone()[0]:#010X}".replace("0X", "0x") in PAGE
    assert f"now {connection.execute('PRAGMA user_version').fetchone()[0]}." in PAGE
