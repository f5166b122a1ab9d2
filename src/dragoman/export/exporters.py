"""Which forms can a book be written in? Those of this house, and those that installed packages offer.

A package offers one under the entry point group ``dragoman.exporters``: a name, and an ``Exporter``.

    [project.entry-points."dragoman.exporters"]
    myform = "mypackage.dragoman:MY_FORM"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

import msgspec

from dragoman.book import Book
from dragoman.errors import DataError
from dragoman.export.annotations import export_annotations
from dragoman.export.csv_files import CSV
from dragoman.export.graphml import export_graphml
from dragoman.export.ics import export_ics
from dragoman.export.jsonl import export_jsonl
from dragoman.export.parquet import PARQUET
from dragoman.export.plover import export_cameo, export_plover
from dragoman.export.references import export_bibtex, export_ris
from dragoman.export.tables import export_tables
from dragoman.export.timeml import export_timeml
from dragoman.record.entries import Filter

GROUP = "dragoman.exporters"


class Exporter(msgspec.Struct, frozen=True):
    """A form of export: what it writes, into a file or a folder, and the function that does.

    The function takes the book, the path and the filter, and says how many things it wrote, by name.
    """

    about: str
    write: Callable[[Book, Path, Filter], dict[str, int]]
    folder: bool = False


EXPORTERS: dict[str, Exporter] = {
    "jsonl": Exporter("a folder of JSON Lines files, one a kind, with every value", export_jsonl, folder=True),
    "csv": Exporter(
        "a folder of CSV tables for spreadsheets, with a Table Schema", partial(export_tables, kind=CSV), folder=True
    ),
    "parquet": Exporter(
        "a folder of Parquet tables for DuckDB, pandas, polars and R", partial(export_tables, kind=PARQUET), folder=True
    ),
    "ics": Exporter("open due dates and planned engagements as a calendar (iCalendar)", export_ics),
    "graphml": Exporter("who met whom, as a graph (GraphML)", export_graphml),
    "plover": Exporter("PLOVER events, one line of JSON an event", export_plover),
    "cameo": Exporter("CAMEO events, one row of CSV a source and target", export_cameo),
    "timeml": Exporter("a folder of TimeML files: the time expressions of each text", export_timeml, folder=True),
    "annotations": Exporter("what was read in each text, as W3C Web Annotations (JSON-LD)", export_annotations),
    "bibtex": Exporter("the documents as BibTeX entries", export_bibtex),
    "ris": Exporter("the documents as RIS records, for Zotero and EndNote", export_ris),
}


def offered() -> Iterator[tuple[str, Exporter]]:
    """The exporters of installed packages, by name. Raises DataError for one that is none, or takes a name of ours."""
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        found = point.load()
        if not isinstance(found, Exporter):
            raise DataError(f"{point.value}: the entry point {point.name} of {GROUP} is no dragoman.export.Exporter")
        if point.name in EXPORTERS:
            raise DataError(
                f"{point.value}: {point.name} is a form of Dragoman's own; give the entry point another name"
            )
        yield point.name, found
