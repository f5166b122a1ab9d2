"""Which kind of engagement does a noun name, and by what means was it held?"""

from __future__ import annotations

from dragoman.extract.engagements.clause import Clause
from dragoman.record.mentions import EngagementKind

# Classes of the cue lexicon and the kinds they state; a noun of another class leaves the kind open.
KINDS = {
    "meeting_noun": EngagementKind.MEETING,
    "meal_noun": EngagementKind.MEETING,
    "call_noun": EngagementKind.CALL,
    "consultation_noun": EngagementKind.CONSULTATION,
    "working_group_noun": EngagementKind.CONSULTATION,
    "negotiation_noun": EngagementKind.NEGOTIATION_ROUND,
    "summit_noun": EngagementKind.SUMMIT,
    "visit_noun": EngagementKind.VISIT,
    "virtual_noun": EngagementKind.VIRTUAL,
    "letter_noun": EngagementKind.LETTER,
}
MECHANISM_NOUNS = {
    "dialogue": EngagementKind.CONSULTATION,
    "dialog": EngagementKind.CONSULTATION,
    "consultations": EngagementKind.CONSULTATION,
    "group": EngagementKind.CONSULTATION,
    "commission": EngagementKind.CONSULTATION,
    "summit": EngagementKind.SUMMIT,
    "meeting": EngagementKind.MEETING,
    "ministerial": EngagementKind.MEETING,
    "forum": EngagementKind.MEETING,
    "talks": EngagementKind.NEGOTIATION_ROUND,
}
ROUND = frozenset("round rounds".split())
VIRTUAL_WORDS = frozenset("virtual video online videoconference".split())
PHONE_WORDS = frozenset("phone telephone telephonic".split())
REACH = 7


def kind_of_noun(clause: Clause, at: int) -> EngagementKind | None:
    """The kind that the noun at ``at`` states; "round of talks" is a round of negotiation."""
    cue = clause.cue(at)
    if cue is None:
        return None
    if any(word in ROUND for word in clause.words[max(0, at - 4) : at + 3]) and "talks_noun" in cue.classes:
        return EngagementKind.NEGOTIATION_ROUND
    return next((KINDS[name] for name in cue.classes if name in KINDS), None)


def kind_of_mechanism(name: str) -> EngagementKind:
    """The kind that the nouns of a mechanism's name state: "Dialogue", "Leaders' Summit", "Foreign Ministers' Meeting"."""
    words = name.casefold().replace("-", " ").split()
    found = [MECHANISM_NOUNS[word] for word in words if word in MECHANISM_NOUNS]
    if "foreign" in words or "ministers" in words:
        return EngagementKind.MEETING
    return found[-1] if found else EngagementKind.MEETING


def qualities(clause: Clause, at: int) -> tuple[bool, bool, bool]:
    """Whether the words near a cue say that it was virtual, by phone, in person."""
    virtual = phone = person = False
    for i in range(max(0, at - REACH), min(len(clause), at + REACH)):
        cue = clause.cue(i)
        classes = cue.classes if cue is not None else ()
        word = clause.words[i]
        if i < at + 1 or cue is not None:
            virtual = virtual or "virtual" in classes or (i < at and word in VIRTUAL_WORDS)
            person = person or "in_person" in classes
            phone = phone or "by_phone" in classes or (at - 3 <= i < at and word in PHONE_WORDS)
    return virtual, phone, person
