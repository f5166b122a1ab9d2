"""What does one exported event say? The field names are the manual's; ``docs/plover.md`` describes them."""

from __future__ import annotations

import datetime

import msgspec

from dragoman.export.lines import Line


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts or is acted on: an ISO 3166-1 alpha-3 code, or IGO for a bloc, and a sector."""

    code: str | None
    sector: str
    actor_text: str | None
    identifier_text: str | None
    office: str | None


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where it was: a place's name and its country's code."""

    name: str | None
    cc3: str | None


class TextInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Where the evidence stands: a document and offsets into its stored text."""

    document: str
    start: int
    end: int


class Cite(msgspec.Struct, frozen=True, kw_only=True):
    """The document that the evidence stands in."""

    citation: str
    url: str | None
    title: str | None
    language: str
    publication: str | None


class Event(Line, frozen=True, kw_only=True):
    """One event. ``date`` to ``enddate`` is the interval of days in which it lies, on the grounds of ``date_basis``."""

    date: datetime.date | None
    enddate: datetime.date | None
    date_basis: str
    date_precision: str
    source: list[Actor]
    recipient: list[Actor]
    event: list[str]
    mode: list[str]
    context: list[str]
    special: str | None  # future, hypothetical or negation; stands in ``context`` too
    quad_code: int
    event_scale: float
    cameo: str
    goldstein: float
    event_loc: Location | None
    text: str
    text_info: TextInfo
    cite_info: Cite
    origins: int
    documents: list[str]
    entry: str  # id of the entry of the book
    entry_kind: str
    status: str | None
    link: str | None  # common to the events of one entry, where it has several
    rule: str
    coder: str
