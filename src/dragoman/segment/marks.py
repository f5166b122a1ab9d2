"""Which signs of a paragraph are quotation marks, and does each open or close?"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from typing import NamedTuple

from dragoman.record.span import Span

DOUBLE = re.compile(r"[“”„‟\"«»＂]|``|''|’’|‘‘")
OPENING = frozenset({"“", "„", "«", "``", "‘‘"})
CLOSING = frozenset({"”", "»", "''", "’’"})
BEFORE_OPENING = frozenset(" \t\xa0\u2009\u202f([{—–-/:>…‘'“«\"\u200b\ufeff")
BEHIND_CLOSING = frozenset(" \t\xa0\u2009\u202f)]}.,;:!?—–-…’'”»\"/<*\u200b\ufeff")
SINGLE_OPEN = re.compile(r"[‘'’](?=[^\W\d_]|\d{1,3}[^\ds’']|[\[…\"“])")
SINGLE_CLOSE = re.compile(r"['’](?<=\S.)(?![\w’'])")
BEFORE_SINGLE = frozenset(' \t\xa0\u2009\u202f\n([“"—–')
ELIDED = re.compile(r"(?:em|tis|twas|cause|til|round|bout|n)\b", re.IGNORECASE)
LONGEST_SINGLE = 1500  # letters between single marks, which are easily apostrophes
TRIES = 8  # closing candidates looked at for one single opening mark


class Direction(Enum):
    """What a mark does."""

    OPENS = 1
    CLOSES = 2
    EITHER = 3


class QuoteMark(NamedTuple):
    """A quotation mark; ``hanging`` when it has text before it and none behind, as a closing mark has."""

    start: int
    end: int
    sign: str
    direction: Direction
    hanging: bool


def double_marks(text: str, start: int, end: int) -> list[QuoteMark]:
    """The double quotation marks of a paragraph, in order, with their directions."""
    found: list[QuoteMark] = []
    for match in DOUBLE.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        behind = text[match.end()] if match.end() < end else " "
        sign = match[0]
        if sign == '"' and before.isdecimal() and (behind.isdecimal() or behind in " -") and not found:
            continue  # inches
        opens = before in BEFORE_OPENING or before.isspace()
        closes = behind in BEHIND_CLOSING or behind.isspace()
        found.append(
            QuoteMark(match.start(), match.end(), sign, direction_of(sign, opens, closes), closes and not opens)
        )
    return found


def direction_of(sign: str, opens: bool, closes: bool) -> Direction:
    """What a mark does, from its sign and from whether its place looks like that of an opening or a closing one."""
    if sign in OPENING:
        return Direction.OPENS
    if sign in CLOSING:
        return Direction.EITHER if opens and not closes else Direction.CLOSES
    if opens == closes:
        return Direction.EITHER
    return Direction.OPENS if opens else Direction.CLOSES


def single_quotations(text: str, start: int, end: int) -> list[tuple[Span, Span]]:
    """(words, words with marks) for the quotations between single marks in a paragraph."""
    openings = [m for m in SINGLE_OPEN.finditer(text, start, end) if opens_single(text, m, start)]
    if not openings:
        return []
    closings = [m.start() for m in SINGLE_CLOSE.finditer(text, start, end)]
    found: list[tuple[Span, Span]] = []
    at = start
    for number, opening in enumerate(openings):
        if opening.start() < at:
            continue
        limit = openings[number + 1].start() if number + 1 < len(openings) else end
        closing = closing_of(text, opening.end(), closings, limit)
        if closing is not None:
            found.append((Span(opening.end(), closing), Span(opening.start(), closing + 1)))
            at = closing + 1
    return found


def opens_single(text: str, opening: re.Match[str], start: int) -> bool:
    """Whether a single mark before a word stands where a quotation can begin, and for no letters left out."""
    at = opening.start()
    return (at == start or text[at - 1] in BEFORE_SINGLE) and not is_elision(text, opening)


def is_elision(text: str, opening: re.Match[str]) -> bool:
    """Whether a mark before a word stands for letters left out: 'em, '90s."""
    return bool(ELIDED.match(text, opening.end())) or (opening[0] == "’" and text[opening.end()].islower())


def closing_of(text: str, start: int, closings: list[int], limit: int) -> int | None:
    """Where the quotation that begins at ``start`` closes: at a mark behind a stop, or one that is no plural's."""
    first = bisect_left(closings, start + 1)
    spare: int | None = None
    for at in closings[first : first + TRIES]:
        if at > limit or at - start > LONGEST_SINGLE:
            break
        before = text[at - 1]
        if before in "sS" and text[at : at + 1] in "’'" and goes_with_noun(text, at):
            spare = spare or at
            continue
        return at
    return spare


def goes_with_noun(text: str, at: int) -> bool:
    """Whether an apostrophe behind an s is followed by a word in small letters, as in "the ministers' talks"."""
    return text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalpha()
