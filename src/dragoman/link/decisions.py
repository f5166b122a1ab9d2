"""How do persons' decisions bind linking: which mentions must be one thing, and which must not?

Decisions are taken from the latest to the earliest, so that the later prevails; then the groups that linking found, in
canonical order, join what no decision holds apart. The result depends on mentions, groups and decisions alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec


class Decision(msgspec.Struct, frozen=True):
    """Mentions of each side are one thing; with ``apart`` the two sides are two things, else all sides are one."""

    number: int
    sides: tuple[tuple[int, ...], ...]
    apart: bool


class Parts:
    """Mentions in parts that grow together, unless a decision forbids it."""

    def __init__(self, mentions: Iterable[int]) -> None:
        self._above = {mention: mention for mention in mentions}
        self._members = {mention: {mention} for mention in self._above}
        self._marks: dict[int, set[tuple[int, int]]] = {}  # by part: (decision, side) of decisions that hold apart

    def part(self, mention: int) -> int:
        """The name of the part that a mention is in."""
        while self._above[mention] != mention:
            self._above[mention] = mention = self._above[self._above[mention]]
        return mention

    def join(self, one: int, other: int) -> bool:
        """Make two mentions' parts one; False when a decision holds them apart."""
        a, b = self.part(one), self.part(other)
        if a == b:
            return True
        marks = self._marks.get(a, set())
        if any((number, 1 - side) in marks for number, side in self._marks.get(b, ())):
            return False
        small, large = sorted((a, b), key=lambda part: len(self._members[part]))
        self._above[small] = large
        self._members[large] |= self._members.pop(small)
        if small in self._marks:
            self._marks[large] = self._marks.get(large, set()) | self._marks.pop(small)
        return True

    def hold_apart(self, number: int, sides: Sequence[Sequence[int]]) -> bool:
        """Forbid that two sides become one; False when a later decision already made them one."""
        parts = [{self.part(mention) for mention in side} for side in sides]
        if parts[0] & parts[1]:
            return False
        for side, names in enumerate(parts):
            for name in names:
                self._marks.setdefault(name, set()).add((number, side))
        return True

    def all(self) -> list[set[int]]:
        """The parts."""
        return list(self._members.values())


def decided_parts(
    mentions: Sequence[int], groups: Iterable[Sequence[int]], decisions: Sequence[Decision]
) -> tuple[list[set[int]], set[int]]:
    """The mentions in parts, and the numbers of the decisions that later ones overrule.

    ``mentions`` and ``groups`` are in canonical order, ``decisions`` the latest first.
    """
    parts = Parts(mentions)
    place = {mention: turn for turn, mention in enumerate(mentions)}
    overruled: set[int] = set()
    rest: set[int] = set()
    taken: set[int] = set()
    for decision in decisions:
        sides = [sorted((m for m in side if m in place), key=place.__getitem__) for side in decision.sides]
        if not take(parts, decision, sides):
            overruled.add(decision.number)
        elif decision.apart:
            taken.update(sides[0])
            rest.update(sides[1])
    for group in groups:
        gather_group(parts, sorted(group, key=lambda m: (m not in rest, m in taken, place[m])))
    return parts.all(), overruled


def take(parts: Parts, decision: Decision, sides: Sequence[Sequence[int]]) -> bool:
    """Carry out one decision; False when a later one says the contrary."""
    if decision.apart and all(sides) and not parts.hold_apart(decision.number, sides):
        return False
    lines = sides if decision.apart else [[mention for side in sides for mention in side]]
    done = [parts.join(line[0], mention) for line in lines for mention in line[1:]]
    return all(done) or decision.apart


def gather_group(parts: Parts, members: Sequence[int]) -> None:
    """Join each mention of a group with the first of those before it from which no decision holds it apart."""
    heads: list[int] = []
    for mention in members:
        if not any(parts.join(head, mention) for head in heads):
            heads.append(mention)
