"""How does a document become mentions? Read this first.

    read -> segment -> mark -> extract -> link -> book -> show

``Reader.read`` takes one document through segment, mark and extract. It sees nothing but the document, so any number
of readers work side by side. ``link`` and ``book`` see the collection; see ``dragoman.link`` and ``dragoman.book``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from dragoman.extract.commitments import Commitments
from dragoman.extract.context import Context
from dragoman.extract.disputes import Disputes
from dragoman.extract.engagements import Engagements
from dragoman.extract.figures import Figures
from dragoman.extract.incidents import Incidents
from dragoman.extract.measures import Measures
from dragoman.extract.negotiations import Negotiations
from dragoman.extract.readouts import Readouts
from dragoman.extract.statements import Statements
from dragoman.grammar.stream import Alphabet
from dragoman.grammar.trace import Trace
from dragoman.lexicon.load import Lexicon, load_lexicon
from dragoman.lexicon.own import own
from dragoman.mark.amounts import mark_amounts
from dragoman.mark.names import mark_names
from dragoman.mark.people import mark_people
from dragoman.mark.times import mark_times
from dragoman.mark.times.dating import inferred_publication
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Person
from dragoman.record.mentions import AnyMention
from dragoman.record.reading import Reading
from dragoman.record.segments import Segments
from dragoman.segment.divide import divided

HOUSE = Path(__file__).parent
READS = ("record", "segment", "lexicon", "grammar", "mark", "extract")  # the rooms on which a reading depends
DATA = frozenset({".py", ".toml", ".csv", ".npz", ".json"})


def grammar_version() -> str:
    """A digest of the code, rules and vocabulary that make a reading: a book reads its documents again when it differs."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for room in READS:
        for path in sorted(p for p in (HOUSE / room).rglob("*") if p.suffix in DATA):
            digest.update(path.relative_to(HOUSE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


GRAMMAR_VERSION = grammar_version()


def present_version() -> str:
    """The version with which this process reads: ours, and behind a plus sign that of the user's rules."""
    mine = own().digest
    return f"{GRAMMAR_VERSION}+{mine}" if mine else GRAMMAR_VERSION


class Room(Protocol):
    """A room of ``extract``: one kind of mention."""

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> Sequence[AnyMention]:
        """The document's mentions of this kind, given those that earlier rooms read."""
        ...


# In this order: a room may look at what the rooms before it read.
ROOMS: tuple[Callable[[Lexicon, Alphabet], Room], ...] = (
    Engagements,
    Statements,
    Readouts,
    Figures,
    Measures,
    Negotiations,
    Commitments,
    Disputes,
    Incidents,
)


class Laps:
    """The seconds of one step after the other."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds
        self.last = time.perf_counter()

    def end(self, name: str) -> None:
        """A step ends here, and the next begins."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.last
        self.last = now


class Reader:
    """Reads documents one by one. Building a reader loads the lexicon and compiles the rules; keep it."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()
        self._version = present_version()
        alphabet = Alphabet()
        self._rooms = tuple(room(self.lexicon, alphabet) for room in ROOMS)

    def read(self, document: Document, *, explain: bool = False, seconds: dict[str, float] | None = None) -> Reading:
        """Everything that one document says. The same document gives the same reading, always.

        What each step takes is added to ``seconds``, by its name.
        """
        trace, laps = Trace(explain), Laps({} if seconds is None else seconds)
        segments, tokens = divided(document)
        if not document.published.start and not document.published.end:
            document = msgspec.structs.replace(document, published=inferred_publication(document, segments))
        laps.end("segment")
        people, marks = self._marks(document, segments, trace)
        context = Context(document, segments, marks, people, trace, tokens)
        laps.end("mark")
        mentions: list[AnyMention] = []
        for room in self._rooms:
            mentions.extend(room.mentions(context, mentions))
            laps.end(type(room).__name__.lower())
        return Reading(
            document=document,
            segments=segments,
            people=tuple(people),
            marks=tuple(context.marks),
            mentions=tuple(mentions),
            firings=tuple(trace.firings),
            gaps=tuple(trace.gaps),
            grammar=self._version,
        )

    def marks(self, document: Document) -> tuple[AnyMark, ...]:
        """The marks of one document alone: those that ``read`` finds, without what it makes of them."""
        trace = Trace(False)
        segments, tokens = divided(document)
        if not document.published.start and not document.published.end:
            document = msgspec.structs.replace(document, published=inferred_publication(document, segments))
        people, marks = self._marks(document, segments, trace)
        return tuple(Context(document, segments, marks, people, trace, tokens).marks)

    def _marks(self, document: Document, segments: Segments, trace: Trace) -> tuple[list[Person], list[AnyMark]]:
        names = mark_names(document, segments, self.lexicon)
        times = mark_times(document, segments, trace)
        amounts = mark_amounts(document, segments, trace)
        marks: list[AnyMark] = [*names, *times, *amounts]
        people, references = mark_people(document, segments, self.lexicon, marks)
        return people, [*marks, *references]
