"""Each defence of the threat model stands where ``faults/defences.toml`` says, and one of them is taken away in every run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "faults"))

from defences import defences, noticed  # noqa: E402


@pytest.mark.parametrize("defence", defences(), ids=lambda defence: defence["name"])
def test_a_defence_and_the_test_that_tries_to_get_in_are_there(defence: dict[str, str]) -> None:
    assert (ROOT / "src" / "dragoman" / defence["file"]).read_text(encoding="utf-8").count(defence["with"]) == 1
    path, _, test = defence["test"].partition("::")
    assert f"def {test}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["no cell of an export is run", "a tar header is bounded"])
def test_a_missing_defence_is_noticed(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    (defence,) = [each for each in defences() if each["name"] == name]
    assert noticed(defence, tmp_path / "src") == ""
