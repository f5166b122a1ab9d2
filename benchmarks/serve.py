"""How fast does the desk answer many readers at once, while another process adds documents?

    python benchmarks/serve.py BOOK [--readers 50] [--seconds 60] [--think 10] [--no-writer]

Copies the book, opens the desk over the copy in a process of its own held to one core where the system allows it, and lets
readers walk through its pages: each asks for a page, reads it for a while (``--think`` seconds on average, exponentially
distributed: a person reads), and asks for the next. Meanwhile a writer adds and links a document of its own, under a new name,
every second; readers and writer are held to the other cores. Prints, by sort of page, how many were asked for and the
median and 95th percentile of the time to the last byte, and the processor time of the desk a page, which other work on the
machine does not change. Then the same readers ask without reading at all, for the most that one core gives.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx
import msgspec

from dragoman.book import Book
from dragoman.pipeline import Reader
from dragoman.read import document_of
from dragoman.record.entries import Filter
from dragoman.web.addresses import of_document, of_entry, of_scope

TABS = (
    ("state of play", "", 6),
    ("engagements", "engagements", 3),
    ("statements", "statements", 2),
    ("topics", "topics", 2),
    ("formulas", "formulas", 1),
    ("measures", "measures", 2),
    ("commitments", "commitments", 1),
    ("disputes", "disputes", 1),
    ("figures", "figures", 1),
    ("people", "people", 1),
    ("documents", "documents", 2),
    ("what's new", "changes", 2),
)
SEED = 7
TEXT = "Foreign Minister Espen Barth Eide met his Chilean counterpart in Oslo on 3 November 2025, the ministry said. No. {}."


class Address(msgspec.Struct, frozen=True):
    """A page that a reader may ask for, and how often against others."""

    sort: str
    path: str
    weight: int


def addresses_in(book: Book) -> list[Address]:
    """Pages of the relationships with the most engagements, and entries and documents of theirs."""
    found = [Address("front page", "/", 60), Address("search", "/search?q=trade+talks", 40)]
    for each in book.relationships(20):
        found += [Address(sort, of_scope(each.parties, tab), weight) for sort, tab, weight in TABS]
        for entry in book.engagements(Filter(parties=each.parties, limit=8, latest=True)):
            found.append(Address("engagement", of_entry(entry.id), 1))
            found.append(Address("document", of_document(entry.documents[0]), 1))
    return found


def write_until_told(path: Path) -> None:
    """Add and link one document a second; what the writer's process does."""
    reader = Reader()
    with Book.open(path) as book:
        for number in range(10_000):
            document = document_of(TEXT.format(number), name=f"load-{number}")
            book.store([reader.read(document)])
            book.link()
            time.sleep(1)


async def read(
    client: httpx.AsyncClient, pages: list[Address], think: float, until: float, times: dict[str, list[float]]
) -> None:
    """One reader."""
    chance = random.Random(random.random())
    await asyncio.sleep(chance.random() * think)
    weights = [page.weight for page in pages]
    while time.monotonic() < until:
        page = chance.choices(pages, weights)[0]
        start = time.monotonic()
        answer = await client.get(page.path)
        assert answer.status_code == 200, (page.path, answer.status_code)
        times[page.sort].append(time.monotonic() - start)
        await asyncio.sleep(chance.expovariate(1 / think) if think else 0)


async def crowd(base: str, pages: list[Address], readers: int, think: float, seconds: float) -> dict[str, list[float]]:
    """All readers at once; the times by sort of page."""
    times: dict[str, list[float]] = defaultdict(list)
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as client:
        until = time.monotonic() + seconds
        await asyncio.gather(*(read(client, pages, think, until, times) for _ in range(readers)))
    return times


def on_one_core() -> None:
    """Hold this process to one core, where the system has a way to."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def beside() -> None:
    """Hold this process to the cores that the desk does not have."""
    if hasattr(os, "sched_setaffinity") and len(held := os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, held - {min(held)})


def report(times: dict[str, list[float]], seconds: float, cpu: float) -> None:
    """The figures, in milliseconds; ``cpu`` is the seconds of processor time that the desk used."""
    print(f"{'page':<16}{'asked':>7}{'median':>9}{'p95':>9}")
    for sort in sorted(times, key=lambda name: -len(times[name])):
        line(sort, times[sort])
    every = [each for held in times.values() for each in held]
    line("all pages", every)
    print(
        f"{len(every) / seconds:.1f} pages a second; the desk used {cpu / seconds:.0%} of one core, "
        f"{cpu / len(every) * 1000:.0f} ms of processor time a page"
    )


def line(sort: str, held: list[float]) -> None:
    """One sort of page."""
    p95 = statistics.quantiles(held, n=20)[-1] if len(held) > 1 else held[0]
    print(f"{sort:<16}{len(held):>7}{statistics.median(held) * 1000:>9.0f}{p95 * 1000:>9.0f}")


def cpu_seconds(process: subprocess.Popen[str]) -> float:
    """Seconds of processor time that a process has used, where /proc tells it."""
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run the load and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=10.0)
    parser.add_argument("--no-writer", action="store_true")
    parser.add_argument("--writer", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.writer:
        write_until_told(given.book)
        return
    random.seed(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.desk"
        shutil.copy(given.book, path)
        with Book.open(path) as book:
            pages = addresses_in(book)
            print(f"{book.meta.documents:,} documents, {book.meta.entries:,} entries")
        serve = [sys.executable, "-m", "dragoman", "serve", "--port", "0", "--book", str(path)]
        write = [sys.executable, __file__, str(path), "--writer"]
        with subprocess.Popen(
            serve,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=on_one_core,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as desk:
            assert desk.stdout
            base = re.search(r"http://\S+", desk.stdout.readline())
            assert base
            writer = None if given.no_writer else subprocess.Popen(write, preexec_fn=beside)
            load(base[0], pages, desk, given)
            for process in (desk, writer):
                if process is not None:
                    process.terminate()
                    process.wait()


def load(base: str, pages: list[Address], desk: subprocess.Popen[str], given: argparse.Namespace) -> None:
    """The runs, and their figures: readers who read, then the same who only ask."""
    own = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    asyncio.run(crowd(base, pages, 4, 0.05, 10))  # what is read once a process: lexicon, templates
    beside()
    for think, seconds in ((given.think, given.seconds), (0.0, min(given.seconds, 20))):
        print(f"\n{given.readers} readers, {f'{think:g} s a page on average' if think else 'who do not read'}")
        before = cpu_seconds(desk)
        times = asyncio.run(crowd(base, pages, given.readers, think, seconds))
        report(times, seconds, cpu_seconds(desk) - before)
    if own:
        os.sched_setaffinity(0, own)


if __name__ == "__main__":
    main()
