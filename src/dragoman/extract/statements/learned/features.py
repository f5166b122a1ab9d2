"""What does the learned reader look at? Numbers of features, one row an item, ready to be looked up in its weights.

A feature is a template with the words or classes that fill it, hashed to a place in the table of weights; no word is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.extract.statements.blocks import Block, Item, Quoted
from dragoman.extract.statements.learned.words import (
    CLASS,
    NAMES,
    NUMBER,
    QUOTATION,
    STEM,
    SUFFIX,
    WORD,
    Columns,
    WordTable,
)

Places = NDArray[np.int64]
Hashes = NDArray[np.uint64]

CUE_BITS = 18
SPAN_BITS = 18
JUDGE_BITS = 17
REACH = 45  # items to either side of a cue
PAD = 3  # empty items between blocks, so that no window reaches into the next
TEMPLATES = 192
FILLED = 5  # four values and one to tell templates apart
LONG_QUOTATION = 6  # words from which a quotation is more than a fragment

VERBAL = frozenset(
    NUMBER[name] for name in ("ed", "ing", "be", "have", "do", "modal", "say_past", "say_present", "say_gerund")
)
IS_VERBAL = np.isin(np.arange(len(NAMES)), sorted(VERBAL))
COMMA, THAT, RELATIVE = NUMBER["sign ,"], NUMBER["that"], NUMBER["relative"]


class Page(msgspec.Struct):
    """A document's items side by side, blocks parted by padding."""

    columns: Columns  # four numbers a place
    items: list[Item | None]
    classes: list[int]  # one of the columns
    starts: list[int]  # first place of every block
    ends: list[int]


def page_of(text: str, blocks: Sequence[Block], words: Sequence[str], table: WordTable) -> Page:
    """The page of a document's blocks; ``words`` are those of all its tokens."""
    items: list[Item | None] = [None] * PAD
    shown: list[str] = [""] * PAD
    starts, ends = [], []
    for block in blocks:
        starts.append(len(items))
        items += block.items
        if block.quotations:
            shown += [quotation_word(text, i) if isinstance(i, Quoted) else text[i.start : i.end] for i in block.items]
        else:
            shown += words[block.first : block.last]
        ends.append(len(items))
        items += [None] * PAD
        shown += [""] * PAD
    columns = table.columns(shown)
    return Page(columns, items, columns[CLASS].tolist(), starts, ends)


def quotation_word(text: str, item: Item) -> str:
    """A stand-in for a whole quotation: whether it is long, opens with a capital, and how it ends."""
    words = text[item.start : item.end].strip("\"“”'‘’«»`„ ")
    size = words.count(" ", 0, 200) + 1
    length = "long" if size >= LONG_QUOTATION else "short" if size > 2 else "word"
    return f"\x00{length}{'A' if words[:1].isupper() else 'a'}{words[-1:] if words[-1:] in ',.?!' else ''}"


def factors_of(template: int) -> list[np.uint64]:
    """Odd factors for the values of a template, from the splitmix64 sequence (Steele, Lea and Flood, 2014)."""
    found = []
    for number in range(FILLED):
        state = ((template * FILLED + number + 1) * 0x9E3779B97F4A7C15) % 2**64
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) % 2**64
        found.append(np.uint64((state ^ (state >> 31)) | 1))
    return found


FACTORS = [factors_of(template) for template in range(TEMPLATES)]


class Templates:
    """Templates over named columns, each filled with up to four of them: "cb w" is the class before with the word.

    ``first`` is the number of the first template; it tells apart the templates of one table of weights.
    """

    def __init__(self, first: int, bits: int, names: str, *templates: str) -> None:
        order = names.split()
        filled = [[order.index(name) for name in template.split()] for template in templates]
        ranked = sorted(range(len(filled)), key=lambda number: -len(filled[number]))  # the fullest first
        factors = [FACTORS[first + number] for number in ranked]
        self._by = np.uint64(64 - bits)
        self._last = np.array([held[-1] for held in factors], dtype=np.uint64)[:, None]
        self._steps: list[tuple[NDArray[np.intp], Hashes]] = []
        for part in range(FILLED - 1):
            held = [number for number in ranked if len(filled[number]) > part]
            columns = np.array([filled[number][part] for number in held], dtype=np.intp)
            factor = np.array([row[part] for row in factors[: len(held)]], dtype=np.uint64)[:, None]
            if held:
                self._steps.append((columns, factor))

    def places(self, columns: Sequence[Hashes]) -> Places:
        """Places in a table of 2**bits weights, one row an item, one column a template: the top bits of a sum of products."""
        table = np.array(columns)
        (chosen, factor), *others = self._steps
        total = table[chosen]
        total *= factor
        for chosen, factor in others:
            part = table[chosen]
            part *= factor
            total[: len(part)] += part
        total += self._last
        total >>= self._by
        return total.view(np.int64).T


def shifted(column: NDArray[np.uint64], by: int) -> NDArray[np.uint64]:
    """The column's value ``by`` places further on."""
    return np.concatenate((column[by:], column[:by]))


def cue_features(page: Page) -> Places:
    """Features of every place of a page for the question whether a cue begins or goes on there."""
    w, s, c, x = (page.columns[k] for k in (WORD, STEM, CLASS, SUFFIX))
    w1, w2, wb, wc = shifted(w, 1), shifted(w, 2), shifted(w, -1), shifted(w, -2)
    c1, c2, c3, cb, cc, cd = (shifted(c, k) for k in (1, 2, 3, -1, -2, -3))
    s1, sb = shifted(s, 1), shifted(s, -1)
    q = quotation_sides(page)
    return CUE_TEMPLATES.places([w, s, c, x, w1, w2, wb, wc, c1, c2, c3, cb, cc, cd, s1, sb, q])


CUE_TEMPLATES = Templates(
    0, CUE_BITS, "w s c x w1 w2 wb wc c1 c2 c3 cb cc cd s1 sb q",
    "w", "w1", "wb", "w2", "wc", "s", "x", "wb w", "w w1", "wb w1", "w1 w2", "wc wb", "cb w", "w c1", "cb s", "s c1",
    "cb s c1", "s c1 c2", "cc cb s", "s q", "w q", "cb c c1", "c c1 c2", "cc cb c", "cb x", "x c1", "cb x c1",
    "cb c c1 c2", "cc cb c c1", "s1 c", "sb c", "s s1", "sb s", "c1 c2 c3", "cd cc cb", "c q",
)  # fmt: skip


def quotation_sides(page: Page) -> NDArray[np.uint64]:
    """For every place: is there a quotation before it in its block, behind it, right beside it?"""
    quoted = page.columns[CLASS] == QUOTATION
    if not quoted.any():
        return np.zeros(len(quoted), dtype=np.uint64)
    total = counted(quoted)
    starts, ends = np.array(page.starts), np.array(page.ends)
    sizes = ends - starts + PAD
    start, end = np.repeat(starts, sizes), np.repeat(ends, sizes)
    at = np.arange(PAD, len(quoted))
    behind = (total[end] > total[np.minimum(at + 1, end)]) & (at < end)
    before = (total[at] > total[start]) & (at < end)
    sides = shifted(quoted, -1) * 4 + shifted(quoted, 1) * 8
    sides[PAD:] += behind + 2 * before
    found: Hashes = sides.astype(np.uint64)
    return found


BUCKETS = np.array([*range(8), *[8] * 3, *[9] * 4, *[10] * 8, *[11] * 400], dtype=np.uint64)


def counted(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many flags are set before each place, and one more for the end."""
    return np.concatenate([[0], np.cumsum(flags)])


class Cue(msgspec.Struct, frozen=True):
    """A cue on a page: its places, the one that carries its meaning, and the places of its block that are near it."""

    first: int
    last: int
    head: int
    start: int
    end: int
    block: int


LIGHT = frozenset(
    NUMBER[name]
    for name in (
        "be",
        "have",
        "do",
        "modal",
        "not",
        "adverb",
        "ly",
        "to",
        "relative",
        "preposition",
        "determiner",
        "that",
        "as",
        "coordinator",
        "subject",
    )
)


def head_of(page: Page, first: int, last: int) -> int:
    """The word of a cue that carries its meaning: the first that is no auxiliary, adverb or particle."""
    for place in range(first, last):
        if page.classes[place] not in LIGHT:
            return place
    return first


def cue_at(page: Page, first: int, last: int, block: int) -> Cue:
    """The cue at places of a block, with the stretch in which its source and content are looked for."""
    start, end = max(page.starts[block], first - REACH), min(page.ends[block], last + REACH)
    return Cue(first, last, head_of(page, first, last), start, end, block)


class Around:
    """The items near every cue, one row an item, and how each stands to its cue."""

    def __init__(self, page: Page, cues: Sequence[Cue]) -> None:
        self.sizes = [cue.end - cue.start for cue in cues]
        table = np.array([(cue.first, cue.last, cue.head, cue.start, cue.end) for cue in cues])
        self.cue_first, self.cue_last, self.cue_head, self.cue_start, self.cue_end = table.T
        self.owner = np.repeat(np.arange(len(cues)), self.sizes)
        self.at = np.concatenate([np.arange(cue.start, cue.end) for cue in cues])
        first, last = self.cue_first[self.owner], self.cue_last[self.owner]
        self.before = self.at < first
        self.inside = (self.at >= first) & (self.at < last)
        self.away = np.where(self.before, first - self.at, self.at - last + 1)
        self._low = np.where(self.before, self.at + 1, last)
        self._high = np.maximum(np.where(self.before, first, self.at), self._low)
        self.words, self.stems, self.classes = (page.columns[k] for k in (WORD, STEM, CLASS))

    def between(self, flags: NDArray[np.bool_], most: int) -> Hashes:
        """How many flagged places lie between each item and its cue, up to a most."""
        total = counted(flags)
        held: Hashes = np.minimum(total[self._high] - total[self._low], most).astype(np.uint64)
        return held

    def of_cue(self, column: Hashes, places: Places) -> Hashes:
        """A column's value at one place of every cue, for each of the cue's rows."""
        return column[places][self.owner]

    def quotations(self) -> Hashes:
        """Whether the cue has a quotation to its left and right, and right beside it."""
        quoted = self.classes == QUOTATION
        total = counted(quoted)
        left = np.minimum(total[self.cue_first] - total[self.cue_start], 1) + 2 * quoted[self.cue_first - 1]
        right = np.minimum(total[self.cue_end] - total[self.cue_last], 1) + 2 * quoted[self.cue_last]
        sides: Hashes = (left * 4 + right)[self.owner].astype(np.uint64)
        return sides

    def edge(self) -> Hashes:
        """Whether an item is the first or the last of those near the cue."""
        first = self.at == self.cue_start[self.owner]
        last = self.at == self.cue_end[self.owner] - 1
        edges: Hashes = first.astype(np.uint64) + np.uint64(2) * last.astype(np.uint64)
        return edges


def span_features(near_cue: Around, begun: NDArray[np.bool_]) -> Places:
    """Features of every item near every cue, in relation to that cue.

    ``begun`` says for every place whether a cue begins there.
    """
    w, c, at = near_cue.words, near_cue.classes, near_cue.at
    side = np.where(near_cue.inside, 2, np.where(near_cue.before, 0, 1)).astype(np.uint64)
    near = BUCKETS[np.minimum(near_cue.away, len(BUCKETS) - 1)]
    commas = near_cue.between(c == COMMA, 3)
    quotes = near_cue.between(c == QUOTATION, 2)
    verbs = near_cue.between(IS_VERBAL[c], 3)
    thats = near_cue.between((c == THAT) | (c == RELATIVE), 2)
    others = near_cue.between(begun, 2)
    k, kc = near_cue.of_cue(near_cue.stems, near_cue.cue_head), near_cue.of_cue(c, near_cue.cue_head)
    k1, kb = near_cue.of_cue(c, near_cue.cue_last), near_cue.of_cue(c, near_cue.cue_first - 1)
    kb2 = near_cue.of_cue(c, near_cue.cue_first - 2)
    sides, edge = near_cue.quotations(), near_cue.edge()
    w0, c0 = w[at], c[at]
    wb, w1, cb, c1, cbb, c2 = w[at - 1], w[at + 1], c[at - 1], c[at + 1], c[at - 2], c[at + 2]
    sn = side * np.uint64(16) + near
    gap = side * np.uint64(64) + commas * np.uint64(16) + quotes * np.uint64(4) + verbs
    columns = [
        w0, c0, wb, w1, cb, c1, cbb, c2, sn, gap, side, commas, quotes, verbs, thats, others, k, kc, k1, kb, kb2, sides, edge
    ]  # fmt: skip
    return SPAN_TEMPLATES.places(columns)


SPAN_TEMPLATES = Templates(
    64, SPAN_BITS, "w0 c0 wb w1 cb c1 cbb c2 sn gap side commas quotes verbs thats others k kc k1 kb kb2 sides edge",
    "side w0", "sn c0", "side wb c0", "side c0 w1", "side cb c0 c1", "sn k", "side k c0", "side k w0", "gap c0",
    "sn commas kc", "side k commas", "side thats c0", "side others c0 commas", "sides side kc c0", "side edge c0",
    "sn k1 c0", "side k k1 c0", "side c0 c1 c2", "side cbb cb c0", "side wb w0", "side w0 w1", "side k sides c0",
    "sn quotes sides c0", "sn kb c0", "gap others c0", "gap c0 c1", "gap cb c0", "sn verbs commas", "side kb k1 kc",
    "side", "gap kb kc", "sn kb kb2 c0", "gap edge sides c0", "side verbs c0 w1", "side k k1 sides",
    "gap sides kb k1",
)  # fmt: skip


class Candidate(NamedTuple):
    """A cue with the best path through its block, about to be judged."""

    cue: Cue
    odds: float
    source: range  # places on the page
    content: list[range]
    score: float


def candidate_values(page: Page, candidate: Candidate) -> tuple[int, ...]:
    """What is judged of a candidate: how sure its parts are, and of what kind and size source and content are."""
    cue, odds, source, content, score = candidate
    classes = page.classes
    kinds = [kind for run in content for kind in classes[run.start : run.stop]]
    return (
        int(min(max(odds, -6.0), 6.0) * 3) + 20,
        int(min(max(score / 40.0, -1.0), 12.0) * 2) + 2,
        classes[source[0]] if source else 0,
        classes[source[-1]] if source else 0,
        0 if not source else 1 if source[-1] == cue.first - 1 else 2 if source[-1] < cue.first else 3,
        kinds[0],
        len(kinds) if len(kinds) < 12 else 12 + min(len(kinds) // 8, 4),
        1 if content[0].start > cue.first else 2 if content[-1].stop <= cue.first else 3,
        int(QUOTATION in kinds),
        int(page.columns[STEM, cue.head]),
        classes[cue.head],
        classes[cue.last],
        classes[cue.first - 1],
        int(page.columns[WORD, source[-1]]) if source else 0,
        cue.last - cue.first,
    )


def judging_features(page: Page, candidates: Sequence[Candidate]) -> Places:
    """Features for the question whether a candidate is an attribution."""
    values = np.array([candidate_values(page, candidate) for candidate in candidates], dtype=np.uint64)
    return JUDGE_TEMPLATES.places(list(values.T))


JUDGE_TEMPLATES = Templates(
    128, JUDGE_BITS, "odds score s0 s1 sp c0 cn cp cq k kc n b sw length",
    "odds", "score", "odds score", "s0", "s1", "sw", "sp cp", "c0", "cn", "cq", "k sp", "k cp", "k c0", "k s1",
    "kc sp cp", "kc c0", "kc s1", "s1 c0", "odds sp cp", "odds cq", "odds c0", "odds s1", "cn cp", "score cn", "n c0",
    "b s1", "k b", "k n", "odds kc", "cp c0 s1", "length kc", "odds cn", "sw kc",
)  # fmt: skip
