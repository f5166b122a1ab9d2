"""Where in this book, as it was read last, stands what a correction is about?

In each text of the document: the very mention, else one of its kind over the same characters, else one in the same
words; of several the one whose values are most alike. A document is known by its id, else by its url.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.gather import Gathered
from dragoman.book.load import kind_of, mention_from
from dragoman.record.corrections import Anchor
from dragoman.record.entries import BookMention, PersonMention
from dragoman.record.span import Span

MOST = 200  # anchors that a target keeps: the first in canonical order
LEAST = 0.5  # of the characters, or of the words, that two places must share to be one
WORD = re.compile(r"\w+")

Candidate = tuple[int, str, Span, BookMention, str]


class Found(msgspec.Struct, frozen=True):
    """A mention in which an anchor was found, and whether its text is the current one."""

    mention: int
    current: bool


def anchors_of(items: Sequence[Gathered], texts: dict[int, str]) -> tuple[Anchor, ...]:
    """The anchors of evidence in canonical order; ``texts`` are the texts by version. Current texts come first."""
    standing = [item for item in items if item.current] or list(items)
    return tuple(
        Anchor(
            document=item.evidence.document.id,
            url=item.evidence.document.url,
            digest=item.evidence.document.digest,
            mention=item.evidence.id,
            span=item.evidence.span,
            words=item.evidence.span.of(texts[item.version]),
            says=item.evidence.mention,
        )
        for item in standing[:MOST]
    )


def document_of(backend: Backend, anchor: Anchor) -> int | None:
    """The row of the document that an anchor stands in."""
    found = backend.rows("SELECT document FROM documents WHERE id = ?", (anchor.document,))
    if not found and anchor.url:
        found = backend.rows("SELECT min(document) FROM documents WHERE url = ?", (anchor.url,))
    return found[0][0] if found else None


def found_again(backend: Backend, anchor: Anchor) -> list[Found]:
    """The mentions of the document's texts in which an anchor stands: one a text at most, the newest text first."""
    document = document_of(backend, anchor)
    if document is None:
        return []
    sql = "SELECT version, digest, current FROM versions WHERE document = ? ORDER BY number DESC"
    found = []
    for version, digest, current in backend.rows(sql, (document,)):
        candidates = list(candidates_in(backend, version, anchor))
        best = best_at(anchor, candidates) if digest == anchor.digest else best_in_words(anchor, candidates)
        if best is None and isinstance(anchor.says, PersonMention):
            best = best_in_words(anchor, candidates)  # a person's first reference may be another one now
        if best is not None:
            found.append(Found(best, bool(current)))
    return found


def candidates_in(backend: Backend, version: int, anchor: Anchor) -> Iterator[Candidate]:
    """The mentions of the anchor's kind in one text, with their words."""
    sql = (
        "SELECT m.mention, m.id, m.span_start, m.span_end, m.payload, "
        "substr(v.text, m.span_start + 1, m.span_end - m.span_start) "
        "FROM mentions AS m JOIN versions AS v ON v.version = m.version "
        "WHERE m.version = ? AND m.kind = ? AND m.retired = 0 ORDER BY m.span_start, m.span_end, m.id"
    )
    for number, identity, start, end, payload, words in backend.rows(sql, (version, kind_of(anchor.says))):
        yield number, identity, Span(start, end), mention_from(payload), words


def best_at(anchor: Anchor, candidates: Sequence[Candidate]) -> int | None:
    """The mention of the same text at the anchor's place."""
    scored = [
        ((identity == anchor.mention, shared(anchor.span, span), likeness(anchor.says, mention)), -turn, number)
        for turn, (number, identity, span, mention, _) in enumerate(candidates)
    ]
    near = [each for each in scored if each[0][0] or each[0][1] >= LEAST]
    return max(near)[2] if near else None


def best_in_words(anchor: Anchor, candidates: Sequence[Candidate]) -> int | None:
    """The mention of another text in the anchor's words."""
    scored = [
        ((in_common(anchor.words, words), likeness(anchor.says, mention)), -abs(span.start - anchor.span.start), number)
        for number, _, span, mention, words in candidates
    ]
    near = [each for each in scored if each[0][0] > LEAST]
    return max(near)[2] if near else None


def shared(one: Span, other: Span) -> float:
    """The part of the characters of both spans together that is common to them."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, max(one.end, other.end) - min(one.start, other.start))


def in_common(one: str, other: str) -> float:
    """The part of the words of both that is common to them."""
    if one == other:
        return 1.0
    mine, theirs = ({word.casefold() for word in WORD.findall(text)} for text in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))


def likeness(one: BookMention, other: BookMention) -> int:
    """How many values two mentions of one kind share."""
    return sum(getattr(one, field) == getattr(other, field) for field in one.__struct_fields__)
