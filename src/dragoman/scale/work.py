"""What does one machine do with one unit? It is the laptop's own reading, batch by batch, written to the set."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from dragoman.library import decode_batch, read_batch
from dragoman.read import Refusal, Source
from dragoman.record.document import Document
from dragoman.record.reading import Reading
from dragoman.scale.parts import UnitReport, write_report, write_unit
from dragoman.scale.units import Unit, batches_of

LETHAL = (
    "DRAGOMAN_TEST_DIES_AT"  # a file: the first worker that finds it removes it and dies, to test that nothing is lost
)


class Tally:
    """What a unit has met so far."""

    def __init__(self) -> None:
        self.read = self.set_aside = 0
        self.refused: list[Refusal] = []


def read_unit(unit: Unit, out: str) -> UnitReport:
    """Read a unit, write its files and acknowledge it. Done twice, it leaves the same files."""
    started = time.process_time()
    tally = Tally()
    months = write_unit(Path(out), unit.name, readings_of(unit, tally))
    report = UnitReport(
        unit=unit.name,
        path=unit.path,
        read=tally.read,
        set_aside=tally.set_aside,
        refused=tuple(tally.refused),
        months=months,
        seconds=time.process_time() - started,
    )
    write_report(Path(out), report)
    return report


def readings_of(unit: Unit, tally: Tally) -> Iterator[Reading]:
    """The readings of a unit, in order."""
    for batch in batches_of(unit):
        tally.refused.extend(item for item in batch if isinstance(item, Refusal))
        documents: list[Document] = []
        for item in decode_batch([item for item in batch if isinstance(item, Source)]).results:
            if isinstance(item, Document):
                documents.append(item)
            elif isinstance(item, Refusal):
                tally.refused.append(item)
            else:
                tally.set_aside += 1
        for result in read_batch(documents).results:
            if isinstance(result, Reading):
                tally.read += 1
                yield result
            elif isinstance(result, Refusal):
                tally.refused.append(result)
