"""Which rules read a stream, and which reading of a cue is preferred?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.grammar.needs import Gate
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
    """Rules over one alphabet, tried only where their cue stands."""

    def __init__(self, rules: Iterable[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(rules)
        self.words = frozenset().union(*(words_in(rule.pattern) for rule in self.rules)) if self.rules else frozenset()
        self._views = [View(rule.pattern, alphabet) for rule in self.rules]
        self._gate = Gate(alphabet, [rule.pattern for rule in self.rules])
        self._hung = Hung(alphabet, [cue_classes(rule.pattern) for rule in self.rules])

    def matches(self, stream: Stream) -> list[Match]:
        """Every match of every rule, in order of rule and place."""
        found: list[Match] = []
        for number in self._gate.passed(stream.characters):
            for match in self._views[number].finditer(stream.characters):
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
            for at, character in enumerate(stream.characters)
            if number in self._hung[character] and (rule.name, at) not in matched
        ]


class View(dict[str, str]):
    """How one pattern sees the characters of a shared alphabet: through one of its own, with the classes that it names.

    That alphabet has some dozen characters and is soon complete, whatever else the shared one meets, so that the
    pattern is compiled a few times in the life of a process.
    """

    def __init__(self, pattern: str, shared: Alphabet) -> None:
        super().__init__()
        self._pattern = pattern
        self._shared = shared
        self._own = Alphabet()
        self._named = classes_in(pattern)
        self._expression: re.Pattern[str] | None = None
        self._caught = 0  # characters of the shared alphabet that were looked at before the last compilation

    def __missing__(self, character: str) -> str:
        size = self._own.size
        seen = self[character] = self._own.character(self._shared.classes_of(character) & self._named)
        if self._own.size > size:
            self._expression = None
        return seen

    def finditer(self, characters: str) -> Iterator[re.Match[str]]:
        """The pattern's matches in a stream of the shared alphabet."""
        seen = "".join(map(self.__getitem__, characters))
        if self._expression is None:
            known = self._shared.characters
            for character in known[self._caught :]:
                self[character]  # what other patterns have met will be met here, too
            self._caught = len(known)
            self._expression = compile_pattern(self._pattern, self._own)
        return self._expression.finditer(seen)


class Hung(dict[str, tuple[int, ...]]):
    """The numbers of the rules whose cue a character can be."""

    def __init__(self, alphabet: Alphabet, cues: Sequence[frozenset[str]]) -> None:
        super().__init__()
        self._alphabet = alphabet
        self._cues = cues

    def __missing__(self, character: str) -> tuple[int, ...]:
        classes = self._alphabet.classes_of(character)
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
