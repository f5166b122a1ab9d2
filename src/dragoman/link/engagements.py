"""Which reports are reports of one engagement?

Two reports are one engagement when the same parties meet through the same people, in a compatible way, on days that
can be the same, and nothing that both state speaks against it. A report without a day joins only on strong evidence:
named people of two parties, and a publication that fits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from dragoman.extract.same_name import same_name, words_of_name
from dragoman.link.fold_engagement import fold_engagement, of_calendar
from dragoman.link.linker import WEAK
from dragoman.record.entries import Engagement, EntryKind, Evidence
from dragoman.record.mentions import EngagementKind, EngagementMention, Role, Status
from dragoman.record.when import Basis, When

DAY = datetime.timedelta(days=1)
NARROW = 45  # days; a wider interval says too little to block by week
RECALL = 10  # days between the publications of two undated reports of one engagement
WEEK = 7  # days; of a longer interval any day may be meant, so that what was printed beside it is hardly near that day
BESIDE = 2  # days between such an interval and the publication of an undated report
CROWD = 64  # reports in a block, such as that of two parties in the week of a summit, from which equal ones are taken as one
PAIRS = 10  # at most this many pairs of parties make blocks: a conference of thirty states has 435
IN_PERSON = frozenset(
    {
        EngagementKind.MEETING,
        EngagementKind.SUMMIT,
        EngagementKind.CONSULTATION,
        EngagementKind.NEGOTIATION_ROUND,
        EngagementKind.VISIT,
    }
)
REMOTE = frozenset({EngagementKind.CALL, EngagementKind.VIRTUAL})
THIRD = frozenset({Role.MEDIATOR, Role.WITNESS, Role.HOST})
SLIPPING = frozenset({Basis.STATED, Basis.PUBLICATION, Basis.INFERRED, Basis.TEXT})
TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.INVITED})
LEAST_ACROSS_KINDS = (
    2.0  # that a call and a meeting of the same parties on one day are one takes a person or a place, too
)
NOT_TO_BE = frozenset({Status.PROPOSED, Status.INVITED})


def report_of(evidence: Evidence) -> EngagementMention:
    """The engagement mention of a piece of evidence."""
    mention = evidence.mention
    if not isinstance(mention, EngagementMention):
        raise TypeError(f"{evidence.id} is no report of an engagement")
    return mention


class EngagementLinker:
    """Engagement mentions become engagements."""

    kind = EntryKind.ENGAGEMENT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """Pairs of parties by week; for reports without a day pairs of surnames."""
        return tuple(dict.fromkeys(blocks_of(evidence)))

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of reports of one engagement within one block."""
        return [group for group in grouped(block) if len(group) > 1]

    def settled(self, part: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """The reports as one group, or in several when two of them cannot be of one engagement.

        A report without a day may fit the call of one week in one block and the meeting of the next in another.
        """
        return settled(part)

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Engagement:
        """The engagement that these reports make together."""
        return fold_engagement(entry_id, evidence)


def link_engagements(mentions: Sequence[Evidence]) -> list[list[int]]:
    """Groups of positions that are one engagement, every position in one group.

    The result does not depend on the order of the mentions but for the numbers themselves.
    """
    linker = EngagementLinker()
    order = sorted(range(len(mentions)), key=lambda i: mentions[i].order)
    blocks: dict[str, list[int]] = {}
    for i in order:
        for name in linker.blocks(mentions[i]):
            blocks.setdefault(name, []).append(i)
    leader = list(range(len(mentions)))

    def root(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for name in sorted(blocks):
        members = blocks[name]
        for group in linker.same([mentions[i] for i in members]):
            for one, other in pairwise(group):
                a, b = sorted((root(members[one]), root(members[other])))
                leader[b] = a
    parts: dict[int, list[int]] = {}
    for i in order:
        parts.setdefault(root(i), []).append(i)
    whole = [
        [part[n] for n in group] for part in parts.values() for group in linker.settled([mentions[i] for i in part])
    ]
    return sorted(sorted(group) for group in whole)


# ---------------------------------------------------------------- blocks


def blocks_of(evidence: Evidence) -> Iterator[str]:
    """The names of the blocks of one report: pairs of parties by week, or of people where there are too many parties.

    A report whose day nobody knows meets the others of its people in one block more, which says nothing any more when
    they have met often: it could be of any of these engagements.
    """
    report = report_of(evidence)
    if report.several:
        return
    every = list(combinations(report.parties, 2))
    lone = report.parties[:1] or sorted(crowds_of(report))[:1]
    pairs = every[:PAIRS] or [(one, "") for one in lone]
    days = days_of(evidence)
    for week in weeks(*days) if days else ():
        yield from (f"{a}-{b}:{week}" for a, b in pairs)
    people = people_pairs(report)
    if days and not 0 < len(every) <= PAIRS:
        yield from (f"{pair}:{week}" for week in weeks(*days) for pair in people)
    yield from (f"{WEAK}{pair}" for pair in people)


def crowds_of(report: EngagementMention) -> set[str]:
    """The groups of a region that are told by their number only: "nordic foreign ministers"."""
    people = report.participants
    return {p.group.casefold() for p in people if p.group and p.party is None and p.number is not None}


def people_pairs(report: EngagementMention) -> list[str]:
    """Pairs of surnames of people from different parties."""
    named = [p for p in report.participants if p.name and p.party][:PAIRS]
    keys = sorted({(p.party or "", words_of_name(p.name or "")[-1]) for p in named})
    return [f"people:{a[0]}.{a[1]}-{b[0]}.{b[1]}" for a, b in combinations(keys, 2) if a[0] != b[0]]


def days_of(evidence: Evidence) -> tuple[datetime.date, datetime.date] | None:
    """The days of an engagement, else those around its publication on which it can meet another report; None for many."""
    known = anchor(evidence)
    if known is None or datetime.date.min in known or datetime.date.max in known:
        return None
    start, end = known
    if not report_of(evidence).when.known:
        start, end = start - DAY * RECALL, end + DAY * RECALL
    return None if (end - start).days > NARROW + 2 * RECALL else (start, end)


def weeks(start: datetime.date, end: datetime.date) -> Iterator[str]:
    """The ISO weeks that hold a day of the interval, widened by one day on each side."""
    day = start - DAY
    while True:
        year, week, _ = min(day, end + DAY).isocalendar()
        yield f"{year}w{week:02}"
        if day >= end + DAY:
            return
        day += 7 * DAY


# ---------------------------------------------------------------- groups


def grouped(block: Sequence[Evidence]) -> list[list[int]]:
    """The block's positions in groups, dated reports first, each joining the group that it fits best.

    In a crowded block, reports that say the same of what is compared are taken as one.
    """
    if len(block) <= CROWD:
        return groups_among(block, range(len(block)))
    alike: dict[Said, list[int]] = {}
    for place, item in enumerate(block):
        alike.setdefault(said_by(item), []).append(place)
    firsts = groups_among(block, [places[0] for places in alike.values()])
    places_of = {places[0]: places for places in alike.values()}
    return [sorted(place for first in group for place in places_of[first]) for group in firsts]


def settled(part: Sequence[Evidence]) -> list[list[int]]:
    """One group, unless the days or the people of two reports speak against it; then groups of those that fit each other."""
    several = list({said_by(item): item for item in part}.values())
    if any(contrary(one, other) for one, other in combinations(several, 2)):
        return grouped(part)
    return [list(range(len(part)))]


def contrary(one: Evidence, other: Evidence) -> bool:
    """Whether two reports name days, or people of one party, that cannot be those of one engagement."""
    return days_alike(one, other) < 0 or not people_fit(report_of(one), report_of(other))


def groups_among(block: Sequence[Evidence], places: Sequence[int]) -> list[list[int]]:
    """Some positions of a block in groups."""
    groups: list[list[int]] = []
    for i in sorted(places, key=lambda i: (not_dated(block[i]), i)):
        best = max(((fit(block[i], [block[j] for j in group]), -n) for n, group in enumerate(groups)), default=(0.0, 0))
        if best[0] > 0:
            groups[-best[1]].append(i)
        else:
            groups.append([i])
    return [sorted(group) for group in groups]


class Said(msgspec.Struct, frozen=True):
    """All of a report that decides what it is one with."""

    kind: tuple[EngagementKind, str, Status]
    who: tuple[tuple[str | None, str | None, Role], ...]
    parties: tuple[str, ...]
    when: tuple[datetime.date | None, datetime.date | None, Basis]
    where: tuple[str | None, str | None]
    mechanism: tuple[str | None, str | None]
    printed: tuple[datetime.date | None, datetime.date | None] | None


def said_by(evidence: Evidence) -> Said:
    """What a report says of all that is compared; the days of its publication count where it has none of its own."""
    report, published = report_of(evidence), evidence.document.published
    when = report.when
    return Said(
        kind=(report.kind, report.kind_basis, report.status),
        who=tuple((p.name, p.party, p.role) for p in report.participants),
        parties=report.parties,
        when=(when.start, when.end, when.basis),
        where=(report.place, report.country),
        mechanism=(report.mechanism, report.edition),
        printed=None if when.known else (published.start, published.end),
    )


def not_dated(evidence: Evidence) -> int:
    """0 for a report of a known day, 1 for a longer interval, 2 for one without a date."""
    when = report_of(evidence).when
    if not when.known:
        return 2
    return int(when.start != when.end)


def fit(evidence: Evidence, group: Sequence[Evidence]) -> float:
    """How well a report fits a group: the best of its likenesses, or 0 when any member speaks against it."""
    best = 0.0
    for other in group:
        likeness = likeness_of(evidence, other)
        if likeness < 0:
            return 0.0
        best = max(best, likeness)
    return best


def likeness_of(one: Evidence, other: Evidence) -> float:
    """Above 0 when two reports can be of one engagement, 0 when nothing says so, below 0 when they cannot."""
    a, b = report_of(one), report_of(other)
    if not (kinds_fit(a, b) and people_fit(a, b) and places_fit(a, b) and editions_fit(a, b)):
        return -1.0
    parties = parties_alike(a, b)
    if parties < 0:
        return -1.0
    days = days_alike(one, other)
    if days < 0 or told_apart(one, other):
        return -1.0
    if len(a.parties) < 2 and len(b.parties) < 2 and crowds_of(a) != crowds_of(b):
        return -1.0
    people = shared_people(a, b)
    if days == 0:
        return undated_likeness(one, other, people)
    more = people + mechanisms_alike(a, b) + (a.place is not None and a.place == b.place)
    needed = 1.0 if a.kind == b.kind else LEAST_ACROSS_KINDS
    return days + parties + more if parties + more >= needed else 0.0


def kinds_fit(a: EngagementMention, b: EngagementMention) -> bool:
    """Whether the kinds can be two views of one engagement; a kind chosen by default gives way."""
    if a.kind == b.kind:
        return True
    kinds = {a.kind, b.kind}
    if EngagementKind.LETTER in kinds:
        return False
    if EngagementKind.VISIT in kinds:
        return (kinds <= IN_PERSON or bool(a.kind_basis or b.kind_basis)) and shared_people(a, b) >= 2
    if a.kind_basis or b.kind_basis:
        return True
    return kinds <= IN_PERSON or kinds <= REMOTE or EngagementKind.CALL not in kinds


def people_fit(a: EngagementMention, b: EngagementMention) -> bool:
    """Whether, for each party for which both name people, at least one person is the same."""
    for party in set(a.parties) & set(b.parties):
        ours = [p for p in a.participants if p.name and p.party == party]
        theirs = [p for p in b.participants if p.name and p.party == party]
        # Who only came with a delegation says nothing of who led it.
        led = not any(all(p.role is Role.DELEGATION for p in side) for side in (ours, theirs))
        if led and not any(same_name(x.name or "", y.name or "") for x in ours for y in theirs):
            return False
    return True


def shared_people(a: EngagementMention, b: EngagementMention) -> float:
    """The number of parties for which both name the same person, three at most."""
    shared = {
        p.party
        for p in a.participants
        for q in b.participants
        if p.name and q.name and (p.party == q.party or not (p.party and q.party)) and same_name(p.name, q.name)
    }
    return float(min(len(shared), 3))


def places_fit(a: EngagementMention, b: EngagementMention) -> bool:
    """Whether two engagements in person can have been in one place."""
    if a.kind in REMOTE or b.kind in REMOTE:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    return not (a.place and b.place) or same_place(a.place, b.place)


def same_place(one: str, other: str) -> bool:
    """Whether one name of a place contains the other."""
    a, b = set(words_of_name(one)), set(words_of_name(other))
    return a <= b or b <= a


def editions_fit(a: EngagementMention, b: EngagementMention) -> bool:
    """Whether neither is another edition of the other's mechanism."""
    return not (a.edition and b.edition) or a.edition == b.edition or not mechanisms_alike(a, b)


def mechanisms_alike(a: EngagementMention, b: EngagementMention) -> float:
    """1 when both name the same mechanism, else 0."""
    if not (a.mechanism and b.mechanism):
        return 0.0
    one, other = set(words_of_name(a.mechanism)), set(words_of_name(b.mechanism))
    return float(one <= other or other <= one)


def parties_alike(a: EngagementMention, b: EngagementMention) -> float:
    """Above 0 when the parties can be those of one engagement, below 0 when they cannot.

    A bilateral on the sidelines is no part of the conference: a smaller set of parties fits a larger one only when
    the people are the same for two parties, or both name the same mechanism.
    """
    ours, theirs = set(a.parties), set(b.parties)
    if ours == theirs:
        return 1.0 if len(ours) > 1 else 0.5
    shared = ours & theirs
    if len(shared) < 2 and shared not in (ours, theirs):
        return -1.0
    if min(len(ours), len(theirs)) == 1 and max(len(ours), len(theirs)) == 2:
        return 0.5 if shared_people(a, b) >= 1 else -1.0
    if mechanisms_alike(a, b):
        return 0.5
    smaller, larger = sorted((a, b), key=lambda m: len(m.parties))
    extra = set(larger.parties) - set(smaller.parties)
    between = {p.party for p in larger.participants if p.role in THIRD}
    sides = {p.party for p in larger.participants if p.role not in THIRD}
    return 0.5 if extra <= between - sides else -1.0


def days_alike(one: Evidence, other: Evidence) -> float:
    """2 for the same day, 1 for days that can be the same, 0 when one is unknown, below 0 when they cannot be."""
    a, b = report_of(one).when, report_of(other).when
    if not (a.known and b.known):
        return 0.0
    if a.start == b.start and a.end == b.end:
        return 2.0
    if overlap(a, b, 0):
        return 1.5
    # A release stamped a day late in Greenwich says "today" of the day before: a day of the calendar is believed instead.
    slips = of_calendar(a) != of_calendar(b) and {a.basis, b.basis} <= SLIPPING
    return 1.0 if slips and overlap(a, b, 1) else -1.0


def overlap(a: When, b: When, slack: int) -> bool:
    """Whether two intervals share a day, or lie at most ``slack`` days apart."""
    early, late = datetime.date.min + DAY * slack, datetime.date.max
    return (a.start or early) - DAY * slack <= (b.end or late) and (b.start or early) - DAY * slack <= (a.end or late)


def undated_likeness(one: Evidence, other: Evidence, people: float) -> float:
    """The likeness of reports of which at least one has no date.

    It takes people of two parties, or the same edition of a mechanism, and a publication that fits the other's day.
    """
    a, b = report_of(one), report_of(other)
    same_edition = bool(a.edition) and a.edition == b.edition and mechanisms_alike(a, b) > 0
    if people < 2 and not same_edition:
        return 0.0
    if EngagementKind.CALL in (a.kind, b.kind) and (a.place or b.place):
        return 0.0  # one day can be told as a call and as a meeting; without a day, a meeting somewhere is no call
    fits = publications_fit(one, other)
    if (
        fits < 0
        or too_late(one, other)
        or too_late(other, one)
        or ({a.status, b.status} & NOT_TO_BE and a.status != b.status)
    ):
        return 0.0
    return 0.2 + 0.1 * people + fits


def too_late(undated: Evidence, other: Evidence) -> bool:
    """Whether a report without a day speaks of what is to come, or was held, and the other's day lies on the other side."""
    report, published = report_of(undated), undated.document.published
    when = report_of(other).when
    if report.when.known or not when.known:
        return False
    if report.status in TO_COME and published.start is not None and when.end is not None:
        return when.end < published.start - DAY
    held = report.status is Status.HELD
    return held and published.end is not None and when.start is not None and when.start > published.end + DAY


def told_apart(one: Evidence, other: Evidence) -> bool:
    """Whether one text tells of a contact as held and of one of another kind as still to come."""
    a, b = report_of(one), report_of(other)
    if one.document.id != other.document.id or a.kind == b.kind or a.headline or b.headline:
        return False
    return (a.status is Status.HELD and b.status in TO_COME) or (b.status is Status.HELD and a.status in TO_COME)


def publications_fit(one: Evidence, other: Evidence) -> float:
    """Whether an undated report was published near the other's day (or publication): 0.5, 0.1 if unknown, else -1."""
    days = [anchor(one), anchor(other)]
    if None in days:
        return 0.1
    (a_start, a_end), (b_start, b_end) = [day for day in days if day is not None]
    gap = max((b_start - a_end).days, (a_start - b_end).days)
    longest = max((a_end - a_start).days, (b_end - b_start).days)
    if gap > (RECALL if longest <= WEEK else BESIDE):
        return -1.0
    closed = datetime.date.min < min(a_start, b_start) and max(a_end, b_end) < datetime.date.max
    return 0.5 if closed else 0.1


def anchor(evidence: Evidence) -> tuple[datetime.date, datetime.date] | None:
    """The days of an engagement when the report knows them, else the days of its publication, else None.

    A publication of which only one end is known ("after 7 January 2025") stays open on the other.
    """
    when = report_of(evidence).when
    published = evidence.document.published
    start, end = (when.start, when.end) if when.known else (published.start, published.end)
    if start is None and end is None:
        return None
    return start or datetime.date.min, end or datetime.date.max
