"""dragoman serve"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.book.address import Address
from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.users import users_file
from dragoman.web.users import place_of_users

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8470, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option("--name", "names", multiple=True, help="A host name under which others reach it, through a proxy too.")
@users_file
@click.option("--certificate", type=FILE, metavar="PEM", help="Speak TLS with this certificate chain.")
@click.option("--key", type=FILE, metavar="PEM", help="The certificate's key.")
@settings_options
def serve(
    host: str,
    port: int,
    names: tuple[str, ...],
    users_path: Path | None,
    certificate: Path | None,
    key: Path | None,
    settings: Settings,
) -> None:
    """Open the book in the browser: every page, with its evidence, to read, print and correct.

    Only this machine can reach it, and nobody has to log in, as long as it has no
    users. To listen elsewhere it needs users (dragoman users). It stops with
    Ctrl-C.
    """
    from dragoman.web.serve import Serving
    from dragoman.web.serve import serve as serve_desk

    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together")
    with opened(settings):
        pass
    lone = isinstance(settings.book, Address) and users_path is None and host == "127.0.0.1" and not names
    place = None if lone else place_of_users(settings.book, users_path)
    serving = Serving(
        host=host,
        port=port,
        names=names,
        users=place,
        login=users_path is not None,
        certificate=certificate,
        key=key,
    )
    serve_desk(settings.book, serving, lambda address: click.echo(f"The desk is open at {address}  (Ctrl-C to stop)"))
