"""Which items of a block are a cue's source, and which its content?

The best path through the block: every item is outside, in the source or in the content; there is at most one source; the
content may be in several pieces. Each item brings a score for being in either, and for being the first or last of it.
"""

from __future__ import annotations

from collections.abc import Sequence

IN_SOURCE, IN_CONTENT, FIRST_OF_SOURCE, LAST_OF_SOURCE, FIRST_OF_CONTENT, LAST_OF_CONTENT = range(6)
OUTPUTS = 6
NEVER = -1e9

OUTSIDE, CONTENT, SOURCE, OUTSIDE_AFTER, CONTENT_AFTER = range(5)
LABEL = ("", "c", "s", "", "c")

Scores = Sequence[Sequence[float]]


def best_path(scores: Scores) -> tuple[list[str], float]:
    """The label of every item ("s", "c" or "") on the best path, and the path's score (an empty one has 0)."""
    outside, content, source, outside_after, content_after = 0.0, NEVER, NEVER, NEVER, NEVER
    last_content = last_source = 0.0
    back: list[tuple[int, int, int, int, int]] = []
    for in_source, in_content, first_source, end_source, first_content, end_content in scores:
        closed, closed_after, closed_source = content + last_content, content_after + last_content, source + last_source
        free, from_free = (outside, OUTSIDE) if outside >= closed else (closed, CONTENT)
        after, from_after = (
            (outside_after, OUTSIDE_AFTER) if outside_after >= closed_after else (closed_after, CONTENT_AFTER)
        )
        if closed_source > after:
            after, from_after = closed_source, SOURCE
        begin = free + first_content
        content, from_content = (content, CONTENT) if content >= begin else (begin, from_free)
        begin = free + first_source
        source, from_source = (source, SOURCE) if source >= begin else (begin, from_free)
        begin = after + first_content
        content_after, from_content_after = (
            (content_after, CONTENT_AFTER) if content_after >= begin else (begin, from_after)
        )
        outside, outside_after = free, after
        content += in_content
        source += in_source
        content_after += in_content
        last_content, last_source = end_content, end_source
        back.append((from_free, from_content, from_source, from_after, from_content_after))
    ends = (outside, content + last_content, source + last_source, outside_after, content_after + last_content)
    state = max(range(5), key=ends.__getitem__)
    best = ends[state]
    labels: list[str] = []
    for pointers in reversed(back):
        labels.append(LABEL[state])
        state = pointers[state]
    labels.reverse()
    return labels, best
