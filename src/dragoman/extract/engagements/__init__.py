"""Which engagements does a text report?

``rules.toml`` finds the places where one is spoken of, ``build`` makes a report of each, ``draft`` joins the reports of
one engagement, and ``compose`` writes one mention for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.build import build
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.compose import mentions_of
from dragoman.extract.engagements.draft import drafts_of
from dragoman.extract.engagements.frame import Refused
from dragoman.extract.engagements.report import Report
from dragoman.extract.engagements.scene import Scene
from dragoman.extract.engagements.turns import meeting_of_speakers
from dragoman.extract.items import words_for
from dragoman.grammar.match import Match, RuleSet
from dragoman.grammar.rules import load_rules
from dragoman.grammar.stream import Alphabet, Stream
from dragoman.lexicon.load import Lexicon
from dragoman.record.marks import AmountMark, AnyMark, CueMark, MechanismMark, TimeMark
from dragoman.record.mentions import AnyMention, EngagementMention, Participant
from dragoman.record.reading import Outcome
from dragoman.record.segments import Sentence
from dragoman.record.span import Span

# Classes of cues without which no rule of this room can match.
CUE_CLASSES = frozenset({"engage", "engagement_noun", "discuss", "delegation_noun", "call_on"})

BETWEEN_QUESTIONS = 4  # sentences
ANYWHERE = 100_000


class Engagements:
    """Reads engagements; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._alphabet = alphabet
        self._rules = RuleSet(load_rules(files(__package__) / "rules.toml"), alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[EngagementMention]:
        """The document's engagements; ``before`` are the mentions that earlier rooms read."""
        del before
        scene = Scene(context)
        reports = [report for clause in self._clauses(context) for report in self._reports(scene, context, clause)]
        together = meeting_of_speakers(context, scene)
        return mentions_of(context, scene, drafts_of(reports, pair_of(context, scene), together, reach=reach_of(scene)))

    def _clauses(self, context: Context) -> Iterator[Clause]:
        """The sentences in which a cue of this room stands."""
        starts = [mark.span.start for mark in context.marks_of(MechanismMark)]
        starts += [mark.span.start for mark in context.marks_of(CueMark) if not CUE_CLASSES.isdisjoint(mark.classes)]
        for number in sorted({context.sentence_number(start) for start in starts} - {-1}):
            sentence = context.segments.sentences[number]
            yield Clause(context.text, sentence, number, self._stream(context, sentence))

    def _stream(self, context: Context, sentence: Sentence) -> Stream:
        """The items of a sentence, without amounts and without the days that open names of mechanisms.

        An amount ("second meeting", "10 ASEAN nations") would hide the noun that it counts.
        """
        table = words_for(self._alphabet, self._rules.words)
        marks = context.marks_in(sentence)
        if not any(type(mark) is AmountMark or type(mark) is MechanismMark for mark in marks):
            return context.layout(sentence, quoted=False).stream(table)
        held = [without_day(context, mark) for mark in marks if type(mark) is not AmountMark]
        held.sort(key=lambda mark: (mark.span.start, -mark.span.end))
        return context.laid_out(sentence, held).stream(table)

    def _reports(self, scene: Scene, context: Context, clause: Clause) -> Iterator[Report]:
        """The reports of one sentence, in order of their cues."""
        matches = self._rules.matches(clause.stream)
        if context.trace.on:
            context.trace.add(*self._rules.looked_at(clause.stream, matches))
        taken: set[int] = set()
        for match in ranked(matches):
            if match.cue in taken:
                context.trace.add(match.firing(clause.stream, Outcome.LOST))
                continue
            made = build(scene, context, clause, match)
            if isinstance(made, Refused):
                context.trace.add(match.firing(clause.stream, Outcome.DROPPED, made.reason))
            else:
                taken.add(match.cue)
                context.trace.add(*(report.firing for report in made[:1] if report.firing is not None))
                yield from made


def without_day(context: Context, mark: AnyMark) -> AnyMark:
    """A mechanism's mark without a day that opens it: "the February 12 Trilateral Ministerial"."""
    if isinstance(mark, MechanismMark):
        for time in context.marks_within(mark.span, TimeMark):
            if time.span.start == mark.span.start and time.span.end < mark.span.end:
                span = Span(time.span.end + 1, mark.span.end)
                return msgspec.structs.replace(mark, span=span, name=span.of(context.text))
    return mark


def reach_of(scene: Scene) -> int:
    """Over how many sentences "the talks" may point back: few where reporters ask about one thing after another."""
    return BETWEEN_QUESTIONS if scene.questioned else ANYWHERE


def pair_of(context: Context, scene: Scene) -> list[Participant]:
    """The two persons whom the document is about, as participants."""
    people = [(i, context.people[i]) for i in scene.pair]
    return [Participant(name=p.name, party=p.party, office=p.office, person=i) for i, p in people]


def ranked(matches: Sequence[Match]) -> list[Match]:
    """Matches in order of their cues; of one cue the likeliest first. One that is refused leaves its cue to the next."""
    return sorted(matches, key=lambda m: (m.cue, -m.rule.priority, m.first - m.last, m.rule.name))
