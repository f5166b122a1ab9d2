"""What does an account hold that can be counted: thanks, requests, next steps, numbers, third parties, names, mood?

Only the points of the account are counted, each item by its exact words. One pass of the lexicon and one of the rules of
amounts over each point.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dragoman.grammar.trace import Trace
from dragoman.lexicon.load import load_lexicon
from dragoman.mark.amounts.reader import mark_amounts
from dragoman.record.contents import AccountContents, ContentItem, ContentKind
from dragoman.record.document import Document
from dragoman.record.entries import Engagement, EntryPoint, ReadoutEntry
from dragoman.record.segments import Segments
from dragoman.record.span import Span

NO_SEGMENTS = Segments((), (), (), ())
CLAUSE = re.compile(r"[^,.;:”]*[^,.;:”\s]")  # from a cue to the end of what it governs
DIGIT = re.compile(r"\d")
CUES = (
    (ContentKind.THANKS, "thank"),
    (ContentKind.CONDOLENCES, "condole"),
    (ContentKind.REQUESTS, "request"),
)
PROMISES = frozenset({"agree_verb", "commitment"})
# A limit in time: "by", "before" or "within", and then a month, a year, a season or a number of days.
DEADLINE = re.compile(
    r"\b(?:by|before|within|until|no later than|ahead of)\s+(?:the\s+)?(?:(?:end|middle|beginning|start|spring|summer|fall|autumn"
    r"|winter|first|second|third|fourth|next|coming|early|mid|late)\W+(?:of\s+)?(?:the\s+)?){0,3}"
    r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|spring"
    r"|summer|fall|autumn|winter|year(?:[’']s end)?|month|week|quarter|decade|\d{4}|\d{1,3}[\s-](?:hours|days|weeks|months|years))"
    r"(?:\s+\d{1,2}\b)?(?:,?\s+\d{4}\b)?"
)


class Found(NamedTuple):
    """Something counted within a point's text."""

    kind: ContentKind
    span: Span
    party: str | None = None


def contents_of(readout: ReadoutEntry, engagement: Engagement) -> AccountContents:
    """Everything counted in the points of an account of the engagement."""
    others = {p.name for p in engagement.participants if p.name and p.party and p.party != readout.issuer}
    others |= {party for party in engagement.parties if party != readout.issuer}
    own = frozenset((*engagement.parties, readout.issuer))
    items = [item for point in readout.points for item in items_of(point, own, frozenset(others))]
    return AccountContents(readout=readout.id, issuer=readout.issuer, items=tuple(items))


def items_of(point: EntryPoint, own: frozenset[str], others: frozenset[str]) -> Iterator[ContentItem]:
    """Everything counted in one point, in order."""
    found = {*cues_in(point, others), *names_in(point.text, own), *words_in(point.text), *numbers_in(point.text)}
    for kind, span, party in sorted(found, key=lambda item: (item.span, item.kind)):
        yield ContentItem(
            kind=kind,
            text=" ".join(span.of(point.text).split()),
            document=point.document,
            span=Span(point.span.start + span.start, point.span.start + span.end),
            party=party,
        )


def cues_in(point: EntryPoint, others: frozenset[str]) -> Iterator[Found]:
    """Thanks, condolences and requests by their cues, one of a kind for overlapping cues; the other side's promises."""
    lexicon = load_lexicon()
    theirs = point.raised_by in others
    for hit in lexicon.hits(point.text):
        if hit.kind != "cue":
            continue
        classes = lexicon.cues[hit.key].classes
        for kind, name in CUES:
            if name in classes:
                yield Found(kind, clause_from(point.text, hit.span))
        if theirs and hit.form in ("past", "present") and PROMISES.intersection(classes):
            yield Found(ContentKind.COMMITMENTS_OF_OTHER, clause_from(point.text, hit.span))


def clause_from(text: str, cue: Span) -> Span:
    """From a cue to the end of its clause."""
    match = CLAUSE.match(text, cue.start)
    return Span(cue.start, max(cue.end, match.end() if match else 0))


def names_in(text: str, own: frozenset[str]) -> Iterator[Found]:
    """Third parties, and the names used for places, regions and groups."""
    for hit in load_lexicon().hits(text):
        if hit.kind == "party" and hit.strong and hit.key not in own:
            yield Found(ContentKind.THIRD_PARTIES, hit.span, hit.key)
        elif hit.kind in ("place", "mechanism") and text[hit.span.start].isupper():
            yield Found(ContentKind.NAMES, hit.span)


def words_in(text: str) -> Iterator[Found]:
    """Next steps, deadlines and words for the mood of the talk."""
    for match in next_step_pattern().finditer(text):
        yield Found(ContentKind.NEXT_STEPS, Span(*match.span()))
    for match in atmosphere_pattern().finditer(text):
        yield Found(ContentKind.ATMOSPHERE, Span(*match.span("mood")))
    for match in DEADLINE.finditer(text):
        yield Found(ContentKind.DEADLINES, Span(*match.span()))


def numbers_in(text: str) -> Iterator[Found]:
    """Amounts that are written with figures."""
    if not DIGIT.search(text):
        return
    for mark in mark_amounts(Document(id="point", text=text, digest=""), NO_SEGMENTS, Trace(on=False)):
        if DIGIT.search(mark.span.of(text)):
            yield Found(ContentKind.NUMBERS, mark.span)


@cache
def words() -> dict[str, list[str]]:
    """The tables of contents.toml."""
    return tomllib.loads(files("dragoman.link").joinpath("contents.toml").read_text(encoding="utf-8"))


def any_of(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@cache
def next_step_pattern() -> re.Pattern[str]:
    """What finds next steps."""
    return re.compile(rf"\b(?:{any_of(words()['next_steps'])})\b", re.IGNORECASE)


@cache
def atmosphere_pattern() -> re.Pattern[str]:
    """What finds a word for the mood before a noun for the talk, at most three words on."""
    mood, talk = any_of(words()["atmosphere"]), any_of(words()["talk"])
    return re.compile(rf"\b(?P<mood>{mood})(?=(?:,?\s+[\w-]+){{0,3}}?\s+(?:{talk})\b)", re.IGNORECASE)
