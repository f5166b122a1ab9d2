"""Is a text file the export of a newspaper database, and which documents are its articles?

The same for a file on disk, a member of an archive and a compressed text: an article is named ``FILE!number``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from dragoman.read.containers import MARK, TEXT_NAMES
from dragoman.read.databases import articles_in, is_export
from dragoman.read.decode import decoded
from dragoman.read.given import Given
from dragoman.read.source import Source


def has_name_of_export(name: str) -> bool:
    """Whether a file of this name may be an export: databases write plain texts."""
    return PurePosixPath(name).suffix.casefold() in TEXT_NAMES


def shows_export(head: bytes) -> bool:
    """Whether the first ``HEAD`` bytes of a text file are those of an export."""
    return is_export(head.decode("utf-8", errors="replace").replace("\r\n", "\n"))


def articles_found(data: bytes, name: str, given: Given) -> Iterator[Source]:
    """The articles of an export with what is stated about all of them. Raises SourceError when it is no text."""
    shared = Given(outlet=given.outlet, kind=given.kind, issuer=given.issuer)
    for number, article in enumerate(articles_in(decoded(data, name).text), start=1):
        yield Source(name=f"{name}{MARK}{number}", text=article.text, given=shared.over(article.given))
