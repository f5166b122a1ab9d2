"""Which lines of several documents are one line of a ledger?

Lines are one when their keys agree: what is counted, of whom; who imposes what on whom, at which rate; who owes what by
when. A line without a key stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from dragoman.record.entries import (
    AnyEntry,
    Commitment,
    Dispute,
    DisputeStep,
    EntryKind,
    Evidence,
    Figure,
    Incident,
    Measure,
    Negotiation,
    StatusStep,
)
from dragoman.record.mentions import (
    CommitmentMention,
    DisputeMention,
    FigureMention,
    IncidentMention,
    MeasureMention,
    Mention,
    NegotiationMention,
)
from dragoman.record.when import When

M = TypeVar("M", bound=Mention)
WORD = re.compile(r"\w+")
SMALL = frozenset("a an and at by for from in of on or the to with".split())


class LedgerLinker(Generic[M]):
    """Lines with one key are one entry; ``make`` folds it."""

    def __init__(
        self,
        kind: EntryKind,
        mention: type[M],
        key: Callable[[M], str],
        make: Callable[[str, Sequence[tuple[Evidence, M]]], AnyEntry],
    ) -> None:
        self.kind = kind
        self._mention = mention
        self._key = key
        self._make = make

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The key of the line, if it has one."""
        key = self._key(self._line(evidence)[1])
        return (key,) if key else ()

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """All lines of one key are one."""
        return [list(range(len(block)))]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> AnyEntry:
        """The entry that the lines make together."""
        return self._make(entry_id, [self._line(item) for item in evidence])

    def _line(self, evidence: Evidence) -> tuple[Evidence, M]:
        if not isinstance(evidence.mention, self._mention):
            raise TypeError(f"{evidence.id} is no {self.kind}")
        return evidence, evidence.mention


def content_words(text: str) -> str:
    """The words of a phrase that carry it, folded and sorted."""
    return " ".join(sorted({word for word in WORD.findall(text.casefold()) if word not in SMALL}))


def interval(when: When) -> str:
    """An interval as a part of a key."""
    return f"{when.start or ''}/{when.end or ''}"


def words_of(lines: Sequence[tuple[Evidence, M]]) -> str:
    """The evidence of the first line."""
    return " ".join(lines[0][0].wordings)


def first(values: Sequence[str | None]) -> str | None:
    """The first value that is there."""
    return next((value for value in values if value), None)


# ---------------------------------------------------------------- figures


def figure_key(line: FigureMention) -> str:
    """Value, unit, parties, period and what is measured; none when it is not said what is."""
    what = content_words(line.what)
    value = f"{line.value}:{line.low}:{line.high}:{line.unit}"
    return f"{value}:{','.join(sorted(line.parties))}:{interval(line.period)}:{what}" if what else ""


def figure(entry_id: str, lines: Sequence[tuple[Evidence, FigureMention]]) -> Figure:
    """A figure as its first line gives it."""
    line = lines[0][1]
    return Figure(
        id=entry_id,
        value=line.value,
        unit=line.unit,
        low=line.low,
        high=line.high,
        hedge=first([other.hedge for _, other in lines]),
        what=line.what,
        parties=line.parties,
        period=line.period,
        text=words_of(lines),
    )


# ---------------------------------------------------------------- measures


def measure_key(line: MeasureMention) -> str:
    """Who imposes what on whom, on which goods, at which rate; none when neither side is known."""
    if not (line.imposer or line.target):
        return ""
    total = "total" if line.total else "additional" if line.additional else ""
    scope = content_words(line.scope or "")
    return f"{line.kind}:{line.imposer}:{line.target}:{line.rate}:{line.unit}:{total}:{scope}"


def measure(entry_id: str, lines: Sequence[tuple[Evidence, MeasureMention]]) -> Measure:
    """A measure with its life; its status is what the last text says."""
    line = lines[0][1]
    return Measure(
        id=entry_id,
        kind=line.kind,
        imposer=line.imposer,
        target=line.target,
        scope=line.scope,
        rate=line.rate,
        previous_rate=next((other.previous_rate for _, other in lines if other.previous_rate is not None), None),
        unit=line.unit,
        additional=line.additional,
        total=line.total,
        reason=first([other.reason for _, other in lines]),
        status=lines[-1][1].status,
        effective=next((other.effective for _, other in lines if other.effective.known), line.effective),
        until=next((other.until for _, other in lines if other.until.known), line.until),
        text=words_of(lines),
        history=steps_of(lines),
    )


def steps_of(lines: Sequence[tuple[Evidence, MeasureMention]]) -> tuple[StatusStep, ...]:
    """What each text said of a measure's state, a repeated state once."""
    steps: list[StatusStep] = []
    for item, line in lines:
        if not steps or steps[-1].status != line.status:
            day = item.document.published.start or item.document.published.end
            steps.append(StatusStep(status=line.status, published=day, document=item.document.id, mention=item.id))
    return tuple(steps)


# ---------------------------------------------------------------- negotiations, commitments


def negotiation_key(line: NegotiationMention) -> str:
    """The track and its parties."""
    return f"{content_words(line.track)}:{','.join(sorted(line.parties))}" if line.track else ""


def negotiation(entry_id: str, lines: Sequence[tuple[Evidence, NegotiationMention]]) -> Negotiation:
    """A track; rounds, tranche, target and progress are those of the last text that gives them."""
    latest = [line for _, line in reversed(lines)]
    return Negotiation(
        id=entry_id,
        track=lines[0][1].track,
        parties=lines[0][1].parties,
        rounds=max((line.rounds for line in latest if line.rounds is not None), default=None),
        tranche=first([line.tranche for line in latest]),
        target=next((line.target for line in latest if line.target.known), lines[0][1].target),
        progress=first([line.progress for line in latest]),
        text=words_of(lines),
    )


def commitment_key(line: CommitmentMention) -> str:
    """Who owes what by when; none when it is not said what."""
    what = content_words(line.what)
    return f"{','.join(sorted(line.who))}:{','.join(sorted(line.beneficiary))}:{line.due}:{what}" if what else ""


def commitment(entry_id: str, lines: Sequence[tuple[Evidence, CommitmentMention]]) -> Commitment:
    """A commitment as its first text gives it; the last text's force."""
    line = lines[0][1]
    return Commitment(
        id=entry_id,
        who=line.who,
        beneficiary=line.beneficiary,
        what=line.what,
        force=lines[-1][1].force,
        due=line.due,
        due_when=line.due_when,
        condition=first([other.condition for _, other in lines]),
        text=words_of(lines),
    )


# ---------------------------------------------------------------- disputes, incidents


def dispute_key(line: DisputeMention) -> str:
    """The claim and who asserts it."""
    claim = content_words(line.claim)
    return f"{line.asserted_by}:{claim}" if claim else ""


def dispute(entry_id: str, lines: Sequence[tuple[Evidence, DisputeMention]]) -> Dispute:
    """A claim with its rungs in order of publication."""
    return Dispute(
        id=entry_id,
        claim=lines[0][1].claim,
        asserted_by=first([line.asserted_by for _, line in lines]),
        denied_by=first([line.denied_by for _, line in lines]),
        hedge=first([line.hedge for _, line in lines]),
        steps=tuple(dispute_step(item, line) for item, line in lines),
    )


def dispute_step(item: Evidence, line: DisputeMention) -> DisputeStep:
    """One rung."""
    return DisputeStep(
        step=line.step,
        by=line.denied_by if line.step == "denied" else line.asserted_by,
        published=item.document.published.start or item.document.published.end,
        document=item.document.id,
        mention=item.id,
        text=" ".join(item.wordings),
    )


def incident_key(line: IncidentMention) -> str:
    """Kind, actors, targets and days; none without a day, for such things recur."""
    if not line.when.known:
        return ""
    return f"{line.kind}:{','.join(sorted(line.actors))}:{','.join(sorted(line.targets))}:{interval(line.when)}"


def incident(entry_id: str, lines: Sequence[tuple[Evidence, IncidentMention]]) -> Incident:
    """An incident as its first text gives it."""
    line = lines[0][1]
    return Incident(
        id=entry_id,
        kind=line.kind,
        actors=line.actors,
        targets=line.targets,
        when=line.when,
        place=first([other.place for _, other in lines]),
        text=words_of(lines),
    )


FIGURES = LedgerLinker(EntryKind.FIGURE, FigureMention, figure_key, figure)
MEASURES = LedgerLinker(EntryKind.MEASURE, MeasureMention, measure_key, measure)
NEGOTIATIONS = LedgerLinker(EntryKind.NEGOTIATION, NegotiationMention, negotiation_key, negotiation)
COMMITMENTS = LedgerLinker(EntryKind.COMMITMENT, CommitmentMention, commitment_key, commitment)
DISPUTES = LedgerLinker(EntryKind.DISPUTE, DisputeMention, dispute_key, dispute)
INCIDENTS = LedgerLinker(EntryKind.INCIDENT, IncidentMention, incident_key, incident)
