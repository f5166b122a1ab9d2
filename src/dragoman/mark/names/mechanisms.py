"""Which recurring formats of engagement does a text name?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dragoman.lexicon.entries import Hit
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import word_before
from dragoman.record.marks import MechanismMark, PartyForm, PartyMark
from dragoman.record.span import Span

LEFT = re.compile(r"((?:(?:[A-Z0-9][\w+&.’'/–-]*|and|of|for|on|the|&),? )+)$")
OPENERS = frozenset(
    {"and", "of", "for", "on", "the", "&", "The", "A", "An", "In", "At", "This", "Our", "Their",
     "After", "Before", "During", "Following", "Since", "Under", "With", "For", "On", "To"})  # fmt: skip
MARKERS = re.compile(
    r"\b(?:Strategic|Trilateral|Ministerial|Joint|Bilateral|Annual|Economic|Intersessional|High-Level|Special|"
    r"Foreign Ministers|Defen[cs]e Ministers|Leaders|Counternarcotics|Counterterrorism|Cyber|Human Rights)\b"
)
# Words that name a subject and are enough before the noun: "the Cyber Dialogue".
SUBJECTS = frozenset({"Counternarcotics", "Counterterrorism", "Cyber", "Human Rights"})
SHORT_FORM = re.compile(r" ?\((?:the )?[“\"]?([A-Z][A-Z0-9&-]{2,9})[”\"]?\)")
ABOUT = re.compile(r" (?:on|for) ((?:the )?[A-Z][\w-]+(?:(?:,| and|, and)? [A-Z][\w-]+){0,4})")
SENTENCE_END = re.compile(r"[a-z)”]\.[”)]? ")
ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|inaugural|annual|maiden"
)
EDITION = re.compile(
    rf"\b(?P<edition>{ORDINALS}|\d{{1,3}}(?:st|nd|rd|th))\s+(?:(?:round|edition|meeting|session|iteration)\s+of\s+)?"
    r"(?:the\s+)?(?:[\w.-]+\s+)?$",
    re.IGNORECASE,
)
REACH = 90


def mark_mechanisms(
    text: str, hits: SortedHits, lexicon: Lexicon, parties: Sequence[PartyMark]
) -> Iterator[MechanismMark]:
    """Mechanisms of the lexicon, and those composed of parties, capitalised words and a noun."""
    pairs = Pairs(parties)
    taken = bytearray(len(text) + 1)
    short: dict[str, MechanismMark] = {}
    for hit in hits.of("mechanism_head"):
        found = composed(text, hit, hits, pairs, lexicon)
        if found:
            taken[found.span.start : found.span.end] = b"\x01" * (found.span.end - found.span.start)
            yield found
            if form := SHORT_FORM.match(text, found.span.end):
                short.setdefault(form[1], found)
    for name, full in short.items():
        yield from shortened(text, name, full)
    for hit in hits.of("mechanism"):
        if not taken[hit.span.start] and not taken[hit.span.end - 1]:
            span = pairs.joined_to(hit.span, text)
            held = lexicon.mechanisms[hit.key]
            yield MechanismMark(
                span=span,
                rule="mechanism.named",
                name=held.name,
                edition=edition_of(text, span),
                parties=held.parties or pairs.codes_in(span),
            )


def shortened(text: str, name: str, full: MechanismMark) -> Iterator[MechanismMark]:
    """A mechanism under the short form that stands in brackets behind its name: "the next JFWG"."""
    for use in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w)”\"-])", text[full.span.end :]):
        span = Span(full.span.end + use.start(), full.span.end + use.end())
        yield MechanismMark(
            span=span, rule="mechanism.short", name=full.name, edition=edition_of(text, span), parties=full.parties
        )


class Pairs:
    """The pairs of parties in a text, by where they begin and end."""

    def __init__(self, parties: Sequence[PartyMark]) -> None:
        self._marks = [mark for mark in parties if mark.form is PartyForm.PAIR]
        self._starts = [mark.span.start for mark in self._marks]
        self._by_end = {mark.span.end: mark for mark in self._marks}

    def beginning_in(self, start: int, end: int) -> list[PartyMark]:
        """The pairs that begin between two places."""
        return self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def codes_in(self, span: Span) -> tuple[str, ...]:
        """The parties of the first pair that begins inside a span."""
        found = self.beginning_in(span.start, span.end)
        return found[0].codes if found else ()

    def joined_to(self, span: Span, text: str) -> Span:
        """The span with a pair of parties directly before it: "India-US 2+2"."""
        mark = self._by_end.get(span.start - 1) if text[span.start - 1 : span.start] == " " else None
        return Span(mark.span.start, span.end) if mark else span


def composed(text: str, hit: Hit, hits: SortedHits, pairs: Pairs, lexicon: Lexicon) -> MechanismMark | None:
    """ "U.S.-India Counternarcotics Working Group": a pair or a word of formats, capitalised words, and the noun."""
    if hits.around(hit.span, "organisation"):
        return None
    if not word_before(text, hit.span.start)[:1].isupper():
        return None
    left = LEFT.search(text[max(0, hit.span.start - REACH) : hit.span.start])
    if left is None:
        return None
    start = opened(text, hit.span.start - len(left[1]), hit.span.start, pairs)
    words = text[start : hit.span.start]
    paired = bool(pairs.beginning_in(start, hit.span.start))
    if not words or not (paired or (MARKERS.search(words) and (len(words.split()) > 1 or words.strip() in SUBJECTS))):
        return None
    about = ABOUT.match(text, hit.span.end)
    span = Span(start, about.end() if about and hit.key == "Working Group" else hit.span.end)
    known = canonical(span, hits)
    return MechanismMark(
        span=span,
        rule="mechanism.composed",
        name=known or span.of(text).replace("\n", " "),
        edition=edition_of(text, span),
        parties=pairs.codes_in(span) or (lexicon.mechanisms[known].parties if known else ()),
    )


def canonical(span: Span, hits: SortedHits) -> str | None:
    """The name of the mechanism of the lexicon that makes up the end of a composed one."""
    found = hits.around(Span(span.end - 1, span.end), "mechanism")
    return found[0].key if found and found[0].key[0].isupper() | found[0].key[0].isdecimal() else None


def opened(text: str, start: int, end: int, pairs: Pairs) -> int:
    """Where the name begins: at its pair of parties, else after possessives and small words."""
    for stop in SENTENCE_END.finditer(text, start, end):
        start = stop.end()
    inside = pairs.beginning_in(start, end)
    if inside:
        return inside[-1].span.start
    words = text[start:end]
    possessive = max(words.rfind("'s "), words.rfind("’s "))
    if possessive >= 0:
        start += possessive + 3
    while start < end and text[start:end].split(" ", 1)[0].rstrip(",") in OPENERS:
        start += len(text[start:end].split(" ", 1)[0]) + 1
    return min(start, end)


def edition_of(text: str, span: Span) -> str | None:
    """ "third", "5th", "inaugural": the edition that stands before a mechanism."""
    match = EDITION.search(text[max(0, span.start - 50) : span.start])
    return match["edition"].casefold() if match else None
