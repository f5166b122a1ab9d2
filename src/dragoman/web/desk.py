"""How do many readers ask one book at a time? A few threads, each with a book of its own, and pages kept while they hold."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.book import Book
from dragoman.book.address import Address

T = TypeVar("T")

THREADS = 4
KEPT = 400  # pages
KEPT_BYTES = 48_000_000


class Kept(msgspec.Struct, frozen=True):
    """A page as it was sent, and the state of the book that it shows."""

    revision: int
    body: bytes
    media: str
    status: int
    location: str = ""


class Desk:
    """The book at a path, asked from several threads. Close it to let go of the file."""

    def __init__(self, path: Path | Address, threads: int = THREADS) -> None:
        self.path = path
        self._threads = threads
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._watch = ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0

    async def ask(self, work: Callable[[Book], T]) -> T:
        """What the work finds in the book; it runs in a thread of the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._book()))

    async def revision(self) -> int:
        """A number that changes when the book has changed."""
        return await asyncio.get_running_loop().run_in_executor(self._watch, lambda: self._book().revision)

    def kept(self, address: str, revision: int) -> Kept | None:
        """The page of that address, if it was made from the book as it is."""
        page = self._kept.get(address)
        if page is None or page.revision != revision:
            return None
        self._kept.move_to_end(address)
        return page

    def keep(self, address: str, page: Kept) -> None:
        """Keep a page; the ones longest unasked give way."""
        old = self._kept.pop(address, None)
        self._bytes += len(page.body) - (len(old.body) if old else 0)
        self._kept[address] = page
        while len(self._kept) > KEPT or self._bytes > KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.body)

    def close(self) -> None:
        """Close every thread's book and end the threads."""
        for pool, number in ((self._pool, self._threads), (self._watch, 1)):
            together = threading.Barrier(number)
            for done in [pool.submit(self._close_own, together) for _ in range(number)]:
                done.result()
            pool.shutdown()

    def _book(self) -> Book:
        """This thread's book."""
        if not hasattr(self._own, "book"):
            self._own.book = Book.open(self.path)
        book: Book = self._own.book
        return book

    def _close_own(self, together: threading.Barrier) -> None:
        together.wait(timeout=10)
        if hasattr(self._own, "book"):
            self._own.book.close()
            del self._own.book
