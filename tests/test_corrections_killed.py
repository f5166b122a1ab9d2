"""Correcting killed at any moment: what was acknowledged stands, and going on makes the same book."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from book_plans import read
from book_rows import rows
from dragoman.book import Book
from fill_book import plans

TESTS = Path(__file__).parent
MOMENTS = 6


def correct(path: Path, fuse: int) -> tuple[int, list[str]]:
    """Run the corrector; its exit code and the lines that it printed."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(TESTS / "correct_book.py"), str(path), str(fuse)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.split()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that nobody corrected yet."""
    path = tmp_path_factory.mktemp("begun") / "a.desk"
    with Book.open(path, create=True) as book:
        book.store(read(plan) for plan in plans()[:12])
        book.link()
    return path


@pytest.fixture(scope="module")
def undisturbed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], int]:
    """The rows of the book corrected in one go, and the number of statements that took."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.desk"
    shutil.copy(begun, path)
    code, lines = correct(path, 0)
    assert code == 0
    return rows(path), int(lines[-1])


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_correction_is_there_whole_or_not_at_all(
    begun: Path, undisturbed: tuple[list[list[str]], int], moment: int, tmp_path: Path
) -> None:
    expected, statements = undisturbed
    path = tmp_path / "a.desk"
    shutil.copy(begun, path)
    code, acknowledged = correct(path, 2 + moment * (statements - 3) // (MOMENTS - 1))
    assert code == -signal.SIGKILL
    with Book.open(path) as book:
        assert book.check() == []
        assert len(book.corrections()) >= len(acknowledged)
    assert correct(path, 0)[0] == 0
    assert rows(path) == expected
    with Book.open(path) as book:
        assert book.check() == []
