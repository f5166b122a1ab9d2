"""dragoman statements"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.lists import statement_list


@click.command()
@filter_options("party", "person", "topic", "since", "until", "kind", "as_of", "limit")
@settings_options
def statements(wanted: Filter, settings: Settings) -> None:
    """List what was said, by whom; --kind is direct, indirect or mixed."""
    with opened(settings) as book:
        found = book.statements(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(statement_list(found, width()))
    else:
        click.echo("No statements answer to that.", err=True)
