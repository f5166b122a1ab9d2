"""A brief on a relationship of many years looks at its latest part, and says so."""

from __future__ import annotations

import datetime
from pathlib import Path

from book_plans import Plan, read
from dragoman.book import Book
from dragoman.record.mentions import Status
from dragoman.show.brief import brief
from dragoman.show.brief_words import source_words

FIRST = datetime.date(2024, 1, 8)
NAMES = ("Subrahmanyam Jaishankar", "Marco Rubio")


def plan(number: int) -> Plan:
    day = (FIRST + datetime.timedelta(days=30 * number)).isoformat()
    return Plan(
        number=number,
        published=day,
        met=day,
        parties=("IND", "USA"),
        names=NAMES,
        saying=f"We agreed on item {number} of the plan and will meet again in {number + 2} weeks",
        status=Status.HELD,
        account=True,
        copied=False,
    )


def test_a_brief_looks_at_the_latest_and_says_so(tmp_path: Path) -> None:
    with Book.open(tmp_path / "a.desk", create=True) as book:
        book.store(read(plan(number)) for number in range(12))
        book.link()
        whole, late = brief(book, ("IND", "USA")), brief(book, ("IND", "USA"), limit=2)
    assert not whole.earlier
    assert "latest" not in source_words(whole)
    assert late.earlier
    assert source_words(late).startswith("From the latest 8 documents")
    assert late.held == whole.held[:2]
    assert late.documents == whole.documents[-8:]
    assert set(late.statements) <= set(whole.statements)
    assert late.today == whole.today


def test_without_a_limit_a_brief_is_whole(tmp_path: Path) -> None:
    with Book.open(tmp_path / "a.desk", create=True) as book:
        book.store(read(plan(number)) for number in range(4))
        book.link()
        assert brief(book, ("IND", "USA"), limit=None) == brief(book, ("IND", "USA"))
