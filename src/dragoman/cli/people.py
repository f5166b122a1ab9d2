"""dragoman people"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.lists import people_list


@click.command()
@filter_options("party", "person", "as_of", "limit")
@settings_options
def people(wanted: Filter, settings: Settings) -> None:
    """List persons with party and office."""
    with opened(settings) as book:
        found = book.people(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(people_list(found, width()))
    else:
        click.echo("No people answer to that.", err=True)
