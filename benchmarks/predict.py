"""Turn what a scorer's ``texts`` action writes into the prediction lines that it scores.

    python benchmarks/predict.py KIND IN OUT

IN is a folder of ``*.txt`` (or the file that the scorer writes), OUT the file of JSON Lines;
for KIND cases, OUT is a folder of them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.book import Book
from dragoman.export.jsonl import export_jsonl
from dragoman.extract.events import event_of, phrase_span
from dragoman.extract.statements import attributions_in
from dragoman.extract.statements.blocks import blocks_of
from dragoman.extract.statements.learned.reader import load_reader
from dragoman.grammar.trace import Trace
from dragoman.library import add
from dragoman.mark.times import mark_times
from dragoman.record.document import UNKNOWN_PUBLICATION, Document, Publication, PublishedBasis
from dragoman.segment.divide import divide

Row = dict[str, Any]


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of every text file of a folder, in order."""
    for path in sorted(folder.glob("*.txt")):
        yield path.stem, path.read_bytes().decode("utf-8")


def attribution(source: Path) -> Iterator[Row]:
    """Every attribution, with quotation marks in its content."""
    reader = load_reader()
    for name, text in texts_in(source):
        segments = divide(Document(id=name, text=text, digest=""))
        for found in attributions_in(text, segments, blocks_of(text, segments), reader):
            yield {
                "doc": name,
                "source": [[found.source.start, found.source.end]] if found.source else [],
                "cue": [[found.cue.start, found.cue.end]] if found.cue else [],
                "content": [[span.start, span.end] for span in found.content],
            }


def dated_texts(source: Path) -> Iterator[Row]:
    """The scorer's lines, one a document or sentence."""
    with source.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def dated_document(row: Row) -> Document:
    """One of those lines as a document."""
    day = datetime.date.fromisoformat(row["date"]) if row["date"] else None
    given = Publication(start=day, end=day, basis=PublishedBasis.GIVEN) if day else UNKNOWN_PUBLICATION
    return Document(id=row["doc"], text=row["text"], digest="", published=given)


def times(source: Path) -> Iterator[Row]:
    """Every time expression with its TIMEX3 type and value."""
    for row in dated_texts(source):
        document = dated_document(row)
        for mark in mark_times(document, divide(document), Trace()):
            start, end = mark.span.start, mark.span.end
            yield {"doc": row["doc"], "start": start, "end": end, "type": mark.type, "value": mark.value}


def events(source: Path) -> Iterator[Row]:
    """The type of the event between the two phrases of every sentence."""
    for row in dated_texts(source):
        text = row["text"]
        actor = phrase_span(text, row["source_phrase"])
        yield {"id": row["id"], "event": event_of(text, actor, phrase_span(text, row["target_phrase"], actor)).type}


def readouts(source: Path) -> Iterator[Row]:
    """The engagements of every release, from its body and date alone."""
    given = {row["url"]: row for row in dated_texts(source)}
    rows = ({"id": url, "html": row["html"], "published": row["published"]} for url, row in given.items())
    with tempfile.TemporaryDirectory() as folder, book_of(rows, Path(folder)) as book:
        for entry in book.engagements():
            people = [{"name": p.name, "party": p.party, "office": p.office} for p in entry.participants if p.name]
            start = entry.when.start.isoformat() if entry.when.start else None
            for url in entry.documents:
                yield {"url": url, "kind": entry.kind, "start": start, "participants": people}


def book_of(rows: Iterable[Row], folder: Path) -> Book:
    """A book of the rows of a manifest."""
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    book = Book.open(folder / "book.desk", create=True)
    report = add(book, [manifest], workers=len(os.sched_getaffinity(0)))
    for refused in report.refused:
        sys.stderr.write(f"{refused.reason}\n")
    return book


def cases(source: Path, out: Path) -> None:
    """The export of a book of all groups' documents, as a folder."""
    rows = ({"id": row["doc"], "text": row["text"], "published": row["date"]} for row in dated_texts(source))
    with tempfile.TemporaryDirectory() as folder, book_of(rows, Path(folder)) as book:
        export_jsonl(book, out)


KINDS: dict[str, Callable[[Path], Iterable[Row]]] = {
    "attribution": attribution,
    "events": events,
    "readouts": readouts,
    "times": times,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=sorted([*KINDS, "cases"]))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    if arguments.kind == "cases":
        cases(arguments.source, arguments.out)
        return
    with arguments.out.open("w", encoding="utf-8") as out:
        for row in KINDS[arguments.kind](arguments.source):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
