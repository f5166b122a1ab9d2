"""What does an account say, point by point: who raised what, with which verb?"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.context import Context
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.sides import Side, subject_of
from dragoman.grammar.stream import Alphabet
from dragoman.record.marks import CueMark, OrganisationMark, PartyMark, PersonMark, TopicMark
from dragoman.record.mentions import Point
from dragoman.record.segments import Sentence
from dragoman.record.span import Span

FINITE = frozenset({"past", "present", "participle"})
# From the most telling class of a cue to the name of the act.
ACTS = (
    ("thank", "thank"),
    ("congratulate", "congratulate"),
    ("condole", "condole"),
    ("invite", "invite"),
    ("request", "request"),
    ("condemn", "condemn"),
    ("warn", "warn"),
    ("concern", "express concern"),
    ("urge", "urge"),
    ("agree_verb", "agree"),
    ("welcome", "welcome"),
    ("praise", "praise"),
    ("reaffirm", "reaffirm"),
    ("emphasise", "emphasise"),
    ("raise", "raise"),
    ("highlight", "highlight"),
    ("support", "support"),
    ("look_forward", "look forward"),
    ("oppose", "oppose"),
    ("discuss", "discuss"),
    ("exchange", "discuss"),
    ("note", "note"),
)


class PointReader:
    """Reads sentences into points."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet

    def within(self, context: Context, body: Span) -> Iterator[Point]:
        """The points of the sentences that lie in a stretch of the text."""
        for sentence in context.segments.sentences:
            if body.start <= sentence.span.start and sentence.span.end <= body.end:
                yield from self.of_sentence(context, sentence)

    def of_sentence(self, context: Context, sentence: Sentence) -> Iterator[Point]:
        """One point for each verb of saying or discussing in the sentence."""
        cues = [cue for cue in context.marks_within(sentence.span, CueMark) if is_point(cue)]
        if not cues:
            return
        stream = context.stream(sentence, self._alphabet, frozenset(), quoted=False)
        clause = Clause(context.text, sentence, 0, stream)
        items = [item_of(clause, cue) for cue in cues]
        held = [(cue, item) for cue, item in zip(cues, items, strict=True) if item is not None]
        starts = [opening_of(clause, item) for _, item in held]
        ends = [*starts[1:], len(clause)]
        for (cue, item), start, end in zip(held, starts, ends, strict=True):
            yield point_of(context, clause, cue, subject_of(clause, item), clause.span(start, max(end, item + 1)))


def is_point(cue: CueMark) -> bool:
    """Whether a cue is a finite verb by which something is raised."""
    return "readout" in cue.classes and cue.form in FINITE


def item_of(clause: Clause, cue: CueMark) -> int | None:
    """The item on which a cue stands; None when a longer mark covers it."""
    return next((i for i, span in enumerate(clause.stream.spans) if span.start == cue.span.start), None)


def opening_of(clause: Clause, at: int) -> int:
    """The item where the point of the verb at ``at`` begins: its subject when that stands near, else the verb."""
    side = subject_of(clause, at)
    return side.first if not side.empty and at - side.last <= 3 else at


def point_of(context: Context, clause: Clause, cue: CueMark, side: Side, span: Span) -> Point:
    """The point that a verb with its subject makes."""
    trimmed = Span(span.start, span.start + len(context.text[span.start : span.end].rstrip(" ,;")))
    topics = tuple(dict.fromkeys(mark.topic for mark in context.marks_within(trimmed, TopicMark)))
    return Point(
        span=trimmed,
        topics=topics,
        raised_by=raised_by(context, clause, side),
        verb=cue.lemma,
        strength=cue.strength,
        stance=cue.stance,
        act=act_of(cue),
    )


def act_of(cue: CueMark) -> str:
    """The act that a verb performs, by its most telling class; its lemma when it has none."""
    return next((act for name, act in ACTS if name in cue.classes), cue.lemma)


def raised_by(context: Context, clause: Clause, side: Side) -> str | None:
    """A name, a party, or "both" for several; None when nobody is the subject."""
    if len(side.actors) + len(side.groups) > 1:
        return "both"
    if not side.actors:
        return side.groups[0].parties[0] if side.groups else None
    actor = clause.actors[side.actors[0]]
    match actor:
        case PersonMark() if len(actor.people) > 1:
            return "both"
        case PersonMark() if actor.people:
            return context.people[actor.people[0]].name or actor.party
        case PersonMark():
            return "both" if clause.words[side.actors[0]] in ("they", "we") else actor.party
        case PartyMark():
            return "both" if len(actor.codes) != 1 else actor.codes[0]
        case OrganisationMark():
            return actor.party or actor.name
    return None
