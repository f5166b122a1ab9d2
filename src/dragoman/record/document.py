"""What is a document, and what is known about its publication?"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.span import Span


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    NEWS = "news"
    READOUT = "readout"
    JOINT_STATEMENT = "joint_statement"
    STATEMENT = "statement"
    FACT_SHEET = "fact_sheet"
    PRESS_RELEASE = "press_release"
    TRANSCRIPT = "transcript"
    POST = "post"
    COMMENTARY = "commentary"
    UNKNOWN = "unknown"


class PublishedBasis(StrEnum):
    """What a publication date rests on."""

    GIVEN = "given"  # by the manifest, front matter or the caller
    PAGE = "page_metadata"
    HEADER = "header"  # of a mail, a feed's entry or a database's record
    DATELINE = "dateline"
    INFERRED = "inferred"  # an interval that the text's own dates leave open
    UNKNOWN = "unknown"


class Publication(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The day, or the interval of days, on which a document was published.

    ``start == end`` is a known day. A single open end says "after" or "before". ``detail`` says the grounds
    in words for a reader ("after 10 May 2025, a Thursday"); ``moment`` keeps a given time of day with its zone.
    """

    start: datetime.date | None = None
    end: datetime.date | None = None
    basis: PublishedBasis = PublishedBasis.UNKNOWN
    detail: str = ""
    moment: str | None = None
    weekday: int | None = None  # 0 is Monday; for an interval whose weekday is known

    @property
    def day(self) -> datetime.date | None:
        """The publication day when it is known exactly, else None."""
        return self.start if self.start is not None and self.start == self.end else None


UNKNOWN_PUBLICATION = Publication()


class BoilerplateKind(StrEnum):
    """Why a stretch of a document is kept out of reading."""

    REPEATED_TITLE = "repeated_title"
    RELATED = "related_links"
    SIGN_OFF = "sign_off"
    MENU = "menu"
    ADVERTISEMENT = "advertisement"
    SCRIPT = "script"
    CAPTION_CREDIT = "caption_credit"
    ADDRESS = "address"


class Boilerplate(msgspec.Struct, frozen=True):
    """A stretch that is stored but not read."""

    kind: BoilerplateKind
    span: Span
    rule: str


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One published text. ``id`` is the manifest's id, else the url, else the path; spans point into ``text``."""

    id: str
    text: str
    digest: str  # sha256 of the text, as hexadecimal
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    title_span: Span | None = None  # where the title stands in the text, if it does
    published: Publication = UNKNOWN_PUBLICATION
    kind: DocumentKind = DocumentKind.UNKNOWN
    kind_basis: str = ""
    issuer: str | None = None  # party code of an official text's issuer
    language: str = "en"
    boilerplate: tuple[Boilerplate, ...] = ()
