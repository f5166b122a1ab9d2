"""Which engagements does the program read in a collection of official releases, by the kind of release?

    python benchmarks/releases.py RELEASES [--seed N] [--drawn N]

RELEASES is a file of JSON Lines, packed or not, each with url, title, published and versions, of which the last counts. Prints a table, then the
engagements of as many releases as are asked for, drawn with the seed, to be read by hand beside their texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.book import Book
from dragoman.library import add
from dragoman.record.entries import Evidence
from dragoman.record.mentions import EngagementMention

# By the title of a release, the first that fits.
TITLES = (
    ("call", re.compile(r"(?i)\bcalls?\b(?! for| on\b)")),
    ("meeting", re.compile(r"(?i)\b(?:meetings?|meets?|bilateral|trilateral)\b.*\bwith\b|\bmeetings?\b")),
    ("travel", re.compile(r"(?i)\b(?:travels?|trips?|visits?)\b")),
    ("remarks", re.compile(r"(?i)\b(?:remarks|availability|briefing|interview|before|at a)\b")),
    ("joint statement", re.compile(r"(?i)\bjoint\b|\bstatement (?:of|by the)\b")),
    ("national day", re.compile(r"(?i)\b(?:national day|independence day|anniversary|republic day)\b")),
    ("other", re.compile("")),
)


def kind_of(title: str) -> str:
    """The kind of a release, by its title."""
    return next(name for name, words in TITLES if words.search(title))


def releases(path: Path) -> Iterator[dict[str, Any]]:
    """The releases of a file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def filled(rows: list[dict[str, Any]], folder: Path) -> Book:
    """A book of the releases."""
    manifest = folder / "releases.jsonl"
    lines = [
        {"url": r["url"], "title": r["title"], "published": r["published"], "html": r["versions"][-1]["html"]}
        for r in rows
    ]
    manifest.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    book = Book.open(folder / "releases.desk", create=True)
    add(book, [manifest], workers=len(os.sched_getaffinity(0)))
    return book


def read_in(book: Book, document: str) -> list[Evidence]:
    """The engagements that a document reports."""
    return [e for e in book.mentions(document) if isinstance(e.mention, EngagementMention)]


def table(book: Book) -> Iterator[str]:
    """The rows of the table: kind of release, how many, how many with an engagement, and of which kinds these are."""
    counts: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in book.documents():
        kind = kind_of(document.title or "")
        found = read_in(book, document.id)
        counts[kind] += 1
        telling[kind] += bool(found)
        kinds[kind].update(str(e.mention.kind) for e in found if isinstance(e.mention, EngagementMention))
    yield "| title says | releases | with an engagement | engagements read, by kind |"
    yield "| --- | --- | --- | --- |"
    for name, _ in TITLES:
        read = ", ".join(f"{kind} {number}" for kind, number in kinds[name].most_common())
        yield f"| {name} | {counts[name]} | {telling[name]} | {read} |"


def drawn(book: Book, seed: int, number: int) -> Iterator[str]:
    """Engagements of some releases, one a line, under the address of each release."""
    documents = sorted((d.url or d.id, d.id) for d in book.documents() if read_in(book, d.id))
    for url, name in random.Random(seed).sample(documents, number):
        yield f"\n{url}"
        for evidence in read_in(book, name):
            yield "  " + line(evidence.mention)


def line(mention: Any) -> str:
    """An engagement in one line."""
    people = "; ".join(f"{p.name or p.group or '?'} ({p.party or '?'})" for p in mention.participants)
    when = f"{mention.when.start or '?'}..{mention.when.end or '?'}"
    where = ", ".join(part for part in (mention.place, mention.country) if part)
    return f"{mention.kind} {mention.status} | {when} | {where} | {mention.mechanism or ''} | {people} | {mention.rule}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drawn", type=int, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, filled(list(releases(arguments.releases)), Path(folder)) as book:
        for row in table(book):
            sys.stdout.write(row + "\n")
        for row in drawn(book, arguments.seed, arguments.drawn):
            sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
