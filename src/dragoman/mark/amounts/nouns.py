"""Which words does a number count?"""

from __future__ import annotations

from dragoman.mark.words import Words

REACH = 7  # words between a number and the noun it counts
PLURALS = frozenset(
    "people personnel police troops aircraft men women children cattle staff infantry data media "
    "artillery militia citizenry headquarters series species".split()
)
STOPS = frozenset(
    "of in on at by for with from to that which who is are was were be been has have had will would said and or but "
    "the this these those as into after before since during against if when while because".split()
)
NOT_PLURAL = ("ss", "us", "is", "'s")
VERBS = frozenset(
    {"says", "does", "goes", "was", "has", "calls", "makes", "takes", "shows", "comes", "gives", "remains"}
)


def plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    folded = word.casefold()
    if folded in PLURALS:
        return True
    return len(word) > 3 and folded.endswith("s") and not folded.endswith(NOT_PLURAL) and folded not in VERBS


def counted_noun(words: Words, at: int) -> tuple[int, int] | None:
    """The words from the number to the noun in the plural that it counts, adjectives included."""
    raws = words.raws
    end: int | None = None
    for place in range(at, min(len(raws), at + REACH)):
        word = raws[place].strip()
        folded = word.casefold()
        if plural(word):
            end = place + 1
            if not continues(words, end):
                break
            continue
        if not joins(words, place, word, folded):
            break
    return (at, end) if end is not None else None


def joins(words: Words, place: int, word: str, folded: str) -> bool:
    """Whether a word can stand between a number and its noun."""
    if folded in ("-", "‑"):
        return words.joined(place) or (place + 1 < len(words.raws) and words.folded(place + 1) in ("and", "or"))
    if folded == ".":  # U.S.
        return words.raws[place - 1][:1].isupper() and len(words.raws[place - 1].strip()) == 1
    if folded in ("and", "&", "or"):
        return True
    return word[:1].isalpha() and folded not in STOPS


def continues(words: Words, place: int) -> bool:
    """Whether the noun goes on: "individuals and entities", "vaccine doses"."""
    if place >= len(words.raws):
        return False
    folded = words.folded(place)
    if folded == "and":
        return place + 1 < len(words.raws) and plural(words.raws[place + 1].strip())
    word = words.raws[place].strip()
    return word.islower() and plural(word) and folded not in STOPS and folded not in VERBS
