"""Where do the paragraphs of a text lie, and what is each for?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.record.document import Document
from dragoman.record.segments import Paragraph, ParagraphKind
from dragoman.record.span import Span

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
GREEDY = 2  # letters by which a hard-wrapped line may fall short of its width
NARROWEST, WIDEST = 45, 130  # letters a line, for text to be taken as hard-wrapped
LONGEST_HEADING = 16  # words
TERMINAL = tuple(".!?:;,…\"”’'»)-–—")
CAPITAL_LABEL = re.compile(
    r"(?P<mark>[“\"«]?)\*{0,2}(?P<label>(?:(?:[A-Z][A-Z’'.\-]+|[A-Z]\.|[A-Z](?= [A-Z]{2})|MR|MS|DR)"
    r"(?:[ ,]+(?:[A-Z][A-Z’'.\-]*|\([^()\n]{1,40}\)|of|the|and|for)){0,9}"
    r"|Q|A|QUESTION|ANSWER|MODERATOR|OPERATOR)\s?(?:\([^()\n]{1,60}\)\s?)?)(?P<end>[:.])\*{0,2}(?=\s|\Z)"
)
NAME_LABEL = re.compile(
    r"[“\"«*]{0,3}(?P<label>(?:(?:Mr|Ms|Mrs|Dr|Amb)\.? )?(?:[A-Z][\w’'.\-]*)(?: (?:[A-Z][\w’'.\-]*|of|the|for|and)){0,7}"
    r"(?:, (?:[A-Z][\w’'.\-]*|of|the|for|and)(?: (?:[A-Z][\w’'.\-]*|of|the|for|and)){0,9}){0,2}"
    r"(?: ?\([^()\n]{1,60}\))?):\*{0,2}(?=\s|\Z)"
)
TURNS = 3  # labels of mixed case that make a transcript


def paragraphs_of(document: Document) -> list[Paragraph]:
    """The paragraphs of a document in order, those of its boilerplate marked as such."""
    text = document.text
    pieces = [piece for block in blocks_of(text) for piece in cut(block, document)]
    bodies = [span for span, boilerplate in pieces if not boilerplate]
    names = name_labels(text, bodies)
    return [
        Paragraph(span, ParagraphKind.BOILERPLATE) if boilerplate else paragraph_at(text, span, names)
        for span, boilerplate in pieces
    ]


def paragraph_at(text: str, span: Span, names: dict[int, Span]) -> Paragraph:
    """The paragraph of a span: a speaker's turn, a heading, or body."""
    label = capital_label(text, span) or names.get(span.start)
    if label is not None:
        return Paragraph(span, ParagraphKind.SPEAKER, label)
    return Paragraph(span, ParagraphKind.HEADING if is_heading(text, span) else ParagraphKind.BODY)


def blocks_of(text: str) -> Iterator[Span]:
    """Lines, or several where a paragraph was wrapped by hand."""
    group: list[Span] = []
    for match in LINE.finditer(text):
        line = trimmed(text, *match.span())
        if group and (line is None or text.count("\n", group[-1].end, line.start) > 1):
            yield from unwrapped(text, group)
            group = []
        if line is not None:
            group.append(line)
    yield from unwrapped(text, group)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks at its edges, or None when nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if left < right else None


def unwrapped(text: str, lines: Sequence[Span]) -> list[Span]:
    """The lines of a block: joined to one when they were wrapped at one width, else as they are."""
    if len(lines) < 2:
        return list(lines)
    width = max(line.end - line.start for line in lines)
    if not NARROWEST <= width <= WIDEST or not all(is_wrapped(text, a, b, width) for a, b in pairwise(lines)):
        return list(lines)
    if len(lines) == 2 and not text[lines[1].start].islower():
        return list(lines)
    return [Span(lines[0].start, lines[-1].end)]


def is_wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line would not have fitted into this one."""
    word = text[following.start : following.start + width].split(None, 1)[0]
    return line.end - line.start + 1 + len(word) > width - GREEDY


def cut(span: Span, document: Document) -> list[tuple[Span, bool]]:
    """The span cut where boilerplate begins and ends; True for the pieces that are boilerplate."""
    touching = [b.span for b in document.boilerplate if b.span.overlaps(span)]
    if not touching:
        return [(span, False)]
    pieces: list[tuple[Span, bool]] = []
    at = span.start
    for held in sorted(touching):
        start, end = max(at, held.start), min(held.end, span.end)
        pieces += kept(document.text, at, start, False) + kept(document.text, start, end, True)
        at = max(at, end)
    return pieces + kept(document.text, at, span.end, False)


def kept(text: str, start: int, end: int, boilerplate: bool) -> list[tuple[Span, bool]]:
    """The trimmed piece, if anything is left of it."""
    span = trimmed(text, start, end) if start < end else None
    return [(span, boilerplate)] if span else []


def capital_label(text: str, span: Span) -> Span | None:
    """The label in capitals that opens a speaker's turn: "SECRETARY RUBIO:", "QUESTION:"."""
    match = CAPITAL_LABEL.match(text, span.start, min(span.end, span.start + 120))
    if match is None or match["mark"] or match.end() >= span.end:
        return None
    if match["end"] == "." and match["label"] not in {"Q", "A"}:
        return None
    return Span(*match.span("label"))


def name_labels(text: str, paragraphs: Sequence[Span]) -> dict[int, Span]:
    """Labels by the start of their paragraph, where the text has several: "Mr. Price:", and those that stand alone."""
    found: dict[int, Span] = {}
    alone: dict[int, Span] = {}
    for span in paragraphs:
        if ":" not in text[span.start : span.start + 100]:
            continue
        match = NAME_LABEL.match(text, span.start, min(span.end, span.start + 100))
        if match:
            held = found if match.end() < span.end else alone
            held[span.start] = Span(*match.span("label"))
    return {**repeated(text, found), **repeated(text, alone)}


def repeated(text: str, labels: dict[int, Span]) -> dict[int, Span]:
    """The labels, where there are as many as a talk has and one comes back."""
    words = [text[label.start : label.end] for label in labels.values()]
    return labels if len(words) >= TURNS and len(set(words)) < len(words) else {}


def is_heading(text: str, span: Span) -> bool:
    """Whether a paragraph is a short line without the end of a sentence."""
    if span.end - span.start > 140:
        return False
    words = text[span.start : span.end]
    return not words.endswith(TERMINAL) and len(words.split()) <= LONGEST_HEADING and not words[:1].islower()
