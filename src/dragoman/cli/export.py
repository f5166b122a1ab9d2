"""dragoman export FORMAT OUT"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import put, write_json
from dragoman.export.jsonl import export_jsonl


@click.group()
def export() -> None:
    """Write the book's contents for other programs."""


@export.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@settings_options
def jsonl(out: Path, settings: Settings) -> None:
    """Write a folder of JSON Lines files, one a kind.

    docs/export.md describes every field. Files of these names in OUT are replaced.
    """
    with opened(settings) as book:
        written = export_jsonl(book, out)
    if settings.as_json:
        write_json(written)
    else:
        for name, count in written.items():
            put(f"{out / name}: {count}\n")
