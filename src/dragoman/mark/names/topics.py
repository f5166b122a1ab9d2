"""Which subjects does a text speak of?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import REACH
from dragoman.record.marks import TopicMark

OFFICE_BEFORE = re.compile(
    r"(?:inister|ecretary|inistry|epartment|ouncil|ureau|irector|dviser|dvisor|epresentative|oordinator|ommittee|"
    r"nvoy|ommissioner|hief) (?:of|for|on) (?:the )?(?:\w+,? (?:and )?){0,2}$"
)
AFFAIRS_AFTER = re.compile(r" [Aa]ffairs\b")
TITLES = ("office", "office_head", "organisation")
LINKS = (" of ", " for ", " on ")


def mark_topics(text: str, hits: SortedHits) -> Iterator[TopicMark]:
    """Topics, but not where their words are part of an office or a body: "Trade Minister", "Department of Energy"."""
    offices = hits.starts_of("office_head", "body_head", "office")
    titles = hits.mask(*TITLES)
    for hit in hits.of("topic"):
        if hit.span.end + 1 in offices or titles[hit.span.start] or AFFAIRS_AFTER.match(text, hit.span.end):
            continue
        if not of_an_office(text, hit.span.start):
            yield TopicMark(span=hit.span, rule="topic", topic=hit.key)


def of_an_office(text: str, start: int) -> bool:
    """Whether "Minister of", "Department for" and the like stand before a place."""
    left = text[max(0, start - REACH) : start]
    if not any(link in left for link in LINKS):
        return False
    return OFFICE_BEFORE.search(left) is not None
