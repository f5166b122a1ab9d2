"""How well is a text without a date dated? The dates of the releases are hidden, and the intervals held against them.

    python benchmarks/dating.py ../shared/corpora/state-releases/dev.jsonl.gz [--wrong]

Each release is read from its page alone, without address, title and stamp. ``--wrong`` names the releases whose interval
does not hold the true day.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from dragoman.mark.times.dating import inferred_publication
from dragoman.read import document_of_page
from dragoman.record.document import UNKNOWN_PUBLICATION, Publication
from dragoman.segment.divide import divide

YEAR = 365.25


class Dated(NamedTuple):
    """A release with its true day and what its words alone leave open."""

    url: str
    true: datetime.date
    found: Publication

    @property
    def given(self) -> bool:
        """Whether there is an interval at all."""
        return self.found.start is not None or self.found.end is not None

    @property
    def holds(self) -> bool:
        """Whether the interval holds the true day; a stamp may be of the day after in another zone."""
        start, end = self.found.start, self.found.end
        early = start is not None and self.true < start
        return not early and not (end is not None and self.true > end + datetime.timedelta(days=1))

    @property
    def days(self) -> int | None:
        """The width of an interval that is closed on both sides."""
        start, end = self.found.start, self.found.end
        return (end - start).days + 1 if start and end else None


def releases(path: Path) -> Iterator[Dated]:
    """Every release of the file, dated by its text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            document = msgspec.structs.replace(
                document_of_page(row["versions"][0]["html"]), published=UNKNOWN_PUBLICATION
            )
            found = inferred_publication(document, divide(document))
            yield Dated(row["url"], datetime.date.fromisoformat(row["published"][:10]), found)


def table(all_of: Sequence[Dated]) -> list[tuple[str, str]]:
    """What to print, in the order of the page on quality."""
    given = [one for one in all_of if one.given]
    held = sum(one.holds for one in given)
    widths = sorted(days for one in given if (days := one.days) is not None)
    bases = Counter(one.found.basis for one in given)
    return [
        ("texts", f"{len(all_of)}"),
        ("texts with an interval", f"{len(given)} ({len(given) / len(all_of):.3f})"),
        ("intervals that hold the true day", f"{held} ({held / max(1, len(given)):.3f})"),
        ("closed on both sides", f"{len(widths)}"),
        ("median width of the closed ones", f"{statistics.median(widths) / YEAR:.1f} years" if widths else "none"),
        ("closed and at most a year wide", f"{sum(days <= YEAR + 1 for days in widths)}"),
        ("one day", f"{sum(days == 1 for days in widths)}"),
        ("open above", f"{sum(one.found.end is None for one in given)}"),
        ("open below", f"{sum(one.found.start is None for one in given)}"),
        ("by basis", ", ".join(f"{basis} {number}" for basis, number in sorted(bases.items()))),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--wrong", action="store_true", help="name the releases whose interval is wrong")
    arguments = parser.parse_args()
    all_of = list(releases(arguments.releases))
    for name, value in table(all_of):
        sys.stdout.write(f"{name:36} {value}\n")
    for one in all_of if arguments.wrong else ():
        if one.given and not one.holds:
            sys.stdout.write(f"{one.true} {one.found.start} {one.found.end} {one.found.detail}\n    {one.url}\n")


if __name__ == "__main__":
    main()
