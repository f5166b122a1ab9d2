"""A book in a file: who may read it, what is refused, and what a second process sees."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from book_texts import (
    collection,
    document,
    reading,
)
from dragoman.book import Book
from dragoman.errors import BookBusy, BookError, NewerBook, NotABook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.desk"


@pytest.fixture
def book(path: Path):
    with Book.open(path, create=True) as opened:
        opened.store(collection())
        opened.link()
        yield opened


def test_only_the_owner_may_read_a_book(book: Book, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_book_is_named_with_the_remedy(path: Path) -> None:
    with pytest.raises(NotABook, match="dragoman add"):
        Book.open(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"A text file, not a book.", b"", b"SQLite format 3\x00 and then nothing of the kind"]
)
def test_another_file_is_no_book(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotABook, match=r"not a book"):
        Book.open(path)
    assert path.read_bytes() == content


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(NotABook, match="folder"):
        Book.open(tmp_path, create=True)


def test_another_programs_database_is_no_book(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    with pytest.raises(NotABook, match="another program"):
        Book.open(path, create=True)


def test_a_newer_book_is_refused_with_the_remedy(book: Book, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 999")
    other.close()
    with pytest.raises(NewerBook, match="pip install"):
        Book.open(path)


def test_a_second_writer_is_told_to_wait(book: Book, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.book.sqlite.PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Book.open(path) as second_book, pytest.raises(BookBusy, match="wait"):
        second_book.store([reading(document("new", "A new text."))])
    other.execute("ROLLBACK")
    other.close()


def test_readers_read_while_another_writes(book: Book, path: Path) -> None:
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM links")
    assert len(book.engagements()) == 2
    writer.execute("ROLLBACK")
    writer.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="cannot be made"):
        Book.open(tmp_path / "missing" / "a.desk", create=True)
