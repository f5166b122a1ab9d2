"""What did a sentence mean that stands unchanged in a later text of its document?

A release that is published again with a correction keeps its "today" and "on Monday": they mean what they meant when
the sentence was first printed. Days that were resolved against the later publication give way to the first reading's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.load import mention_from
from dragoman.record.entries import BookMention
from dragoman.record.when import Basis, When

DAYS = ("when", "effective", "until", "due_when", "period", "target")
RULE = "version.unchanged"

Unchanged = Mapping[tuple[str, str], BookMention]  # by kind and wordings


def first_readings(backend: Backend, versions: Iterable[int]) -> dict[int, Unchanged]:
    """For each version that is not its document's first: what the earlier ones say, the first of equals."""
    sql = (
        "SELECT m.kind, m.wordings, m.payload FROM versions AS v JOIN versions AS w ON w.document = v.document "
        "AND w.number < v.number JOIN mentions AS m ON m.version = w.version "
        "WHERE v.version = ? AND m.retired = 0 ORDER BY w.number DESC, m.span_start DESC, m.id"
    )
    return {
        version: {(kind, wordings): mention_from(payload) for kind, wordings, payload in backend.rows(sql, (version,))}
        for version in versions
    }


def as_first_read(mention: BookMention, first: BookMention | None) -> BookMention:
    """The mention with the days that its first reading gave it, where its own rest on publication."""
    if first is None or type(first) is not type(mention):
        return mention
    changes: dict[str, object] = {}
    for field in DAYS:
        own, earlier = getattr(mention, field, None), getattr(first, field, None)
        if isinstance(own, When) and isinstance(earlier, When) and own.basis is Basis.PUBLICATION and earlier.known:
            changes[field] = msgspec.structs.replace(earlier, span=own.span, rule=RULE)
    if "due_when" in changes:
        changes["due"] = getattr(first, "due", None)
    return msgspec.structs.replace(mention, **changes) if changes else mention
