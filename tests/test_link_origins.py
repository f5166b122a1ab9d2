"""Which texts are copies of one text."""

from __future__ import annotations

import pytest

from book_texts import document
from dragoman.link.origins import are_copies, bands, likeness, shingles
from dragoman.record.document import Document, DocumentKind


def sentences(first: int, last: int) -> str:
    return " ".join(
        f"Pier {n} of the old harbour was given {n * 3} new cranes by the port office in the year {1900 + n}."
        for n in range(first, last)
    )


STORY = sentences(0, 20)
BANDS_OF_THE_STORY = 798719
CASES = [
    ("the same text", STORY, STORY, "news", True),
    ("another title", "Cranes for the harbour. " + STORY, STORY, "news", True),
    ("a story cut to its first quarter", STORY, sentences(0, 5), "news", True),
    (
        "one sentence quoted",
        STORY,
        "The port office spoke. " + sentences(3, 4) + " Nothing else was said.",
        "news",
        False,
    ),
    ("another story", STORY, sentences(30, 50), "news", False),
    ("two official texts cut from one form", STORY, sentences(0, 5), "readout", False),
    ("an official text edited in one word", STORY, STORY.replace("Pier 7", "Dock 7"), "readout", True),
]


@pytest.mark.parametrize(("why", "one", "other", "kind", "copied"), CASES, ids=[case[0] for case in CASES])
def test_copies(why: str, one: str, other: str, kind: str, copied: bool) -> None:
    first, second = (document(name, text, kind=DocumentKind(kind)) for name, text in (("a", one), ("b", other)))
    assert are_copies(first, second, likeness(shingles(first), shingles(second))) is copied
    if copied:
        assert set(bands(first)) & set(bands(second)), "copies never meet"


def test_bands_are_the_same_in_every_process() -> None:
    held: Document = document("a", STORY)
    assert bands(held) == bands(document("b", STORY))
    assert sum(bands(held)) % 1_000_003 == BANDS_OF_THE_STORY


def test_a_text_of_a_few_words_has_no_copies() -> None:
    assert bands(document("a", "Two words.")) == ()
