"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
import msgspec

from dragoman.book import Book
from dragoman.book.address import Address, place_of
from dragoman.errors import UnknownName
from dragoman.lexicon.own import use_rules
from dragoman.library import party_code
from dragoman.record.entries import Filter

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_BOOK = "dragoman.desk"
BOOK_HELP = "A file, or postgresql://USER@HOST/DATABASE; else $DRAGOMAN_BOOK, else dragoman.desk in this folder."


class Day(click.ParamType[datetime.date]):
    """A day, as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day of a value; a usage error for anything else."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD", param, ctx)


DAY = Day()


class Settings(msgspec.Struct, frozen=True):
    """Where the book is and how to write."""

    book: Path | Address
    as_json: bool


def settings_options(command: Callable[P, R]) -> Callable[P, R]:
    """``--book`` and ``--json``, which every command takes, also before its name; gives ``settings``."""

    @click.option("--book", "book_path", metavar="BOOK", help=BOOK_HELP)
    @click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
    @functools.wraps(command)
    def with_settings(*args: P.args, **kwargs: P.kwargs) -> R:
        ctx = click.get_current_context()
        book_path, as_json = kwargs.pop("book_path"), kwargs.pop("as_json")
        outer = ctx.find_object(dict) or {}
        chosen = book_path or outer.get("book_path") or os.environ.get("DRAGOMAN_BOOK") or DEFAULT_BOOK
        kwargs["settings"] = Settings(place_of(str(chosen)), bool(as_json or outer.get("as_json")))
        return command(*args, **kwargs)

    return with_settings


def rules_option(command: Callable[P, R]) -> Callable[P, R]:
    """``--with``, which names the user's own tables and rules before anything is read."""

    def use(ctx: click.Context, param: click.Parameter, folder: Path | None) -> None:
        if folder is not None:
            use_rules(folder)

    return click.option(
        "--with",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        expose_value=False,
        is_eager=True,
        callback=use,
        help="Read with your tables and rules in this folder; else in $DRAGOMAN_RULES.",
    )(command)


FILTERS: dict[str, Callable[[Callable[P, R]], Callable[P, R]]] = {
    "party": click.option(
        "--party", "parties", multiple=True, metavar="NAME", help="A party, by name or code; repeat for more."
    ),
    "person": click.option("--person", metavar="NAME", help="A person, by name, surname or id."),
    "topic": click.option("--topic", metavar="NAME", help="A topic, such as trade or migration."),
    "since": click.option("--since", type=DAY, metavar="DAY", help="From this day on (YYYY-MM-DD)."),
    "until": click.option("--until", type=DAY, metavar="DAY", help="Up to this day."),
    "kind": click.option("--kind", metavar="KIND", help="Of this kind, such as call or meeting."),
    "status": click.option("--status", metavar="STATUS", help="Of this status, such as held or planned."),
    "as_of": click.option("--as-of", type=DAY, metavar="DAY", help="As it was in print by this day."),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many."),
}


def filter_options(*names: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The named filters; gives ``wanted``."""

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(command)
        def with_filter(*args: P.args, **kwargs: P.kwargs) -> R:
            values = {name: kwargs.pop(field_of(name)) for name in names}
            kwargs["wanted"] = filter_of(values)
            return command(*args, **kwargs)

        wrapped: Callable[P, R] = with_filter
        for name in reversed(names):
            wrapped = FILTERS[name](wrapped)
        return wrapped

    return decorate


def field_of(name: str) -> str:
    """The argument in which click hands over a filter."""
    return "parties" if name == "party" else name


def filter_of(values: dict[str, object]) -> Filter:
    """The filter of the options' values; party names become codes."""
    names = values.pop("party", ())
    codes = tuple(sorted({party_code(str(name)) for name in names})) if isinstance(names, tuple) else ()
    kind, status = values.get("kind"), values.get("status")
    plain = {"kind": kind and str(kind).replace("-", "_").replace(" ", "_"), "status": status}
    return msgspec.convert({**values, **plain, "parties": codes}, Filter)


@contextmanager
def opened(settings: Settings) -> Iterator[Book]:
    """The book, for reading. Raises NotABook with the remedy when there is none."""
    if isinstance(settings.book, Path) and not settings.book.exists():
        raise UnknownName(
            f"there is no book at {settings.book}; make one with: dragoman add PATHS --book {settings.book}"
        )
    with Book.open(settings.book) as book:
        yield book
