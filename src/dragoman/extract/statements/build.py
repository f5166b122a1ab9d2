"""How does an attribution become a statement?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.statements.addressees import Addressee, addressee_of
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.extract.statements.channels import Channels
from dragoman.extract.statements.divided import divided
from dragoman.extract.statements.layers import Said, hands_of, layered
from dragoman.extract.statements.quoted import SPOKEN, is_title
from dragoman.extract.statements.repeated import repeating
from dragoman.extract.statements.reported import OFFICIAL, is_reported
from dragoman.extract.statements.speakers import Speaker, Speakers
from dragoman.lexicon.load import Lexicon
from dragoman.record.document import DocumentKind
from dragoman.record.marks import CueMark, OrganisationMark, PersonMark, TimeMark, TopicMark
from dragoman.record.mentions import Directness, Relay, SpeakerKind, StatementMention, Uttered
from dragoman.record.segments import Quotation
from dragoman.record.span import Span, hull
from dragoman.record.when import UNKNOWN_WHEN, When

WHOLE = frozenset({"statement.turn", "quotation.set_off"})  # words that are direct speech without marks
TERM = 2  # words up to which a quotation inside reported speech is a term, not a quotation of its own
LASTS = 3  # paragraphs for which a speaker is taken to go on through the channel named before
LASTING = {"press briefing": 8, "interview": 6, "speech": 6}
SHARED = frozenset({"press briefing"})  # channels that all who are named beside them use
PRESS = frozenset({DocumentKind.NEWS, DocumentKind.COMMENTARY, DocumentKind.UNKNOWN})  # whose outlet is the last hand
ISSUES = re.compile(r"(?i)\b(?:statement|read-?out|release|communiqu[eé]|account)s?\b")  # documents that are readouts
WRITTEN = frozenset({"statement", "press release"})
NEGATED = re.compile(r"(?i)\b(?:not|never|n[’']t|neither|nor|declined?|refused?|without|yet to|failed to)\b|n[’']t\b")
NEITHER = re.compile(r"(?i)\bnor\b")
POSSIBLE = re.compile(r"(?i)\b(?:may|might|could|can)\b(?! (?:not|only)\b)")
HAVE = re.compile(r"(?i)\b(?:have|has|had)\b")
EXPECTED = re.compile(r"(?i)\b(?:will|shall|(?:expected|due|set|scheduled|planning|plans?|going|about) to)\b(?! not\b)")
ADDRESSED_THAT = re.compile(r"\s+(?=that\s)")
OPENING_THAT = re.compile(r"that\s+(?=\S)")


REACH = 120  # characters before a source in which the document that it belongs to stands
# "The statements released separately in Oslo and" before a capital: the capital is the place, the statements speak.
ISSUED_THERE = re.compile(
    r"\b(?:[Tt]he |[Bb]oth |[Tt]heir )?(?:statement|readout|release|communiqué)s?(?: \w+){1,4}? (?:in|at|from) "
    r"(?:[A-Z][\w.]+(?: [A-Z][\w.]+){0,2} and )?$"
)
JUST_BEFORE = ("in ", "at ", "from ", "and ")


class Builder:
    """Builds the statements of one document."""

    def __init__(self, context: Context, lexicon: Lexicon, blocks: Sequence[Block]) -> None:
        self._context = context
        self._text = context.text
        self._blocks = blocks
        self._speakers = Speakers(context, lexicon)
        outlets = [m for m in context.marks_of(OrganisationMark) if m.kind == "outlet"]
        self._channels = Channels(context.text, lexicon, outlets)
        self._heard: dict[str, tuple[str, int]] = {}
        self._quotations = [q for q in context.segments.quotations if q.depth == 0]
        self._block_starts = [block.span.start for block in blocks]
        self._paragraph_starts = [p.span.start for p in context.segments.paragraphs]

    def statements(self, attributions: Sequence[Attribution]) -> list[StatementMention]:
        """The statements among the attributions, in order."""
        layers = layered(self._text, [self._said(self._trimmed(attribution)) for attribution in attributions])
        said = [part for one in layers for part in divided(self._context, one)]
        owners = self._owners([one.attribution for one in said])
        found: list[StatementMention] = []
        for number, one in enumerate(said):
            quoted = [q for q in owners.get(number, []) if self._is_speech(q, one.attribution)]
            if quoted or is_reported(self._context, one):
                found.append(self._statement(one, quoted))
        return repeating(self._text, found)

    def _said(self, attribution: Attribution) -> Said:
        if attribution.rule == "statement.turn" and attribution.source:
            return Said(attribution=attribution, speaker=self._speakers.labelled(attribution.source))
        sentence = self._sentence(attribution)
        outer = self._speakers.speaker(attribution.through, sentence) if attribution.through else None
        speaker = self._speakers.speaker(attribution.source, sentence)
        hands = hands_of(Said(attribution=attribution, speaker=outer)) if outer else ()
        return Said(attribution=attribution, speaker=speaker, hands=hands)

    def _trimmed(self, attribution: Attribution) -> Attribution:
        content = self._channels.without_channel(attribution.content, attribution.cue)
        source = with_document(self._text, attribution.source)
        return msgspec.structs.replace(attribution, content=content, source=source)

    def _owners(self, attributions: Sequence[Attribution]) -> dict[int, list[Quotation]]:
        """The quotations that are each attribution's own: where one says that another said, the outer one's."""
        best: dict[int, tuple[int, int]] = {}
        starts = [q.outer.start for q in self._quotations]
        for number, attribution in enumerate(attributions):
            if attribution.block < 0:
                continue
            for span in attribution.content:
                place = max(bisect_right(starts, span.start) - 1, 0)
                while place < len(starts) and starts[place] < span.end:
                    if self._quotations[place].outer.end > span.start:
                        width = sum(s.end - s.start for s in attribution.content if s.overlaps(span))
                        best[place] = max(best.get(place, (-1, 0)), (width, -number))
                    place += 1
        owned: dict[int, list[Quotation]] = {}
        for place, (_, number) in sorted(best.items()):
            owned.setdefault(-number, []).append(self._quotations[place])
        return owned

    def _is_speech(self, quotation: Quotation, attribution: Attribution) -> bool:
        """Whether a quotation is speech rather than a term within somebody's reported words."""
        if (
            attribution.cue
            and not SPOKEN.search(attribution.cue.of(self._text))
            and is_title(self._text, quotation.parts)
        ):
            return False
        words = sum(part.of(self._text).count(" ") + 1 for part in quotation.parts)
        return words > TERM or any(
            span.of(self._text).strip() == quotation.outer.of(self._text) for span in attribution.content
        )

    def _sentence(self, attribution: Attribution) -> Span:
        if attribution.block >= 0:
            return self._blocks[attribution.block].span
        return hull(*(s for s in (attribution.cue, attribution.source) if s))

    def _cues(self, attribution: Attribution) -> list[CueMark]:
        return self._context.marks_within(attribution.cue, CueMark) if attribution.cue else []

    def _statement(self, said: Said, quoted: Sequence[Quotation]) -> StatementMention:
        attribution, speaker = said.attribution, said.speaker
        sentence = self._sentence(attribution)
        cue = max(self._cues(attribution), key=lambda mark: mark.strength, default=None)
        channel = self._channel(attribution, speaker, sentence)
        relay = self._relay(said, sentence)
        fragments = tuple(part for q in quoted for part in unbroken(self._text, q))
        directness = self._directness(attribution, quoted)
        addressee = addressee_of(self._context, self._speakers, attribution)
        addressee = None if addressee and addressee.name == speaker.name else addressee  # "him" is never the speaker
        content = fragments if directness is Directness.DIRECT and fragments else self._content(attribution, addressee)
        return StatementMention(
            span=hull(*(s for s in (attribution.cue, attribution.source, *attribution.content) if s)),
            rule=attribution.rule,
            directness=directness,
            content=content,
            quoted=fragments,
            source=attribution.source,
            cue=attribution.cue,
            cue_lemma=cue.lemma if cue else "",
            speaker=speaker.name,
            speaker_kind=speaker.kind,
            person=speaker.person,
            office=speaker.office,
            parties=speaker.parties,
            channel=channel,
            relay=relay,
            addressee=addressee.name if addressee else None,
            anonymity=speaker.anonymity,
            strength=cue.strength if cue else 0,
            stance=cue.stance if cue else "neutral",
            negated=self._negated(attribution),
            uttered=self._uttered(attribution),
            topics=self._topics(attribution),
            when=self._when(attribution, sentence),
        )

    def _relay(self, said: Said, sentence: Span) -> tuple[Relay, ...]:
        """The hands from the speaker to the reader: who handed the words on, then the outlets that the sentence names."""
        attribution = said.attribution
        outlets = self._channels.relay(sentence, attribution.content, attribution.source)
        hands = {r.name: r for r in (*outlets[::-1], *said.hands[::-1], *said.speaker.relay[::-1])}
        document = self._context.document
        press = document.outlet and document.kind in PRESS and document.outlet not in hands
        last = (Relay(name=document.outlet or "", kind="publisher"),) if press else ()
        return (*reversed(hands.values()), *last)

    def _content(self, attribution: Attribution, addressee: Addressee | None) -> tuple[Span, ...]:
        """The reported words without their opening "that", and without those to whom they are said before it."""
        first, *rest = attribution.content
        if addressee and first.start <= addressee.span.start and addressee.span.end < first.end:
            behind = ADDRESSED_THAT.match(self._text, addressee.span.end, first.end)
            first = Span(behind.end(), first.end) if behind else first
        that = OPENING_THAT.match(self._text, first.start, first.end)
        return (Span(that.end(), first.end) if that else first, *rest)

    def _directness(self, attribution: Attribution, quoted: Sequence[Quotation]) -> Directness:
        if attribution.rule in WHOLE:
            return Directness.DIRECT
        if not quoted:
            return Directness.INDIRECT
        outers = [q.outer for q in quoted]
        whole = all(any(o.start <= s.start + 1 and s.end - 1 <= o.end for o in outers) for s in attribution.content)
        return Directness.DIRECT if whole else Directness.MIXED

    def _channel(self, attribution: Attribution, speaker: Speaker, sentence: Span) -> str | None:
        """The channel that the sentence names, or the one that its speaker was last heard through, near by."""
        named = self._channels.channel(sentence, attribution.content, attribution.cue)
        if named in WRITTEN and (speaker.document or speaker.kind is SpeakerKind.INSTITUTION):
            told = self._channels.kind_of_text(sentence.start) if speaker.kind is SpeakerKind.DOCUMENT else None
            named = told or "readout"
        if (
            speaker.document
            and named is None
            and attribution.source
            and ISSUES.search(attribution.source.of(self._text))
        ):
            named = self._channels.kind_of_text(sentence.start) if speaker.kind is SpeakerKind.DOCUMENT else "readout"
        paragraph = bisect_right(self._paragraph_starts, sentence.start)
        for name, (channel, at) in self._introduced(sentence.end).items():
            self._heard[name] = (channel, at)
        names = (speaker.name or "").split("; ")
        if named is None and names[0] in self._heard:
            channel, at = self._heard[names[0]]
            named = channel if paragraph - at <= LASTING.get(channel, LASTS) else None
        if named:
            self._heard.update({name: (named, paragraph) for name in names if name})
        return named or OFFICIAL.get(self._context.document.kind)

    def _introduced(self, until: int) -> dict[str, tuple[str, int]]:
        """Who is said to have used a channel, in the sentences up to here that have not been looked at."""
        found: dict[str, tuple[str, int]] = {}
        for span, channel in self._channels.named_until(until):
            paragraph = bisect_right(self._paragraph_starts, span.start)
            block = self._blocks[max(bisect_right(self._block_starts, span.start) - 1, 0)].span
            people = [m for m in self._context.marks_within(block, PersonMark) if m.people]
            chosen = people if channel in SHARED else [m for m in people if m.span.start < span.start][:1]
            for mark in chosen:
                found[self._context.people[mark.people[0]].name] = (channel, paragraph)
        return found

    def _negated(self, attribution: Attribution) -> bool:
        """Whether the speaker did not say the words, or said that they are not so."""
        if attribution.cue is None:
            return False
        denied = any("deny" in mark.classes for mark in self._cues(attribution))
        words = attribution.cue.of(self._text)
        if denied and not NEITHER.search(words):
            return not NEGATED.search(words)  # who does not deny lets the words stand
        return denied or bool(NEGATED.search(words))

    def _uttered(self, attribution: Attribution) -> Uttered:
        """Whether the cue tells words that have been said, that are to be said, or that only may be."""
        words = attribution.cue.of(self._text) if attribution.cue else ""
        if POSSIBLE.search(words) and not HAVE.search(words):
            return Uttered.POSSIBLE
        return Uttered.EXPECTED if EXPECTED.search(words) else Uttered.SAID

    def _topics(self, attribution: Attribution) -> tuple[str, ...]:
        marks = (m for span in attribution.content for m in self._context.marks_within(span, TopicMark))
        return tuple(dict.fromkeys(mark.topic for mark in marks))

    def _when(self, attribution: Attribution, sentence: Span) -> When:
        """The day of saying: the time expression nearest to the cue, outside the reported words."""
        if attribution.cue is None:
            return UNKNOWN_WHEN
        at = attribution.cue.start
        free = [
            mark
            for mark in self._context.marks_within(sentence, TimeMark)
            if mark.when.known and not any(s.overlaps(mark.span) for s in attribution.content)
        ]
        return min(free, key=lambda mark: (abs(mark.span.start - at), mark.span)).when if free else UNKNOWN_WHEN


def with_document(text: str, source: Span | None) -> Span | None:
    """A source that is only where a document was issued ("the readouts published in Rome and Paris"), with the document."""
    if source is None:
        return None
    before = text[max(0, source.start - REACH) : source.start]
    found = None
    if before.endswith(JUST_BEFORE) and text[source.start].isupper():
        found = ISSUED_THERE.search(before)
    return Span(source.start - len(before) + found.start(), source.end) if found else source


def unbroken(text: str, quotation: Quotation) -> list[Span]:
    """A quotation's parts, those joined that run on into the next paragraph without a new mark."""
    joined: list[Span] = []
    for part in quotation.parts:
        if joined and not text[joined[-1].end : part.start].strip():
            joined[-1] = Span(joined[-1].start, part.end)
        else:
            joined.append(part)
    return joined
