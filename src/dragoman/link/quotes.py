"""Are two wordings the same words: verbatim, shortened, stretched or altered, and by the same speaker?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
GAP = re.compile(r"\.\.\.+|…|\[[^\]]*\]|\(\.\.\.\)")
RUN = 5  # words running that two wordings must share to be compared at all
ALIKE = 0.6  # share of the longer wording's words, in order, from which one is the other altered
PIECES = 0.5  # share of its own words that a shortened wording must find in longer runs
LINKING_RUN = 4  # words of the runs by which quotations of one speaker are linked
SHARED = 0.75  # share of the shorter quotation's runs that the longer one must have to be linked
LONGEST = 2000  # words of a wording that are compared


class Verdict(StrEnum):
    """How one wording stands to another."""

    VERBATIM = "verbatim"
    SHORTENED = "shortened"  # its words, in order, are part of the other's
    STRETCHED = "stretched"  # the other's words, in order, are part of its
    ALTERED = "altered"
    DIFFERENT = "different"


class SameWords(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on two wordings. ``other_speaker`` is True when both speakers are known and are not the same."""

    verdict: Verdict
    other_speaker: bool = False
    shared: float = 0.0  # share of the longer wording's words that both have in order


class Wording(msgspec.Struct, frozen=True):
    """Quoted words and who is said to have said them."""

    text: str
    speaker: str | None = None


def same_words(here: Wording, there: Wording) -> SameWords:
    """How the words of one wording stand to those of another. Signs, case and kinds of apostrophe do not count."""
    ours, theirs = words_of(here.text), words_of(there.text)
    other_speaker = bool(here.speaker and there.speaker) and folded(here.speaker) != folded(there.speaker)
    if not ours or not theirs:
        return SameWords(verdict=Verdict.DIFFERENT)
    if ours == theirs:
        return SameWords(verdict=Verdict.VERBATIM, other_speaker=other_speaker, shared=1.0)
    blocks = list(matching(ours, theirs))
    shared = sum(size for _, _, size in blocks)
    share = shared / max(len(ours), len(theirs))
    verdict = verdict_on(here.text, there.text, ours, theirs, blocks)
    return SameWords(verdict=verdict, other_speaker=other_speaker and verdict is not Verdict.DIFFERENT, shared=share)


def verdict_on(
    here: str, there: str, ours: Sequence[str], theirs: Sequence[str], blocks: Sequence[tuple[int, int, int]]
) -> Verdict:
    """The verdict on two wordings that are not verbatim."""
    shared = sum(size for _, _, size in blocks)
    if max((size for _, _, size in blocks), default=0) < min(RUN, len(ours), len(theirs)):
        return Verdict.DIFFERENT
    if shared == len(ours) and (len(blocks) == 1 or GAP.search(here)):
        return Verdict.SHORTENED
    if shared == len(theirs) and (len(blocks) == 1 or GAP.search(there)):
        return Verdict.STRETCHED
    long_runs = sum(size for _, _, size in blocks if size >= RUN)
    alike = shared >= ALIKE * max(len(ours), len(theirs)) or long_runs >= PIECES * min(len(ours), len(theirs))
    return Verdict.ALTERED if alike else Verdict.DIFFERENT


def matching(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(place here, place there, words) of every stretch that both have, in order."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return ((a, b, size) for a, b, size in blocks if size)


def words_of(text: str) -> list[str]:
    """The words of a wording as they are compared."""
    plain = GAP.sub(" ", text.replace("’", "'")).casefold()
    return WORD.findall(plain)[:LONGEST]


def folded(name: str | None) -> str:
    """A speaker's name as it is compared."""
    return " ".join(WORD.findall((name or "").casefold()))


def keys_of(text: str) -> frozenset[str]:
    """The runs of words by which wordings that may be the same find each other; two without a common one are different."""
    words = words_of(text)
    size = min(RUN, len(words))
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1)) if words else frozenset()


def linking_runs(words: Sequence[str]) -> frozenset[int]:
    """The runs of words by which quotations are linked, as numbers that differ between processes."""
    return frozenset(map(hash, zip(*(words[at:] for at in range(LINKING_RUN)), strict=False)))


def mostly_within(here: frozenset[int], there: frozenset[int]) -> bool:
    """Whether most of the shorter wording's runs of words stand in the longer one: what linking asks of two quotations of one
    speaker, since it costs far less than a verdict."""
    return bool(here and there) and len(here & there) >= SHARED * min(len(here), len(there))
