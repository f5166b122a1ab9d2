"""Who said what: Dragoman, the regex floor and, where it is installed, textacy, on the same texts in one run.

    python benchmarks/attribution.py [--split dev] [--shared ../shared]

Prints for each reader the measures of ``shared/score/attribution.py`` and the documents read in a second on one core.
textacy needs a spaCy pipeline with a parser (any ``en_core_web_*``); without one its row says so.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.extract.statements import attributions_in
from dragoman.extract.statements.blocks import blocks_of
from dragoman.extract.statements.learned.reader import load_reader
from dragoman.record.document import Document
from dragoman.segment.divide import divide

Row = dict[str, Any]
Reader = Callable[[str], Iterator[Row]]

MEASURES = (
    ("direct F1", "direct found", "f1"),
    ("right source", "direct found + source right", "acc"),
    ("content overlap", "overlap content", "f1"),
    ("whole quote", "exact quote", "f1"),
    ("source", "overlap source", "f1"),
)
PIPELINES = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
NAME = r"[A-Z][\w.'’-]+(?:\s+(?:of|the|for|[A-Z][\w.'’-]+)){0,5}|he|she|they|it|He|She|They|It"
VERB = r"said|says|told|added|wrote|asked|noted|argued|explained|announced|claimed|warned|stated|replied"
QUOTED = re.compile(r"[“\"][^“”\"\n]{2,2000}[”\"]")
BEHIND = re.compile(rf"\s*,?\s*(?:(?P<a>{NAME})\s+(?P<ca>{VERB})|(?P<cb>{VERB})\s+(?P<b>{NAME}))\b")
BEFORE = re.compile(rf"(?P<a>{NAME})\s+(?P<ca>{VERB})\b[^.“\"\n]{{0,60}}\Z")
REPORTED = re.compile(rf"(?P<a>{NAME})\s+(?P<ca>{VERB})\s+(?P<that>that\s+[^.\n“\"]{{5,400}})")


def dragoman_reader() -> Reader:
    """Dragoman's attributions, from the bare text."""
    weights = load_reader()

    def read(text: str) -> Iterator[Row]:
        segments = divide(Document(id="", text=text, digest=""))
        for found in attributions_in(text, segments, blocks_of(text, segments), weights):
            yield {
                "source": [list(span(found.source))] if found.source else [],
                "cue": [list(span(found.cue))] if found.cue else [],
                "content": [list(span(part)) for part in found.content],
            }

    return read


def span(held: Any) -> tuple[int, int]:
    """The offsets of a span."""
    return held.start, held.end


def floor_reader() -> Reader:
    """Quotation marks, the nearest name beside a verb of saying, and "said that"."""

    def read(text: str) -> Iterator[Row]:
        for quotation in QUOTED.finditer(text):
            found = BEHIND.match(text, quotation.end()) or BEFORE.search(
                text, max(0, quotation.start() - 120), quotation.start()
            )
            group = "b" if found and found.groupdict().get("b") else "a"
            yield {
                "source": [list(found.span(group))] if found else [],
                "cue": [list(found.span(f"c{group}"))] if found else [],
                "content": [list(quotation.span())],
            }
        for found in REPORTED.finditer(text):
            yield {
                "source": [list(found.span("a"))],
                "cue": [list(found.span("ca"))],
                "content": [list(found.span("that"))],
            }

    return read


def textacy_reader() -> Reader | str:
    """textacy's direct quotations over the first pipeline that is installed; or why there is none."""
    try:
        spacy = importlib.import_module("spacy")
        triples = importlib.import_module("textacy.extract.triples")
    except ImportError as error:
        return f"not installed ({error.name})"
    pipeline = next((name for name in PIPELINES if spacy.util.is_package(name)), None)
    if pipeline is None:
        return "no spaCy pipeline is installed"
    read_text = spacy.load(pipeline)

    def read(text: str) -> Iterator[Row]:
        try:
            found = list(triples.direct_quotations(read_text(text)))
        except ValueError:  # an odd number of marks costs it the whole text
            return
        for quotation in found:
            content = quotation.content
            yield {
                "source": [[t.idx, t.idx + len(t)] for t in quotation.speaker],
                "cue": [[t.idx, t.idx + len(t)] for t in quotation.cue],
                "content": [[content.start_char, content.end_char]],
            }

    return read


def measured(scorer: ModuleType, split: str, read: Reader) -> tuple[dict[str, Any], float]:
    """The scores of a reader, and documents a second."""
    documents = scorer.load(split)
    list(read(documents[0]["text"]))
    begin = time.process_time()
    rows = [{"doc": document["doc"], **row} for document in documents for row in read(document["text"])]
    seconds = time.process_time() - begin
    return scorer.score(documents, rows), len(documents) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--split", default="dev")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.shared / "score"))
    scorer = importlib.import_module("attribution")
    print(f"{'':12s}" + "".join(f"{name:>17s}" for name, _, _ in MEASURES) + f"{'docs/s':>10s}")
    readers: tuple[tuple[str, Reader | str], ...] = (
        ("dragoman", dragoman_reader()),
        ("regex floor", floor_reader()),
        ("textacy", textacy_reader()),
    )
    for name, read in readers:
        if isinstance(read, str):
            print(f"{name:12s}  {read}")
            continue
        scores, speed = measured(scorer, arguments.split, read)
        figures = "".join(f"{scores[key][part]:17.3f}" for _, key, part in MEASURES)
        print(f"{name:12s}{figures}{speed:10.1f}")


if __name__ == "__main__":
    main()
