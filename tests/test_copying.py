"""A book moves whole to another place and back, and is saved while others write."""

from __future__ import annotations

import itertools
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from book_plans import read
from book_rows import content, rows
from book_texts import collection, first, later
from conftest import BACKENDS
from dragoman.book import Book
from dragoman.book.copying import tables
from dragoman.cli.app import exit_code
from dragoman.errors import BookError
from dragoman.record.corrections import Change, Confirm, Edit, Merge, Reject
from fill_book import plans

AT = "2025-08-01T09:30:00+00:00"
Make = Callable[[str], str]


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    """Makes an empty place for a book in a database of either kind."""
    count = itertools.count(1)

    def made(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{next(count)}.desk")
        address: str = request.getfixturevalue("schema")()
        return address

    return made


def fill(place: str) -> None:
    """A book with a bit of everything: versions, entries, merges, corrections made and taken back."""
    with Book.open(place, create=True) as book:
        book.store(collection())
        book.store(read(plan) for plan in plans()[:6])
        book.store([msgspec.structs.replace(first(), mentions=first().mentions[:1], grammar="2")], seen=AT)
        book.link()
        one, other, *_ = book.engagements()
        book.correct(Merge((one.id, other.id)), by="Penny", at=AT)
        book.correct(Edit(one.id, (Change("place", "Málaga"),)), by="Penny", at=AT, why="“so”")
        taken = book.correct(Reject(book.people()[0].id), by="Espen", at=AT)
        book.undo(taken.id, by="Espen", at=AT)


@pytest.mark.parametrize(("source", "target"), [*itertools.product(BACKENDS, BACKENDS)])
def test_a_copy_is_the_same_book(make: Make, source: str, target: str) -> None:
    here, there = make(source), make(target)
    fill(here)
    with Book.open(here) as book:
        copied = book.copy_to(there)
        counts = {each.table: each.rows for each in copied}
        assert counts["documents"] == book.meta.documents > 0
        assert counts["corrections"] == 3
        assert rows(there) == rows(here)
        with Book.open(there) as other:
            assert other.check() == []
            assert content(other) == content(book)
            assert other.corrections() == book.corrections()
            assert {hit.id for hit in other.search("steel")} == {hit.id for hit in book.search("steel")}
            for each in (book, other):  # both go on from there alike
                each.store(read(plan) for plan in plans()[6:9])
                each.link()
                each.correct(Confirm(each.engagements()[0].id), by="Penny", at=AT)
            assert content(other) == content(book)
            assert other.check() == []


@pytest.mark.parametrize("target", BACKENDS)
def test_a_place_that_is_taken_is_left_as_it_is(make: Make, target: str) -> None:
    here, there = make("sqlite"), make(target)
    fill(here)
    with Book.open(there, create=True) as other:
        other.store([later()])
        with Book.open(here) as book, pytest.raises(BookError, match="not empty"):
            book.copy_to(there)
        assert [info.id for info in other.documents()] == ["later"]


@pytest.mark.parametrize("target", BACKENDS)
def test_a_copy_that_differs_is_not_kept(make: Make, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = make("sqlite"), make(target)
    fill(here)
    from dragoman.book import book as room

    opened = room.open_backend

    def lossy(place, *, create):
        backend = opened(place, create=create)
        if str(place) != here:
            put = backend.put

            def lose(table: str, columns, rows) -> None:
                put(table, columns, (row for n, row in enumerate(rows) if n or table != "entry_topics"))

            backend.put = lose
        return backend

    monkeypatch.setattr(room, "open_backend", lossy)
    with Book.open(here) as book, pytest.raises(BookError, match="did not arrive"):
        book.copy_to(there)
    monkeypatch.undo()
    with Book.open(there) as other:
        assert other.documents() == []
        with Book.open(here) as book:
            assert book.copy_to(there)


def test_tables_come_after_those_that_they_refer_to() -> None:
    names = [table.name for table in tables()]
    assert names.index("documents") < names.index("versions") < names.index("mentions") < names.index("links")
    assert names.index("corrections") < names.index("correction_anchors")
    assert all(table.key for table in tables())


# ---------------------------------------------------------------- backups


def test_a_backup_is_one_state_while_another_writes(place: str, tmp_path: Path) -> None:
    with Book.open(place, create=True) as book:
        book.store(read(plan) for plan in plans()[:4])
        book.link()
        stop = threading.Event()

        def write() -> None:
            with Book.open(place) as writer:
                for plan in itertools.cycle(plans()[4:]):
                    if stop.is_set():
                        return
                    writer.store([read(plan)])

        thread = threading.Thread(target=write)
        thread.start()
        try:
            for number in range(3):
                out = tmp_path / f"saved{number}.desk"
                book.backup(out)
                with Book.open(out) as saved:
                    assert saved.check() == []
                    assert saved.meta.documents >= 4
        finally:
            stop.set()
            thread.join()


def test_only_the_owner_may_read_a_backup_or_a_copy(place: str, tmp_path: Path) -> None:
    fill(place)
    with Book.open(place) as book:
        book.backup(tmp_path / "saved.desk")
        book.copy_to(tmp_path / "copy.desk")
    for name in ("saved.desk", "copy.desk"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part*"))


def test_a_backup_is_not_replaced_unasked(tmp_path: Path) -> None:
    place, out = str(tmp_path / "a.desk"), tmp_path / "saved.desk"
    fill(place)
    with Book.open(place) as book:
        book.backup(out)
        with pytest.raises(BookError, match="--replace"):
            book.backup(out)
        book.store([read(plans()[7])])
        book.backup(out, replace=True)
    with Book.open(out) as saved:
        assert saved.document("doc7")
    with Book.open(place) as book, pytest.raises(BookError, match="cannot be made"):
        book.backup(tmp_path / "nowhere" / "saved.desk")


KILLED = """
import os, signal, sys
from dragoman.book import Book, book, copying
def end(*_): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "backup":
    book.finished = end
    Book.open(sys.argv[2]).backup(__import__("pathlib").Path(sys.argv[3]))
else:
    copying.verify = end
    Book.open(sys.argv[2]).copy_to(sys.argv[3])
"""


@pytest.mark.parametrize("command", ["backup", "copy"])
def test_a_killed_copy_leaves_no_half_book(tmp_path: Path, command: str) -> None:
    place, out = str(tmp_path / "a.desk"), tmp_path / "saved.desk"
    fill(place)
    done = subprocess.run([sys.executable, "-c", KILLED, command, place, str(out)], check=False)
    assert done.returncode == -signal.SIGKILL
    if out.exists():
        with Book.open(out) as left:
            assert left.meta.documents == 0
    assert exit_code([command, *([place] if command == "copy" else ["--book", place]), str(out)]) == 0
    assert rows(out) == rows(place)


def test_the_commands_say_what_they_did(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = make("sqlite"), make("postgres")
    fill(here)
    assert exit_code(["copy", here, there]) == 0
    told = capsys.readouterr().out
    assert "a verified copy of" in told
    assert "open-sesame" not in told
    assert exit_code(["backup", str(tmp_path / "saved.desk"), "--book", there]) == 0
    assert "sound" in capsys.readouterr().out
    assert rows(tmp_path / "saved.desk") == rows(here)
    assert exit_code(["copy", str(tmp_path / "nothing.desk"), there]) == 2
