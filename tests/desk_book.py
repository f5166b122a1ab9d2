"""A book of the sample corpus, and a desk over it, for the tests of the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.library import add

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025" / "manifest.csv"


def sample_book(folder: Path) -> Path:
    """A new book with the sample corpus in it."""
    path = folder / "sample.desk"
    with Book.open(path, create=True) as book:
        add(book, [SAMPLE], workers=1)
    return path


@contextmanager
def asked_over_http(path: Path) -> Iterator[object]:
    """A client of the desk over that book; skips where the extra is missing."""
    pytest.importorskip("starlette")
    pytest.importorskip("httpx")
    from starlette.testclient import TestClient

    from dragoman.web.app import create_app
    from dragoman.web.desk import Desk

    with TestClient(create_app(Desk(path), ("desk.test",)), base_url="http://desk.test") as client:
        yield client
