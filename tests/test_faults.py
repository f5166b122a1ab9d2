"""A short part of what ``faults/inject.py`` does at length: each fault once, and the book survives."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "faults"))

from inject import FAULTS, inject


@pytest.mark.parametrize("name", FAULTS)
def test_a_book_survives(name: str) -> None:
    _, survived = inject(name, 1, seed=7)
    assert survived == 1
