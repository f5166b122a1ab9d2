"""How do merges and splits that persons decided take part in one run of linking?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from dragoman.book.backend import Backend
from dragoman.book.gather import Gatherer
from dragoman.book.load import correction_from
from dragoman.link.decisions import Decision, decided_parts
from dragoman.record.corrected import Action
from dragoman.record.corrections import Standing

CONTRARY = "a later correction says the contrary"


class Deciding:
    """The decisions that stand, looked up once a run."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._outcomes: dict[int, bool] = {}  # by decision: whether a later one overrules it

    @cached_property
    def _decisions(self) -> list[Decision]:
        """The latest first. The leading mentions of a merge are one, and all mentions of each side of a split."""
        sql = (
            "SELECT c.correction, c.action, a.side, a.mention FROM corrections AS c JOIN correction_anchors AS a "
            "ON a.correction = c.correction WHERE c.revoked_at IS NULL "
            "AND (c.action = 'split' OR c.action = 'merge' AND a.leads = 1) "
            "ORDER BY c.turn DESC, c.id DESC, a.side, a.place, a.mention"
        )
        sides: dict[tuple[int, str], dict[int, list[int]]] = {}
        for number, action, side, mention in self._backend.rows(sql):
            sides.setdefault((number, action), {0: [], 1: []}).setdefault(side, []).append(mention)
        return [
            Decision(number, tuple(tuple(mentions) for mentions in held.values()), action == Action.SPLIT)
            for (number, action), held in sides.items()
        ]

    @cached_property
    def _ties(self) -> dict[int, set[int]]:
        """By mention, those that a decision makes one with it."""
        ties: dict[int, set[int]] = {}
        for decision in self._decisions:
            lines = decision.sides if decision.apart else [[m for side in decision.sides for m in side]]
            for line in lines:
                for mention in line:
                    ties.setdefault(mention, set()).update(line)
        return ties

    @cached_property
    def _former(self) -> dict[int, list[str]]:
        """By leading mention, the ids of the entries that were merged there, the earliest merge first."""
        sql = (
            "SELECT a.mention, a.side, c.payload FROM corrections AS c JOIN correction_anchors AS a "
            "ON a.correction = c.correction AND a.leads = 1 WHERE c.action = 'merge' ORDER BY c.turn, c.id"
        )
        former: dict[int, list[str]] = {}
        for mention, side, payload in self._backend.rows(sql):
            former.setdefault(mention, []).append(correction_from(payload).targets[side].entry or "")
        return former

    def tied_to(self, mentions: Iterable[int]) -> set[int]:
        """The mentions that decisions make one with these."""
        if not self._ties:
            return set()
        return {other for mention in mentions for other in self._ties.get(mention, ())}

    def former_ids(self, mentions: Iterable[int]) -> list[str]:
        """The ids, the latest first, that entries with these mentions had before they were merged by a person."""
        if not self._former:
            return []
        return [identity for mention in mentions for identity in reversed(self._former.get(mention, []))]

    def parts(
        self, parts: list[set[int]], groups: Mapping[tuple[int, int], Sequence[int]], gatherer: Gatherer
    ) -> list[set[int]]:
        """The parts that linking found, joined and divided as persons decided."""
        concerned = [part for part in parts if not part.isdisjoint(self._ties)] if self._ties else []
        if not concerned:
            return parts
        pool = set().union(*concerned)
        ordered = [item.mention for item in gatherer.in_order(pool)]
        place = {mention: turn for turn, mention in enumerate(ordered)}
        inside = {name: members for name, members in groups.items() if members[0] in pool}
        names = sorted(inside, key=lambda name: (name[0], min(place[member] for member in inside[name])))
        decisions = [each for each in self._decisions if any(m in pool for side in each.sides for m in side)]
        decided, overruled = decided_parts(ordered, [inside[name] for name in names], decisions)
        self._outcomes.update((each.number, each.number in overruled) for each in decisions)
        return [part for part in parts if part.isdisjoint(pool)] + decided

    def note_outcomes(self) -> None:
        """Write down which decisions hold and which a later one overrules."""
        self._backend.run_many(
            "UPDATE corrections SET standing = ?, detail = ? WHERE correction = ? AND standing IN ('applies', 'overruled')",
            [
                (Standing.OVERRULED, CONTRARY, number) if overruled else (Standing.APPLIES, "", number)
                for number, overruled in sorted(self._outcomes.items())
            ],
        )
