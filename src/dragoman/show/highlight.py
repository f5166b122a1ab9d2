"""How is evidence shown inside its surroundings?

Renderers set ``\\x02`` and ``\\x03`` around what is to be seen first, as the book's search does; whoever writes to a
terminal, a file or a page turns these into what can be shown there.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.span import Span, hull

OPEN, CLOSE = "\x02", "\x03"
AROUND = 160


def without_marks(text: str) -> str:
    """A text from outside without the two signs, which it could only hold to confuse."""
    return text.replace(OPEN, " ").replace(CLOSE, " ")


def in_context(text: str, spans: Sequence[Span], around: int = AROUND) -> str:
    """The spans with the words around them, up to the ends of their paragraphs; blanks made even."""
    if not spans:
        return ""
    whole = hull(*spans)
    start, end = paragraph_around(text, whole)
    first = max(start, whole.start - around)
    last = min(end, whole.end + around)
    first = next_word(text, first, whole.start) if first > start else first
    last = word_before(text, last, whole.end) if last < end else last
    parts = ["… "] if first > start else []
    at = first
    for span in merged(spans):
        parts += [without_marks(text[at : span.start]), OPEN, without_marks(span.of(text)), CLOSE]
        at = span.end
    parts.append(without_marks(text[at:last]))
    parts.append(" …" if last < end else "")
    return " ".join("".join(parts).split())


def paragraph_around(text: str, span: Span) -> tuple[int, int]:
    """The bounds of the lines that the span lies in."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return start, len(text) if end < 0 else end


def next_word(text: str, at: int, limit: int) -> int:
    """The beginning of the first whole word from a place on."""
    blank = text.find(" ", at, limit)
    return blank + 1 if blank >= 0 else limit


def word_before(text: str, at: int, limit: int) -> int:
    """The end of the last whole word before a place."""
    blank = text.rfind(" ", limit, at)
    return blank if blank >= 0 else limit


def merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
