"""dragoman check"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import put, write, write_json


@click.command()
@settings_options
def check(settings: Settings) -> int:
    """Verify the book: its pages, every text, span and link."""
    with opened(settings) as book:
        problems = book.check()
        meta = book.meta
    if settings.as_json:
        write_json(problems)
    else:
        for problem in problems:
            write(f"{problem.kind}: {problem.where}: {problem.detail}\n")
        if not problems:
            put(
                f"{settings.book}: sound ({meta.documents} documents, {meta.mentions} mentions, {meta.entries} entries)\n"
            )
        if meta.unlinked:
            put(f"{meta.unlinked} documents are not linked yet; the next dragoman add links them\n")
    return 1 if problems else 0
