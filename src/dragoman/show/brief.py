"""What is the state of play between these parties, as the texts tell it?

``brief`` gathers entries from the book into one record; ``brief_text`` writes it for people. Nothing here adds to what
the book holds: every item carries the id under which its evidence is shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from dragoman.book import Book
from dragoman.link.accounts import compare_accounts
from dragoman.link.commitments import state_on
from dragoman.link.conflicts import conflicts_in
from dragoman.link.measures import states_on
from dragoman.link.stacks import stacks_on
from dragoman.record.comparison import Comparison
from dragoman.record.entries import (
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    ReadoutEntry,
    Statement,
)
from dragoman.record.formula import Formula
from dragoman.record.ledgers import Conflict, Stack
from dragoman.record.mentions import Directness, SpeakerKind, Status
from dragoman.show.formulas import changed, dated_readouts, latest_formulas
from dragoman.show.kept import settled

AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.INVITED, Status.POSTPONED})
T = TypeVar("T")
NO_FIGURES = frozenset({"percent", "percentage_points", "day", "week", "month", "year", "decade", "hour", "minute"})
WINDOW = 150  # engagements and readouts that a brief looks at: of two states that meet every month, twelve years
DOCUMENTS, LINES = 4, 10  # times as many documents and statements, and lines of a ledger
LONG = 31  # days from which an interval says too little to stand by its last day
QUOTED_WORDS = 8  # a quotation of fewer words is a fragment: the brief shows it only with its engagement


class Accounts(msgspec.Struct, frozen=True, kw_only=True):
    """An engagement of which at least one official account is held, and the accounts aligned."""

    engagement: Engagement
    comparison: Comparison


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The state of play between parties. Lists are latest first; ``today`` divides what is past from what is ahead:
    the as-of day, else the day of the latest document."""

    parties: tuple[str, ...]
    today: datetime.date | None
    as_of: datetime.date | None
    documents: tuple[DocumentInfo, ...]
    origins: int
    held: tuple[Engagement, ...]
    ahead: tuple[Engagement, ...]
    unsettled: tuple[Engagement, ...]  # cancelled, alleged or denied
    accounts: tuple[Accounts, ...]
    rewordings: tuple[Formula, ...]  # wording that a side's latest full readout dropped, reworded or weakened
    statements: tuple[Statement, ...]
    measures: tuple[Measure, ...]  # with their state on ``today``, as the commitments
    stacks: tuple[Stack, ...]  # what the rates in force add up to on ``today``
    negotiations: tuple[Negotiation, ...]
    commitments: tuple[Commitment, ...]
    disputes: tuple[Dispute, ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    incidents: tuple[Incident, ...]
    earlier: bool = False  # whether there are earlier documents or engagements, which were not looked at


def brief(
    book: Book, parties: Sequence[str], as_of: datetime.date | None = None, *, limit: int | None = WINDOW
) -> Brief:
    """Gather the state of play between ``parties`` (codes), as of a day if one is given.

    From the latest so many engagements, readouts, figures and incidents, four times as many documents and statements and
    ten times as many lines of each ledger, of which the early ones may still be open; from all without a limit.
    """
    pair = tuple(parties)
    wanted = Filter(parties=pair, as_of=as_of)
    documents, earlier = latest_of(book.documents, wanted, times(limit, DOCUMENTS))
    today = as_of or max((d.published.day for d in documents if d.published.day), default=None)
    met, met_earlier = latest_of(book.engagements, wanted, limit)
    engagements = latest_first(met)
    readouts, _ = latest_of(book.readouts, wanted, limit)
    accounts = accounts_held(readouts)
    lines = times(limit, LINES)
    known, _ = latest_of(book.measures, wanted, lines)
    states = zip(known, states_on(known, today), strict=True)
    measures = tuple(msgspec.structs.replace(measure, status=state) for measure, state in states)
    figures, _ = latest_of(book.figures, wanted, limit)
    return Brief(
        parties=pair,
        today=today,
        as_of=as_of,
        documents=tuple(documents),
        earlier=earlier or met_earlier,
        origins=len({document.origin for document in documents}),
        held=tuple(e for e in engagements if e.status in (Status.HELD, Status.ONGOING)),
        ahead=tuple(e for e in reversed(engagements) if is_ahead(e, today)),
        unsettled=tuple(e for e in engagements if e.status in (Status.CANCELLED, Status.ALLEGED, Status.DENIED)),
        accounts=tuple(accounts_of(each, accounts[each.id]) for each in engagements if each.id in accounts),
        rewordings=tuple(wording_changed(pair, engagements, readouts)),
        statements=said(book, documents, wanted, times(limit, DOCUMENTS)),
        measures=measures,
        stacks=tuple(stacks_on(measures, today)),
        negotiations=tuple(latest_of(book.negotiations, wanted, lines)[0]),
        commitments=tuple(
            msgspec.structs.replace(entry, status=state_on(entry, today))
            for entry in settled(book, latest_of(book.commitments, wanted, lines)[0], wanted)
        ),
        disputes=tuple(latest_of(book.disputes, wanted, lines)[0]),
        figures=tuple(figure for figure in figures if stands_alone(figure)),
        conflicts=tuple(conflicts_in(figures)),
        incidents=tuple(latest_of(book.incidents, wanted, limit)[0]),
    )


def times(limit: int | None, factor: int) -> int | None:
    """So many times the limit, if there is one."""
    return None if limit is None else limit * factor


def latest_of(ask: Callable[[Filter], Sequence[T]], wanted: Filter, most: int | None) -> tuple[Sequence[T], bool]:
    """The latest so many of a list, in its own order, and whether there are earlier ones."""
    if most is None:
        return ask(wanted), False
    found = ask(msgspec.structs.replace(wanted, latest=True, limit=most + 1))
    if len(found) <= most:
        return ask(wanted), False
    return found[:most][::-1], True


def latest_first(engagements: Sequence[Engagement]) -> list[Engagement]:
    """Engagements by their day, the latest first; one known only to the year or so comes by its first day, so that
    it does not stand before what is known better; undated ones last."""
    return sorted(engagements, key=lambda e: (placing_day(e), e.id), reverse=True)


def placing_day(engagement: Engagement) -> datetime.date:
    """The day by which an engagement takes its place in a list."""
    when = engagement.when
    coarse = when.start and when.end and (when.end - when.start).days > LONG
    return (when.start if coarse else when.end or when.start) or datetime.date.min


def is_ahead(engagement: Engagement, today: datetime.date | None) -> bool:
    """Whether the last word on an engagement is that it is to come, its day has not passed, and it says more than that
    the parties mean to meet."""
    last = engagement.when.end or engagement.when.start
    named = last is not None or any(participant.name for participant in engagement.participants)
    return engagement.status in AHEAD and named and (last is None or today is None or last >= today)


def accounts_held(readouts: Sequence[ReadoutEntry]) -> dict[str, list[ReadoutEntry]]:
    """By engagement, the accounts of it that are held in points."""
    held: dict[str, list[ReadoutEntry]] = {}
    for readout in readouts:
        if readout.engagement and readout.points:
            held.setdefault(readout.engagement, []).append(readout)
    return held


def accounts_of(engagement: Engagement, accounts: Sequence[ReadoutEntry]) -> Accounts:
    """The engagement's accounts aligned, in order of the parties' codes, joint ones first."""
    own = sorted(accounts, key=lambda readout: (not readout.joint, readout.issuer, readout.id))
    return Accounts(engagement=engagement, comparison=compare_accounts(engagement.id, own))


def wording_changed(
    pair: Sequence[str], engagements: Sequence[Engagement], readouts: Sequence[ReadoutEntry]
) -> list[Formula]:
    """Recurring wording that the latest readout of a side dropped, reworded or weakened; for two parties only."""
    if len(pair) != 2:
        return []
    sides = ((pair[0], pair[1]), (pair[1], pair[0]))
    return [
        formula
        for issuer, other in sides
        for formula in changed(latest_formulas(issuer, other, dated_readouts(issuer, engagements, readouts)))
    ]


def said(book: Book, documents: Sequence[DocumentInfo], wanted: Filter, limit: int | None) -> tuple[Statement, ...]:
    """What a side said in its own words, in documents on the relationship; latest first."""
    here = {document.id for document in documents}
    found: dict[str, Statement] = {}
    for party in wanted.parties:
        statements, _ = latest_of(book.statements, msgspec.structs.replace(wanted, parties=(party,)), limit)
        for statement in statements:
            if here.intersection(statement.documents) and worth_quoting(statement):
                found[statement.id] = statement
    return tuple(sorted(found.values(), key=lambda s: (s.last_published or datetime.date.min, s.id), reverse=True))


def stands_alone(figure: Figure) -> bool:
    """Whether a figure says something in a list: an amount of money, or a number of what is named. Rates stand with the
    measures, lengths of time with what they belong to."""
    return bool(figure.what) and figure.unit not in NO_FIGURES


def worth_quoting(statement: Statement) -> bool:
    """Whether a statement stands on its own: direct words of a known speaker, more than a fragment, no readout text."""
    return (
        statement.directness is not Directness.INDIRECT
        and statement.speaker is not None
        and statement.speaker_kind is not SpeakerKind.UNKNOWN
        and len(statement.text.split()) >= QUOTED_WORDS
    )
