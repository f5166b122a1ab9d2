"""Which words does a text have for a search that knows neither accents nor case, and where do matches stand in it?

For a database whose own search splits words otherwise than SQLite's: letters and digits make words, all else parts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

PART = 12_000  # words of one part: PostgreSQL knows the places of 16,383 words, and holds one megabyte a part
OVERLAP = 50  # words that two parts share, so that a phrase stands whole in one of them
LONGEST = 64  # signs of a word that count
SHOWN = 24  # words of a snippet
ON, OFF = "\x02", "\x03"


class Folding(dict[int, str]):
    """For each character the one that stands for it in a search: its letter without accent and case, or a blank."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
        base = plain[0].lower() if len(plain) == 1 else char.lower()
        self[code] = base if len(base) == 1 and base.isalnum() else " "
        return self[code]


FOLDING = Folding()


def folded(text: str) -> str:
    """The text as a search sees it: as many characters, each letter plain, each other sign a blank."""
    return text.translate(FOLDING)


def words_in(text: str) -> list[str]:
    """The words of a text as a search sees them."""
    return [word[:LONGEST] for word in folded(text).split()]


def parts_of(text: str) -> Iterator[str]:
    """The words of a text in parts that the database can hold; one part for a text without words."""
    words = words_in(text)
    yield " ".join(words[:PART])
    for start in range(PART - OVERLAP, max(0, len(words) - OVERLAP), PART - OVERLAP):
        yield " ".join(words[start : start + PART])


def marks_in(marked: str, plain: str) -> list[tuple[int, int]]:
    """Where the marked stretches of a folded text stand in it; none when it is not that text."""
    if marked.replace(ON, "").replace(OFF, "") != plain:
        return []
    found, shift, start = [], 0, 0
    for at, char in enumerate(marked):
        if char == ON:
            start, shift = at - shift, shift + 1
        elif char == OFF:
            found.append((start, at - shift))
            shift += 1
    return found


def runs_of(marks: Sequence[tuple[int, int]], plain: str, least: int) -> list[tuple[int, int]]:
    """Marks of words that follow each other as one, where phrases are asked for; runs of fewer words are none of them."""
    if least < 2:
        return list(marks)
    runs: list[list[tuple[int, int]]] = []
    for mark in marks:
        if runs and not plain[runs[-1][-1][1] : mark[0]].strip():
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [(run[0][0], run[-1][1]) for run in runs if len(run) >= least]


def snippet(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """The words around the place with most marks, each of which stands between ``\\x02`` and ``\\x03``."""
    words = list(stretches(folded(text)))
    if not words:
        return text
    marked = [any(start <= at and end <= stop for start, stop in marks) for at, end in words] if marks else []
    first = thickest(marked, len(words))
    last = min(len(words), first + SHOWN) - 1
    begin, stop = words[first][0], words[last][1]
    pieces, at = [], begin
    for start, end in marks:
        if begin <= start and end <= stop:
            pieces += [text[at:start], ON, text[start:end], OFF]
            at = end
    body = "".join([*pieces, text[at : stop if last < len(words) - 1 else len(text)]])
    return ("…" if first else "") + body + ("…" if last < len(words) - 1 else "")


def stretches(plain: str) -> Iterator[tuple[int, int]]:
    """Where the words of a folded text stand."""
    at = 0
    for word in plain.split():
        at = plain.index(word, at)
        yield at, at + len(word)
        at += len(word)


def thickest(marked: Sequence[bool], count: int) -> int:
    """The first word of the window with most marks; a window begins some words before a mark."""
    if not any(marked):
        return 0
    sums = [0]
    for each in marked:
        sums.append(sums[-1] + each)
    best = max(range(count), key=lambda at: (sums[min(count, at + SHOWN)] - sums[at], -at))
    first = next(at for at in range(best, count) if marked[at])
    return max(0, min(first - 4, count - SHOWN))
