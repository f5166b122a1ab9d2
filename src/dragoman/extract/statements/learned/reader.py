"""Which attributions does the learned reader find in a page?"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.extract.statements.learned.features import (
    CUE_BITS,
    JUDGE_BITS,
    PAD,
    SPAN_BITS,
    Around,
    Candidate,
    Cue,
    Page,
    cue_at,
    cue_features,
    judging_features,
    page_of,
    span_features,
)
from dragoman.extract.statements.learned.paths import best_runs
from dragoman.extract.statements.learned.weights import Floats, Weights, unpacked
from dragoman.extract.statements.learned.words import CLASS, QUOTATION, WordTable
from dragoman.record.span import Span

CUE_BEGINS = -2.0  # log-odds from which a word is tried as the beginning of a cue
CUE_BEGINS_BY_QUOTATION = -5.0  # the same for the likeliest word of a block that holds a quotation
CUE_GOES_ON = -0.8
TAKEN_BY_QUOTATION = -3.0
TAKEN = -0.2  # log-odds from which a candidate is an attribution; picked on the development articles
BARRED = -1e6
NOWHERE = range(0)


class LearnedReader:
    """Reads attributions by shipped weights. The same page gives the same answer, always."""

    def __init__(self, cue: Weights, path: Weights, judge: Weights) -> None:
        self._cue = cue
        self._path = path
        self._judge = judge
        self._table = WordTable()

    def attributions(self, text: str, blocks: Sequence[Block], words: Sequence[str]) -> list[Attribution]:
        """The attributions of a document's blocks, in order of their cues; ``words`` are those of all tokens."""
        if not blocks:
            return []
        page = page_of(text, blocks, words, self._table)
        candidates = self.candidates(page)
        if not candidates:
            return []
        odds = self._judge.scores(judging_features(page, candidates))[:, 0].tolist()
        return [
            attribution_of(page, candidate, judged)
            for candidate, judged in zip(candidates, odds, strict=True)
            if judged > TAKEN or needed(page, candidate, judged)
        ]

    def candidates(self, page: Page) -> list[Candidate]:
        """Every cue that may be one, with the best path through its block, where that has content."""
        cues, odds = self.cues(page)
        if not cues:
            return []
        begun = np.zeros(len(page.items), dtype=bool)
        begun[[cue.first for cue, sure in zip(cues, odds, strict=True) if sure > 0]] = True
        near = Around(page, cues)
        values = self._path.outputs(span_features(near, begun))
        values[:, near.inside] = BARRED
        columns = values.tolist()
        behind = 0
        found: list[Candidate] = []
        for number, cue in enumerate(cues):
            ahead, behind = behind, behind + near.sizes[number]
            runs, score = best_runs(zip(*[column[ahead:behind] for column in columns], strict=True))
            source = NOWHERE
            content: list[range] = []
            for label, first, last in runs:
                if label == "c":
                    content.append(range(cue.start + first, cue.start + last))
                else:
                    source = range(cue.start + first, cue.start + last)
            if content:
                found.append(Candidate(cue, odds[number], source, content, score))
        return found

    def cues(self, page: Page) -> tuple[list[Cue], list[float]]:
        """Every cue of a page, and its log-odds."""
        odds = self._cue.scores(cue_features(page))
        begins = odds[:, 0]
        real = np.ones(len(begins), dtype=bool)
        ends = np.array(page.ends, dtype=np.intp)
        for away in range(PAD):
            real[away] = False
            real[ends + away] = False
        quoted = page.columns[CLASS] == QUOTATION
        begins[~real | quoted] = BARRED
        goes_on = ((odds[:, 1] > CUE_GOES_ON) & real & ~quoted).tolist()
        likely = np.flatnonzero(begins > CUE_BEGINS).tolist()
        firsts = sorted({*likely, *likeliest_beside_quotations(page, begins, np.flatnonzero(quoted))})
        cues: list[Cue] = []
        block, behind = 0, 0
        for first in firsts:
            if first < behind:
                continue
            while page.ends[block] <= first:
                block += 1
            behind = first + 1
            while behind < page.ends[block] and goes_on[behind]:
                behind += 1
            cues.append(cue_at(page, first, behind, block))
        return cues, [float(begins[cue.first]) for cue in cues]


def likeliest_beside_quotations(page: Page, begins: Floats, quotations: NDArray[np.intp]) -> list[int]:
    """In every block with a quotation, the likeliest word to begin a cue, if it is not too unlikely."""
    found: list[int] = []
    for number in np.unique(np.searchsorted(page.starts, quotations, side="right") - 1).tolist():
        start, end = page.starts[number], page.ends[number]
        place = start + int(begins[start:end].argmax())
        if begins[place] > CUE_BEGINS_BY_QUOTATION:
            found.append(place)
    return found


def needed(page: Page, candidate: Candidate, judged: float) -> bool:
    """Whether an unlikely candidate is kept because it claims a quotation, which somebody must have said."""
    return judged > TAKEN_BY_QUOTATION and any(
        QUOTATION in page.classes[run.start : run.stop] for run in candidate.content
    )


def attribution_of(page: Page, candidate: Candidate, judged: float) -> Attribution:
    """A candidate's places as spans."""
    cue, source = candidate.cue, candidate.source
    return Attribution(
        cue=place_span(page, cue.first, cue.last),
        source=place_span(page, source.start, source.stop) if source else None,
        content=tuple([place_span(page, run.start, run.stop) for run in candidate.content]),
        block=cue.block,
        rule="statement.learned",
        score=judged,
    )


def place_span(page: Page, first: int, last: int) -> Span:
    """The text span of places first..last-1 of one block."""
    opening, closing = page.items[first], page.items[last - 1]
    if opening is None or closing is None:
        raise IndexError("a cue cannot lie on padding")
    return Span(opening.start, closing.end)


def load_reader() -> LearnedReader:
    """The reader with the shipped weights."""
    with as_file(files(__package__).joinpath("weights.npz")) as path, np.load(path) as held:
        table = {name: held[name] for name in held.files}
    return LearnedReader(
        unpacked(table, "cue", CUE_BITS), unpacked(table, "path", SPAN_BITS), unpacked(table, "judge", JUDGE_BITS)
    )
