"""The book's tables as CSV, for spreadsheets.

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection): texts are written by strangers. Within a cell, the values of a list
are joined by a bar; a bar within a value becomes a broken bar. JSON Lines and Parquet hold the values as they are.
"""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

from dragoman.export.tables import Cell, Format, Table

DELIMITER = "|"
BROKEN_BAR = "¦"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class CsvSheet:
    """One table as a CSV file: UTF-8, a header, lines ended by CR LF (RFC 4180)."""

    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("w", encoding="utf-8", newline="", errors="replace")
        self._writer = csv.writer(self._file)
        self._writer.writerow(column.name for column in table.columns)

    def add(self, row: list[Cell]) -> None:
        """Write one row."""
        self._writer.writerow([written(cell) for cell in row])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def written(cell: Cell) -> str:
    """A cell as CSV holds it; an unknown value is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return guarded(DELIMITER.join(value.replace(DELIMITER, BROKEN_BAR) for value in cell))
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else repr(cell)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


CSV = Format("csv", "text/csv", CsvSheet, DELIMITER)
