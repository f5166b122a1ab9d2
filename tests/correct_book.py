"""Corrects a book in a process that kills itself at the n-th statement: ``correct_book.py PATH N`` (0: never).

Prints the number of corrections that were acknowledged, one line each, and at the end the number of statements.
A second run goes on where the first ended.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.book import Book
from dragoman.record.corrections import Change, Confirm, Edit, Merge, Reject, Split
from fill_book import Fuse

AT = "2025-08-01T09:30:00+00:00"


def act_of(book: Book, number: int):
    """The n-th act of the series, on what the book holds by then."""
    one, other, *_ = sorted(book.engagements(), key=lambda entry: (-len(entry.mentions), entry.id))
    backing = book.evidence(one)
    match number:
        case 0:
            return Confirm(one.id)
        case 1:
            return Split(one.id, (backing[0].id,))
        case 2:
            return Merge((one.id, other.id))
        case 3:
            return Edit(one.id, (Change("place", "Oslo"),))
        case _:
            return Reject(book.figures()[0].id)


def main(path: Path, length: int) -> None:
    with Book.open(path) as book:
        fuse = Fuse(length)
        for number in range(len(book.corrections()), 5):
            book.correct(act_of(book, number), by="Penny", at=AT)
            sys.stdout.write(f"{number + 1}\n")
            sys.stdout.flush()
        if not any(each.revoked for each in book.corrections()):
            book.undo(book.corrections()[2].id, by="Espen", at=AT)
    sys.stdout.write(f"{fuse.count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
