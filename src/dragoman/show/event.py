"""Why does a sentence tell an event of this type between two phrases?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.extract.events import phrase_span, why
from dragoman.record.reading import Reading
from dragoman.show.highlight import without_marks
from dragoman.show.tables import paragraph


class ExplainedPhrase(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase of the trigger table in the sentence: a PLOVER type, or intent, refuse, demand, threat, past."""

    label: str
    phrase: str
    text: str


class ExplainedFeature(msgspec.Struct, frozen=True, kw_only=True):
    """A feature of the learned model, and how much it speaks for the type."""

    feature: str
    weight: float


class ExplainedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The type read between two phrases of a sentence, with its probability, the rule, the phrases and the features."""

    sentence: str
    type: str
    probability: float
    rule: str
    phrases: list[ExplainedPhrase]
    features: list[ExplainedFeature]


def explained_events(reading: Reading, source: str, target: str) -> list[ExplainedEvent]:
    """One for each sentence that holds both phrases."""
    text = reading.document.text
    sentences = (sentence.span.of(text) for sentence in reading.segments.sentences)
    return [found for one in sentences if (found := explained_event(one, source, target)) is not None]


def explained_event(sentence: str, source: str, target: str) -> ExplainedEvent | None:
    """The event between two phrases of one sentence, or None when it does not hold both."""
    actor = phrase_span(sentence, source)
    other = phrase_span(sentence, target, actor)
    if actor is None or other is None:
        return None
    found = why(sentence, actor, other)
    return ExplainedEvent(
        sentence=sentence,
        type=found.reading.type,
        probability=round(found.reading.score, 3),
        rule=found.reading.rule,
        phrases=[ExplainedPhrase(label=la, phrase=ph, text=span.of(sentence)) for la, ph, span in found.phrases],
        features=[ExplainedFeature(feature=one.feature, weight=round(one.weight, 2)) for one in found.reasons],
    )


def events_text(events: Sequence[ExplainedEvent], width: int) -> str:
    """The events as lines of text."""
    return "\n".join(line for event in events for line in event_lines(event, width)) + "\n"


def event_lines(event: ExplainedEvent, width: int) -> Iterator[str]:
    """The sentence, the type, what the table and what the model say."""
    yield paragraph(without_marks(" ".join(event.sentence.split())), width)
    yield f"   {event.type}, {event.probability:.0%} sure"
    yield f"   by rule: {event.rule or 'no phrase of the table'}"
    for phrase in event.phrases:
        yield f'   {phrase.label:9} "{without_marks(phrase.text)}" ({phrase.phrase})'
    for feature in event.features:
        yield f"   {feature.weight:+.2f}     {feature.feature}"
    yield ""
