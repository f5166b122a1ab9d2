"""The book's events as CAMEO rows: one line of CSV for each source and target, as the older event data sets have them.

Columns and their order follow the Phoenix and ICEWS files as far as these agree. Goldstein's scores and the quad class
(1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict) are those of the manual's tables.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations, product
from pathlib import Path

import msgspec

from dragoman.book import Book
from dragoman.export.csv_files import CsvSheet
from dragoman.export.files import beside
from dragoman.export.plover.record import Actor, Event
from dragoman.export.plover.write import events_of
from dragoman.export.tables import Table, column_of
from dragoman.record.entries import EVERYTHING, Filter


class CameoRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event between one source and one target; those of a meeting stand as source and as target in turn."""

    event_id: str
    date: datetime.date | None
    end_date: datetime.date | None
    date_basis: str
    source: str
    source_sector: str
    target: str
    target_sector: str
    cameo_code: str
    cameo_root: str
    quad_class: int
    goldstein: float
    special: str | None
    location: str | None
    location_country: str | None
    text: str
    document: str
    start: int
    end: int
    url: str | None
    publication: str | None
    origins: int
    entry: str
    rule: str


def export_cameo(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the rows in place of ``path``; how many they are."""
    names = CameoRow.__struct_fields__
    hints = msgspec.structs.fields(CameoRow)
    table = Table("cameo", "", tuple(column_of(field.name, field.type) for field in hints))
    count = 0
    with beside(path) as draft, closing(CsvSheet(draft, table)) as sheet:
        for event in events_of(book, wanted):
            for row in rows_of(event):
                sheet.add([getattr(row, name) for name in names])
                count += 1
    return {"rows": count}


def rows_of(event: Event) -> Iterator[CameoRow]:
    """The rows of an event: every source with every recipient, or, where all act together, every two of them."""
    pairs = list(product(event.source, event.recipient))
    if not pairs:
        pairs = [pair for one, other in combinations(event.source, 2) for pair in ((one, other), (other, one))]
    for source, target in dict.fromkeys(((code_of(one), code_of(other)) for one, other in pairs)):
        if source != target:
            yield row_of(event, source, target)


def code_of(actor: Actor) -> tuple[str, str]:
    """An actor's code and sector."""
    return actor.code or "", actor.sector


def row_of(event: Event, source: tuple[str, str], target: tuple[str, str]) -> CameoRow:
    """The row of one source and one target."""
    return CameoRow(
        event_id=event.id,
        date=event.date,
        end_date=event.enddate,
        date_basis=event.date_basis,
        source=source[0],
        source_sector=source[1],
        target=target[0],
        target_sector=target[1],
        cameo_code=event.cameo,
        cameo_root=event.cameo[:2],
        quad_class=event.quad_code,
        goldstein=event.goldstein,
        special=event.special,
        location=event.event_loc.name if event.event_loc else None,
        location_country=event.event_loc.cc3 if event.event_loc else None,
        text=event.text,
        document=event.text_info.document,
        start=event.text_info.start,
        end=event.text_info.end,
        url=event.cite_info.url,
        publication=event.cite_info.publication,
        origins=event.origins,
        entry=event.entry,
        rule=event.rule,
    )
