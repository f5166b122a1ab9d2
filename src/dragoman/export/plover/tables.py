"""Which PLOVER and CAMEO codes belong to what the book holds?"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from dragoman.lexicon.tables import rows_of

HERE = files(__package__)
ANY = "*"


class EventType(msgspec.Struct, frozen=True):
    """A PLOVER type: its quad class from 1 to 4 and its conflict-cooperation score from -10 to 10."""

    name: str
    quad: int
    score: float


class Code(msgspec.Struct, frozen=True):
    """What something is coded as; ``special`` is future, hypothetical, negation or empty."""

    event: str
    mode: str
    cameo: str
    special: str


@cache
def event_types() -> dict[str, EventType]:
    """The types by name."""
    rows = rows_of(HERE / "types.csv", ("type", "quad", "score"))
    return {name: EventType(name, int(quad), float(score)) for name, quad, score in (row.cells for row in rows)}


@cache
def goldstein() -> dict[str, float]:
    """The Goldstein score of every CAMEO code that occurs here."""
    return {row.cells[0]: float(row.cells[1]) for row in rows_of(HERE / "cameo.csv", ("code", "goldstein", "meaning"))}


@cache
def codes() -> dict[str, Code]:
    """The codes by "entry/kind/status". Raises LexiconError for an unknown type or CAMEO code."""
    found: dict[str, Code] = {}
    for row in rows_of(HERE / "codes.csv", ("what", "event", "mode", "cameo", "special")):
        what, event, mode, cameo, special = row.cells
        if event not in event_types() or cameo not in goldstein():
            raise row.wrong(f"{event} or {cameo} is in no table; add it to types.csv or cameo.csv")
        found[what] = Code(event, mode, cameo, special)
    return found


def code_of(entry: str, kind: str, status: str = ANY) -> Code | None:
    """The code of an entry, or None when it is none of PLOVER's events."""
    table = codes()
    for key in ((kind, status), (ANY, status), (kind, ANY), (ANY, ANY)):
        what = "/".join((entry, *key))
        if what in table:
            return table[what]
    return None


@cache
def contexts() -> dict[str, str]:
    """The PLOVER context of a topic."""
    return {row.cells[0]: row.cells[1] for row in rows_of(HERE / "contexts.csv", ("topic", "context"))}


@cache
def sectors() -> tuple[tuple[str, str], ...]:
    """Words of offices with their sectors, in the order in which they are tried."""
    return tuple(
        (row.cells[0], row.cells[1]) for row in rows_of(HERE / "sectors.csv", ("word", "sector"), ordered=False)
    )


def sector_of(office: str | None) -> str:
    """The sector of an office; a state without a named office acts through its government."""
    return next((sector for word, sector in sectors() if office and word in office), "GOV")
