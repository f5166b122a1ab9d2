"""Which reports of one document speak of one engagement?

Reports are taken in order of the text. Each joins the engagement that it fits best, or opens a new one, or is left
alone when it says too little.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.engagements.people import SPEAKER, is_crowd
from dragoman.extract.engagements.report import JOINED, TURNS, Report
from dragoman.extract.same_name import same_name, words_of_name
from dragoman.record.mentions import EngagementKind, Participant, Status
from dragoman.record.when import When

REMOTE = frozenset({EngagementKind.CALL, EngagementKind.VIRTUAL})
OVER = frozenset({Status.HELD, Status.ONGOING})
AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.INVITED})
MONTH = 31  # days
JOINS = 2.0  # the likeness at which a report joins an engagement


class Draft:
    """An engagement while its document is read."""

    def __init__(self, report: Report) -> None:
        self.reports = [report]
        self.last = report.sentence

    def add(self, report: Report) -> None:
        """Take in one more report."""
        self.reports.append(report)
        self.last = max(self.last, report.sentence)

    @property
    def parties(self) -> frozenset[str]:
        """All parties that the reports name."""
        return frozenset().union(*(r.parties for r in self.reports))

    @property
    def named(self) -> tuple[Participant, ...]:
        """All people who are named."""
        return tuple(p for r in self.reports for p in r.named)

    @property
    def present(self) -> tuple[Participant, ...]:
        """All who are named, who speaks in the text, and office holders whose party is told: "the ministers of A and B"."""
        return tuple(p for r in self.reports for p in r.participants if p.name or p.group == SPEAKER)

    @property
    def whens(self) -> tuple[When, ...]:
        """The dates that reports give."""
        return tuple(r.when for r in self.reports if r.when.known)

    @property
    def kinds(self) -> frozenset[EngagementKind]:
        """The kinds that reports state."""
        return frozenset(r.kind for r in self.reports if r.kind is not None)

    @property
    def travel(self) -> bool:
        """Whether it was opened as a journey."""
        return self.reports[0].travel

    @property
    def over(self) -> bool | None:
        """Whether it is past (True) or ahead (False); None when no report states it."""
        stated = [r.status in OVER for r in self.reports if r.stated]
        return stated[0] if stated else None


def drafts_of(
    reports: Sequence[Report],
    pair: Sequence[Participant] = (),
    together: Report | None = None,
    *,
    reach: int = 100_000,
) -> list[Draft]:
    """The engagements that the reports of one document make, in order of the text.

    ``pair`` are the two persons that the document is about: those of "the meeting" when nothing else was told before.
    ``together`` is the meeting of those who take turns in it. What names nobody joins nothing that was last told more
    than ``reach`` sentences before.
    """
    drafts: list[Draft] = [] if together is None else [Draft(together)]
    for report in reports:
        if pair and not drafts and points_at(report, pair):
            parties = frozenset(p.party for p in pair if p.party)
            drafts.append(Draft(report.with_people(tuple(pair), parties)))
            continue
        home = home_of(report, drafts if report.named else [d for d in drafts if report.sentence - d.last <= reach])
        if home is not None:
            home.add(report)
        elif report.another and report.finite and not report.parties and drafts and report.status in AHEAD:
            drafts.append(Draft(report.with_people((), drafts[-1].parties)))
        elif report.rule != JOINED and opens(report):
            drafts.append(Draft(report))
    return drafts


def points_at(report: Report, pair: Sequence[Participant]) -> bool:
    """Whether a report is of "the meeting" or of "we had a talk", and so of the pair that the text is about."""
    if len(report.parties) > 1 or report.several or report.another or report.status not in OVER:
        return False
    ours = shared_people(report.named, pair) == len(report.named)
    return (
        ours
        and report.noun
        and not report.where.country
        and (report.definite or (report.finite and bool(report.named)))
    )


def opens(report: Report) -> bool:
    """Whether a report says enough to stand for an engagement of its own."""
    if report.travel and report.status is not Status.INVITED:
        return bool(report.parties - {p.party for p in report.participants}) and bool(report.participants)
    return (
        len(report.parties) >= 2
        or (report.finite and any(map(is_crowd, report.participants)))
        or (bool(report.parties) and report.format.name is not None and report.finite)
    )


def home_of(report: Report, drafts: Sequence[Draft]) -> Draft | None:
    """The engagement that a report fits best, if it fits one well enough."""
    scored = [(likeness(report, draft, drafts), n) for n, draft in enumerate(drafts)]
    best = max(scored, default=(0.0, 0))
    return drafts[best[1]] if best[0] >= JOINS else None


def likeness(report: Report, draft: Draft, drafts: Sequence[Draft]) -> float:
    """How well a report fits a draft; below 0 when something speaks against it."""
    if speaks_against(report, draft):
        return -1.0
    score = 1.5 * shared_people(report.named, draft.named)
    if report.parties and report.parties == draft.parties:
        score += 1.0 + (not report.named or not draft.named)
    if (
        draft.travel
        and report.sentence == draft.last
        and report.parties <= draft.parties
        and not counterparts(report, draft)
    ):
        score += 2.0
    if report.named and sum(holds(other, report) for other in drafts) == 1 and holds(draft, report):
        score += 1.0
    if report.another and both_next(report, draft) and report.parties <= draft.parties:
        score += 2.0
    if report.members and draft is drafts[-1]:
        score += 1.0
    if report.when.known and any(overlap(report.when, when) for when in draft.whens):
        score += 1.0
    if report.where.place and any(report.where.place == r.where.place for r in draft.reports):
        score += 0.5
    if report.format.name and any(report.format.name == r.format.name for r in draft.reports):
        score += 1.5
    if report.definite and not report.another:
        score += 1.0 + (draft is spoken_of(drafts)) + 0.5 * (draft is drafts[0])
        score += 0.5 * (report.kind is not None and report.kind in draft.kinds)
    return score


def spoken_of(drafts: Sequence[Draft]) -> Draft:
    """The engagement told last in a clause of its own, else the last: one only recalled is not what the text goes on about."""
    return next((draft for draft in reversed(drafts) if any(r.finite for r in draft.reports)), drafts[-1])


def holds(draft: Draft, report: Report) -> bool:
    """Whether everybody whom a report names takes part in a draft."""
    return shared_people(report.named, draft.named) == len(report.named)


def counterparts(report: Report, draft: Draft) -> bool:
    """Whether a report names people of another party than the travellers'."""
    own = {p.party for p in draft.reports[0].named}
    return any(p.party not in own for p in report.named)


def speaks_against(report: Report, draft: Draft) -> bool:
    """Whether a report cannot be of a draft's engagement."""
    if (report.another and not of_one_sentence(report, draft) and not both_next(report, draft)) or (
        report.several != draft.reports[0].several and not report.definite and not draft.travel
    ):
        return True
    if report.added and not holds(draft, report):
        return True
    if report.rule == JOINED:  # who joins may be of any party
        return report.sentence - draft.last > 1 or (report.stated and draft.over not in (None, report.status in OVER))
    if not (kinds_fit(report, draft) and people_fit(report.participants, draft.named)):
        return True
    if report.when.known and draft.whens and not any(overlap(report.when, when) for when in draft.whens):
        return True
    if report.several and report.when.known and not report.parties and draft.reports[0].rule == TURNS:
        return True  # "the meetings yesterday", said by those who meet today
    if report.noun and not report.members and of_strangers(report, draft):
        return True
    if not parties_fit(report, draft) or not number_fits(report, draft) or not formats_fit(report, draft):
        return True
    if report.virtual and report.finite and any(r.where.place and r.kind is not None for r in draft.reports):
        return True
    same_day = narrow(report.when) and any(narrow(when) and overlap(report.when, when) for when in draft.whens)
    return draft.over is not None and report.stated and (report.status in OVER) != draft.over and not same_day


def of_strangers(report: Report, draft: Draft) -> bool:
    """Whether a noun names people of whom none takes part in an engagement of which both sides are named."""
    both = len({p.party for p in draft.named if p.party}) > 1
    return both and bool(report.named) and not shared_people(report.named, draft.named)


def both_next(report: Report, draft: Draft) -> bool:
    """Whether both speak of the one that comes next: "another round was agreed on", "they will meet again"."""
    opening = draft.reports[0]
    return opening.another and opening.status in AHEAD and report.status in AHEAD


def of_one_sentence(report: Report, draft: Draft) -> bool:
    """Whether a sentence names the occasion of a draft again: "will host the next dialogue", told by verb and by noun."""
    last = draft.reports[-1]
    return last.sentence == report.sentence and last.format.span is not None and last.format.span == report.format.span


def formats_fit(report: Report, draft: Draft) -> bool:
    """Whether two engagements held as occasions of mechanisms can be one."""
    name = report.format.name
    names = {r.format.name for r in draft.reports if r.format.name and not r.format.sidelines}
    if not name or report.format.sidelines or not names:
        return True
    words = set(words_of_name(name))
    return any(words <= set(words_of_name(other)) or set(words_of_name(other)) <= words for other in names)


def parties_fit(report: Report, draft: Draft) -> bool:
    """Whether one set of parties holds the other; a bilateral is not the conference around it."""
    ours, theirs = report.parties, draft.parties
    if len(ours) < 2 or len(theirs) < 2:
        return ours <= theirs or theirs <= ours
    return ours == theirs or (report.definite and ours <= theirs)


def number_fits(report: Report, draft: Draft) -> bool:
    """Whether "their trilateral meeting" is not told of what two parties held, nor "bilateral" of what more did."""
    return report.sides is None or len(draft.parties) < 2 or (report.sides == 2) == (len(draft.parties) == 2)


def kinds_fit(report: Report, draft: Draft) -> bool:
    """Whether a report's kind can be another word for a draft's."""
    kinds = draft.kinds
    if report.kind is EngagementKind.VISIT and not (draft.travel or EngagementKind.VISIT in kinds):
        return False
    if report.kind is None or not kinds or report.kind in kinds:
        return True
    if EngagementKind.LETTER in kinds or report.kind is EngagementKind.LETTER:
        return False
    if EngagementKind.VISIT in kinds:
        return report.definite or report.members or (draft.travel and not report.named)
    if (report.kind in REMOTE) != bool(kinds & REMOTE):
        return report.definite and not report.when.known and EngagementKind.CALL not in kinds
    return True


def people_fit(ours: Sequence[Participant], theirs: Sequence[Participant]) -> bool:
    """Whether for every party for which both name people one person is the same."""
    for party in {p.party for p in ours if p.name}:
        mine = [p for p in ours if p.name and p.party == party]
        other = [p for p in theirs if p.name and p.party == party]
        if mine and other and not shared_people(mine, other):
            return False
    return True


def shared_people(ours: Sequence[Participant], theirs: Sequence[Participant]) -> int:
    """How many people stand in both."""
    return sum(any(is_same(p, q) for q in theirs) for p in ours)


def is_same(p: Participant, q: Participant) -> bool:
    """Whether two participants of one document are one person."""
    if p.person is not None and q.person is not None:
        return p.person == q.person
    return bool(p.name and q.name) and same_name(p.name or "", q.name or "")


def narrow(when: When) -> bool:
    """Whether a date is known to a month or less."""
    return when.start is not None and when.end is not None and (when.end - when.start).days <= MONTH


def overlap(a: When, b: When) -> bool:
    """Whether two intervals share a day."""
    if a.start and b.end and a.start > b.end:
        return False
    return not (b.start and a.end and b.start > a.end)
