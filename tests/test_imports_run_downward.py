"""Imports run downward only, and only the rooms that may touch the network and the disk of a book do."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dragoman"
FLOORS = {
    "cli": 10, "web": 9, "scale": 9, "assistant": 9, "library": 8, "api": 8,
    "pipeline": 7, "book": 7, "show": 7, "export": 7, "annotate": 7,
    "link": 6, "extract": 5, "mark": 4,
    "grammar": 3, "lexicon": 3, "segment": 3, "read": 3,
    "record": 2, "errors": 1,
}  # fmt: skip
READ_MAY_USE = {"read", "record", "lexicon", "errors"}
ONLY_READ = {"urllib.request", "http.client", "socket", "httpx", "httpcore", "smtplib", "requests"}
ONLY_BOOK = {"sqlite3", "psycopg"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
    return found


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("dragoman.")}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_run_downward(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    above = {other for other in rooms_imported(path) - {room} if FLOORS[other] > FLOORS[room]}
    assert not above, f"{path} reaches up to {above}"
    if room == "read":
        assert rooms_imported(path) <= READ_MAY_USE
    if room not in ("read", "scale", "web"):
        assert not imported(path) & ONLY_READ
    if room != "book":
        assert not imported(path) & ONLY_BOOK
