"""Which reports are of one measure, and where does it stand in its life?

Imposer, target, rate and goods must agree. "25 percent reciprocal" and "an additional 25 percent" are two measures; a
report that says neither is of the one that is not additional, where there is one.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.link.ledger import content_words, first, words_of
from dragoman.record.entries import EntryKind, Evidence, Measure, StatusStep
from dragoman.record.mentions import MeasureMention
from dragoman.record.when import When

ADDITIONAL = ("punitive", "penalty", "secondary", "russian", "oil")
ALONE = frozenset({"reciprocal", "baseline", "universal"})  # roles in which a new rate takes the place of the old
NAMED = (
    "reciprocal",
    "retaliatory",
    "baseline",
    "universal",
    "anti-dumping",
    "countervailing",
    "safeguard",
    "sectoral",
)


def reported(evidence: Evidence) -> MeasureMention:
    """The measure mention of a piece of evidence."""
    if not isinstance(evidence.mention, MeasureMention):
        raise TypeError(f"{evidence.id} is no measure")
    return evidence.mention


def role_of(mention: MeasureMention) -> str:
    """Which of several measures of one rate it is: total, additional, or its name; empty when nothing says."""
    if mention.total:
        return "total"
    reason = (mention.reason or "").casefold()
    named = next((name for name in NAMED if name in reason), "")
    if named:
        return named
    return "additional" if mention.additional or any(word in reason for word in ADDITIONAL) else ""


class MeasureLinker:
    """Measure mentions become measures."""

    kind = EntryKind.MEASURE

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """Who imposes what on whom, on which goods, at which rate; none when neither side is known."""
        mention = reported(evidence)
        if not (mention.imposer or mention.target):
            return ()
        scope = content_words(mention.scope or "")
        return (f"{mention.kind}:{mention.imposer}:{mention.target}:{mention.rate}:{mention.unit}:{scope}",)

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """The reports by role; those without one go with the commonest role that is neither additional nor total."""
        roles = [role_of(reported(item)) for item in block]
        plain = Counter(role for role in roles if role not in ("", "additional", "total"))
        usual = min(plain, key=lambda role: (-plain[role], role)) if plain else ""
        groups: dict[str, list[int]] = {}
        for place, role in enumerate(roles):
            groups.setdefault(role or usual, []).append(place)
        return list(groups.values())

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Measure:
        """The measure with its life; the last text's word counts, dates are the last that a text gives."""
        lines = [(item, reported(item)) for item in evidence]
        line = lines[0][1]
        latest = [mention for _, mention in reversed(lines)]
        return Measure(
            id=entry_id,
            kind=line.kind,
            imposer=line.imposer,
            target=line.target,
            scope=line.scope,
            rate=line.rate,
            previous_rate=next((m.previous_rate for m in latest if m.previous_rate is not None), None),
            unit=line.unit,
            additional=any(m.additional for m in latest),
            total=any(m.total for m in latest),
            reason=first([m.reason for _, m in lines]),
            legal_basis=first([m.legal_basis for _, m in lines]),
            status=latest[0].status,
            effective=last_known([m.effective for m in latest]),
            until=last_known([m.until for m in of_present_state(latest)]),
            text=words_of(lines),
            role=first([role_of(m) for m in latest]) or "",
            history=life_of(lines),
        )


def of_present_state(latest: Sequence[MeasureMention]) -> list[MeasureMention]:
    """The reports since the measure came into its present state, given latest first: the end of a pause that is over
    is no end of the tariff."""
    held = next((n for n, mention in enumerate(latest) if mention.status != latest[0].status), len(latest))
    return list(latest[:held])


def last_known(whens: Sequence[When]) -> When:
    """The first known of dates given latest first, without its span, which means nothing outside its document."""
    when = next((when for when in whens if when.known), whens[0])
    return msgspec.structs.replace(when, span=None)


def life_of(lines: Sequence[tuple[Evidence, MeasureMention]]) -> tuple[StatusStep, ...]:
    """What each text said of a measure's state, a repeated state once."""
    steps: list[StatusStep] = []
    for item, line in lines:
        if not steps or steps[-1].status != line.status:
            day = item.document.published.start or item.document.published.end
            steps.append(StatusStep(status=line.status, published=day, document=item.document.id, mention=item.id))
    return tuple(steps)


def status_on(measure: Measure, day: datetime.date | None) -> str:
    """The state on a day: an announced measure is in force from its day on, a pause ends with its last day."""
    if day is None:
        return measure.status
    if measure.status == "announced" and measure.effective.start and measure.effective.start <= day:
        return "in_force"
    if measure.status == "in_force" and measure.effective.start and measure.effective.start > day:
        return "announced"
    if measure.status == "modified" and measure.effective.start and measure.effective.start > day:
        return "announced"
    over = measure.until.end is not None and measure.until.end < day
    if over and (measure.kind == "pause" or measure.status in ("in_force", "modified")):
        return "ended"
    return "pause ended" if over and measure.status == "paused" else measure.status


def states_on(measures: Sequence[Measure], day: datetime.date | None) -> list[str]:
    """The state of each measure on a day, where one that another has taken the place of is "replaced"."""
    alike: dict[tuple[str | None, ...], list[Measure]] = {}
    for measure in measures:
        alike.setdefault((measure.kind, measure.imposer, measure.target, measure.scope), []).append(measure)
    gone = {id(old) for group in alike.values() for new in group for old in group if replaces(new, old, day)}
    return ["replaced" if id(measure) in gone else status_on(measure, day) for measure in measures]


def replaces(new: Measure, old: Measure, day: datetime.date | None) -> bool:
    """Whether one measure has taken another's place by that day: same sides, kind and goods, and a text that names
    the older rate as the one before, or one role that only one rate can have."""
    if (new.kind, new.imposer, new.target, new.scope) != (old.kind, old.imposer, old.target, old.scope):
        return False
    if new is old or None in (new.rate, old.rate) or new.rate == old.rate or "total" in (new.role, old.role):
        return False
    one, other = printed(new), printed(old)
    if one is None or other is None or one <= other or not counts_on(new, day):
        return False
    named = new.previous_rate == old.rate
    return (named and new.role in ("", old.role)) or (bool(new.role) and new.role == old.role in ALONE)


def printed(measure: Measure) -> datetime.date | None:
    """The first day on which the measure was in print."""
    return measure.first_published or next((step.published for step in measure.history if step.published), None)


def counts_on(measure: Measure, day: datetime.date | None) -> bool:
    """Whether the measure weighs on its target on that day."""
    return measure.rate is not None and status_on(measure, day) in ("in_force", "modified")
