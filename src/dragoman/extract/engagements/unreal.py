"""Is an engagement only asked about, imagined, wished for, or a habit?

A briefing speaks of meetings that may be, of what officials do "all the time", and is asked about those that reporters
have heard of. None of these tells that somebody met.
"""

from __future__ import annotations

from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.frame import Frame
from dragoman.extract.engagements.scene import Scene
from dragoman.extract.engagements.standing import POSSIBLE, form_of
from dragoman.record.marks import CueMark, PersonMark
from dragoman.record.mentions import Status

CONDITIONS = frozenset({"if", "whether", "unless", "whenever"})
EDGES = frozenset({",", ";", ":", "—", "–"})
# What a question takes for granted stands behind these: "When the ministers met in Oslo, did they ...?"
GRANTED = frozenset({"when", "after", "since", "because", "following", "during"})
OBLIGED = frozenset({"should", "must", "ought", "need", "needs"})
HABITS = frozenset(
    "regularly routinely frequently often always constantly periodically continually continuously usually typically "
    "normally daily weekly".split()
)
HABITUAL_ENDS = (("all", "the", "time"), ("regular", "basis"), ("many", "times"), ("time", "to", "time"))
LAST_OF_HABITUAL = frozenset(end[-1] for end in HABITUAL_ENDS)
WISHES = frozenset(
    "support supports supporting encourage encourages encouraging facilitate facilitates facilitating urge urges urging "
    "advocate advocates favor favors favour favours".split()
)
WISH_REACH = 6  # items between a wish and the talks that it is for
HABIT_REACH = 4
NEAR = 3
OURS = frozenset({"we", "us", "our"})


def unreal(scene: Scene, clause: Clause, at: int, frame: Frame) -> str:
    """Why the engagement whose cue stands at ``at`` is not told as one that is, was or will be; empty when it is."""
    if of_a_government(scene, clause, frame):
        return "a government's ties"
    if asked(clause, at, frame):
        return "only asked about"
    if conditional(clause, at):
        return "only imagined"
    if habitual(clause, at):
        return "a habit"
    if frame.noun:
        return "only wished for" if frame.standing.status is not Status.DENIED and wished(clause, at) else ""
    near = clause.words[max(0, at - NEAR) : at]
    if not OBLIGED.isdisjoint(near):
        return "only called for"
    if scene.questioned and not POSSIBLE.isdisjoint(near):
        return "only possible"
    if scene.questioned and general(clause, at, frame):
        return "a habit"
    return ""


def of_a_government(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether a speaker's "we" is said, without a day, to talk with people of whom none is named."""
    if not scene.questioned or frame.left.empty or any(clause.words[at] not in OURS for at in frame.left.actors):
        return False
    others = (clause.actors[at] for at in frame.right.actors)
    named = any(isinstance(actor, PersonMark) and actor.people for actor in others)
    return not named and not any(clause.time(i) is not None for i in range(len(clause)))


def asked(clause: Clause, at: int, frame: Frame) -> bool:
    """Whether a question asks for the engagement itself; one that it takes for granted is told."""
    end = clause.sentence.span.end
    if not clause.text[max(0, end - NEAR) : end].rstrip("”\"’') ").endswith("?"):
        return False
    if frame.noun:
        return not frame.definite
    first = frame.left.first if not frame.left.empty else at
    return GRANTED.isdisjoint(clause.words[max(0, first - NEAR) : first])


def conditional(clause: Clause, at: int) -> bool:
    """Whether a condition opens the part of the sentence in which the cue stands."""
    for i in range(at - 1, -1, -1):
        if clause.words[i] in CONDITIONS:
            return clause.words[i - 1 : i] != ["as"]
        if clause.words[i] in EDGES:
            return False
    return False


def habitual(clause: Clause, at: int) -> bool:
    """Whether what is told is done again and again: "regularly meets", "talks with them all the time"."""
    words = clause.words
    if not HABITS.isdisjoint(words[max(0, at - HABIT_REACH) : at + HABIT_REACH]):
        return True
    if not LAST_OF_HABITUAL.isdisjoint(words[at:]) and any(
        words[i : i + len(end)] == list(end) for end in HABITUAL_ENDS for i in range(at, len(words))
    ):
        return True
    before = words[max(0, at - NEAR) : at]
    return "to" in before and any(word in ("continue", "continues", "continuing") for word in before)


def general(clause: Clause, at: int, frame: Frame) -> bool:
    """Whether the plain present tells, without a day, what somebody does: "our ambassador meets with officials"."""
    if (
        frame.standing.stated
        or clause.words[at - 1 : at] == ["to"]
        or any(clause.time(i) is not None for i in range(len(clause)))
    ):
        return False
    return clause.mark(at, CueMark) is not None and form_of(clause, at) in ("base", "present")


def wished(clause: Clause, at: int) -> bool:
    """Whether talks are the object of a wish: "we support direct talks between A and B"; or "any talks" at all."""
    for i in range(at - 1, max(-1, at - WISH_REACH), -1):
        word = clause.words[i]
        if word in WISHES or word == "any":
            return True
        if word == "welcome" and clause.words[i + 1 : i + 2] in (["a"], ["an"], ["direct"], ["further"]):
            return True
        if word in EDGES or word in ("the", "in", "during", "at", "after", "their", "his", "her", "its"):
            return False
    return False
