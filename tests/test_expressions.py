"""Expressions that seek many phrases at once find what a plain list of alternatives finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.expressions import any_of, trie

PHRASES = ("peace talks", "peace", "pact", "cease-fire", "in-depth", "in")


@given(st.lists(st.sampled_from([*PHRASES, "peaces", " ", "-", "Peace", "IN", "s", "é"]), max_size=8).map("".join))
@pytest.mark.parametrize("edge", [r"\w", r"\w-"])
def test_phrases_are_found_where_a_list_of_them_is(edge: str, text: str) -> None:
    longest_first = sorted(PHRASES, key=len, reverse=True)
    plain = re.compile(rf"(?<![{edge}])(?:{'|'.join(longest_first)})(?![{edge}])", re.IGNORECASE)
    assert [m.span() for m in any_of(PHRASES, edge=edge).finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_a_trie_matches_its_words_and_no_others() -> None:
    expression = re.compile(trie(["said", "say", "says", "saw"]))
    found = [word for word in ("say", "says", "said", "saw", "sa", "sawn", "Say") if expression.fullmatch(word)]
    assert found == ["say", "says", "said", "saw"]
    assert re.compile(trie(["say"], blind=True)).fullmatch("SaY")
