"""What does a comparison of several accounts of one engagement say?"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from dragoman.record.contents import AccountContents
from dragoman.record.entries import EntryPoint


class Verdict(StrEnum):
    """How the accounts stand to each other on one point."""

    SAME_WORDS = "same_words"
    REWORDED = "reworded"
    ONE_ONLY = "one_only"  # not mentioned in the other accounts; nothing more is said


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side's account, or a joint one of all ``issuers``: the readout entry, its size, and what is counted in it."""

    readout: str
    issuer: str
    joint: bool = False
    relayed: bool = False
    spokesperson: str | None = None
    documents: tuple[str, ...] = ()
    words: int = 0
    points: int = 0
    issuers: tuple[str, ...] = ()  # of a joint account that several parties issued in the same words


class PlacedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A point and the number of the account it stands in; ``order`` is its place there, from 1."""

    account: int
    order: int
    share: float  # of the account's words
    point: EntryPoint


class Change(msgspec.Struct, frozen=True, array_like=True):
    """One piece of a word diff: "same", "left" (first account only) or "right" (second only), and the words."""

    side: str
    words: str


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Points of different accounts that speak of one thing. ``gap`` is the difference of verb strength."""

    verdict: Verdict
    points: tuple[PlacedPoint, ...]
    topics: tuple[str, ...] = ()
    gap: int = 0
    diff: tuple[Change, ...] = ()


class TopicLine(msgspec.Struct, frozen=True, kw_only=True):
    """A topic, and how many points of each account touch it, in order of the accounts."""

    topic: str
    counts: tuple[int, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts of one engagement, aligned point by point; rows in the order of the first account."""

    engagement: str
    accounts: tuple[Account, ...]
    rows: tuple[Row, ...]
    topics: tuple[TopicLine, ...]
    contents: tuple[AccountContents, ...] = ()  # in order of the accounts, where they were counted
