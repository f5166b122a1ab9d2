"""How is one text read, and how does a folder of them enter a book?

``read`` takes a text in hand. ``add`` takes paths: it finds the documents below them, reads those that the book does not
know yet, stores them batch by batch and links at the end. With several workers the documents are read in other processes;
the order of the book's input, and so the book, is the same with any number.
"""

from __future__ import annotations

import datetime
import functools
import gc
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TypeVar

import msgspec

from dragoman.book import Book, Stored
from dragoman.errors import InputError, MissingExtra, NoWorkers, UnknownName, extra
from dragoman.lexicon.load import load_lexicon
from dragoman.link.origins import bands
from dragoman.pipeline import Reader
from dragoman.read import (
    Given,
    Refusal,
    SetAside,
    Source,
    Unread,
    document_of,
    document_or_aside,
    find_sources,
    read_source,
)
from dragoman.read.document import as_id, path_of
from dragoman.read.find import Fetch
from dragoman.read.limits import LARGEST
from dragoman.read.patience import OutOfPatience, patience
from dragoman.read.source import Found, refusal
from dragoman.record.document import Document, DocumentKind, Publication, PublishedBasis
from dragoman.record.marks import PersonMark
from dragoman.record.reading import Gap, Reading
from dragoman.record.segments import Segments
from dragoman.record.span import Span

T = TypeVar("T")
LOG = logging.getLogger(__name__)

BATCH = 32  # documents a task: large enough that sending them costs little, small enough that work is shared evenly
AHEAD = 3  # tasks a worker in flight: bounds the memory of a run
FEW = 64  # documents that one process reads before others would have started
HELD = 64_000_000  # bytes of carried texts up to which sources are counted
COUNTED = 20_000  # sources that are counted before reading begins, so that progress has an end


class Progress(msgspec.Struct, frozen=True):
    """How far a run is: documents done, and how many there are when that is known."""

    done: int
    total: int | None


class FileGap(msgspec.Struct, frozen=True):
    """A stretch of a document that could not be read."""

    document: str
    gap: Gap


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did. ``seconds`` are spent per step, summed over all processes; ``elapsed`` is by the clock. ``steps`` are the
    parts of ``seconds["read"]``."""

    read: int = 0
    stored: Stored = Stored()
    refused: tuple[Refusal, ...] = ()
    set_aside: tuple[Unread, ...] = ()
    gaps: tuple[FileGap, ...] = ()
    entries_changed: int = 0
    seconds: dict[str, float] = {}
    steps: dict[str, float] = {}
    elapsed: float = 0.0


@functools.cache
def reader() -> Reader:
    """This process's reader, built once. A worker's collector need not look again and again at what it holds for good."""
    built = Reader()
    if parent_process() is not None:
        gc.collect()
        gc.freeze()
    return built


def read(
    text: str,
    *,
    published: datetime.date | str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    kind: DocumentKind | None = None,
    issuer: str | None = None,
    name: str = "text",
    explain: bool = False,
) -> Reading:
    """Everything that one text says, without a book.

    ``published`` is a day or a string such as "2025-03-28"; without it, dates are intervals with their basis.
    Raises SourceError for a text without words and NotEnglish for one in another language, ValueError for a date that
    is none.

    >>> reading = read("Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo on 3 June 2025.")
    >>> reading.document.kind.value
    'unknown'
    """
    given = Given(url=url, outlet=outlet, title=title, kind=kind, issuer=issuer, published=publication_of(published))
    return reader().read(document_of(text, given=given, name=name), explain=explain)


def publication_of(published: datetime.date | str | None) -> Publication | None:
    """A given day as a publication."""
    from dragoman.read.published import publication_given

    if published is None:
        return None
    if isinstance(published, str):
        return publication_given(published)
    return Publication(start=published, end=published, basis=PublishedBasis.GIVEN)


def party_code(name: str) -> str:
    """The code of a party by its code, name, adjective or capital. Raises UnknownName when nothing answers to it."""
    lexicon = load_lexicon()
    if name.upper() in lexicon.parties:
        return name.upper()
    for written in dict.fromkeys((name.strip(), name.strip().upper(), name.strip().title())):
        hits = [hit for hit in lexicon.hits(written) if hit.kind == "party" and hit.span == Span(0, len(written))]
        codes = [hit.key for hit in sorted(hits, key=lambda hit: not hit.strong) if hit.key in lexicon.parties]
        if codes:
            return codes[0]
    raise UnknownName(f"no party is called {name!r}; write a country, a bloc or a code, such as India, IND or EU")


def add(
    book: Book,
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int = 1,
    read_all: bool = False,
    fetch: bool = False,
    allow_private: bool = False,
    seen: str | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> RunReport:
    """Add everything below the paths to the book, and link. What cannot be read is reported, and the rest is added.

    With ``fetch`` a path may be an address on the web, whose page is fetched; addresses of this machine and of private
    networks are refused unless ``allow_private`` says otherwise. Without it no connection is opened.

    A text that shows no diplomacy at first look is set aside, unless the book holds an earlier version of it; the report
    names it. With ``read_all`` every text is read.
    ``seen`` is the moment with which new versions are marked; the clock is the caller's.
    """
    if not fetch:
        return add_found(book, find_sources(paths), workers=workers, read_all=read_all, seen=seen, progress=progress)
    with fetcher_of_pages(allow_private=allow_private) as fetched:
        found = find_sources(paths, fetched)
        return add_found(book, found, workers=workers, read_all=read_all, seen=seen, progress=progress)


def fetcher_of_pages(*, allow_private: bool) -> AbstractContextManager[Fetch]:
    """What fetches pages. Raises MissingExtra where what that needs is not installed."""
    with extra("feeds", "fetching pages"):
        from dragoman.read.web.single import page_fetcher
    return page_fetcher(allow_private=allow_private)


def add_found(
    book: Book,
    found: Iterable[Found],
    *,
    workers: int = 1,
    read_all: bool = False,
    seen: str | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> RunReport:
    """Add what was found to the book, and link; otherwise as ``add``."""
    run = Run(book, progress, read_all=read_all)
    started = time.perf_counter()
    sources, run.total = counted(run.sources(found))
    first = list(islice(sources, FEW + 1))
    sources = chain(first, sources)
    if workers > 1 and len(first) > FEW:
        with Workers(workers) as pool:
            stored = book.store(run.readings(sources, pool.ordered), seen=seen)
    else:
        stored = book.store(run.readings(sources, in_turn), seen=seen)
    reading = time.perf_counter()
    changed = book.link()
    ended = time.perf_counter()
    busy = sum(run.seconds.values()) if workers == 1 else run.waiting
    run.seconds["store"] = max(0.0, reading - started - busy)
    run.seconds["link"] = ended - reading
    return RunReport(
        read=run.read,
        stored=msgspec.structs.replace(stored, unchanged=stored.unchanged + run.unchanged),
        refused=tuple(run.refused),
        set_aside=tuple(run.set_aside),
        gaps=tuple(run.gaps),
        entries_changed=changed,
        seconds=run.seconds,
        steps=run.steps,
        elapsed=ended - started,
    )


class Outcome(msgspec.Struct, frozen=True):
    """What a batch gave, and the seconds it took; for batches that are read, of each step too."""

    results: list[Document | Reading | Refusal | SetAside]
    seconds: float
    steps: dict[str, float] = {}


class Run:
    """The state of one run: what was refused, set aside and counted so far."""

    def __init__(self, book: Book, progress: Callable[[Progress], None], *, read_all: bool = False) -> None:
        self.book = book
        self.decode = decode_all if read_all else decode_batch
        self.progress = progress
        self.total: int | None = None
        self.read = self.unchanged = self.done = 0
        self.refused: list[Refusal] = []
        self.set_aside: list[Unread] = []
        self.gaps: list[FileGap] = []
        self.seconds = {"decode": 0.0, "read": 0.0}
        self.steps: dict[str, float] = {}
        self.waiting = 0.0

    def sources(self, found: Iterable[Found]) -> Iterator[Source]:
        """The sources; what is refused or set aside is kept for the report."""
        for item in found:
            if isinstance(item, Source):
                yield item
            elif isinstance(item, Refusal):
                self.refuse(item)
            else:
                self.leave(item)

    def readings(self, sources: Iterator[Source], mapped: Callable[..., Iterator[Outcome]]) -> Iterator[Reading]:
        """The readings of all sources that the book does not know, in order."""
        decoded = self.unpacked("decode", mapped(self.decode, batched(sources, BATCH)))
        fresh = (item for item in decoded if isinstance(item, Document) and not self.is_known(item))
        for item in self.unpacked("read", mapped(read_batch, batched(fresh, BATCH))):
            if isinstance(item, Reading):
                self.read += 1
                LOG.info("read", extra={"document": item.document.id, "mentions": len(item.mentions)})
                self.gaps.extend(FileGap(item.document.id, gap) for gap in item.gaps)
                self.step()
                yield item

    def unpacked(self, step: str, outcomes: Iterator[Outcome]) -> Iterator[Document | Reading]:
        """The results of the batches without the refusals, which are kept for the report."""
        while True:
            before = time.perf_counter()
            outcome = next(outcomes, None)
            if step == "read":
                self.waiting += time.perf_counter() - before
            if outcome is None:
                return
            self.seconds[step] += outcome.seconds
            for name, seconds in outcome.steps.items():
                self.steps[name] = self.steps.get(name, 0.0) + seconds
            for item in outcome.results:
                if isinstance(item, Refusal):
                    self.refuse(item)
                    self.step()
                elif not isinstance(item, SetAside):
                    yield item
                elif self.holds(item.source):
                    yield from self.unpacked(step, iter([decode_all([item.source])]))
                else:
                    self.leave(Unread(name=item.source.name, reason=item.reason))
                    self.step()

    def refuse(self, item: Refusal) -> None:
        """What cannot be read, for the report."""
        LOG.info("refused", extra={"source": item.name, "reason": item.reason})
        self.refused.append(item)

    def leave(self, item: Unread) -> None:
        """What is set aside, for the report."""
        LOG.info("set aside", extra={"source": item.name, "reason": item.reason})
        self.set_aside.append(item)

    def holds(self, source: Source) -> bool:
        """Whether the book has a document of a source: then its new version is read whatever it says."""
        given = source.given
        return self.book.holds(given.id or given.url or as_id(path_of(source)) or given.title or source.name, given.url)

    def is_known(self, document: Document) -> bool:
        """Whether the book has this very document; it is counted then."""
        if not self.book.known(document):
            return False
        self.unchanged += 1
        self.step()
        return True

    def step(self) -> None:
        """One document more is done."""
        self.done += 1
        self.progress(Progress(self.done, self.total))


def counted(sources: Iterator[Source]) -> tuple[Iterator[Source], int | None]:
    """The same sources, and how many they are unless they are very many, or carry so much that few should be held."""
    first: list[Source] = []
    held = 0
    for source in sources:
        first.append(source)
        held += source.carried
        if len(first) > COUNTED or held > HELD:
            return chain(first, sources), None
    return iter(first), len(first)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def decode_batch(sources: Sequence[Source]) -> Outcome:
    """The documents of some sources, or why they are refused; without those that show no diplomacy at first look."""
    return decoded_by(document_or_aside, sources)


def decode_all(sources: Sequence[Source]) -> Outcome:
    """The documents of some sources, or why they are refused."""
    return decoded_by(read_source, sources)


def decoded_by(decode: Callable[[Source], Document | SetAside], sources: Sequence[Source]) -> Outcome:
    """What a way of decoding makes of some sources."""
    started = time.perf_counter()
    results: list[Document | Reading | Refusal | SetAside] = []
    for source in sources:
        try:
            with patience(LARGEST):
                results.append(decode(source))
        except InputError as error:
            results.append(refusal(source.name, error))
        except OutOfPatience as error:
            results.append(too_slow(source.name, error))
        except Exception as error:  # whatever a hostile file does to a parser, the other files are read
            results.append(broken(source.name, error))
    return Outcome(results, time.perf_counter() - started)


def read_batch(documents: Sequence[Document]) -> Outcome:
    """The readings of some documents, with what a book keeps of them."""
    started = time.perf_counter()
    results: list[Document | Reading | Refusal | SetAside] = []
    steps: dict[str, float] = {}
    for document in documents:
        try:
            with patience(len(document.text)):
                results.append(kept(reader().read(document, seconds=steps)))
        except OutOfPatience as error:
            results.append(too_slow(document.path or document.id, error))
        except Exception as error:  # a fault of a rule must not cost the other documents
            results.append(broken(document.path or document.id, error))
    return Outcome(results, time.perf_counter() - started, steps)


def too_slow(name: str, error: OutOfPatience) -> Refusal:
    """The refusal of a document that took longer than its length explains."""
    reason = f"{name} is left out: {error}; if it is no attack, please report it, or add its parts one by one"
    return Refusal(name=name, reason=reason, error="OutOfPatience")


def broken(name: str, error: Exception) -> Refusal:
    """The refusal of a document that the program itself failed on, or that needs a part which is not installed."""
    if isinstance(error, MissingExtra):
        return Refusal(name=name, reason=f"{name} could not be read: {error}", error="MissingExtra")
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return Refusal(
        name=name, reason=f"{name} could not be read: a fault in Dragoman ({what}); please report it", error="Fault"
    )


NO_SEGMENTS = Segments((), (), (), ())


def kept(reading: Reading) -> Reading:
    """The reading without what no book keeps: segments, and marks other than those of persons; with its bands, which would
    otherwise be found by the one process that links."""
    people = tuple(mark for mark in reading.marks if isinstance(mark, PersonMark))
    found = bands(reading.document)
    return msgspec.structs.replace(reading, segments=NO_SEGMENTS, marks=people, firings=(), bands=found)


def in_turn(step: Callable[[list[T]], Outcome], batches: Iterator[list[T]]) -> Iterator[Outcome]:
    """Each batch in this process, one document at a time so that progress is seen."""
    for batch in batches:
        for item in batch:
            yield step([item])


class Workers:
    """Processes that read batches. One that dies costs the document it died of, and nothing else."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.pool = self.fresh()

    def fresh(self) -> ProcessPoolExecutor:
        """A pool of new processes; they share no state with this one."""
        return ProcessPoolExecutor(self.count, mp_context=get_context("spawn"), initializer=quiet)

    def replaced(self) -> ProcessPoolExecutor:
        """A pool in place of one that died. Raises NoWorkers when its processes end before they are given anything."""
        pool = self.fresh()
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise NoWorkers(
                "the processes that should read end before they begin; in a script, call this below"
                ' `if __name__ == "__main__":`, or read with one worker'
            ) from error
        return pool

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.shutdown(wait=error[0] is None, cancel_futures=True)

    def ordered(self, step: Callable[[list[T]], Outcome], batches: Iterator[list[T]]) -> Iterator[Outcome]:
        """The outcome of every batch, in order, with a bounded number of batches in flight."""
        waiting: deque[tuple[list[T], Future[Outcome], ProcessPoolExecutor]] = deque()
        for batch in batches:
            waiting.append((batch, *self.submitted(step, batch)))
            if len(waiting) >= AHEAD * self.count:
                yield from self.finished(step, *waiting.popleft())
        while waiting:
            yield from self.finished(step, *waiting.popleft())

    def submitted(
        self, step: Callable[[list[T]], Outcome], batch: list[T]
    ) -> tuple[Future[Outcome], ProcessPoolExecutor]:
        """The future of a batch and the pool it was given to; a pool that has died is replaced."""
        try:
            return self.pool.submit(step, batch), self.pool
        except BrokenProcessPool:
            self.pool = self.replaced()
            return self.pool.submit(step, batch), self.pool

    def finished(
        self, step: Callable[[list[T]], Outcome], batch: list[T], future: Future[Outcome], pool: ProcessPoolExecutor
    ) -> Iterator[Outcome]:
        """The outcome of a batch; when its pool died, of its items one by one in a new pool."""
        try:
            yield future.result()
        except BrokenProcessPool:
            if pool is self.pool:
                self.pool = self.replaced()
            yield from (self.alone(step, item) for item in batch)

    def alone(self, step: Callable[[list[T]], Outcome], item: T) -> Outcome:
        """The outcome of one item, or its refusal when the process dies of it."""
        try:
            future, _ = self.submitted(step, [item])
            return future.result()
        except BrokenProcessPool:
            name = item.name if isinstance(item, Source) else str(getattr(item, "id", item))
            return Outcome([Refusal(name=name, reason=f"{name} ended the process that read it; it is left out")], 0.0)


def quiet() -> None:
    """Leave Ctrl-C to the parent, which ends the workers in order, and what parsers complain of to the report."""
    import logging
    import signal

    for parser in ("trafilatura", "htmldate", "pypdf"):
        logging.getLogger(parser).setLevel(logging.CRITICAL)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
