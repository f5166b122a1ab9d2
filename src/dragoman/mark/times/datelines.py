"""Does a day at the beginning of a text stand in its dateline?"""

from __future__ import annotations

from dragoman.record.marks import TimeMark

DATELINE_REACH = 90  # characters of a text in which a dateline stands


def is_dateline(mark: TimeMark, text: str) -> bool:
    """Whether a day at the beginning of a text stands in its dateline: behind a place, before "(" or a dash."""
    behind = text[mark.span.end : mark.span.end + 12].lstrip(" .,")
    ahead = text[: mark.span.start].rstrip()
    return behind[:1] in ("(", "-", "–", "—", ":") and ahead.endswith((",", "(", "/")) and "\n\n" not in ahead
