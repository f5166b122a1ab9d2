"""Take each defence away and see that the test which tries to get in notices: ``python faults/defences.py [--only WORDS]``

Prints a line for each of ``defences.toml``: whether its test passes with the defence, and fails without it. Ends with 1 when a
test does not, or when the words of a defence no longer stand in their file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAILED = 1  # how pytest ends when tests were run and one failed; other codes mean that none was


def defences() -> list[dict[str, str]]:
    """The table."""
    table: list[dict[str, str]] = tomllib.loads((ROOT / "faults" / "defences.toml").read_text(encoding="utf-8"))[
        "defence"
    ]
    return table


def code_of(test: str, source: Path) -> int:
    """How a test ends over a source of the program."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", f"tests/{test}"]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


def noticed(defence: dict[str, str], copy: Path) -> str:
    """What is wrong with a defence's test; empty when it passes with the defence and fails without."""
    path = copy / "dragoman" / defence["file"]
    kept = path.read_text(encoding="utf-8")
    if kept.count(defence["with"]) != 1:
        return "its words stand not once in the file"
    if code_of(defence["test"], copy) != 0:
        return "its test fails with the defence"
    path.write_text(kept.replace(defence["with"], defence["without"]), encoding="utf-8")
    try:
        return "" if code_of(defence["test"], copy) == FAILED else "its test does not notice"
    finally:
        path.write_text(kept, encoding="utf-8")


def main() -> int:
    """Try every defence and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="only those with these words in their name")
    arguments = parser.parse_args()
    chosen = [each for each in defences() if arguments.only in each["name"]]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="defences-") as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy)
        for defence in chosen:
            problem = noticed(defence, copy)
            wrong += bool(problem)
            print(f"{defence['name']:60} {problem or 'noticed'}", flush=True)
    print(f"{len(chosen) - wrong} of {len(chosen)} defences are noticed when they are gone")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
