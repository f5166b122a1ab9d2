"""Does the lock name everything with its hash, and nothing with a published fault? ``python release/audit.py``

Compares ``requirements.lock`` with ``advisories.toml``; prints each finding and ends with 1 when there is one. It needs no
network. A database on the network knows more: ``pip-audit -r requirements.lock`` asks it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ADVISORIES = Path(__file__).with_name("advisories.toml")


class Pin(NamedTuple):
    """A package of the lock: its name, release and how many hashes it may have."""

    name: str
    version: Version
    hashes: int


def pins(lock: str) -> list[Pin]:
    """The packages of a lock. Raises ValueError for a line that pins no single release."""
    found: list[Pin] = []
    for block in re.split(r"\n(?=\S)", lock.strip()):
        if block.startswith("#"):
            continue
        requirement = Requirement(block.splitlines()[0].rstrip(" \\"))
        exact = [each.version for each in requirement.specifier if each.operator == "=="]
        if len(exact) != 1:
            raise ValueError(f"{requirement} is not pinned to one release; make the lock again: make lock")
        found.append(Pin(canonicalize_name(requirement.name), Version(exact[0]), block.count("--hash=sha256:")))
    return found


def wanted(project: dict) -> set[str]:
    """The names of everything that the project asks for, with every extra."""
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {canonicalize_name(Requirement(each).name) for each in chain.from_iterable(lists)}
    return names - {canonicalize_name(project["name"])}


def findings(lock: str, advisories: list[dict[str, str]], names: set[str]) -> list[str]:
    """What is wrong with a lock."""
    held = pins(lock)
    wrong = [
        f"{name} is not in the lock; make it again: make lock" for name in sorted(names - {pin.name for pin in held})
    ]
    wrong += [f"{pin.name} {pin.version} has no hash" for pin in held if not pin.hashes]
    for pin in held:
        for advisory in advisories:
            if canonicalize_name(advisory["package"]) == pin.name and pin.version < Version(advisory["fixed"]):
                wrong.append(
                    f"{pin.name} {pin.version}: {advisory['id']}, {advisory['what']}; fixed in {advisory['fixed']}"
                )
    return wrong


def main() -> int:
    """Print what is wrong with the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    project["optional-dependencies"].pop("release", None)  # tools of the release itself are not installed by it
    advisories = tomllib.loads(ADVISORIES.read_text(encoding="utf-8"))["advisory"]
    lock = LOCK.read_text(encoding="utf-8")
    wrong = findings(lock, advisories, wanted(project))
    for line in wrong:
        print(line)
    if not wrong:
        print(f"{len(pins(lock))} packages, each with its hash; none of {len(advisories)} known faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
