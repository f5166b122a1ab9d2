"""Which texts speak of one disputed claim, and what is its ladder?

Claims are one when their asserters can be one and their words mostly agree, or when the sides are the same and the claims
are one at heart (who mediated, who ended the fighting). Claims that lie more than a year apart, or are denied by different
parties and put in other words, stay apart: a ladder is one quarrel. The ladder shows each rung with the day on
which it was printed; an assertion after a denial is a repetition.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from dragoman.link.commitments import day_of, grouped
from dragoman.link.ledger import first
from dragoman.link.likeness import alike, heads_of, stems_of, telling
from dragoman.record.entries import Dispute, DisputeStep, EntryKind, Evidence
from dragoman.record.mentions import DisputeMention

NAMES = re.compile(r"\b[A-Z][\w.-]*")  # the names of those concerned alone make no two claims one
AGAIN = re.compile(
    r"\b(?:again|once more|repeat\w*|reiterat\w*|insist\w*|not for the first time|still)\b", re.IGNORECASE
)
RATE = re.compile(r"\b(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")
COMPLAINTS = frozenset(
    {"unfair_tariff", "unfair_sanctions"}
)  # heads of synonyms.toml: each side's complaint is its own
SHARE = 0.4
SHARE_OF_OTHERS = 0.8  # of the words of claims that different parties deny
LEAST = 2
LONGEST = datetime.timedelta(days=365)  # between two rungs that are compared


def disputed(evidence: Evidence) -> DisputeMention:
    """The dispute mention of a piece of evidence."""
    if not isinstance(evidence.mention, DisputeMention):
        raise TypeError(f"{evidence.id} is no dispute")
    return evidence.mention


class DisputeLinker:
    """Dispute mentions become disputes."""

    kind = EntryKind.DISPUTE

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """Each telling word of the claim with each party concerned."""
        mention = disputed(evidence)
        stems = sorted(telling(stems_of(mention.claim)))[:12]
        stems += [f"head {head}" for head in sorted(heads_of(mention.claim))]
        return tuple(f"{party}:{stem}" for party in mention.parties or ("",) for stem in stems)

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of one claim within the block."""
        return grouped(block, is_one)

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Dispute:
        """The claim as the first text puts it, its sides and its ladder."""
        lines = [(item, disputed(item)) for item in evidence]
        mentions = [mention for _, mention in lines]
        return Dispute(
            id=entry_id,
            claim=mentions[0].claim,
            asserted_by=first([m.asserted_by for m in mentions]),
            asserted_party=first([m.asserted_party for m in mentions]),
            denied_by=first([m.denied_by for m in mentions]),
            denied_party=first([m.denied_party for m in mentions]),
            hedge=first([m.hedge for m in mentions]),
            parties=tuple(sorted({code for m in mentions for code in m.parties})),
            steps=ladder_of(lines),
        )


def is_one(one: Evidence, other: Evidence) -> bool:
    """Whether two mentions are of one claim."""
    a, b = disputed(one), disputed(other)
    if a.asserted_party and b.asserted_party and a.asserted_party != b.asserted_party:
        return False
    if one.document.id == other.document.id and a.denied_by and a.denied_by == b.denied_by and a.claim == b.claim:
        return True
    if not is_near(one, other):
        return False
    heads = heads_of(a.claim) & heads_of(b.claim)
    if heads & COMPLAINTS and (other_deniers(a, b) or other_rates(a.claim, b.claim)):
        return False
    if heads and (same_sides(a, b) or one_complaint(a, b)):
        return True
    shared = telling(stems_of(NAMES.sub(" ", a.claim)) & stems_of(NAMES.sub(" ", b.claim)))
    share = SHARE_OF_OTHERS if other_deniers(a, b) else SHARE
    return bool(shared) and alike(a.claim, b.claim, share=share, least=LEAST)


def is_near(one: Evidence, other: Evidence) -> bool:
    """Whether two texts were printed within a year; unknown days are taken to be."""
    first_day, second_day = day_of(one), day_of(other)
    return first_day is None or second_day is None or abs(second_day - first_day) <= LONGEST


def other_deniers(one: DisputeMention, other: DisputeMention) -> bool:
    """Whether different parties deny, and no one asserter is known whom both of them could answer."""
    if not one.denied_party or not other.denied_party or one.denied_party == other.denied_party:
        return False
    return not one.asserted_by or one.asserted_by != other.asserted_by


def same_sides(one: DisputeMention, other: DisputeMention) -> bool:
    """Whether one party denies in both, and the asserter of either is the other's or a party to it."""
    if not one.denied_party or one.denied_party != other.denied_party:
        return False
    asserters = {one.asserted_party, other.asserted_party} - {None}
    return len(asserters) == 1 and asserters <= {*one.parties} and asserters <= {*other.parties}


def one_complaint(one: DisputeMention, other: DisputeMention) -> bool:
    """Whether one party calls a measure of the same other party bad in both, and neither text names who defends it."""
    return (
        one.denied_party is not None
        and one.denied_party == other.denied_party
        and one.asserted_party is other.asserted_party is None
        and len(one.parties) == 2
        and one.parties == other.parties
    )


def other_rates(one: str, other: str) -> bool:
    """Whether both claims name rates, and none is in both: two measures."""
    rates, others = set(RATE.findall(one)), set(RATE.findall(other))
    return bool(rates and others) and not rates & others


def ladder_of(lines: Sequence[tuple[Evidence, DisputeMention]]) -> tuple[DisputeStep, ...]:
    """The rungs in order of publication: who asserted, denied, repeated, did not confirm."""
    steps: list[DisputeStep] = []
    denied = False
    for item, mention in lines:
        if mention.asserted_by and mention.step in ("denied", "asserted", "repeated", "hedged"):
            told_again = denied and (mention.step != "denied" or bool(AGAIN.search(" ".join(item.wordings))))
            again = mention.step == "repeated" or told_again
            if again or not any(step.by == mention.asserted_by for step in steps):
                steps.append(rung(item, "repeated" if again else "asserted", mention.asserted_by))
        if mention.step in ("hedged", "not_confirmed"):
            steps.append(rung(item, mention.step, mention.denied_by))
        if mention.denied_by:
            steps.append(rung(item, "denied", mention.denied_by))
            denied = True
    return tuple(steps)


def rung(item: Evidence, step: str, by: str | None) -> DisputeStep:
    """One step of the ladder."""
    return DisputeStep(
        step=step,
        by=by,
        published=day_of(item),
        document=item.document.id,
        mention=item.id,
        text=" ".join(item.wordings),
    )
