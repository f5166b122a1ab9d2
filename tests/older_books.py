"""Books as the programs of earlier schemas left them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dragoman.book.schema import migrations, statements_in
from dragoman.book.sqlite import APPLICATION_ID

KEPT = ("documents", "versions", "mentions", "entries", "links")


def book_of_schema(path: Path, number: int, model: Path) -> None:
    """A book as the program of that schema left it: documents, mentions, entries and links, nothing pending."""
    connection = sqlite3.connect(path)
    for script in migrations()[:number]:
        for statement in statements_in(script):
            connection.execute(statement)
    connection.execute("ATTACH ? AS model", (str(model),))
    for table in KEPT:
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM model.{table}")
    connection.execute(
        "INSERT INTO document_words (rowid, title, text) SELECT version, title, text FROM versions WHERE current = 1"
    )
    connection.execute(
        "INSERT INTO entry_words (rowid, title, words) SELECT entry, title, words FROM entries WHERE state = 'live'"
    )
    connection.execute("INSERT INTO settings (name, value) VALUES ('linking', '1')")
    connection.commit()
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {number}")
    connection.close()
