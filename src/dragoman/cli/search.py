"""dragoman search WORDS"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.show.lists import hit_list


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most so many."
)
@settings_options
def search(words: tuple[str, ...], limit: int, settings: Settings) -> None:
    """Search the texts and the entries for all the words.

    Words in quotation marks are looked for as a phrase.
    """
    with opened(settings) as book:
        found = book.search(" ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words), limit)
    if settings.as_json:
        write_json(found)
    elif found:
        write(hit_list(found, width()))
    else:
        click.echo("Nothing holds these words.", err=True)
