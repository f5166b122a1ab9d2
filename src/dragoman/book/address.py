"""Is a book a file, or a database on a server; and how is it named without giving its password away?"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

SCHEMES = ("postgresql://", "postgres://")
SECRET = re.compile(r"(?i)(password\s*=\s*)('[^']*'|[^\s&'\"]+)")


class Address:
    """A book in PostgreSQL. As text it is the address without password and options; only ``url`` has them."""

    __slots__ = ("url",)

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        try:
            parts = urlsplit(self.url)
            user = f"{parts.username}@" if parts.username else ""
            port = f":{parts.port}" if parts.port else ""
            return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}"
        except ValueError:
            return "postgresql://…"

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other.url == self.url

    def __hash__(self) -> int:
        return hash(self.url)

    def without_secret(self, message: str) -> str:
        """A message of the database, in one line, in which no password stands."""
        said = " ".join(message.split())
        secrets = [self.url]
        try:
            secret = urlsplit(self.url).password
            secrets += [secret, unquote(secret)] if secret else []
        except ValueError:
            pass
        for each in sorted(secrets, key=len, reverse=True):
            said = said.replace(each, "…")
        return SECRET.sub(r"\1…", said)


def place_of(book: str | os.PathLike[str] | Address) -> Path | Address:
    """Where a book is: a file, or an address that begins with ``postgresql://``."""
    if isinstance(book, Address):
        return book
    text = os.fspath(book)
    return Address(text) if text.lower().startswith(SCHEMES) else Path(text)
