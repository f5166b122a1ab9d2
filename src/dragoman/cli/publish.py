"""dragoman publish OUT"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import put, write_json


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--replace", is_flag=True, help="Replace what was published in OUT before.")
@settings_options
def publish(out: Path, replace: bool, settings: Settings) -> None:
    """Write the desk as files, which any web host or file share shows.

    Every page with its evidence and data, to read and to search; without forms
    and corrections, and as of today only.
    """
    from dragoman.web.publish import publish as publish_desk

    with opened(settings) as book:
        made = publish_desk(book, out, replace=replace)
    if settings.as_json:
        write_json(made)
    else:
        put(f"{made.pages} pages, {made.indexed} documents and entries to be found: {out / 'index.html'}\n")
