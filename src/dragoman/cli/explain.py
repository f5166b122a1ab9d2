"""dragoman explain FILE"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dragoman.cli.options import DAY, Settings, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.errors import SourceError
from dragoman.library import publication_of, reader
from dragoman.read import Given, Refusal, Source, find_sources, read_source
from dragoman.show.explain import explanation_of, explanation_text

STDIN = "-"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", type=DAY, metavar="DAY", help="The day of publication (YYYY-MM-DD).")
@settings_options
def explain(file: Path, published: object, settings: Settings) -> None:
    """Show which rule read what in a text, and what was looked at and not taken.

    FILE is a text or a page; - reads standard input. No book is opened.
    """
    given = Given(published=publication_of(str(published))) if published else Given()
    document = read_source(source_of(file, given))
    explanation = explanation_of(reader().read(document, explain=True))
    if settings.as_json:
        write_json(explanation)
    else:
        write(explanation_text(explanation, width()))


def source_of(file: Path, given: Given) -> Source:
    """The source of one file, or of standard input. Raises SourceError for anything else."""
    if str(file) == STDIN:
        return Source(
            name="standard input", text=sys.stdin.buffer.read().decode("utf-8", errors="replace"), given=given
        )
    found = next(iter(find_sources([file])))
    if isinstance(found, Refusal):
        raise SourceError(found.reason)
    if file.is_dir() or not isinstance(found, Source) or found.path != str(file):
        return Source(name=str(file), path=str(file), given=given)
    return Source(name=found.name, path=found.path, given=given)
