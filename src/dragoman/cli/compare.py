"""dragoman compare ENGAGEMENT"""

from __future__ import annotations

import datetime

import click
import msgspec

from dragoman.cli.options import DAY, Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.errors import UnknownName
from dragoman.link.accounts import compare_accounts
from dragoman.link.contents import contents_of
from dragoman.record.entries import Engagement, Filter
from dragoman.show.compare import comparison_text


@click.command()
@click.argument("name", metavar="ENGAGEMENT")
@click.option("--as-of", type=DAY, metavar="DAY", help="With the accounts in print by this day.")
@settings_options
def compare(name: str, as_of: datetime.date | None, settings: Settings) -> None:
    """Set the accounts of one engagement side by side, point by point.

    ENGAGEMENT is the beginning of its id, as "dragoman engagements" shows it.
    """
    with opened(settings) as book:
        engagement = book.entry(name)
        if not isinstance(engagement, Engagement):
            raise UnknownName(f"{name} is no engagement; dragoman engagements lists them with their ids")
        held = book.readouts(Filter(parties=engagement.parties[:1], as_of=as_of))
        own = [readout for readout in held if readout.engagement == engagement.id and readout.points]
        own.sort(key=lambda readout: (not readout.joint, readout.issuer, readout.id))
        if not own:
            raise UnknownName(f"{engagement.id}: no official account of it is held, so there is nothing to compare")
        comparison = msgspec.structs.replace(
            compare_accounts(engagement.id, own), contents=tuple(contents_of(readout, engagement) for readout in own)
        )
        if settings.as_json:
            write_json(comparison)
        else:
            write(comparison_text(engagement, comparison, width()))
