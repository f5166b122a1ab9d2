"""dragoman brief PARTY PARTY"""

from __future__ import annotations

import datetime

import click

from dragoman.cli.options import DAY, Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.library import party_code
from dragoman.show.brief import brief as brief_of
from dragoman.show.brief_text import brief_text


@click.command()
@click.argument("parties", nargs=-1, required=True, metavar="PARTY PARTY...")
@click.option("--as-of", type=DAY, metavar="DAY", help="As it was in print by this day.")
@settings_options
def brief(parties: tuple[str, ...], as_of: datetime.date | None, settings: Settings) -> None:
    """Show the state of play between parties.

    Parties are named by country, bloc or code: "dragoman brief USA India".
    """
    codes = tuple(dict.fromkeys(party_code(name) for name in parties))
    if len(codes) < 2:
        raise click.UsageError("a brief is on two parties or more, such as: dragoman brief USA IND")
    with opened(settings) as book:
        found = brief_of(book, codes, as_of)
    if settings.as_json:
        write_json(found)
    else:
        write(brief_text(found, width()))
