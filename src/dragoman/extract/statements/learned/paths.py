"""Which items of a block are a cue's source, and which its content?

The best path through the block: every item is outside, in the source or in the content; there is at most one source; the
content may be in several pieces. Each item brings a score for being in either, and for being the first or last of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

IN_SOURCE, IN_CONTENT, FIRST_OF_SOURCE, LAST_OF_SOURCE, FIRST_OF_CONTENT, LAST_OF_CONTENT = range(6)
OUTPUTS = 6
NEVER = -1e9

Scores = Sequence[Sequence[float]]
Runs = tuple["Runs", str, int, int] | None  # the runs before, a label, and the items first..last-1 that bear it
Run = tuple[str, int, int]


def best_runs(scores: Iterable[Sequence[float]]) -> tuple[list[Run], float]:
    """The runs of items labelled "s" or "c" on the best path, in order, and the path's score (an empty one has 0)."""
    outside, content, source, after, content_after = 0.0, NEVER, NEVER, NEVER, NEVER
    last_content = last_source = 0.0
    content_at = source_at = content_after_at = place = 0
    runs: Runs = None
    runs_after: Runs = None
    of_content: Runs = None
    of_source: Runs = None
    of_content_after: Runs = None
    for in_source, in_content, first_source, end_source, first_content, end_content in scores:
        closed = content + last_content
        if closed > outside:
            outside, runs = closed, (of_content, "c", content_at, place)
        closed = content_after + last_content
        if closed > after:
            after, runs_after = closed, (of_content_after, "c", content_after_at, place)
        closed = source + last_source
        if closed > after:
            after, runs_after = closed, (of_source, "s", source_at, place)
        begun = outside + first_content
        if begun > content:
            content, content_at, of_content = begun, place, runs
        begun = outside + first_source
        if begun > source:
            source, source_at, of_source = begun, place, runs
        begun = after + first_content
        if begun > content_after:
            content_after, content_after_at, of_content_after = begun, place, runs_after
        content += in_content
        source += in_source
        content_after += in_content
        last_content, last_source = end_content, end_source
        place += 1
    end = place
    ends: list[tuple[float, Runs]] = [
        (outside, runs),
        (content + last_content, (of_content, "c", content_at, end)),
        (source + last_source, (of_source, "s", source_at, end)),
        (after, runs_after),
        (content_after + last_content, (of_content_after, "c", content_after_at, end)),
    ]
    best, chosen = max(ends, key=itemgetter(0))
    return listed(chosen), best


def listed(runs: Runs) -> list[Run]:
    """The runs in order; those of one label that touch are one."""
    found: list[Run] = []
    while runs is not None:
        runs, label, first, last = runs
        if found and found[-1][0] == label and found[-1][1] == last:
            last = found.pop()[2]
        found.append((label, first, last))
    return found[::-1]


def best_path(scores: Scores) -> tuple[list[str], float]:
    """The label of every item ("s", "c" or "") on the best path, and the path's score."""
    runs, best = best_runs(scores)
    labels = [""] * len(scores)
    for label, first, last in runs:
        labels[first:last] = [label] * (last - first)
    return labels, best
