"""Which attributions of a sentence give the same words, and whose are they then?

One wording is one statement. Where one source says that another said it, the statement is the inner speaker's and the
outer one handed it on ("Interfax said the envoy said ..."); where the inner verb reports no words ("the ministry said the
sides agreed to ..."), it is the outer one's. Where a sentence names its source twice ("It noted that ..., the statement
said"), there is one statement with the first cue. A second verb ("and urged ...") begins a statement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.speakers import Speaker
from dragoman.record.mentions import Relay, SpeakerKind
from dragoman.record.span import Span

MOST = 0.6  # share of an outer source's words from which the inner one's are what it reports
WINDOW = 6  # attributions of one block that are compared with each
JOINT = re.compile(r"(?:,|;|,?\s+(?:and|but)(?:\s+(?:also|then|further|again))?)\s+\Z")
REPORTS = re.compile(
    r"(?i)\b(?:sa(?:id|ys?|ying)|told|tells?|telling|add(?:ed|s|ing)|wrote|writes?|writing|report(?:ed|s|ing)"
    r"|announc\w+|stat(?:ed|es|ing)|argu\w+|insist\w*|claim\w*|warn\w*|stress\w*|not(?:ed|es|ing)|den(?:ied|ies|ying)"
    r"|confirm\w*|declar\w+|repl(?:ied|ies)|explain\w*|according|maintain\w*|emphasi[sz]\w+|underlin\w+|accus\w+)\b"
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution, who its source is, and the hands through which it came, nearest to the speaker first."""

    attribution: Attribution
    speaker: Speaker
    hands: tuple[Relay, ...] = ()


def layered(text: str, said: Sequence[Said]) -> list[Said]:
    """The attributions, each wording once; a turn of a transcript is left as it is."""
    held: list[Said | None] = list(said)
    for number, one in enumerate(said):
        if one.attribution.block < 0:
            continue
        for other in range(number + 1, min(number + WINDOW, len(said))):
            first, second = held[number], held[other]
            if first is None:
                break
            if second is not None and second.attribution.block == one.attribution.block:
                held[number], held[other] = settled(text, first, second)
    return [one for one in held if one is not None]


def settled(text: str, first: Said, second: Said) -> tuple[Said | None, Said | None]:
    """Two attributions of one block, in their order, without the words that both had."""
    if not shared_letters(first, second):
        return first, second
    if holds_cue(first, second):
        return nested(text, first, second)
    if holds_cue(second, first):
        inner_second, inner_first = nested(text, second, first)
        return inner_first, inner_second
    least = min(letters(first), letters(second))
    if shared_letters(first, second) < MOST * least:
        return first, second
    return twice(first, second)


def nested(text: str, outer: Said, inner: Said) -> tuple[Said | None, Said | None]:
    """(outer, inner) where the inner cue stands in the words of the outer one."""
    cut = before_joint(text, outer, inner)
    if cut is not None:
        return cut, spoken_as(inner, outer) if shares_subject(outer, inner) else inner
    all_but = letters_told(outer, inner) >= MOST * letters(outer)
    if inner.speaker.name is None or not REPORTS.search(cue_words(text, inner)):
        return msgspec.structs.replace(outer, attribution=joined(outer, inner)), None
    if same_speaker(outer, inner):
        return (None, with_rest(inner, outer)) if all_but else (outer, None)
    handed = msgspec.structs.replace(inner, hands=(*inner.hands, *hands_of(outer)))
    return (None, with_rest(handed, outer)) if all_but else (outer, handed)


def twice(first: Said, second: Said) -> tuple[Said | None, Said | None]:
    """Two sources of the same words: one named again, or one who hands on what the nearer one said."""
    if same_speaker(first, second) or first.speaker.name is None or second.speaker.name is None:
        better = second if first.speaker.name is None else first
        return msgspec.structs.replace(first, speaker=better.speaker, attribution=joined(first, second)), None
    return msgspec.structs.replace(first, hands=(*first.hands, *hands_of(second))), None


def before_joint(text: str, outer: Said, inner: Said) -> Said | None:
    """The outer attribution up to a second verb of the same subject, which begins the inner one; none if it is not so."""
    cue, main = inner.attribution.cue, outer.attribution.cue
    if (
        cue is None
        or main is None
        or main.start > cue.start
        or not (shares_subject(outer, inner) or same_speaker(outer, inner))
    ):
        return None
    kept: list[Span] = []
    for span in outer.attribution.content:
        if not span.covers(cue):
            kept += [span] if span.end <= cue.start else []
            continue
        joint = JOINT.search(text, span.start, cue.start)
        if joint is None or joint.start() - span.start < 2:
            return None
        kept.append(Span(span.start, joint.start()))
    return replaced(outer, tuple(kept)) if kept else None


def shares_subject(outer: Said, inner: Said) -> bool:
    """Whether the inner cue has no source of its own, or the outer one's."""
    source = inner.attribution.source
    return source is None or source == outer.attribution.source


def spoken_as(inner: Said, outer: Said) -> Said:
    """The inner attribution with the outer one's source."""
    attribution = msgspec.structs.replace(inner.attribution, source=outer.attribution.source)
    return Said(attribution=attribution, speaker=outer.speaker, hands=outer.hands)


def same_speaker(one: Said, other: Said) -> bool:
    """Whether two attributions have one speaker."""
    return one.speaker.name is not None and one.speaker.name == other.speaker.name


def hands_of(said: Said) -> tuple[Relay, ...]:
    """A source as one who hands on, with those behind it."""
    speaker = said.speaker
    if speaker.name is None:
        return said.hands
    kind = "person" if speaker.kind is SpeakerKind.PERSON else "document" if speaker.document else "institution"
    kind = "outlet" if speaker.outlet else kind
    return (Relay(name=speaker.name, kind=kind, span=said.attribution.source), *speaker.relay, *said.hands)


def with_rest(inner: Said, outer: Said) -> Said:
    """The inner attribution with what the outer one has behind it."""
    end = max(span.end for span in inner.attribution.content)
    rest = [
        Span(max(span.start, end), span.end)
        for span in outer.attribution.content
        if span.end > end and span.start >= end
    ]
    return replaced(inner, (*inner.attribution.content, *rest))


def joined(first: Said, second: Said) -> Attribution:
    """One attribution with the words of both."""
    spans: list[Span] = []
    for span in sorted([*first.attribution.content, *second.attribution.content]):
        if spans and span.start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end))
        else:
            spans.append(span)
    source = first.attribution.source or second.attribution.source
    return msgspec.structs.replace(first.attribution, source=source, content=tuple(spans))


def replaced(said: Said, content: tuple[Span, ...]) -> Said:
    """The same with other content."""
    return msgspec.structs.replace(said, attribution=msgspec.structs.replace(said.attribution, content=content))


def holds_cue(outer: Said, inner: Said) -> bool:
    """Whether one attribution's words hold the other's cue."""
    cue = inner.attribution.cue
    return cue is not None and any(span.covers(cue) for span in outer.attribution.content)


def shared_letters(one: Said, other: Said) -> int:
    """How many letters two attributions both have."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.attribution.content
        for b in other.attribution.content
    )


def letters_told(outer: Said, inner: Said) -> int:
    """How many letters of the outer attribution's words tell who the inner one is, and what is said there."""
    own = inner.attribution
    told = [span for span in (own.source, own.cue, *own.content) if span]
    start, end = min(span.start for span in told), max(span.end for span in told)
    return sum(max(0, min(span.end, end) - max(span.start, start)) for span in outer.attribution.content)


def letters(said: Said) -> int:
    """How many letters an attribution's words have."""
    return sum(span.end - span.start for span in said.attribution.content)


def cue_words(text: str, said: Said) -> str:
    """The words of a cue."""
    return said.attribution.cue.of(text) if said.attribution.cue else ""
