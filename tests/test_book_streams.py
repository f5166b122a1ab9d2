"""Lists come out of a book in slices: what is held does not grow with the book, and one state answers throughout."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_plans import CALLED, DAYS, Plan, read
from dragoman.book import Book
from dragoman.book import asking as asking_room
from dragoman.book.backend import Row, Values
from dragoman.book.sqlite import SqliteBackend
from dragoman.errors import BookError
from dragoman.export.exporters import EXPORTERS
from dragoman.record.entries import (
    EVERYTHING,
    AnyEntry,
    Commitment,
    Dispute,
    Engagement,
    Entry,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    Statement,
)
from dragoman.record.mentions import Status

MANY = 240  # documents; each makes a statement of its own, and a few share persons and engagements
EVIDENCE = ("FROM links", "FROM mentions", "v.version IN", "AND version IN")  # that of one entry is asked for whole
SLICE = 40  # entries at once, in these tests
KINDS: dict[str, type[Entry]] = {
    "engagements": Engagement,
    "statements": Statement,
    "readouts": ReadoutEntry,
    "people": PersonEntry,
    "figures": Figure,
    "measures": Measure,
    "negotiations": Negotiation,
    "commitments": Commitment,
    "disputes": Dispute,
    "incidents": Incident,
}
FILTERS = (
    EVERYTHING,
    Filter(parties=("USA",)),
    Filter(latest=True),
    Filter(limit=7, offset=3),
    Filter(offset=5),
    Filter(as_of=datetime.date(2025, 6, 6)),
    Filter(as_of=datetime.date(2025, 6, 6), latest=True, limit=4, offset=1),
    Filter(person="Rubio"),
)


def plan(number: int) -> Plan:
    return Plan(
        number=number,
        published=DAYS[number % len(DAYS)],
        met=DAYS[number % 5],
        parties=("GBR", "USA"),
        names=(CALLED["GBR"][number % 3], CALLED["USA"][number % 5]),
        saying=f"the pier of basin {number} is longer by {number + 7} yards than any that was built in year {number * 3}",
        status=Status.HELD,
        account=number % 4 == 0,
        copied=False,
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("streams") / "large.desk"
    with Book.open(path, create=True) as book:
        book.store(map(read, map(plan, range(MANY))))
        book.link()
    return path


@pytest.fixture
def book(large: Path) -> Iterator[Book]:
    with Book.open(large) as opened:
        yield opened


class Flight:
    """Counts the rows that a query gave at once, and the entries that were made and not yet handed on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.most_rows = self.most_entries = self.made = self.taken = 0
        fetch, make = SqliteBackend.rows, asking_room.entry_from

        def rows(backend: SqliteBackend, sql: str, values: Values = ()) -> list[Row]:
            found = fetch(backend, sql, values)
            if not any(words in sql for words in EVIDENCE):
                self.most_rows = max(self.most_rows, len(found))
            return found

        def entry_from(payload: str) -> AnyEntry:
            self.made += 1
            self.most_entries = max(self.most_entries, self.made - self.taken)
            return make(payload)

        monkeypatch.setattr(asking_room, "AT_ONCE", SLICE)
        monkeypatch.setattr(SqliteBackend, "rows", rows)
        monkeypatch.setattr(asking_room, "entry_from", entry_from)


def test_what_is_held_is_bounded(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    flight = Flight(monkeypatch)
    for _ in book.each(Statement):
        flight.taken += 1
    assert flight.taken == MANY
    assert flight.most_rows == SLICE
    assert flight.most_entries <= 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "plover", "bibtex"])
def test_an_export_asks_for_no_list_that_grows(
    form: str, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flight = Flight(monkeypatch)
    counts = EXPORTERS[form].write(book, tmp_path / "out", EVERYTHING)
    assert sum(counts.values())
    assert flight.most_rows <= SLICE


@pytest.mark.parametrize("wanted", FILTERS)
@pytest.mark.parametrize("name", KINDS)
def test_the_slices_are_the_list(name: str, wanted: Filter, held: Book) -> None:
    assert list(held.each(KINDS[name], wanted)) == list(getattr(held, name)(wanted))


@pytest.mark.parametrize("wanted", FILTERS)
def test_documents_are_those_of_the_list(wanted: Filter, held: Book) -> None:
    assert list(held.each_document(wanted)) == list(held.documents(wanted))


def test_one_state_answers_until_the_last_is_taken(large: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.desk"
    with Book.open(path, create=True) as reader, Book.open(path) as writer:
        writer.store(map(read, map(plan, range(6))))
        writer.link()
        taken = reader.each(Statement)
        first = next(taken)
        writer.store(map(read, map(plan, range(6, 12))))
        writer.link()
        assert len([first, *taken]) == 6
        assert len(list(reader.each(Statement))) == 12
        with reader.snapshot():
            held = len(reader.documents())
            writer.store(map(read, map(plan, range(12, 14))))
            assert len(list(reader.each_document())) == held == 12


def test_an_iterator_that_is_closed_lets_go(tmp_path: Path) -> None:
    with Book.open(tmp_path / "a.desk", create=True) as book:
        book.store(map(read, map(plan, range(6))))
        book.link()
        taken = book.each(Statement)
        next(taken)
        with pytest.raises(BookError):
            book.store(map(read, map(plan, range(6, 8))))
        taken.close()
        assert book.store(map(read, map(plan, range(6, 8)))).new == 2
