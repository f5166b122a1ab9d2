"""What does a page hold before it is set? Records that the templates, the JSON, the CSV and the feed are all made from."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import msgspec

from dragoman.book import Book
from dragoman.web.asked import Asked


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words that lead to an address of the desk."""

    text: str
    path: str = ""


class Look(StrEnum):
    """How a cell is set."""

    PLAIN = "plain"
    NUMBER = "number"
    DAY = "day"
    TAG = "tag"
    QUOTE = "quote"
    SNIPPET = "snippet"  # with \\x02 and \\x03 around what was found


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One value of a table: its words, where they lead, and smaller words below them."""

    text: str
    path: str = ""
    look: Look = Look.PLAIN
    below: str = ""
    tone: str = ""  # good, bad, warn, faint: the colour of a tag, which its words say too


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows under titles. ``total`` is how many there are on all pages, None when they were not counted."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int | None = None
    page: int = 1
    per_page: int = 0
    more: bool = False  # whether there is a next page
    empty: str = "Nothing in the book answers to that."


class Chart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A chart as its kind and its data, which ``charts.js`` turns into a declaration; the table holds the same."""

    kind: str  # timeline, heat, steps, calendar, tenures
    title: str
    data: Any
    table: Table


class FeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an Atom feed; ``day`` is when it was printed."""

    id: str
    title: str
    path: str
    day: datetime.date | None
    summary: str = ""


class Choice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the form above a list: a text, a day, or one of some values."""

    name: str
    label: str
    value: str = ""
    kind: str = "text"  # text, date, select
    values: tuple[tuple[str, str], ...] = ()  # value, words


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every page has. A page with more has a record of its own below this one."""

    title: str
    heading: str = ""
    intro: str = ""
    crumbs: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    choices: tuple[Choice, ...] = ()
    items: tuple[FeedItem, ...] = ()
    records: tuple[Any, ...] = ()  # what the JSON holds
    moved: str = ""  # another address that this one now means


NOT_DATA = frozenset({"crumbs", "charts", "tables", "choices", "items", "moved", "heading", "intro"})


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: its address, the function that gathers its view, and the template that sets it.

    Where ``feed`` is True the view's ``items`` make an Atom feed. ``tab`` names it among the tabs of a relationship.
    """

    name: str
    path: str
    view: Callable[[Book, Asked], View]
    template: str = "list.html"
    feed: bool = False
    tab: str = ""
