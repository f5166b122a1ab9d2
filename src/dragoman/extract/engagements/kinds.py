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
# Between these and "with", a dialogue is a format of officials, and no mere exchange of views.
OF_OFFICIALS = frozenset(
    "strategic security defence defense policy economic maritime cyber rights energy trade financial space "
    "climate military annual ministerial".split()
)
ROUND = frozenset("round rounds".split())
VIRTUAL_WORDS = frozenset("virtual video online videoconference".split())
PHONE_WORDS = frozenset("phone telephone telephonic".split())
REACH = 6
PHRASE_EDGES = frozenset(", ; the a an of in on at with by and for to after during his her their its".split())


def kind_of_noun(clause: Clause, at: int) -> EngagementKind | None:
    """The kind that the noun at ``at`` states; "round of talks" is a round of negotiation."""
    classes = clause.cue_classes(at)
    if any(word in ROUND for word in clause.words[max(0, at - 4) : at + 3]) and "talks_noun" in classes:
        return EngagementKind.NEGOTIATION_ROUND
    named = clause.words[at] in ("dialogue", "dialog") and clause.words[at + 1 : at + 2] in (["with"], ["between"])
    if named and at and clause.words[at - 1] in OF_OFFICIALS:
        return EngagementKind.CONSULTATION
    return next((kind for name, kind in KINDS.items() if name in classes), None)


def kind_of_mechanism(name: str) -> EngagementKind:
    """The kind that the nouns of a mechanism's name state: "Dialogue", "Leaders' Summit", "Foreign Ministers' Meeting"."""
    words = name.casefold().replace("-", " ").split()
    found = [MECHANISM_NOUNS[word] for word in words if word in MECHANISM_NOUNS]
    if "foreign" in words or "ministers" in words:
        return EngagementKind.MEETING
    return found[-1] if found else EngagementKind.MEETING


def names_a_kind(words: str) -> bool:
    """Whether the words of a mechanism hold a noun of a kind; a short form does not: "the JTWG"."""
    return not MECHANISM_NOUNS.keys().isdisjoint(words.casefold().replace("-", " ").split())


def qualities(clause: Clause, at: int) -> tuple[bool, bool, bool]:
    """Whether the words of a cue's own phrase say that it was virtual, by phone, in person."""
    cue = clause.cue(at)
    noun = cue is None or cue.form == "noun"
    near = [*before_in_phrase(clause, at), *after_phrase(clause, at)] if noun else around(clause, at)
    classes = {name for i in near for mark in [clause.cue(i)] if mark is not None for name in mark.classes}
    words = {clause.words[i] for i in near if i < at} if noun else set()
    own = set(cue.classes) if cue is not None else set()
    virtual = "virtual" in classes or "virtual_noun" in own or bool(words & VIRTUAL_WORDS)
    return virtual, "by_phone" in classes or bool(words & PHONE_WORDS), "in_person" in classes


def before_in_phrase(clause: Clause, at: int) -> list[int]:
    """The items between the beginning of a noun's phrase and the noun."""
    found: list[int] = []
    for i in range(at - 1, max(-1, at - REACH), -1):
        if clause.words[i] in PHRASE_EDGES:
            break
        found.append(i)
    return found


def after_phrase(clause: Clause, at: int) -> list[int]:
    """The items behind a noun, up to the next engagement or the end of the clause."""
    found: list[int] = []
    for i in range(at + 1, min(len(clause), at + 2 * REACH)):
        cue = clause.cue(i)
        if clause.words[i] in (";", ",") or (cue is not None and "engagement_noun" in cue.classes):
            break
        found.append(i)
    return found


def around(clause: Clause, at: int) -> list[int]:
    """The items near a verb, up to the next verb of the sentence."""
    return [i for i in range(max(0, at - REACH), min(len(clause), at + 2 * REACH)) if clause.words[i] != ";"]
