"""What can be counted in an account of an engagement?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.span import Span


class ContentKind(StrEnum):
    """What is counted."""

    THANKS = "thanks"
    CONDOLENCES = "condolences"
    REQUESTS = "requests"
    NEXT_STEPS = "next_steps"
    NUMBERS = "numbers"
    DEADLINES = "deadlines"
    THIRD_PARTIES = "third_parties"
    NAMES = "names"  # the names that the account uses for places, regions and groups
    ATMOSPHERE = "atmosphere"
    COMMITMENTS_OF_OTHER = "commitments_of_other"  # what this side reports the other to have agreed or promised


class ContentItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing counted: its exact words and where they stand; ``party`` is the code of a third party."""

    kind: ContentKind
    text: str
    document: str
    span: Span
    party: str | None = None


class AccountContents(msgspec.Struct, frozen=True, kw_only=True):
    """Everything counted in one account, in order of the text. What is not here is not mentioned in its points."""

    readout: str
    issuer: str
    items: tuple[ContentItem, ...] = ()
