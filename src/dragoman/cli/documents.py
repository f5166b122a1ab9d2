"""dragoman documents"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.lists import document_list


@click.command()
@filter_options("party", "person", "topic", "since", "until", "kind", "as_of", "limit")
@settings_options
def documents(wanted: Filter, settings: Settings) -> None:
    """List documents by day of publication."""
    with opened(settings) as book:
        found = book.documents(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(document_list(found, width()))
    else:
        click.echo("No documents answer to that.", err=True)
