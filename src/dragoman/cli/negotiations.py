"""dragoman negotiations"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.linked import linked, track_list


@click.command()
@filter_options("party", "since", "until", "as_of", "limit")
@settings_options
def negotiations(wanted: Filter, settings: Settings) -> None:
    """List tracks of negotiation: rounds, targets and their slips, wording, what belongs to each."""
    with opened(settings) as book:
        found = book.negotiations(wanted)
        belonging = [] if settings.as_json else [linked(book, track, wanted) for track in found]
    if settings.as_json:
        write_json(found)
    elif found:
        write(track_list(found, belonging, width()))
    else:
        click.echo("No negotiations answer to that.", err=True)
