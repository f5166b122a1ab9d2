"""How are accounts joined by the plainest rule: the same side, the same engagement?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.entries import (
    EntryKind,
    EntryPoint,
    Evidence,
    ReadoutEntry,
)
from dragoman.record.mentions import ReadoutMention


class PlainReadouts:
    """One side's accounts of one engagement are one readout; others stand alone."""

    kind = EntryKind.READOUT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The engagement and the side."""
        return (f"{evidence.engagement}:{told(evidence).issuer}",) if evidence.engagement else ()

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """All of a block are one."""
        return [list(range(len(block)))]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> ReadoutEntry:
        """The readout with the points of the account that has most."""
        best = max(evidence, key=lambda item: len(told(item).points))
        mention = told(best)
        return ReadoutEntry(
            id=entry_id,
            issuer=mention.issuer,
            engagement=best.engagement,
            account_giver=mention.account_giver,
            spokesperson=mention.spokesperson,
            channel=mention.channel,
            relayed=mention.relayed,
            joint=mention.joint,
            points=points_of(best),
            topics=mention.topics,
        )


def told(evidence: Evidence) -> ReadoutMention:
    """The readout mention of a piece of evidence."""
    assert isinstance(evidence.mention, ReadoutMention)
    return evidence.mention


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
        for point, text in zip(told(evidence).points, evidence.wordings, strict=True)
    )
