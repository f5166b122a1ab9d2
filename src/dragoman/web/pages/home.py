"""The front page: which relationships does the book keep, what came last, and where does one look something up?"""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

import msgspec

from dragoman.book import Book
from dragoman.record.entries import DocumentInfo, Filter, Relationship
from dragoman.show.words import day_words
from dragoman.web.addresses import of_document, of_scope
from dragoman.web.asked import Asked
from dragoman.web.pages.common import day_cell, document_cell, published_cell, scope_name
from dragoman.web.view import Cell, FeedItem, Look, Page, Table, View

LAST = 12
RELATIONSHIPS = 24


class Size(msgspec.Struct, frozen=True):
    """How much the book holds."""

    documents: int
    entries: int
    unlinked: int


class HomeView(View, frozen=True, kw_only=True):
    """The front page."""

    size: Size
    relationships: tuple[Relationship, ...]
    documents: tuple[DocumentInfo, ...]


def home(book: Book, asked: Asked) -> HomeView:
    """The relationships by weight, and the last documents."""
    relationships = weights(book)
    documents = tuple(book.documents(Filter(as_of=asked.as_of, limit=LAST, latest=True)))
    return HomeView(
        title="Desk",
        heading="The book",
        size=Size(*book.size),
        relationships=relationships,
        documents=documents,
        tables=(relationship_table(relationships), document_table(documents)),
        items=tuple(
            FeedItem(
                id=info.id,
                title=info.title or info.id,
                path=of_document(info.id),
                day=info.published.end,
                summary=info.outlet or "",
            )
            for info in documents
        ),
    )


SLOW = 0.03  # seconds from which a list of relationships is shown for a while
KEPT_FOR = 60  # times as long as it took to make
_weights: WeakKeyDictionary[Book, tuple[float, tuple[Relationship, ...]]] = WeakKeyDictionary()


def weights(book: Book) -> tuple[Relationship, ...]:
    """The relationships by weight. In a large book, where counting takes a while, the order is kept for some seconds,
    so that it costs no more than a sixtieth of a thread's time while others add documents."""
    until, kept = _weights.get(book, (0.0, ()))
    start = time.monotonic()
    if start < until:
        return kept
    found = tuple(book.relationships(RELATIONSHIPS))
    took = time.monotonic() - start
    if took > SLOW:
        _weights[book] = (start + took * KEPT_FOR, found)
    return found


def relationship_table(relationships: tuple[Relationship, ...]) -> Table:
    """The pairs with their engagements."""
    return Table(
        caption="Relationships",
        columns=("Between", "Engagements", "From", "To"),
        rows=tuple(
            (
                Cell(scope_name(each.parties), path=of_scope(each.parties)),
                Cell(str(each.engagements), look=Look.NUMBER),
                day_cell(day_words(each.first) if each.first else ""),
                day_cell(day_words(each.last) if each.last else ""),
            )
            for each in relationships
        ),
        empty="The book holds no engagement between two parties yet.",
    )


def document_table(documents: tuple[DocumentInfo, ...]) -> Table:
    """The last documents."""
    return Table(
        caption="Last documents",
        columns=("Published", "Document", "Kind"),
        rows=tuple(
            (published_cell(info.published), document_cell(info), Cell(info.kind.replace("_", " ")))
            for info in documents
        ),
    )


PAGES = (Page(name="home", path="/", view=home, template="home.html", feed=True),)
