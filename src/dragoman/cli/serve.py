"""dragoman serve"""

from __future__ import annotations

import click

from dragoman.cli.options import Settings, opened, settings_options


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8470, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@settings_options
def serve(host: str, port: int, settings: Settings) -> None:
    """Open the book in the browser: every page, with its evidence, to read, print and correct.

    Only this machine can reach it. It stops with Ctrl-C.
    """
    from dragoman.web.serve import serve as serve_desk

    with opened(settings):
        pass
    serve_desk(
        settings.book, host, port, lambda address: click.echo(f"The desk is open at {address}  (Ctrl-C to stop)")
    )
