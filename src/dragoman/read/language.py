"""Is a text English?

English prose shows itself in its function words, which costs a few microseconds to see; only a text that shows too few
is given to the statistical identifier, which takes milliseconds.
"""

from __future__ import annotations

import functools
import re

from dragoman.errors import NotEnglish

WORD = re.compile(r"[^\W\d_]+")
# Words that are as common in a neighbour are left out: in, is, was (Dutch), an, also, will (German), for, at (Danish).
FUNCTION_WORDS = frozenset(
    WORD.findall(
        "the of and to that with by from are were be been has have would it its they his their this which who said not"
        " but on after before between during both"
    )
)
GLANCE = 1200
SAMPLE = 3000
ENOUGH_WORDS = 25
CLEAR_SHARE = 0.12  # of the words of English news, 20 to 35 of 100 are in the list; of its neighbours, under 5
SHORT_SHARE = 0.08
FEW_WORDS = 40  # below this the names of a report can lead the identifier astray
CANDIDATES = 4  # for a short text the identifier is believed that English is among so many, not that it is none
# Words of the pidgins and creoles based on English, which the identifier takes short English for, and English for them.
PIDGIN = frozenset("dey don wey dem una sey dis dat wetin abi wia belong bilong blong dispela ol oli olsem".split())


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language; "en" for a short text that shows no other language."""
    if share_of(WORD.findall(text[:GLANCE].casefold())) >= CLEAR_SHARE and len(text) <= 2 * GLANCE:
        return "en"
    sample = sample_of(text)
    words = WORD.findall(sample.casefold())
    if not words:
        return "en"
    share = share_of(words)
    if share >= CLEAR_SHARE:
        return "en"
    if len(words) < ENOUGH_WORDS and (share >= SHORT_SHARE or sum(map(len, words)) < 40) and is_latin(words):
        return "en"
    candidates = identified(sample)
    if len(words) < FEW_WORDS and "en" in candidates and share_of(small_words(sample)) >= CLEAR_SHARE:
        return "en" if PIDGIN.isdisjoint(words) else candidates[0]
    return candidates[0]


def small_words(text: str) -> list[str]:
    """The words without a capital. In a short report names outweigh all others, and say nothing of its language."""
    return [word for word in WORD.findall(text) if word.islower()]


def share_of(words: list[str]) -> float:
    """How many of the words are English function words, from 0 to 1."""
    return sum(map(FUNCTION_WORDS.__contains__, words)) / len(words) if words else 0.0


def require_english(text: str, name: str) -> None:
    """Raise NotEnglish, naming the source and its language, for a text in another language."""
    language = language_of(text)
    if language != "en":
        raise NotEnglish(
            f"{name} is in another language than English ({language}); Dragoman reads English, add a translation"
        )


def sample_of(text: str) -> str:
    """The beginning, and a part of the middle, of a long text: the two halves of a bilingual text differ."""
    if len(text) <= SAMPLE:
        return text
    middle = len(text) // 2
    return text[:GLANCE] + "\n" + text[middle : middle + GLANCE]


def is_latin(words: list[str]) -> bool:
    """Whether most letters are Latin ones."""
    letters = "".join(words)
    return sum(letter < "ɐ" for letter in letters) > 0.7 * len(letters)


@functools.lru_cache(maxsize=256)
def identified(text: str) -> tuple[str, ...]:
    """The languages that the identifier finds likely, the likeliest first."""
    import py3langid  # its model takes a second to load, and most runs never need it

    ranked = py3langid.rank(text)  # type: ignore[attr-defined, no-untyped-call]
    return tuple(str(language) for language, _ in ranked[:CANDIDATES])
