"""Time, memory and accuracy on generated corpora of growing size.

    python benchmarks/scale.py OUT.json [--sizes 1000 10000 100000] [--read] [--pictures docs]

Each size is measured in a process of its own, on readings made from what is known (told.py), so that the cost of storing and
linking stands by itself; with --read the documents are read first, and the cost of reading is told too. A million documents
take --sizes 1000000 and some hours. Without sizes after --sizes, the figures in OUT.json are shown and drawn again. Accuracy is B-cubed over reports of engagements, and over documents for origins.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import corpus
import told

from dragoman.book import Book
from dragoman.record.entries import Filter
from dragoman.record.reading import Reading

Row = dict[str, Any]
ASKED = 5  # times that a question is asked; the median counts


def b_cubed(items: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping, from (group found, group in truth) of each item."""
    both: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)
    true: dict[str, int] = defaultdict(int)
    for one, other in items:
        both[one, other] += 1
        found[one] += 1
        true[other] += 1
    total = sum(found.values()) or 1
    precision = sum(n * n / found[one] for (one, _), n in both.items()) / total
    recall = sum(n * n / true[other] for (_, other), n in both.items()) / total
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of this process's processor."""
    clock, busy = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - busy


def measured(size: int, folder: Path, *, read: bool) -> Row:
    """The figures of one size."""
    path = folder / f"{size}.desk"
    row: Row = {"documents": size}
    with Book.open(path, create=True) as book:
        readings = readings_of(size, read=read)
        row["store"] = seconds(lambda: book.store(readings))
        row["link"] = seconds(book.link)
        row["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        row["engagements"] = b_cubed(engagement_items(book, size))
        row["origins"] = b_cubed(origin_items(book, size))
        row["add_one"] = median(add_one(book, size))
        row["asked"] = {name: median(times) for name, times in asked(book)}
    row["book_mb"] = path.stat().st_size // 2**20
    return row


def readings_of(size: int, *, read: bool) -> Iterator[Reading]:
    """The readings of a corpus, told or read."""
    if not read:
        return told.readings(islice(corpus.documents(), size))
    from dragoman.library import kept, reader

    documents = (told.reading(doc).document for doc in islice(corpus.documents(), size))
    return (kept(reader().read(document)) for document in documents)


def engagement_items(book: Book, size: int) -> Iterator[tuple[str, str]]:
    """(entry, truth) of every report of an engagement that the book has at the place where the truth has one."""
    entry_of = {mention: entry.id for entry in book.engagements(Filter()) for mention in entry.mentions}
    for doc in islice(corpus.documents(), size):
        reports = [mark for mark in doc.marked if mark.way in ("report", "preview")]
        if not reports:
            continue
        held = [(item.span, entry_of.get(item.id)) for item in book.mentions(doc.id)]
        for mark in reports:
            inside = (entry for span, entry in held if entry and span.start < mark.end and mark.start < span.end)
            entry = next(inside, None)
            if entry:
                yield entry, mark.of


def origin_items(book: Book, size: int) -> Iterator[tuple[str, str]]:
    """(origin in the book, origin in truth) of every document."""
    origin_of = {each: origin.id for origin in book.origins() for each in origin.documents}
    for doc in islice(corpus.documents(), size):
        yield origin_of.get(doc.id, doc.id), doc.origin


def add_one(book: Book, size: int) -> Iterator[float]:
    """Seconds to store and link one document more, a few times."""
    later = (doc for doc in islice(corpus.documents(), size, None) if doc.marked)
    for doc in islice(later, ASKED):
        reading = told.reading(doc)
        yield seconds(lambda reading=reading: (book.store([reading]), book.link()))[0]  # type: ignore[misc]


def asked(book: Book) -> Iterator[tuple[str, list[float]]]:
    """Seconds of the questions that a page asks, for the pair that meets most."""
    from dragoman.show.brief import brief
    from dragoman.show.compare import compare

    held: dict[tuple[str, ...], int] = defaultdict(int)
    for entry in book.engagements(Filter()):
        held[entry.parties] += 1
    pair = max(held, key=lambda parties: held[parties])
    pairs = [entry for entry in book.engagements(Filter(parties=pair)) if len(entry.readouts) > 1]
    questions: dict[str, Callable[[], object]] = {
        "brief": lambda: brief(book, pair),
        "search": lambda: book.search("fishing quotas"),
        "engagements": lambda: book.engagements(Filter(parties=pair)),
    }
    if pairs:
        questions["compare"] = lambda: compare(book, pairs[0].id)
    for name, question in questions.items():
        yield name, [seconds(question)[0] for _ in range(ASKED)]


def median(values: Iterable[float]) -> float:
    """The middle value."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def table(rows: Sequence[Row]) -> str:
    """The figures as a table."""
    head = "documents  store ms  link ms  MB  book MB  engagements  origins  add one s  brief s  search s  compare s"
    lines = [head]
    for row in rows:
        n, ask = row["documents"], row["asked"]
        lines.append(
            f"{n:9}  {1000 * row['store'][1] / n:8.2f}  {1000 * row['link'][1] / n:7.2f}  {row['memory_mb']}  {row['book_mb']}"
            f"  {row['engagements'][2]:.4f}  {row['origins'][2]:.4f}  {row['add_one']:.3f}  {ask['brief']:.3f}"
            f"  {ask['search']:.3f}  {ask.get('compare', float('nan')):.3f}"
        )
    return "\n".join(lines)


def draw(rows: Sequence[Row], folder: Path) -> None:
    """Curves of cost a document, memory, accuracy and latency."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    sizes = [row["documents"] for row in rows]
    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.4), layout="constrained")
    for step in ("store", "link"):
        axes[0].plot(sizes, [1000 * row[step][1] / row["documents"] for row in rows], marker="o", label=step)
    axes[0].set(title="Processor ms a document", xscale="log", ylim=(0, None))
    for what in ("engagements", "origins"):
        axes[1].plot(sizes, [row[what][2] for row in rows], marker="o", label=what)
    axes[1].set(title="Linking, B-cubed F1", xscale="log", ylim=(0.9, 1.005))
    for name in ("add_one", "brief", "search"):
        values = [row["add_one"] if name == "add_one" else row["asked"][name] for row in rows]
        axes[2].plot(sizes, values, marker="o", label=name.replace("_", " "))
    axes[2].set(title="Seconds", xscale="log", yscale="log")
    for each in axes:
        each.set_xlabel("documents")
        each.legend(frameon=False)
    for suffix in ("svg", "png"):
        figure.savefig(folder / f"scale.{suffix}", dpi=120, metadata={"Date": None} if suffix == "svg" else None)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            given.out.write_text(json.dumps(measured(given.sizes[0], Path(folder), read=given.read)))
        return
    rows: list[Row] = [] if given.sizes else json.loads(given.out.read_text())
    for size in given.sizes:
        command = [sys.executable, __file__, str(given.out), "--one", "--sizes", str(size)]
        subprocess.run([*command, *(["--read"] if given.read else [])], check=True)
        rows.append(json.loads(given.out.read_text()))
        print(table(rows), flush=True)
    if not given.sizes:
        print(table(rows))
    given.out.write_text(json.dumps(rows, indent=1) + "\n")
    if given.pictures:
        draw(rows, given.pictures)


if __name__ == "__main__":
    main()
