"""What was spoken of at an engagement, over all sentences that talk on about it?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.engagements.draft import Draft
from dragoman.record.marks import (
    CueMark,
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
WIDE = frozenset({"bilateral_ties", "defence", "human_rights", "regional_stability", "security"})
# A subject stands within so many characters from the beginning of its sentence.
EARLY = 110
# The name of a body, or an office is no subject: "the Security Council", "the Defence Secretary".
NAMES = (OrganisationMark, PersonMark)


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
    return [tuple(found) for found in topics]


def reports_by_sentence(drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """The drafts that a sentence tells of in a clause, or in words that point back; not those only named in passing."""
    found: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        for report in draft.reports:
            if (report.finite or report.definite) and n not in found.get(report.sentence, ()):
                found.setdefault(report.sentence, []).append(n)
    return found


def collect(context: Context, sentence: Sentence, topics: dict[str, None]) -> None:
    """Add the topics of a sentence: none that only a name holds, and a wide one only behind a cue of speaking."""
    marks = context.marks_within(sentence.span, TopicMark)
    if not marks:
        return
    named = [mark.span for kind in NAMES for mark in context.marks_within(sentence.span, kind)]
    cues = [cue for cue in context.marks_within(sentence.span, CueMark) if not AGENDA.isdisjoint(cue.classes)]
    agenda = min((cue.span.end for cue in cues), default=sentence.span.end)
    spoken = any(cue.form == "participle" for cue in cues)
    for mark in marks:
        wide = mark.topic in WIDE and mark.span.start < agenda and not spoken
        if not wide and not any(name.covers(mark.span) for name in named):
            topics[mark.topic] = None


def talks_on(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence goes on about what was said at the engagement of a draft."""
    cues = context.marks_within(sentence.span, CueMark)
    if not any(not TALKING_ON.isdisjoint(cue.classes) for cue in cues):
        return False
    if any("discuss" in cue.classes and cue.form == "participle" for cue in cues):
        return True
    return about_those_there(context, sentence, draft)


def about_those_there(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether the sentence opens with somebody who took part, with both sides, or with the engagement itself."""
    early = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + EARLY))
    there = {p.person for p in draft.named if p.person is not None}
    for person in context.marks_within(early, PersonMark):
        if there & set(person.people) or (person.form is PersonForm.PRONOUN and not person.people):
            return True
    if any(mark.form is PartyForm.GROUP for mark in context.marks_within(early, PartyMark)):
        return True
    return any("engagement_noun" in cue.classes for cue in context.marks_within(early, CueMark))
