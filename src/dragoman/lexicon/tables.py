"""How is a table of vocabulary read and checked?

A table is a CSV file. Its first lines are comments, among them ``# source:`` and ``# date:``; then come the names of
the columns and one row an entry, sorted by the first column. A cell may hold several phrases, set apart by ";". In
front of a phrase stands at most one sign: "?" a weak name that needs support from its surroundings, "=" a name that
counts only in exactly this spelling, "~" a name in any case.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import LexiconError
from dragoman.lexicon.own import own

DATA = files("dragoman.lexicon") / "data"
HEADERS = ("# source:", "# date:")


class Row(NamedTuple):
    """A row of a table, with what is needed to name it in an error."""

    file: str
    line: int
    cells: tuple[str, ...]

    def wrong(self, why: str) -> LexiconError:
        """The error that names this row."""
        return LexiconError(f"{self.file}, line {self.line}, entry {self.cells[0]!r}: {why}")


def rows_of(path: Traversable | Path, columns: Sequence[str], *, ordered: bool = True) -> list[Row]:
    """The rows of a table, and of the user's table of that name, whose entries take the place of ours.

    Raises LexiconError for a missing source or date, other columns, a row that is too long or short, an entry that stands
    twice or (when ``ordered``) out of order; the user's need no source, date or order.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    for header in HEADERS:
        if not any(line.startswith(header) for line in comments):
            raise LexiconError(f"{path.name}: no line begins with {header!r}; say where the entries come from and when")
    rows = parsed(path.name, lines, columns, ordered=ordered)
    mine = own_rows(path.name, columns)
    taken = {row.cells[0] for row in mine}
    return [*(row for row in rows if row.cells[0] not in taken), *mine] if mine else rows


def own_rows(name: str, columns: Sequence[str]) -> list[Row]:
    """The rows of the user's table of that name. Raises LexiconError with its path and line."""
    path = own().tables.get(name)
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: is no text in UTF-8 ({error}); save it as such") from error
    return parsed(str(path), lines, columns, ordered=False)


def own_phrases() -> frozenset[str]:
    """Every phrase that stands in a table of the user's, as texts are compared with it."""
    held: set[str] = set()
    for path in own().tables.values():
        lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
        cells = (cell for row in list(csv.reader(lines))[1:] for cell in row)
        held.update(phrase.text.casefold() for cell in cells for phrase in phrases_in(cell))
    return frozenset(held)


def parsed(name: str, lines: Sequence[str], columns: Sequence[str], *, ordered: bool) -> list[Row]:
    """The checked rows of a table's lines."""
    reader = csv.reader(lines)
    rows = [Row(name, reader.line_num, tuple(cells)) for cells in reader if cells and not cells[0].startswith("#")]
    if not rows or rows[0].cells != tuple(columns):
        found = ",".join(rows[0].cells) if rows else "nothing"
        raise LexiconError(f"{name}: expected the columns {','.join(columns)}, found {found}")
    _checked(rows[1:], len(columns), ordered)
    return rows[1:]


def _checked(rows: Sequence[Row], width: int, ordered: bool) -> None:
    before = ""
    seen: set[str] = set()
    for row in rows:
        if len(row.cells) != width:
            raise row.wrong(f"{len(row.cells)} cells instead of {width}; quote a cell that holds a comma")
        if row.cells[0] in seen:
            raise row.wrong("stands twice; join the two rows")
        seen.add(row.cells[0])
        if ordered and row.cells[0] < before:
            raise row.wrong(f"stands after {before!r}; keep the rows sorted by their first column")
        before = row.cells[0]


class Phrase(NamedTuple):
    """One spelling: ``case`` is "any", "capital" (begins with a capital letter) or "exact"."""

    text: str
    case: str
    strong: bool


SIGNS = {"?": ("capital", False), "=": ("exact", True), "~": ("any", True)}


def phrases_in(cell: str, case: str = "capital") -> Iterator[Phrase]:
    """The phrases of a cell; ``case`` is for those that bear no sign."""
    for part in cell.split(";"):
        text = part.strip()
        if not text:
            continue
        if text[0] in SIGNS:
            yield Phrase(text[1:], *SIGNS[text[0]])
        else:
            yield Phrase(text, case, True)


def words_in_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
