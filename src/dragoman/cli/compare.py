"""dragoman compare ENGAGEMENT"""

from __future__ import annotations

import datetime

import click

from dragoman.cli.options import DAY, Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.show.compare import compare as compare_accounts
from dragoman.show.compare import comparison_text


@click.command()
@click.argument("name", metavar="ENGAGEMENT")
@click.option("--as-of", type=DAY, metavar="DAY", help="With the accounts in print by this day.")
@settings_options
def compare(name: str, as_of: datetime.date | None, settings: Settings) -> None:
    """Set the accounts of one engagement side by side, point by point.

    ENGAGEMENT is the beginning of its id, as "dragoman engagements" shows it, or
    the id of a document that gives an account of it.
    """
    with opened(settings) as book:
        accounts = compare_accounts(book, name, as_of)
    if settings.as_json:
        write_json(accounts.comparison)
    else:
        write(comparison_text(accounts.engagement, accounts.comparison, width()))
