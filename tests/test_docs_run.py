"""The examples of the documentation run, page by page, in a folder with the book of the sample corpus.

A ``sh`` or ``python`` block is run. One that cannot be (it needs a server, a network, or goes on until it is stopped) stands under
a comment ``<!-- not run: why -->``, and ``test_what_is_not_run_says_why`` knows how many there are.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.library import add

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<why>[^\n]+) -->\n)?^```(?P<language>python|sh)\n(?P<text>.*?)^```", re.M | re.S
)
HERE_TEXT = re.compile(r"cat > (\S+) <<'(\w+)'")


def pages() -> dict[str, Path]:
    """Every page that has a block of Python or of the shell."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return {path.name: path for path in found if BLOCK.search(path.read_text(encoding="utf-8"))}


PAGES = pages()
NOT_RUN = {"start.md": 1, "cookbook.md": 2}  # blocks that need a server or the network, or go on until they are stopped


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
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program_in(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DRAGOMAN_USER", "reader")
    monkeypatch.setenv("DRAGOMAN_BOOK", "us-india-2025.desk")
    names: dict[str, object] = {"__name__": page}
    for block in BLOCK.finditer(PAGES[page].read_text(encoding="utf-8")):
        if block["why"]:
            continue
        if block["language"] == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block["text"], page, "exec"), names)
            continue
        for line in lines_of(block["text"]):
            run_line(line, monkeypatch)


def test_what_is_not_run_says_why() -> None:
    marked = {name: [block["why"] for block in BLOCK.finditer(path.read_text("utf-8"))] for name, path in PAGES.items()}
    assert {name: sum(map(bool, whys)) for name, whys in marked.items() if any(whys)} == NOT_RUN


def lines_of(text: str) -> Iterator[str]:
    """The commands of a shell block; what stands between ``<<'END'`` and ``END`` is written to its file."""
    waiting = iter(text.replace("\\\n", " ").splitlines())
    for line in waiting:
        if begun := HERE_TEXT.fullmatch(line):
            path, end = begun.groups()
            Path(path).write_text("".join(f"{each}\n" for each in iter(lambda: next(waiting), end)), encoding="utf-8")
        elif shlex.split(line, comments=True):
            yield line


def run_line(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line of a shell: our own commands in this process, other programs as they are installed."""
    program, *arguments = shlex.split(line, comments=True)
    if program == "export":
        monkeypatch.setenv(*arguments[0].split("=", 1))
        return
    if (
        program == "dragoman" and "--with" not in arguments and "|" not in arguments
    ):  # a process keeps to the rules it began with
        assert exit_code(arguments) == 0, line
        return
    beside = Path(sys.executable).with_name(program)
    if shutil.which(program) is None and not beside.exists():
        pytest.skip(f"{program} is not installed here")
    path = f"{os.environ['PATH']}{os.pathsep}{beside.parent}"
    shell = ["bash", "-c", line]
    done = subprocess.run(
        shell, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert done.stdout.strip() or program in ("mkdir", "cp"), line
