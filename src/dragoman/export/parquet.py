"""The book's tables as Parquet, for DuckDB, pandas, polars, Arrow and Spark: with types, and lists as lists."""

from __future__ import annotations

import datetime
from pathlib import Path

from dragoman.errors import extra
from dragoman.export.tables import Cell, Column, Format, Table

ROWS = 5_000  # of a row group: what is held in memory at a time


class ParquetSheet:
    """One table as a Parquet file, written group by group."""

    def __init__(self, path: Path, table: Table) -> None:
        with extra("tables", "an export to Parquet"):
            import pyarrow
            import pyarrow.parquet
        types = {
            str: pyarrow.string(),
            int: pyarrow.int64(),
            float: pyarrow.float64(),
            bool: pyarrow.bool_(),
            datetime.date: pyarrow.date32(),
        }

        def type_of(column: Column) -> pyarrow.DataType:
            return pyarrow.list_(types[column.type]) if column.several else types[column.type]

        self._schema = pyarrow.schema([(column.name, type_of(column)) for column in table.columns])
        self._batch_of = pyarrow.Table.from_arrays
        self._array = pyarrow.array
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[list[Cell]] = []

    def add(self, row: list[Cell]) -> None:
        """Hold one row; a full group is written."""
        self._rows.append(row)
        if len(self._rows) == ROWS:
            self._write()

    def close(self) -> None:
        """Finish the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [self._array(cells, type=field.type) for cells, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(self._batch_of(arrays, schema=self._schema))
        self._rows.clear()


PARQUET = Format("parquet", "application/vnd.apache.parquet", ParquetSheet)
