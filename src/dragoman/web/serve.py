"""How is the desk opened for a browser? One process, until it is told to stop."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

from dragoman.book.address import Address
from dragoman.errors import DragomanError, extra
from dragoman.web.app import create_app
from dragoman.web.desk import Desk

with extra("web", "the desk in the browser"):
    import uvicorn

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
GRACE = 5  # seconds that open requests are given when the desk is told to stop


class NotServed(DragomanError):
    """The desk cannot listen where it was asked to."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    return host in ("localhost", "::1") or host.startswith("127.")


def serve(path: Path | Address, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve the book at the path until interrupted; ``told`` is given the address once it listens.

    Port 0 takes any free one. Raises NotServed when the address is taken or is not this machine's.
    """
    if not is_loopback(host):
        raise NotServed(f"--host {host}: to be reached from other machines the desk needs users; listen on 127.0.0.1")
    listening = listening_on(host, port)
    desk = Desk(path)
    name = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        create_app(desk, (*LOOPBACK, name)),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    told(f"http://{name}:{listening.getsockname()[1]}/")
    with listening, contextlib.suppress(KeyboardInterrupt):  # which the server raises again once it has stopped
        uvicorn.Server(config).run(sockets=[listening])


def listening_on(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise NotServed(f"{host} port {port}: {error.strerror}; choose another with --port") from error
    return made
