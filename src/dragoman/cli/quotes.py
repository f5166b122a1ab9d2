"""dragoman quotes --check WORDS"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.link.quotes import words_of
from dragoman.show.quotes import quote_check, quote_text

FEWEST = 3


@click.command()
@click.option(
    "--check", "words", required=True, metavar="WORDS", help="The wording to look for, in any quotation marks."
)
@click.option("--speaker", metavar="NAME", help="Who is said to have said it.")
@settings_options
def quotes(words: str, speaker: str | None, settings: Settings) -> None:
    """Check a quotation: verbatim, shortened, altered, or not found.

    Says whose words they are in the book, through whom, and in which documents. A wording that is not in the book is
    answered "not found"; nothing is guessed.
    """
    if len(words_of(words)) < FEWEST:
        raise click.UsageError(f"a wording has {FEWEST} words or more; for single words use: dragoman search WORDS")
    with opened(settings) as book:
        found = quote_check(book, words, speaker)
    if settings.as_json:
        write_json(found)
    else:
        write(quote_text(found, width()))
