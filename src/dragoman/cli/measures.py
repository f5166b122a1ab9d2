"""dragoman measures"""

from __future__ import annotations

import click
import msgspec

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.library import party_code
from dragoman.link.stacks import stacks_on
from dragoman.record.entries import Filter, Measure
from dragoman.record.ledgers import Stack
from dragoman.show.ledger import measure_list


class Ledger(msgspec.Struct, frozen=True):
    """What ``--json`` writes: the measures, and what the rates add up to."""

    measures: tuple[Measure, ...]
    stacks: tuple[Stack, ...]


@click.command()
@filter_options("party", "since", "until", "kind", "status", "as_of", "limit")
@click.option("--on", metavar="NAME", help="Measures on this party, by name or code.")
@click.option("--by", metavar="NAME", help="Measures by this party.")
@settings_options
def measures(wanted: Filter, on: str | None, by: str | None, settings: Settings) -> None:
    """List measures: what is in force, announced or paused, and what rates add up to."""
    target, imposer = (party_code(on) if on else None), (party_code(by) if by else None)
    with opened(settings) as book:
        found = [m for m in book.measures(wanted) if target in (None, m.target) and imposer in (None, m.imposer)]
        day = wanted.as_of or max((d.published.day for d in book.documents() if d.published.day), default=None)
    stacks = stacks_on(found, day)
    if settings.as_json:
        write_json(Ledger(tuple(found), tuple(stacks)))
    elif found:
        write(measure_list(found, stacks, day, width()))
    else:
        click.echo("No measures answer to that.", err=True)
