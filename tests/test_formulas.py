"""Wording that recurs in one side's readouts, and what became of it."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.library import add
from dragoman.link.formulas import DatedReadout, formulas
from dragoman.link.phrases import repeated_phrases, words_of
from dragoman.record.comparison import Change
from dragoman.record.entries import EntryPoint, Filter, ReadoutEntry
from dragoman.record.formula import FormulaState
from dragoman.record.span import Span
from dragoman.show.changes import changes_since
from dragoman.show.formulas import changed, formulas_of, formulas_text, latest_formulas

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025"
EXPECTED = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))["formulas"]
OPEN_SEA = "an open and undivided northern sea"


def point(text: str, verb: str = "reaffirm", strength: int = 3) -> EntryPoint:
    return EntryPoint(text=text, document="d", span=Span(0, len(text)), verb=verb, strength=strength)


def held(day: str, *points: EntryPoint, here: bool = True, relayed: bool = False) -> DatedReadout:
    readout = ReadoutEntry(id=f"rea-{day}", issuer="NOR", points=points, relayed=relayed)
    return DatedReadout(readout=readout, day=datetime.date.fromisoformat(day), here=here)


JANUARY = held("2025-01-10", point(f"The ministers reaffirmed their support for {OPEN_SEA}."))
MARCH = held("2025-03-10", point(f"Both sides spoke up for {OPEN_SEA}.", "note", 1))
MAY = held("2025-05-10", point("They asked for an open and peaceful northern sea."))
JULY = held("2025-07-10", point("They spoke of cod and of herring."))


def only(*readouts: DatedReadout) -> list[tuple[str, FormulaState]]:
    return [(formula.text, formula.state) for formula in formulas("NOR", "ISL", readouts)]


def test_wording_that_recurs_is_found_without_the_small_words_around_it() -> None:
    assert only(JANUARY, MARCH) == [("open and undivided northern sea", FormulaState.KEPT)]


def test_what_stands_once_is_no_formula() -> None:
    assert only(JANUARY, MAY, JULY) == []


def test_names_and_offices_are_no_formula() -> None:
    met = "The Foreign Minister of Norway and the Foreign Minister of Iceland met."
    assert only(held("2025-01-10", point(met)), held("2025-02-10", point(met))) == []


def test_a_formula_is_reworded_and_then_dropped() -> None:
    (formula,) = formulas("NOR", "ISL", [JULY, MAY, MARCH, JANUARY])
    assert [step.state for step in formula.steps] == [
        FormulaState.NEW,
        FormulaState.KEPT,
        FormulaState.REWORDED,
        FormulaState.DROPPED,
    ]
    assert Change("left", "undivided") in formula.steps[2].diff
    assert Change("right", "peaceful") in formula.steps[2].diff
    assert (formula.first, formula.last) == (JANUARY.day, MARCH.day)
    assert formula.state is FormulaState.DROPPED


def test_a_weaker_verb_is_told() -> None:
    (formula,) = formulas("NOR", "ISL", [JANUARY, MARCH])
    assert [step.weaker for step in formula.steps] == [0, 2]
    assert changed([formula]) == [formula]


def test_an_absence_between_is_no_drop() -> None:
    again = held("2025-09-10", point(f"Norway stands for {OPEN_SEA}."))
    (formula,) = formulas("NOR", "ISL", [JANUARY, JULY, again])
    assert [step.state for step in formula.steps] == [FormulaState.NEW, FormulaState.ABSENT, FormulaState.KEPT]


def test_what_the_press_leaves_out_was_not_dropped() -> None:
    relayed = held("2025-07-10", point("They spoke of cod and of herring."), relayed=True)
    (formula,) = formulas("NOR", "ISL", [JANUARY, MARCH, relayed])
    assert formula.state is FormulaState.KEPT


def test_wording_used_with_others_is_new_with_this_counterpart() -> None:
    elsewhere = [held("2024-11-10", point(f"They value {OPEN_SEA}."), here=False)]
    (formula,) = formulas("NOR", "ISL", [*elsewhere, JULY, held("2025-09-01", point(f"Both want {OPEN_SEA}."))])
    assert (formula.state, formula.readouts, formula.elsewhere) == (FormulaState.NEW, 1, 1)


def test_wording_repeated_in_one_readout_is_said_to_be_that() -> None:
    twice = held("2025-01-10", point(f"“{OPEN_SEA}” was the aim."), point(f"He wants {OPEN_SEA}."))
    assert only(twice) == [("open and undivided northern sea", FormulaState.REPEATED)]


def test_the_order_of_readouts_changes_nothing() -> None:
    readouts = [JANUARY, MARCH, MAY, JULY]
    assert formulas("NOR", "ISL", readouts) == formulas("NOR", "ISL", readouts[::-1])


@pytest.mark.parametrize(
    "text", ["a b c d e a b c d e", "one two three four x one two three four y one two three four"]
)
def test_every_phrase_stands_where_it_is_said_to(text: str) -> None:
    words = words_of(text)
    found = list(repeated_phrases([words]))
    assert found
    for phrase in found:
        assert len(phrase.places) > 1
        for place in phrase.places:
            assert words.folded[place.word : place.word + len(phrase.words)] == phrase.words


def test_phrases_are_as_long_as_they_can_be() -> None:
    texts = [words_of(text) for text in ("we keep the old iron bridge open", "they keep the old iron bridge shut")]
    assert [phrase.words for phrase in repeated_phrases(texts)] == [("keep", "the", "old", "iron", "bridge")]


def monthly(count: int) -> list[DatedReadout]:
    """Readouts of so many months with the same words."""
    first = datetime.date(2001, 1, 10)
    days = [first + datetime.timedelta(days=30 * number) for number in range(count)]
    return [held(day.isoformat(), point(f"Both spoke up for {OPEN_SEA} again.")) for day in days]


def test_only_the_latest_readouts_have_steps_and_it_says_so() -> None:
    readouts = monthly(7)
    (formula,) = latest_formulas("NOR", "ISL", readouts[::-1], most=4)
    assert (formula.readouts, formula.left_out) == (7, 3)
    assert (formula.first, formula.last) == (readouts[0].day, readouts[6].day)
    assert [step.day for step in formula.steps] == [each.day for each in readouts[3:]]
    assert "3 earlier ones were searched" in formulas_text([formula], ("NOR", "ISL"), 120)


def test_earlier_readouts_with_the_words_count_and_make_them_old() -> None:
    words = f"They spoke up for {OPEN_SEA}, and for more."
    close = held("2019-05-01", point("They spoke up for an open and undivided northern seaway."))
    years = [held(f"20{year}-03-01", point(words)) for year in range(20, 26)]
    (formula,) = latest_formulas("NOR", "ISL", [close, *years], most=3)
    assert (formula.readouts, formula.left_out) == (6, 4)
    assert (formula.first, formula.last) == (datetime.date(2020, 3, 1), datetime.date(2025, 3, 1))
    assert formula.state is FormulaState.KEPT
    assert [step.state for step in formula.steps] == [FormulaState.KEPT] * 3


def test_when_all_are_compared_nothing_is_left_out() -> None:
    readouts = monthly(7)
    (formula,) = latest_formulas("NOR", "ISL", readouts, most=None)
    assert (formula.readouts, formula.left_out) == (7, 0)
    assert "earlier ones" not in formulas_text([formula], ("NOR", "ISL"), 100)


# ------------------------------------------------------------------ on the sample corpus


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("formulas") / "sample.desk"
    with Book.open(path, create=True) as opened:
        add(opened, [SAMPLE / "manifest.csv"])
    return path


def test_the_formulas_of_the_sample_corpus_are_found(book: Path) -> None:
    with Book.open(book) as opened:
        found = formulas_of(opened, "USA", "IND")
    for wanted in EXPECTED:
        (formula,) = [
            f
            for f in found
            if f.issuer == wanted["issuer"] and (f.text in wanted["formula"] or wanted["formula"] in f.text)
        ]
        told = {step.state.value for step in formula.steps}
        reworded = [words for _, state, words in wanted["steps"] if state == "reworded"]
        if wanted["issuer"] == "USA":
            assert ("reworded" in told) == bool(reworded)
            assert (formula.state is FormulaState.DROPPED) == (wanted["steps"][-1][1] == "dropped")


def test_the_brief_tells_which_wording_changed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["brief", "USA", "IND", "--book", str(book)]) == 0
    text = capsys.readouterr().out
    assert "WORDING THAT CHANGED" in text
    assert "dropped “regional stability and peace”" in " ".join(text.split())


def test_the_command_fits_the_width_and_has_its_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["formulas", "India", "US", "--book", str(book)]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert "fair and [-balanced-] {+reciprocal+} trade" in " ".join(text.split())
    assert exit_code(["formulas", "IND", "USA", "--with-all", "--book", str(book), "--json"]) == 0
    assert {formula["issuer"] for formula in json.loads(capsys.readouterr().out)} == {"IND", "USA"}
    assert exit_code(["formulas", "IND", "India", "--book", str(book)]) == 2


def test_a_side_without_formulas_says_so() -> None:
    assert "No wording recurs in the readouts held." in formulas_text([], ("NOR", "ISL"), 80)


def test_a_joint_text_that_leaves_a_formula_out_drops_nothing() -> None:
    joint = held("2025-07-10", point("The four ministers spoke of cod and of herring."))
    joint = msgspec.structs.replace(joint, readout=msgspec.structs.replace(joint.readout, joint=True))
    assert only(JANUARY, MARCH, joint) == [("open and undivided northern sea", FormulaState.KEPT)]
    assert only(JANUARY, MARCH, JULY) == [("open and undivided northern sea", FormulaState.DROPPED)]


@pytest.fixture
def sample(book: Path) -> Iterator[Book]:
    with Book.open(book) as opened:
        yield opened


def test_the_list_of_changes_tells_what_a_new_readout_did_with_a_formula(sample: Book) -> None:
    found = changes_since(sample, datetime.date(2025, 9, 1), Filter(parties=("USA", "IND")))
    told = {
        (line.change, line.detail) for line in found if line.ledger == "formula" and "regional stability" in line.what
    }
    assert told == {("dropped", "not mentioned in this readout")}
    later = changes_since(sample, datetime.date(2025, 10, 1), Filter(parties=("USA", "IND")))
    assert [line for line in later if line.ledger == "formula"] == []


def test_a_rewording_is_told_on_the_day_of_its_readout_though_the_formula_was_dropped_later(sample: Book) -> None:
    found = changes_since(sample, datetime.date(2025, 5, 20), Filter(parties=("USA", "IND")))
    days = {line.published for line in found if line.ledger == "formula" and "{+reciprocal+}" in line.detail}
    assert days == {datetime.date(2025, 5, 29)}
