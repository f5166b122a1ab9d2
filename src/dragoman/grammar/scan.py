"""How is a whole document read by many small rules in one pass?

``RuleSet`` tries every rule over one sentence; a scanner walks once over the stream of a document. Where an
item can open a rule, only the rules that can go on with the next item are tried: the first by priority, then in order
of the file. A match that its taker refuses is offered to the rules behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman.grammar.opening import Opening, opening_of
from dragoman.grammar.pattern import expression_of
from dragoman.grammar.rules import Rule
from dragoman.grammar.stream import Alphabet

LONG = 20_000  # items: from here on a text is read by stretches, so that a table of numbers costs no more than prose
STRETCH = 4_000  # items of a stretch
CROWDED = 400  # items of a stretch at which rules were tried: prose has about 90; the rest of a fuller one is not read
# Crowded stretches after which a text is taken for a table: of each further one only the head is read.
PATIENCE = 6
SAMPLED = 40  # items of such a head


class Hit:
    """A rule's match at one place of a stream, as item numbers."""

    __slots__ = ("_match", "_names", "first", "last", "rule")

    def __init__(self, rule: Rule, match: re.Match[str], names: frozenset[str]) -> None:
        self.rule = rule
        self.first, self.last = match.span()
        self._match = match
        self._names = names

    def slot(self, name: str) -> tuple[int, int] | None:
        """First and last (excluded) item of a slot; None when it is empty or not of this rule."""
        if name not in self._names:
            return None
        place = self._match.span(name)
        return place if place[1] > place[0] else None

    def slots(self) -> dict[str, tuple[int, int]]:
        """Every filled slot of the rule."""
        found = {name: self._match.span(name) for name in self._match.groupdict()}
        return {name: place for name, place in found.items() if place[1] > place[0]}


Taker = Callable[[Hit], bool]


class Ready(NamedTuple):
    """A rule compiled, with the items that it can begin with."""

    rule: Rule
    expression: re.Pattern[str]
    names: frozenset[str]
    opening: Opening

    def begins(self, first: str, second: str) -> bool:
        """Whether the rule can begin with an item and go on with another (or nothing)."""
        if first not in self.opening.first:
            return False
        return first in self.opening.alone or second in self.opening.second.get(first, ())


class Candidates(dict[str, tuple[Ready, ...]]):
    """The rules that can begin with a pair of items, found when the pair is first met."""

    def __init__(self, rules: Iterable[Ready]) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, pair: str) -> tuple[Ready, ...]:
        found = tuple(ready for ready in self._rules if ready.begins(pair[0], pair[1:]))
        self[pair] = found
        return found


class Scanner:
    """Rules compiled against one alphabet and grouped by the items that can open them."""

    def __init__(self, rules: Iterable[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: -rule.priority))
        self._alphabet = alphabet
        self._size = -1
        self._openings = re.compile("(?!)")
        self._candidates = Candidates(())

    def scan(self, characters: str, take: Taker) -> list[tuple[int, int]]:
        """Offer matches to ``take`` from left to right; what it takes is not read again.

        In a long text the rest of a stretch that is crowded with numbers or dates is passed over; the items (first,
        last excluded) of what was passed over come back.
        """
        if self._size != self._alphabet.size:
            self._compile()
        candidates, at = self._candidates, 0
        crowd = Crowd() if len(characters) >= LONG else None
        for opening in self._openings.finditer(characters):
            first = opening.start()
            if first < at:
                continue
            tried = candidates[characters[first : first + 2]]
            if not tried:
                continue
            if crowd is not None:
                at = crowd.goes_on(first)
            for rule, expression, names, _ in tried:
                match = expression.match(characters, first)
                if match is not None and take(hit := Hit(rule, match, names)):
                    at = max(at, hit.last)
                    break
        return [] if crowd is None else crowd.passed(len(characters))

    def alternatives(self, characters: str, first: int) -> list[Hit]:
        """Every rule's own match at an item, for ``explain``."""
        hits: list[Hit] = []
        for rule, expression, names, _ in self._candidates[characters[first : first + 2]]:
            match = expression.match(characters, first)
            if match is not None:
                hits.append(Hit(rule, match, names))
        return hits

    def _compile(self) -> None:
        ready = [self._ready(rule) for rule in self.rules]
        self._candidates = Candidates(ready)
        self._openings = re.compile(openings_of(ready) or "(?!)")
        self._size = self._alphabet.size

    def _ready(self, rule: Rule) -> Ready:
        expression = re.compile(expression_of(rule.pattern, self._alphabet))
        return Ready(rule, expression, frozenset(expression.groupindex), opening_of(rule.pattern, self._alphabet))


def openings_of(rules: Sequence[Ready]) -> str:
    """An expression for the items at which some rule can begin, those left out behind which none can go on.

    One alternative for all of them: an expression that knows every pair is slower than trying the pairs it finds.
    """
    alone = frozenset().union(*(rule.opening.alone for rule in rules))
    first = frozenset().union(*(rule.opening.first for rule in rules)) - alone
    second = {item for rule in rules for begin in first for item in rule.opening.second.get(begin, ())}
    pairs = f"[{joined(first)}](?=[{joined(second)}])" if first and second else ""
    return "|".join(filter(None, (f"[{joined(alone)}]" if alone else "", pairs)))


def joined(items: Iterable[str]) -> str:
    """The items as the inside of a set of characters."""
    return "".join(sorted(items))


class Crowd:
    """Counts in a long text's stretches the items at which rules were tried."""

    def __init__(self) -> None:
        self._end = STRETCH
        self._count = 0
        self._crowded = 0
        self._passed: list[tuple[int, int]] = []

    def goes_on(self, first: int) -> int:
        """Where reading goes on after an item: at once, or at the next stretch when this one is crowded."""
        if first >= self._end:
            self._end, self._count = first + STRETCH, 0
        self._count += 1
        if self._count <= (CROWDED if self._crowded < PATIENCE else SAMPLED):
            return first
        self._crowded += 1
        self._passed.append((first + 1, self._end))
        return self._end

    def passed(self, size: int) -> list[tuple[int, int]]:
        """The items passed over in a text of a size; what lies in stretches side by side is one."""
        found: list[tuple[int, int]] = []
        for first, last in self._passed:
            last = min(last, size)
            if first >= last:
                continue
            if found and first - found[-1][1] < STRETCH:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found
