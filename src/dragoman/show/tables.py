"""How are rows set so that they fit a width? Words wrap in the columns that may; nothing is cut but by an ellipsis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from rich.cells import cell_len, set_cell_size

GAP = "  "
NARROWEST = 12
LEAST = 4
MOST_LINES = 4


class Column(msgspec.Struct, frozen=True):
    """A column: ``share`` is its part of the width that the fixed columns leave; 0 for a fixed one."""

    title: str
    share: int = 0
    right: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> str:
    """The rows under their titles, in at most ``width`` cells a line; empty columns are left out."""
    kept = [number for number in range(len(columns)) if any(row[number] for row in rows)]
    columns = [columns[number] for number in kept]
    rows = [[row[number] for number in kept] for row in rows]
    widths = widths_of(columns, rows, width)
    titles = [column.title for column in columns]
    lines = [line_of(titles, widths, columns)]
    for row in rows:
        lines.extend(lines_of(row, widths, columns))
    return "\n".join(lines) + "\n"


def widths_of(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The cells of each column: as wide as its widest word run needs, the sharing ones within what is left."""
    natural = [
        max(cell_len(column.title), *(cell_len(row[number]) for row in rows), 1)
        for number, column in enumerate(columns)
    ]
    left = width - len(GAP) * (len(columns) - 1)
    left -= sum(size for size, column in zip(natural, columns, strict=True) if not column.share)
    widths = list(natural)
    sharing = [number for number, column in enumerate(columns) if column.share]
    while sharing:
        shares = sum(columns[number].share for number in sharing)
        content = [n for n in sharing if natural[n] <= max(NARROWEST, left * columns[n].share // shares)]
        if not content:
            for number in sharing:
                widths[number] = max(NARROWEST, left * columns[number].share // shares)
            break
        for number in content:
            left -= natural[number]
            sharing.remove(number)
    return narrowed(widths, columns, width - len(GAP) * (len(columns) - 1))


def narrowed(widths: list[int], columns: Sequence[Column], room: int) -> list[int]:
    """The widths with the widest sharing column taken back cell by cell until all fit."""
    sharing = [number for number, column in enumerate(columns) if column.share]
    while sharing and sum(widths) > room:
        widest = max(sharing, key=lambda number: widths[number])
        if widths[widest] <= LEAST:
            break
        widths[widest] -= 1
    return widths


def lines_of(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of one row."""
    cells = [wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
    for number in range(max((len(cell) for cell in cells), default=0)):
        yield line_of([cell[number] if number < len(cell) else "" for cell in cells], widths, columns)


def line_of(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    """One line."""
    parts = [
        " " * (size - cell_len(cell)) + cell if column.right else set_cell_size(cell, max(size, cell_len(cell)))
        for cell, size, column in zip(cells, widths, columns, strict=True)
    ]
    return GAP.join(parts).rstrip()


def wrapped(text: str, width: int, most: int = MOST_LINES) -> list[str]:
    """The words of a text in lines of at most ``width`` cells; after ``most`` lines, an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in pieces(text, width):
        if line and cell_len(line) + 1 + cell_len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and cell_len(last) > width - 1:
            last = last[:-1]
        return [*lines[: most - 1], last.rstrip() + "…"]
    return lines


def pieces(text: str, width: int) -> Iterator[str]:
    """The words of a text; one that is wider than a line is broken."""
    for word in text.split():
        rest = word
        while cell_len(rest) > width:
            end = max(1, width)
            while end > 1 and cell_len(rest[:end]) > width:
                end -= 1
            yield rest[:end]
            rest = rest[end:]
        yield rest


def paragraph(text: str, width: int, indent: str = "", hanging: str = "") -> str:
    """A text wrapped to the width, every line indented, and all but the first by ``hanging`` more."""
    lines = wrapped(text, max(NARROWEST, width - cell_len(indent + hanging)), 0)
    return "\n".join((indent if number == 0 else indent + hanging) + line for number, line in enumerate(lines))
