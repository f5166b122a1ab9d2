"""What stem does a word of an event sentence have?

A small stemmer of our own: it folds the inflections of English verbs and nouns together, so that one line of
``triggers.toml`` stands for all forms of a word, and the learned weights for all of them too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.lexicon.tables import DATA, rows_of

WORD = re.compile(r"[$€£]?\d[\d.,]*|[^\W\d_]+n['’]t\b|[^\W\d_]+(?:[-.][^\W\d_]+)*|['’]ll\b|[,;:()\"“”]")
NUMBER = "#"
# Forms whose ending is no inflection, or whose inflection means another thing.
WHOLE = frozenset(
    "according accord during king thing nothing something anything everything morning evening spring string being bring sing "
    "ring wing building united need speed feed hundred series news species always us is was his its this thus as "
    "gas bus less across arms others".split()
)
FORMS = {
    "was": "be", "is": "be", "are": "be", "were": "be", "been": "be", "being": "be", "am": "be", "be": "be",
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do", "died": "die", "dying": "die",
    "dies": "die", "lent": "lend", "lended": "lend", "men": "man", "women": "woman", "overran": "overrun", "overthrew": "overthrow",
    "overthrown": "overthrow", "stood": "stand", "fled": "flee", "let": "let", "ceded": "cede", "drew": "draw", "blew": "blow",
    "drove": "drive", "threw": "throw", "thrown": "throw", "rode": "ride", "fed": "feed", "tore": "tear", "torn": "tear", "overcame": "overcome",
    "became": "become", "held": "hold", "shelled": "shell",
}  # fmt: skip


@cache
def irregular() -> dict[str, str]:
    """Irregular forms and the verb of each, from the lexicon's table."""
    forms: dict[str, str] = {}
    for row in rows_of(DATA / "irregular_verbs.csv", ("verb", "past", "participle")):
        verb, *others = row.cells
        forms.update((form, verb) for cell in others for form in cell.split("/") if form != verb)
    return forms | FORMS


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in small letters; figures are "#", a sum of money "$".

    >>> [stem(word) for word in ("agreed", "agrees", "seizing", "seize", "denies", "talks", "withdrew")]
    ['agre', 'agre', 'seiz', 'seiz', 'deny', 'talk', 'withdraw']
    """
    if not word[0].isalpha():
        return "$" if word[0] in "$€£" else NUMBER if word[0].isdecimal() else word
    word = irregular().get(word, word)
    if word in WHOLE or len(word) < 4:
        return word
    return _bare(_without_ending(word))


def _without_ending(word: str) -> str:
    for ending, instead, least in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    if word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


ENDINGS = (
    ("eed", "ee", 2),
    ("ies", "y", 2),
    ("ied", "y", 2),
    ("sses", "ss", 1),
    ("ches", "ch", 1),
    ("shes", "sh", 1),
    ("ing", "", 3),
    ("ed", "", 3),
)


def _bare(word: str) -> str:
    """Without a final e and with one final consonant of two."""
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word
