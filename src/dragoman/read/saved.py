"""What did a browser save: a web page with its pictures in one file?

MHTML is a mail whose HTML part is the page. A single HTML file holds its pictures as data in its addresses, and says in
a comment where it was saved from.
"""

from __future__ import annotations

import email.errors
import email.policy
import re
from email.parser import BytesParser

import msgspec

from dragoman.errors import SourceError
from dragoman.read.decode import decoded

DATA_ADDRESS = re.compile(rb"(?<=data:)[a-z]{2,20}/[^\"')\s>]{200,}")
SAVED_FROM = re.compile(
    r"<!--(?:\s*saved from url=\(\d+\)|\s*Page saved with SingleFile\s+url:\s*)(https?://[^\s>]{4,2000})", re.IGNORECASE
)
HEAD = 4000


class Saved(msgspec.Struct, frozen=True):
    """A saved page and the address it was saved from."""

    html: str
    url: str | None = None


def saved_mhtml(data: bytes, name: str) -> Saved:
    """The page of an MHTML file. Raises SourceError when it holds none."""
    try:
        message = BytesParser(policy=email.policy.compat32).parsebytes(data)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                html = decoded(payload if isinstance(payload, bytes) else b"", name, part.get_content_charset()).text
                url = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
                return Saved(html, str(url).strip() if str(url).strip().startswith("http") else None)
    except (email.errors.MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise SourceError(f"{name} is a damaged MHTML file ({error}); save the page again") from error
    raise SourceError(f"{name} holds no page; save it again as “Webpage, single file”")


def without_pictures(data: bytes) -> bytes:
    """A page without the pictures that its addresses hold."""
    return DATA_ADDRESS.sub(b",", data) if b"data:" in data else data


def saved_from(html: str) -> str | None:
    """The address that a saved page names in its first lines."""
    match = SAVED_FROM.search(html, 0, HEAD)
    return match[1] if match else None
