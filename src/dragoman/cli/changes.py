"""dragoman changes"""

from __future__ import annotations

import datetime

import click
import msgspec

from dragoman.cli.options import DAY, Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.changes import change_list, changes_since


@click.command()
@click.option("--since", "day", type=DAY, required=True, metavar="DAY", help="Printed on or after this day.")
@filter_options("party", "as_of")
@settings_options
def changes(day: datetime.date, wanted: Filter, settings: Settings) -> None:
    """List what is new since a day, what moved, and what was dropped."""
    with opened(settings) as book:
        found = changes_since(book, day, msgspec.structs.replace(wanted, since=None))
    if settings.as_json:
        write_json(found)
    elif found:
        write(change_list(found, width()))
    else:
        click.echo("Nothing changed since then.", err=True)
