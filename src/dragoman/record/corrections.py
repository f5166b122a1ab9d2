"""What does a person tell the book to do otherwise, and how is the decision kept?

An *act* is what is asked for (``Reject("eng-2f")``); a *correction* is the act as the book keeps it: who, when, why, and
the places in the texts that it is about. A correction is found again by those places, so that it holds when documents
are read anew, when entries are linked anew, and in another book that has the same texts.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from dragoman.record.corrected import Action
from dragoman.record.entries import BookMention, EntryKind
from dragoman.record.span import Span


class Change(msgspec.Struct, frozen=True):
    """A field with its value as a person writes it; None says that the value is not known.

    Days are written 2025-05-28, 2025-05, 2025 or 2025-05-01..2025-05-03; lists with commas; participants as
    ``Marco Rubio (USA); David Lammy (GBR)``; anything else that is not plain as JSON.
    """

    field: str
    value: str | None


class Confirm(msgspec.Struct, frozen=True, tag_field="act", tag="confirm"):
    """The entry is right."""

    entry: str


class Reject(msgspec.Struct, frozen=True, tag_field="act", tag="reject"):
    """The entry is wrong: it leaves lists, searches, briefs and exports."""

    entry: str


class Merge(msgspec.Struct, frozen=True, tag_field="act", tag="merge"):
    """These entries of one kind are one."""

    entries: tuple[str, ...]


class Split(msgspec.Struct, frozen=True, tag_field="act", tag="split"):
    """These mentions (ids, or their beginnings) of the entry are something else, together."""

    entry: str
    mentions: tuple[str, ...]


class Edit(msgspec.Struct, frozen=True, tag_field="act", tag="edit"):
    """Values of the entry are others."""

    entry: str
    changes: tuple[Change, ...]


class Add(msgspec.Struct, frozen=True, tag_field="act", tag="add"):
    """The current text of the document says at that place what was missed: a mention of that kind with those values."""

    document: str
    span: Span
    kind: EntryKind
    changes: tuple[Change, ...] = ()


AnyAct = Confirm | Reject | Merge | Split | Edit | Add


class Anchor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in a text that a correction is about: the document, its text, the span with its words, what it says there."""

    document: str
    url: str | None = None
    digest: str
    mention: str  # the mention's id when the correction was made
    span: Span
    words: str
    says: BookMention


class Target(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry, or a part of one, by its id then and its evidence then, in canonical order."""

    entry: str | None = None
    anchors: tuple[Anchor, ...] = ()


class Revocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who took a correction back, at which moment (ISO 8601), and why."""

    by: str
    at: str
    why: str = ""


class Standing(StrEnum):
    """What became of a correction in this book."""

    APPLIES = "applies"
    OVERRULED = "overruled"  # a later one says the contrary
    LOST = "no longer applies"  # what it is about is not found
    REVOKED = "revoked"


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision of a person. ``turn`` orders corrections: the later prevails, whatever the clocks said.

    ``standing`` and ``detail`` are of the book that was asked.
    """

    id: str
    turn: int
    act: AnyAct
    kind: EntryKind
    by: str
    at: str  # the moment, ISO 8601
    why: str = ""
    targets: tuple[Target, ...] = ()
    revoked: Revocation | None = None
    standing: Standing = Standing.APPLIES
    detail: str = ""

    @property
    def action(self) -> Action:
        """What is done."""
        return Action(str(self.act.__struct_config__.tag))

    @property
    def day(self) -> datetime.date:
        """The day on which it was made."""
        return datetime.date.fromisoformat(self.at[:10])


class CorrectionFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which corrections are asked for; an empty field asks nothing. ``entry`` is an id, also one since merged."""

    entry: str | None = None
    document: str | None = None
    by: str | None = None
    action: Action | None = None
    standing: Standing | None = None
    limit: int | None = None


EVERY_CORRECTION = CorrectionFilter()


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What applying another book's corrections did: how many were new, taken back, or known already."""

    new: int = 0
    revoked: int = 0
    known: int = 0
