"""What does an extractor see? One document with its segments, marks and people, and streams of its sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from dragoman.extract.actors import Actors
from dragoman.extract.items import items_of
from dragoman.grammar.stream import Alphabet, Stream, stream_of
from dragoman.grammar.trace import Trace
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Mark, Person
from dragoman.record.segments import Quotation, Segments, Sentence
from dragoman.record.span import Span

M = TypeVar("M", bound=Mark)


class Context:
    """One document while its mentions are being read. Marks are in order of start, longer first."""

    def __init__(
        self,
        document: Document,
        segments: Segments,
        marks: Sequence[AnyMark],
        people: Sequence[Person],
        trace: Trace,
    ) -> None:
        self.document = document
        self.text = document.text
        self.segments = segments
        self.marks = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, type(mark).__name__))
        self.people = people
        self.trace = trace
        self._starts = [mark.span.start for mark in self.marks]
        self._quotation_starts = [quotation.outer.start for quotation in segments.quotations]
        self._streams: dict[tuple[int, bool, frozenset[str]], Stream] = {}

    @cached_property
    def actors(self) -> Actors:
        """Persons, parties, bodies and groups, by place."""
        return Actors(self.text, self.marks, self.people)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins."""
        return [sentence.span.start for sentence in self.segments.sentences]

    @cached_property
    def words(self) -> Mapping[str, Sequence[int]]:
        """The starts of every token, by its case-folded characters."""
        folded = self.text.casefold()
        aligned = len(folded) == len(self.text)  # False for a text with letters that fold to two
        found: defaultdict[str, list[int]] = defaultdict(list)
        for token in self.segments.tokens:
            start, end = token.start, token.end
            found[folded[start:end] if aligned else self.text[start:end].casefold()].append(start)
        found.default_factory = None
        return found

    def marks_within(self, span: Span, kind: type[M]) -> list[M]:
        """Marks of a kind that lie wholly inside the span."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [mark for mark in self.marks[first:last] if isinstance(mark, kind) and mark.span.end <= span.end]

    def quotations_touching(self, span: Span) -> list[Quotation]:
        """Outer quotations that share characters with the span."""
        last = bisect_left(self._quotation_starts, span.end)
        return [q for q in self.segments.quotations[:last] if q.depth == 0 and q.outer.end > span.start]

    def stream(self, sentence: Sentence, alphabet: Alphabet, words: frozenset[str], *, quoted: bool) -> Stream:
        """The sentence's items. With ``quoted``, each quotation is one item; otherwise its words are items.

        ``words`` are those that the rules name; other words share one class. Asked again, it gives the same stream.
        """
        key = (sentence.span.start, quoted, words)
        if key not in self._streams:
            self._streams[key] = self._fresh_stream(sentence, alphabet, words, quoted)
        return self._streams[key]

    def _fresh_stream(self, sentence: Sentence, alphabet: Alphabet, words: frozenset[str], quoted: bool) -> Stream:
        first = bisect_left(self._starts, sentence.span.start)
        last = bisect_left(self._starts, sentence.span.end)
        tokens = self.segments.tokens[sentence.first : sentence.last]
        quotations = self.quotations_touching(sentence.span) if quoted else []
        return stream_of(items_of(self.text, tokens, self.marks[first:last], quotations, words), alphabet)
