"""Does a text open with front matter, and what does it state?

    ---
    title: Ministers meet in Lisbon
    published: 2025-06-03
    ---

Front matter describes the file and is not part of the text that is stored.
"""

from __future__ import annotations

import re

import msgspec

from dragoman.read.given import column_name

FENCE = "---"
MOST_LINES = 60
FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")


class FrontMatter(msgspec.Struct, frozen=True):
    """The fields by column name, and where the text begins."""

    fields: dict[str, str]
    start: int


def front_matter_of(text: str) -> FrontMatter | None:
    """The front matter of a text; None when it has none. A line of dashes alone is no front matter."""
    if not text.startswith(FENCE):
        return None
    fields: dict[str, str] = {}
    at = text.find("\n") + 1
    if at == 0 or text[: at - 1].strip() != FENCE:
        return None
    for _ in range(MOST_LINES):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].strip()
        if line == FENCE:
            start = end + 1 if end >= 0 else len(text)
            return FrontMatter(fields, start) if fields else None
        match = FIELD.fullmatch(line)
        if match:
            fields[column_name(match[1])] = unquoted(match[2].strip())
        elif line and not line.startswith("#"):
            return None
        if end < 0:
            return None
        at = end + 1
    return None


def unquoted(value: str) -> str:
    """The value without the quotation marks that YAML allows around it."""
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
