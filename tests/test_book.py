"""A book keeps what was read, adds nothing twice, and answers by party, person, topic, day and words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from book_rows import execute
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
from conftest import filled
from dragoman.book import Book, Stored
from dragoman.errors import UnknownName
from dragoman.record.document import Publication
from dragoman.record.entries import EntryKind, Filter, PersonEntry, PersonMention
from dragoman.record.reading import Reading
from dragoman.record.when import Basis


@pytest.fixture
def book(place: str) -> Iterator[Book]:
    """A book for one test."""
    yield from filled(place)


# ---------------------------------------------------------------- filling


def test_a_second_run_adds_nothing(book: Book) -> None:
    before = book.meta
    assert book.store(collection()) == Stored(unchanged=4)
    assert book.link() == 0
    assert book.meta == before


def test_what_was_stored_is_known(held: Book) -> None:
    assert held.known(FIRST, "1")
    assert not held.known(FIRST, "2")
    assert not held.known(msgspec.structs.replace(FIRST, title="Another"), "1")
    assert not held.known(document("first", "Another text."), "1")


def test_documents_come_back_as_they_were(held: Book) -> None:
    for item in collection():
        assert held.document(item.document.id) == item.document


def test_mentions_come_back_as_they_were(held: Book) -> None:
    for item in collection():
        found = [each.mention for each in held.mentions(item.document.id)]
        assert sorted((m for m in found if not isinstance(m, PersonMention)), key=repr) == sorted(
            item.mentions, key=repr
        )
        assert {m.person for m in found if isinstance(m, PersonMention)} == set(item.people)


def test_every_span_slices_back_to_its_words(held: Book) -> None:
    for info in held.documents():
        text = held.document(info.id).text
        for item in held.mentions(info.id):
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


def test_reports_of_one_meeting_are_one_entry(held: Book) -> None:
    june, july = held.engagements()
    assert june.documents == ("first", "third", "second")
    assert june.origins == 3
    assert (june.first_published, june.last_published) == (day("2025-06-04"), day("2025-06-06"))
    assert july.documents == ("later",)


def test_a_quotation_in_two_documents_is_one_statement(held: Book) -> None:
    (statement,) = held.statements()
    assert statement.documents == ("first", "second")
    assert len(statement.variants) == 2
    assert statement.text.endswith("not a day longer,")


def test_a_readout_belongs_to_its_engagement(held: Book) -> None:
    june, _ = held.engagements()
    (readout,) = held.readouts()
    assert readout.engagement == june.id
    assert june.readouts == (readout.id,)
    assert [point.text for point in readout.points] == ["discussed steel"]


def test_persons_are_linked_to_what_they_did_and_said(held: Book) -> None:
    people = {person.name: person for person in held.people()}
    assert set(people) == {"Marco Rubio", "David Lammy"}
    june, _ = held.engagements()
    assert {p.name: p.person for p in june.participants} == {name: person.id for name, person in people.items()}
    assert held.statements()[0].person == people["Marco Rubio"].id
    (tenure,) = people["Marco Rubio"].tenures
    assert (tenure.office, tenure.first, tenure.last) == ("Secretary of State", day("2025-06-04"), day("2025-07-09"))


def test_ids_and_their_beginnings_resolve(held: Book) -> None:
    for entry in held.engagements():
        assert held.entry(entry.id) == entry
        assert held.entry(entry.id[:9]) == entry
    with pytest.raises(UnknownName, match="no such entry"):
        held.entry("eng-nothing")
    with pytest.raises(UnknownName, match="several entries"):
        held.entry("per-")


def test_evidence_is_in_order_and_complete(held: Book) -> None:
    june, _ = held.engagements()
    evidence = held.evidence(june)
    assert [item.document.id for item in evidence] == ["first", "third", "second"]
    assert tuple(item.id for item in evidence) == june.mentions
    assert held.evidence(june.id) == evidence


def test_entries_keep_their_ids_when_they_grow(place: str) -> None:
    with Book.open(place, create=True) as book:
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
def test_filters_of_engagements(held: Book, wanted: Filter, found: int) -> None:
    assert len(held.engagements(wanted)) == found


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
def test_as_of_a_late_day_is_today(held: Book, wanted: Filter) -> None:
    late = msgspec.structs.replace(wanted, as_of=day("2030-01-01"))
    assert held.engagements(late) == held.engagements(wanted)
    assert held.statements(late) == held.statements(wanted)
    assert held.people(late) == held.people(wanted)
    assert held.documents(late) == held.documents(wanted)


def test_a_person_can_be_asked_for_by_id(held: Book) -> None:
    rubio = next(person for person in held.people() if person.surname == "Rubio")
    assert len(held.engagements(Filter(person=rubio.id))) == 2
    assert len(held.statements(Filter(person=rubio.id))) == 1


def test_readouts_concern_all_parties_of_their_engagement(held: Book) -> None:
    assert len(held.readouts(Filter(parties=("GBR", "USA")))) == 1
    assert len(held.readouts(Filter(parties=("FRA",)))) == 0


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
def test_filters_of_documents(held: Book, wanted: Filter, found: list[str]) -> None:
    assert [info.id for info in held.documents(wanted)] == found


def test_as_of_folds_from_what_was_in_print(held: Book) -> None:
    (then,) = held.engagements(Filter(as_of=day("2025-06-04")))
    assert then.documents == ("first",)
    assert then.id == held.engagements()[0].id
    assert held.evidence(then)[0].document.id == "first"
    assert len(held.evidence(then)) == 1
    assert held.entry_as_of(then.id, day("2025-06-04")) == then
    (statement,) = held.statements(Filter(as_of=day("2025-06-04")))
    assert statement.text.endswith("content,")


def test_a_document_without_a_date_is_in_no_past(place: str) -> None:
    undated = msgspec.structs.replace(FIRST, published=Publication())
    with Book.open(place, create=True) as book:
        book.store([msgspec.structs.replace(first(), document=undated)])
        book.link()
        assert len(book.engagements()) == 1
        assert not book.engagements(Filter(as_of=day("2030-01-01")))
        assert not book.documents(Filter(as_of=day("2030-01-01")))


# ---------------------------------------------------------------- search


def test_search_finds_documents_and_entries(held: Book) -> None:
    hits = held.search("steel content")
    assert {hit.id for hit in hits if hit.kind == "document"} == {"first", "second"}
    assert [hit.kind for hit in hits if hit.kind != "document"] == ["statement"]
    assert all("\x02" in hit.snippet for hit in hits)


def test_search_for_a_phrase(held: Book) -> None:
    assert {hit.id for hit in held.search('"shared work on steel"') if hit.kind == "document"} == {"first", "second"}
    assert not held.search('"steel on work shared"')


@pytest.mark.parametrize(
    "words",
    ["", "   ", '"', "'", "*", "AND", "NOT steel", "steel OR", "NEAR(", "title:", "a^b", "(((", '""', "-", "\x00", "“"],
)
def test_search_survives_any_signs(held: Book, words: str) -> None:
    held.search(words)


def test_search_keeps_its_limit(held: Book) -> None:
    assert len(held.search("steel", limit=2)) == 2
    assert held.search("steel", limit=0) == []


# ---------------------------------------------------------------- the whole


def test_a_fresh_book_is_whole(held: Book) -> None:
    assert held.check() == []


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
        ("UPDATE entries SET day_from = '2001-01-01' WHERE kind = 'engagement'", "entry"),
        ("DELETE FROM entry_parties", "entry"),
        ("UPDATE versions SET current = 0 WHERE kind = 'readout'", "integrity"),
        ("UPDATE entries SET state = 'withdrawn' WHERE kind = 'statement'", "integrity"),
        ("UPDATE blocks SET head = (SELECT min(mention) FROM mentions)", "link"),
    ],
)
def test_check_finds_damage(book: Book, place: str, damage: str, kind: str) -> None:
    execute(place, damage)
    assert kind in {problem.kind for problem in book.check()}


def test_an_unknown_document_is_named(held: Book) -> None:
    for ask in (held.document, held.versions, held.mentions, held.document_info):
        with pytest.raises(UnknownName, match="nowhere"):
            ask("nowhere")


def test_entries_are_of_their_kind(held: Book) -> None:
    assert all(isinstance(person, PersonEntry) for person in held.people())
    assert {hit.kind for hit in held.search("rubio")} <= {"document", *EntryKind}
