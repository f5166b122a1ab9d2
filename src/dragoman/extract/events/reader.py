"""Which PLOVER event relates two phrases of a sentence?"""

from __future__ import annotations

import msgspec

from dragoman.extract.events.features import features_of
from dragoman.extract.events.frames import Frame, frames_of
from dragoman.extract.events.model import Reason, model
from dragoman.extract.events.sentence import Sentence, sentence_of
from dragoman.record.span import Span, hull


class EventReading(msgspec.Struct, frozen=True, kw_only=True):
    """A type with its probability; ``rule`` is what the trigger words alone say, and ``trigger`` where they stand."""

    type: str
    score: float
    rule: str = ""
    trigger: Span | None = None


class EventReasons(msgspec.Struct, frozen=True):
    """Why a sentence was read so: the reading, the phrases found and the features that spoke for it."""

    reading: EventReading
    phrases: tuple[tuple[str, str, Span], ...]  # label, phrase of the table, where
    reasons: tuple[Reason, ...]


def event_of(text: str, source: Span | None, target: Span | None) -> EventReading:
    """The type of the event by which the source acts on the target, as a sentence tells it.

    Always gives a type: that there is an event between the two is the caller's knowledge.

    >>> text = "Norway lifted its ban on Faroese trawlers."
    >>> event_of(text, Span(0, 6), Span(25, 41)).type
    'YIELD'
    """
    sentence = sentence_of(text, source, target)
    frames = frames_of(sentence)
    best = model().scores(features_of(sentence, frames))[0]
    frame = frames[0] if frames else None
    return EventReading(
        type=best.type, score=best.probability, rule=rule_of(frame), trigger=trigger_of(sentence, frame)
    )


def why(text: str, source: Span | None, target: Span | None) -> EventReasons:
    """The reading of ``event_of`` with its reasons."""
    sentence = sentence_of(text, source, target)
    reading = event_of(text, source, target)
    phrases = tuple(
        (hit.label, hit.phrase, hull(sentence.spans[hit.first], sentence.spans[hit.last])) for hit in sentence.hits
    )
    return EventReasons(reading, phrases, tuple(model().reasons(features_of(sentence), reading.type)))


def by_rule(text: str, source: Span | None, target: Span | None) -> str | None:
    """What the trigger words alone say, or None when there is none."""
    frames = frames_of(sentence_of(text, source, target))
    return frames[0].type if frames else None


def rule_of(frame: Frame | None) -> str:
    """The name of a frame: "event.intent+YIELD: lift"."""
    if frame is None:
        return ""
    modal = f"{frame.modal.label}+" if frame.modal else ""
    act = f"{frame.act.label}: {frame.act.phrase}" if frame.act else frame.type
    return f"event.{modal}{act}"


def trigger_of(sentence: Sentence, frame: Frame | None) -> Span | None:
    """The words that a frame rests on."""
    if frame is None or not frame.hits:
        return None
    spans = [sentence.spans[place] for hit in frame.hits for place in (hit.first, hit.last)]
    return hull(*spans)


def phrase_span(text: str, phrase: str, apart_from: Span | None = None) -> Span | None:
    """Where a phrase stands in a sentence: as a whole word if it does, and outside another phrase if it can."""
    places: list[Span] = []
    start = text.find(phrase) if phrase else -1
    while start >= 0:
        places.append(Span(start, start + len(phrase)))
        start = text.find(phrase, start + 1)

    def cost(span: Span) -> tuple[bool, bool, int]:
        overlaps = apart_from is not None and span.overlaps(apart_from)
        return overlaps, _inside_word(text, span), span.start

    return min(places, key=cost, default=None)


def _inside_word(text: str, span: Span) -> bool:
    before, after = text[: span.start][-1:], text[span.end :][:1]
    return before.isalnum() or after.isalnum()
