"""How does an attribution become a statement?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.extract.statements.channels import Channels
from dragoman.extract.statements.speakers import Speaker, Speakers
from dragoman.lexicon.load import Lexicon
from dragoman.record.document import DocumentKind
from dragoman.record.marks import CueMark, OrganisationMark, TimeMark, TopicMark
from dragoman.record.mentions import Directness, StatementMention
from dragoman.record.segments import Quotation
from dragoman.record.span import Span, hull
from dragoman.record.when import UNKNOWN_WHEN, When

SPEECH = frozenset({"speech", "speech_noun", "say", "dispute_verb", "claim"})
OFFICIAL = {
    DocumentKind.READOUT: "readout",
    DocumentKind.JOINT_STATEMENT: "joint statement",
    DocumentKind.STATEMENT: "statement",
    DocumentKind.PRESS_RELEASE: "press release",
    DocumentKind.FACT_SHEET: "fact sheet",
    DocumentKind.POST: "social media post",
}
TERM = 2  # words up to which a quotation inside reported speech is a term, not a quotation of its own
LASTING = 3  # paragraphs for which a speaker is taken to go on through the channel named before
SAID = re.compile(
    r"(?i)\b(?:sa(?:id|ys?|ying)|according|told|tells?|:|add(?:ed|s|ing)|wrote|writes?|state[sd]?|asked|announc)"
)
NEGATED = re.compile(r"(?i)\b(?:not|never|n[’']t|neither|nor|declined|refused|without)\b|n[’']t\b")
OPENING_THAT = re.compile(r"that\s+(?=\S)")
WORD = re.compile(r"[^\W_]+")
FRAGMENT = 5  # words up to which a quotation is taken as a piece of a fuller one with the same words


class Builder:
    """Builds the statements of one document."""

    def __init__(self, context: Context, lexicon: Lexicon, blocks: Sequence[Block]) -> None:
        self._context = context
        self._text = context.text
        self._blocks = blocks
        self._speakers = Speakers(context, lexicon)
        outlets = [m for m in context.marks if isinstance(m, OrganisationMark) and m.kind == "outlet"]
        self._channels = Channels(context.text, lexicon, outlets)
        self._heard: dict[str, tuple[str, int]] = {}
        self._quotations = [q for q in context.segments.quotations if q.depth == 0]
        self._paragraph_starts = [p.span.start for p in context.segments.paragraphs]

    def statements(self, attributions: Sequence[Attribution]) -> list[StatementMention]:
        """The statements among the attributions, in order."""
        owners = self._owners(attributions)
        found: list[StatementMention] = []
        for number, attribution in enumerate(attributions):
            quoted = [q for q in owners.get(number, []) if self._is_speech(q, attribution)]
            speaker = self._speakers.speaker(attribution.source, self._sentence(attribution))
            if quoted or self._is_statement(attribution):
                found.append(self._statement(attribution, speaker, quoted))
        return repeating(self._text, found)

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
        words = sum(part.of(self._text).count(" ") + 1 for part in quotation.parts)
        return words > TERM or any(
            span.of(self._text).strip() == quotation.outer.of(self._text) for span in attribution.content
        )

    def _sentence(self, attribution: Attribution) -> Span:
        if attribution.block >= 0:
            return self._blocks[attribution.block].span
        return hull(*(s for s in (attribution.cue, attribution.source) if s))

    def _is_statement(self, attribution: Attribution) -> bool:
        """Whether words are reported, and not only a thought, a wish or a plan."""
        if attribution.rule != "statement.learned" or attribution.cue is None:
            return True
        if SAID.search(attribution.cue.of(self._text)):
            return True
        wanted = SPEECH | {"readout"} if self._context.document.kind in OFFICIAL else SPEECH
        return any(not wanted.isdisjoint(mark.classes) for mark in self._cues(attribution))

    def _cues(self, attribution: Attribution) -> list[CueMark]:
        return self._context.marks_within(attribution.cue, CueMark) if attribution.cue else []

    def _statement(self, attribution: Attribution, speaker: Speaker, quoted: Sequence[Quotation]) -> StatementMention:
        sentence = self._sentence(attribution)
        cue = max(self._cues(attribution), key=lambda mark: mark.strength, default=None)
        channel = self._channel(attribution, speaker, sentence)
        relay = (*speaker.relay, *self._channels.relay(sentence, attribution.content, attribution.source))
        fragments = tuple(part for q in quoted for part in q.parts)
        directness = self._directness(attribution, quoted)
        content = fragments if directness is Directness.DIRECT and fragments else self._content(attribution)
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
            anonymity=speaker.anonymity,
            strength=cue.strength if cue else 0,
            stance=cue.stance if cue else "neutral",
            negated=self._negated(attribution),
            topics=self._topics(attribution),
            when=self._when(attribution, sentence),
        )

    def _content(self, attribution: Attribution) -> tuple[Span, ...]:
        first, *rest = attribution.content
        that = OPENING_THAT.match(self._text, first.start, first.end)
        return (Span(that.end(), first.end), *rest) if that else attribution.content

    def _directness(self, attribution: Attribution, quoted: Sequence[Quotation]) -> Directness:
        if attribution.rule == "statement.turn":
            return Directness.DIRECT
        if not quoted:
            return Directness.INDIRECT
        outers = [q.outer for q in quoted]
        whole = all(any(o.start <= s.start + 1 and s.end - 1 <= o.end for o in outers) for s in attribution.content)
        return Directness.DIRECT if whole else Directness.MIXED

    def _channel(self, attribution: Attribution, speaker: Speaker, sentence: Span) -> str | None:
        """The channel that the sentence names, or the one that its speaker was last heard through, near by."""
        named = self._channels.channel(sentence, attribution.content, attribution.cue)
        paragraph = bisect_right(self._paragraph_starts, sentence.start)
        if speaker.document and named in (None, "statement", "press release"):
            named = "readout"
        name = speaker.name or ""
        if named is None and name in self._heard:
            channel, at = self._heard[name]
            named = channel if paragraph - at <= LASTING else None
        if named and name:
            self._heard[name] = (named, paragraph)
        return named or OFFICIAL.get(self._context.document.kind)

    def _negated(self, attribution: Attribution) -> bool:
        return bool(attribution.cue and NEGATED.search(attribution.cue.of(self._text)))

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


def repeating(text: str, statements: Sequence[StatementMention]) -> list[StatementMention]:
    """The statements, those marked that say again what the same speaker says elsewhere in the document."""
    worded = [(words_of(text, s), s) for s in statements]
    found: list[StatementMention] = []
    for number, (words, statement) in enumerate(worded):
        same = next(
            (
                other
                for place, (others, other) in enumerate(worded)
                if place != number and words and others and repeats(words, others, place < number)
            ),
            None,
        )
        found.append(msgspec.structs.replace(statement, repeats=same.span) if same else statement)
    return found


def words_of(text: str, statement: StatementMention) -> str:
    """The quoted words of a statement, folded, between blanks."""
    words = WORD.findall(" ".join(span.of(text) for span in statement.quoted).casefold())
    return f" {' '.join(words)} " if words else ""


def repeats(words: str, others: str, earlier: bool) -> bool:
    """Whether the others make these words a repetition: a piece of fuller ones, or the same ones said before."""
    if words.count(" ") - 1 <= FRAGMENT:
        return words in others and (words != others or earlier)
    return earlier and others.count(" ") - 1 > FRAGMENT and (words in others or others in words)
