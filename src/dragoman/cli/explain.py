"""dragoman explain FILE"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from dragoman.cli.options import DAY, Settings, rules_option, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.errors import SourceError, UnknownName
from dragoman.library import publication_of, reader
from dragoman.read import Given, Refusal, Source, find_sources, read_source
from dragoman.record.document import Document
from dragoman.show.event import events_text, explained_events
from dragoman.show.explain import explanation_of, explanation_text

STDIN = "-"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", type=DAY, metavar="DAY", help="The day of publication (YYYY-MM-DD).")
@click.option("--event", nargs=2, metavar="SOURCE TARGET", help="Say which PLOVER event relates two phrases, and why.")
@rules_option
@settings_options
def explain(file: Path, published: object, event: tuple[str, str] | None, settings: Settings) -> None:
    """Show which rule read what in a text, and what was looked at and not taken.

    FILE is a text or a page, or CONTAINER!member; - reads standard input. No book is opened.
    """
    given = Given(published=publication_of(str(published))) if published else Given()
    document = read_source(source_of(file, given))
    if event:
        explain_events(document, event, settings)
        return
    explanation = explanation_of(reader().read(document, explain=True))
    if settings.as_json:
        write_json(explanation)
    else:
        write(explanation_text(explanation, width()))


def explain_events(document: Document, phrases: tuple[str, str], settings: Settings) -> None:
    """The event of every sentence that holds two phrases. Raises UnknownName when none does."""
    found = explained_events(reader().read(document), *phrases)
    if not found:
        raise UnknownName(f"no sentence holds both {phrases[0]!r} and {phrases[1]!r}; write them as the text does")
    if settings.as_json:
        write_json(found)
    else:
        write(events_text(found, width()))


def source_of(file: Path, given: Given) -> Source:
    """The source of one file, or of standard input. Raises SourceError for anything else."""
    if str(file) == STDIN:
        return Source(
            name="standard input", text=sys.stdin.buffer.read().decode("utf-8", errors="replace"), given=given
        )
    found = next(iter(find_sources([file])))
    if isinstance(found, Refusal):
        raise SourceError(found.reason)
    if file.is_dir() or not isinstance(found, Source):
        return Source(name=str(file), path=str(file), given=given)
    return msgspec.structs.replace(found, given=given.over(found.given))
