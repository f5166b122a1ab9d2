"""dragoman figures"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.link.conflicts import conflicts_in
from dragoman.record.entries import Filter
from dragoman.show.ledger import conflict_list, figure_list


@click.command()
@filter_options("party", "since", "until", "kind", "as_of", "limit")
@click.option("--conflicts", is_flag=True, help="Only figures that differ for one quantity, as cards.")
@settings_options
def figures(wanted: Filter, conflicts: bool, settings: Settings) -> None:
    """List figures: what is measured, of whom, for which period."""
    with opened(settings) as book:
        found = book.figures(wanted)
    cards = conflicts_in(found) if conflicts else []
    if settings.as_json:
        write_json(cards if conflicts else found)
    elif cards or (found and not conflicts):
        write(conflict_list(cards, width()) if conflicts else figure_list(found, width()))
    else:
        click.echo("No figures answer to that.", err=True)
