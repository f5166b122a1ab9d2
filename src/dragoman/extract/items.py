"""Which classes does each mark and each word show to the rules?

    person      person actor person_full|person_surname|person_title|person_role|person_pronoun|person_group
    party       party actor party_name|party_demonym|party_capital|...; place too for capitals and names
    organisation  organisation actor
    place       place
    time        time time_date|time_time|time_duration|time_set
    amount      amount amount_money|amount_percent|...
    mechanism   mechanism
    cue         its classes in the cue lexicon, cue_base|cue_past|..., and its lemma with "=" before it: =meet
    quotation   quotation (only in streams that show quotations as one item)
    words       word, and the word itself when a rule names it; "," and "and" are list_joint; ";" is a boundary

Where marks overlap, the longer one is the item; marks on the very same span make one item with all their classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.grammar.stream import word_class
from dragoman.record.marks import (
    AmountMark,
    AnyMark,
    CueMark,
    MechanismMark,
    OrganisationMark,
    PartyForm,
    PartyMark,
    PersonMark,
    PlaceMark,
    TimeMark,
    TopicMark,
)
from dragoman.record.segments import Quotation
from dragoman.record.span import Span

LIST_JOINTS = frozenset({",", "and", "&", "plus"})
BOUNDARIES = frozenset({";"})
PLACE_LIKE = frozenset({PartyForm.NAME, PartyForm.CAPITAL, PartyForm.SEAT, PartyForm.CODE})

Payload = tuple[AnyMark | Quotation, ...]


def classes_of(mark: AnyMark) -> frozenset[str]:
    """The classes that a mark shows; empty for marks that are no items (topics)."""
    match mark:
        case PersonMark():
            return frozenset({"person", "actor", f"person_{mark.form}"})
        case PartyMark():
            place = {"place"} if mark.form in PLACE_LIKE else set()
            return frozenset({"party", "actor", f"party_{mark.form}"} | place)
        case OrganisationMark():
            return frozenset({"organisation", "actor"})
        case PlaceMark():
            return frozenset({"place"})
        case TimeMark():
            return frozenset({"time", f"time_{mark.type.lower()}"})
        case AmountMark():
            return frozenset({"amount", f"amount_{mark.kind}"})
        case MechanismMark():
            return frozenset({"mechanism"})
        case CueMark():
            return frozenset({*mark.classes, f"cue_{mark.form}", f"={mark.lemma}"})
        case TopicMark():
            return frozenset()


class WordClasses(dict[str, frozenset[str]]):
    """The classes of every word met so far, for rules that name certain words."""

    LARGEST = 65536  # words kept before the table starts afresh

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) >= self.LARGEST:
            self.clear()
        found = self[word] = classes_of_word(word, word.casefold() in self._words)
        return found


@lru_cache(maxsize=64)
def classes_for(words: frozenset[str]) -> WordClasses:
    """The table of word classes for rules that name these words."""
    return WordClasses(words)


@lru_cache(maxsize=65536)
def classes_of_word(word: str, named: bool) -> frozenset[str]:
    """The classes of a word that no mark covers."""
    folded = word.casefold()
    found = {"word"} if word[:1].isalnum() else {"sign"}
    if named:
        found.add(word_class(word))
    if folded in LIST_JOINTS:
        found.add("list_joint")
    if folded in BOUNDARIES:
        found.add("boundary")
    if word[:1].isupper():
        found.add("capitalised")
    return frozenset(found)


def items_of(
    text: str,
    tokens: Sequence[Span],
    marks: Sequence[AnyMark],
    quotations: Sequence[Quotation],
    words: frozenset[str],
) -> Iterator[tuple[Span, frozenset[str], Payload]]:
    """(span, classes, payload) for every item of a sentence whose tokens and marks are given in order."""
    block_at = blocks_of(marks, quotations).get
    known = classes_for(words)
    at = 0
    for token in tokens:
        start = token.start
        if start < at:
            continue
        block = block_at(start)
        if block:
            span, classes, payload = block
            at = span.end
            yield span, with_word(text, span, classes, words), payload
        else:
            at = token.end
            yield token, known[text[start:at]], ()


def with_word(text: str, span: Span, classes: frozenset[str], words: frozenset[str]) -> frozenset[str]:
    """The classes of a mark, and the word itself where the mark is one word that a rule names."""
    word = text[span.start : span.end].casefold()
    return classes | {word_class(word)} if word in words else classes


def blocks_of(
    marks: Sequence[AnyMark], quotations: Sequence[Quotation]
) -> dict[int, tuple[Span, frozenset[str], Payload]]:
    """By start: the span that is one item there, its classes, and the marks behind it."""
    blocks: dict[int, tuple[Span, frozenset[str], Payload]] = {}
    for quotation in quotations:
        blocks[quotation.outer.start] = (quotation.outer, frozenset({"quotation"}), (quotation,))
    for mark in marks:
        classes = classes_of(mark)
        if not classes:
            continue
        held = blocks.get(mark.span.start)
        if held is None or mark.span.end > held[0].end:
            blocks[mark.span.start] = (mark.span, classes, (mark,))
        elif mark.span.end == held[0].end:
            blocks[mark.span.start] = (held[0], held[1] | classes, (*held[2], mark))
    return blocks
