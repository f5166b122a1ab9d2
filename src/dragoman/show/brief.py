"""What is the state of play between these parties, as the texts tell it?

``brief`` gathers entries from the book into one record; ``brief_text`` writes it for people. Nothing here adds to what
the book holds: every item carries the id under which its evidence is shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

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

AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.INVITED, Status.POSTPONED})
NO_FIGURES = frozenset({"percent", "percentage_points", "day", "week", "month", "year", "decade", "hour", "minute"})
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


def brief(book: Book, parties: Sequence[str], as_of: datetime.date | None = None, *, limit: int | None = None) -> Brief:
    """Gather the state of play between ``parties`` (codes), as of a day if one is given.

    With a limit, from the latest so many entries and documents of each kind.
    """
    pair = tuple(parties)
    wanted = Filter(parties=pair, as_of=as_of, limit=limit, latest=limit is not None)
    documents = tuple(book.documents(wanted))
    today = as_of or max((d.published.day for d in documents if d.published.day), default=None)
    engagements = latest_first(book.engagements(wanted))
    readouts = book.readouts(wanted)
    accounts = accounts_held(readouts)
    known = book.measures(wanted)
    states = zip(known, states_on(known, today), strict=True)
    measures = tuple(msgspec.structs.replace(measure, status=state) for measure, state in states)
    figures = tuple(book.figures(wanted))
    return Brief(
        parties=pair,
        today=today,
        as_of=as_of,
        documents=documents,
        origins=len({document.origin for document in documents}),
        held=tuple(e for e in engagements if e.status in (Status.HELD, Status.ONGOING)),
        ahead=tuple(e for e in reversed(engagements) if is_ahead(e, today)),
        unsettled=tuple(e for e in engagements if e.status in (Status.CANCELLED, Status.ALLEGED, Status.DENIED)),
        accounts=tuple(accounts_of(each, accounts[each.id]) for each in engagements if each.id in accounts),
        rewordings=tuple(wording_changed(pair, engagements, readouts)),
        statements=said(book, documents, wanted),
        measures=measures,
        stacks=tuple(stacks_on(measures, today)),
        negotiations=tuple(book.negotiations(wanted)),
        commitments=tuple(
            msgspec.structs.replace(entry, status=state_on(entry, today)) for entry in book.commitments(wanted)
        ),
        disputes=tuple(book.disputes(wanted)),
        figures=tuple(figure for figure in figures if stands_alone(figure)),
        conflicts=tuple(conflicts_in(figures)),
        incidents=tuple(book.incidents(wanted)),
    )


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


def said(book: Book, documents: Sequence[DocumentInfo], wanted: Filter) -> tuple[Statement, ...]:
    """What a side said in its own words, in documents on the relationship; latest first."""
    here = {document.id for document in documents}
    found: dict[str, Statement] = {}
    for party in wanted.parties:
        for statement in book.statements(msgspec.structs.replace(wanted, parties=(party,))):
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
