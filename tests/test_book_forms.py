"""What is kept so that a large book need not be looked through - crowded blocks and forms - says what a look would say."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from book_plans import CALLED, DAYS, SAYINGS, Plan, read
from book_rows import content
from dragoman.book import Book
from dragoman.link import linker, statements
from dragoman.record.corrections import Split
from dragoman.record.entries import EntryKind, Filter
from dragoman.record.mentions import Status

COUNTED = (
    "SELECT c.block, c.members, count(b.mention), max(b.head <> b.mention) FROM crowded AS c "
    "LEFT JOIN blocks AS b ON b.block = c.block GROUP BY c.block, c.members"
)
UNPLACED = (
    "SELECT count(*) FROM mentions AS m WHERE m.kind = 'person' "
    "AND (m.retired = 0) <> EXISTS (SELECT 1 FROM form_mentions AS f WHERE f.mention = m.mention)"
)
ASTRAY = (
    "SELECT count(*) FROM form_mentions AS m JOIN forms AS f ON f.form = m.form "
    "JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 WHERE l.entry <> f.entry"
)
NOT_FIRST = (
    "SELECT count(*) FROM forms AS f JOIN form_mentions AS own ON own.mention = f.mention AND own.form = f.form "
    "JOIN form_mentions AS m ON m.form = f.form WHERE m.published < own.published"
)


def plan(number: int, published: str | None = None) -> Plan:
    return Plan(
        number=number,
        published=published or DAYS[number % len(DAYS)],
        met=DAYS[number % 3],
        parties=("IND", "USA"),
        names=(CALLED["IND"][number % 3], CALLED["USA"][number % 2]),
        saying=SAYINGS[number % 2],
        status=Status.HELD,
        account=False,
        copied=False,
    )


def numbers(path: Path, sql: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def assert_true(path: Path) -> None:
    """What is kept of blocks and forms is so."""
    for block, members, there, joined in numbers(path, COUNTED):
        assert members == there, block
        assert not joined, block
    for sql in (UNPLACED, ASTRAY, NOT_FIRST):
        assert numbers(path, sql) == [(0,)], sql


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few documents reach."""
    monkeypatch.setitem(linker.MANY, EntryKind.ENGAGEMENT, 2)
    monkeypatch.setitem(linker.MANY, EntryKind.STATEMENT, 3)
    monkeypatch.setattr(statements, "CROWD", 1)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("seed", range(3))
def test_crowded_blocks_are_counted_and_give_the_same_book_in_any_order(tmp_path: Path, seed: int) -> None:
    plans = [plan(number) for number in range(10)]
    one, other = tmp_path / "one.desk", tmp_path / "other.desk"
    with Book.open(one, create=True) as book, Book.open(other, create=True) as late:
        book.store(map(read, plans))
        book.link()
        for each in random.Random(seed).sample(plans, len(plans)):
            late.store([read(each)])
            late.link()
            assert_true(other)
        assert numbers(other, "SELECT count(*) FROM crowded") != [(0,)]
        assert content(book) == content(late)
        assert book.check() == late.check() == []


@pytest.mark.usefixtures("narrow")
def test_a_block_that_is_crowded_no_more_holds_together_again(tmp_path: Path) -> None:
    path, fresh = tmp_path / "a.desk", tmp_path / "b.desk"
    plans = [plan(number) for number in range(6)]
    silent = [msgspec.structs.replace(read(each), mentions=()) for each in plans[:2]]
    with Book.open(path, create=True) as book, Book.open(fresh, create=True) as other:
        book.store(map(read, plans))
        book.link()
        book.store([msgspec.structs.replace(each, grammar="next") for each in silent])
        book.link()
        assert_true(path)
        other.store([*silent, *map(read, plans[2:])])
        other.link()
        assert content(book) == content(other)
        assert book.check() == []


def test_a_person_has_the_ids_of_what_backs_it_unless_asked_bare(tmp_path: Path) -> None:
    with Book.open(tmp_path / "a.desk", create=True) as book:
        book.store(read(plan(number)) for number in range(9))
        book.link()
        whole, bare = book.people(), book.people(Filter(bare=True))
        assert [person.id for person in whole] == [person.id for person in bare]
        assert all(person.mentions and person.documents for person in whole)
        assert not any(person.mentions or person.documents for person in bare)
        assert [person.origins for person in whole] == [person.origins for person in bare]
        for person in whole:
            assert book.entry(person.id) == person
            assert [item.id for item in book.evidence(person)] == list(person.mentions)
            shown = {mention for tenure in person.tenures for mention in tenure.mentions}
            assert shown == set(person.mentions)


def test_a_mention_split_from_its_form_stays_apart_until_that_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "a.desk"
    with Book.open(path, create=True) as book:
        book.store(read(plan(number)) for number in range(6))
        book.link()
        person = max(book.people(), key=lambda each: len(each.mentions))
        made = book.correct(Split(person.id, person.mentions[-1:]), by="Penny", at="2025-08-01T00:00:00+00:00")
        assert_true(path)
        assert len(book.people()) > 1
        (apart,) = [each for each in book.people() if each.mentions == person.mentions[-1:]]
        assert {*book.entry(person.id).mentions, *apart.mentions} == set(person.mentions)
        book.store([read(plan(7))])
        book.link()
        assert_true(path)
        assert book.check() == []
        book.undo(made.id, by="Penny", at="2025-08-02T00:00:00+00:00")
        assert_true(path)
        whole = tmp_path / "b.desk"
        with Book.open(whole, create=True) as other:
            other.store(read(plan(number)) for number in (*range(6), 7))
            other.link()
            assert content(book) == content(other)
