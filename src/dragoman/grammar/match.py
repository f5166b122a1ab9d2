"""Which rules read a stream, and which reading of a cue is preferred?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from dragoman.grammar.pattern import Compiled, compile_pattern, words_in
from dragoman.grammar.rules import Rule
from dragoman.grammar.stream import Alphabet, Stream
from dragoman.record.reading import Firing, Outcome


class Match(msgspec.Struct, frozen=True):
    """A rule's match: item ranges (first, last excluded) of the whole and of every slot that is filled."""

    rule: Rule
    first: int
    last: int
    slots: dict[str, tuple[int, int]]

    @property
    def cue(self) -> int:
        """The number of the item that the rule hangs on."""
        return self.slots["cue"][0]

    def firing(self, stream: Stream, outcome: Outcome = Outcome.TAKEN, note: str = "") -> Firing:
        """The match as a record for ``explain``."""
        return Firing(
            rule=self.rule.name,
            span=stream.span(self.first, self.last),
            slots=tuple((name, stream.span(*place)) for name, place in self.slots.items()),
            outcome=outcome,
            note=note,
        )


class RuleSet:
    """Rules compiled against one alphabet, tried only where their cue stands."""

    def __init__(self, rules: Iterable[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(rules)
        self.words = frozenset().union(*(words_in(rule.pattern) for rule in self.rules)) if self.rules else frozenset()
        self._alphabet = alphabet
        self._compiled: tuple[Compiled, ...] = ()
        self._size = -1

    def _fresh(self) -> tuple[Compiled, ...]:
        if self._size != self._alphabet.size:
            self._compiled = tuple(compile_pattern(rule.pattern, self._alphabet) for rule in self.rules)
            self._size = self._alphabet.size
        return self._compiled

    def matches(self, stream: Stream) -> list[Match]:
        """Every match of every rule, in order of rule and place."""
        present = frozenset(stream.characters)
        found: list[Match] = []
        for rule, compiled in zip(self.rules, self._fresh(), strict=True):
            if compiled.cues.isdisjoint(present):
                continue
            for match in compiled.expression.finditer(stream.characters):
                slots = {name: match.span(name) for name in match.groupdict() if match.end(name) > match.start(name)}
                if "cue" in slots:
                    found.append(Match(rule, match.start(), match.end(), slots))
        return found

    def looked_at(self, stream: Stream, matches: Sequence[Match]) -> list[Firing]:
        """Rules whose cue stands in the stream without a match there, for ``explain``."""
        matched = {(match.rule.name, match.cue) for match in matches}
        return [
            Firing(rule=rule.name, span=stream.spans[at], slots=(("cue", stream.spans[at]),), outcome=Outcome.LOOKED_AT)
            for rule, compiled in zip(self.rules, self._fresh(), strict=True)
            for at, character in enumerate(stream.characters)
            if character in compiled.cues and (rule.name, at) not in matched
        ]


def preferred(matches: Iterable[Match]) -> tuple[list[Match], list[Match]]:
    """The matches to keep, one a cue, and those that lost: by priority, then more slots, then longer, then first."""
    ranked = sorted(matches, key=lambda m: (-m.rule.priority, -len(m.slots), m.first - m.last, m.rule.name, m.first))
    kept: dict[int, Match] = {}
    lost: list[Match] = []
    for match in ranked:
        if kept.setdefault(match.cue, match) is not match:
            lost.append(match)
    return [kept[cue] for cue in sorted(kept)], lost
