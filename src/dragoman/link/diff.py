"""Which words does one wording keep, drop and add against another?"""

from __future__ import annotations

import difflib

from dragoman.record.comparison import Change


def word_diff(one: str, other: str) -> tuple[Change, ...]:
    """What the second text keeps, drops and adds, word by word."""
    left, right = one.split(), other.split()
    matcher = difflib.SequenceMatcher(
        None, [word.casefold() for word in left], [word.casefold() for word in right], autojunk=False
    )
    changes: list[Change] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            changes.append(Change("same", " ".join(left[a:b])))
        else:
            changes.extend(Change("left", " ".join(left[a:b])) for _ in range(b > a))
            changes.extend(Change("right", " ".join(right[c:d])) for _ in range(d > c))
    return tuple(changes)
