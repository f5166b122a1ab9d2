"""dragoman backup OUT"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.book import Book
from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import put, write_json
from dragoman.errors import BookError


@click.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Replace OUT when it is there.")
@settings_options
def backup(out: Path, replace: bool, settings: Settings) -> None:
    """Save the book into a file, while others write to it.

    The copy is one state of the book, is checked, and can be used as a book.
    """
    with opened(settings) as book:
        book.backup(out, replace=replace)
    with Book.open(out) as saved:
        problems, meta = saved.check(), saved.meta
    if problems:
        raise BookError(f"{out}: the copy is not sound: {problems[0].detail}; run `dragoman check` on the book")
    if settings.as_json:
        write_json(meta)
    else:
        put(f"{out}: {meta.documents} documents, {meta.entries} entries, sound\n")
