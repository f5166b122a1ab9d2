"""What is watched, and what is known of it from earlier rounds?

The list is a TOML file that the user writes. What was seen is kept beside the book, written whole or not at all, and only
after the book has acknowledged what was fetched: a run that is killed asks again for what it had not stored.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import msgspec

from dragoman.errors import SourceError
from dragoman.read.given import Given, given_from
from dragoman.read.web.addresses import require_scheme
from dragoman.read.web.fetch import Manners, Stamp

DURATION = re.compile(r"(\d+)\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SHORTEST_ROUND = 60  # seconds


class Watched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed, or a single page, and what is stated about its documents."""

    url: str
    outlet: str = ""
    kind: str = ""
    issuer: str = ""
    only: str = ""  # a regular expression; other addresses of the feed are passed over
    most: int = 50  # new pages a round

    @property
    def given(self) -> Given:
        """What the list states about every document of it."""
        return given_from({"outlet": self.outlet, "kind": self.kind, "issuer": self.issuer})


class Mail(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Where changes are mailed, and by which server. The password is in the environment, under the name given here."""

    to: list[str]
    from_: str
    server: str
    port: int = 587
    encryption: str = "starttls"  # or "tls", or "none"
    user: str = ""
    password_env: str = "DRAGOMAN_MAIL_PASSWORD"


class Tell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where changes are sent."""

    file: str = ""
    webhook: str = ""
    mail: Mail | None = None

    @property
    def ways(self) -> list[str]:
        """The ways that are set."""
        held = {"file": self.file, "webhook": self.webhook, "mail": self.mail}
        return [way for way, place in held.items() if place]


class Watchlist(
    msgspec.Struct, frozen=True, kw_only=True, rename={"feeds": "feed", "pages": "page"}, forbid_unknown_fields=True
):
    """A list as the user writes it; durations are such as 90s, 30m, 6h and 2d."""

    feeds: list[Watched] = []
    pages: list[Watched] = []
    tell: Tell = Tell()
    every: str = "30m"
    look_again: str = "12h"
    look_again_for: str = "14d"
    pause: str = "2s"
    robots: bool = True
    allow_private: bool = False
    contact: str = ""

    def manners(self, *, allow_private: bool = False) -> Manners:
        """How the servers of this list are asked."""
        agent = Manners().agent if not self.contact else f"dragoman/0.1 (reads public diplomatic texts; {self.contact})"
        return Manners(
            allow_private=self.allow_private or allow_private,
            robots=self.robots,
            pause=float(seconds_of(self.pause)),
            agent=agent,
        )

    @property
    def round(self) -> int:
        """The seconds from one round to the next."""
        return max(SHORTEST_ROUND, seconds_of(self.every))


def seconds_of(duration: str) -> int:
    """The seconds of a duration. Raises ValueError for what is none."""
    match = DURATION.fullmatch(duration.strip())
    if not match:
        raise ValueError(f"{duration!r} is no duration; write it as 90s, 30m, 6h or 2d")
    return int(match[1]) * SECONDS[match[2]]


def watchlist_in(path: Path) -> Watchlist:
    """The list of a file. Raises SourceError saying what is wrong with it."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Watchlist)
        for duration in (found.every, found.look_again, found.look_again_for, found.pause):
            seconds_of(duration)
        for watched in (*found.feeds, *found.pages):
            require_scheme(watched.url)
            re.compile(watched.only)
            _ = watched.given
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError, ValueError, re.error) as error:
        raise SourceError(f"{path}: {error}") from error
    if not (found.feeds or found.pages):
        raise SourceError(f"{path} watches nothing; write [[feed]] or [[page]] with a url")
    return found


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of an address: its server's stamp, and moments in seconds since 1970."""

    stamp: Stamp = Stamp()
    first: float = 0.0
    asked: float = 0.0
    updated: str | None = None  # as the feed last wrote it
    feed: str = ""  # the watched address that it was found by


class State(msgspec.Struct):
    """What earlier rounds saw, and what they could not yet send."""

    feeds: dict[str, Seen] = {}
    pages: dict[str, Seen] = {}
    untold: dict[str, str] = {}  # text by heading
    told: dict[str, list[str]] = {}  # by which ways a heading has gone out already

    def kept(self, path: Path) -> None:
        """Write the state to a file: wholly, or not at all."""
        beside = path.with_name(path.name + ".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(self))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)


def state_in(path: Path) -> State:
    """The state of a file; an empty one when there is none. Raises SourceError when it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise SourceError(f"{path} is damaged ({error}); remove it, and every page is looked at again") from error


def state_beside(book: Path) -> Path:
    """Where the state of a watch is kept: beside its book, or beside its list when the book lies on a server."""
    return book.with_name(book.name + ".watch.json")
