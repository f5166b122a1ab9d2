"""What stands in a clause, item by item?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from dragoman.grammar.stream import Stream
from dragoman.record.marks import (
    AnyMark,
    CueMark,
    OrganisationMark,
    PartyForm,
    PartyMark,
    PersonMark,
    TimeMark,
)
from dragoman.record.segments import Quotation, Sentence
from dragoman.record.span import Span

Actor = PersonMark | PartyMark | OrganisationMark
M = TypeVar("M")
# Party names in these forms qualify a noun and do not act.
QUALIFYING = frozenset({PartyForm.DEMONYM, PartyForm.PAIR})


class Clause:
    """A sentence as items, with what the builder asks of them again and again."""

    __slots__ = ("_first", "actors", "number", "sentence", "stream", "text", "words")

    def __init__(self, text: str, sentence: Sentence, number: int, stream: Stream) -> None:
        self.text = text
        self.sentence = sentence
        self.number = number
        self.stream = stream
        words = stream.words or [text[span.start : span.end] for span in stream.spans]
        self.words = list(map(str.casefold, words))
        self.actors: list[Actor | None] = [None] * len(self.words)
        # By type of mark: the first mark of an item, for the few items that have any.
        self._first: dict[type, dict[int, AnyMark]] = {}
        for at, payload in enumerate(stream.payloads):
            if payload and isinstance(payload, tuple):
                self.actors[at] = actor_of(payload)
                for mark in payload:
                    self._first.setdefault(type(mark), {}).setdefault(at, mark)

    def __len__(self) -> int:
        return len(self.words)

    def marks(self, at: int) -> Iterator[AnyMark]:
        """The marks behind an item."""
        payload = self.stream.payloads[at]
        if isinstance(payload, tuple):
            yield from (mark for mark in payload if not isinstance(mark, Quotation))

    def mark(self, at: int, kind: type[M]) -> M | None:
        """The first mark of a kind behind an item."""
        found = self._first.get(kind)
        return None if found is None else found.get(at)  # type: ignore[return-value]  # one type of mark a table

    def places_of(self, kind: type[M]) -> Iterable[int]:
        """The items that have a mark of a kind, in order."""
        return self._first.get(kind, {})

    def cue(self, at: int) -> CueMark | None:
        """The cue mark of an item."""
        found = self._first.get(CueMark)
        return None if found is None else found.get(at)  # type: ignore[return-value]  # one type of mark a table

    def cue_classes(self, at: int) -> frozenset[str]:
        """The classes of every cue mark of an item: "visit" is a verb and a noun."""
        payload = self.stream.payloads[at]
        if not payload or not isinstance(payload, tuple):
            return frozenset()
        return frozenset().union(*(mark.classes for mark in payload if type(mark) is CueMark))

    def time(self, at: int) -> TimeMark | None:
        """The time mark of an item."""
        return self.mark(at, TimeMark)

    def acts(self, at: int) -> bool:
        """Whether the item is somebody who can act, and no mere adjective of a party."""
        actor = self.actors[at]
        return actor is not None and not (isinstance(actor, PartyMark) and actor.form in QUALIFYING)

    def counts(self, at: int) -> bool:
        """Whether the item is a number in figures."""
        return self.words[at][:1].isdecimal()

    def span(self, first: int, last: int) -> Span:
        """The text span of items ``first`` to ``last - 1``."""
        return self.stream.span(first, last)


def actor_of(payload: object) -> Actor | None:
    """The first mark of an item that is a person, party or organisation; persons before the others."""
    if not isinstance(payload, tuple):
        return None
    found: Actor | None = None
    for mark in payload:
        if isinstance(mark, PersonMark):
            return mark
        if found is None and isinstance(mark, (PartyMark, OrganisationMark)):
            found = mark
    return found
