"""Where do the sentences of a paragraph begin and end?

A stop, a question or exclamation mark, or an ellipsis ends a sentence, with the closing marks that follow it, unless it
belongs to an abbreviation, an initial, a number, an item of a list, or the sentence plainly goes on.
"""

from __future__ import annotations

import re

from dragoman.segment.abbreviations import BEFORE_NUMBER, DOTTED, OPENERS, TITLES

CLOSING = "\"”’'»)\\]"
CANDIDATE = re.compile(rf"(?P<stop>[.!?…。．｡][.!?…]*)(?P<close>[{CLOSING}]*)(?P<space>\s*)(?=\S)")
WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'—/-]+\Z")
FIRST_WORD = re.compile(r"[\"“‘'(\[«„`]*(\w+)")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
LIST_ITEM = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[)\]]?\Z")
ATTRIBUTED = re.compile(
    r"[^.!?\n]{0,60}?\b(?:asked|said|says|added|wondered|wrote|told|tweeted|exclaimed|shouted|demanded|replied|inquired)\b"
)
LONGEST_WORD = 40


def sentence_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of every sentence of a paragraph, blank edges left out."""
    found: list[tuple[int, int]] = []
    begin = start
    for match in CANDIDATE.finditer(text, start, end):
        if ends_sentence(text, begin, match) if match["space"] else runs_together(text, match):
            add(found, text, begin, match.end("close"))
            begin = match.end("close")
    add(found, text, begin, end)
    return found


def runs_together(text: str, match: re.Match[str]) -> bool:
    """Whether two sentences meet without a blank: "has ended.The next", "we agree.”The next"."""
    at = match.start()
    if not text[at - 2 : at].islower() or not text[max(at - 2, 0) : at].isalpha() or len(match["stop"]) > 1:
        return False
    behind = text[match.end() : match.end() + 2]
    if match["close"]:
        return match["close"][0] == "”" and behind[:1].isupper()
    return match["stop"] == "." and (behind[:1] == "“" or (behind[:1].isupper() and behind[1:].islower()))


def add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append a stretch without the blanks at its edges, if anything is left."""
    words = text[start:end]
    bare = words.strip()
    if bare:
        start += len(words) - len(words.lstrip())
        found.append((start, start + len(bare)))


def ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the stop at a candidate ends a sentence that begins at ``begin``."""
    end = match.end()
    if text[end].islower():
        return False
    first = FIRST_WORD.match(text, end, end + LONGEST_WORD)
    word = first[1] if first else ""
    if word[:1].islower():
        return False
    stop, close, _ = match.groups()
    if stop == ".":
        return ends_at_stop(text, begin, match, word, bool(close))
    if close and stop[-1] in "!?":
        return not attributed(text, end)
    return True


def attributed(text: str, at: int) -> bool:
    """Whether a question or exclamation in quotation marks is followed by its "the minister asked"."""
    return bool(ATTRIBUTED.match(text, at, at + 80)) and text[at] not in "\"“‘'«"


def ends_at_stop(text: str, begin: int, match: re.Match[str], word: str, closed: bool) -> bool:
    """Whether a single full stop ends a sentence; ``word`` is the one that follows."""
    at = match.start("stop")
    before = word_before(text, max(begin, at - LONGEST_WORD), at)
    if closed and before not in TITLES:
        return True
    if at - begin <= 6 and LIST_ITEM.match(text, begin, at):
        return False
    if before in TITLES:
        return False
    if before in BEFORE_NUMBER and (word[:1].isdecimal() or len(before) == 1):
        return False
    if before in DOTTED:
        return word in OPENERS or (before in {"Inc", "etc", "Jr"} and not word)
    if INITIALS.match(before):
        return ends_at_initials(before, word)
    return True


def word_before(text: str, begin: int, at: int) -> str:
    """The word that ends at a place; empty when none does."""
    near = text[begin:at].rpartition(" ")[2]
    if near.isalpha():
        return near
    found = WORD_BEFORE.search(text, begin, at)
    return found[0] if found else ""


def ends_at_initials(before: str, word: str) -> bool:
    """Whether a sentence ends behind "J", "U.S" or "p.m" and the stop."""
    if before.lower() in {"a.m", "p.m"}:
        return word[:1].isupper() and word not in {"EDT", "EST", "ET", "GMT", "Eastern", "Monday", "Tuesday"}
    if before == "I":
        return True
    return word in OPENERS and not (len(before) == 1 and word in {"A", "I"})
