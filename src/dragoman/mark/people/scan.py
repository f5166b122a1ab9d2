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
DOTTED = "St Ft Mt Mr Mrs Ms Dr Prof Gen Sen Sens Rep Reps Gov Lt Col Capt Adm Amb Maj Brig Sgt Pres Rev Fr Jr Sr Hon Smt Corp Inc Ltd"


@lru_cache(maxsize=1)
def upper_letters() -> str:
    """All capital letters of Latin script, for a character class."""
    return "".join(c for c in map(chr, range(0x41, 0x1F00)) if unicodedata.category(c) == "Lu" and _latin(c))


def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def trie(words: Iterable[str]) -> str:
    """An expression for any of the words that reads each letter once."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(letter) + _branch(below) for letter, below in sorted(node.items()) if letter]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in node else joined


@lru_cache(maxsize=1)
def capital_pattern() -> re.Pattern[str]:
    """Matches a capitalised word, initials, an abbreviated title or a handle.

    The set of first letters stands in front, so that the engine skips to them.
    """
    up = upper_letters()
    dotted = "|".join(f"(?<={word[0]}){word[1:]}" for word in DOTTED.split())
    return re.compile(
        rf"[@{up}](?<!\w\w)(?:(?<=@)\w+|(?:{dotted})\.(?!\w)|\.-?(?:[{up}]\.-?)*(?!\w\w)|\w*(?:(?:-|['’](?!s\b))\w+)*)"
    )


@lru_cache(maxsize=1)
def small_pattern() -> re.Pattern[str]:
    """Matches a noun of office, a pronoun, or a name with a small particle (al-Assad), behind its delimiter."""
    up = upper_letters()
    words = trie(set(vocabulary().singular) | set(PRONOUNS) - {"i"})
    return re.compile(
        rf"[\s“\"(‘'—–/-](?P<word>{words}(?![\w-])|(?:al|el|an|ad|ar|as|at|az|ash|ul)-[{up}]\w*(?:-\w+)*|[dlo]['’][{up}]\w*)"
    )


class Words:
    """The words of a text that matter here, in order: ``starts``, ``ends``, ``texts`` and ``kinds`` run side by side.

    ``gaps[i]`` is what stands between word i-1 and word i; a long one is shown as a line break.
    """

    __slots__ = ("ends", "gaps", "kinds", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [m.span() for m in capital_pattern().finditer(text)]
        spans += [m.span("word") for m in small_pattern().finditer(text)]
        spans.sort()
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.texts = [text[start:end] for start, end in spans]
        known = vocabulary().kinds
        self.kinds = [known[w] if w in known else kind_of(w) for w in self.texts]
        between = zip(self.ends, self.starts[1:], strict=False)
        self.gaps = ["\n", *(text[end:start] if start - end < GAP else "\n" for end, start in between)]


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
