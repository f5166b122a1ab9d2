"""Adds documents to a book, one batch at a time, and links: ``postgres_writer.py ADDRESS FIRST LAST``."""

from __future__ import annotations

import sys

from book_plans import read
from dragoman.book import Book
from fill_book import plans


def main(place: str, first: int, last: int) -> None:
    with Book.open(place, create=True) as book:
        for plan in plans()[first:last]:
            book.store([read(plan)])
            sys.stdout.write(f"doc{plan.number}\n")
            sys.stdout.flush()
        book.link()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
