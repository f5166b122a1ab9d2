"""dragoman export FORMAT OUT"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import put, write_json
from dragoman.export.ics import export_ics
from dragoman.export.jsonl import export_jsonl
from dragoman.export.plover import export_plover
from dragoman.record.entries import Filter


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


@export.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@filter_options("party", "as_of")
@settings_options
def ics(out: Path, wanted: Filter, settings: Settings) -> None:
    """Write open due dates and planned engagements as a calendar file (iCalendar)."""
    with opened(settings) as book:
        count = export_ics(book, out, wanted)
    if settings.as_json:
        write_json({"events": count})
    else:
        put(f"{out}: {count} events\n")


@export.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@settings_options
def plover(out: Path, settings: Settings) -> None:
    """Write the book as PLOVER events, one line of JSON an event.

    docs/plover.md says what is coded as what, and describes every field. OUT
    is replaced.
    """
    with opened(settings) as book:
        count = export_plover(book, out)
    if settings.as_json:
        write_json({"events": count})
    else:
        put(f"{out}: {count} events\n")
