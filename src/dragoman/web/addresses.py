"""Where does everything of the book stand? Permanent addresses, and how an id becomes a part of one.

An id may be a url or a path with any signs. Letters, digits, ``-``, ``_`` and ``.`` stand for themselves in an address,
every other sign is ``~`` with two hexadecimal digits a byte; so an address is also a file's name.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from dragoman.errors import UnknownName
from dragoman.web.asked import ALL

PLAIN = re.compile(r"[^A-Za-z0-9._-]")
FORMATS = (".json", ".csv", ".atom")
CODED = re.compile(r"~([0-9A-F]{2})")


def part_of(identity: str) -> str:
    """An id as one part of an address."""
    coded = PLAIN.sub(
        lambda sign: "".join(f"~{byte:02X}" for byte in sign[0].encode("utf-8", "surrogatepass")), identity
    )
    if coded.endswith(FORMATS) or coded in (".", ".."):
        head, _, tail = coded.rpartition(".")
        return f"{head}~2E{tail}"
    return coded


def identity_of(part: str) -> str:
    """The id that an address's part stands for. Raises UnknownName for a part that ``part_of`` does not make."""
    raw = CODED.sub(lambda sign: chr(int(sign[1], 16)), part)
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError as error:
        raise UnknownName(f"{part}: this address leads to nothing") from error


def scope_of(parties: tuple[str, ...] | list[str]) -> str:
    """The scope of some parties: "USA-IND", or "all"."""
    return "-".join(parties) or ALL


def of_scope(parties: tuple[str, ...], name: str = "") -> str:
    """The address of a relationship, or of one of its pages."""
    return f"/r/{scope_of(parties)}{f'/{name}' if name else ''}"


def of_entry(identity: str) -> str:
    """The address of an entry."""
    return f"/e/{part_of(identity)}"


def of_document(identity: str, *, mention: str = "", digest: str = "") -> str:
    """The address of a document, of a place in it, or of one of its versions."""
    query = f"?{urlencode({'show': digest})}" if digest else ""
    return f"/d/{part_of(identity)}{query}{f'#m-{mention}' if mention else ''}"


def of_versions(identity: str) -> str:
    """The address of what changed from version to version."""
    return f"/d/{part_of(identity)}/versions"
