"""dragoman negotiations"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.record.entries import Filter
from dragoman.show.ledger import negotiation_list


@click.command()
@filter_options("party", "since", "until", "as_of", "limit")
@settings_options
def negotiations(wanted: Filter, settings: Settings) -> None:
    """List tracks of negotiation: rounds, tranche, targets and their slips, wording."""
    with opened(settings) as book:
        found = book.negotiations(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(negotiation_list(found, width()))
    else:
        click.echo("No negotiations answer to that.", err=True)
