"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback and a socket, without root, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ANSWER = 30.0  # seconds for the server to start
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=16MB", "max_connections=40")
PASSWORD = "open-sesame"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; None where no server is installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def unprivileged() -> str | None:
    """Under whom the server runs: initdb refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    """A server that was started here, and can be stopped and started again."""

    def __init__(self, bin_folder: Path) -> None:
        self.bin = bin_folder
        self.user = unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        if self.user:
            shutil.chown(secret, self.user)
        options = ("-D", str(self.data), "-U", "desk", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
        subprocess.run(
            [self.bin / "initdb", *options, "-A", "scram-sha-256", f"--pwfile={secret}"],
            user=self.user,
            cwd=self.folder,
            check=True,
            capture_output=True,
        )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, schema: str | None = None, password: str = PASSWORD) -> str:
        options = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://desk:{password}@127.0.0.1:{self.port}/postgres{options}"

    def start(self) -> None:
        settings = [part for each in FAST for part in ("-c", each)]
        place = ("-D", self.data, "-p", str(self.port), "-k", self.folder, "-h", "127.0.0.1")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", *place, *settings], user=self.user, cwd=self.folder, stdout=log, stderr=log
            )
        deadline = time.monotonic() + ANSWER
        while not self.answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, *, at_once: bool = False) -> None:
        """Shut down: cutting every connection, or ``at_once`` as a crash would."""
        if self.process is not None:
            self.process.send_signal(3 if at_once else 2)  # SIGQUIT: immediate, SIGINT: fast
            self.process.wait(timeout=30)
            self.process = None

    def remove(self) -> None:
        self.stop(at_once=True)
        shutil.rmtree(self.folder, ignore_errors=True)
