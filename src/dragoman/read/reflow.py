"""Which lines of a printed page belong together?

Pages of a PDF, plain mails and database exports break lines where the paper ends. Words that were hyphenated there are
whole again, lines of one paragraph stand on one line, and lines that every page repeats are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
NUMBER = re.compile(r"\d+")
BARE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
ENDS = tuple('.!?:;”"’)]')
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LAST_PART = re.compile(r"[^\W\d_]+(?=[-\u00ad\u2010]$)")
FIRST_PART = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First parts of words that English writes with a hyphen, and that no hyphenation of a longer word leaves.
OPENS_COMPOUND = frozenset(
    "long short high low well ill so self cross two three four five six seven eight nine ten half full large small ex vice"
    " state face decision policy fact follow the of to in and by at day year much often newly".split()
)
BULLET = re.compile(r"\s*(?:[•●▪◦*–—-]\s|\(?\d{1,2}[.)]\s|\([a-z]\)\s)")
REPEATED = 3  # pages on which a line stands first or last, for it to be a running head or foot
EDGE = 2  # lines at the top and bottom of a page that can be such
FULL = 0.8  # of the usual width: a line that falls shorter ends its paragraph
LEAST_WIDTH = 30


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without their numbers, and without the heads and feet that recur from page to page."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({running(line) for line in edges(page)})
    return [
        trimmed([line for number, line in enumerate(page) if not is_running(line, number, page, seen)])
        for page in map(trimmed, pages)
    ]


def trimmed(page: Sequence[str]) -> list[str]:
    """The lines of a page without the empty ones around them."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    return list(page[filled[0] : filled[-1] + 1]) if filled else []


def edges(page: Sequence[str]) -> Iterator[str]:
    """The lines at the top and bottom of a page."""
    page = trimmed(page)
    yield from page[:EDGE]
    yield from page[max(EDGE, len(page) - EDGE) :]


def running(line: str) -> str:
    """A line as it recurs: numbers do not matter."""
    return NUMBER.sub("0", " ".join(line.split()).casefold())


def is_running(line: str, number: int, page: Sequence[str], seen: Counter[str]) -> bool:
    """Whether a line at a page's edge is its number, or recurs."""
    if EDGE <= number < len(page) - EDGE:
        return False
    return bool(BARE_NUMBER.fullmatch(line)) or (bool(line.strip()) and seen[running(line)] >= REPEATED)


def reflowed(lines: Sequence[str]) -> str:
    """The text with one line a paragraph."""
    width = usual_width(lines)
    words = Counter(WORD.findall("\n".join(lines).casefold()))
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        plain = line.strip()
        if plain and previous and continues(previous, plain, width):
            paragraphs[-1] = joined(paragraphs[-1], plain, words)
        elif plain:
            paragraphs.append(plain)
        previous = plain
    return "\n".join(paragraphs)


def usual_width(lines: Sequence[str]) -> int:
    """The width to which most lines are filled: nine of ten are no longer."""
    lengths = sorted(len(line.strip()) for line in lines if len(line.strip()) >= LEAST_WIDTH)
    return lengths[(len(lengths) - 1) * 9 // 10] if lengths else LEAST_WIDTH


def continues(previous: str, line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if BULLET.match(line):
        return False
    if HYPHENATED.search(previous) and line[0].islower():
        return True
    if len(previous) < FULL * width:
        return line[0].islower() and not previous.endswith(ENDS) and len(previous) >= LEAST_WIDTH
    return True


def joined(paragraph: str, line: str, words: Counter[str]) -> str:
    """A paragraph with its next line; a word that was hyphenated at the end of the line is whole again."""
    if HYPHENATED.search(paragraph) and line[0].islower():
        return (paragraph if keeps_hyphen(paragraph, line, words) else paragraph[:-1]) + line
    return f"{paragraph} {line}"


def keeps_hyphen(paragraph: str, line: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: as it is written elsewhere, else by its first part."""
    first = LAST_PART.search(paragraph.casefold())
    second = FIRST_PART.match(line.casefold())
    if first is None or second is None:
        return False
    whole, compound = words[first[0] + second[0]], words[f"{first[0]}-{second[0]}"]
    if whole or compound:
        return compound > whole
    return first[0] in OPENS_COMPOUND
