"""Which engagements and measures of the book belong to a track of negotiation?

Rounds of talks in which all its parties took part, and, for a track of trade, the tariffs and pauses that lie between its
parties. A round seldom says of which track it is: one that spoke of trade belongs to no other, and else each of two tracks with the
same parties is shown the rounds of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.entries import Engagement, Filter, Measure, Negotiation
from dragoman.record.mentions import EngagementKind
from dragoman.show.brief_words import one_line
from dragoman.show.ledger import ID_SHOWN, measure_words, negotiation_lines
from dragoman.show.tables import paragraph

ROUNDS = frozenset({EngagementKind.NEGOTIATION_ROUND, EngagementKind.CONSULTATION})
OF_TRADE = frozenset({"tariff", "pause", "quota"})
SPOKEN_OF_TRADE = frozenset({"trade", "tariffs"})
TRADE = "bilateral trade agreement"
SHOWN = 6  # of each, the latest


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a track, each in order of its day."""

    rounds: tuple[Engagement, ...] = ()
    measures: tuple[Measure, ...] = ()


def linked(book: Book, track: Negotiation, wanted: Filter) -> Linked:
    """The latest rounds of the track's parties and, for trade, the measures between them."""
    asked = Filter(parties=track.parties, as_of=wanted.as_of, bare=True)
    return Linked(
        rounds=tuple(rounds_of(track, book.engagements(asked))[-SHOWN:]),
        measures=tuple(measures_between(track, book.measures(asked))[-SHOWN:]) if track.track == TRADE else (),
    )


def rounds_of(track: Negotiation, engagements: Sequence[Engagement]) -> list[Engagement]:
    """Those engagements that are rounds of talks of all these parties."""
    rounds = [each for each in engagements if each.kind in ROUNDS and set(track.parties) <= set(each.parties)]
    return [each for each in rounds if track.track == TRADE or SPOKEN_OF_TRADE.isdisjoint(each.topics)]


def measures_between(track: Negotiation, measures: Sequence[Measure]) -> list[Measure]:
    """Measures of trade that one party of the track has laid on another."""
    return [
        each
        for each in measures
        if each.kind in OF_TRADE and each.imposer in track.parties and each.target in track.parties
    ]


def track_list(tracks: Sequence[Negotiation], belonging: Sequence[Linked], width: int) -> str:
    """Tracks, one under the other: rounds, tranche, targets with their slips, wordings, and what belongs to each."""
    blocks = (
        [*negotiation_lines(track, width), *linked_lines(held, width)]
        for track, held in zip(tracks, belonging, strict=True)
    )
    return "\n".join("\n".join(lines) for lines in blocks) + "\n"


def linked_lines(held: Linked, width: int) -> Iterator[str]:
    """The engagements and measures that belong to a track."""
    for each in held.rounds:
        yield paragraph(f"{one_line(each)} [{each.id[:ID_SHOWN]}]", width, "  ", "    ")
    for measure in held.measures:
        yield paragraph(f"{measure_words(measure)} [{measure.id[:ID_SHOWN]}]", width, "  ", "    ")
