"""Which names of several documents are one person's."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from dragoman.link.people import Called, can_be_named, persons_in, words_of


def call(name: str, party: str = "", firm: bool = True) -> Called:
    words = words_of(name)
    surname = words[0] if name.startswith("Xi") else words[-1]
    return Called(words, party, firm, surname)


def groups(*calls: Called) -> set[frozenset[Called]]:
    return {frozenset(group) for group in persons_in(Counter(calls))}


ONE = [
    ("the same", [call("Marco Rubio", "USA"), call("Marco Rubio", "USA")]),
    ("an initial", [call("Subrahmanyam Jaishankar", "IND"), call("S. Jaishankar", "IND")]),
    ("a title", [call("Dr S. Jaishankar", "IND"), call("Subrahmanyam Jaishankar", "IND")]),
    ("a middle initial", [call("Antony J. Blinken", "USA"), call("Antony Blinken", "USA")]),
    ("another spelling", [call("Sergey Lavrov", "RUS"), call("Sergei Lavrov", "RUS")]),
    ("a surname alone", [call("Wendy Sherman", "USA"), call("Sherman", "USA")]),
    ("a surname without party", [call("Wendy Sherman", "USA"), call("Sherman")]),
    ("a second surname", [call("Nagaraj Naidu Kakanur", "IND"), call("Nagaraj Naidu", "IND")]),
    ("the family name first", [call("Xi Jinping", "CHN"), call("Xi", "CHN")]),
    ("a short form", [call("Antony Blinken", "USA"), call("Tony Blinken")]),
    ("accents", [call("François Delattre", "FRA"), call("Francois Delattre", "FRA")]),
    ("a party that was inferred", [call("David Lammy", "GBR"), call("David Lammy", "USA", firm=False)]),
]
APART = [
    ("two given names", [call("Wendy Sherman", "USA"), call("Brad Sherman", "USA")]),
    ("two parties", [call("John Smith", "USA"), call("John Smith", "GBR")]),
    ("a surname of another party", [call("Asif Khan", "PAK"), call("Khan", "GBR")]),
    ("a given name alone", [call("Marco Rubio", "USA"), call("Marco", "USA")]),
    ("initials that differ", [call("A. Sherman", "USA"), call("Wendy Sherman", "USA")]),
]


@pytest.mark.parametrize(("why", "calls"), ONE, ids=[why for why, _ in ONE])
def test_one_person(why: str, calls: list[Called]) -> None:
    assert len(groups(*calls)) == 1


@pytest.mark.parametrize(("why", "calls"), APART, ids=[why for why, _ in APART])
def test_two_persons(why: str, calls: list[Called]) -> None:
    assert len(groups(*calls)) == 2


def test_a_surname_that_two_share_joins_neither() -> None:
    wendy, brad, alone = call("Wendy Sherman", "USA"), call("Brad Sherman", "USA"), call("Sherman", "USA")
    assert groups(wendy, brad, alone) == {frozenset({wendy}), frozenset({brad}), frozenset({alone})}


def test_an_initial_that_two_share_joins_neither() -> None:
    assert len(groups(call("Wendy Sherman", "USA"), call("Walter Sherman", "USA"), call("W. Sherman", "USA"))) == 3


def test_a_surname_is_told_apart_by_party() -> None:
    asif, sadiq = call("Asif Khan", "PAK"), call("Sadiq Khan", "GBR")
    assert frozenset({asif, call("Khan", "PAK")}) in groups(asif, sadiq, call("Khan", "PAK"))


def test_a_surname_that_two_share_means_the_one_who_outweighs_the_other() -> None:
    wendy, brad, alone = call("Wendy Sherman", "USA"), call("Brad Sherman", "USA"), call("Sherman", "USA")
    assert frozenset({wendy, alone}) in groups(*[wendy] * 9, brad, alone)
    assert frozenset({alone}) in groups(*[wendy] * 3, brad, alone)


def test_the_order_of_names_does_not_matter() -> None:
    calls = [call("Antony J. Blinken", "USA"), call("Anthony Blinken", "USA"), call("J. Blinken"), call("Blinken")]
    assert len({frozenset(groups(*order)) for order in itertools.permutations(calls)}) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vikram Misri", "Foreign Secretary Misri", False),
        ("Vikram Misri", "Misri", True),
        ("Mr Misri", "Vikram Misri", True),
        ("Vikram Misri", "Vikram Mishra", False),
        ("", "Vikram Misri", False),
    ],
)
def test_names_alone(one: str, other: str, same: bool) -> None:
    assert can_be_named(one, other) is same
    assert can_be_named(other, one) is same
