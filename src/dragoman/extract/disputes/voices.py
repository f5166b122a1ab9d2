"""Whose voice is heard at one place of a text: a subject, an owner, the speaker of quoted words, the one before?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.extract.actors import Actor
from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.record.mentions import AnyMention, Directness, MeasureMention, SpeakerKind, StatementMention
from dragoman.record.span import Span

CLAIM = (
    r"claims?|reports?|allegations?|assertions?|accusations?|suggestions?|charges?|accounts?|stor(?:y|ies)|scoop|"
    r"statements?|version|boasts?|articles?"
)
OWNED_CLAIM = re.compile(rf"(?:['’]s?)?\s+(?:[\w-]+ ){{0,3}}(?:{CLAIM})\b")
CLAIM_BY = re.compile(rf"\b(?:{CLAIM})\s+(?:made |published |carried )?(?:by|from|in)\s+(?:the )?$")
SAYS = re.compile(
    r"(?:\s*\([A-Z]{2,6}\))?,?\s+(?:(?:has|have|had|also|again|repeatedly|first|on \w+|who|earlier)\s+){0,4}(?:said|says|claim(?:ed|s|ing)|report(?:ed|s)|"
    r"wr(?:ote|itten)|announced|alleged|asserted|accused|insist(?:ed|s)|stated|told|boasted|suggested|maintain(?:ed|s)|declared|argued)\b"
)
PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|their|its)\b", re.IGNORECASE)
DENIALS_OF = re.compile(r"(?:['’]s?)? (?:(?:firm|flat|repeated|earlier|public) )?| (?:by|from|of) (?:the )?")
NEAR = 40  # characters between denials and those who made them
BACK = 900
FORWARD = 500


class Voice(NamedTuple):
    """A name for the reader, and the party it belongs to, if known."""

    name: str
    party: str | None
    is_party: bool = False  # the party itself speaks, under one of its names


class Voices:
    """The voices of one document."""

    def __init__(self, context: Context, before: Sequence[AnyMention]) -> None:
        self._context = context
        self._text = context.text
        self._statements = sorted(
            (m for m in before if isinstance(m, StatementMention)), key=lambda m: (m.span.start, m.span.end)
        )
        self._measures = [m for m in before if isinstance(m, MeasureMention)]

    def of(self, actors: Sequence[Actor]) -> Voice | None:
        """The voice of the last of the actors."""
        for actor in reversed(actors):
            if actor.kind != "group" or actor.parties:
                name = actor.name
                if actor.kind == "person" and PRONOUN.fullmatch(name):
                    continue
                party = actor.parties[0] if len(actor.parties) == 1 else None
                return Voice(name, party, actor.kind == "party")
        return None

    def subject(self, sentence: Span, at: int) -> Voice | None:
        """The subject of the verb at ``at``."""
        beside = self._context.actors.nearest(sentence, at)
        if beside and beside.span.end == at - 1 and beside.kind in ("party", "person", "body"):
            return self.of([beside])
        return self.of(self._context.actors.subject(sentence, at))

    def owner(self, sentence: Span, at: int) -> Voice | None:
        """The actor whose claim stands nearest before ``at``: "Trump's claim", "New Delhi's allegations"."""
        for actor in reversed(self._context.actors.within(Span(sentence.start, at))):
            if OWNED_CLAIM.match(self._text, actor.span.end) or re.match(r"['’]s? ", self._text[actor.span.end :][:3]):
                voice = self.of([actor])
                if voice:
                    return voice
        return None

    def denials(self, sentence: Span, cue: Span) -> Voice | None:
        """Whose denials they are: "repeated Indian denials", "a denial from Oman"."""
        near = Span(max(sentence.start, cue.start - NEAR), min(sentence.end, cue.end + NEAR))
        for actor in self._context.actors.within(near):
            beside = self._text[min(actor.span.end, cue.end) : max(actor.span.start, cue.start)]
            if DENIALS_OF.fullmatch(beside) and len(actor.parties) == 1:
                name = actor.parties[0] if actor.kind == "quality" else actor.name
                return Voice(name, actor.parties[0], actor.kind in ("party", "quality"))
        return None

    def claimed(self, place: Span, denier: Voice | None) -> Voice | None:
        """The one, other than the denier, whose claim or report the place names."""
        for actor in self._context.actors.within(place):
            voice = self.of([actor])
            if voice is None or same(voice, denier):
                continue
            lead = self._text[max(place.start, actor.span.start - 40) : actor.span.start]
            if OWNED_CLAIM.match(self._text, actor.span.end) or CLAIM_BY.search(lead):
                return voice
        return None

    def says(self, sentence: Span, cue: Span, denier: Voice | None) -> Voice | None:
        """The one, other than the denier, who says something in the same sentence."""
        for actor in self._context.actors.within(sentence):
            voice = self.of([actor])
            if (
                voice
                and not same(voice, denier)
                and SAYS.match(self._text, actor.span.end)
                and actor.span.end < sentence.end
            ):
                found = SAYS.match(self._text, actor.span.end)
                if found and not (found.start() <= cue.start < found.end()):
                    return voice
        return None

    def speaker(self, place: Span) -> Voice | None:
        """The speaker of the statement whose words cover the place."""
        last = bisect_right([m.span.start for m in self._statements], place.start)
        for statement in reversed(self._statements[:last]):
            if place.start - statement.span.start > BACK * 3:
                break
            if any(part.covers(place) for part in statement.content):
                return voice_of(statement)
        return None

    def quoted(self, place: Span, *, marked: bool) -> bool:
        """Whether the place stands inside a quotation or, unless marks are asked for, a reported clause."""
        return bool(self._context.quotations_touching(place)) or self._spoken(place, marked=marked)

    def _spoken(self, place: Span, *, marked: bool) -> bool:
        """Whether somebody says the words at the place, in his own words if they have to be marked as such."""
        voice = self.speaker(place)
        return voice is not None and (not marked or (voice.party is not None and self._in_own_words(place)))

    def _in_own_words(self, place: Span) -> bool:
        return any(
            m.directness is Directness.DIRECT and any(part.covers(place) for part in m.content)
            for m in self._statements
        )

    def before(self, match: Found, denier: Voice | None) -> Voice | None:
        """The last other voice before the sentence that says something."""
        at = match.sentence.span.start
        for actor in reversed(self._context.actors.within(Span(max(0, at - BACK), at))):
            voice = self.of([actor])
            if voice and not same(voice, denier) and SAYS.match(self._text, actor.span.end):
                return voice
        return None

    def imposer_before(self, match: Found, denier: Voice | None) -> Voice | None:
        """The party whose measure, named just before, is called unfair here: it holds that the measure is justified."""
        end = match.sentence.span.end
        for measure in reversed(self._measures):
            if measure.imposer and end - BACK < measure.span.start < end:
                voice = Voice(measure.imposer, measure.imposer, True)
                return None if same(voice, denier) else voice
        return None

    def said_before(self, match: Found) -> str | None:
        """The words of the last statement that ends before the sentence, or that begins in it before the cue."""
        at = match.sentence.span.start
        held = [m for m in self._statements if m.content and at - BACK < m.content[0].start < at]
        if not held:
            return None
        return " ".join(part.of(self._text) for part in held[-1].content)

    def after(self, match: Found, denier: Voice | None) -> Voice | None:
        """The first other voice after the sentence that says something: the claim told after its denial."""
        at = match.sentence.span.end
        for actor in self._context.actors.within(Span(at, at + FORWARD)):
            voice = self.of([actor])
            if voice and not same(voice, denier) and SAYS.match(self._text, actor.span.end):
                return voice
        return None


def voice_of(statement: StatementMention) -> Voice | None:
    """The voice of a statement's speaker."""
    if not statement.speaker or ";" in statement.speaker:
        return None
    party = statement.parties[0] if len(statement.parties) == 1 else None
    return Voice(statement.speaker, party, statement.speaker_kind is SpeakerKind.PARTY)


def same(one: Voice, other: Voice | None) -> bool:
    """Whether two voices are one, or speak for one party."""
    return other is not None and (one.name == other.name or (one.party is not None and one.party == other.party))
