"""What was spoken of at an engagement, over all sentences that talk on about it?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.engagements.draft import Draft
from dragoman.record.marks import CueMark, TopicMark
from dragoman.record.segments import Sentence

# Cues of sentences that go on about what was said at an engagement.
TALKING_ON = frozenset({"discuss", "readout", "agree_verb", "speech"})


def subjects_of(context: Context, drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """The topics of each draft, in order of the text."""
    at_sentence: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        for report in draft.reports:
            at_sentence.setdefault(report.sentence, []).append(n)
    topics: list[dict[str, None]] = [{} for _ in drafts]
    current: int | None = None
    for number, sentence in enumerate(context.segments.sentences):
        here = at_sentence.get(number)
        if here:
            current = here[-1]
        if current is None or not (here or talks_on(context, sentence)):
            continue
        for mark in context.marks_within(sentence.span, TopicMark):
            topics[current][mark.topic] = None
    return [tuple(found) for found in topics]


def talks_on(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence goes on about what was said."""
    return any(not TALKING_ON.isdisjoint(cue.classes) for cue in context.marks_within(sentence.span, CueMark))
