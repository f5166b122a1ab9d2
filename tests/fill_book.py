"""Fills a book in a process of its own that kills itself at the n-th statement: ``fill_book.py PATH N`` (0: never).

Prints the id of each document once its batch was acknowledged, and at the end the number of statements.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from book_plans import CALLED, DAYS, SAYINGS, Plan, read
from dragoman.book import Book
from dragoman.book.sqlite import SqliteBackend
from dragoman.record.mentions import Status

BATCH = 4


def plans() -> list[Plan]:
    """Two dozen documents of all sorts."""
    return [
        Plan(
            number=n,
            published=DAYS[n % len(DAYS)],
            met=DAYS[n % 5],
            parties=("IND", "USA") if n % 3 else ("GBR", "USA"),
            names=(CALLED["IND" if n % 3 else "GBR"][n % 3], CALLED["USA"][n % 5]),
            saying=SAYINGS[n % len(SAYINGS)],
            status=Status.HELD,
            account=n % 4 == 0,
            copied=n % 6 == 0,
        )
        for n in range(24)
    ]


class Fuse:
    """Kills the process when it has counted down."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.count = 0
        for name in ("rows", "run", "insert", "run_many"):
            setattr(SqliteBackend, name, self.burning(getattr(SqliteBackend, name)))

    def burning(self, method):
        def call(*values):
            self.count += 1
            if self.count == self.length:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*values)

        return call


def main(path: Path, length: int) -> None:
    fuse = Fuse(length)
    readings = [read(plan) for plan in plans()]
    with Book.open(path, create=True) as book:
        for at in range(0, len(readings), BATCH):
            group = readings[at : at + BATCH]
            book.store(group)
            for reading in group:
                sys.stdout.write(reading.document.id + "\n")
                sys.stdout.flush()
        book.link()
    sys.stdout.write(f"{fuse.count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
