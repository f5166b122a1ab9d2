"""Which kinds of source do installed packages read, beside those of this house?

A package offers one under the entry point group ``dragoman.sources``: the ending of the names of its files, and a function from
their bytes to ``Content``.

    [project.entry-points."dragoman.sources"]
    ".cable" = "mypackage.dragoman:content"

An ending of ours stays ours. What the function raises is the reason for which the file is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

import msgspec

from dragoman.errors import SourceError
from dragoman.read.given import NOTHING, Given

GROUP = "dragoman.sources"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: its text or its page, and the facts that it states."""

    text: str | None = None
    html: str | None = None
    given: Given = NOTHING


@lru_cache(maxsize=1)
def offered() -> Mapping[str, EntryPoint]:
    """The entry points by ending, in lower case and with its dot; looked for once in a process."""
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value), reverse=True)
    return MappingProxyType({f".{point.name.lstrip('.').casefold()}": point for point in points})


def content_of(point: EntryPoint, data: bytes, name: str) -> Content:
    """What a package's function makes of the bytes of a source. Raises SourceError for whatever goes wrong."""
    read: Callable[[bytes], object] = point.load()
    try:
        content = read(data)
    except Exception as error:  # whatever a package does, the other files are read
        raise SourceError(f"{name}: {point.value} cannot read it ({error or type(error).__name__})") from error
    if not isinstance(content, Content) or (content.text is None) == (content.html is None):
        raise SourceError(f"{name}: {point.value} must give a dragoman.Content with either text or html")
    return content
