"""Which subjects does a text speak of?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import REACH
from dragoman.record.marks import PartyForm, PartyMark, TopicMark
from dragoman.record.span import Span

OFFICE_BEFORE = re.compile(
    r"(?:inister|ecretary|inistry|epartment|ouncil|ureau|irector|dviser|dvisor|epresentative|oordinator|ommittee|"
    r"nvoy|ommissioner|hief) (?:of|for|on) (?:the )?(?:\w+,? (?:and )?){0,2}$"
)
AFFAIRS_AFTER = re.compile(r" [Aa]ffairs\b")
# What a pair of parties makes a phrase of bilateral ties with: "the U.S.-Oman relationship".
TIES = re.compile(r" (?:\w+ ){0,3}?(?:[Rr]elations(?:hip)?|[Tt]ies|[Aa]lliance|[Pp]artnership|[Cc]ooperation)\b")
TITLES = ("office", "office_head", "organisation")
LINKS = (" of ", " for ", " on ")


def mark_topics(text: str, hits: SortedHits, parties: Sequence[PartyMark]) -> Iterator[TopicMark]:
    """Topics, but not where their words are part of an office or a body: "Trade Minister", "Department of Energy"."""
    offices = hits.starts_of("office_head", "body_head", "office")
    titles = hits.mask(*TITLES)
    for hit in hits.of("topic"):
        if hit.span.end + 1 in offices or titles[hit.span.start] or AFFAIRS_AFTER.match(text, hit.span.end):
            continue
        if not of_an_office(text, hit.span.start):
            yield TopicMark(span=hit.span, rule="topic", topic=hit.key)
    for mark in parties:
        ties = TIES.match(text, mark.span.end) if mark.form is PartyForm.PAIR else None
        if ties:
            yield TopicMark(span=Span(mark.span.start, ties.end()), rule="topic.pair", topic="bilateral_ties")


def of_an_office(text: str, start: int) -> bool:
    """Whether "Minister of", "Department for" and the like stand before a place."""
    left = text[max(0, start - REACH) : start]
    if not any(link in left for link in LINKS):
        return False
    return OFFICE_BEFORE.search(left) is not None
