"""Which accounts are one side's readout of one engagement?

One side's official account of an engagement is one readout, whether printed in full, quoted or relayed. A joint statement is
a readout of its own: each side signs it, and each may publish its own account beside it. What somebody who was there posts, or
tells reporters, is an account of its own, too, unless it is the same words or the same briefing in another outlet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from dragoman.extract.same_name import words_of_name
from dragoman.record.document import DocumentKind
from dragoman.record.entries import EntryKind, EntryPoint, Evidence, ReadoutEntry
from dragoman.record.mentions import ReadoutMention

OFFICIAL_CHANNELS = frozenset({"readout", "statement", "joint statement", "press release", "news release"})
OCCASIONS = frozenset({"press briefing", "press conference", "briefing", "X post", "Truth Social post", "speech"})
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
        """Official texts and what is relayed of them are one readout; a person's word is one with its like."""
        return groups_in(block)

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> ReadoutEntry:
        """The readout, with the points of its fullest account."""
        return fold_readout(entry_id, evidence)


def groups_in(block: Sequence[Evidence]) -> list[list[int]]:
    """The accounts of a block in groups: of the official text, and of each occasion on which a person spoke."""
    groups: dict[tuple[str, str], list[int]] = {}
    occasions: list[tuple[str, str]] = []
    for place, evidence in enumerate(block):
        said = occasion_of(evidence)
        like = (
            said if said in groups else next((each for each in occasions if alike(block, groups[each], evidence)), said)
        )
        if like not in groups:
            groups[like] = []
            occasions.append(like)
        groups[like].append(place)
    return list(groups.values())


def occasion_of(evidence: Evidence) -> tuple[str, str]:
    """Who gave an account and how; nothing for official texts and what is relayed of them."""
    account = account_of(evidence)
    if not account.relayed or account.joint or account.channel in OFFICIAL_CHANNELS:
        return "", ""
    spoke = account.channel if account.channel in OCCASIONS else evidence.document.origin
    giver = words_of_name(account.account_giver)[-1] if account.account_giver else ""
    return giver, spoke


def alike(block: Sequence[Evidence], group: Sequence[int], evidence: Evidence) -> bool:
    """Whether an account shares the wording of a point with one of a group."""
    words = {" ".join(each.casefold().split()) for each in evidence.wordings}
    return any(not words.isdisjoint(" ".join(w.casefold().split()) for w in block[n].wordings) for n in group)


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
