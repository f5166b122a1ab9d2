"""Where in a text do words stand that may name a person?

One pass of one regular expression finds capitalised words, initials, handles, pronouns and the nouns of offices; all
later work looks at these words only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from dragoman.mark.people.vocabulary import (
    CAPITALS,
    COMMON,
    GIVEN,
    HANDLE,
    INITIAL,
    MARKED,
    MODIFIER,
    PRONOUNS,
    vocabulary,
)
from dragoman.record.marks import AnyMark, OrganisationMark, PartyMark, PlaceMark
from dragoman.record.span import Span

NamingMark = PartyMark | PlaceMark | OrganisationMark
BLANKS = " \u00a0\u202f"
DOTTED = "Mr Mrs Ms Dr Prof Gen Sen Sens Rep Reps Gov Lt Col Capt Adm Amb Maj Brig Sgt Pres Rev Fr Jr Sr Hon Smt Corp Inc Ltd"


@lru_cache(maxsize=1)
def upper_letters() -> str:
    """All capital letters of Latin script, for a character class."""
    return "".join(c for c in map(chr, range(0x41, 0x1F00)) if unicodedata.category(c) == "Lu" and _latin(c))


def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def by_first_letter(words: Iterable[str]) -> str:
    """An alternation that the engine can leave at the first letter."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(tails.items()))


@lru_cache(maxsize=1)
def word_pattern() -> re.Pattern[str]:
    """Matches a word that may be part of a name, an office or a reference."""
    up = upper_letters()
    lower = set(vocabulary().singular) | set(PRONOUNS) - {"i"}
    return re.compile(
        rf"@\w+"
        rf"|(?<!\w)(?:"
        rf"(?:{'|'.join(DOTTED.split())})\.(?!\w)"
        rf"|(?:[{up}]\.-?)+(?!\w\w)"
        rf"|(?:[aA]l|[eE]l|[aA][dnrstz]|[aA]sh|[Uu]l)-[{up}]\w*(?:-\w+)*"
        rf"|[dDlLO]['’][{up}]\w*"
        rf"|[{up}]\w*(?:(?:-|['’](?!s\b))\w+)*"
        rf"|(?:{by_first_letter(lower)})(?![\w-])"
        rf")"
    )


class Words:
    """The words of a text that matter here, in order: ``starts``, ``ends``, ``texts`` and ``kinds`` run side by side.

    ``gaps[i]`` is what stands between word i-1 and word i; a long one is shown as a line break.
    """

    __slots__ = ("ends", "gaps", "kinds", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(word_pattern().finditer(text))
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.texts = [m.group() for m in matches]
        known = vocabulary().kinds
        self.kinds = [known[w] if w in known else kind_of(w) for w in self.texts]
        self.gaps = ["\n"]
        for end, start in zip(self.ends, self.starts[1:], strict=False):
            self.gaps.append(text[end:start] if start - end < GAP else "\n")


GAP = 14


@lru_cache(maxsize=32768)
def kind_of(word: str) -> int:
    """What a word that no table holds can be."""
    known = vocabulary().kinds
    if word[0] == "@":
        return HANDLE
    if word[-1] == ".":
        return INITIAL
    kind = 0
    if len(word) == 1:
        kind = INITIAL
    elif word.isupper():
        kind = CAPITALS
    elif "-" in word:
        head, _, rest = word.partition("-")
        kind = known.get(head, 0) & GIVEN
        if known.get(head, 0) & COMMON and known.get(rest, 0) & (COMMON | MODIFIER):
            kind = COMMON
    return kind


class Places:
    """The marks that other rooms made of names: by where they start and by where they end."""

    __slots__ = ("by_end", "by_start", "inside")

    def __init__(self, words: Words, marks: Iterable[AnyMark]) -> None:
        self.by_start: dict[int, NamingMark] = {}
        self.by_end: dict[int, NamingMark] = {}
        for mark in marks:
            if isinstance(mark, NamingMark):
                mark = before_office(mark, words.text)
                _keep(self.by_start, mark.span.start, mark)
                _keep(self.by_end, mark.span.end, mark)
        self.inside = self._cover(words)

    def _cover(self, words: Words) -> dict[int, NamingMark]:
        """By number of word: the mark that covers it; the word's kind says so too."""
        found: dict[int, NamingMark] = {}
        held: NamingMark | None = None
        for number, start in enumerate(words.starts):
            here = self.by_start.get(start)
            if here is not None and (held is None or here.span.end > held.span.end):
                held = here
            if held is not None and held.span.end >= words.ends[number]:
                found[number] = held
                words.kinds[number] |= MARKED
        return found


OFFICE_INSIDE = re.compile(
    r" (?:Secretary|Minister|President|Director|Spokes\w+|Ambassador|Commissioner|Representative|Envoy|Chief)\b"
)


def before_office(mark: NamingMark, text: str) -> NamingMark:
    """A body's mark without an office and its holder at the end: "Department of Trade Secretary Ann Lee"."""
    if not isinstance(mark, OrganisationMark):
        return mark
    match = OFFICE_INSIDE.search(text, mark.span.start, mark.span.end)
    return msgspec.structs.replace(mark, span=Span(mark.span.start, match.start())) if match else mark


def _keep(table: dict[int, NamingMark], at: int, mark: NamingMark) -> None:
    held = table.get(at)
    longer = held is None or mark.span.end - mark.span.start > held.span.end - held.span.start
    same = held is not None and mark.span == held.span
    if longer or (same and isinstance(mark, PartyMark)):
        table[at] = mark
