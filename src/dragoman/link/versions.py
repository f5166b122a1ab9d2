"""Which words differ between two texts of one document, and do the differences change what is said?

Lines that both texts have are set aside first, so that the cost follows the size of what changed; the rest is compared word by
word. An edit is of spacing, punctuation or capitals when nothing else of it differs; of spelling when its words are the
same but for accents, for British and American usage, or for one slip inside a longer word; otherwise it is of substance.
A name of other letters at either end, a word for a word, a number for a number are substance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from dragoman.record.span import Span
from dragoman.record.versions import Edit, EditKind

TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
LINE = re.compile(r"[^\n]*\S[^\n]*")
WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
AROUND = 5  # words of the surroundings that an edit shows on either side
LONG = 4000  # tokens of a changed stretch from which its commonest words are left out of the comparison
LONG_WORD = 6  # letters of a word from which one letter more, less or other inside it is a slip
NAME = 4  # the same for a capitalised word, in which two letters may differ
# British and American endings, folded to one of them.
USAGE = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"our(?=s?$|ed$|ing$|able$|al$|er$|ers$|ful$|hood$|ite$|ism$)", "or"),
        (r"is(?=(?:e[sd]?|ing|ation|ations|er|ers)$)", "iz"),
        (r"ys(?=(?:e[sd]?|ing)$)", "yz"),
        (r"tre(?=s?$)", "ter"),
        (r"nce(?=s?$)", "nse"),
        (r"ll(?=(?:ed|ing|er|ers|or|ors)$)", "l"),
        (r"ogue(?=s?$)", "og"),
        (r"gramme(?=s?$)", "gram"),
    )
)


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from one text to the other, in order; none for equal texts."""
    left, right = spans_of(LINE, before), spans_of(LINE, after)
    found: list[Edit] = []
    for kind, a, b, c, d in opcodes(words_at(before, left), words_at(after, right)):
        if kind == "equal":
            continue
        found += edits_of_stretch(before, stretch(left, a, b, before), after, stretch(right, c, d, after))
    return tuple(found) or blank_lines_only(before, after)


def blank_lines_only(before: str, after: str) -> tuple[Edit, ...]:
    """One edit of spacing for texts that differ in empty lines alone."""
    if before == after:
        return ()
    whole = Span(0, len(before)), Span(0, len(after))
    return (Edit(kind=EditKind.SPACING, before="", after="", before_span=whole[0], after_span=whole[1]),)


def spans_of(pattern: re.Pattern[str], text: str, within: Span | None = None) -> list[Span]:
    """Where the pattern stands in a text, or within a stretch of it."""
    limits = within or Span(0, len(text))
    return [Span(*match.span()) for match in pattern.finditer(text, limits.start, limits.end)]


def words_at(text: str, spans: Sequence[Span]) -> list[str]:
    """The characters of the spans."""
    return [span.of(text) for span in spans]


def stretch(spans: Sequence[Span], first: int, last: int, text: str) -> Span:
    """From the beginning of one span to the end of the one before another; an empty one where none lies between."""
    if first < last:
        return Span(spans[first].start, spans[last - 1].end)
    at = spans[first].start if first < len(spans) else len(text)
    return Span(at, at)


def opcodes(left: Sequence[str], right: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What leads from one sequence to the other."""
    return SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > LONG).get_opcodes()


def edits_of_stretch(before: str, here: Span, after: str, there: Span) -> Iterator[Edit]:
    """The edits of two stretches, word by word."""
    left, right = spans_of(TOKEN, before, here), spans_of(TOKEN, after, there)
    ours, theirs = words_at(before, left), words_at(after, right)
    for kind, a, b, c, d in opcodes(ours, theirs):
        if kind == "equal":
            yield from spacing_edits(before, left[a:b], after, right[c:d])
            continue
        old, new = stretch(left, a, b, before), stretch(right, c, d, after)
        yield Edit(
            kind=kind_of(ours[a:b], theirs[c:d]),
            before=old.of(before),
            after=new.of(after),
            before_span=old,
            after_span=new,
            lead=" ".join(ours[max(0, a - AROUND) : a]),
            tail=" ".join(ours[b : b + AROUND]),
        )


def spacing_edits(before: str, left: Sequence[Span], after: str, right: Sequence[Span]) -> Iterator[Edit]:
    """Where the same words have other blanks between them."""
    for (one, two), (three, four) in zip(pairwise(left), pairwise(right), strict=True):
        old, new = Span(one.end, two.start), Span(three.end, four.start)
        if old.of(before) != new.of(after):
            yield Edit(
                kind=EditKind.SPACING,
                before=old.of(before),
                after=new.of(after),
                before_span=old,
                after_span=new,
                lead=one.of(before),
                tail=two.of(before),
            )


# ------------------------------------------------------------------ what sort of change


def kind_of(ours: Sequence[str], theirs: Sequence[str]) -> EditKind:
    """What sort of change leads from some tokens to others."""
    if "".join(ours) == "".join(theirs):
        return EditKind.SPACING
    left, right = letters(ours), letters(theirs)
    if left == right:
        return EditKind.PUNCTUATION
    if left.casefold() == right.casefold():
        return EditKind.CAPITALS
    old, new = [t for t in ours if WORD.match(t)], [t for t in theirs if WORD.match(t)]
    if len(old) == len(new) and all(spelt_alike(a, b) for a, b in zip(old, new, strict=True)):
        return EditKind.SPELLING
    return EditKind.SUBSTANCE


def letters(tokens: Sequence[str]) -> str:
    """The letters and digits of tokens, with the signs that make a number another one."""
    return "".join(
        sign for token in tokens for sign in token if sign.isalnum() or (sign in ".," and token[0].isdecimal())
    )


def spelt_alike(one: str, other: str) -> bool:
    """Whether two words are one, spelt in two ways."""
    if any(sign.isdecimal() for sign in one + other):
        return one.casefold() == other.casefold()
    a, b = usual(one), usual(other)
    if a == b:
        return True
    if a[:1] != b[:1] or a[-1:] != b[-1:]:
        return False
    shorter = min(len(a), len(b))
    if one[0].isupper() and other[0].isupper():
        return shorter >= NAME and distance(a, b) <= (2 if shorter > LONG_WORD else 1)
    return shorter >= LONG_WORD and distance(a, b) == 1


def usual(word: str) -> str:
    """A word without case, accents and hyphens, in American usage."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if sign.isalnum())
    for pattern, usage in USAGE:
        plain = pattern.sub(usage, plain)
    return plain


def distance(one: str, other: str) -> int:
    """Letters to put in, leave out, change or swap with the next to make one word of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        new = [i]
        for j, right in enumerate(other, start=1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
