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

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dragoman.grammar.needs import Sieve
from dragoman.grammar.stream import Alphabet, Stream, word_class
from dragoman.record.marks import (
    AmountKind,
    AmountMark,
    AnyMark,
    CueMark,
    MechanismMark,
    OrganisationMark,
    PartyForm,
    PartyMark,
    PersonForm,
    PersonMark,
    PlaceMark,
    TimeMark,
    TimeType,
    TopicMark,
)
from dragoman.record.segments import Quotation, Sentence
from dragoman.record.span import Span
from dragoman.segment.tokens import Tokens

LIST_JOINTS = frozenset({",", "and", "&", "plus"})
BOUNDARIES = frozenset({";"})
PLACE_LIKE = frozenset({PartyForm.NAME, PartyForm.CAPITAL, PartyForm.SEAT, PartyForm.CODE})

Payload = tuple[AnyMark | Quotation, ...]
# By start: the span that is one item there, its classes, and the marks behind it.
Blocks = dict[int, tuple[Span, frozenset[str], Payload]]


OF_PERSON = {form: frozenset({"person", "actor", f"person_{form}"}) for form in PersonForm}
OF_PARTY = {
    form: frozenset({"party", "actor", f"party_{form}", *({"place"} if form in PLACE_LIKE else ())})
    for form in PartyForm
}
OF_TIME = {kind: frozenset({"time", f"time_{kind.lower()}"}) for kind in TimeType}
OF_AMOUNT = {kind: frozenset({"amount", f"amount_{kind}"}) for kind in AmountKind}
OF_ORGANISATION = frozenset({"organisation", "actor"})
OF_PLACE = frozenset({"place"})
OF_MECHANISM = frozenset({"mechanism"})
OF_TOPIC: frozenset[str] = frozenset()


def classes_of(mark: AnyMark) -> frozenset[str]:
    """The classes that a mark shows; empty for marks that are no items (topics)."""
    match mark:
        case CueMark():
            return classes_of_cue(mark.classes, mark.form, mark.lemma)
        case PersonMark():
            return OF_PERSON[mark.form]
        case PartyMark():
            return OF_PARTY[mark.form]
        case TopicMark():
            return OF_TOPIC
        case OrganisationMark():
            return OF_ORGANISATION
        case PlaceMark():
            return OF_PLACE
        case TimeMark():
            return OF_TIME[mark.type]
        case AmountMark():
            return OF_AMOUNT[mark.kind]
        case MechanismMark():
            return OF_MECHANISM


@lru_cache(maxsize=16384)
def classes_of_cue(classes: tuple[str, ...], form: str, lemma: str) -> frozenset[str]:
    """The classes that a cue shows."""
    return frozenset({*classes, f"cue_{form}", f"={lemma}"})


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


class Words(dict[str, str]):
    """The character of every word met so far in one alphabet, for rules that name certain words."""

    def __init__(self, alphabet: Alphabet, words: frozenset[str]) -> None:
        super().__init__()
        self._alphabet = alphabet
        self._classes = classes_for(words)
        self._named = words

    def __missing__(self, word: str) -> str:
        if len(self) >= WordClasses.LARGEST:
            self.clear()
        found = self[word] = self._alphabet.character(self._classes[word])
        return found

    def of_mark(self, word: str, classes: frozenset[str]) -> str:
        """The character of a mark's item, given its words: with the word itself where a rule names it."""
        folded = word.casefold()
        return self._alphabet.character(classes | {word_class(folded)} if folded in self._named else classes)


@lru_cache(maxsize=64)
def words_for(alphabet: Alphabet, words: frozenset[str]) -> Words:
    """The table of an alphabet for rules that name these words."""
    return Words(alphabet, words)


class Shown(dict[str, int]):
    """What the words of a text and its marks show of what some rules need, told before they are laid out as items.

    It never tells less than the items would: a word may be hidden by a mark that covers it.
    """

    def __init__(self, patterns: Iterable[str], words: frozenset[str]) -> None:
        super().__init__()
        self.sieve = Sieve(patterns)
        self._classes = classes_for(words)
        self._named = {word: self.sieve.shown(frozenset({word_class(word)})) for word in words}
        self._joints = frozenset(sign for word in words for sign in word if not sign.isalnum())

    def __missing__(self, word: str) -> int:
        if len(self) >= WordClasses.LARGEST:
            self.clear()
        found = self[word] = self.sieve.shown(self._classes[word])
        return found

    def by(self, text: str, words: Sequence[str], marks: Sequence[AnyMark]) -> int:
        """What the words and marks of a stretch of text show."""
        shown = 0
        each = set(words)
        for bits in set(map(self.__getitem__, each)):
            shown |= bits
        for classes in set(map(classes_of, marks)):
            shown |= self.sieve.shown(classes)
        if not self._joints.isdisjoint(each):  # only of several tokens can a mark make a word that none of them is
            for mark in marks:
                shown |= self._named.get(text[mark.span.start : mark.span.end].casefold(), 0)
        return shown


class Layout(NamedTuple):
    """The items of a sentence before any rule looks at them: a word as it stands, or the classes of a mark."""

    spans: list[Span]
    payloads: list[Payload]
    words: list[str]
    marked: list[tuple[int, frozenset[str]]]  # items that are marks, with their classes

    def stream(self, table: Words) -> Stream:
        """The items as the rules see them."""
        characters: list[str] = []
        at = 0
        words = self.words
        for place, classes in self.marked:
            characters += map(table.__getitem__, words[at:place])
            characters.append(table.of_mark(words[place], classes))
            at = place + 1
        characters += map(table.__getitem__, words[at:])
        return Stream("".join(characters), self.spans, self.payloads, words)


def layout_of(text: str, tokens: Tokens, sentence: Sentence, blocks: Blocks) -> Layout:
    """The items of a sentence: its tokens, but where a block begins, that."""
    spans: list[Span] = []
    payloads: list[Payload] = []
    words: list[str] = []
    marked: list[tuple[int, frozenset[str]]] = []
    at, last, starts = sentence.first, sentence.last, tokens.starts
    for start, (span, classes, payload) in blocks.items():
        number = bisect_left(starts, start, at, last)
        if number == last or starts[number] != start:
            continue
        spans += tokens.spans[at:number]
        words += tokens.words[at:number]
        payloads += [()] * (number - at)
        marked.append((len(spans), classes))
        spans.append(span)
        words.append(text[span.start : span.end])
        payloads.append(payload)
        at = bisect_left(starts, span.end, number + 1, last)
    spans += tokens.spans[at:last]
    words += tokens.words[at:last]
    payloads += [()] * (last - at)
    return Layout(spans, payloads, words, marked)


def blocks_of(marks: Sequence[AnyMark], quotations: Sequence[Quotation]) -> Blocks:
    """The blocks of marks and quotations, in order."""
    blocks: Blocks = {}
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
    return dict(sorted(blocks.items(), key=itemgetter(0))) if quotations else blocks
