"""Which accounts are one side's readout of one engagement?

One side's accounts of one engagement are one readout, whether printed in full, quoted or relayed. A joint statement is
a readout of its own: each side signs it, and each may publish its own account beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from dragoman.record.document import DocumentKind
from dragoman.record.entries import EntryKind, EntryPoint, Evidence, ReadoutEntry
from dragoman.record.mentions import ReadoutMention

OFFICIAL = frozenset({DocumentKind.READOUT, DocumentKind.JOINT_STATEMENT, DocumentKind.STATEMENT})


def account_of(evidence: Evidence) -> ReadoutMention:
    """The readout mention of a piece of evidence."""
    mention = evidence.mention
    if not isinstance(mention, ReadoutMention):
        raise TypeError(f"{evidence.id} is no readout")
    return mention


class ReadoutLinker:
    """Readout mentions become readouts."""

    kind = EntryKind.READOUT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The engagement, the side, and whether it speaks for others too; none when the engagement is not known."""
        if evidence.engagement is None:
            return ()
        account = account_of(evidence)
        return (f"{evidence.engagement}:{account.issuer}:{'joint' if account.joint else 'own'}",)

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """All accounts of a block are one readout."""
        return [list(range(len(block)))]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> ReadoutEntry:
        """The readout, with the points of its fullest account."""
        return fold_readout(entry_id, evidence)


def fold_readout(entry_id: str, evidence: Sequence[Evidence]) -> ReadoutEntry:
    """The readout that the accounts make together; a pure function of their set."""
    ordered = sorted(evidence, key=lambda item: item.order)
    best = max(ordered, key=fullness)
    accounts = [account_of(item) for item in ordered]
    days = [day for day in (published(item) for item in ordered) if day is not None]
    return ReadoutEntry(
        id=entry_id,
        mentions=tuple(dict.fromkeys(item.id for item in ordered)),
        documents=tuple(dict.fromkeys(item.document.id for item in ordered)),
        origins=len({item.document.origin for item in ordered}),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
        issuer=account_of(best).issuer,
        engagement=best.engagement,
        account_giver=first(a.account_giver for a in accounts),
        spokesperson=first(a.spokesperson for a in accounts),
        channel=account_of(best).channel,
        relayed=all(a.relayed for a in accounts),
        joint=any(a.joint for a in accounts),
        points=points_of(best),
        topics=tuple(dict.fromkeys(topic for a in accounts for topic in a.topics)),
    )


def fullness(evidence: Evidence) -> tuple[bool, bool, int]:
    """An official page before a news text, its own words before relayed ones, more points before fewer."""
    account = account_of(evidence)
    return evidence.document.kind in OFFICIAL, not account.relayed, len(account.points)


def published(evidence: Evidence) -> datetime.date | None:
    """The first day on which the document can have been published."""
    return evidence.document.published.start or evidence.document.published.end


def first(values: Iterable[str | None]) -> str | None:
    """The first value that is there."""
    return next((value for value in values if value), None)


def points_of(evidence: Evidence) -> tuple[EntryPoint, ...]:
    """The points of an account with their words."""
    return tuple(
        EntryPoint(
            text=text,
            document=evidence.document.id,
            span=point.span,
            topics=point.topics,
            raised_by=point.raised_by,
            verb=point.verb,
            strength=point.strength,
            stance=point.stance,
            act=point.act,
        )
        for point, text in zip(account_of(evidence).points, evidence.wordings, strict=True)
    )
