"""A book's whole content in a form that can be compared: without row numbers, and with or without the entries' ids."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dragoman.book import Book
from dragoman.book.load import to_json
from dragoman.record.entries import AnyEntry

LISTS = (
    "engagements", "statements", "readouts", "people", "figures",
    "measures", "negotiations", "commitments", "disputes", "incidents",
)  # fmt: skip

ROWS = (
    "SELECT d.id, o.id, d.url FROM documents AS d JOIN documents AS o ON o.document = d.origin",
    "SELECT d.id, v.digest, v.number, v.current, v.superseded_on, v.grammar, v.facts, v.people, v.text "
    "FROM versions AS v JOIN documents AS d ON d.document = v.document",
    "SELECT m.id, v.digest, m.kind, m.span_start, m.span_end, m.rule, m.grammar, m.retired, m.wordings, m.payload "
    "FROM mentions AS m JOIN versions AS v ON v.version = m.version",
    "SELECT b.block, m.id, h.id FROM blocks AS b JOIN mentions AS m ON m.mention = b.mention "
    "JOIN mentions AS h ON h.mention = b.head",
    "SELECT id, kind, state, merged_into, type, status, day_from, day_to, first_published, last_published, "
    "printed_first, printed_last, changing, origins, title, words, payload FROM entries",
    "SELECT m.id, e.id, l.revoked FROM links AS l JOIN mentions AS m ON m.mention = l.mention "
    "JOIN entries AS e ON e.entry = l.entry",
    "SELECT CASE WHEN d.id < o.id THEN d.id ELSE o.id END, CASE WHEN d.id < o.id THEN o.id ELSE d.id END, c.resemblance FROM copies AS c JOIN documents AS d ON d.document = c.document "
    "JOIN documents AS o ON o.document = c.other",
    "SELECT p.party, e.id FROM entry_parties AS p JOIN entries AS e ON e.entry = p.entry",
    "SELECT p.topic, e.id FROM entry_topics AS p JOIN entries AS e ON e.entry = p.entry",
    "SELECT p.person, e.id FROM entry_people AS p JOIN entries AS e ON e.entry = p.entry",
    "SELECT p.target, e.id FROM entry_references AS p JOIN entries AS e ON e.entry = p.entry",
)


def connect(place: str | Path):
    """A connection to a book past the program."""
    if str(place).startswith("postgresql://"):
        import psycopg

        return psycopg.connect(str(place))
    return sqlite3.connect(place)


def rows(place: str | Path) -> list[list[str]]:
    """Every row of every table, with names instead of numbers, in order."""
    with closing(connect(place)) as connection:
        return [sorted(repr(tuple(row)) for row in connection.execute(sql)) for sql in ROWS]


def execute(place: str | Path, sql: str) -> None:
    """Do something to a book past the program."""
    with closing(connect(place)) as connection:
        connection.execute(sql)
        connection.commit()


def entries(book: Book) -> list[AnyEntry]:
    """Every entry of every list."""
    return [entry for name in LISTS for entry in getattr(book, name)()]


def content(book: Book) -> list[str]:
    """Every entry with each id replaced by what it stands for: the kind and the first mention."""
    found = entries(book)
    written = [to_json(entry) for entry in found]
    for entry in found:
        name = f"{entry.id[:3]}:{entry.mentions[0]}"
        written = [text.replace(entry.id, name) for text in written]
    return sorted(written)
