"""The documentation says what the program does: generated pages are current, and links lead somewhere."""

import importlib.util
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli.app import dragoman

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def test_generated_pages_are_current() -> None:
    pages = runpy.run_path(str(ROOT / "docs" / "make.py"))["pages"]()
    stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, f"run python docs/make.py: {stale}"


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name in dragoman.commands:
        assert f"## dragoman {name}\n" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_shows_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^dragoman ([a-z]+)", text, re.MULTILINE))
    assert named
    assert named <= set(dragoman.commands)


@pytest.mark.skipif(not importlib.util.find_spec("mkdocs"), reason="the generator, mkdocs, is not installed here")
def test_the_site_is_built_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert built.returncode == 0, (
        f"a page outside nav of mkdocs.yml, or a link to nowhere:\n{built.stdout}{built.stderr}"
    )
    loaded = re.compile(r"(?:<(?:script|img|iframe)[^>]*\ssrc|<link[^>]*\shref)=[\"']?((?:https?:)?//[^\"'>\s]+)")
    for page in (tmp_path / "site").glob("*.html"):
        assert not loaded.findall(page.read_text(encoding="utf-8")), page.name
    style = (tmp_path / "site" / "static" / "docs.css").read_text(encoding="utf-8")
    assert "@import" not in style
    assert "url(" not in style


def test_the_threat_model_names_tests_that_exist() -> None:
    named = set(re.findall(r"`(test_\w+)(?:\.py)?`", (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")))
    files = list((ROOT / "tests").glob("test_*.py"))
    known = {path.stem for path in files} | {
        name
        for path in files
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 30
    assert named <= known
