"""Tables fit their width, evidence is highlighted where it stands, dates are written exactly."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dragoman.library import read
from dragoman.record.document import Publication, PublishedBasis
from dragoman.record.span import Span
from dragoman.show.explain import explanation_of, explanation_text
from dragoman.show.highlight import CLOSE, OPEN, in_context
from dragoman.show.plain import amount_words, days, published_words
from dragoman.show.tables import Column, paragraph, table, wrapped
from dragoman.show.words import surname

DAY = datetime.date.fromisoformat


def words(most: int, longest: int) -> st.SearchStrategy[str]:
    letters = st.text(alphabet="aé外ﬁ-", min_size=1, max_size=longest)
    return st.lists(letters, max_size=most).map(" ".join).map(lambda text: text[:12] if most == 1 else text)


@given(
    st.lists(st.tuples(words(1, 6), words(8, 30), words(6, 60)), min_size=1, max_size=4),
    st.integers(50, 120),
)
@settings(deadline=None, max_examples=60)
def test_a_table_never_is_wider_than_asked(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = (Column("A"), Column("B", 3), Column("C", 1))
    text = table(columns, rows, width)
    assert all(cell_len(line) <= width for line in text.split("\n"))


def test_a_table_wraps_and_leaves_out_empty_columns() -> None:
    text = table((Column("DAY"), Column("WHO", 1), Column("NONE")), [("2025-06-03", "Eide and Schialer " * 3, "")], 40)
    assert text.split("\n") == [
        "DAY         WHO",
        "2025-06-03  Eide and Schialer Eide and",
        "            Schialer Eide and Schialer",
        "",
    ]


def test_wide_characters_are_counted_as_they_are_shown() -> None:
    assert all(cell_len(line) <= 10 for line in wrapped("外交部长在北京会见了来访的外国客人", 10))


def test_a_paragraph_is_indented_and_whole() -> None:
    text = paragraph("one two three four five six seven", 20, "  ")
    assert text.split() == ["one", "two", "three", "four", "five", "six", "seven"]
    assert all(line.startswith("  ") for line in text.split("\n"))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        ("2025-05-28", "2025-05-28", "2025-05-28"),
        ("2024-11-01", "2024-11-30", "2024-11"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2025-03-25", "2025-03-29", "2025-03-25/29"),
        ("2025-05-28", "2025-06-02", "2025-05-28/2025-06-02"),
        ("2025-05-11", None, "from 2025-05-11"),
        (None, "2025-09-30", "until 2025-09-30"),
    ],
)
def test_intervals_are_short_and_exact(start: str | None, end: str | None, words: str) -> None:
    assert days(DAY(start) if start else None, DAY(end) if end else None) == words


def test_a_publication_says_its_basis_unless_it_is_given() -> None:
    day = DAY("2025-05-29")
    assert published_words(Publication(start=day, end=day, basis=PublishedBasis.GIVEN)) == "2025-05-29"
    inferred = Publication(start=day, end=None, basis=PublishedBasis.INFERRED, detail="after 28 May 2025")
    assert published_words(inferred) == "from 2025-05-29 (after 28 May 2025)"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (129e9, "USD", "129 billion USD"),
        (45.7e9, "USD", "45.7 billion USD"),
        (25.0, "percent", "25 percent"),
        (5.0, "count", "5"),
    ],
)
def test_amounts_are_written_as_people_say_them(value: float, unit: str, words: str) -> None:
    assert amount_words(value, unit) == words


def test_evidence_is_shown_in_its_paragraph() -> None:
    text = "First line.\nThe two ministers met in Oslo on Tuesday and spoke of fish.\nLast line."
    span = Span(text.index("met"), text.index(" on Tuesday"))
    assert in_context(text, [span]) == f"The two ministers {OPEN}met in Oslo{CLOSE} on Tuesday and spoke of fish."


def test_long_surroundings_are_cut_at_words() -> None:
    text = "word " * 100 + "KEY " + "word " * 100
    span = Span(text.index("KEY"), text.index("KEY") + 3)
    shown = in_context(text, [span], around=20)
    assert shown == f"… word word word {OPEN}KEY{CLOSE} word word word …"


def test_signs_in_the_text_cannot_fake_a_highlight() -> None:
    text = f"a {OPEN}b{CLOSE} c"
    assert in_context(text, [Span(0, 1)]).count(OPEN) == 1


def test_an_explanation_has_every_sentence_mark_and_step() -> None:
    reading = read(
        "OSLO: The ministers met on Tuesday. They agreed to meet again within 90 days.",
        published="2025-06-05",
        explain=True,
    )
    explanation = explanation_of(reading)
    assert len(explanation.sentences) == len(reading.segments.sentences)
    assert sum(len(sentence.marks) for sentence in explanation.sentences) == len(reading.marks)
    assert sum(len(sentence.firings) for sentence in explanation.sentences) == len(reading.firings)
    text = explanation_text(explanation, 80)
    assert "Tuesday" in text
    assert "2025-06-03" in text
    assert all(cell_len(line) <= 80 for line in text.split("\n"))


@pytest.mark.parametrize(
    ("name", "last"),
    [("Lloyd J. Austin III", "Austin"), ("Marco Rubio", "Rubio"), ("Modi", "Modi"), ("John Kerry, Jr.", "Kerry")],
)
def test_a_surname_is_no_suffix(name: str, last: str) -> None:
    assert surname(name) == last
