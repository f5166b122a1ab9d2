"""Order, batches and interruptions of reading change nothing in the book."""

from __future__ import annotations

import datetime
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book_plans import CALLED, DAYS, SAYINGS, Plan, read
from book_rows import content, entries, rows
from dragoman.book import Book
from dragoman.book.folding import fold_entry
from dragoman.link.linkers import LINKERS
from dragoman.record.entries import Filter, PersonMention
from dragoman.record.mentions import Status
from dragoman.record.reading import Reading


@st.composite
def plans(draw: st.DrawFn) -> list[Plan]:
    size = draw(st.integers(2, 7))
    made = []
    for number in range(size):
        parties = draw(st.sampled_from((("IND", "USA"), ("GBR", "USA"))))
        names = draw(st.tuples(*(st.sampled_from(CALLED[party]) for party in parties)))
        plan = Plan(
            number=number,
            published=draw(st.none() | st.sampled_from(DAYS)),
            met=draw(st.sampled_from(DAYS)),
            parties=parties,
            names=names,
            saying=draw(st.sampled_from(SAYINGS)),
            status=draw(st.sampled_from((Status.HELD, Status.PLANNED, Status.DENIED))),
            account=draw(st.booleans()),
            copied=draw(st.booleans()),
        )
        made.append(plan)
    return made


@contextmanager
def filled(groups: Sequence[Sequence[Reading]], batch: int = 200) -> Iterator[tuple[Book, Path]]:
    """A book that was given the groups, one run each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.desk"
        with Book.open(path, create=True) as book:
            for group in groups:
                book.store(group, batch=batch)
                book.link()
            yield book, path


few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(plans(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_one_run_gives_the_same_rows_in_any_order_and_batch(
    made: list[Plan], shuffler: random.Random, batch: int
) -> None:
    readings = [read(plan) for plan in made]
    mixed = shuffler.sample(readings, len(readings))
    with filled([readings]) as (_, one), filled([mixed], batch) as (_, other):
        assert rows(one) == rows(other)


@few
@given(plans(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_several_runs_give_the_same_entries(made: list[Plan], shuffler: random.Random, runs: int) -> None:
    readings = [read(plan) for plan in made]
    mixed = shuffler.sample(readings, len(readings))
    groups = [mixed[start::runs] for start in range(runs)]
    with filled([readings]) as (one, _), filled(groups) as (other, _):
        assert content(one) == content(other)
        assert other.check() == []


@few
@given(plans(), st.randoms(use_true_random=False))
def test_old_ids_of_entries_still_resolve(made: list[Plan], shuffler: random.Random) -> None:
    readings = [read(plan) for plan in made]
    shuffler.shuffle(readings)
    half = len(readings) // 2
    with filled([readings[:half]]) as (book, _):
        before = entries(book)
        book.store(readings[half:])
        book.link()
        after = {entry.id for entry in entries(book)}
        for entry in before:
            now = book.entry(entry.id)
            assert now.id in after
            assert set(now.mentions) & set(entry.mentions) or now.id == entry.id


@few
@given(plans())
def test_store_then_load_is_identity(made: list[Plan]) -> None:
    with filled([[read(plan) for plan in made]]) as (book, _):
        for plan in made:
            given_reading = read(plan)
            held = given_reading.document
            assert book.document(held.id) == held
            evidence = book.mentions(held.id)
            found = [item.mention for item in evidence if not isinstance(item.mention, PersonMention)]
            assert sorted(map(repr, found)) == sorted(map(repr, given_reading.mentions))
            assert all(item.people == given_reading.people for item in evidence)
            assert all(words in held.text for item in evidence for words in item.wordings)


@few
@given(plans(), st.sampled_from(DAYS))
def test_as_of_a_day_only_what_was_in_print_counts(made: list[Plan], limit: str) -> None:
    readings = [read(plan) for plan in made]
    day = datetime.date.fromisoformat(limit)
    printed = {r.document.id for r in readings if (when := r.document.published.day) and when <= day}
    with filled([readings]) as (book, _):
        then = Filter(as_of=day)
        assert {info.id for info in book.documents(then)} == printed
        for entry in (*book.engagements(then), *book.statements(then), *book.people(then), *book.figures(then)):
            assert set(entry.documents) <= printed
            assert entry.mentions
        shown = {document for entry in book.engagements(then) for document in entry.documents}
        assert shown == printed


@few
@given(plans())
def test_an_entry_is_a_function_of_its_evidence(made: list[Plan]) -> None:
    linkers = {linker.kind: linker for linker in LINKERS}
    with filled([[read(plan) for plan in made]]) as (book, _):
        for entry in entries(book):
            linker = linkers[type(entry).__struct_config__.tag]  # type: ignore[index]
            again = fold_entry(linker, entry.id, book.evidence(entry))
            readouts = {"readouts": entry.readouts} if hasattr(entry, "readouts") else {}
            assert msgspec.structs.replace(again, **readouts) == entry
