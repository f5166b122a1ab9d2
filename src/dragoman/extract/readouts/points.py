"""What does an account say, point by point: who raised what, with which verb?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.sides import Side, subject_of
from dragoman.grammar.stream import Alphabet
from dragoman.record.marks import CueMark, OrganisationMark, PartyMark, PersonForm, PersonMark, TopicMark
from dragoman.record.mentions import Point
from dragoman.record.segments import Sentence
from dragoman.record.span import Span

# Classes of the cues by which something is raised, beside those made for readouts.
RAISING = frozenset(
    {"readout", "invite", "request", "promise", "commit", "assure", "brief", "agree_verb", "urge", "protest_verb", "criticise",
     "accuse", "reject", "apologise", "announce", "sign", "offer", "warn", "reaffirm"}
)  # fmt: skip
SAYING = RAISING | {"say", "tell", "explain", "state_verb", "confirm"}  # in an account that speaks itself
FINITE = frozenset({"past", "present", "participle"})
WE = frozenset("we i they both sides countries leaders ministers governments parties delegations".split())
BESIDE = frozenset("also further strongly deeply fully jointly again and".split())  # between a subject and its verb
BARE = frozenset("the two both three pair sides also".split())  # subjects without a name: "the two", "both sides"
ADVERBS = frozenset("also further strongly deeply fully jointly again then later has have had would".split())
RELATIVE = frozenset({"who", "which", "that"})
PASSIVE = frozenset("was were been are is be".split())
HAD = re.compile(r"\b(?:had|held|have|hold)\b(?: [\w-]+,?){0,6} $")  # before "exchange", "talks"
ABOUT = re.compile(r" (?:on|about|regarding|covering|concerning|over)\b")
GIVING = frozenset({"express", "convey", "extend", "share"})
WISHES = frozenset({"condole", "thank", "congratulate"})
CLOSE, FAR = 3, 9  # items from a subject to its verb, and to the noun of "had a frank and constructive exchange"
NEAR = 40  # characters between such a verb and what is expressed
# What a point does not end with, since the next one begins behind it.
TAIL = re.compile(r"(?:[\s,;]+(?:and|but|while|whereas|as well as|or)(?: that)?[\s\"“]*)?[\s,;]*$")
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
    ("engagement_noun", "discuss"),
    ("note", "note"),
    ("promise", "promise"),
    ("commit", "promise"),
    ("offer", "offer"),
    ("assure", "assure"),
    ("sign", "sign"),
    ("apologise", "apologise"),
    ("criticise", "criticise"),
    ("accuse", "accuse"),
    ("reject", "reject"),
    ("brief", "inform"),
    ("announce", "announce"),
    ("confirm", "confirm"),
    ("say", "say"),
    ("tell", "say"),
    ("explain", "say"),
)


class PointReader:
    """Reads sentences into points."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet

    def within(self, context: Context, body: Span) -> Iterator[Point]:
        """The points of the sentences that lie in a stretch of the text."""
        for sentence in context.segments.sentences:
            if body.start <= sentence.span.start and sentence.span.end <= body.end:
                yield from self.of_sentence(context, sentence, SAYING)

    def of_sentence(self, context: Context, sentence: Sentence, classes: frozenset[str] = RAISING) -> Iterator[Point]:
        """One point for each verb of saying or discussing in the sentence."""
        marks = context.marks_within(sentence.span, CueMark)
        cues = [cue for cue in marks if not classes.isdisjoint(cue.classes) or is_exchange(context.text, cue)]
        if not cues:
            return
        stream = context.stream(sentence, self._alphabet, frozenset(), quoted=False)
        clause = Clause(context.text, sentence, 0, stream)
        items = [item_of(clause, cue) for cue in cues]
        placed = [(cue, item) for cue, item in zip(cues, items, strict=True) if item is not None]
        held = [(cue, item) for cue, item in placed if is_point(context, clause, cue, item)]
        if not held:
            return
        sides = subjects_of(clause, [item for _, item in held])
        starts = [
            opening_of(clause, item, side, FAR if is_exchange(context.text, cue) else CLOSE)
            for (cue, item), side in zip(held, sides, strict=True)
        ]
        starts = [start if n == 0 else max(start, held[n - 1][1] + 1) for n, start in enumerate(starts)]
        ends = [*starts[1:], len(clause)]
        for (cue, item), side, start, end in zip(held, sides, starts, ends, strict=True):
            point = point_of(context, clause, cue, side, clause.span(start, max(end, item + 1)))
            both = bare_subject(clause, start, item) and (side.empty or side.first < start)
            yield msgspec.structs.replace(point, raised_by="both") if both else point


def is_point(context: Context, clause: Clause, cue: CueMark, at: int) -> bool:
    """Whether a cue is a finite verb by which something is raised, and not only the verb of the engagement itself.

    The base form is finite behind "we" and the like: "we strongly condemn".
    """
    if is_exchange(context.text, cue):
        return True
    if "engage" in cue.classes and not raises_too(context, clause, cue, at):
        return False
    if relative(clause, at) or before_verb(clause, at) in ("be", "being"):
        return False
    if cue.form in FINITE:
        return True
    before = [word for word in clause.words[max(0, at - 3) : at] if word not in BESIDE]
    return cue.form == "base" and bool(before) and before[-1].split(" ")[-1] in WE


def is_exchange(text: str, cue: CueMark) -> bool:
    """Whether a noun tells what was talked of: "had a frank exchange on fisheries"."""
    if cue.form != "noun" or "engagement_noun" not in cue.classes:
        return False
    return bool(ABOUT.match(text, cue.span.end)) and bool(HAD.search(text, max(0, cue.span.start - 60), cue.span.start))


def good_wish(context: Context, cue: CueMark) -> CueMark | None:
    """The noun that says what was expressed or conveyed: "expressed his condolences"."""
    if GIVING.isdisjoint(cue.classes):
        return None
    behind = context.marks_within(Span(cue.span.end, cue.span.end + NEAR), CueMark)
    return next((noun for noun in behind if noun.form == "noun" and not WISHES.isdisjoint(noun.classes)), None)


def raises_too(context: Context, clause: Clause, cue: CueMark, at: int) -> bool:
    """Whether a verb of contact raises something, too: an invitation, a topic, a welcome to more than a visitor."""
    if "invite" in cue.classes:
        return True
    if "welcome_visitor" in cue.classes:
        return not any(isinstance(actor, PersonMark) for actor in clause.actors[at + 1 : at + 3])
    return bool(context.marks_within(Span(cue.span.end, clause.sentence.span.end), TopicMark))


def item_of(clause: Clause, cue: CueMark) -> int | None:
    """The item on which a cue stands; None when a longer mark covers it."""
    return next((i for i, span in enumerate(clause.stream.spans) if span.start == cue.span.start), None)


def subjects_of(clause: Clause, verbs: Sequence[int]) -> list[Side]:
    """The subject of each verb; a verb joined on by "and" has that of the verb before: "thanked him and asked for more"."""
    sides: list[Side] = []
    for number, at in enumerate(verbs):
        joined = number > 0 and before_verb(clause, at) in ("and", ",", "but")
        sides.append(sides[-1] if joined else subject_of(clause, at))
    return sides


def before_verb(clause: Clause, at: int) -> str:
    """The word before a verb and its adverbs."""
    return next((clause.words[i] for i in range(at - 1, max(-1, at - 4), -1) if clause.words[i] not in ADVERBS), "")


def relative(clause: Clause, at: int) -> bool:
    """Whether a verb only tells something apart: "the tariffs that Peru announced", "a state which asked for help"."""
    if before_verb(clause, at) in RELATIVE:
        return True
    side = subject_of(clause, at)
    first = side.first - (side.first > 0 and clause.words[side.first - 1] in ("the", "both"))
    if first < 2 or at - side.last > 2 or clause.words[first - 1] not in ("that", "which", "whom"):
        return False
    cue = clause.cue(first - 2)
    told = clause.acts(first - 2) or (cue is not None and cue.form != "noun")  # "told Peru that", "noted that"
    return not told and clause.words[first - 2] not in (",", "and")


def opening_of(clause: Clause, at: int, side: Side, reach: int) -> int:
    """The item where the point of the verb at ``at`` begins: its subject when that stands near, else the verb.

    What "was discussed" stands before its verb.
    """
    if passive(clause, at):
        return 0
    if not side.empty and 0 <= at - side.last <= reach:
        return side.first
    first = at
    while first and clause.words[first - 1].split(" ")[-1] in BARE:
        first -= 1
    return first


def bare_subject(clause: Clause, start: int, at: int) -> bool:
    """Whether the subject between ``start`` and the verb at ``at`` is a bare "the two" or "both sides"."""
    return at > start and clause.words[start].split(" ")[0] in ("the", "both") and not passive(clause, at)


def passive(clause: Clause, at: int) -> bool:
    """Whether the verb at ``at`` is a passive whose subjects are no actors: "trade and energy were discussed"."""
    return not PASSIVE.isdisjoint(clause.words[max(0, at - 2) : at]) and subject_of(clause, at).empty


def point_of(context: Context, clause: Clause, cue: CueMark, side: Side, span: Span) -> Point:
    """The point that a verb with its subject makes."""
    trimmed = without_tail(context.text, span)
    topics = tuple(dict.fromkeys(mark.topic for mark in context.marks_within(trimmed, TopicMark)))
    return Point(
        span=trimmed,
        topics=topics,
        raised_by=raised_by(context, clause, side),
        verb=cue.lemma,
        strength=cue.strength,
        stance=cue.stance,
        act=act_of(good_wish(context, cue) or cue),
    )


def without_tail(text: str, span: Span) -> Span:
    """The span without the conjunction and the marks that lead on to the next point."""
    words = span.of(text)
    tail = TAIL.search(words)
    return Span(span.start, span.start + tail.start()) if tail is not None and tail.start() else span


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
        case PersonMark() if len(actor.people) > 1 or actor.form is PersonForm.GROUP:
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
