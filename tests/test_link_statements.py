"""Which attributed words of several documents are one statement."""

from __future__ import annotations

import pytest

from book_texts import document, quoted
from dragoman.link.people import commonest
from dragoman.link.statements import StatementLinker
from dragoman.record.entries import DocumentInfo, Evidence
from dragoman.record.mentions import Directness, SpeakerKind

LONG = "we shall open the harbour to ships of every flag before winter comes"
LONGER = f"in good time, {LONG}, and keep it open"


def heard(identity: str, words: str, speaker: str | None, **values: object) -> Evidence:
    held = document(identity, f"“{words}”", "2025-06-01")
    mention = quoted(held, words, speaker, **values)
    info = DocumentInfo(id=held.id, digest=held.digest, origin=held.id, published=held.published)
    return Evidence(id=identity, document=info, mention=mention, wordings=(words,))


def are_one(one: Evidence, other: Evidence) -> bool:
    linker = StatementLinker()
    if not set(linker.blocks(one)) & set(linker.blocks(other)):
        return False
    return any(len(group) == 2 for group in linker.same([one, other]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (heard("a", LONG, "Marco Rubio"), heard("b", LONG, "Marco Rubio")),
        (heard("a", LONG, "Marco Rubio"), heard("b", LONG, "Rubio")),
        (heard("a", LONG, "Marco Rubio"), heard("b", LONG, None)),
        (heard("a", LONG, "Marco Rubio"), heard("b", LONGER, "Marco Rubio")),
        (heard("a", LONG, "Marco Rubio"), heard("b", LONG.capitalize() + ".", "Marco Rubio")),
        (heard("a", "no deal", "Marco Rubio"), heard("b", "No deal", "Marco Rubio")),
        (
            heard("a", LONG, "State Department", speaker_kind=SpeakerKind.INSTITUTION, parties=("USA",)),
            heard("b", LONG, "Tammy Bruce", parties=("USA",)),
        ),
    ],
)
def test_one_statement(one: Evidence, other: Evidence) -> None:
    assert are_one(one, other)
    assert are_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (heard("a", LONG, "Marco Rubio"), heard("b", LONG, "David Lammy")),
        (heard("a", "no deal", "Marco Rubio"), heard("b", "no deal", "David Lammy")),
        (heard("a", "no deal", None), heard("b", "no deal", None)),
        (heard("a", LONG, "Marco Rubio"), heard("b", "the harbour stays closed until further notice", "Marco Rubio")),
        (
            heard("a", LONG, "Marco Rubio", directness=Directness.INDIRECT),
            heard("b", LONGER, "Marco Rubio", directness=Directness.INDIRECT),
        ),
        (heard("a", LONG, "Marco Rubio"), heard("a", LONG, "Marco Rubio")),
    ],
)
def test_two_statements(one: Evidence, other: Evidence) -> None:
    assert not are_one(one, other)


def test_the_fullest_wording_comes_first() -> None:
    short, long = heard("a", LONG, "Rubio"), heard("b", LONGER, "Marco Rubio")
    statement = StatementLinker().fold("sta-x", [short, long])
    assert statement.text == LONGER
    assert [variant.text for variant in statement.variants] == [LONGER, LONG]
    assert statement.speaker == "Marco Rubio"


def test_the_commonest_value_wins_and_the_first_among_equals() -> None:
    assert commonest(["b", None, "a", "b"]) == "b"
    assert commonest(["b", "a"]) == "a"
    assert commonest([None]) is None
