"""What is new in the book since a day, and what has moved?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book import Book
from dragoman.record.entries import (
    AnyEntry,
    Commitment,
    Dispute,
    DisputeStep,
    Engagement,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    StatusStep,
    TargetStep,
)
from dragoman.show.formula_changes import FormulaChange, formula_changes, formula_words
from dragoman.show.kept import settled
from dragoman.show.ledger import ID_SHOWN, measure_words
from dragoman.show.tables import Column, table
from dragoman.show.words import day_words, party_word, who_words

Step = StatusStep | TargetStep | DisputeStep
GONE = frozenset({"revoked", "cancelled", "withdrawn", "denied"})


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that is new, moved or dropped: when that was printed, what it is and what became of it."""

    change: str  # new, moved, dropped
    published: datetime.date | None
    ledger: str
    entry: str
    what: str
    detail: str = ""
    by_date: bool = False  # moved because a day came, and not because a text told it


def changes_since(book: Book, day: datetime.date, wanted: Filter) -> list[ChangeLine]:
    """New entries of the ledgers, new steps of old ones and formulas changed, printed on or after the day, by day of print."""
    ledgers: tuple[tuple[str, Sequence[AnyEntry]], ...] = (
        ("engagement", book.engagements(wanted)),
        ("measure", book.measures(wanted)),
        ("negotiation", book.negotiations(wanted)),
        ("commitment", settled(book, book.commitments(wanted), wanted)),
        ("dispute", book.disputes(wanted)),
        ("figure", book.figures(wanted)),
        ("incident", book.incidents(wanted)),
    )
    lines = [line for name, entries in ledgers for entry in entries for line in lines_of(name, entry, day)]
    lines += [formula_line(change) for change in formula_changes(book, day, wanted)]
    printed = [entry.last_published for _, entries in ledgers for entry in entries if entry.last_published]
    today = wanted.as_of or max(printed, default=day)
    lines += [turn for name, entries in ledgers for entry in entries for turn in turns_of(name, entry, day, today)]
    return sorted(lines, key=lambda line: (line.published or datetime.date.max, line.ledger, line.entry, line.detail))


def formula_line(change: FormulaChange) -> ChangeLine:
    """The line of a formula that a new readout dropped, reworded or weakened; its entry is the readout."""
    return ChangeLine(
        change="dropped" if change.dropped else "moved",
        published=change.published,
        ledger="formula",
        entry=change.readout,
        what=formula_words(change.formula),
        detail=change.words,
    )


def lines_of(ledger: str, entry: AnyEntry, day: datetime.date) -> Iterator[ChangeLine]:
    """The line of a new entry, or a line for each later step of an old one."""
    first = entry.first_published
    if first is not None and first >= day:
        yield ChangeLine(change="new", published=first, ledger=ledger, entry=entry.id, what=words_of(entry))
        return
    for step in steps_of(entry):
        if step.published is None or step.published < day:
            continue
        detail = detail_of(step)
        change = "dropped" if detail in GONE and ledger != "dispute" else "moved"
        yield ChangeLine(
            change=change, published=step.published, ledger=ledger, entry=entry.id, what=words_of(entry), detail=detail
        )


def turns_of(ledger: str, entry: AnyEntry, day: datetime.date, today: datetime.date) -> Iterator[ChangeLine]:
    """What moved since the day because a date came, though no text tells it: took effect, ran out, fell overdue."""
    for on, detail in turning_days(entry):
        if day <= on <= today:
            yield ChangeLine(
                change="moved",
                published=on,
                ledger=ledger,
                entry=entry.id,
                what=words_of(entry),
                detail=f"{detail}, by its date",
                by_date=True,
            )


def turning_days(entry: AnyEntry) -> Iterator[tuple[datetime.date, str]]:
    """The days on which an entry's state changes of itself."""
    match entry:
        case Measure():
            if entry.status in ("announced", "modified") and entry.effective.start:
                yield entry.effective.start, "in force"
            if entry.until.end and (entry.kind == "pause" or entry.status in ("in_force", "modified", "paused")):
                over = "pause ended" if entry.status == "paused" else "ended"
                yield entry.until.end + datetime.timedelta(days=1), over
        case Commitment():
            if entry.status == "open" and entry.due_when.end:
                yield entry.due_when.end + datetime.timedelta(days=1), "overdue"
        case _:
            return


def steps_of(entry: AnyEntry) -> tuple[Step, ...]:
    """The dated steps of an entry's life."""
    match entry:
        case Engagement() | Measure():
            return entry.history
        case Commitment():
            return (*entry.history, *entry.slips[1:])
        case Negotiation():
            return entry.targets
        case Dispute():
            return entry.steps
        case _:
            return ()


def detail_of(step: Step) -> str:
    """What a step says."""
    match step:
        case StatusStep():
            return step.status
        case TargetStep():
            return f"target {step.due}"
        case DisputeStep():
            return f"{step.step}{f' by {party_word(step.by)}' if step.by else ''}"


def words_of(entry: AnyEntry) -> str:
    """An entry in a few words."""
    match entry:
        case Engagement():
            what = f"{entry.kind.replace('_', ' ')}, {who_words(entry)}"
            return f"{what}, {entry.place}" if entry.place else what
        case Measure():
            return measure_words(entry)
        case Negotiation():
            return f"{entry.track}, {' – '.join(map(party_word, entry.parties))}"
        case Commitment():
            return f"{', '.join(map(party_word, entry.who))}: {entry.what}"
        case Dispute():
            return entry.claim
        case Figure():
            return f"{entry.text}: {entry.what}"
        case Incident():
            return f"{entry.kind}: {entry.text}"
        case _:
            return entry.id


def change_list(lines: Sequence[ChangeLine], width: int) -> str:
    """The changes as a table."""
    columns = (Column("PRINTED"), Column("CHANGE"), Column("LEDGER"), Column("WHAT", 3), Column("ID"))
    rows = [
        (
            day_words(line.published) if line.published else "no date",
            line.change,
            line.ledger,
            line.what + (f" → {line.detail}" if line.detail else ""),
            line.entry[:ID_SHOWN],
        )
        for line in lines
    ]
    return table(columns, rows, width)
