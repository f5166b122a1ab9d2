"""Which entry does an id mean: its own, the beginning of one, or one that was merged since?"""

from __future__ import annotations

from dragoman.book.backend import Backend
from dragoman.errors import UnknownName

SHORTEST = 4  # signs that the beginning of an id must have
COLUMNS = "id, entry, payload, merged_into"


def row_of(backend: Backend, entry_id: str) -> tuple[int, str]:
    """Row and payload of the entry that an id, the beginning of one, or a merged id means. Raises UnknownName."""
    found = backend.rows(f"SELECT {COLUMNS} FROM entries WHERE id = ?", (entry_id,))
    if not found and len(entry_id) >= SHORTEST:
        beginning = f"SELECT {COLUMNS} FROM entries WHERE id >= ? AND id < ? LIMIT 9"
        found = backend.rows(beginning, (entry_id, entry_id + "\U0010ffff"))
    if not found:
        raise UnknownName(f"{entry_id}: the book has no such entry; lists show the ids, and their beginnings will do")
    if len(found) > 1:
        ids = ", ".join(sorted(row[0] for row in found))
        raise UnknownName(f"{entry_id}: several entries begin so: {ids}; write more of the id")
    _, number, payload, merged_into = found[0]
    return row_of(backend, merged_into) if merged_into else (number, payload)
