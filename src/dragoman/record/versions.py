"""What did a new text of a document change: its substance, or only how it is written?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.entries import Version
from dragoman.record.span import Span


class EditKind(StrEnum):
    """What sort of change an edit is; only the last changes what is said."""

    SPACING = "spacing"
    PUNCTUATION = "punctuation"
    CAPITALS = "capitals"
    SPELLING = "spelling"
    SUBSTANCE = "substance"


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch that differs: the exact words of both texts, either of which may be empty, and where they stand.

    ``lead`` and ``tail`` are the words that both texts have before and after it.
    """

    kind: EditKind
    before: str
    after: str
    before_span: Span
    after_span: Span
    lead: str = ""
    tail: str = ""


class VersionChange(msgspec.Struct, frozen=True, kw_only=True):
    """From one version of a document to the next."""

    earlier: Version
    later: Version
    edits: tuple[Edit, ...]

    @property
    def of_substance(self) -> tuple[Edit, ...]:
        """The edits that change what is said."""
        return tuple(edit for edit in self.edits if edit.kind is EditKind.SUBSTANCE)


class DocumentVersions(msgspec.Struct, frozen=True, kw_only=True):
    """Every version of a document, oldest first, and what changed from each to the next."""

    document: str
    versions: tuple[Version, ...]
    changes: tuple[VersionChange, ...]
