"""When are two names one name, two offices one office, and which word of a name is the surname?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from dragoman.mark.people.names import folded
from dragoman.mark.people.vocabulary import GIVEN, SUFFIXES, vocabulary

FAMILY_FIRST_PARTIES = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "HKG", "MAC"})
SHORT_FORMS = {
    "joe": "joseph", "tony": "antony", "anthony": "antony", "mike": "michael", "bob": "robert", "bill": "william",
    "jim": "james", "tom": "thomas", "dan": "daniel", "dave": "david", "steve": "steven", "stephen": "steven",
    "jake": "jacob", "pete": "peter", "ben": "benjamin", "binyamin": "benjamin", "bernie": "bernard", "ted": "edward", "nick": "nicholas", "chris": "christopher",
    "liz": "elizabeth", "kate": "katherine", "sam": "samuel", "matt": "matthew", "tim": "timothy", "jeff": "jeffrey",
    "rob": "robert", "rick": "richard", "dick": "richard", "vlad": "vladimir", "alex": "alexander", "andy": "andrew",
    "ed": "edward", "greg": "gregory", "ken": "kenneth", "larry": "lawrence", "ron": "ronald", "don": "donald",
    "volodymyr": "vladimir", "sergey": "sergei", "rudy": "rudolph", "chuck": "charles", "newt": "newton",
}  # fmt: skip
LIGHT_WORDS = frozenset({"of", "for", "the", "and", "to", "on", "in", "at", "&"})
SAME_WORD = {
    "defence": "defense",
    "adviser": "advisor",
    "affairs": "affair",
    "spokeswoman": "spokesperson",
    "spokesman": "spokesperson",
    "secretary-general": "secretary",
    "vice-president": "vice",
}
NOT_AMERICAN = frozenset({"minister", "premier", "chancellor", "foreign", "secretary-general", "king", "emir", "prime"})
SECRETARIES = frozenset({"GBR", "PHL", "MEX", "IND", "PAK", "BGD", "VAT"})
GIVEN_KIND = GIVEN
SHORTEST_MISSPELT = 5


@lru_cache(maxsize=16384)
def office_words(office: str) -> frozenset[str]:
    """The words by which offices are compared."""
    words = {SAME_WORD.get(word, word) for word in office.lower().replace(",", " ").split()}
    return frozenset(words - LIGHT_WORDS)


def one_government(party: str, office: str) -> bool:
    """Whether a state can have such an office: the United States have no ministers, few others such secretaries."""
    words = office_words(office)
    if party == "USA":
        return not words & NOT_AMERICAN
    return not ("state" in words and "secretary" in words and "minister" not in words) or party in SECRETARIES


@lru_cache(maxsize=16384)
def folded_words(name: str) -> frozenset[str]:
    """The words of a surname that can stand for it."""
    return frozenset(folded(word) for word in name.split() if word not in vocabulary().particles) | {folded(name)}


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names can be one person's."""
    if set(one) == set(other) or within(one, other) or within(other, one):
        return True
    if one[-1] != other[-1]:
        return False
    return same_given(one[0], other[0])


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether at least two parts stand in the same order in the longer name."""
    rest = iter(long)
    return len(short) > 1 and all(part in rest for part in short)


@lru_cache(maxsize=16384)
def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, an initial, a short form, a variant spelling."""
    one, other = SHORT_FORMS.get(one, one), SHORT_FORMS.get(other, other)
    if one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    return len(one) > SHORTEST_MISSPELT - 1 and near(one, other)


@lru_cache(maxsize=16384)
def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out, exchanged or swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def surname_of(parts: Sequence[str], party: str | None, singles: Counter[str]) -> str:
    """The surname of a full name.

    A name that stands alone elsewhere in the text decides; then the usage of the party; then the last word, with the
    particles in front of it.
    """
    plain = [part for part in parts if part not in SUFFIXES and part.rstrip(",") not in SUFFIXES] or list(parts)
    if len(plain) < 2:
        return plain[0] if plain else ""
    if family_first(plain, party, singles):
        return plain[0]
    start = len(plain) - 1
    particles = vocabulary().particles
    while start > 1 and plain[start - 1] in particles and plain[start - 1] not in ("bin", "bint", "ibn", "y", "e"):
        start -= 1
    return " ".join(plain[start:])


def family_first(plain: Sequence[str], party: str | None, singles: Counter[str]) -> bool:
    """Whether the first word of a name is the surname."""
    usages = vocabulary().family_first.get(plain[0], "")
    alone_first, alone_last = singles[folded(plain[0])], singles[folded(plain[-1])]
    if len(plain) > 3 or (alone_last and not alone_first):
        return False
    if "-" in plain[-1] and plain[-1].split("-")[-1].islower() and usages:
        return True
    if party in FAMILY_FIRST_PARTIES:
        return bool(usages) or len(plain[0]) <= len(plain[-1])
    if party == "JPN":
        return "japanese" in usages or (alone_first > 0 and not alone_last)
    if party is None and usages:
        return not vocabulary().kinds.get(plain[-1], 0) & GIVEN_KIND and (len(plain) == 2 or alone_first > 0)
    return party == "HUN" and alone_first > 0 and not alone_last
