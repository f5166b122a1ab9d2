"""What holds quotations together when very many share their words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from book_texts import document, quoted, reading
from dragoman.book import Book
from dragoman.link.linker import MANY
from dragoman.record.entries import EntryKind
from dragoman.record.reading import Reading

SHORT = "we shall open the harbour to ships of every flag before winter comes"
LONG = f"in good time, {SHORT}, and keep it open"
BOUND = MANY[EntryKind.STATEMENT]


def printed(count: int) -> list[Reading]:
    """That many documents, every other one with the longer wording."""
    made = []
    for number in range(count):
        words = LONG if number % 2 else SHORT
        held = document(f"d{number:04}", f"Report {number}: “{words}”", "2025-06-01")
        made.append(reading(held, quoted(held, words, "Marco Rubio")))
    return made


def statements(path: Path, groups: Sequence[Sequence[Reading]]) -> list[tuple[str, int]]:
    """The statements of a book that was given the groups, one run each: text and number of mentions."""
    with Book.open(path, create=True) as book:
        for group in groups:
            book.store(group)
            book.link()
        return sorted((each.text, len(each.mentions)) for each in book.statements())


@pytest.mark.parametrize(("count", "found"), [(BOUND, 1), (BOUND + 2, 2)])
def test_beyond_the_bound_equal_words_meet_and_like_words_do_not(tmp_path: Path, count: int, found: int) -> None:
    assert [number for _, number in statements(tmp_path / "a.desk", [printed(count)])] == [count // found] * found


def test_a_run_becomes_common_in_any_order(tmp_path: Path) -> None:
    held = printed(BOUND + 2)
    at_once = statements(tmp_path / "a.desk", [held])
    assert at_once == statements(tmp_path / "b.desk", [held[:BOUND], held[BOUND:]])
    assert at_once == statements(tmp_path / "c.desk", [held[::-1][:30], held[: BOUND + 2 - 30]])
