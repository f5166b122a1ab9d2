"""dragoman engagements"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.lists import engagement_list


@click.command()
@filter_options("party", "person", "topic", "since", "until", "kind", "status", "as_of", "limit")
@settings_options
def engagements(wanted: Filter, settings: Settings) -> None:
    """List engagements: meetings, calls, visits, talks, letters."""
    with opened(settings) as book:
        found = book.engagements(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(engagement_list(found, width()))
    else:
        click.echo("No engagements answer to that.", err=True)
