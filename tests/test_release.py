"""What is released can be trusted: every dependency is pinned by its hash, and two builds make one wheel."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "release"))

from audit import ADVISORIES, LOCK, findings, wanted  # noqa: E402

BAD = """jinja2==3.1.4 \\
    --hash=sha256:00
lxml==6.0.0
"""


def test_the_lock_holds_what_the_project_asks_for_and_nothing_with_a_known_fault() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    project["optional-dependencies"].pop("release")
    advisories = tomllib.loads(ADVISORIES.read_text(encoding="utf-8"))["advisory"]
    assert findings(LOCK.read_text(encoding="utf-8"), advisories, wanted(project)) == []


def test_a_fault_a_missing_hash_and_a_missing_package_are_found() -> None:
    advisories = [{"package": "Jinja2", "id": "CVE-0", "fixed": "3.1.6", "what": "escapes"}]
    found = findings(BAD, advisories, {"jinja2", "lxml", "click"})
    assert [line.split(";")[0].split(",")[0] for line in found] == [
        "click is not in the lock",
        "lxml 6.0.0 has no hash",
        "jinja2 3.1.4: CVE-0",
    ]


def test_two_builds_make_one_wheel(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling, which is not installed")
    command = [sys.executable, str(ROOT / "release" / "build.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "two builds, one hash" in done.stdout
    assert len(list(tmp_path.glob("*.whl"))) == 1
