"""How is something written to the shell?"""

from __future__ import annotations

import os
import re
import shutil
import sys

import click
import msgspec

from dragoman.show.highlight import CLOSE, OPEN

DEFAULT_WIDTH = 80
WIDEST = 160
ON, OFF = "\x1b[1;7m", "\x1b[0m"
CONTROL = (
    {number: " " for number in range(32) if chr(number) not in "\n\t"}
    | {127: " "}
    | dict.fromkeys(range(128, 160), " ")
    | dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # they would turn the words after them about
)
HIDDEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SECRET = re.compile(
    r"(?i)(?P<name>[?&;](?:[\w.-]*(?:token|secret|password|passwd|signature|credential)[\w.-]*|(?:api)?[_-]?key|auth|sig|pwd)=)"
    r"[^&#\s'\"<>)\]]+"
)
LOGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)[^/\s@'\"]+:[^/\s'\"]*@")


def width() -> int:
    """The cells of a line: $COLUMNS, else the terminal's, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(40, int(given))
    if sys.stdout.isatty():
        return min(WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)
    return DEFAULT_WIDTH


def write(text: str) -> None:
    """Text for people: highlights as a terminal shows them, or between brackets; other control signs as blanks."""
    on, off = (ON, OFF) if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("⟦", "⟧")
    plain = text.replace(OPEN, "\ue000").replace(CLOSE, "\ue001").translate(CONTROL)
    put(plain.replace("\ue000", on).replace("\ue001", off))


def write_json(value: object) -> None:
    """A record, or a list of them, as JSON; signs that a terminal would obey are written as JSON escapes them."""
    text = msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode()
    put(HIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n")


def warn(message: str) -> None:
    """One line on stderr; no sign in it steers the terminal, and no key or password of an address stands in it."""
    line = discreet(" ".join(message.split("\n"))).translate(CONTROL)
    click.echo(f"dragoman: {line}", err=True)


def discreet(message: str) -> str:
    """A message without the passwords and keys that stand in the addresses it names."""
    return SECRET.sub(r"\g<name>…", LOGIN.sub(r"\g<scheme>…@", message))


def put(text: str) -> None:
    """Exactly these characters to stdout; what its encoding lacks is written as a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, errors="replace").decode(encoding), nl=False)
