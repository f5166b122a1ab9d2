"""How are engagements and accounts joined by the plainest rule: the same parties on the same day, the same side?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.entries import (
    Engagement,
    EntryKind,
    EntryParticipant,
    EntryPoint,
    Evidence,
    ReadoutEntry,
    StatusStep,
)
from dragoman.record.mentions import EngagementMention, ReadoutMention


class PlainEngagements:
    """Reports of the same parties on the same days are one engagement."""

    kind = EntryKind.ENGAGEMENT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """Parties and days; none for a report without a date."""
        mention = met(evidence)
        days = f"{mention.when.start}/{mention.when.end}"
        return (f"{','.join(mention.parties)}:{days}",) if mention.when.known and mention.parties else ()

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """All of a block are one."""
        return [list(range(len(block)))]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Engagement:
        """The engagement as its first report gives it; the status of the last."""
        mention = met(evidence[0])
        steps = [
            StatusStep(status=met(i).status, published=i.document.published.start, document=i.document.id, mention=i.id)
            for i in evidence
        ]
        return Engagement(
            id=entry_id,
            kind=mention.kind,
            status=met(evidence[-1]).status,
            parties=mention.parties,
            participants=tuple(
                EntryParticipant(name=who.name, party=who.party, office=who.office, role=who.role)
                for who in mention.participants
            ),
            when=mention.when,
            place=mention.place,
            country=mention.country,
            venue=mention.venue,
            mechanism=mention.mechanism,
            topics=tuple(dict.fromkeys(topic for item in evidence for topic in met(item).topics)),
            history=tuple(steps),
        )


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


def met(evidence: Evidence) -> EngagementMention:
    """The engagement mention of a piece of evidence."""
    assert isinstance(evidence.mention, EngagementMention)
    return evidence.mention


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
