"""How do records become a data frame? A row a record, a column a field, for pandas or polars, whichever is installed.

A field that is itself a record, such as an interval of days, becomes a column for each of its values: ``when_start``,
``when_end``, ``when_basis``. Lists stay lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from dragoman.errors import MissingExtra

INNER = frozenset({"span", "rule", "weekday", "moment"})  # of a record within a record: of no use in a table
Cell = Any  # what msgspec makes of a value: text, numbers, days, lists of these


def frame(records: Iterable[msgspec.Struct], kind: Literal["pandas", "polars"] = "pandas") -> Any:
    """The records as a data frame. Raises MissingExtra when pandas, or polars if it is asked for, is not installed.

    >>> from dragoman.record.entries import Incident
    >>> frame([Incident(id="inc-1", kind="strike", actors=("CHL", "PER"))], "polars")["kind"].to_list()
    ['strike']
    """
    rows = [dict(cells_of(record)) for record in records]
    columns = {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}
    return with_pandas(columns) if kind == "pandas" else with_polars(columns)


def cells_of(record: msgspec.Struct) -> Iterator[tuple[str, Cell]]:
    """The columns and cells of a record."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, msgspec.Struct):
            yield from (
                (f"{name}_{inner}", plain(getattr(value, inner)))
                for inner in value.__struct_fields__
                if inner not in INNER
            )
        else:
            yield name, plain(value)


def plain(value: object) -> Cell:
    """A value as text, number, day, list or dictionary."""
    return msgspec.to_builtins(value, builtin_types=(datetime.date,))


def with_pandas(columns: dict[str, list[Cell]]) -> Any:
    """A frame of pandas, days as its own type."""
    try:
        import pandas
    except ModuleNotFoundError as error:
        raise MissingExtra("a data frame needs pandas: pip install pandas (or ask for polars)") from error
    made = pandas.DataFrame(columns)
    for name, cells in columns.items():
        if any(isinstance(cell, datetime.date) for cell in cells):
            made[name] = pandas.to_datetime(made[name])
    return made


def with_polars(columns: dict[str, list[Cell]]) -> Any:
    """A frame of polars."""
    try:
        import polars
    except ModuleNotFoundError as error:
        raise MissingExtra("a data frame of polars needs it: pip install polars (or ask for pandas)") from error
    return polars.DataFrame(columns, strict=False)
