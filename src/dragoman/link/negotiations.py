"""Which texts speak of one track of negotiation, how far is it, and how did its target move?"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.link.commitments import day_of
from dragoman.link.ledger import first
from dragoman.record.entries import EntryKind, Evidence, Negotiation, TargetStep
from dragoman.record.mentions import NegotiationMention
from dragoman.record.when import UNKNOWN_WHEN


def told(evidence: Evidence) -> NegotiationMention:
    """The negotiation mention of a piece of evidence."""
    if not isinstance(evidence.mention, NegotiationMention):
        raise TypeError(f"{evidence.id} is no negotiation")
    return evidence.mention


class NegotiationLinker:
    """Negotiation mentions become tracks: one for each subject and set of parties."""

    kind = EntryKind.NEGOTIATION

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The subject and the parties."""
        mention = told(evidence)
        return (f"{mention.track}:{','.join(mention.parties)}",)

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """All of a block are one track."""
        return [list(range(len(block)))]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Negotiation:
        """The track: most rounds held, latest tranche and target, every wording of progress in order."""
        lines = [(item, told(item)) for item in evidence]
        latest = [mention for _, mention in reversed(lines)]
        held = max((m.rounds for m in latest if m.rounds is not None), default=None)
        planned = max((m.round_number for m in latest if m.round_number and m.rounds is None), default=None)
        targets = targets_of(lines)
        return Negotiation(
            id=entry_id,
            track=latest[0].track,
            parties=latest[0].parties,
            rounds=held,
            planned=planned if planned and planned > (held or 0) else None,
            tranche=first([m.tranche for m in latest]),
            target=targets[-1].when if targets else UNKNOWN_WHEN,
            progress=first([m.progress for m in latest]),
            text=" ".join(evidence[0].wordings),
            targets=targets,
            wordings=tuple(dict.fromkeys(m.progress for _, m in lines if m.progress)),
            sticking=tuple(dict.fromkeys(m.sticking for _, m in lines if m.sticking)),
            leads=tuple(dict.fromkeys(name for _, m in lines for name in m.leads)),
            mechanism=first([m.mechanism for m in latest]),
        )


def targets_of(lines: Sequence[tuple[Evidence, NegotiationMention]]) -> tuple[TargetStep, ...]:
    """Every target that texts name, in order of publication, a repeated one once."""
    steps: list[TargetStep] = []
    for item, mention in lines:
        when = msgspec.structs.replace(mention.target, span=None)
        if when.end and (not steps or steps[-1].when.end != when.end):
            steps.append(
                TargetStep(
                    due=when.end.isoformat(),
                    when=when,
                    published=day_of(item),
                    document=item.document.id,
                    mention=item.id,
                )
            )
    return tuple(steps)
