"""dragoman disputes"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.ledger import dispute_list


@click.command()
@filter_options("party", "person", "since", "until", "as_of", "limit")
@settings_options
def disputes(wanted: Filter, settings: Settings) -> None:
    """List disputed claims as ladders: asserted, denied, not confirmed, repeated."""
    with opened(settings) as book:
        found = book.disputes(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(dispute_list(found, width()))
    else:
        click.echo("No disputes answer to that.", err=True)
