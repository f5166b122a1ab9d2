"""What is the state of play between parties, on one screen? The latest of everything, with a limit on each.

``brief`` gathers the whole record of a relationship; this gathers what fits a screen, so that it costs the same in a
large book.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.book import Book
from dragoman.link.commitments import state_on
from dragoman.link.conflicts import conflicts_in
from dragoman.link.measures import status_on
from dragoman.link.stacks import stacks_on
from dragoman.record.entries import (
    Commitment,
    Dispute,
    Engagement,
    EntryKind,
    Filter,
    Incident,
    Measure,
    Negotiation,
    ReadoutEntry,
)
from dragoman.record.ledgers import Conflict, Stack
from dragoman.record.mentions import Status
from dragoman.show.brief import is_ahead
from dragoman.show.changes import ChangeLine, changes_since
from dragoman.show.kept import settled

SHOWN = 6
LOOKED_AT = 150  # of each ledger, the latest
ON_TIMELINE = 300
IN_FORCE = ("in_force", "modified", "paused", "announced", "threatened")


class HeldEngagement(msgspec.Struct, frozen=True, kw_only=True):
    """An engagement and whose accounts of it are held, as parties' codes."""

    engagement: Engagement
    accounts: tuple[str, ...]


class StateOfPlay(msgspec.Struct, frozen=True, kw_only=True):
    """One screen. ``today`` divides past from ahead: the as-of day, else the last day of publication in the book.

    Measures and commitments have their state on ``today``. ``counts`` are of the whole relationship, by kind.
    """

    parties: tuple[str, ...]
    today: datetime.date | None
    as_of: datetime.date | None
    since: datetime.date | None
    counts: tuple[tuple[str, int], ...]
    last: tuple[HeldEngagement, ...]
    ahead: tuple[Engagement, ...]
    changes: tuple[ChangeLine, ...]
    measures: tuple[Measure, ...]
    stacks: tuple[Stack, ...]
    negotiations: tuple[Negotiation, ...]
    commitments: tuple[Commitment, ...]
    disputes: tuple[Dispute, ...]
    conflicts: tuple[Conflict, ...]
    timeline: tuple[Engagement, ...]
    incidents: tuple[Incident, ...]


def state_of_play(book: Book, wanted: Filter, since: datetime.date | None = None) -> StateOfPlay:
    """The state of play for the parties and the day of the filter; without ``since``, of the thirty days before."""
    base = Filter(parties=wanted.parties, as_of=wanted.as_of, latest=True)
    today = wanted.as_of or book.last_day
    start = since or (today - datetime.timedelta(days=30) if today else None)
    past = book.engagements(limited(base, ON_TIMELINE))
    held = [each for each in past if each.status in (Status.HELD, Status.ONGOING) and not is_later(each, today)]
    measures = [with_state(each, today) for each in book.measures(limited(base, LOOKED_AT))]
    return StateOfPlay(
        parties=wanted.parties,
        today=today,
        as_of=wanted.as_of,
        since=start,
        counts=counts_of(book, base),
        last=tuple(with_accounts(book, each) for each in held[:SHOWN]),
        ahead=tuple([each for each in reversed(past) if is_ahead(each, today)][:SHOWN]),
        changes=tuple(reversed(changes_since(book, start, recent(base, start)))) if start else (),
        measures=tuple(each for each in measures if each.status in IN_FORCE),
        stacks=tuple(stacks_on(measures, today)),
        negotiations=tuple(book.negotiations(limited(base, SHOWN))),
        commitments=tuple(open_ones(settled(book, book.commitments(limited(base, LOOKED_AT)), base), today)),
        disputes=tuple(book.disputes(limited(base, SHOWN))),
        conflicts=tuple(conflicts_in(book.figures(limited(base, LOOKED_AT)))),
        timeline=tuple(past),
        incidents=tuple(book.incidents(limited(base, LOOKED_AT))),
    )


def limited(base: Filter, limit: int) -> Filter:
    """The filter with a limit."""
    return msgspec.structs.replace(base, limit=limit)


def recent(base: Filter, since: datetime.date) -> Filter:
    """What was printed since a day, at most so much of each ledger."""
    return msgspec.structs.replace(base, printed_since=since, limit=LOOKED_AT)


def is_later(engagement: Engagement, today: datetime.date | None) -> bool:
    """Whether an engagement begins after the day."""
    return bool(today and engagement.when.start and engagement.when.start > today)


def with_state(measure: Measure, today: datetime.date | None) -> Measure:
    """The measure with its state on the day."""
    return msgspec.structs.replace(measure, status=status_on(measure, today))


def with_accounts(book: Book, engagement: Engagement) -> HeldEngagement:
    """The engagement with the issuers of its accounts."""
    entries = (book.entry(identity) for identity in engagement.readouts)
    issuers = {entry.issuer for entry in entries if isinstance(entry, ReadoutEntry) and entry.points}
    return HeldEngagement(engagement=engagement, accounts=tuple(sorted(issuers)))


def open_ones(commitments: Iterable[Commitment], today: datetime.date | None) -> list[Commitment]:
    """Commitments that are open, due or overdue on the day: the overdue first, then by due date, undated last."""
    held = [msgspec.structs.replace(each, status=state_on(each, today)) for each in commitments]
    running = [each for each in held if each.status in ("open", "due", "overdue")]
    return sorted(running, key=lambda each: (each.status != "overdue", each.due or "9999", each.id))


def counts_of(book: Book, base: Filter) -> tuple[tuple[str, int], ...]:
    """How much the book holds on the relationship, by kind."""
    kinds: Sequence[EntryKind] = (EntryKind.ENGAGEMENT, EntryKind.READOUT, EntryKind.STATEMENT)
    return tuple((kind.value, book.count(kind, base)) for kind in kinds)
