"""What was spoken of at an engagement, over all sentences that talk on about it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.engagements.draft import Draft
from dragoman.extract.engagements.report import Report
from dragoman.extract.same_name import words_of_name
from dragoman.record.marks import (
    CueMark,
    MechanismMark,
    OrganisationMark,
    PartyForm,
    PartyMark,
    PersonForm,
    PersonMark,
    TopicMark,
)
from dragoman.record.segments import Sentence
from dragoman.record.span import Span

# Cues of sentences that go on about what was said at an engagement.
TALKING_ON = frozenset({"discuss", "readout", "agree_verb"})
# Cues behind which an agenda stands, and subjects so wide that only an agenda makes them one.
AGENDA = TALKING_ON | {"engage", "engagement_noun"}
WIDE = frozenset({"bilateral_ties", "defence", "human_rights", "regional_stability", "security", "territorial"})
# Narrow subjects and the headings of an agenda under which they come.
HEADINGS = {
    "ceasefire": "security",
    "cyber": "technology",
    "elections": "human_rights",
    "prisoners": "humanitarian",
}
# What two parties share is no subject where more than two meet.
OF_TWO = "bilateral_ties"
# Before these words stands what was spoken of, behind them only what it rests on: "based on our shared values of".
GROUNDS = re.compile(
    r"\b(?:based (?:up)?on|anchored (?:in|by)|rooted in|founded on|grounded in|guided by|built on|underpinned by|"
    r"respect for|values of|principles of|cornerstone of|(?:critical|essential|vital|fundamental) (?:for|to)|"
    r"threats? to|which (?:remains?|is|are|were|was))\b"
)
ENDS = re.compile(r"[.;:]|, (?:and|as well as|including)|\b(?:discussed|emphasi[sz]ed|reaffirmed|to discuss)\b")
# A subject stands within so many characters from the beginning of its sentence.
EARLY = 110
OPENING = 40  # characters in which the name of a format opens a sentence
# The name of a body, an office or a state is no subject: "the Security Council", "the Defence Secretary".
NAMES = (OrganisationMark, PersonMark, PartyMark)


def subjects_of(context: Context, drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """The topics of each draft, in order of the text."""
    topics: list[dict[str, None]] = [{} for _ in drafts]
    told = reports_by_sentence(drafts)
    current: int | None = None
    for number, sentence in enumerate(context.segments.sentences):
        here = told.get(number)
        if here:
            for n in here:
                collect(context, sentence, topics[n])
            current = here[-1]
        elif current is not None and talks_on(context, sentence, drafts[current]):
            collect(context, sentence, topics[current])
    return [headings(found, draft) for found, draft in zip(topics, drafts, strict=True)]


def headings(topics: dict[str, None], draft: Draft) -> tuple[str, ...]:
    """The topics under the headings of an agenda, each once, in order."""
    several = len(draft.parties) > 2
    return tuple(dict.fromkeys(HEADINGS.get(topic, topic) for topic in topics if not (several and topic == OF_TWO)))


def reports_by_sentence(drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """The drafts that a sentence tells of in a clause, or in words that point back; not those only named in passing."""
    found: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        for report in draft.reports:
            if tells(report, draft) and n not in found.get(report.sentence, ()):
                found.setdefault(report.sentence, []).append(n)
    return found


def tells(report: Report, draft: Draft) -> bool:
    """Whether a report says more than that there was such an engagement: "building upon the May meeting" does not."""
    return report.finite or (report.definite and not (report is draft.reports[0] and report.when.known))


def collect(context: Context, sentence: Sentence, topics: dict[str, None]) -> None:
    """Add the topics of a sentence: none that only a name holds, and a wide one only behind a cue of speaking."""
    marks = context.marks_within(sentence.span, TopicMark)
    if not marks:
        return
    named = [mark.span for kind in NAMES for mark in context.marks_within(sentence.span, kind)]
    cues = [cue for cue in context.marks_within(sentence.span, CueMark) if not AGENDA.isdisjoint(cue.classes)]
    agenda = min((cue.span.end for cue in cues), default=sentence.span.end)
    spoken = any(cue.form == "participle" for cue in cues)
    grounds = grounds_in(context, sentence)
    for mark in marks:
        wide = mark.topic in WIDE and (
            (mark.span.start < agenda and not spoken) or any(g.covers(mark.span) for g in grounds)
        )
        if not wide and not any(name.covers(mark.span) for name in named):
            topics[mark.topic] = None


def grounds_in(context: Context, sentence: Sentence) -> list[Span]:
    """What a sentence only rests something on: from "based on", "which is critical to" and the like to the next joint."""
    found = []
    for match in GROUNDS.finditer(context.text, sentence.span.start, sentence.span.end):
        end = ENDS.search(context.text, match.end(), sentence.span.end)
        found.append(Span(match.start(), end.start() if end else sentence.span.end))
    return found


def talks_on(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence goes on about what was said at the engagement of a draft."""
    if on_its_agenda(context, sentence, draft):
        return True
    cues = context.marks_within(sentence.span, CueMark)
    if not any(not TALKING_ON.isdisjoint(cue.classes) for cue in cues):
        return False
    if any("discuss" in cue.classes and cue.form == "participle" for cue in cues):
        return True
    told = next(cue.span.start for cue in cues if not TALKING_ON.isdisjoint(cue.classes))
    return about_those_there(context, sentence, draft, max(told, sentence.span.start + EARLY))


def on_its_agenda(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether the sentence opens with the format of the engagement: "The 2+2 is an opportunity to advance ..."."""
    formats = [set(words_of_name(r.format.name)) for r in draft.reports if r.format.name and not r.format.sidelines]
    if not formats:
        return False
    opening = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + OPENING))
    names = [set(words_of_name(mark.name)) for mark in context.marks_within(opening, MechanismMark)]
    return any(name and name <= held for name in names for held in formats)


def about_those_there(context: Context, sentence: Sentence, draft: Draft, end: int) -> bool:
    """Whether somebody who took part, both sides, or the engagement itself stand in the sentence before ``end``."""
    early = Span(sentence.span.start, min(sentence.span.end, end))
    there = {p.person for p in draft.named if p.person is not None}
    for person in context.marks_within(early, PersonMark):
        if there & set(person.people) or (person.form is PersonForm.PRONOUN and not person.people):
            return True
    if any(mark.form is PartyForm.GROUP for mark in context.marks_within(early, PartyMark)):
        return True
    return any("engagement_noun" in cue.classes for cue in context.marks_within(early, CueMark))
