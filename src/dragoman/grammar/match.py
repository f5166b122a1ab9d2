"""Which rules read a stream, and which reading of a cue is preferred?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.grammar.pattern import classes_in, compile_pattern, cue_classes, words_in
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
    """Rules over one alphabet, tried only where their cue stands.

    The rules see a stream through an alphabet of their own, which tells apart the classes that they name and no others.
    It is small and soon complete, so that a rule is compiled once or twice in the life of a process.
    """

    def __init__(self, rules: Iterable[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(rules)
        self.words = frozenset().union(*(words_in(rule.pattern) for rule in self.rules)) if self.rules else frozenset()
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._view = View(alphabet, [classes_in(rule.pattern) for rule in self.rules], self._compiled)
        self._hung = Hung(self._view, [cue_classes(rule.pattern) for rule in self.rules])

    def matches(self, stream: Stream) -> list[Match]:
        """Every match of every rule, in order of rule and place."""
        characters = self._seen(stream)
        hung = self._hung
        tried = {number for character in set(characters) for number in hung[character]}
        found: list[Match] = []
        for number in sorted(tried):
            for match in self._expression(number).finditer(characters):
                slots = {name: match.span(name) for name in match.groupdict() if match.end(name) > match.start(name)}
                if "cue" in slots:
                    found.append(Match(self.rules[number], match.start(), match.end(), slots))
        return found

    def looked_at(self, stream: Stream, matches: Sequence[Match]) -> list[Firing]:
        """Rules whose cue stands in the stream without a match there, for ``explain``."""
        matched = {(match.rule.name, match.cue) for match in matches}
        return [
            Firing(rule=rule.name, span=stream.spans[at], slots=(("cue", stream.spans[at]),), outcome=Outcome.LOOKED_AT)
            for number, rule in enumerate(self.rules)
            for at, character in enumerate(self._seen(stream))
            if number in self._hung[character] and (rule.name, at) not in matched
        ]

    def _seen(self, stream: Stream) -> str:
        return "".join(map(self._view.__getitem__, stream.characters))

    def _expression(self, number: int) -> re.Pattern[str]:
        found = self._compiled.get(number)
        if found is None:
            found = self._compiled[number] = compile_pattern(self.rules[number].pattern, self._view.own)
        return found


class View(dict[str, str]):
    """From the characters of a shared alphabet to those of one that tells apart what some patterns name.

    When that alphabet grows, the patterns that name a class of the new character are struck from ``compiled``.
    """

    def __init__(self, shared: Alphabet, named: Sequence[frozenset[str]], compiled: dict[int, re.Pattern[str]]) -> None:
        super().__init__()
        self.own = Alphabet()
        self._shared = shared
        self._named = named
        self._all = frozenset().union(*named)
        self._compiled = compiled

    def __missing__(self, character: str) -> str:
        classes = self._shared.classes_of(character) & self._all
        size = self.own.size
        seen = self[character] = self.own.character(classes)
        if self.own.size > size:
            for number, named in enumerate(self._named):
                if not named.isdisjoint(classes):
                    self._compiled.pop(number, None)
        return seen


class Hung(dict[str, tuple[int, ...]]):
    """The numbers of the rules whose cue a character can be."""

    def __init__(self, view: View, cues: Sequence[frozenset[str]]) -> None:
        super().__init__()
        self._view = view
        self._cues = cues

    def __missing__(self, character: str) -> tuple[int, ...]:
        classes = self._view.own.classes_of(character)
        found = tuple(number for number, cues in enumerate(self._cues) if not cues.isdisjoint(classes))
        self[character] = found
        return found


def preferred(matches: Iterable[Match]) -> tuple[list[Match], list[Match]]:
    """The matches to keep, one a cue, and those that lost: by priority, then more slots, then longer, then first."""
    ranked = sorted(matches, key=lambda m: (-m.rule.priority, -len(m.slots), m.first - m.last, m.rule.name, m.first))
    kept: dict[int, Match] = {}
    lost: list[Match] = []
    for match in ranked:
        if kept.setdefault(match.cue, match) is not match:
            lost.append(match)
    return [kept[cue] for cue in sorted(kept)], lost
