"""Where does a given wording stand in the book?"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.comparison import Change
from dragoman.record.mentions import Relay
from dragoman.record.span import Span


class QuoteVerdict(StrEnum):
    """How given words stand to those of the book, the nearest first."""

    VERBATIM = "verbatim"
    SHORTENED = "shortened"  # word for word, and the book has more before or after, or where dots stand
    STRETCHED = "stretched"  # the book's words with more added to them
    ALTERED = "altered"
    NOT_FOUND = "not_found"


class QuoteMatch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place of the book with the words or words like them.

    ``statement`` is the entry's id; None when the words stand in a document's text and were read as nobody's statement,
    and then ``span`` says where. ``documents`` print them. ``diff`` leads from the book's words to those given.
    ``other_speaker`` is True when a speaker was named and this is not that one.
    """

    verdict: QuoteVerdict
    wording: str
    documents: tuple[str, ...]
    statement: str | None = None
    span: Span | None = None
    speaker: str | None = None
    office: str | None = None
    parties: tuple[str, ...] = ()
    channel: str | None = None
    relay: tuple[Relay, ...] = ()
    directness: str | None = None
    published: datetime.date | None = None
    diff: tuple[Change, ...] = ()
    other_speaker: bool = False


class QuoteCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on given words: that of the nearest match, by the named speaker if there is one."""

    words: str
    speaker: str | None
    verdict: QuoteVerdict
    other_speaker: bool
    matches: tuple[QuoteMatch, ...]
