"""Which lines of several documents are one line of a ledger?

Lines are one when their keys agree: what is counted, of whom; what happened to whom on which day. A line without a key
stands alone. Measures, negotiations, commitments and disputes have linkers of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from dragoman.record.entries import (
    AnyEntry,
    EntryKind,
    Evidence,
    Figure,
    Incident,
)
from dragoman.record.mentions import (
    FigureMention,
    IncidentMention,
    Mention,
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


# ---------------------------------------------------------------- incidents


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
INCIDENTS = LedgerLinker(EntryKind.INCIDENT, IncidentMention, incident_key, incident)
