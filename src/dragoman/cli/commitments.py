"""dragoman commitments"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.link.commitments import state_on
from dragoman.record.entries import Filter
from dragoman.show.kept import settled
from dragoman.show.ledger import commitment_list

UNSETTLED = frozenset({"open", "due", "overdue", "postponed"})


@click.command()
@filter_options("party", "since", "until", "as_of", "limit")
@click.option("--open", "open_only", is_flag=True, help="Only those that are open, due, overdue or postponed.")
@click.option("--status", metavar="STATUS", help="open, due, overdue, met, postponed or withdrawn.")
@settings_options
def commitments(wanted: Filter, open_only: bool, status: str | None, settings: Settings) -> None:
    """List commitments: who owes what by when, and what has become of it."""
    with opened(settings) as book:
        day = wanted.as_of or max((d.published.day for d in book.documents() if d.published.day), default=None)
        states = [(entry, state_on(entry, day)) for entry in settled(book, book.commitments(wanted), wanted)]
    found = [e for e, state in states if (not open_only or state in UNSETTLED) and status in (None, state)]
    if settings.as_json:
        write_json(found)
    elif found:
        write(commitment_list(found, day, width()))
    else:
        click.echo("No commitments answer to that.", err=True)
