"""How do a journey and the meetings on its way go together?

A journey lends its days and its country to the meetings that are announced for it, and is not counted beside them: who
travels to a country for a meeting with its minister has one engagement there. A journey on which nobody of the
country is named stays a visit.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.extract.engagements.draft import Draft, overlap, shared_people
from dragoman.extract.engagements.report import Report
from dragoman.record.mentions import EngagementKind
from dragoman.record.when import Basis, When

REMOTE = frozenset({EngagementKind.CALL, EngagementKind.VIRTUAL, EngagementKind.LETTER})


def along_the_way(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without journeys that consist of meetings, which have the days and countries of their journeys."""
    journeys = [draft for draft in drafts if draft.travel]
    gone: set[int] = set()
    for draft in drafts:
        if draft.travel or draft.kinds & REMOTE:
            continue
        for journey in journeys:
            if not on_the_way(draft, journey):
                continue
            if meets_somebody(draft, journey):
                lend(draft, journey)
                gone.add(id(journey))
            else:
                for report in draft.reports:
                    journey.add(report)
                gone.add(id(draft))
    return [draft for draft in drafts if id(draft) not in gone]


def meets_somebody(draft: Draft, journey: Draft) -> bool:
    """Whether anybody but the travellers' own side is named, or the meeting has a format of its own."""
    own = {p.party for p in journey.named}
    return any(p.party not in own for p in draft.named) or any(r.format.name for r in draft.reports)


def on_the_way(draft: Draft, journey: Draft) -> bool:
    """Whether a meeting belongs to a journey: its traveller takes part, in its country or with its people."""
    if not shared_people(journey.named, draft.named) or (
        None not in (draft.over, journey.over) and draft.over != journey.over
    ):
        return False
    if any(r.when.known and not fits(r.when, journey) for r in draft.reports):
        return False
    stop = journey.reports[0].where.country or ""
    countries = {r.where.country for r in draft.reports if r.where.country}
    return stop in countries if countries else stop in draft.parties


def fits(when: When, journey: Draft) -> bool:
    """Whether a day falls into a journey."""
    return not journey.whens or any(overlap(when, days) for days in journey.whens)


def lend(draft: Draft, journey: Draft) -> None:
    """Give a meeting the days and the country of its journey where it has none of its own."""
    source: Report = journey.reports[0]
    report = draft.reports[0]
    if not draft.whens and journey.whens:
        days = msgspec.structs.replace(journey.whens[0], basis=Basis.TEXT)
        report = msgspec.structs.replace(report, when=days)
    if not any(r.where.country for r in draft.reports):
        report = msgspec.structs.replace(report, where=source.where)
    draft.reports[0] = report
