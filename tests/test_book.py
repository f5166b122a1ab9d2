"""A book keeps what was read, adds nothing twice, and answers by party, person, topic, day and words."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import msgspec
import pytest

from book_texts import (
    FIRST,
    LAMMY,
    RUBIO,
    THIRD,
    L,
    R,
    collection,
    day,
    document,
    first,
    later,
    meeting,
    reading,
    second,
    third,
)
from dragoman.book import Book, Stored
from dragoman.errors import BookBusy, BookError, NewerBook, NotABook, UnknownName
from dragoman.record.document import Publication
from dragoman.record.entries import EntryKind, Filter, PersonEntry, PersonMention
from dragoman.record.reading import Reading
from dragoman.record.when import Basis


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.desk"


@pytest.fixture
def book(path: Path):
    with Book.open(path, create=True) as opened:
        opened.store(collection())
        opened.link()
        yield opened


# ---------------------------------------------------------------- filling


def test_a_second_run_adds_nothing(book: Book) -> None:
    before = book.meta
    assert book.store(collection()) == Stored(unchanged=4)
    assert book.link() == 0
    assert book.meta == before


def test_what_was_stored_is_known(book: Book) -> None:
    assert book.known(FIRST, "1")
    assert not book.known(FIRST, "2")
    assert not book.known(msgspec.structs.replace(FIRST, title="Another"), "1")
    assert not book.known(document("first", "Another text."), "1")


def test_documents_come_back_as_they_were(book: Book) -> None:
    for item in collection():
        assert book.document(item.document.id) == item.document


def test_mentions_come_back_as_they_were(book: Book) -> None:
    for item in collection():
        held = [each.mention for each in book.mentions(item.document.id)]
        assert sorted((m for m in held if not isinstance(m, PersonMention)), key=repr) == sorted(
            item.mentions, key=repr
        )
        assert {m.person for m in held if isinstance(m, PersonMention)} == set(item.people)


def test_every_span_slices_back_to_its_words(book: Book) -> None:
    for info in book.documents():
        text = book.document(info.id).text
        for item in book.mentions(info.id):
            assert item.span.of(text)
            assert all(words in text for words in item.wordings)


def test_a_new_text_of_a_known_id_is_a_new_version(book: Book) -> None:
    edited = document("third", THIRD.text.replace("steel", "aluminium"), "2025-06-06", kind=THIRD.kind, issuer="USA")
    assert book.store([reading(edited, people=(RUBIO,))], seen="2025-06-07T08:00:00Z") == Stored(versions=1)
    book.link()
    assert [(v.number, v.current) for v in book.versions("third")] == [(1, False), (2, True)]
    assert book.document("third").text == edited.text
    assert book.document("third", digest=THIRD.digest).text == THIRD.text
    assert not book.readouts()
    assert len(book.readouts(Filter(as_of=day("2025-06-05")))) == 1
    assert [hit.id for hit in book.search("aluminium") if hit.kind == "document"] == ["third"]
    assert book.check() == []


def test_a_new_text_of_a_known_url_is_a_new_version(book: Book) -> None:
    one = document("u1", "An early text of the release.", "2025-06-01", url="https://example.org/r")
    other = document("u2", "A later text of the release.", "2025-06-02", url="https://example.org/r")
    book.store([reading(one)])
    assert book.store([reading(other)]) == Stored(versions=1)
    assert book.document("u1").text == other.text


def test_today_in_an_unchanged_sentence_of_a_new_version_stays_the_first_day(book: Book) -> None:
    def told(published: str, ending: str) -> Reading:
        held = document("today", f"Marco Rubio met David Lammy today. {ending}", published)
        met = meeting(held, "Marco Rubio met David Lammy today.", published, R, L)
        resolved = msgspec.structs.replace(met.when, basis=Basis.PUBLICATION)
        return reading(held, msgspec.structs.replace(met, when=resolved), people=(RUBIO, LAMMY))

    for published, ending in (("2025-08-02", "They spoke of fish."), ("2025-08-01", "They spoke of cod.")):
        book.store([told(published, ending)])
        book.link()
    (august,) = book.engagements(Filter(since=day("2025-07-20")))
    assert (august.when.start, august.when.end) == (day("2025-08-01"), day("2025-08-01"))
    assert book.document("today").text.endswith("fish.")
    assert book.check() == []


def test_an_older_text_read_later_does_not_become_current(book: Book) -> None:
    older = document("third", "An earlier text.", "2025-06-01")
    book.store([reading(older)])
    assert book.document("third").text == THIRD.text


def test_another_grammar_retires_what_it_does_not_find(book: Book) -> None:
    again = first()
    fewer = msgspec.structs.replace(again, mentions=again.mentions[:1], grammar="2")
    assert book.store([fewer]) == Stored(reread=1)
    book.link()
    assert not book.figures()
    assert len(book.statements()) == 1
    assert book.statements()[0].documents == ("second",)
    assert book.check() == []


def test_other_facts_for_the_same_text_are_taken_over(book: Book) -> None:
    known = first()
    dated = msgspec.structs.replace(known, document=msgspec.structs.replace(FIRST, title="Steel"))
    assert book.store([dated]) == Stored(reread=1)
    assert book.document("first").title == "Steel"
    assert len(book.versions("first")) == 1


# ---------------------------------------------------------------- entries


def test_reports_of_one_meeting_are_one_entry(book: Book) -> None:
    june, july = book.engagements()
    assert june.documents == ("first", "third", "second")
    assert june.origins == 3
    assert (june.first_published, june.last_published) == (day("2025-06-04"), day("2025-06-06"))
    assert july.documents == ("later",)


def test_a_quotation_in_two_documents_is_one_statement(book: Book) -> None:
    (statement,) = book.statements()
    assert statement.documents == ("first", "second")
    assert len(statement.variants) == 2
    assert statement.text.endswith("not a day longer,")


def test_a_readout_belongs_to_its_engagement(book: Book) -> None:
    june, _ = book.engagements()
    (readout,) = book.readouts()
    assert readout.engagement == june.id
    assert june.readouts == (readout.id,)
    assert [point.text for point in readout.points] == ["discussed steel"]


def test_persons_are_linked_to_what_they_did_and_said(book: Book) -> None:
    people = {person.name: person for person in book.people()}
    assert set(people) == {"Marco Rubio", "David Lammy"}
    june, _ = book.engagements()
    assert {p.name: p.person for p in june.participants} == {name: person.id for name, person in people.items()}
    assert book.statements()[0].person == people["Marco Rubio"].id
    (tenure,) = people["Marco Rubio"].tenures
    assert (tenure.office, tenure.first, tenure.last) == ("Secretary of State", day("2025-06-04"), day("2025-07-09"))


def test_ids_and_their_beginnings_resolve(book: Book) -> None:
    for entry in book.engagements():
        assert book.entry(entry.id) == entry
        assert book.entry(entry.id[:9]) == entry
    with pytest.raises(UnknownName, match="no such entry"):
        book.entry("eng-nothing")
    with pytest.raises(UnknownName, match="several entries"):
        book.entry("per-")


def test_evidence_is_in_order_and_complete(book: Book) -> None:
    june, _ = book.engagements()
    evidence = book.evidence(june)
    assert [item.document.id for item in evidence] == ["first", "third", "second"]
    assert tuple(item.id for item in evidence) == june.mentions
    assert book.evidence(june.id) == evidence


def test_entries_keep_their_ids_when_they_grow(path: Path) -> None:
    with Book.open(path, create=True) as book:
        book.store([second(), third()])
        book.link()
        (before,) = book.engagements()
        book.store([first(), later()])
        book.link()
        after = book.engagements()[0]
    assert after.id == before.id
    assert after.documents == ("first", "third", "second")


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(parties=("GBR", "USA")), 2),
        (Filter(parties=("IND",)), 0),
        (Filter(person="rubio"), 2),
        (Filter(person="David Lammy"), 2),
        (Filter(person="Lavrov"), 0),
        (Filter(topic="steel"), 1),
        (Filter(since=day("2025-07-01")), 1),
        (Filter(until=day("2025-06-04")), 1),
        (Filter(since=day("2025-06-05"), until=day("2025-07-08")), 0),
        (Filter(kind="meeting", status="held"), 2),
        (Filter(kind="call"), 0),
        (Filter(limit=1), 1),
        (Filter(as_of=day("2025-06-30")), 1),
        (Filter(as_of=day("2025-06-03")), 0),
    ],
)
def test_filters_of_engagements(book: Book, wanted: Filter, found: int) -> None:
    assert len(book.engagements(wanted)) == found


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(parties=("GBR", "USA")),
        Filter(person="lammy"),
        Filter(topic="steel"),
        Filter(kind="meeting"),
        Filter(since=day("2025-06-05")),
        Filter(until=day("2025-06-05")),
        Filter(),
    ],
)
def test_as_of_a_late_day_is_today(book: Book, wanted: Filter) -> None:
    late = msgspec.structs.replace(wanted, as_of=day("2030-01-01"))
    assert book.engagements(late) == book.engagements(wanted)
    assert book.statements(late) == book.statements(wanted)
    assert book.people(late) == book.people(wanted)
    assert book.documents(late) == book.documents(wanted)


def test_a_person_can_be_asked_for_by_id(book: Book) -> None:
    rubio = next(person for person in book.people() if person.surname == "Rubio")
    assert len(book.engagements(Filter(person=rubio.id))) == 2
    assert len(book.statements(Filter(person=rubio.id))) == 1


def test_readouts_concern_all_parties_of_their_engagement(book: Book) -> None:
    assert len(book.readouts(Filter(parties=("GBR", "USA")))) == 1
    assert len(book.readouts(Filter(parties=("FRA",)))) == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), ["first", "third", "second", "later"]),
        (Filter(kind="readout"), ["third"]),
        (Filter(topic="steel"), ["first", "third", "second"]),
        (Filter(since=day("2025-06-06")), ["second", "later"]),
        (Filter(as_of=day("2025-06-05")), ["first", "third"]),
        (Filter(person="lammy", until=day("2025-06-04")), ["first"]),
        (Filter(limit=2), ["first", "third"]),
    ],
)
def test_filters_of_documents(book: Book, wanted: Filter, found: list[str]) -> None:
    assert [info.id for info in book.documents(wanted)] == found


def test_as_of_folds_from_what_was_in_print(book: Book) -> None:
    (then,) = book.engagements(Filter(as_of=day("2025-06-04")))
    assert then.documents == ("first",)
    assert then.id == book.engagements()[0].id
    assert book.evidence(then)[0].document.id == "first"
    assert len(book.evidence(then)) == 1
    assert book.entry_as_of(then.id, day("2025-06-04")) == then
    (statement,) = book.statements(Filter(as_of=day("2025-06-04")))
    assert statement.text.endswith("content,")


def test_a_document_without_a_date_is_in_no_past(path: Path) -> None:
    undated = msgspec.structs.replace(FIRST, published=Publication())
    with Book.open(path, create=True) as book:
        book.store([msgspec.structs.replace(first(), document=undated)])
        book.link()
        assert len(book.engagements()) == 1
        assert not book.engagements(Filter(as_of=day("2030-01-01")))
        assert not book.documents(Filter(as_of=day("2030-01-01")))


# ---------------------------------------------------------------- search


def test_search_finds_documents_and_entries(book: Book) -> None:
    hits = book.search("steel content")
    assert {hit.id for hit in hits if hit.kind == "document"} == {"first", "second"}
    assert [hit.kind for hit in hits if hit.kind != "document"] == ["statement"]
    assert all("\x02" in hit.snippet for hit in hits)


def test_search_for_a_phrase(book: Book) -> None:
    assert {hit.id for hit in book.search('"shared work on steel"') if hit.kind == "document"} == {"first", "second"}
    assert not book.search('"steel on work shared"')


@pytest.mark.parametrize(
    "words",
    ["", "   ", '"', "'", "*", "AND", "NOT steel", "steel OR", "NEAR(", "title:", "a^b", "(((", '""', "-", "\x00", "“"],
)
def test_search_survives_any_signs(book: Book, words: str) -> None:
    book.search(words)


def test_search_keeps_its_limit(book: Book) -> None:
    assert len(book.search("steel", limit=2)) == 2
    assert book.search("steel", limit=0) == []


# ---------------------------------------------------------------- the file


def test_a_fresh_book_is_whole(book: Book) -> None:
    assert book.check() == []


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("UPDATE versions SET text = text || ' More.' WHERE number = 1", "text"),
        ("UPDATE mentions SET span_end = 100000", "span"),
        ("UPDATE mentions SET wordings = '[\"other\"]'", "span"),
        ("UPDATE mentions SET id = 'm' || id", "span"),
        ("DELETE FROM links", "link"),
        ("UPDATE entries SET state = 'merged', merged_into = 'eng-x' WHERE kind = 'person'", "link"),
        ("UPDATE entries SET payload = '{}'", "entry"),
        ("UPDATE entry_references SET target = 'eng-x'", "entry"),
    ],
)
def test_check_finds_damage(book: Book, path: Path, damage: str, kind: str) -> None:
    other = sqlite3.connect(path)
    other.execute(damage)
    other.commit()
    other.close()
    assert kind in {problem.kind for problem in book.check()}


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


def test_an_unknown_document_is_named(book: Book) -> None:
    for ask in (book.document, book.versions, book.mentions, book.document_info):
        with pytest.raises(UnknownName, match="nowhere"):
            ask("nowhere")


def test_entries_are_of_their_kind(book: Book) -> None:
    assert all(isinstance(person, PersonEntry) for person in book.people())
    assert {hit.kind for hit in book.search("rubio")} <= {"document", *EntryKind}
