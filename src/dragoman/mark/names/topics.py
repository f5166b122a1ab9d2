"""Which subjects does a text speak of?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.record.marks import TopicMark

OFFICE_BEFORE = re.compile(
    r"(?:inister|ecretary|inistry|epartment|ouncil|ureau|irector|dviser|dvisor|epresentative|oordinator|ommittee|"
    r"nvoy|ommissioner|hief) (?:of|for|on) (?:the )?(?:\w+,? (?:and )?){0,2}$"
)
REACH = 48


def mark_topics(text: str, hits: SortedHits) -> Iterator[TopicMark]:
    """Topics, but not where their words are part of an office or a body: "Trade Minister", "Department of Energy"."""
    offices = hits.starts_of("office_head", "body_head", "office")
    for hit in hits.of("topic"):
        if hit.span.end + 1 in offices or hits.around(hit.span, "office"):
            continue
        if OFFICE_BEFORE.search(text[max(0, hit.span.start - REACH) : hit.span.start]):
            continue
        yield TopicMark(span=hit.span, rule="topic", topic=hit.key)
