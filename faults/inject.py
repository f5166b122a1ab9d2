"""Break the program on purpose and see that nothing is lost: ``python faults/inject.py [--rounds N] [--seed N]``

Each round runs a real command in a process of its own on a copy of a book, does it harm at a moment drawn from the seed, and
then asks of the book: it opens, ``dragoman check`` finds nothing, every command that had ended well is still in it, and the
same command run again makes the very book that an undisturbed run makes. Prints one line a fault; ends with 1 when a book
did not survive.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import dragoman.cli.add as adding  # noqa: E402
from book_rows import content, rows  # noqa: E402
from dragoman.book import Book  # noqa: E402
from dragoman.book.schema import migrations  # noqa: E402
from dragoman.cli.app import exit_code  # noqa: E402
from dragoman.library import reader  # noqa: E402
from older_books import book_of_schema  # noqa: E402

SAMPLE = ROOT / "examples" / "us-india-2025"
NOBODY = 65534


def command(*arguments: str, before: Callable[[], object] = lambda: None) -> int:
    """Start a command in a process of its own; its number. ``before`` is done in that process first."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    before()
    code = exit_code(list(arguments))
    os._exit(code)


def ended(child: int) -> int:
    """The exit code of a process; negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Bench:
    """A folder with two halves of the sample, the book of each step left alone, and how long a step takes."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.harmed = 0  # rounds in which the fault fell into the work, and not beside it
        lines = (SAMPLE / "manifest.csv").read_text(encoding="utf-8").splitlines()
        for name, part in (("first", lines[1::2]), ("second", lines[2::2])):
            source = folder / name
            shutil.copytree(SAMPLE, source, ignore=shutil.ignore_patterns("*.csv", "*.json"))
            (source / "manifest.csv").write_text("\n".join([lines[0], *part, ""]), encoding="utf-8")
        reader()  # loaded once here, so that a moment falls into the work and not into the start
        self.half = folder / "half.desk"
        self.whole = folder / "whole.desk"
        assert ended(self.adding("first", self.half)) == 0
        shutil.copy(self.half, self.whole)
        started = time.perf_counter()
        assert ended(self.adding("second", self.whole)) == 0
        self.duration = time.perf_counter() - started
        self.expected = rows(self.whole)
        with Book.open(self.half) as book:
            self.entry = book.engagements()[0].id

    def adding(self, part: str, path: Path, before: Callable[[], object] = lambda: None) -> int:
        """Start adding half of the sample to a book."""
        source = self.folder / part / "manifest.csv"
        return command("--book", str(path), "add", "--workers", "1", str(source), before=before)

    def fresh(self, name: str = "round") -> Path:
        """A copy of the half book in a folder of its own."""
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return Path(shutil.copy(self.half, place / "a.desk"))

    def kill(self, child: int) -> None:
        """kill -9; it did harm when the process had not ended yet."""
        os.kill(child, signal.SIGKILL)
        self.harmed += ended(child) == -signal.SIGKILL

    def wait(self) -> None:
        """Until a moment that may lie anywhere in a step, or just after it."""
        time.sleep(self.chance.uniform(0, 1.1 * self.duration))

    def survived(self, path: Path) -> bool:
        """Whether a book is whole, holds the first half, and becomes the undisturbed book when the second is added."""
        with Book.open(path) as book:
            whole = not book.check() and len(book.documents()) >= len(self.documents)
        return whole and ended(self.adding("second", path)) == 0 and rows(path) == self.expected

    @cached_property
    def desks(self) -> tuple[Path, Path, Path, float]:
        """A book of two documents, what was published of it when it held one, its desk, and how long publishing takes."""
        book, old, new = self.folder / "two.desk", self.folder / "old", self.folder / "new"
        for text, desk in zip(sorted((self.folder / "first").rglob("*.txt"))[:2], (old, new), strict=True):
            assert ended(command("--book", str(book), "add", str(text))) == 0
            started = time.perf_counter()
            assert ended(command("--book", str(book), "publish", str(desk))) == 0
        return book, old, new, time.perf_counter() - started

    @property
    def documents(self) -> Sequence[str]:
        """The documents of the first half."""
        return [line for line in (self.folder / "first" / "manifest.csv").read_text().splitlines()[1:] if line]


def kill_adding(bench: Bench) -> bool:
    """kill -9 while documents are added and linked."""
    path = bench.fresh()
    child = bench.adding("second", path)
    bench.wait()
    bench.kill(child)
    return bench.survived(path)


def kill_correcting(bench: Bench) -> bool:
    """kill -9 while a correction is made; one that was acknowledged before stands."""
    path = bench.fresh()
    if ended(command("--book", str(path), "correct", "confirm", bench.entry, "--by", "desk")) != 0:
        return False
    child = command("--book", str(path), "correct", "edit", bench.entry, "--set", "place=Oslo", "--by", "desk")
    time.sleep(bench.chance.uniform(0, 0.1))
    bench.kill(child)
    with Book.open(path) as book:
        kept = [each.by for each in book.corrections()]
        return not book.check() and kept[:1] == ["desk"] and len(kept) <= 2


def kill_migrating(bench: Bench) -> bool:
    """kill -9 while a book of an earlier schema comes forward; the next run brings it there."""
    path = bench.fresh()
    path.unlink()
    book_of_schema(path, bench.chance.randrange(1, len(migrations())), bench.half)
    child = command("--book", str(path), "check")
    time.sleep(bench.chance.uniform(0, 0.08))
    bench.kill(child)
    with Book.open(path) as book, Book.open(bench.half) as present:
        book.link()
        return not book.check() and book.meta.schema == len(migrations()) and content(book) == content(present)


def kill_publishing(bench: Bench) -> bool:
    """kill -9 while a published desk is replaced; the old one or the new one stands, and a second run completes it."""
    book, old, new, duration = bench.desks
    place = bench.fresh().parent / "site"
    shutil.copytree(old, place)
    child = command("--book", str(book), "publish", "--replace", str(place))
    time.sleep(bench.chance.uniform(0, 1.05 * duration))
    bench.kill(child)
    stood = files_of(place) in (files_of(old), files_of(new))
    again = ended(command("--book", str(book), "publish", "--replace", str(place))) == 0
    return (
        stood
        and again
        and files_of(place) == files_of(new)
        and {each.name for each in place.parent.iterdir()} == {"a.desk", "site"}
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """What stands in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kill_copying(bench: Bench) -> bool:
    """kill -9 while a book is copied and backed up; the book stays as it was and a second copy is whole."""
    path = bench.fresh()
    before = rows(path)
    target = path.with_name("b.desk")
    child = command("--book", str(path), "backup", str(target))
    time.sleep(bench.chance.uniform(0, 0.05))
    bench.kill(child)
    again = path.with_name("c.desk")
    return ended(command("--book", str(path), "backup", str(again))) == 0 and rows(path) == before == rows(again)


def torn_write(bench: Bench) -> bool:
    """The machine stops in the middle of a write: the last pages of the log are cut off or hold something else."""
    path = bench.fresh()
    child = bench.adding("second", path)
    bench.wait()
    bench.kill(child)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        size = log.stat().st_size
        at = bench.chance.randrange(size)
        with log.open("r+b") as stream:
            if bench.chance.random() < 0.5:
                stream.truncate(at)
            else:
                stream.seek(at)
                stream.write(bench.chance.randbytes(min(512, size - at)))
    return bench.survived(path)


def full_disk(bench: Bench) -> bool:
    """No room left at some point: a small file system where one can be mounted, else a limit on a file's size."""
    path = bench.fresh()
    size = path.stat().st_size
    room = size + bench.chance.randrange(4096, 2 * max(8192, bench.whole.stat().st_size - size))
    with small_disk(bench.folder / "disk", room) as disk:
        if disk is None:
            child = bench.adding("second", path, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
            bench.harmed += ended(child) != 0
        else:
            held = Path(shutil.copy(path, disk / "a.desk"))
            bench.harmed += ended(bench.adding("second", held)) != 0
            for each in disk.iterdir():
                shutil.copy(each, path.parent / each.name)
    return bench.survived(path)


@contextmanager
def small_disk(place: Path, room: int) -> Iterator[Path | None]:
    """A file system with so much room; None where this user may not mount one."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def read_only_folder(bench: Bench) -> bool:
    """The folder and the file may only be read: the command says so, and nothing changes."""
    path = bench.fresh()
    before = path.read_bytes()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    leave_root = (lambda: os.setuid(NOBODY)) if os.geteuid() == 0 else (lambda: None)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    code = ended(bench.adding("second", path, before=leave_root))
    path.parent.chmod(0o755)
    path.chmod(0o644)
    bench.harmed += code != 0
    return code == 1 and path.read_bytes() == before and bench.survived(path)


def two_writers(bench: Bench) -> bool:
    """Two processes add at once while a third asks for the brief."""
    path = bench.fresh()
    writers = [bench.adding("second", path), bench.adding("second", path)]
    asked = []
    for _ in range(3):
        asked.append(ended(command("--book", str(path), "brief", "USA", "IND")))
        time.sleep(bench.chance.uniform(0, 0.2 * bench.duration))
    codes = [ended(writer) for writer in writers]
    bench.harmed += 1
    return asked == [0, 0, 0] and 0 in codes and bench.survived(path)


def clock_jumps(bench: Bench) -> bool:
    """The clock is set back by years, or ahead, between two runs."""
    path = bench.fresh()
    year = bench.chance.choice((1970, 1999, 2038, 2199))

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz).replace(year=year, month=1, day=1)

    def set_clock() -> None:
        adding.datetime = SimpleNamespace(**{**vars(datetime), "datetime": Clock})

    bench.harmed += 1
    return ended(bench.adding("second", path, before=set_clock)) == 0 and bench.survived(path)


FAULTS: dict[str, Callable[[Bench], bool]] = {
    "kill -9 while adding": kill_adding,
    "kill -9 while correcting": kill_correcting,
    "kill -9 while copying": kill_copying,
    "kill -9 while migrating": kill_migrating,
    "kill -9 while publishing": kill_publishing,
    "torn write": torn_write,
    "full disk": full_disk,
    "read-only folder": read_only_folder,
    "two writers, one reader": two_writers,
    "clock set back or ahead": clock_jumps,
}


def inject(name: str, rounds: int, seed: int) -> tuple[int, int]:
    """In how many of so many rounds a fault fell into the work, and how many the book survived."""
    survived = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        Path(folder).chmod(0o755)
        bench = Bench(Path(folder), random.Random(f"{seed} {name}"))
        for _ in range(rounds):
            survived += FAULTS[name](bench)
    return bench.harmed, survived


def main() -> int:
    """Inject every fault and print what became of the books."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=25, help="rounds of each fault")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=FAULTS, help="only this one")
    arguments = parser.parse_args()
    lost = 0
    for name in [arguments.fault] if arguments.fault else FAULTS:
        started = time.perf_counter()
        harmed, survived = inject(name, arguments.rounds, arguments.seed)
        lost += arguments.rounds - survived
        counts = f"{arguments.rounds:>5} injected {harmed:>5} fell into the work {survived:>5} survived"
        print(f"{name:26} {counts} {time.perf_counter() - started:>7.0f} s", flush=True)
    return min(lost, 1)


if __name__ == "__main__":
    sys.exit(main())
