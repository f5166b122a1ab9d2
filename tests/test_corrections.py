"""What a person decides holds: after reading again, in any order, in another book, until it is taken back."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest

from book_rows import content, execute
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
    span_in,
    third,
)
from dragoman.book import Book, Stored
from dragoman.errors import UnknownName, WrongCorrection
from dragoman.record.corrected import Action
from dragoman.record.corrections import (
    Add,
    AnyAct,
    Change,
    Confirm,
    Correction,
    CorrectionFilter,
    Edit,
    Merge,
    Reject,
    Revocation,
    Split,
    Standing,
)
from dragoman.record.entries import AnyEntry, EntryKind, Filter
from dragoman.record.mentions import AnyMention, FigureMention
from dragoman.record.reading import Reading
from dragoman.record.span import Span
from dragoman.record.when import Basis

AT = "2025-08-01T09:30:00+00:00"


@pytest.fixture
def book(place: str):
    with Book.open(place, create=True) as opened:
        opened.store(collection())
        opened.link()
        yield opened
        assert opened.check() == []


def decide(book: Book, act: AnyAct, by: str = "Espen") -> Correction:
    return book.correct(act, by=by, at=AT, why="seen in the diary")


def undo(book: Book, correction: Correction) -> Correction:
    return book.undo(correction.id, by="Espen", at=AT)


def june(book: Book) -> AnyEntry:
    return book.engagements()[0]


def read_again(book: Book, *readings: Reading, grammar: str = "2") -> None:
    """Every document once more by another grammar, whose mentions have other ids."""
    again = [msgspec.structs.replace(item, grammar=grammar) for item in readings or collection()]
    fresh = [msgspec.structs.replace(item, mentions=tuple(retold(m) for m in item.mentions)) for item in again]
    assert book.store(fresh).reread == len(fresh)
    book.link()


def retold(mention: AnyMention) -> AnyMention:
    """The mention with another value, and so another id."""
    if isinstance(mention, FigureMention):
        return msgspec.structs.replace(mention, hedge="about")
    return msgspec.structs.replace(mention, topics=(*mention.topics, "fisheries"))


# ---------------------------------------------------------------- what each act does


def test_a_confirmed_entry_says_so(book: Book) -> None:
    decide(book, Confirm(june(book).id))
    entry = june(book)
    assert entry.verdict is Action.CONFIRM
    (told,) = entry.corrected
    assert (told.by, told.on, told.why) == ("Espen", day("2025-08-01"), "seen in the diary")


def test_a_rejected_entry_leaves_every_list_but_not_the_history(book: Book) -> None:
    (statement,) = book.statements()
    assert book.search("content")
    decide(book, Reject(statement.id))
    assert not book.statements()
    assert not book.statements(Filter(as_of=day("2030-01-01")))
    assert "statement" not in {hit.kind for hit in book.search("content")}
    shown = book.entry(statement.id)
    assert shown.verdict is Action.REJECT
    assert shown.corrected[0].by == "Espen"
    assert len(book.evidence(statement.id)) == 2


def test_the_later_of_two_verdicts_counts(book: Book) -> None:
    entry = june(book)
    decide(book, Reject(entry.id))
    decide(book, Confirm(entry.id))
    assert june(book).verdict is Action.CONFIRM
    assert [each.action for each in june(book).corrected] == [Action.REJECT, Action.CONFIRM]


def test_merged_entries_are_one_and_both_ids_resolve(book: Book) -> None:
    one, other = book.engagements()
    decide(book, Merge((other.id, one.id)))
    (merged,) = book.engagements()
    assert merged.id == one.id == book.entry(other.id).id
    assert merged.documents == ("first", "third", "second", "later")


def test_a_split_makes_two_entries(book: Book) -> None:
    entry = june(book)
    out = [item.id for item in book.evidence(entry) if item.document.id == "second"]
    decide(book, Split(entry.id, tuple(out)))
    assert [each.documents for each in book.engagements()] == [("first", "third"), ("second",), ("later",)]
    assert june(book).id == entry.id


def test_an_edited_value_keeps_what_the_texts_gave(book: Book) -> None:
    changes = (Change("place", "Oslo"), Change("when", "2025-06-03"), Change("duration", None))
    decide(book, Edit(june(book).id, changes))
    entry = june(book)
    assert (entry.place, entry.when.start, entry.when.basis) == ("Oslo", day("2025-06-03"), Basis.CORRECTED)
    ground = next(each for each in entry.grounds if each.field == "place")
    assert (ground.basis, ground.others) == ("corrected by Espen on 2025-08-01", ("London",))
    assert [(each.field, each.was) for each in entry.corrected] == [
        ("place", "London"),
        ("when", "2025-06-04"),
        ("duration", ""),
    ]
    assert [found.id for found in book.engagements(Filter(until=day("2025-06-03")))] == [entry.id]
    assert book.engagements(Filter(as_of=day("2025-06-04")))[0].place == "Oslo"


def test_participants_and_parties_can_be_edited(book: Book) -> None:
    decide(
        book,
        Edit(
            june(book).id,
            (Change("participants", "Marco Rubio (USA); Penny Wong (AUS)"), Change("parties", "USA, AUS")),
        ),
    )
    assert [(who.name, who.party) for who in june(book).participants] == [("Marco Rubio", "USA"), ("Penny Wong", "AUS")]
    assert len(book.engagements(Filter(parties=("AUS",)))) == 1


def missed(when: str = "2025-09") -> Add:
    changes = (
        Change("kind", "meeting"),
        Change("status", "planned"),
        Change("participants", "Marco Rubio (USA); David Lammy (GBR)"),
        Change("when", when),
    )
    return Add("third", span_in(THIRD.text, "They agreed to meet again in July"), EntryKind.ENGAGEMENT, changes)


def test_a_missed_entry_is_added_with_its_evidence(book: Book) -> None:
    before = len(book.engagements())
    decide(book, missed())
    added = next(each for each in book.engagements() if each.corrected)
    assert len(book.engagements()) == before + 1
    (evidence,) = book.evidence(added)
    assert evidence.wordings == ("They agreed to meet again in July",)
    assert added.parties == ("GBR", "USA")
    assert {who.person for who in added.participants} == {person.id for person in book.people()}


def test_what_was_added_is_linked_with_other_reports_of_it(book: Book) -> None:
    decide(book, missed("2025-07-09"))
    _, july = book.engagements()
    assert july.documents == ("third", "later")
    assert [step.status for step in july.history] == ["planned", "held"]


def test_a_missed_quotation_is_added(book: Book) -> None:
    span = span_in(THIRD.text, "discussed steel")
    changes = (Change("directness", "direct"), Change("speaker", "Marco Rubio"))
    decide(book, Add("third", span, EntryKind.STATEMENT, changes))
    added = next(each for each in book.statements() if each.corrected)
    assert (added.text, added.speaker) == ("discussed steel", "Marco Rubio")
    assert added.person in {person.id for person in book.people()}


# ---------------------------------------------------------------- undoing


def acts(book: Book) -> dict[str, AnyAct]:
    """One act of each sort on the collection."""
    one, other, *_ = book.engagements()
    out = tuple(item.id for item in book.evidence(one) if item.document.id == "first")
    return {
        "confirm": Confirm(one.id),
        "reject": Reject(one.id),
        "merge": Merge((one.id, other.id)),
        "split": Split(one.id, out),
        "edit": Edit(one.id, (Change("place", "Oslo"),)),
        "add": missed(),
    }


@pytest.mark.parametrize("name", list(Action))
def test_undoing_brings_back_what_was(book: Book, name: str) -> None:
    lists = book.engagements(), book.statements(), book.readouts(), book.people()
    made = decide(book, acts(book)[name])
    assert (book.engagements(), book.statements(), book.readouts(), book.people()) != lists
    taken_back = undo(book, made)
    assert (book.engagements(), book.statements(), book.readouts(), book.people()) == lists
    assert taken_back.standing is Standing.REVOKED
    assert taken_back.revoked == Revocation(by="Espen", at=AT)
    with pytest.raises(WrongCorrection, match="taken back already"):
        undo(book, made)


def test_a_later_merge_prevails_over_a_split_and_the_other_way_round(book: Book) -> None:
    entry = june(book)
    out = tuple(item.id for item in book.evidence(entry) if item.document.id == "second")
    split = decide(book, Split(entry.id, out))
    one, two, _ = book.engagements()
    merge = decide(book, Merge((one.id, two.id)))
    assert len(book.engagements()) == 2
    standing = {each.id: each.standing for each in book.corrections()}
    assert standing == {split.id: Standing.OVERRULED, merge.id: Standing.APPLIES}
    decide(book, Split(one.id, out))
    assert len(book.engagements()) == 3
    assert book.corrections()[1].standing is Standing.OVERRULED


# ---------------------------------------------------------------- reading again


@pytest.mark.parametrize("name", list(Action))
def test_a_correction_survives_reading_again(book: Book, name: str) -> None:
    decide(book, acts(book)[name])
    shape = [(entry.documents, [each.action for each in entry.corrected]) for entry in book.engagements()]
    read_again(book)
    now = [(entry.documents, [each.action for each in entry.corrected]) for entry in book.engagements()]
    assert now == shape
    assert book.corrections()[0].standing is Standing.APPLIES


@pytest.mark.parametrize("name", list(Action))
def test_a_correction_survives_a_new_version_of_the_text(book: Book, name: str) -> None:
    decide(book, acts(book)[name])
    shape = [(entry.documents, [each.action for each in entry.corrected]) for entry in book.engagements()]
    fresh = [moved(item) for item in collection()]
    assert book.store(fresh, seen=AT) == Stored(versions=4)
    book.link()
    assert [(e.documents, [each.action for each in e.corrected]) for e in book.engagements()] == shape


def moved(item: Reading) -> Reading:
    """The same text with another sentence before it, so that nothing stands where it stood."""
    begin, held = "This page was brought up to date. ", item.document
    facts = {"outlet": held.outlet, "kind": held.kind, "issuer": held.issuer}
    fresh = document(held.id, begin + held.text, str(held.published.day), **facts)
    return reading(fresh, *shifted(item.mentions, len(begin)), people=item.people)


def shifted(value, by: int):
    """The value with every span in it so many characters further on."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(shifted(each, by) for each in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: shifted(getattr(value, name), by) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value


def test_what_no_longer_finds_its_object_is_kept_and_listed(book: Book) -> None:
    figure = book.figures()[0]
    made = decide(book, Reject(figure.id))
    book.store([msgspec.structs.replace(first(), mentions=first().mentions[:2], grammar="2")])
    book.link()
    (lost,) = book.corrections(CorrectionFilter(standing=Standing.LOST))
    assert lost.id == made.id
    assert "first" in lost.detail
    book.store([msgspec.structs.replace(first(), grammar="3")])
    book.link()
    assert not book.corrections(CorrectionFilter(standing=Standing.LOST))
    assert not book.figures()


def test_a_rejected_entry_stays_rejected_when_it_grows(tmp_path: Path) -> None:
    with Book.open(tmp_path / "a.desk", create=True) as book:
        book.store([first()])
        book.link()
        decide(book, Reject(june(book).id))
        book.store([second(), third()])
        book.link()
        assert not book.engagements()


def test_a_new_report_joins_the_rest_of_a_split(book: Book) -> None:
    entry = june(book)
    out = tuple(item.id for item in book.evidence(entry) if item.document.id == "second")
    decide(book, Split(entry.id, out))
    held = document("fresh", "Marco Rubio met David Lammy on 4 June 2025.", "2025-06-20")
    met = meeting(held, "Marco Rubio met David Lammy on 4 June 2025", "2025-06-04", R, L)
    book.store([reading(held, met, people=(RUBIO, LAMMY))])
    book.link()
    assert [each.documents for each in book.engagements()][:2] == [("first", "third", "fresh"), ("second",)]


# ---------------------------------------------------------------- order, other books, programs


def test_the_order_of_documents_changes_nothing(tmp_path: Path) -> None:
    found = set()
    with Book.open(tmp_path / "made.desk", create=True) as book:
        book.store(collection())
        book.link()
        for name in ("merge", "edit", "add", "confirm"):
            decide(book, acts(book)[name] if name != "merge" else Merge(tuple(e.id for e in book.engagements())))
            if name == "merge":
                undone = undo(book, book.corrections()[0])
                assert undone.revoked
        out = tuple(item.id for item in book.evidence(june(book)) if item.document.id == "second")
        decide(book, Split(june(book).id, out))
        kept = book.corrections()
        expected = content(book)
    for number, order in enumerate(itertools.permutations((first(), second(), third(), later()))):
        if number % 5:
            continue
        with Book.open(tmp_path / f"{number}.desk", create=True) as other:
            other.apply(reversed(kept)) if number % 2 else None
            for item in order:
                other.store([item])
                other.link()
            other.apply(kept)
            found.add(tuple(content(other)))
            assert other.check() == []
    for each in found:
        assert list(each) == expected


def test_corrections_go_over_to_another_book_once(book: Book, tmp_path: Path) -> None:
    made = decide(book, Reject(june(book).id))
    with Book.open(tmp_path / "other.desk", create=True) as other:
        assert other.apply(book.corrections()).new == 1
        assert other.corrections()[0].standing is Standing.LOST
        assert "is not in this book" in other.corrections()[0].detail
        other.store(collection())
        other.link()
        assert len(other.engagements()) == 1
        assert other.corrections()[0].standing is Standing.APPLIES
        assert other.apply(book.corrections()).known == 1
        undo(book, made)
        assert other.apply(book.corrections()).revoked == 1
        assert len(other.engagements()) == 2


def test_a_correction_is_found_by_url_under_another_id(tmp_path: Path) -> None:
    def told(name: str) -> Reading:
        held = document(name, FIRST.text, "2025-06-04", url="https://example.org/steel")
        return msgspec.structs.replace(first(), document=held)

    with Book.open(tmp_path / "a.desk", create=True) as book, Book.open(tmp_path / "b.desk", create=True) as other:
        for each, name in ((book, "one"), (other, "another")):
            each.store([told(name)])
            each.link()
        decide(book, Reject(june(book).id))
        other.apply(book.corrections())
        assert not other.engagements()


# ---------------------------------------------------------------- asking, refusing


def test_corrections_are_listed_by_what_one_asks(book: Book) -> None:
    one, other = book.engagements()
    decide(book, Confirm(one.id))
    decide(book, Reject(book.figures()[0].id), by="Penny")
    merge = decide(book, Merge((one.id, other.id)))
    assert len(book.corrections(CorrectionFilter(by="Penny"))) == 1
    assert len(book.corrections(CorrectionFilter(action=Action.MERGE))) == 1
    assert len(book.corrections(CorrectionFilter(document="later"))) == 1
    assert [each.action for each in book.corrections(CorrectionFilter(entry=other.id))] == ["confirm", "merge"]
    assert book.corrections(CorrectionFilter(limit=1))[0].action is Action.CONFIRM
    assert merge.turn == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("colour", "red"), "no such value"),
        (Change("mentions", "a"), "no such value"),
        (Change("when", "last week"), "write a date"),
        (Change("when", "2025-06-05..2025-06-01"), "ends before"),
        (Change("kind", "duel"), "duel"),
        (Change("kind", None), "left open"),
        (Change("parties", "Atlantis"), "no code"),
        (Change("sidelines", "perhaps"), "yes or no"),
    ],
)
def test_a_value_that_cannot_be_is_refused(held: Book, change: Change, said: str) -> None:
    with pytest.raises(WrongCorrection, match=said):
        decide(held, Edit(june(held).id, (change,)))
    assert not held.corrections()


def test_an_act_that_does_not_fit_is_refused(book: Book) -> None:
    one = june(book)
    (statement,) = book.statements()
    every = tuple(item.id for item in book.evidence(one))
    wrong: list[AnyAct] = [
        Merge((one.id, one.id)),
        Merge((one.id, statement.id)),
        Split(one.id, every),
        Edit(one.id, ()),
        Add("third", span_in(THIRD.text, "steel"), EntryKind.PERSON),
        Add("third", span_in(THIRD.text, "steel"), EntryKind.ENGAGEMENT),
        msgspec.structs.replace(missed(), span=Span(5, 9999)),
    ]
    for act in wrong:
        with pytest.raises(WrongCorrection):
            decide(book, act)
    unknown: list[AnyAct] = [
        Confirm("eng-nothing"),
        Split(one.id, ("zzz",)),
        msgspec.structs.replace(missed(), document="x"),
    ]
    for act in unknown:
        with pytest.raises(UnknownName):
            decide(book, act)
    with pytest.raises(WrongCorrection, match="name"):
        book.correct(Confirm(one.id), by=" ", at=AT)
    assert not book.corrections()


# ---------------------------------------------------------------- the whole


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE corrections SET payload = '{}'",
        "UPDATE corrections SET payload = replace(payload, 'diary', 'paper')",
        "UPDATE corrections SET author = 'Nobody' WHERE action = 'confirm'",
        "UPDATE corrections SET standing = 'revoked' WHERE action = 'reject'",
        "DELETE FROM correction_documents",
        "UPDATE corrections SET revoked_at = '2025-08-02', standing = 'revoked' WHERE action = 'confirm'",
        "UPDATE entries SET state = 'live' WHERE verdict = 'reject'",
    ],
)
def test_check_finds_damaged_corrections(place: str, damage: str) -> None:
    with Book.open(place, create=True) as book:
        book.store(collection())
        book.link()
        decide(book, Confirm(june(book).id))
        decide(book, Reject(book.figures()[0].id))
        assert book.check() == []
        execute(place, damage)
        assert "correction" in {problem.kind for problem in book.check()}
