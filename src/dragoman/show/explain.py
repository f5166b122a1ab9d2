"""Which rule read what in a text, what lost, and what was looked at and not taken?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from dragoman.lexicon.own import own
from dragoman.lexicon.tables import own_phrases
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, CueMark, TimeMark
from dragoman.record.mentions import AnyMention
from dragoman.record.reading import Firing, Gap, Outcome, Reading
from dragoman.record.span import Span
from dragoman.show.highlight import without_marks
from dragoman.show.plain import basis_words, published_words, when_words
from dragoman.show.tables import paragraph

T = TypeVar("T")

INDENT = "   "
SIGNS = {Outcome.TAKEN: "+", Outcome.LOST: "~", Outcome.DROPPED: "x", Outcome.LOOKED_AT: "?"}
SAID = {
    Outcome.TAKEN: "taken",
    Outcome.LOST: "lost to another rule",
    Outcome.DROPPED: "dropped",
    Outcome.LOOKED_AT: "looked at, not taken",
}
NOT_SAID = frozenset({"mark", "mention", "span", "rule", "steps", "when", "anchor"})


class ExplainedMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mark with its words. ``own`` marks words of the user's tables."""

    text: str
    mark: AnyMark
    own: bool = False


class ExplainedFiring(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule at one place, with the words of its slots."""

    rule: str
    outcome: Outcome
    span: Span
    text: str
    slots: dict[str, str] = {}
    note: str = ""


class ExplainedMention(msgspec.Struct, frozen=True, kw_only=True):
    """A mention with its words."""

    text: str
    mention: AnyMention


class ExplainedSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with everything that was seen in it."""

    span: Span
    text: str
    marks: tuple[ExplainedMark, ...]
    firings: tuple[ExplainedFiring, ...]
    mentions: tuple[ExplainedMention, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A document, sentence by sentence."""

    document: Document
    sentences: tuple[ExplainedSentence, ...]
    gaps: tuple[Gap, ...]
    grammar: str
    own: tuple[str, ...] = ()  # the user's files that were read with; their rules are named "own. ..."


def explanation_of(reading: Reading) -> Explanation:
    """The explanation of a reading that was made with ``explain=True``."""
    spans = [sentence.span for sentence in reading.segments.sentences]
    places = Places(spans)
    marks = places.sorted_in((mark.span, mark) for mark in reading.marks)
    firings = places.sorted_in((firing.span, firing) for firing in reading.firings)
    mentions = places.sorted_in((mention.span, mention) for mention in reading.mentions)
    text = reading.document.text
    mine, phrases = own(), own_phrases()
    return Explanation(
        document=reading.document,
        sentences=tuple(
            ExplainedSentence(
                span=span,
                text=span.of(text),
                marks=tuple(
                    ExplainedMark(text=m.span.of(text), mark=m, own=is_own(m, text, phrases)) for m in marks[number]
                ),
                firings=tuple(explained(firing, text) for firing in firings[number]),
                mentions=tuple(ExplainedMention(text=m.span.of(text), mention=m) for m in mentions[number]),
            )
            for number, span in enumerate(spans)
        ),
        gaps=reading.gaps,
        grammar=reading.grammar,
        own=tuple(str(path) for path in (*mine.tables.values(), *mine.rules.values())),
    )


def is_own(mark: AnyMark, text: str, phrases: frozenset[str]) -> bool:
    """Whether a mark's words, or the lemma of a cue, stand in a table of the user's."""
    if not phrases:
        return False
    return mark.span.of(text).casefold() in phrases or (isinstance(mark, CueMark) and mark.lemma in phrases)


class Places:
    """Sentences by place, to sort what stands in them."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self.starts = [span.start for span in spans]

    def sorted_in(self, items: Iterable[tuple[Span, T]]) -> list[list[T]]:
        """For each sentence, what begins in it, in order of place; before the first counts to the first."""
        held: list[list[T]] = [[] for _ in self.spans]
        for span, item in sorted(items, key=lambda pair: (pair[0].start, -pair[0].end)):
            if held:
                held[max(0, bisect_right(self.starts, span.start) - 1)].append(item)
        return held


def explained(firing: Firing, text: str) -> ExplainedFiring:
    """A firing with words for spans."""
    return ExplainedFiring(
        rule=firing.rule,
        outcome=firing.outcome,
        span=firing.span,
        text=firing.span.of(text),
        slots={name: span.of(text) for name, span in firing.slots},
        note=firing.note,
    )


def explanation_text(explanation: Explanation, width: int) -> str:
    """The explanation as lines: + taken, ~ lost, x dropped, ? looked at and not taken."""
    document = explanation.document
    lines = [
        without_marks(document.title or document.id),
        f"published {published_words(document.published)}; kind {document.kind.replace('_', ' ')}"
        + (f" ({document.kind_basis})" if document.kind_basis else "")
        + (f"; issuer {document.issuer}" if document.issuer else ""),
        f"grammar {explanation.grammar}",
        *(f"with your {path}" for path in explanation.own),
        "+ taken  ~ lost to another rule  x dropped  ? looked at, not taken",
    ]
    for boilerplate in document.boilerplate:
        words = one_line(boilerplate.span.of(document.text))
        lines.append(paragraph(f"not read ({boilerplate.kind.replace('_', ' ')}): {words}", width, "  "))
    for number, sentence in enumerate(explanation.sentences, start=1):
        lines += ["", paragraph(f"{number}. {one_line(sentence.text)}", width)]
        lines += [paragraph(line, width, INDENT + leading(line), "    ") for line in sentence_lines(sentence)]
    for gap in explanation.gaps:
        lines.append(f"gap [{gap.span.start}:{gap.span.end}] in {gap.step}: {gap.reason}")
    return "\n".join(lines) + "\n"


def leading(line: str) -> str:
    """The blanks that a line begins with."""
    return line[: len(line) - len(line.lstrip(" "))]


def sentence_lines(sentence: ExplainedSentence) -> Iterator[str]:
    """What was seen in a sentence."""
    for item in sentence.marks:
        yield f"· {item.mark.__struct_config__.tag} “{one_line(item.text)}”{values_of(item.mark)}  {item.mark.rule}{' (yours)' if item.own else ''}"
        if isinstance(item.mark, TimeMark):
            yield from time_lines(item.mark)
    for firing in sorted(sentence.firings, key=lambda firing: (list(SIGNS).index(firing.outcome), firing.span)):
        slots = "  ".join(f"{name}=“{one_line(words)}”" for name, words in firing.slots.items())
        note = f" ({firing.note})" if firing.note else ""
        yield f"{SIGNS[firing.outcome]} {firing.rule}: {SAID[firing.outcome]}{note}  {slots}".rstrip()
    for mention in sentence.mentions:
        yield f"= {mention.mention.__struct_config__.tag}{values_of(mention.mention)}  {mention.mention.rule}"


def time_lines(mark: TimeMark) -> Iterator[str]:
    """The days that a time expression stands for, and how they were reckoned."""
    found = when_words(mark.when)
    if found:
        basis = basis_words(mark.when)
        yield f"    {found}" + (f", {basis}" if basis else "")
    for step in mark.steps:
        yield f"    {step}"


def values_of(record: AnyMark | AnyMention) -> str:
    """The values of a mark or mention that say something, in short."""
    said: list[str] = []
    defaults = dict(zip(reversed(record.__struct_fields__), reversed(record.__struct_defaults__), strict=False))
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name in NOT_SAID or value is None or value == defaults.get(name) or isinstance(value, Span):
            continue
        shown = short(value)
        if shown and shown != "[]":
            said.append(f"{name}={shown}")
    return (" " + " ".join(said)) if said else ""


def short(value: object) -> str:
    """A value in a few characters; spans are left out, for their words stand beside them."""
    if isinstance(value, Span):
        return ""
    if isinstance(value, tuple):
        return "[" + ", ".join(item for item in map(short, value) if item) + "]" if value else ""
    if isinstance(value, msgspec.Struct):
        fields = [(name, getattr(value, name)) for name in value.__struct_fields__]
        inside = [short(field) for _, field in fields if field not in (None, "", ()) and not isinstance(field, Span)]
        return "(" + " ".join(item for item in inside if item) + ")"
    return str(value)


def one_line(text: str) -> str:
    """A text with even blanks and without the highlight signs."""
    return " ".join(without_marks(text).split())
