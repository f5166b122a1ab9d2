"""How does the state of play between parties become a paper?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from dragoman.book import Book
from dragoman.record.comparison import PlacedPoint, Row, Verdict
from dragoman.record.entries import AnyEntry, Engagement, EntryParticipant, Measure, Statement
from dragoman.record.formula import FormulaState
from dragoman.record.ledgers import Conflict, Stack
from dragoman.show.brief import Accounts, Brief
from dragoman.show.brief_words import (
    basis_words,
    due_words,
    figure_words,
    glance_rows,
    joined_readouts,
    ladder_words,
    measure_state,
    promise_words,
    source_words,
    speaker_words,
    statement_words,
    title_words,
    track_words,
)
from dragoman.show.compare import labels, quoted_words
from dragoman.show.formulas import bare, step_words
from dragoman.show.ledger import rate_words
from dragoman.show.paper import Detail, Item, Notes, Paper, Section, clean, quoted, sources_of
from dragoman.show.words import (
    KIND_WORDS,
    day_words,
    joined,
    participant_words,
    party_name,
    party_word,
    topic_words,
    when_words,
    who_words,
)

E = TypeVar("E", bound=AnyEntry)
MOST = 60  # items of a section; a longer list is cut, and says so


def paper_of(book: Book, brief: Brief) -> Paper:
    """The brief on paper: sections, an annex of quotations, notes and sources."""
    notes = Notes(book)
    writer = Writer(notes)
    sections = [
        Section("Ahead", writer.all(brief.ahead, writer.engagement)),
        Section("Engagements, latest first", writer.all(brief.held, writer.engagement)),
        Section("Called off, or only claimed", writer.all(brief.unsettled, writer.engagement)),
        Section("The accounts, side by side", tuple(writer.accounts(a) for a in ranked(brief.accounts)[:MOST])),
        Section("Wording that changed", tuple(writer.rewordings(brief))),
        Section("Measures", (*writer.all(brief.measures, writer.measure), *map(writer.stack, brief.stacks))),
        Section("Negotiations", writer.all(brief.negotiations, lambda n: writer.plain(n, "", track_words(n)))),
        Section(
            "Commitments", writer.all(brief.commitments, lambda c: writer.plain(c, due_words(c), promise_words(c)))
        ),
        Section("Disputed", writer.all(brief.disputes, lambda d: writer.plain(d, printed(d), ladder_words(d)))),
        Section("Figures", writer.all(brief.figures, lambda f: writer.plain(f, printed(f), figure_words(f)))),
        Section("Figures in conflict", tuple(map(writer.conflict, brief.conflicts))),
        Section(
            "Incidents", writer.all(brief.incidents, lambda i: writer.plain(i, when_words(i.when), i.kind, i.text))
        ),
    ]
    annex = writer.all(brief.statements, writer.statement)
    return Paper(
        title=" – ".join(party_name(code) for code in brief.parties),
        subtitle=f"State of play as of {day_words(brief.today)}"
        if brief.today
        else "State of play, from undated texts",
        basis=f"{source_words(brief)}.",
        day=brief.today,
        glance=tuple(glance_rows(brief)),
        sections=tuple(section for section in sections if section.items),
        annex=annex,
        sources=sources_of(brief.documents),
        notes=tuple(notes.made),
    )


def ranked(accounts: Sequence[Accounts]) -> list[Accounts]:
    """Engagements with accounts, those of both sides first."""
    return sorted(accounts, key=lambda each: len({x.issuer for x in each.comparison.accounts}) < 2)


def printed(entry: AnyEntry) -> str:
    """The day on which something was first in print."""
    return day_words(entry.first_published)


class Writer:
    """Writes the items of a paper, and has their notes made."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def all(self, entries: Sequence[E], item: Callable[[E], Item]) -> tuple[Item, ...]:
        """The items of the first entries, and how many more there are."""
        items = [item(entry) for entry in entries[:MOST]]
        if len(entries) > MOST:
            items.append(Item(text=f"… and {len(entries) - MOST} more in the book"))
        return tuple(items)

    def plain(self, entry: AnyEntry, when: str, text: str, quote: str = "") -> Item:
        """An entry in one line of words, and the words of the text below it."""
        notes = self.notes.of(entry)
        details = (Detail(quote=quoted(quote), notes=notes),) if quote else ()
        return Item(when=when, text=clean(text), notes=() if quote else notes, details=details, entry=entry.id)

    def engagement(self, engagement: Engagement) -> Item:
        """An engagement with participants, topics and how it is known."""
        people = [clean(participant_line(p)) for p in engagement.participants if p.name or p.group]
        details = [Detail(text=person) for person in people or [who_words(engagement)]]
        if engagement.topics:
            details.append(Detail(label="Topics", text=topic_words(engagement.topics)))
        return Item(
            when=when_words(engagement.when),
            text=clean(title_words(engagement)),
            notes=self.notes.of(engagement),
            details=(*details, Detail(text=clean(basis_words(engagement)))),
            entry=engagement.id,
        )

    def measure(self, measure: Measure) -> Item:
        """One measure with its life."""
        return self.plain(measure, when_words(measure.effective), measure_state(measure))

    def stack(self, stack: Stack) -> Item:
        """What the rates on one target add up to, its parts, and whether stated totals agree."""
        details = [
            Detail(text=clean(f"{rate_words(part)}{part.role}".strip()), notes=self.notes.of(part))
            for part in stack.parts
        ]
        for part in stack.coming:
            text = f"to come on {when_words(part.effective)}: {rate_words(part)}{part.role}"
            details.append(Detail(text=clean(text), notes=self.notes.of(part)))
        for total in stack.totals:
            text = f"stated total {total.measure.rate:g} {'agrees' if total.agrees else 'does not agree'}"
            details.append(Detail(text=text, notes=self.notes.of(total.measure)))
        text = f"{party_word(stack.imposer)} on {party_word(stack.target)}: {stack.arithmetic} percent"
        return Item(when=day_words(stack.day) if stack.day else "", text=clean(text), details=tuple(details))

    def conflict(self, card: Conflict) -> Item:
        """Figures for one quantity that differ."""
        details = [Detail(text=clean(f"{f.text} ({printed(f)})"), notes=self.notes.of(f)) for f in card.figures]
        if card.difference:
            details.append(Detail(label="Defined as", text=clean(card.difference)))
        return Item(when=card.period, text=clean(card.what), details=tuple(details))

    def statement(self, statement: Statement) -> Item:
        """A quotation of the annex: who, when, the words and where they stand."""
        notes = self.notes.of_words(statement, statement.text)
        return Item(
            when=printed(statement),
            text=clean(speaker_words(statement)),
            details=(Detail(quote=clean(statement_words(statement)), notes=notes),),
            entry=statement.id,
        )

    def accounts(self, accounts: Accounts) -> Item:
        """What both accounts mention and what only one does, with the exact words."""
        engagement = accounts.engagement
        return Item(
            when=when_words(engagement.when),
            text=clean(f"{KIND_WORDS[engagement.kind]}, {who_words(engagement)}"),
            details=tuple(self.rows(accounts)),
            entry=engagement.id,
        )

    def rows(self, accounts: Accounts) -> Iterator[Detail]:
        """The points of the accounts, those of both sides first."""
        issuers = labels(accounts.comparison.accounts)
        for verdict, label in (
            (Verdict.SAME_WORDS, "In the same words"),
            (Verdict.REWORDED, "Mentioned by both, reworded"),
        ):
            for row in accounts.comparison.rows:
                if row.verdict is verdict:
                    yield from self.row(row, label, issuers, accounts)
        for number, issuer in enumerate(issuers):
            others = joined_readouts([other for n, other in enumerate(issuers) if n != number])
            for row in accounts.comparison.rows:
                if row.verdict is Verdict.ONE_ONLY and row.points[0].account == number:
                    yield self.point(row.points[0], f"{issuer} only{others}", accounts)

    def row(self, row: Row, label: str, issuers: Sequence[str], accounts: Accounts) -> Iterator[Detail]:
        """One thing that several accounts mention: once when the words are the same, else in the words of each."""
        if row.verdict is not Verdict.SAME_WORDS:
            for placed in row.points:
                yield self.point(placed, f"{label}: {issuers[placed.account]}", accounts)
            return
        names = joined([issuers[placed.account] for placed in row.points])
        places = {(placed.point.document, placed.point.span): placed for placed in row.points}  # of one joint text
        points = [self.point(placed, label, accounts) for placed in places.values()]
        notes = tuple(number for point in points for number in point.notes)
        yield Detail(label=f"{label}: {names}", quote=points[0].quote, notes=notes)

    def point(self, placed: PlacedPoint, label: str, accounts: Accounts) -> Detail:
        """One point with its words and their place."""
        readout = accounts.comparison.accounts[placed.account].readout
        quote = quoted(quoted_words(placed))
        return Detail(label=label, quote=quote, notes=self.notes.of_point(readout, placed.point))

    def rewordings(self, brief: Brief) -> Iterator[Item]:
        """Which formula the latest full readout of a side changed, and how."""
        for formula in brief.rewordings:
            last = [step for step in formula.steps if not step.relayed][-1]
            had = [step for step in formula.steps if step.wording and step.readout != last.readout]
            details = [
                Detail(label=f"Before, {day_words(s.day)}", quote=quoted(s.wording), notes=self.notes.of(s.readout))
                for s in had[-1:]
            ]
            if last.wording:
                details.append(Detail(label="Now", quote=quoted(last.wording), notes=self.notes.of(last.readout)))
            what = "dropped" if last.state is FormulaState.DROPPED else step_words(last).split(":")[1].strip()
            text = f"{party_word(formula.issuer)}: {what} “{bare(formula.text)}”"
            yield Item(when=day_words(last.day), text=clean(text), details=tuple(details))


def participant_line(participant: EntryParticipant) -> str:
    """Who took part, with office and party."""
    party = f" ({party_word(participant.party)})" if participant.party else ""
    return f"{participant_words(participant)}{party}"
