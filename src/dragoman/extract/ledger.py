"""What do the rooms of the ledgers share? One stream of a sentence for all of them, read only where a cue stands.

Measures, negotiations, commitments, disputes and incidents hang on words and cues that most sentences do not hold. The
words of all five rooms make one set, so that a sentence is turned into items once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.items import Shown
from dragoman.grammar.match import Match, RuleSet, preferred
from dragoman.grammar.needs import needs_of
from dragoman.grammar.pattern import cue_classes, words_in
from dragoman.grammar.rules import Rule, load_rules
from dragoman.grammar.stream import Alphabet, Stream
from dragoman.record.reading import Firing, Outcome
from dragoman.record.segments import Sentence
from dragoman.record.span import Span

ROOMS = ("measures", "negotiations", "commitments", "disputes", "incidents")


class Found(NamedTuple):
    """A rule's match in a sentence; ``number`` is the sentence's."""

    number: int
    sentence: Sentence
    stream: Stream
    match: Match

    @property
    def rule(self) -> Rule:
        """The rule that matched."""
        return self.match.rule

    @property
    def cue(self) -> Span:
        """Where the cue stands."""
        return self.stream.spans[self.match.cue]

    @property
    def span(self) -> Span:
        """Where the match stands."""
        return self.stream.span(self.match.first, self.match.last)

    def slot(self, name: str) -> Span | None:
        """Where a slot's words stand, if it is filled."""
        place = self.match.slots.get(name)
        return self.stream.span(*place) if place and place[0] < place[1] else None

    def firing(self, outcome: Outcome = Outcome.TAKEN, note: str = "") -> Firing:
        """The match as a record for ``explain``."""
        return self.match.firing(self.stream, outcome, note)


@cache
def rules_of(room: str) -> tuple[Rule, ...]:
    """The rules of one of the rooms."""
    return load_rules(files("dragoman.extract").joinpath(room, "rules.toml"))


@cache
def words_of_rules() -> frozenset[str]:
    """Every word that a rule of these rooms names."""
    return frozenset().union(*(words_in(rule.pattern) for room in ROOMS for rule in rules_of(room)))


@cache
def shown() -> Shown:
    """What words and marks show of what the rules of these rooms need."""
    return Shown([rule.pattern for room in ROOMS for rule in rules_of(room)], words_of_rules())


class LedgerRules:
    """The rules of one room, tried in the sentences that hold a cue of theirs."""

    def __init__(self, room: str, alphabet: Alphabet) -> None:
        self._set = RuleSet(rules_of(room), alphabet)
        self._alphabet = alphabet
        sieve = shown().sieve
        self._wanted = tuple({sieve.wanted(needs_of(rule.pattern)) for rule in self._set.rules})
        self._cues = sieve.wanted({cue_classes(rule.pattern) for rule in self._set.rules})

    def found(self, context: Context) -> Iterator[Found]:
        """The preferred match at every cue, in order of the text; the others are traced."""
        for number in self._sentences(context):
            sentence = context.segments.sentences[number]
            stream = context.stream(sentence, self._alphabet, words_of_rules(), quoted=False)
            matches = self._set.matches(stream)
            kept, lost = preferred(matches)
            if context.trace.on:
                context.trace.add(*(match.firing(stream, Outcome.LOST) for match in lost))
                context.trace.add(*self._set.looked_at(stream, matches))
            for match in kept:
                yield Found(number, sentence, stream, match)

    def _sentences(self, context: Context) -> list[int]:
        """The numbers of the sentences that hold a cue and, but for ``explain``, all that one of its rules needs."""
        cued = [(number, met) for number, met in enumerate(context.shown(shown())) if met & self._cues]
        if context.trace.on:
            return [number for number, _ in cued]
        wanted = self._wanted
        return [number for number, met in cued if [bits for bits in wanted if met & bits == bits]]
