"""What does the program say while it works? Nothing but warnings, or what --verbose asks for, on stderr, as text or JSON lines.

No key or password that stands in an address is written.
"""

from __future__ import annotations

import datetime
import logging
import sys

import msgspec

from dragoman.cli.output import discreet

USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, where, message, and the values that came with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        values = {name: value for name, value in vars(record).items() if name not in USUAL}
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        told = {
            "time": moment,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return discreet(msgspec.json.encode({**told, **values}, enc_hook=str).decode())


class PlainLines(logging.Formatter):
    """A line for people: message and values; signs that steer a terminal are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        values = [f"{name}={value!r}" for name, value in vars(record).items() if name not in USUAL]
        return discreet(" ".join([f"dragoman: {record.getMessage()}", *values]))


def begin_logs(*, verbose: bool, form: str) -> None:
    """Let the program's own loggers write to stderr from here on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    own = logging.getLogger("dragoman")
    own.handlers = [handler]
    own.setLevel(logging.INFO if verbose else logging.WARNING)
    own.propagate = False
