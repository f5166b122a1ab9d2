"""What fuzzing has found, and what reaches code that little else does, is read again: no crash, no broken promise."""

import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parent.parent / "fuzz"
sys.path.insert(0, str(FUZZ))

from entries import ENTRIES  # noqa: E402

KEPT = [path for name in ENTRIES for path in sorted((FUZZ / "corpus" / name).glob("*"))]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_kept_inputs_are_read(path: Path) -> None:
    ENTRIES[path.parent.name](path.read_bytes())


def test_every_entry_point_has_kept_inputs() -> None:
    assert {path.parent.name for path in KEPT} == set(ENTRIES)
