"""The examples of the documentation run, page by page, in a folder with the book of the sample corpus."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.library import add

ROOT = Path(__file__).parent.parent
PAGES = ("assistant.md", "briefs.md", "export.md", "library.md", "own-rules.md")
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "us-india-2025.desk"
    with Book.open(path, create=True) as book:
        add(book, [ROOT / "examples" / "us-india-2025" / "manifest.csv"])
    return path


def program_in(folder: Path) -> Path:
    """A folder with the ``dragoman`` of this source, for programs that start it."""
    folder.mkdir()
    program = folder / "dragoman"
    start = "from dragoman.cli import main; main()"
    program.write_text(f"#!{sys.executable}\nimport sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{start}\n")
    program.chmod(0o700)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_examples_run(page: str, held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(held, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program_in(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}")
    blocks = BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, object] = {"__name__": page}
    for language, text in blocks:
        if language == "sh":
            for line in text.replace("\\\n", " ").splitlines():
                run_line(line)
        else:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, page, "exec"), names)


def run_line(line: str) -> None:
    """One line of a shell: our own commands in this process, other programs as they are installed."""
    program, *arguments = shlex.split(line, comments=True)
    if program == "dragoman" and "--with" not in arguments:  # a process keeps to the rules that it began with
        assert exit_code(arguments) == 0, line
        return
    beside = Path(sys.executable).with_name(program)
    found = str(beside) if beside.exists() else shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed here")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert done.stdout.strip(), line
