"""Which tables hold the book, one row a line, so that spreadsheets, statistics programs and databases can read them?

They are the files of the JSON Lines export made flat: a list of records within a line (the participants of an engagement,
the points of a readout, the tenures of a person) becomes a table of its own, whose first columns name the line and the place
in its list. Each table has a Table Schema (https://specs.frictionlessdata.io/table-schema/), and the folder a
``datapackage.json`` that names them all.
"""

from __future__ import annotations

import datetime
import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from dragoman.book import Book
from dragoman.export.build import lines_of
from dragoman.export.files import beside
from dragoman.export.lines import LINES, Line
from dragoman.record.entries import Filter

Cell = str | int | float | bool | datetime.date | list[str] | None
ONE_OF = {"engagements": "engagement", "readouts": "readout", "people": "person"}  # kinds whose lines hold records
NTH = "nth"
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", datetime.date: "date"}


class Column(msgspec.Struct, frozen=True):
    """A column: its name, the type of its cells, whether a cell is a list of them, and whether it may be empty."""

    name: str
    type: type
    several: bool = False
    optional: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table: its name, what a row is, and its columns. ``parent`` is the table that its first column refers to.

    ``field`` is the list of the parent's lines that the rows are taken from.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    parent: str | None = None
    field: str | None = None


class Sheet(Protocol):
    """A file that rows of one table are written to."""

    def add(self, row: list[Cell]) -> None:
        """Write one row, its cells in order of the columns."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class Format(msgspec.Struct, frozen=True):
    """A kind of file for tables: the ending of its names, its media type, and how one is begun."""

    ending: str
    media_type: str
    begin: Callable[[Path, Table], Sheet]
    delimiter: str | None = None  # of lists within a cell


def export_tables(book: Book, folder: Path, wanted: Filter, kind: Format) -> dict[str, int]:
    """Write every table into the folder, each file replaced whole; how many rows each has, by file."""
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for name, lines in lines_of(book, wanted):
        counts |= write_tables(lines, tables_of(name), folder, kind)
    with beside(folder / "datapackage.json") as draft:
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(package_of(kind)), indent=2) + b"\n")
    return counts


def write_tables(lines: Iterable[Line], tables: Sequence[Table], folder: Path, kind: Format) -> dict[str, int]:
    """Write the table of a kind and those of the records within its lines, in one pass over the lines."""
    counts = [0] * len(tables)
    names = [f"{table.name}.{kind.ending}" for table in tables]
    with ExitStack() as stack:
        sheets = []
        for table, name in zip(tables, names, strict=True):
            sheets.append(kind.begin(stack.enter_context(beside(folder / name)), table))
            stack.callback(sheets[-1].close)
        for line in lines:
            for number, table in enumerate(tables):
                for row in rows_of(line, table):
                    sheets[number].add(row)
                    counts[number] += 1
    return dict(zip(names, counts, strict=True))


def rows_of(line: Line, table: Table) -> Iterator[list[Cell]]:
    """The rows that a line has in a table: itself, or one for each record of the field that the table is made from."""
    if table.field is None:
        yield [getattr(line, column.name) for column in table.columns]
        return
    own = [column.name for column in table.columns[2:]]
    for number, record in enumerate(getattr(line, table.field), start=1):
        yield [line.id, number, *(getattr(record, name) for name in own)]


@cache
def tables_of(name: str) -> tuple[Table, ...]:
    """The tables of a kind of line: its own, then one for each list of records in it."""
    line = LINES[name]
    hints = typing.get_type_hints(line)
    inner = {field: record for field in line.__struct_fields__ if (record := record_in(hints[field]))}
    own = Table(name, about(line), tuple(column_of(f, hints[f]) for f in line.__struct_fields__ if f not in inner))
    return (own, *(inner_table(name, field, record) for field, record in inner.items()))


def inner_table(parent: str, field: str, record: type[msgspec.Struct]) -> Table:
    """The table of the records in a field: the line's id, the place in its list, then the record's own fields."""
    hints = typing.get_type_hints(record)
    own = (column_of(name, hints[name]) for name in record.__struct_fields__)
    return Table(field, about(record), (Column(ONE_OF[parent], str), Column(NTH, int), *own), parent, field)


def record_in(hint: object) -> type[msgspec.Struct] | None:
    """The record that a type is a list of, if it is one."""
    (item,) = typing.get_args(hint) if typing.get_origin(hint) is list else (None,)
    return item if isinstance(item, type) and issubclass(item, msgspec.Struct) else None


def column_of(name: str, hint: object) -> Column:
    """The column of a field."""
    if typing.get_origin(hint) is list:
        return Column(name, typing.get_args(hint)[0], several=True)
    kinds = typing.get_args(hint) or (hint,)
    (kind,) = (kind for kind in kinds if kind is not type(None))
    return Column(name, kind, optional=len(kinds) > 1)


def about(record: type) -> str:
    """The first sentence of a record's docstring."""
    return (inspect.getdoc(record) or "").split("\n")[0].replace("``", "`")


# ---------------------------------------------------------------- the description


class Field(msgspec.Struct, omit_defaults=True, rename="camel"):
    """A column as the Table Schema describes it."""

    name: str
    type: str
    item_type: str = ""
    delimiter: str = ""
    constraints: dict[str, bool] = {}


class Reference(msgspec.Struct):
    """The table and the column that a foreign key refers to."""

    resource: str
    fields: list[str]


class ForeignKey(msgspec.Struct):
    """The columns that refer to another table."""

    fields: list[str]
    reference: Reference


class Schema(msgspec.Struct, omit_defaults=True, rename="camel"):
    """A Table Schema."""

    fields: list[Field]
    missing_values: list[str] = msgspec.field(default_factory=lambda: [""])
    primary_key: list[str] = []
    foreign_keys: list[ForeignKey] = []


class Resource(msgspec.Struct, omit_defaults=True):
    """A file of the package."""

    name: str
    path: str
    description: str
    format: str
    mediatype: str
    encoding: str
    schema: Schema


class Package(msgspec.Struct, rename={"schema": "$schema"}):
    """A Data Package: what the folder holds."""

    schema: str
    name: str
    resources: list[Resource]


def package_of(kind: Format) -> Package:
    """The description of all files of a format."""
    tables = [table for name in LINES for table in tables_of(name)]
    return Package(
        schema="https://datapackage.org/profiles/2.0/datapackage.json",
        name="dragoman-export",
        resources=[
            Resource(
                name=table.name,
                path=f"{table.name}.{kind.ending}",
                description=table.about,
                format=kind.ending,
                mediatype=kind.media_type,
                encoding="utf-8",
                schema=schema_of(table, kind),
            )
            for table in tables
        ],
    )


def schema_of(table: Table, kind: Format) -> Schema:
    """The Table Schema of a table."""
    keys = [Column(ONE_OF[table.parent], str).name, NTH] if table.parent else key_of(table)
    links = [ForeignKey(keys[:1], Reference(table.parent, ["id"]))] if table.parent else []
    return Schema(
        fields=[field_of(column, kind) for column in table.columns],
        primary_key=keys,
        foreign_keys=links,
    )


def key_of(table: Table) -> list[str]:
    """The columns that tell a table's rows apart; what stands once for each place has no such column."""
    return [] if any(column.name == "doc" for column in table.columns) else ["id"]


def field_of(column: Column, kind: Format) -> Field:
    """A column's description."""
    required = {} if column.optional or column.several else {"required": True}
    if column.several:
        return Field(column.name, "list" if kind.delimiter else "array", TYPES[column.type], kind.delimiter or "")
    return Field(column.name, TYPES[column.type], constraints=required)
