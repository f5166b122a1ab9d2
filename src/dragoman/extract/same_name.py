"""Do two names mean one person, as far as names alone can tell?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# Words of a name that tell nobody apart.
TITLES = frozenset(
    "mr mrs ms dr sir prof sheikh sheikha prince princess king queen jr sr ii iii iv al el bin ibn".split()
)


@lru_cache(maxsize=65536)
def words_of_name(name: str) -> tuple[str, ...]:
    """A name's words without accents, case, titles and initials; all its words when nothing else is left."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = tuple(WORD.findall(plain))
    return tuple(word for word in words if len(word) > 1 and word not in TITLES) or words


@lru_cache(maxsize=65536)
def same_name(one: str, other: str) -> bool:
    """Whether one name can stand for the other: a part of it, or the same surname with no first names that differ."""
    a, b = words_of_name(one), words_of_name(other)
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and (a[0][0] == b[0][0] or near(a[0], b[0]))


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter at most, as transcriptions do."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return one == other
    short, long = sorted((one, other), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
