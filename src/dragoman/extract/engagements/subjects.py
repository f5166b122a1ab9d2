"""What was spoken of at an engagement, over all sentences that talk on about it?"""

from __future__ import annotations

import datetime
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
    r"threats? to|which (?:remains?|is|are|were|was)|in a way that)\b"
)
# A sentence that begins so speaks of a setting up to its main clause: "Amid tensions over tariffs, ...".
SETTING = re.compile(
    r"(?:Amid|Amidst|Despite|Building (?:up)?on|Recalling|Against the (?:backdrop|background) of|As)\b"
)
# Behind these words stands what somebody was consoled or congratulated for: an occasion, and no subject.
OCCASIONS = frozenset({"condole", "congratulate"})
OCCASION_ENDS = re.compile(r"[.;:]|, | and (?:\w+ )?\w+ed\b")
# Words for what partners have in common; a subject only where it is said to be in danger, or to be won back.
VALUES = re.compile(
    r"(?i)(?:shared )?(?:democratic (?:values|principles|institutions)|democratic|democracy|rule of law)"
)
AT_STAKE = re.compile(
    r"(?i)\b(?:restor\w+|return|path|transition|back|backsliding|threats?|attacks?|erosion|undermin\w+|support|strengthen\w+|"
    r"summit|promot\w+|defend\w+)\b[^.;]{0,40}$"
)
POINTING = frozenset({PersonForm.GROUP, PersonForm.PRONOUN})  # "the two", "they": whoever was named last
RECALLED = datetime.timedelta(days=10)  # an engagement so much older than the one spoken of is recalled beside it
ENDS = re.compile(r"[.;:]|, (?:and|as well as|including)|\b(?:discussed|emphasi[sz]ed|reaffirmed|to discuss)\b")
# A subject stands within so many characters from the beginning of its sentence.
EARLY = 110
# Behind these words stands what went on around an engagement: "came days after new tariffs".
AROUND = re.compile(r"\b(?:came|comes|coming|followed)(?: \w+){0,3}? (?:after|amid|as|against|when|despite)\b")
LEADS_ON = re.compile(
    r"[^.;]{0,80}?\b(?:on|about|over|regarding|covering|concerning|focus\w*|cover\w*|address\w*|to)\b"
)
# Behind the name of a region: those who live there, and not what happens there.
PEOPLE_THERE = re.compile(
    r" (?:rivals?|powers?|allies|ally|leaders?|nations?|states?|countries|neighbou?rs?|partners?)\b"
)
BETWEEN = re.compile(r"(?:(?<=between)| between) (?:the )?")
BETWEEN_REACH = 60  # characters in which two parties stand behind "between"
OPENING = 40  # characters in which the name of a format opens a sentence
# The name of a body, an office or a state is no subject: "the Security Council", "the Defence Secretary".
NAMES = (OrganisationMark, PersonMark, PartyMark)


def subjects_of(context: Context, drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """The topics of each draft, in order of the text."""
    topics: list[dict[str, None]] = [{} for _ in drafts]
    told = reports_by_sentence(drafts)
    current: int | None = None
    aside: int | None = None  # an engagement named in passing, or recalled, after the one that is spoken of
    for number, sentence in enumerate(context.segments.sentences):
        here = told.get(number)
        if here:
            for n in here:
                collect(context, sentence, topics[n], drafts[n])
            passing = current is not None and here[-1] != current and in_passing(drafts[here[-1]], drafts[current])
            current, aside = (current, here[-1]) if passing else (here[-1], None)
        elif aside is not None and of_the_other(context, sentence, drafts[aside], drafts[current or 0]):
            if talks_on(context, sentence, drafts[aside]):
                collect(context, sentence, topics[aside], drafts[aside])
        elif current is not None and talks_on(context, sentence, drafts[current]):
            collect(context, sentence, topics[current], drafts[current])
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


def in_passing(draft: Draft, main: Draft) -> bool:
    """Whether an engagement is only named beside the one spoken of: several at once, or one of long before."""
    if draft.reports[0].several:
        return True
    ends, starts = [w.end for w in draft.whens if w.end], [w.start for w in main.whens if w.start]
    return bool(ends and starts) and min(starts) - max(ends) > RECALLED


def of_the_other(context: Context, sentence: Sentence, aside: Draft, main: Draft) -> bool:
    """Whether a sentence names somebody who took part in the engagement beside the one spoken of, and nobody else there."""
    there = {p.person for p in main.named if p.person is not None}
    then = {p.person for p in aside.named if p.person is not None} - there
    named = (mark for mark in context.marks_within(sentence.span, PersonMark) if mark.form not in POINTING)
    people = {one for mark in named for one in mark.people}
    return bool(people & then) and not people & there


def collect(context: Context, sentence: Sentence, topics: dict[str, None], draft: Draft) -> None:
    """Add the topics of a sentence: none that only a name holds, and a wide one only behind a cue of speaking."""
    marks = context.marks_within(sentence.span, TopicMark)
    if not marks:
        return
    named = [mark.span for kind in NAMES for mark in context.marks_within(sentence.span, kind)]
    cues = [cue for cue in context.marks_within(sentence.span, CueMark) if opens_agenda(context, cue)]
    agenda = min((cue.span.end for cue in cues), default=sentence.span.end)
    spoken = any(cue.form == "participle" for cue in cues)
    grounds = grounds_in(context, sentence)
    setting = setting_of(context, sentence)
    for mark in marks:
        if mark.span.start < setting or not is_subject(context, sentence, mark, draft):
            continue
        wide = mark.topic in WIDE and (
            (mark.span.start < agenda and not spoken) or any(g.covers(mark.span) for g in grounds)
        )
        if not wide and not any(name.covers(mark.span) for name in named):
            topics[mark.topic] = None


def opens_agenda(context: Context, cue: CueMark) -> bool:
    """Whether what was spoken of stands behind a cue; behind a noun such as "meeting" it does when a preposition leads to it."""
    if "engagement_noun" in cue.classes and TALKING_ON.isdisjoint(cue.classes):
        return LEADS_ON.match(context.text, cue.span.end) is not None
    return not AGENDA.isdisjoint(cue.classes)


def setting_of(context: Context, sentence: Sentence) -> int:
    """Where the main clause begins of a sentence that opens with a setting; its start otherwise."""
    start = sentence.span.start
    if not SETTING.match(context.text, start):
        return start
    cues = context.marks_within(sentence.span, CueMark)
    verbs = (c.span.start for c in cues if c.form in ("past", "present") and not AGENDA.isdisjoint(c.classes))
    return max(start, context.text.rfind(", ", start, next(verbs, start)))


def is_subject(context: Context, sentence: Sentence, mark: TopicMark, draft: Draft) -> bool:
    """Whether a topic is no occasion of good wishes, no value that is only invoked, and no tie between others."""
    text, start = context.text, mark.span.start
    if text.endswith(("cross-", "Cross-"), 0, start):  # "cross-border trafficking"
        return False
    if AROUND.search(text, sentence.span.start, start):
        return False
    if VALUES.fullmatch(mark.span.of(text)) and not AT_STAKE.search(text, max(0, start - 60), start):
        return False
    if mark.topic == "regional_stability" and PEOPLE_THERE.match(text, mark.span.end):
        return False
    if mark.topic == OF_TWO and of_others(context, mark.span, draft):
        return False
    for cue in context.marks_within(Span(sentence.span.start, start), CueMark):
        if not OCCASIONS.isdisjoint(cue.classes) and not OCCASION_ENDS.search(text, cue.span.end, start):
            return False
    return True


def of_others(context: Context, span: Span, draft: Draft) -> bool:
    """Whether a tie is one between parties of whom not all took part: "relations between Armenia and Azerbaijan"."""
    parties = context.marks_within(Span(max(0, span.start - 1), span.end), PartyMark)
    behind = BETWEEN.match(context.text, span.end)
    if behind is not None:
        parties += context.marks_within(Span(behind.end(), behind.end() + BETWEEN_REACH), PartyMark)[:2]
    codes = {code for mark in parties for code in mark.codes}
    return len(codes) > 1 and not codes <= set(draft.parties)


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
