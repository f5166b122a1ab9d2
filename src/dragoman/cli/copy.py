"""dragoman copy FROM TO"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.book import Book
from dragoman.book.address import place_of
from dragoman.cli.options import Settings, settings_options
from dragoman.cli.output import put, write_json
from dragoman.errors import UnknownName


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@settings_options
def copy(source: str, target: str, settings: Settings) -> None:
    """Copy a whole book to another place, and verify it.

    FROM and TO are files or postgresql://USER@HOST/DATABASE; TO must be empty.
    Entries keep their ids, and corrections and versions go along.
    """
    here, there = place_of(source), place_of(target)
    if isinstance(here, Path) and not here.exists():
        raise UnknownName(f"there is no book at {here}; name the book to copy first, then where to")
    with Book.open(here) as book:
        copied = book.copy_to(there)
    if settings.as_json:
        write_json(copied)
        return
    for table in copied:
        if table.rows:
            put(f"  {table.table}: {table.rows} rows, {table.digest[:16]}\n")
    put(f"{there}: a verified copy of {here}\n")
