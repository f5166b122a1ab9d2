"""How is a whole document read by many small rules in one pass?

``RuleSet`` tries every rule over one sentence; a scanner walks once over the stream of a document. Where an item can
open a rule, those rules alone are tried, joined into one expression: the first by priority, then in order of the file.
A match that its taker refuses is offered to the rules behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dragoman.grammar.opening import Opening, opening_of
from dragoman.grammar.pattern import expression_of
from dragoman.grammar.rules import Rule
from dragoman.grammar.stream import Alphabet

END = "\0"  # stands behind the last item; no alphabet gives it out
SLOT = re.compile(r"\(\?P<(\w+)>")


class Hit:
    """A rule's match at one place of a stream, as item numbers."""

    __slots__ = ("_match", "_prefix", "first", "last", "rule")

    def __init__(self, rule: Rule, match: re.Match[str], prefix: str) -> None:
        self.rule = rule
        self.first, self.last = match.span()
        self._match = match
        self._prefix = prefix

    def slot(self, name: str) -> tuple[int, int] | None:
        """First and last (excluded) item of a slot; None when it is empty or not of this rule."""
        try:
            first, last = self._match.span(self._prefix + name)
        except IndexError:
            return None
        return (first, last) if first >= 0 else None

    def slots(self) -> dict[str, tuple[int, int]]:
        """Every filled slot of the rule."""
        names = [name for name in self._match.groupdict() if name.startswith(self._prefix) and name != self._prefix]
        found = {name.removeprefix(self._prefix): self._match.span(name) for name in names}
        return {name: place for name, place in found.items() if name and place[0] >= 0}


Taker = Callable[[Hit], bool]


class Scanner:
    """Rules compiled against one alphabet and grouped by the items that can open them."""

    def __init__(self, rules: Iterable[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: -rule.priority))
        self._alphabet = alphabet
        self._size = -1
        self._openings = re.compile("(?!)")
        self._seconds: dict[str, set[str]] = {}
        self._single: dict[str, tuple[tuple[Rule, re.Pattern[str], str], ...]] = {}
        self._joined: dict[str, re.Pattern[str]] = {}

    def scan(self, characters: str, take: Taker) -> None:
        """Offer matches to ``take`` from left to right; what it takes is not read again."""
        if self._size != self._alphabet.size:
            self._compile()
        joined, seconds, at = self._joined, self._seconds, 0
        following = characters[1:] + END
        for opening in self._openings.finditer(characters):
            first = opening.start()
            if first < at:
                continue
            character = characters[first]
            if following[first] not in seconds[character]:
                continue
            match = joined[character].match(characters, first)
            if match is not None:
                at = self._offered(characters, match, take)

    def alternatives(self, characters: str, first: int) -> list[Hit]:
        """Every rule's own match at an item, for ``explain``."""
        hits: list[Hit] = []
        for rule, expression, prefix in self._single.get(characters[first], ()):
            match = expression.match(characters, first)
            if match is not None:
                hits.append(Hit(rule, match, prefix))
        return hits

    def _offered(self, characters: str, match: re.Match[str], take: Taker) -> int:
        """Where reading goes on after the match, or after another rule's at the same item, was taken or refused."""
        prefix = match.lastgroup or ""
        hit = Hit(self.rules[int(prefix[1:-1])], match, prefix)
        if take(hit):
            return hit.last
        for other in self.alternatives(characters, match.start()):
            if other.rule is not hit.rule and take(other):
                return other.last
        return match.start() + 1

    def _compile(self) -> None:
        by_first: dict[str, list[tuple[Rule, str, str]]] = {}
        self._seconds.clear()
        for number, rule in enumerate(self.rules):
            prefix = f"r{number}_"
            body = SLOT.sub(rf"(?P<{prefix}\1>", expression_of(rule.pattern, self._alphabet))
            opening = opening_of(rule.pattern, self._alphabet)
            self._learn_seconds(opening)
            for character in sorted(opening.first):
                by_first.setdefault(character, []).append((rule, f"(?P<{prefix}>{body})", prefix))
        compiled: dict[str, re.Pattern[str]] = {}
        for rules in by_first.values():
            for _, body, prefix in rules:
                compiled.setdefault(prefix, re.compile(body))
        self._single = {c: tuple((rule, compiled[p], p) for rule, _, p in rules) for c, rules in by_first.items()}
        joined = {c: "|".join(body for _, body, _ in rules) for c, rules in by_first.items()}
        expressions = {source: re.compile(source) for source in set(joined.values())}
        self._joined = {c: expressions[source] for c, source in joined.items()}
        for character in by_first:
            self._seconds.setdefault(character, set())
        self._openings = re.compile(f"[{''.join(sorted(by_first))}]") if by_first else re.compile("(?!)")
        self._size = self._alphabet.size

    def _learn_seconds(self, opening: Opening) -> None:
        for character, seconds in opening.second.items():
            self._seconds.setdefault(character, set()).update(seconds)
        anything = {*self._alphabet.characters, END}
        for character in opening.alone:
            self._seconds.setdefault(character, set()).update(anything)
