"""A book of every schema that there was comes forward whole, also when that is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from book_rows import content
from book_texts import collection
from dragoman.book import Book
from dragoman.book.schema import migrations
from dragoman.record.corrections import Confirm
from older_books import book_of_schema

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the present schema."""
    path = tmp_path_factory.mktemp("model") / "model.desk"
    with Book.open(path, create=True) as book:
        book.store(collection())
        book.link()
    return path


@pytest.mark.parametrize("number", range(1, len(migrations()) + 1))
def test_an_older_book_comes_forward(tmp_path: Path, model: Path, number: int) -> None:
    path = tmp_path / "old.desk"
    book_of_schema(path, number, model)
    with Book.open(path) as book, Book.open(model) as present:
        book.link()
        assert book.check() == []
        assert content(book) == content(present)
        assert book.meta.schema == len(migrations())
        book.correct(Confirm(book.engagements()[0].id), by="Penny", at="2025-08-01T00:00:00+00:00")
        assert {hit.id for hit in book.search("steel")} == {hit.id for hit in present.search("steel")}


KILLED = """
import os, signal, sys
from dragoman.book import Book
from dragoman.book.sqlite import SqliteBackend
left = int(sys.argv[2])
run = SqliteBackend.run
def burning(self, sql, values=()):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    run(self, sql, values)
SqliteBackend.run = burning
Book.open(__import__("pathlib").Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", [2, 5, 9])
def test_a_killed_migration_is_taken_up_again(tmp_path: Path, model: Path, moment: int) -> None:
    path = tmp_path / "old.desk"
    book_of_schema(path, 1, model)
    paths = os.pathsep.join([str(TESTS.parent / "src"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", KILLED, str(path), str(moment)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert done.returncode == -signal.SIGKILL
    with Book.open(path) as book, Book.open(model) as present:
        book.link()
        assert book.check() == []
        assert content(book) == content(present)
