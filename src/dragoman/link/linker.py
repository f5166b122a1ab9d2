"""What does a linker have to promise so that any order of reading gives the same book?

Linking works through *blocks*: names under which mentions that may be one thing meet (a pair of parties in a week, a
surname). ``blocks`` looks at one mention only. ``same`` looks at one block only, in canonical order, and groups what
is one thing. Groups that share a mention across blocks are one entry. ``fold`` makes the entry from all its mentions.
All three are pure: they depend on their arguments alone, and never on the order in which documents were read.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import msgspec

from dragoman.record.entries import AnyEntry, EntryKind, Evidence

WEAK = "weak:"  # begins the name of a block that says nothing when many meet in it: it holds none of them together then
# Mentions in such a block. A run of words in so many statements is a stock phrase, or of a quotation that everybody
# prints: those of the same words meet by the whole of them. Without a bound, one document more looked at 1,000 mentions in a
# book of 3,000 generated documents.
MANY = {EntryKind.ENGAGEMENT: 64, EntryKind.STATEMENT: 256}


class Linker(Protocol):
    """How mentions of one kind become entries of that kind."""

    kind: EntryKind

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The blocks in which a mention may meet its like; none for a mention that stands alone."""
        ...

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of positions in the block that are one thing. Positions not named stand alone in this block."""
        ...

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> AnyEntry:
        """The entry that these mentions, in canonical order, make together.

        The book fills in mentions, documents, origins, days of publication and references to other entries itself.
        """
        ...


class Form(msgspec.Struct, frozen=True):
    """Mentions that say the same: the first of them, how many they are, and their first and last day of publication."""

    evidence: Evidence
    count: int
    first: datetime.date | None
    last: datetime.date | None


@runtime_checkable
class WeakLinker(Linker, Protocol):
    """A linker that can tell of a weak block, before too many meet in it, that it says nothing."""

    def is_spent(self, block: Sequence[Evidence]) -> bool:
        """Whether a weak block says nothing any more, and will not however many more come to meet in it."""
        ...


@runtime_checkable
class FormLinker(Linker, Protocol):
    """A linker for which many mentions say the very same, so that they are linked and folded as one."""

    def form(self, evidence: Evidence) -> str:
        """All of a mention that ``blocks``, ``same`` and ``fold`` look at, but for its document and its place."""
        ...

    def same_forms(self, block: Sequence[Evidence], counts: Sequence[int]) -> Sequence[Sequence[int]]:
        """What ``same`` gives for a block in which each mention stands so many times."""
        ...

    def fold_forms(self, entry_id: str, forms: Sequence[Form]) -> AnyEntry:
        """What ``fold`` gives for these forms, in the canonical order of their first mentions, without ids of mentions."""
        ...


@runtime_checkable
class Settling(Linker, Protocol):
    """A linker of what may fit one group in one block and another in the next, without making the two one."""

    def settled(self, part: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of positions among mentions, in canonical order, that groups of several blocks hold together."""
        ...
