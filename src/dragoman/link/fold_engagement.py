"""Which engagement do several reports make together, and on what does each of its values rest?"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from dragoman.extract.same_name import same_name, words_of_name
from dragoman.record.document import DocumentKind
from dragoman.record.entries import Engagement, EntryParticipant, Evidence, Ground, StatusStep
from dragoman.record.mentions import EngagementKind, EngagementMention, Participant, Role, Status
from dragoman.record.when import UNKNOWN_WHEN, Basis, When

T = TypeVar("T", bound=str)
OFFICIAL = frozenset(
    {DocumentKind.READOUT, DocumentKind.JOINT_STATEMENT, DocumentKind.STATEMENT, DocumentKind.PRESS_RELEASE}
)
# What outlasts what when texts of one day differ; and what a later text undoes.
LATEST = (
    Status.PROPOSED,
    Status.INVITED,
    Status.PLANNED,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.ONGOING,
    Status.ALLEGED,
    Status.DENIED,
    Status.HELD,
)
# A kind that says more wins a tie.
TELLING = (
    EngagementKind.MEETING,
    EngagementKind.VISIT,
    EngagementKind.CALL,
    EngagementKind.CONSULTATION,
    EngagementKind.NEGOTIATION_ROUND,
    EngagementKind.SUMMIT,
    EngagementKind.VIRTUAL,
    EngagementKind.LETTER,
)
BASES = (
    Basis.CORRECTED,
    Basis.STATED,
    Basis.TITLE,
    Basis.TEXT,
    Basis.PUBLICATION,
    Basis.EVENT,
    Basis.INFERRED,
    Basis.NONE,
)


class Report(msgspec.Struct, frozen=True):
    """A mention with what its document adds to its weight."""

    evidence: Evidence
    mention: EngagementMention

    @property
    def official(self) -> bool:
        """Whether the document is a government's own text."""
        return self.evidence.document.kind in OFFICIAL


def reports_of(evidence: Sequence[Evidence]) -> list[Report]:
    """The engagement reports among the evidence, in canonical order."""
    ordered = sorted(evidence, key=lambda item: item.order)
    return [Report(item, item.mention) for item in ordered if isinstance(item.mention, EngagementMention)]


def fold_engagement(entry_id: str, evidence: Sequence[Evidence]) -> Engagement:
    """The engagement that the reports make together; a pure function of their set."""
    reports = reports_of(evidence)
    kind, kind_basis, kind_ground = kind_of(reports)
    when, when_ground = when_of(reports)
    place, country, venue, place_ground = place_of(reports)
    published = [day for day in (publication_day(r) for r in reports) if day]
    grounds = [ground for ground in (kind_ground, when_ground, place_ground) if ground]
    return Engagement(
        id=entry_id,
        mentions=tuple(dict.fromkeys(r.evidence.id for r in reports)),
        documents=tuple(dict.fromkeys(r.evidence.document.id for r in reports)),
        origins=len({r.evidence.document.origin for r in reports}),
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        grounds=tuple(grounds),
        kind=kind,
        kind_basis=kind_basis,
        status=status_of(reports),
        history=history_of(reports),
        parties=tuple(sorted({party for r in reports for party in r.mention.parties})),
        participants=participants_of(reports),
        when=when,
        place=place,
        country=country,
        venue=venue,
        mechanism=longest(r.mention.mechanism for r in reports),
        edition=commonest(r.mention.edition for r in reports),
        sidelines=any(r.mention.sidelines for r in reports),
        requested_by=commonest(r.mention.requested_by for r in reports),
        duration=commonest(r.mention.duration for r in reports),
        topics=tuple(dict.fromkeys(topic for r in reports for topic in r.mention.topics)),
        atmosphere=tuple(dict.fromkeys(word for r in reports for word in r.mention.atmosphere)),
    )


def publication_day(report: Report) -> datetime.date | None:
    """The first day on which the document can have been published."""
    published = report.evidence.document.published
    return published.start or published.end


def commonest(values: Iterable[T | None]) -> T | None:
    """The value that most give; of equals the longest, then the first in the alphabet."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value)) if counts else None


def longest(values: Iterable[str | None]) -> str | None:
    """The fullest of several names."""
    return min((value for value in values if value), key=lambda value: (-len(value), value), default=None)


# ---------------------------------------------------------------- kind, status


def kind_of(reports: Sequence[Report]) -> tuple[EngagementKind, str, Ground | None]:
    """The kind that most reports state; a kind chosen by default counts only where none is stated."""
    firm = [r for r in reports if not r.mention.kind_basis] or list(reports)
    votes: Counter[EngagementKind] = Counter()
    for r in firm:
        votes[r.mention.kind] += 2 + r.official - r.mention.headline
    kind = max(votes, key=lambda k: (votes[k], TELLING.index(k)))
    source = next(r for r in firm if r.mention.kind is kind)
    others = tuple(sorted({r.mention.kind.value for r in reports} - {kind.value}))
    return kind, source.mention.kind_basis, ground("kind", source, "majority" if others else "stated", others)


def ground(field: str, source: Report, basis: str, others: tuple[str, ...] = ()) -> Ground:
    """What a field rests on."""
    return Ground(field=field, mention=source.evidence.id, rule=source.mention.rule, basis=basis, others=others)


def history_of(reports: Sequence[Report]) -> tuple[StatusStep, ...]:
    """Every status in order of publication, a repeated one once."""
    steps: list[StatusStep] = []
    for r in reports:
        if not steps or steps[-1].status != r.mention.status.value:
            steps.append(
                StatusStep(
                    status=r.mention.status.value,
                    published=publication_day(r),
                    document=r.evidence.document.id,
                    mention=r.evidence.id,
                )
            )
    return tuple(steps)


def status_of(reports: Sequence[Report]) -> Status:
    """The status of the latest text, but what was held stays held whatever an undated or earlier text says."""
    statuses = {r.mention.status for r in reports}
    if Status.HELD in statuses:
        return Status.HELD
    known = [r for r in reports if publication_day(r)] or list(reports)
    last = max(publication_day(r) or datetime.date.min for r in known)
    latest = {r.mention.status for r in known if (publication_day(r) or datetime.date.min) == last}
    return max(latest, key=LATEST.index)


# ---------------------------------------------------------------- when, where


def when_of(reports: Sequence[Report]) -> tuple[When, Ground | None]:
    """The narrowest interval; of equals the one most reports give, then the one on the firmest basis."""
    dated = [r for r in reports if r.mention.when.known]
    if not dated:
        return UNKNOWN_WHEN, None
    counts = Counter((r.mention.when.start, r.mention.when.end) for r in dated)
    held = [r for r in dated if r.mention.status is Status.HELD] or dated
    held += [r for r in dated if r not in held and any(names_the_day(r, late) for late in held)]

    def rank(r: Report) -> tuple[int, bool, int, int]:
        when = r.mention.when
        return width(when), not of_calendar(when), BASES.index(when.basis), -counts[when.start, when.end]

    source = min(held, key=rank)
    others = tuple(sorted({written(r.mention.when) for r in dated} - {written(source.mention.when)}))
    return source.mention.when, ground("when", source, source.mention.when.basis.value, others)


def of_calendar(when: When) -> bool:
    """Whether a text names the day by month and number; "today" and weekdays hang on the stamp of the publication."""
    return when.basis is Basis.STATED or "month_day" in when.rule or "day_month" in when.rule


def names_the_day(planned: Report, told: Report) -> bool:
    """Whether a plan names the day that an account stamped late calls "today", or one that an account leaves open."""
    one, other = planned.mention.when, told.mention.when
    if not of_calendar(one) or of_calendar(other) or one.start is None or one.start != one.end:
        return False
    if other.basis is Basis.INFERRED and other.start and other.end:
        return other.start <= one.start <= other.end
    return other.start == other.end == one.start + datetime.timedelta(days=1)


def width(when: When) -> int:
    """The length of an interval in days; a very large number for an open one."""
    if when.start is None or when.end is None:
        return 1_000_000
    return (when.end - when.start).days


def written(when: When) -> str:
    """An interval as "start/end"."""
    return f"{when.start or '..'}/{when.end or '..'}"


def place_of(reports: Sequence[Report]) -> tuple[str | None, str | None, str | None, Ground | None]:
    """Place, country and venue; what reports of the held engagement say comes before what was planned."""
    held = [r for r in reports if r.mention.status is Status.HELD and r.mention.place] or list(reports)
    place = commonest(r.mention.place for r in held)
    country = commonest(r.mention.country for r in held if r.mention.place == place) or commonest(
        r.mention.country for r in reports
    )
    venue = commonest(r.mention.venue for r in reports)
    source = next((r for r in held if place and r.mention.place == place), None)
    if source is None:
        return None, country, venue, None
    others = tuple(sorted({r.mention.place for r in reports if r.mention.place} - {place or ""}))
    return place, country, venue, ground("place", source, "majority" if others else "stated", others)


# ---------------------------------------------------------------- participants


def participants_of(reports: Sequence[Report]) -> tuple[EntryParticipant, ...]:
    """Everybody whom a report names, one entry a person; groups only for parties of whom nobody is named."""
    people: list[list[tuple[Report, Participant]]] = []
    groups: dict[tuple[str | None, str], EntryParticipant] = {}
    for r in reports:
        for p in r.mention.participants:
            if p.name:
                home = next((held for held in people if is_same(held, p)), None)
                if home is None:
                    people.append([(r, p)])
                else:
                    home.append((r, p))
            elif p.group:
                groups.setdefault((p.party, p.group.casefold()), in_a_group(r, p))
    named = [joined(held) for held in people]
    parties = {p.party for p in named}
    return (*named, *(g for g in groups.values() if g.party not in parties))


def in_a_group(r: Report, p: Participant) -> EntryParticipant:
    """A group that no report names."""
    return EntryParticipant(party=p.party, role=p.role, group=p.group, number=p.number, mentions=(r.evidence.id,))


def is_same(held: Sequence[tuple[Report, Participant]], p: Participant) -> bool:
    """Whether a participant is the person already held."""
    return any(
        (q.party == p.party or not q.party or not p.party) and same_name(q.name or "", p.name or "") for _, q in held
    )


def joined(held: Sequence[tuple[Report, Participant]]) -> EntryParticipant:
    """One person from all reports that name them."""

    def most(value: Callable[[Participant], str | None]) -> str | None:
        return commonest(value(p) for _, p in held)

    name = min((p.name or "" for _, p in held), key=lambda n: (-len(words_of_name(n)), -len(n), n))
    roles = Counter(p.role for _, p in held)
    special = [role for role in roles if role not in (Role.PRINCIPAL, Role.COUNTERPART)]
    role = max(special or roles, key=lambda r: (roles[r], r.value))
    return EntryParticipant(
        name=name,
        party=most(lambda p: p.party),
        office=most(lambda p: p.office),
        role=role,
        mentions=tuple(dict.fromkeys(r.evidence.id for r, _ in held)),
    )
