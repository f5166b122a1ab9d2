"""The learned reader finds the best path, adds its weights up rightly, and needs nothing but the text."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extract.statements import attributions_in
from dragoman.extract.statements.blocks import Quoted, blocks_of
from dragoman.extract.statements.learned.paths import OUTPUTS, best_path
from dragoman.extract.statements.learned.reader import load_reader
from dragoman.extract.statements.learned.weights import Weights, packed
from dragoman.record.document import Document
from dragoman.segment.divide import divide

ROWS = st.lists(st.lists(st.integers(-5, 5).map(float), min_size=OUTPUTS, max_size=OUTPUTS), min_size=1, max_size=5)


def score_of(labels: tuple[str, ...], scores: list[list[float]]) -> float:
    """The score of a labelling by its definition; spans of one label that touch are one span."""
    total = 0.0
    for at, label in enumerate(labels):
        before = labels[at - 1] if at else ""
        behind = labels[at + 1] if at + 1 < len(labels) else ""
        if label:
            inside, first, last = (0, 2, 3) if label == "s" else (1, 4, 5)
            total += scores[at][inside] + (before != label) * scores[at][first] + (behind != label) * scores[at][last]
    return total


def one_source(labels: tuple[str, ...]) -> bool:
    return sum(key == "s" for key, _ in itertools.groupby(labels)) <= 1


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_the_path_is_at_least_as_good_as_any_labelling(scores: list[list[float]]) -> None:
    labels, best = best_path(scores)
    assert len(labels) == len(scores)
    assert one_source(tuple(labels))
    every = (row for row in itertools.product(("", "s", "c"), repeat=len(scores)) if one_source(row))
    assert best >= max(score_of(row, scores) for row in every)


def test_weights_are_added_up_as_they_are_kept() -> None:
    full = np.random.default_rng(7).normal(size=(1 << 6, 6)).astype(np.float32)
    places = np.random.default_rng(8).integers(0, 1 << 6, size=(9, 40))
    kept, values, scale = packed(full)
    rounded = np.zeros_like(full)
    rounded[kept] = values * scale
    np.testing.assert_allclose(
        Weights(kept, values, scale, 6).scores(places), rounded[places].sum(axis=1), rtol=1e-3, atol=1e-3
    )


def test_a_quotation_is_one_item_of_its_block() -> None:
    text = "“One. Two. Three,” he said. Four."
    first, second = blocks_of(text, divide(Document(id="d", text=text, digest="")))
    assert [isinstance(item, Quoted) for item in first.items] == [True, False, False, False]
    assert second.span.of(text) == "Four."


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab ABsaid.,:“”\"'\n—I"), max_size=300))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    segments = divide(Document(id="d", text=text, digest=""))
    found = attributions_in(text, segments, blocks_of(text, segments), READER)
    spans = [s for a in found for s in (a.cue, a.source, *a.content) if s]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


READER = load_reader()
