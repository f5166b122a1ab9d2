"""Learn the weights of the attribution reader from a collection annotated with source, cue and content.

    python benchmarks/train_attribution.py COLLECTION OUT.npz [--rounds 8]

COLLECTION has ``text/*.txt`` and ``attributions/*.ann`` (brat standoff, as in PolNeAR; where several annotators read one
article, the first by name counts). The cue's scores are a logistic regression, trained by AdaGrad; the path's are an
averaged structured perceptron with a margin. Both are deterministic: the same collection gives the same weights.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dragoman.extract.statements.blocks import Quoted, blocks_of
from dragoman.extract.statements.learned.features import (
    CUE_BITS,
    JUDGE_BITS,
    SPAN_BITS,
    Around,
    Cue,
    Page,
    cue_at,
    cue_features,
    judging_features,
    page_of,
    span_features,
)
from dragoman.extract.statements.learned.paths import (
    FIRST_OF_CONTENT,
    FIRST_OF_SOURCE,
    IN_CONTENT,
    IN_SOURCE,
    LAST_OF_CONTENT,
    LAST_OF_SOURCE,
    OUTPUTS,
    best_path,
)
from dragoman.extract.statements.learned.reader import LearnedReader
from dragoman.extract.statements.learned.weights import Weights, packed
from dragoman.extract.statements.learned.words import WordTable
from dragoman.record.document import Document
from dragoman.segment.divide import divided

Spans = list[tuple[int, int]]
RATE = 0.12
DECAY = 1e-7
MARGIN = 1.0
FOLDS = 2


class Gold(NamedTuple):
    """An attribution: the spans of its three roles."""

    source: Spans
    cue: Spans
    content: Spans


class Article(NamedTuple):
    """A page with its gold cues, and for each the labels of its block's items."""

    page: Page
    cues: list[Cue]
    labels: list[list[str]]


def attributions(standoff: str) -> list[Gold]:
    """The attributions of one standoff file."""
    spans: dict[str, Spans] = {}
    for line in standoff.splitlines():
        if re.match(r"T\d+\t", line):
            key, where = line.split("\t")[:2]
            spans[key] = [(int(a), int(b)) for a, b in (part.split() for part in where.split(" ", 1)[1].split(";"))]
    found = []
    for line in standoff.splitlines():
        if re.match(r"E\d+\t", line):
            roles: dict[str, Spans] = {"source": [], "cue": [], "content": []}
            for argument in line.split("\t")[1].split():
                role, key = argument.split(":")
                roles.setdefault(role.lower().rstrip("0123456789"), []).extend(spans[key])
            if roles["content"] and roles["cue"]:
                found.append(Gold(*(sorted(roles[role]) for role in ("source", "cue", "content"))))
    return found


def collection(folder: Path) -> list[tuple[str, list[Gold]]]:
    """(text, attributions) of every article."""
    found = []
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        standoff = files[0].read_bytes().decode("utf-8") if files else ""
        found.append((path.read_bytes().decode("utf-8"), attributions(standoff)))
    return found


def article_of(text: str, gold: list[Gold], table: WordTable) -> Article:
    """The article as the reader sees it; attributions whose cue lies in a quotation are left out."""
    segments, tokens = divided(Document(id="", text=text, digest=""))
    page = page_of(text, blocks_of(text, segments), tokens.words, table)
    coverage = Coverage(page)
    cues, labels = [], []
    for attribution in gold:
        places = coverage.places(attribution.cue)
        if not places or any(isinstance(page.items[p], Quoted) for p in places):
            continue
        first, last = places[0], places[-1] + 1
        number = int(np.searchsorted(page.starts, first, side="right")) - 1
        if last > page.ends[number]:
            continue
        cue = cue_at(page, first, last, number)
        source, content = set(coverage.places(attribution.source)), set(coverage.places(attribution.content))
        cues.append(cue)
        labels.append(
            [
                "" if first <= p < last else "s" if p in source else "c" if p in content else ""
                for p in range(cue.start, cue.end)
            ]
        )
    return Article(page, cues, labels)


class Coverage:
    """The items of a page by where they stand, to find those that lie in given spans."""

    def __init__(self, page: Page) -> None:
        self._held = [(place, item) for place, item in enumerate(page.items) if item]
        self._starts = [item.start for _, item in self._held]
        self._ends = [item.end for _, item in self._held]

    def places(self, spans: Spans) -> list[int]:
        """The places whose item lies for the most part in the spans."""
        found = set()
        for start, end in spans:
            for place, item in self._held[bisect_right(self._ends, start) : bisect_left(self._starts, end)]:
                if 2 * (min(end, item.end) - max(start, item.start)) > item.end - item.start:
                    found.add(place)
        return sorted(found)


def train_cues(articles: list[Article], rounds: int) -> np.ndarray:
    """Weights for "a cue begins here" and "a cue goes on here"."""
    prepared = []
    for article in articles:
        places = cue_features(article.page)
        wanted = np.zeros((len(places), 2), np.float32)
        for cue in article.cues:
            wanted[cue.first, 0] = 1
            wanted[cue.first + 1 : cue.last, 1] = 1
        real = np.array([item is not None and not isinstance(item, Quoted) for item in article.page.items])
        prepared.append((places[real].astype(np.int32), wanted[real]))
    return logistic(prepared, CUE_BITS, rounds)


def logistic(prepared: list[tuple[np.ndarray, np.ndarray]], bits: int, rounds: int) -> np.ndarray:
    """Weights of a logistic regression, one output a column of what is wanted, by AdaGrad."""
    outputs = prepared[0][1].shape[1]
    weights = np.zeros((1 << bits, outputs), np.float32)
    squares = np.full((1 << bits, outputs), 1e-3, np.float32)
    for turn in range(rounds):
        for number in np.random.default_rng(turn).permutation(len(prepared)):
            places, wanted = prepared[number]
            errors = 1 / (1 + np.exp(-weights[places].sum(axis=1))) - wanted
            touched, inverse = np.unique(places, return_inverse=True)
            flat = inverse.ravel()
            slope = np.stack(
                [
                    np.bincount(flat, np.repeat(errors[:, k], places.shape[1]), minlength=len(touched))
                    for k in range(outputs)
                ],
                axis=1,
            ).astype(np.float32)
            slope += DECAY * len(prepared) * weights[touched]
            squares[touched] += slope**2
            weights[touched] -= RATE * slope / np.sqrt(squares[touched])
    return weights


def train_judge(articles: list[Article], rounds: int) -> np.ndarray:
    """Weights for "this candidate is an attribution", from candidates that a reader proposes which has not seen them."""
    prepared = []
    for part in range(FOLDS):
        others = [a for number, a in enumerate(articles) if number % FOLDS != part]
        reader = LearnedReader(
            Weights(*packed(train_cues(others, rounds)), CUE_BITS),
            Weights(*packed(train_paths(others, rounds)), SPAN_BITS),
            Weights(*packed(np.zeros((1 << JUDGE_BITS, 1), np.float32)), JUDGE_BITS),
        )
        for article in articles[part::FOLDS]:
            candidates = reader.candidates(article.page)
            if candidates:
                true = {place for cue in article.cues for place in range(cue.first, cue.last)}
                wanted = [[float(not true.isdisjoint(range(c.cue.first, c.cue.last)))] for c in candidates]
                prepared.append((judging_features(article.page, candidates), np.array(wanted, np.float32)))
    return logistic(prepared, JUDGE_BITS, rounds)


def outputs_of(labels: list[str]) -> list[tuple[int, int]]:
    """(item, output) for everything that a labelling switches on."""
    found = []
    for at, label in enumerate(labels):
        before, behind = labels[at - 1] if at else "", labels[at + 1] if at + 1 < len(labels) else ""
        if label == "s":
            found += [(at, IN_SOURCE)]
            found += [(at, FIRST_OF_SOURCE)] * (before != "s") + [(at, LAST_OF_SOURCE)] * (behind != "s")
        elif label == "c":
            found += [(at, IN_CONTENT)]
            found += [(at, FIRST_OF_CONTENT)] * (before != "c") + [(at, LAST_OF_CONTENT)] * (behind != "c")
    return found


def train_paths(articles: list[Article], rounds: int) -> np.ndarray:
    """Weights of the six outputs for the path through a cue's block."""
    size = 1 << SPAN_BITS
    weights, sums = np.zeros((size, OUTPUTS), np.float32), np.zeros((size, OUTPUTS), np.float64)
    examples = []
    for article in articles:
        if not article.cues:
            continue
        begun = np.zeros(len(article.page.items), bool)
        begun[[cue.first for cue in article.cues]] = True
        near = Around(article.page, article.cues)
        places = span_features(near, begun)
        offsets = [0, *np.cumsum(near.sizes).tolist()]
        for number, labels in enumerate(article.labels):
            cue = article.cues[number]
            examples.append(
                (
                    places[offsets[number] : offsets[number + 1]].astype(np.int32),
                    labels,
                    (cue.first - cue.start, cue.last - cue.start),
                )
            )
    step = 1
    for turn in range(rounds):
        wrong = 0
        for number in np.random.default_rng(100 + turn).permutation(len(examples)):
            places, gold, (first, last) = examples[number]
            scores = weights[places].sum(axis=1)
            add_margin(scores, gold)
            scores[first:last] = -1e6
            found, _ = best_path(scores.tolist())
            step += 1
            if found == gold:
                continue
            wrong += 1
            change = np.zeros((len(gold), OUTPUTS), np.float32)
            for at, output in outputs_of(gold):
                change[at, output] += 1
            for at, output in outputs_of(found):
                change[at, output] -= 1
            rows = np.flatnonzero(change.any(axis=1))
            flat = places[rows].ravel()
            values = np.repeat(change[rows], places.shape[1], axis=0)
            np.add.at(weights, flat, values)
            np.add.at(sums, flat, step * values)
        print(f"paths, round {turn + 1}: {wrong} of {len(examples)} wrong", flush=True)
    return (weights - sums / step).astype(np.float32)


def add_margin(scores: np.ndarray, gold: list[str]) -> None:
    """Make wrong labels cheaper, so that the right ones are learned with a margin."""
    for at, label in enumerate(gold):
        scores[at, IN_SOURCE] += MARGIN if label != "s" else 0.0
        scores[at, IN_CONTENT] += MARGIN if label != "c" else 0.0
        if label:
            scores[at, IN_SOURCE if label == "s" else IN_CONTENT] -= MARGIN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collection", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rounds", type=int, default=8)
    arguments = parser.parse_args()
    table = WordTable()
    articles = [article_of(text, gold, table) for text, gold in collection(arguments.collection)]
    print(len(articles), "articles", sum(len(a.cues) for a in articles), "cues", flush=True)
    tables = {}
    for name, weights in (
        ("cue", train_cues(articles, arguments.rounds)),
        ("path", train_paths(articles, arguments.rounds)),
        ("judge", train_judge(articles, arguments.rounds)),
    ):
        tables[f"{name}_places"], tables[f"{name}_values"], tables[f"{name}_scale"] = packed(weights)
    np.savez_compressed(arguments.out, **tables)


if __name__ == "__main__":
    main()
