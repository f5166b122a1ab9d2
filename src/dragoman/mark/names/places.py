"""Which places does a text name, and in which country do they lie?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.lexicon.entries import Hit, Place
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.namesakes import UNION, in_the_union
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import (
    ACTS,
    at_rest,
    in_dateline,
    in_motion,
    opens_a_name,
    part_of_a_name,
    words_before,
)
from dragoman.record.marks import PartyForm, PartyMark, PlaceMark

FIGURATIVE = frozenset({"for", "via", "through", "off"})  # "speaks for the Kremlin"
LONGER = ("organisation", "mechanism", "party")
NAMESAKES = frozenset({"city", "capital", "state"})  # kinds of places that people are named after
COUNTRY_AFTER = re.compile(r",\s+(?=[A-Z])")


def mark_places(text: str, hits: SortedHits, lexicon: Lexicon, parties: Sequence[PartyMark]) -> Iterator[PlaceMark]:
    """Places; a weak name only where a preposition, a country or a dateline shows that it is one."""
    acting = {mark.span for mark in parties if mark.form is PartyForm.CAPITAL and mark.strong}
    inner = {mark.span.start for mark in parties if mark.form is PartyForm.PAIR}
    for hit in hits.of("place"):
        place = lexicon.places[hit.key]
        if hit.span in acting or hit.span.start in inner or within_longer(hit, hits):
            continue
        if is_place(text, hit, place, hits):
            yield PlaceMark(
                span=hit.span,
                rule=f"place.{place.kind}",
                name=place.name,
                country=UNION if in_the_union(text, hit.span) else place.country,
                venue=place.kind == "venue",
            )
    yield from seats(text, parties)


def within_longer(hit: Hit, hits: SortedHits) -> bool:
    """Whether a longer name covers the place's: "Washington Post", "Paris Agreement"."""
    return bool(hits.mask("decoy")[hit.span.start]) or hits.longer(hit.span, LONGER)


def is_place(text: str, hit: Hit, place: Place, hits: SortedHits) -> bool:
    """Whether the words stand for the place and not for a person or a thing named after it."""
    if place.kind not in NAMESAKES:
        return hit.strong
    words = words_before(text, hit.span.start)
    if at_rest(words):
        return hit.strong or not opens_a_name(text, hit.span, hits.known_starts)
    if part_of_a_name(text, hit.span, hits.name_ends):
        return False
    return hit.strong or supported(text, hit, words, hits)


def supported(text: str, hit: Hit, words: list[str], hits: SortedHits) -> bool:
    """Whether something beside a preposition of rest shows that a weak name is a place."""
    comma = COUNTRY_AFTER.match(text, hit.span.end)
    if comma and comma.end() in hits.country_starts:
        return True
    if in_dateline(text, hit.span):
        return True
    return in_motion(words) and not opens_a_name(text, hit.span, hits.known_starts)


def seats(text: str, parties: Sequence[PartyMark]) -> Iterator[PlaceMark]:
    """Seats of government as venues, where somebody is at one or goes to one: "at the White House"."""
    for mark in parties:
        if mark.form is not PartyForm.SEAT or ACTS.match(text, mark.span.end):
            continue
        words = words_before(text, mark.span.start)
        near = words[:-1] if words[-1:] == ["the"] else words
        if at_rest(words) or (in_motion(near) and near[-1] not in FIGURATIVE):
            yield PlaceMark(
                span=mark.span, rule="place.seat", name=mark.span.of(text), country=mark.codes[0], venue=True
            )
