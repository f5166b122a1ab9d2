"""What does a run leave on disk, and how does a book take it up?

    OUT/documents/month=2025-03/UNIT.parquet    one row a document: what it is, its text, and the whole reading as JSON
    OUT/mentions/month=2025-03/UNIT.parquet     one row a mention: id, kind, span, rule, exact words, values as JSON
    OUT/done/UNIT.json                          the report of a finished unit; without it, its files do not count

A unit's files have names of their own and are put in place whole, so that a unit done twice leaves one result.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman.book.filling import prepared
from dragoman.book.load import kind_of, mention_id
from dragoman.errors import SourceError, extra
from dragoman.read import Refusal
from dragoman.record.reading import Reading

UNKNOWN_MONTH = "unknown"
DOCUMENTS = "id url outlet title kind issuer published_from published_to digest text reading".split()
MENTIONS = "id document kind span_start span_end rule wordings payload".split()
_reading = msgspec.json.Decoder(Reading).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


class UnitReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit did: documents read, set aside at first look, refused; the months of its files; processor seconds."""

    unit: str
    path: str
    read: int = 0
    set_aside: int = 0
    refused: tuple[Refusal, ...] = ()
    months: tuple[str, ...] = ()
    seconds: float = 0.0


def month_of(reading: Reading) -> str:
    """The month of publication, by which the set is partitioned."""
    day = reading.document.published.start or reading.document.published.end
    return f"{day:%Y-%m}" if day else UNKNOWN_MONTH


def write_unit(out: Path, name: str, readings: Iterable[Reading]) -> tuple[str, ...]:
    """Write the files of a unit; gives their months."""
    months: dict[str, list[Reading]] = {}
    for reading in readings:
        months.setdefault(month_of(reading), []).append(reading)
    for month, held in sorted(months.items()):
        write_table(out / "documents" / f"month={month}" / f"{name}.parquet", DOCUMENTS, map(document_row, held))
        rows = (row for reading in held for row in mention_rows(reading))
        write_table(out / "mentions" / f"month={month}" / f"{name}.parquet", MENTIONS, rows)
    return tuple(sorted(months))


def document_row(reading: Reading) -> tuple[object, ...]:
    """The columns of ``DOCUMENTS``; the text stands in its own column and not in the reading."""
    document = reading.document
    published = document.published
    bare = msgspec.structs.replace(reading, document=msgspec.structs.replace(document, text=""))
    days = (published.start, published.end)
    return (
        *(document.id, document.url, document.outlet, document.title, document.kind.value, document.issuer),
        *(day.isoformat() if day else None for day in days),
        *(document.digest, document.text, _encode(bare).decode()),
    )


def mention_rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    """The columns of ``MENTIONS`` for each mention."""
    document = reading.document
    for mention, wordings, payload in prepared(reading).mentions:
        identity = mention_id(document.id, document.digest, mention)
        span = mention.span
        yield identity, document.id, kind_of(mention).value, span.start, span.end, mention.rule, wordings, payload


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a Parquet file, whole or not at all."""
    pyarrow, parquet = arrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    held = list(rows)
    kinds = {name: pyarrow.int64() if name.startswith("span_") else pyarrow.string() for name in columns}
    schema = pyarrow.schema(list(kinds.items()))
    arrays = [pyarrow.array([row[n] for row in held], type=kinds[name]) for n, name in enumerate(columns)]
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    parquet.write_table(pyarrow.table(arrays, schema=schema), waiting, compression="zstd")
    waiting.replace(path)


def write_report(out: Path, report: UnitReport) -> None:
    """Acknowledge a unit."""
    folder = out / "done"
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / f".{report.unit}.{os.getpid()}"
    waiting.write_bytes(_encode(report))
    waiting.replace(folder / f"{report.unit}.json")


def reports_in(out: Path) -> list[UnitReport]:
    """The reports of all finished units, in order of their names. Raises SourceError when the folder has none."""
    paths = sorted((out / "done").glob("*.json"))
    if not paths:
        raise SourceError(f"{out} holds no finished part of a run; `dragoman run SOURCES {out}` makes them")
    return [msgspec.json.decode(path.read_bytes(), type=UnitReport) for path in paths]


def readings_in(out: Path, months: Sequence[str] = ()) -> Iterator[Reading]:
    """The readings of the finished units, month by month; of the given months only, where some are given."""
    _, parquet = arrow()
    files = [(month, report.unit) for report in reports_in(out) for month in report.months]
    for month, unit in sorted(files):
        if months and month not in months:
            continue
        with parquet.ParquetFile(out / "documents" / f"month={month}" / f"{unit}.parquet") as held:
            for batch in held.iter_batches(batch_size=500, columns=["text", "reading"]):
                for row in batch.to_pylist():
                    yield reading_from(row)


def reading_from(row: dict[str, Any]) -> Reading:
    """The reading of a row."""
    reading = _reading(row["reading"])
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, text=row["text"]))


def arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet module."""
    with extra("scale", "a set of Parquet files"):
        import pyarrow
        import pyarrow.parquet as parquet
    return pyarrow, parquet
