"""dragoman mcp"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options


@click.command()
@settings_options
def mcp(settings: Settings) -> None:
    """Answer an assistant from the book (Model Context Protocol).

    The server reads and writes standard input and output, and never changes the
    book; an assistant starts it by itself. docs/assistant.md shows how.
    """
    from dragoman.assistant.server import server_of

    with opened(settings):
        pass  # says at once what is wrong with the book
    server_of(settings.book).run(transport="stdio")
