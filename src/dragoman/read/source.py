"""What is there to read, what is refused, and what is set aside?"""

from __future__ import annotations

import msgspec

from dragoman.errors import InputError
from dragoman.read.given import NOTHING, Given


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document to be read: a file, or a text that a manifest holds. ``name`` is how messages call it."""

    name: str
    path: str | None = None
    text: str | None = None
    html: str | None = None
    given: Given = NOTHING


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """An input that is not read, with the reason and the remedy."""

    name: str
    reason: str
    error: str = ""  # name of the error's class


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Something set aside without being an error: a column that is not known, a picture in a folder."""

    name: str
    reason: str


Found = Source | Refusal | Unread


def refusal(name: str, error: InputError) -> Refusal:
    """The refusal that an error stands for."""
    return Refusal(name=name, reason=str(error), error=type(error).__name__)
