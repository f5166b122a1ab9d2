"""How is the desk opened for a browser? One process, until it is told to stop."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec

from dragoman.book.address import Address
from dragoman.errors import DragomanError, extra
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.guard import ANY_ADDRESS
from dragoman.web.login import Gate
from dragoman.web.users import load_users

with extra("web", "the desk in the browser"):
    import uvicorn

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = ("0.0.0.0", "::")
GRACE = 5  # seconds that open requests are given when the desk is told to stop


class NotServed(DragomanError):
    """The desk cannot listen where it was asked to."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    return host in ("localhost", "::1") or host.startswith("127.")


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk listens and who may reach it. ``names`` are host names under which others reach it, through a proxy too.

    ``users`` is the file of who may log in; None where nobody has to, which only a desk on loopback allows.
    """

    host: str = "127.0.0.1"
    port: int = 8470
    names: tuple[str, ...] = ()
    users: Path | None = None
    login: bool = False  # whether to insist on users on loopback too
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether others than this machine's users can reach it."""
        return not is_loopback(self.host) or bool(self.names)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names it answers to; wherever it listens on every address, any address of the machine too."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        every = (ANY_ADDRESS, socket.gethostname().casefold()) if self.host in EVERYWHERE else ()
        return (*LOOPBACK, own, *self.names, *every)


def serve(path: Path | Address, serving: Serving, told: Callable[[str], None]) -> None:
    """Serve the book at the path until interrupted; ``told`` is given the address once it listens.

    Port 0 takes any free one. Raises NotServed when others could reach it and there are no users, and when the address is
    taken or is not this machine's.
    """
    gate = gate_of(serving)
    listening = listening_on(serving.host, serving.port)
    desk = Desk(path)
    config = uvicorn.Config(
        create_app(desk, serving.hosts, gate=gate),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
    )
    name = f"[{serving.host}]" if ":" in serving.host else serving.host
    scheme = "https" if serving.certificate else "http"
    told(f"{scheme}://{name}:{listening.getsockname()[1]}/")
    with listening, contextlib.suppress(KeyboardInterrupt):  # which the server raises again once it has stopped
        uvicorn.Server(config).run(sockets=[listening])


def gate_of(serving: Serving) -> Gate | None:
    """The gate of a desk that has users; None for one on loopback without. Raises NotServed, WrongUsers."""
    users = load_users(serving.users).users if serving.users else ()
    if serving.users and users:
        return Gate(serving.users)
    if not serving.is_open and not serving.login:
        return None
    named = f"--name {serving.names[0]}" if serving.names else f"--users {serving.users}"
    where = named if is_loopback(serving.host) else f"--host {serving.host}"
    raise NotServed(
        f"{where}: this desk is for those who log in, and it has no users; add one with: "
        f"dragoman users add NAME --role editor{f' --users {serving.users}' if serving.users else ''}"
    )


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
