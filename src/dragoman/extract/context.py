"""What does an extractor see? One document with its segments, marks and people, and streams of its sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from dragoman.extract.actors import Actors
from dragoman.extract.items import Layout, Shown, blocks_of, layout_of, words_for
from dragoman.grammar.stream import Alphabet, Stream
from dragoman.grammar.trace import Trace
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Mark, Person
from dragoman.record.segments import Quotation, Segments, Sentence
from dragoman.record.span import Span
from dragoman.segment.tokens import Tokens, tokens_at

M = TypeVar("M", bound=Mark)
NO_MARKS: tuple[list[int], list[AnyMark]] = ([], [])


class Context:
    """One document while its mentions are being read. Marks are in order of start, longer first."""

    def __init__(
        self,
        document: Document,
        segments: Segments,
        marks: Sequence[AnyMark],
        people: Sequence[Person],
        trace: Trace,
        tokens: Tokens | None = None,
    ) -> None:
        self.document = document
        self.text = document.text
        self.segments = segments
        self.marks = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, type(mark).__name__))
        self.people = people
        self.trace = trace
        self.tokens = tokens or tokens_at(document.text, segments.tokens)
        self._starts = [mark.span.start for mark in self.marks]
        self._quotation_starts = [quotation.outer.start for quotation in segments.quotations]
        self._streams: dict[tuple[int, bool, frozenset[str]], Stream] = {}
        self._layouts: dict[tuple[int, bool], Layout] = {}
        self._shown: tuple[Shown, list[int]] | None = None

    @cached_property
    def actors(self) -> Actors:
        """Persons, parties, bodies and groups, by place."""
        return Actors(self.text, self.marks, self.people, self.tokens)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins."""
        return [sentence.span.start for sentence in self.segments.sentences]

    def sentence_number(self, at: int) -> int:
        """The number of the sentence in which a place lies; -1 when it lies in none."""
        number = bisect_right(self.sentence_starts, at) - 1
        return number if number >= 0 and at < self.segments.sentences[number].span.end else -1

    def sentence_at(self, start: int) -> int:
        """The number of the sentence in which a place of the text lies."""
        return max(0, bisect_right(self.sentence_starts, start) - 1)

    def starts_of(self, words: frozenset[str]) -> list[int]:
        """Where a token stands that is one of the words, as they are spelt."""
        return [start for word, start in zip(self.tokens.words, self.tokens.starts, strict=True) if word in words]

    @cached_property
    def _kinds(self) -> dict[type, tuple[list[int], list[AnyMark]]]:
        """By type of mark: where each starts, and the marks."""
        found: dict[type, tuple[list[int], list[AnyMark]]] = {}
        for mark, start in zip(self.marks, self._starts, strict=True):
            starts, marks = found.setdefault(type(mark), ([], []))
            starts.append(start)
            marks.append(mark)
        return found

    def marks_of(self, kind: type[M]) -> list[M]:
        """All marks of a kind, in order."""
        return self._kinds.get(kind, NO_MARKS)[1]  # type: ignore[return-value]  # one type of mark a list

    def marks_within(self, span: Span, kind: type[M]) -> list[M]:
        """Marks of a kind that lie wholly inside the span."""
        starts, marks = self._kinds.get(kind, NO_MARKS)
        end = span.end
        first = bisect_left(starts, span.start)
        last = bisect_left(starts, end, first)
        if first == last:
            return []
        return [mark for mark in marks[first:last] if mark.span.end <= end]  # type: ignore[misc]  # one type a list

    def quotations_touching(self, span: Span) -> list[Quotation]:
        """Outer quotations that share characters with the span."""
        last = bisect_left(self._quotation_starts, span.end)
        return [q for q in self.segments.quotations[:last] if q.depth == 0 and q.outer.end > span.start]

    def stream(self, sentence: Sentence, alphabet: Alphabet, words: frozenset[str], *, quoted: bool) -> Stream:
        """The sentence's items. With ``quoted``, each quotation is one item; otherwise its words are items.

        ``words`` are those that the rules name; other words share one class. Asked again, it gives the same stream.
        """
        key = (sentence.span.start, quoted, words)
        found = self._streams.get(key)
        if found is None:
            found = self._streams[key] = self.layout(sentence, quoted=quoted).stream(words_for(alphabet, words))
        return found

    def layout(self, sentence: Sentence, *, quoted: bool) -> Layout:
        """The sentence's items before any rule looks at them."""
        key = (sentence.span.start, quoted)
        found = self._layouts.get(key)
        if found is None:
            quotations = self.quotations_touching(sentence.span) if quoted else []
            found = self._layouts[key] = self.laid_out(sentence, self.marks_in(sentence), quotations)
        return found

    def laid_out(self, sentence: Sentence, marks: Sequence[AnyMark], quotations: Sequence[Quotation] = ()) -> Layout:
        """The sentence's items where these marks and quotations stand in it, in order."""
        return layout_of(self.text, self.tokens, sentence, blocks_of(marks, quotations))

    def shown(self, table: Shown) -> list[int]:
        """What each sentence shows of what some rules need. Asked again, it gives the same list."""
        if self._shown is None or self._shown[0] is not table:
            words = self.tokens.words
            sentences = self.segments.sentences
            met = [table.by(self.text, words[s.first : s.last], self.marks_in(s)) for s in sentences]
            self._shown = (table, met)
        return self._shown[1]

    def marks_in(self, sentence: Sentence) -> list[AnyMark]:
        """The marks of all kinds that begin in a sentence, in order."""
        first = bisect_left(self._starts, sentence.span.start)
        return self.marks[first : bisect_left(self._starts, sentence.span.end, first)]
