"""A run killed at any moment loses nothing that was acknowledged, and the next run makes the same book."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from book_rows import rows
from dragoman.book import Book
from dragoman.errors import NotABook

TESTS = Path(__file__).parent
MOMENTS = 8


def fill(path: Path, fuse: int) -> tuple[int, list[str]]:
    """Run the filler; its exit code and the lines that it printed."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(TESTS / "fill_book.py"), str(path), str(fuse)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.split()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], int]:
    """The rows of a book whose run was left alone, and the number of its statements."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.desk"
    code, lines = fill(path, 0)
    assert code == 0
    return rows(path), int(lines[-1])


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_run_is_completed_by_the_next(
    undisturbed: tuple[list[list[str]], int], moment: int, tmp_path: Path
) -> None:
    expected, statements = undisturbed
    path = tmp_path / "a.desk"
    code, acknowledged = fill(path, 3 + moment * (statements - 4) // (MOMENTS - 1))
    assert code == -signal.SIGKILL
    try:
        with Book.open(path) as book:
            assert book.check() == []
            held = {info.id for info in book.documents()}
            assert set(acknowledged) <= held
            assert len(held) % 4 == 0
    except NotABook:
        assert not acknowledged  # killed while the file was being made
    code, _ = fill(path, 0)
    assert code == 0
    assert rows(path) == expected
    with Book.open(path) as book:
        assert book.check() == []
        assert book.meta.unlinked == 0
