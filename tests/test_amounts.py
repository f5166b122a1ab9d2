"""Amounts and figures: value, unit, bounds, what is measured."""

import datetime
import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.grammar.rules import Example, load_examples
from dragoman.grammar.trace import Trace
from dragoman.mark.amounts import mark_amounts
from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.marks import AmountMark
from dragoman.record.mentions import FigureMention
from dragoman.segment.divide import divide

EXAMPLES = Path(str(files("dragoman"))) / "mark" / "amounts" / "examples.toml"
READER = Reader()


def document(text: str) -> Document:
    day = datetime.date(2025, 5, 29)
    published = Publication(start=day, end=day, basis=PublishedBasis.GIVEN)
    return Document(id="t", text=text, digest=hashlib.sha256(text.encode()).hexdigest(), published=published)


def amounts(text: str) -> list[AmountMark]:
    read = document(text)
    return mark_amounts(read, divide(read), Trace())


def figures(text: str) -> list[FigureMention]:
    return [mention for mention in READER.read(document(text)).mentions if isinstance(mention, FigureMention)]


@pytest.mark.parametrize("example", load_examples(EXAMPLES).example, ids=lambda e: f"{e.rule}:{e.text[:40]}")
def test_example_has_its_values(example: Example) -> None:
    (mark,) = [mark for mark in amounts(example.text) if mark.rule == f"amount.{example.rule}"]
    assert {name: getattr(mark, name) for name in example.values} == example.values


def test_range_takes_the_magnitude_of_its_end() -> None:
    (mark,) = amounts("Aid of $1.5-2 billion was pledged.")
    assert (mark.value, mark.low, mark.high) == (None, 1.5e9, 2e9)


def test_money_in_brackets_is_a_conversion() -> None:
    first, second = amounts("They paid 3 million euros ($3.4 million) for it.")
    assert not first.steps
    assert second.steps == ("conversion of 3 million euros",)


@pytest.mark.parametrize(
    "text",
    [
        "The two sides met.",
        "The ten members agreed.",
        "Resolution 2254 calls for talks.",
        "The talks lasted three hours.",
        "An 11-member bloc met for the fifth time.",
        "In 2019 elections were held.",
    ],
)
def test_who_takes_part_and_how_long_is_no_figure(text: str) -> None:
    assert not figures(text)


def test_figure_says_what_it_measures_and_for_when() -> None:
    (figure,) = figures("India said that bilateral trade reached nearly $75 billion in 2023.")
    assert (figure.value, figure.unit, figure.hedge) == (75e9, "USD", "nearly")
    assert figure.what == "bilateral trade"
    assert figure.period.start == datetime.date(2023, 1, 1)


def test_term_of_an_instrument_is_a_figure() -> None:
    (figure,) = figures("They announced a 45-day truce.")
    assert (figure.value, figure.unit) == (45, "day")


def test_a_number_told_twice_is_one_figure() -> None:
    assert len(figures("They will free 300 prisoners. The 300 prisoners are held in Tartu.")) == 1


@pytest.mark.parametrize(
    ("text", "words", "what"),
    [
        ("Bilateral trade between India and Brazil totalled some $129 billion in 2024.", "some $129 billion",
         "Bilateral trade between India and Brazil"),
        ("China posted a $45.7bn surplus with the US.", "$45.7bn", "surplus with the US"),
        ("Exports to Japan rose 12% to $3.4 billion in the first quarter.", "$3.4 billion", "Exports to Japan"),
        ("Trade between Germany and Poland grew last year, reaching 180 billion euros.", "180 billion euros",
         "Trade between Germany and Poland"),
        ("Duties on Canadian steel rise from 10% to 30% on 1 July.", "from 10% to 30%", "Duties on Canadian steel"),
        ("Egypt received a loan of $8 billion from the fund.", "$8 billion", "loan"),
        ("The $10 billion agreement covers ports.", "$10 billion", "agreement"),
        ("Peru raised duties on cars by 5% in March.", "5%", "duties on cars"),
        ("He said that $60 billion has been spent since 2022.", "$60 billion", ""),
        ("The fund gave $500 million to help rebuild schools.", "$500 million", ""),
        ("The plant will produce 4 GW of power.", "4 GW", "power"),
    ],
)  # fmt: skip
def test_what_is_measured_is_a_noun_and_no_verb(text: str, words: str, what: str) -> None:
    (figure,) = [figure for figure in figures(text) if figure.span.of(text) == words]
    assert figure.what == what


def test_each_part_of_a_figure_has_its_place() -> None:
    text = "Trade between India and Brazil reached nearly 12 billion euros ($14 billion) in 2024."
    (figure,) = figures(text)
    spans = (figure.number_span, figure.unit_span, figure.hedge_span, figure.what_span, figure.period.span)
    assert [span.of(text) for span in spans if span] == [
        "12 billion",
        "euros",
        "nearly",
        "Trade between India and Brazil",
        "2024",
    ]
    assert [span.of(text) for span in figure.party_spans] == ["India", "Brazil"]
    assert (figure.converted, figure.converted_unit) == (14e9, "USD")
    assert figure.converted_span
    assert figure.converted_span.of(text) == "$14 billion"


def test_a_hedge_behind_a_name_belongs_to_the_number() -> None:
    (figure,) = figures("Norway will give Ukraine at least 120 tanks.")
    assert (figure.low, figure.hedge) == (120, "at least")
