"""What came out of reading one document?"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Person
from dragoman.record.mentions import AnyMention
from dragoman.record.segments import Segments
from dragoman.record.span import Span


class Outcome(StrEnum):
    """What became of a rule at one place."""

    TAKEN = "taken"
    LOST = "lost"  # it matched, and another rule's reading of the same cue was preferred
    DROPPED = "dropped"  # it matched, and its builder refused; ``note`` says why
    LOOKED_AT = "looked_at"  # its cue stood there and the pattern did not match


class Firing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule at one place of a text, with its slots, for ``explain`` and for the examples' runner."""

    rule: str
    span: Span
    slots: tuple[tuple[str, Span], ...] = ()
    outcome: Outcome = Outcome.TAKEN
    note: str = ""


class Gap(msgspec.Struct, frozen=True):
    """A stretch that could not be read, and why; the document goes on."""

    span: Span
    step: str
    reason: str


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that was read in one document; ``firings`` is filled only when an explanation was asked for."""

    document: Document
    segments: Segments
    people: tuple[Person, ...] = ()
    marks: tuple[AnyMark, ...] = ()
    mentions: tuple[AnyMention, ...] = ()
    firings: tuple[Firing, ...] = ()
    gaps: tuple[Gap, ...] = ()
    grammar: str = ""
    bands: tuple[int, ...] | None = None  # the names under which the text meets its copies, once they are known

    def __reduce__(self) -> str | tuple[Any, ...]:
        """A reading goes from process to process as one string of bytes: a fifth of the time that its records take."""
        try:
            return read_again, (WRITING.encode(self),)
        except (UnicodeEncodeError, OverflowError):  # lone surrogates, numbers of more than 64 bits
            return super().__reduce__()


WRITING = msgspec.msgpack.Encoder()
READING = msgspec.msgpack.Decoder(Reading)


def read_again(written: bytes) -> Reading:
    """The reading that another process has written."""
    return READING.decode(written)
