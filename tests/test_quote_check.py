"""A given wording is looked up in a book: verbatim, shortened, altered, another's, in a text only, or not found."""

import json
from pathlib import Path

import pytest

from book_texts import document, quoted, reading
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.link.wordings import asked_phrases
from dragoman.pipeline import Reader
from dragoman.record.marks import Person
from dragoman.record.quote import QuoteCheck, QuoteVerdict
from dragoman.show.quotes import quote_check, quote_text

SAID = "The lock gates will stay closed until the flood has passed, and not an hour longer than that"
EIDE = Person(name="Espen Barth Eide", surname="Eide", office="Foreign Minister", party="NOR")
PRINTED = document(
    "gazette",
    f"“{SAID},” Espen Barth Eide said. The harbour master had mended the northern breakwater before the first snow fell.",
    "2025-06-04",
)
NOISE = [
    document(
        f"n{n}", f"The lock gates of town {n} will be painted, the council said, until funds run out.", "2025-06-05"
    )
    for n in range(60)
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("quotes") / "b.desk"
    with Book.open(place, create=True) as book:
        statement = quoted(PRINTED, SAID, "Espen Barth Eide", 0, parties=("NOR",))
        book.store([reading(PRINTED, statement, people=(EIDE,)), *(reading(text) for text in NOISE)])
        book.link()
    return place


def checked(path: Path, words: str, speaker: str | None = None) -> QuoteCheck:
    with Book.open(path) as book:
        return quote_check(book, words, speaker)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (f"«{SAID.upper()}»", QuoteVerdict.VERBATIM),
        ("stay closed until the flood has passed", QuoteVerdict.SHORTENED),
        ("The lock gates will stay closed ... and not an hour longer than that", QuoteVerdict.SHORTENED),
        (f"My friends, {SAID}, I promise", QuoteVerdict.STRETCHED),
        ("The lock gates will stay closed until the war has passed, and not an hour longer", QuoteVerdict.ALTERED),
        ("The lock gates will be opened as soon as the minister is back from the islands", QuoteVerdict.NOT_FOUND),
        ("gates made of gold", QuoteVerdict.NOT_FOUND),
    ],
)
def test_the_verdict_on_a_wording(path: Path, words: str, verdict: QuoteVerdict) -> None:
    found = checked(path, words)
    assert found.verdict is verdict
    assert bool(found.matches) is (verdict is not QuoteVerdict.NOT_FOUND)


def test_an_alteration_is_shown_word_by_word(path: Path) -> None:
    found = checked(path, "will stay closed until the war has passed")
    assert found.verdict is QuoteVerdict.ALTERED
    assert [(c.side, c.words) for c in found.matches[0].diff if c.side != "same"] == [
        ("left", "flood"),
        ("right", "war"),
    ]


def test_the_speaker_is_told_and_another_one_is_not_accepted(path: Path) -> None:
    found = checked(path, "closed until the flood has passed", "Eide")
    assert (found.matches[0].speaker, found.other_speaker) == ("Espen Barth Eide", False)
    other = checked(path, "closed until the flood has passed", "Elmer Schialer")
    assert other.other_speaker
    assert "OTHER SPEAKER: the book does not have them from Elmer Schialer." in quote_text(other, 80)


def test_words_of_a_text_that_nobody_is_recorded_to_have_said(path: Path) -> None:
    found = checked(path, "mended the northern breakwater before the first snow")
    (match,) = found.matches
    assert match.statement is None
    assert match.span is not None
    assert match.span.of(PRINTED.text) == match.wording
    assert "not recorded as anybody's statement" in " ".join(quote_text(found, 80).split())


def test_every_wording_asks_for_phrases_that_it_has() -> None:
    assert asked_phrases("Peace, now") == ["peace now"]
    assert len(asked_phrases("word " * 500)) <= 12


def test_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["quotes", "--check", SAID, "--book", str(path)]) == 0
    text = capsys.readouterr().out
    assert "VERBATIM" in text
    assert max(map(len, text.splitlines())) <= 80
    assert exit_code(["quotes", "--check", "nobody ever said this thing", "--book", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "not_found"
    assert exit_code(["quotes", "--check", "two words", "--book", str(path)]) == 2


def test_only_the_words_in_marks_are_a_speakers_own(tmp_path: Path) -> None:
    text = "Wang Yi said the winter had made the shippers “a little nervous about the ice” and slow to sail."
    place = tmp_path / "part.desk"
    with Book.open(place, create=True) as book:
        book.store([Reader().read(document("part", text, "2025-06-04"))])
        book.link()
    own = checked(place, "a little nervous about the ice")
    assert (own.verdict, own.matches[0].directness) == (QuoteVerdict.VERBATIM, "direct")
    reported = checked(place, "the winter had made the shippers a little nervous about the ice")
    assert reported.matches[0].directness == "mixed"
    assert "in part in reported speech" in " ".join(quote_text(reported, 79).split())


def test_an_altered_wording_is_set_against_all_of_the_books_words(path: Path) -> None:
    found = checked(path, "The gates will stay shut until the flood has passed, and not an hour longer")
    assert found.verdict is QuoteVerdict.ALTERED
    assert " ".join(c.words for c in found.matches[0].diff if c.side != "right").endswith("not an hour longer")
