"""dragoman formulas PARTY PARTY"""

from __future__ import annotations

import datetime

import click

from dragoman.cli.options import DAY, Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.library import party_code
from dragoman.show.formulas import COMPARED, formulas_of, formulas_text


@click.command()
@click.argument("first", metavar="PARTY")
@click.argument("second", metavar="PARTY")
@click.option("--with-all", is_flag=True, help="Also count wording that recurs in readouts with others.")
@click.option(
    "--every-readout", is_flag=True, help=f"Compare all readouts held, not only the latest {COMPARED} of each side."
)
@click.option("--as-of", type=DAY, metavar="DAY", help="With the readouts in print by this day.")
@settings_options
def formulas(
    first: str, second: str, with_all: bool, every_readout: bool, as_of: datetime.date | None, settings: Settings
) -> None:
    """Show the wording that recurs in each side's readouts with the other.

    First and last seen, how often, and what the later readouts did with it: kept, reworded, dropped. With --with-all, wording
    new to this counterpart is shown too.
    """
    codes = party_code(first), party_code(second)
    if codes[0] == codes[1]:
        raise click.UsageError("formulas stand between two parties, such as: dragoman formulas USA IND")
    with opened(settings) as book:
        most = None if every_readout else COMPARED
        found = formulas_of(book, codes[0], codes[1], as_of=as_of, with_all=with_all, most=most)
    if settings.as_json:
        write_json(found)
    else:
        write(formulas_text(found, codes, width()))
