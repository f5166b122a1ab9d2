"""dragoman statements"""

from __future__ import annotations

import click
import msgspec

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import width, write, write_json
from dragoman.link.lines import line_of
from dragoman.record.entries import Filter
from dragoman.show.line import line_text
from dragoman.show.lists import statement_list


@click.command()
@click.option("--speaker", metavar="NAME", help="One speaker's line: what changed from statement to statement.")
@filter_options("party", "person", "topic", "since", "until", "kind", "as_of", "limit")
@settings_options
def statements(speaker: str | None, wanted: Filter, settings: Settings) -> None:
    """List what was said, by whom; --kind is direct, indirect or mixed.

    With --speaker, best with --topic, the statements of one person are set against each other in the order of days: the same
    words, reworded, a stronger or weaker verb, another stance.
    """
    with opened(settings) as book:
        if speaker is not None:
            wanted = msgspec.structs.replace(wanted, person=wanted.person or speaker)
        found = book.statements(wanted)
    line = line_of(speaker, found) if speaker is not None else []
    if settings.as_json:
        write_json(found if speaker is None else line)
    elif line:
        write(line_text(line, width()))
    elif found and speaker is None:
        write(statement_list(found, width()))
    else:
        click.echo("No statements answer to that.", err=True)
