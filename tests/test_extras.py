"""Without the extras the core works, and each command that needs one names it and the command that installs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXTRAS: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
# What the extras install, by the names that are imported; nothing of this is there in an environment of the core alone.
BLOCKED = (
    "dask distributed docx fastwarc feedparser httpcore httpx jinja2 mcp multipart protego psycopg pyarrow"
    " pypdf python_multipart starlette typst uvicorn pandas polars spacy"
).split()
WITHOUT = f"""
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
from dragoman.cli import main
main()
"""
NEEDS = [
    ("web", "serve --port 0"),
    ("web", "publish site"),
    ("mcp", "mcp"),
    ("feeds", "watch feeds.toml"),
    ("feeds", "add https://example.org/a"),
    ("feeds", "annotate chat --model a --address http://127.0.0.1:9/v1"),
    ("tables", "export parquet out"),
    ("tables", "add a.parquet"),
    ("archives", "add a.warc.gz"),
    ("documents", "add a.pdf"),
    ("documents", "add a.docx"),
    ("documents", "brief USA IND --out a.md"),
    ("documents", "brief USA IND --out a.html"),
    ("documents", "brief USA IND --out a.docx"),
    ("documents", "brief USA IND --out a.pdf"),
    ("scale", "run a.jsonl out"),
    ("scale", "load out"),
    ("postgres", "documents --book postgresql://reader@127.0.0.1:9/none"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book that the core alone has made."""
    made = tmp_path_factory.mktemp("core")
    for name in ("a.parquet", "a.warc.gz", "a.pdf", "a.docx", "feeds.toml", "a.jsonl"):
        (made / name).write_bytes(b"%PDF-1.4 " if name == "a.pdf" else b"")
    added = without_extras(made, "add", str(ROOT / "examples" / "us-india-2025"))
    assert added.returncode == 0, added.stderr
    return made


def without_extras(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as it is where only the core is installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DRAGOMAN_BOOK", None)
    command = [sys.executable, "-c", WITHOUT, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_core_reads_lists_compares_and_exports_without_them(folder: Path) -> None:
    for line in (
        "brief USA IND",
        "compare mar28-state",
        "export csv tables",
        "export ics due.ics",
        "search trade",
        "check",
    ):
        done = without_extras(folder, *line.split())
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout.strip(), line


@pytest.mark.parametrize(("extra", "line"), NEEDS, ids=[line for _, line in NEEDS])
def test_a_missing_extra_is_named_with_its_remedy(folder: Path, extra: str, line: str) -> None:
    done = without_extras(folder, *line.split())
    said = done.stdout + done.stderr
    assert f"pip install 'dragoman[{extra}]'" in " ".join(said.split()), said
    assert "Traceback" not in said
    assert "please report" not in said
    assert done.returncode != 0


def test_every_extra_of_the_package_is_tried() -> None:
    assert {extra for extra, _ in NEEDS} == set(EXTRAS) - {"dev", "docs", "release"}
