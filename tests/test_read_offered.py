"""Kinds of source that installed packages read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import Book
from dragoman.read.offered import offered

PACKAGE = """
from dragoman import Content, Given

def content(data):
    head, _, body = data.decode("utf-16").partition("\\n%%\\n")
    if not body:
        raise ValueError("no body")
    return Content(text=body, given=Given(outlet=head, title="Cable")) if head != "WRONG" else body

def stolen(data):
    return Content(text="Stolen. " * 20)
"""
STORY = "Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo on Tuesday, the ministry said.\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package as pip leaves it: a module, and a folder of metadata that names its entry points."""
    site = tmp_path / "site"
    (site / "cables-1.0.dist-info").mkdir(parents=True)
    (site / "offered_cables.py").write_text(PACKAGE, encoding="utf-8")
    (site / "cables-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: cables\nVersion: 1.0\n")
    (site / "cables-1.0.dist-info" / "entry_points.txt").write_text(
        "[dragoman.sources]\n.Cable = offered_cables:content\n.html = offered_cables:stolen\n"
    )
    monkeypatch.syspath_prepend(str(site))
    offered.cache_clear()
    yield
    offered.cache_clear()
    sys.modules.pop("offered_cables", None)


@pytest.mark.usefixtures("installed")
def test_a_file_of_an_offered_kind_is_found_and_read(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.cable").write_bytes(f"Fjord Post\n%%\n{STORY}".encode("utf-16"))
    (folder / "b.CABLE").write_bytes("without an end".encode("utf-16"))
    (folder / "c.cable").write_bytes(f"WRONG\n%%\n{STORY}".encode("utf-16"))
    (folder / "d.html").write_text(f"<html><body><p>{STORY} More is to follow.</p></body></html>", encoding="utf-8")
    with Book.open(tmp_path / "b.desk", create=True) as book:
        report = book.add([folder])
        held = {info.outlet: info for info in book.documents()}
        assert set(held) == {"Fjord Post", None}
        assert book.document(held["Fjord Post"].id).text == STORY
        assert held["Fjord Post"].title == "Cable"
        assert "Stolen" not in book.document(held[None].id).text
    reasons = [refused.reason for refused in report.refused]
    assert [("no body" in reason, "dragoman.Content" in reason) for reason in reasons] == [(True, False), (False, True)]


def test_without_the_package_the_file_is_set_aside(tmp_path: Path) -> None:
    offered.cache_clear()
    (tmp_path / "a.cable").write_bytes(STORY.encode())
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    with Book.open(tmp_path / "b.desk", create=True) as book:
        assert [Path(each.name).name for each in book.add([tmp_path]).set_aside if "cable" in each.name] == ["a.cable"]
