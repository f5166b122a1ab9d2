"""Who acts, and for which parties? Persons, parties, bodies and groups of a document in order, and the subject of a verb."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple

from dragoman.record.marks import (
    AnyMark,
    CueMark,
    OrganisationMark,
    PartyForm,
    PartyMark,
    Person,
    PersonForm,
    PersonMark,
    PlaceMark,
    TopicMark,
)
from dragoman.record.mentions import AnyMention, EngagementMention
from dragoman.record.span import Span
from dragoman.segment.tokens import Tokens

# Words for several parties at once where no mark names them, and the tokens with which they begin.
GROUP = re.compile(
    r"(?i:(?:both|the (?:two|three|four|(?=sides|parties|leaders|ministers|officials|delegations|presidents)))"
    r"(?: (?:sides|parties|leaders|countries|nations|governments|ministers|foreign ministers|presidents|capitals|"
    r"delegations|officials|diplomats|secretaries|states))?\b|neither (?:side|party|country|government)\b"
    r"|each side\b|(?:they|we|participants)\b)"
)
SHORT = [who + sign + verb for who in ("they", "we") for sign in "’'" for verb in ("ll", "re", "ve", "d")]
OPENING_GROUP = frozenset(
    spelt
    for word in ("both", "the", "neither", "each", "they", "we", "participants", *SHORT)
    for spelt in (word, word.capitalize(), word.upper())
)
GOVERNED = re.compile(
    r"\b(?:with|of|to|for|from|by|between|among|against|on|at|in|into|about|over|after|before|during|under|via|than|"
    r"including|toward|towards|through|near|within|across|like|amid|as)\s+(?:the |a |an |its |their |his |her |our )?"
    r"(?:[a-z-]+ ){0,2}$"
)
JOINED = re.compile(
    r"(?:,|\sand|\sor|,\sand|\s&|\sas well as|, along with|\stogether with)\s*(?:the |its |their |his |her )?$"
)
OWNING = re.compile(r"['’]s? (?:[\w-]+ ){0,2}")
OWNS = re.compile(r"['’]s?\b")
NOUN_AFTER = re.compile(
    r" (?:(?:trade|foreign|senior|interim|military|government|deputy|prime|finance|commerce|state|defence|defense) )?"
    r"(?:officials?|government|side|delegation|negotiators?|team|authorities|diplomats?|leaders?|ministry|ministers?|"
    r"president|parliament|forces|military|army|navy|troops|police|administration|companies|lawmakers)\b"
)
QUALIFYING = frozenset({PartyForm.DEMONYM, PartyForm.PAIR})
MOST_MEMBERS = 30
REACH = 400  # characters to the left of a verb in which its subject is looked for
WINDOW = 60  # characters before a name in which a preposition may govern it
LONGEST_JOINT = 24
start_of = attrgetter("span.start")


class Actor(NamedTuple):
    """Somebody or some party at one place. ``kind`` is person, party, body, group or quality ("Indian")."""

    span: Span
    name: str
    parties: tuple[str, ...]
    kind: str


class Actors:
    """The actors of one document, by place."""

    def __init__(self, text: str, marks: Sequence[AnyMark], people: Sequence[Person], tokens: Tokens) -> None:
        self.text = text
        self.all = self._owned(without_overlaps([*self._groups(tokens), *self._marked(marks, people)]))
        self._starts = [actor.span.start for actor in self.all]
        counted = Counter(code for actor in self.all for code in actor.parties)
        self.parties = tuple(sorted(code for code, _ in counted.most_common(2)))

    def _groups(self, tokens: Tokens) -> list[Actor]:
        starts = [at for word, at in zip(tokens.words, tokens.starts, strict=True) if word in OPENING_GROUP]
        matches = [m for m in map(GROUP.match, repeat(self.text), starts) if m]
        return [Actor(Span(*m.span()), m[0], (), "group") for m in matches]

    def _marked(self, marks: Sequence[AnyMark], people: Sequence[Person]) -> list[Actor]:
        found: list[Actor] = []
        parties = [mark for mark in marks if type(mark) is PartyMark]
        starts = [mark.span.start for mark in parties]
        for mark in marks:
            kind = type(mark)
            if kind is CueMark or kind is TopicMark:  # most marks are
                continue
            if isinstance(mark, PersonMark):
                actor = person_actor(self.text, mark, people)
                if not actor.parties:
                    first, last = bisect_left(starts, actor.span.start), bisect_left(starts, actor.span.end)
                    actor = with_parties_inside(actor, parties[first:last]) if first < last else actor
                found.append(actor)
            elif isinstance(mark, PartyMark):
                found.append(self._party(mark))
            elif isinstance(mark, OrganisationMark):
                found.append(self._body(mark, marks))
        return found

    def _body(self, mark: OrganisationMark, marks: Sequence[AnyMark]) -> Actor:
        if mark.party:
            return Actor(mark.span, mark.name, (mark.party,), "body")
        at = mark.span.end + 4  # "the foreign ministry in Baku", "the ministry of Peru"
        if self.text[mark.span.end : at] in (" in ", " of "):
            for other in marks[bisect_left(marks, at, key=start_of) : bisect_right(marks, at, key=start_of)]:
                if isinstance(other, PlaceMark) and other.country:
                    return Actor(mark.span, self.text[mark.span.start : other.span.end], (other.country,), "body")
                if isinstance(other, PartyMark) and len(other.codes) == 1:
                    return Actor(mark.span, self.text[mark.span.start : other.span.end], other.codes, "body")
        return Actor(mark.span, mark.name, (), "body")

    def _owned(self, actors: list[Actor]) -> list[Actor]:
        """The actors, unnamed roles and bodies with the party of their owner: "Misri's spokesperson"."""
        for number in range(1, len(actors)):
            owner, actor = actors[number - 1], actors[number]
            between = self.text[owner.span.end : actor.span.start]
            if not actor.parties and actor.kind in ("person", "body") and owner.parties and OWNING.fullmatch(between):
                name = self.text[owner.span.start : actor.span.end] if actor.kind == "person" else actor.name
                actors[number] = actor._replace(name=name, parties=owner.parties)
        return actors

    def _party(self, mark: PartyMark) -> Actor:
        if mark.form is PartyForm.GROUP:
            return Actor(mark.span, mark.span.of(self.text), mark.codes, "group")
        acts = mark.form not in QUALIFYING or bool(NOUN_AFTER.match(self.text, mark.span.end))
        return Actor(mark.span, mark.span.of(self.text), mark.codes, "party" if acts else "quality")

    def within(self, span: Span) -> list[Actor]:
        """Actors that begin inside the span."""
        return self.all[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def subject(self, sentence: Span, at: int) -> list[Actor]:
        """The subject of the verb at ``at``: the nearest actors to its left that nothing governs, in order."""
        before = [a for a in self.within(Span(max(sentence.start, at - REACH), at)) if a.kind != "quality"]
        for number in range(len(before) - 1, -1, -1):
            actor = before[number]
            if OWNS.match(self.text, actor.span.end):
                continue
            group = self._listed(before, number, sentence.start)
            first = group[0].span.start
            if not GOVERNED.search(self.text, max(sentence.start, first - WINDOW), first):
                return group
        return []

    def _listed(self, actors: Sequence[Actor], last: int, start: int) -> list[Actor]:
        first = last
        while first and last - first < MOST_MEMBERS:
            between = self.text[max(start, actors[first - 1].span.end) : actors[first].span.start]
            if len(between) > LONGEST_JOINT or not JOINED.search(between):
                break
            first -= 1
        return list(actors[first : last + 1])

    def nearest(self, sentence: Span, at: int) -> Actor | None:
        """The actor that ends nearest before ``at`` in the sentence."""
        before = self.within(Span(sentence.start, at))
        return before[-1] if before else None


def person_actor(text: str, mark: PersonMark, people: Sequence[Person]) -> Actor:
    """The person or persons of a reference, with all their parties."""
    named = [people[i] for i in mark.people if i < len(people)]
    if len(named) == 1 and mark.form is not PersonForm.GROUP:
        party = named[0].party or mark.party
        return Actor(mark.span, named[0].name, (party,) if party else (), "person")
    parties = {p.party for p in named if p.party} or ({mark.party} if mark.party else set())
    group = mark.form is PersonForm.GROUP or len(named) > 1
    name = named[0].name if len(named) == 1 else (mark.head or mark.span).of(text)
    return Actor(mark.span, name, tuple(sorted(parties)), "group" if group else "person")


def with_parties_inside(actor: Actor, parties: Sequence[PartyMark]) -> Actor:
    """The actor with the parties that its own words name: "the leaders of Armenia and Azerbaijan"."""
    codes = {code for mark in parties if actor.span.covers(mark.span) for code in mark.codes}
    return actor._replace(parties=tuple(sorted(codes)), kind="group" if len(codes) > 1 else actor.kind)


def without_overlaps(actors: list[Actor]) -> list[Actor]:
    """The actors in order, without those that lie within a longer one."""
    rank = {"person": 0, "body": 1, "party": 2, "group": 3, "quality": 4}
    actors.sort(key=lambda a: (a.span.start, -a.span.end, rank[a.kind]))
    kept: list[Actor] = []
    end = -1
    for actor in actors:
        if actor.span.start >= end:
            kept.append(actor)
            end = actor.span.end
    return kept


def codes_of(actors: Sequence[Actor]) -> tuple[str, ...]:
    """The parties of the actors, sorted."""
    return tuple(sorted({code for actor in actors for code in actor.parties}))


def sides_of(before: Sequence[AnyMention], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of the contact that a document speaks of most, else those it names most."""
    counted = Counter(m.parties for m in before if isinstance(m, EngagementMention) and len(m.parties) > 1)
    return counted.most_common(1)[0][0] if counted else otherwise
