"""Lists of what happened and what was said: engagements, statements, readouts, incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book import Book
from dragoman.link.accounts import is_one_text
from dragoman.record.entries import Engagement, EntryKind, Incident, ReadoutEntry, Statement
from dragoman.record.mentions import Directness, EngagementKind, Status
from dragoman.show.levels import level_of
from dragoman.show.words import KIND_WORDS, party_word, topic_words, when_words, where_words, who_words
from dragoman.web.addresses import of_entry
from dragoman.web.asked import Asked
from dragoman.web.pages.common import (
    choices,
    crumbs,
    day_cell,
    options,
    origins,
    paged,
    parties_cell,
    plain,
    printed,
    tag,
)
from dragoman.web.view import Cell, FeedItem, Look, Page, Table, View
from dragoman.web.wording import few

LOOKED_AT = 150  # documents, and statements of a party, that are looked at for what was said between two


def engagements(book: Book, asked: Asked) -> View:
    """Engagements, the latest first."""
    found = book.engagements(asked.page_filter())
    table = Table(
        caption="Engagements, the latest first",
        columns=("When", "What", "Level", "State", "Topics", "Origins"),
        rows=tuple(engagement_row(entry) for entry in found),
    )
    return View(
        title="Engagements",
        crumbs=crumbs(asked),
        choices=choices(
            asked,
            "kind",
            "status",
            "person",
            "topic",
            "since",
            "until",
            values={
                "kind": options([kind.value for kind in EngagementKind]),
                "status": options([status.value for status in Status]),
            },
        ),
        tables=(paged(table, asked, book, EntryKind.ENGAGEMENT),),
        records=tuple(found),
        items=tuple(
            FeedItem(
                id=entry.id,
                title=f"{when_words(entry.when)}: {headline(entry)}",
                path=of_entry(entry.id),
                day=entry.last_published,
                summary=topic_words(entry.topics),
            )
            for entry in found
        ),
    )


def headline(entry: Engagement) -> str:
    """An engagement in a line."""
    where = where_words(entry)
    return f"{KIND_WORDS[entry.kind]}, {who_words(entry)}{f', {where}' if where else ''}"


def engagement_row(entry: Engagement) -> tuple[Cell, ...]:
    """One engagement."""
    accounts = f"{len(entry.readouts)} account{'' if len(entry.readouts) == 1 else 's'} held" if entry.readouts else ""
    return (
        day_cell(when_words(entry.when)),
        Cell(headline(entry), path=of_entry(entry.id), below=accounts),
        Cell(level_of(entry).value),
        tag(entry.status),
        Cell(topic_words(entry.topics[:5])),
        origins(entry),
    )


def statements(book: Book, asked: Asked) -> View:
    """Statements by first print, the latest first; of a relationship, what either side said in documents on it."""
    found, table = said_between(book, asked) if len(asked.parties) > 1 else said_by(book, asked)
    return View(
        title="Statements",
        crumbs=crumbs(asked),
        choices=choices(
            asked,
            "person",
            "topic",
            "kind",
            "since",
            "until",
            values={"kind": options([each.value for each in Directness])},
        ),
        tables=(table,),
        records=tuple(found),
        items=tuple(
            FeedItem(
                id=entry.id,
                title=f"{entry.speaker or 'Unnamed'}: {entry.text[:120]}",
                path=of_entry(entry.id),
                day=entry.first_published,
                summary=entry.text,
            )
            for entry in found
        ),
    )


def said_by(book: Book, asked: Asked) -> tuple[Sequence[Statement], Table]:
    """What one party said, or anybody, page by page."""
    found = book.statements(asked.page_filter())
    return found, paged(statement_table(found), asked, book, EntryKind.STATEMENT)


def said_between(book: Book, asked: Asked) -> tuple[Sequence[Statement], Table]:
    """What either side said in the latest documents on the relationship."""
    documents = book.documents(asked.scope_filter(limit=LOOKED_AT))
    here = {info.id for info in documents}
    wanted = asked.filter(limit=LOOKED_AT)
    found: dict[str, Statement] = {}
    for party in asked.parties:
        for entry in book.statements(msgspec.structs.replace(wanted, parties=(party,))):
            if here.intersection(entry.documents):
                found[entry.id] = entry
    every = sorted(found.values(), key=lambda each: (str(each.first_published or ""), each.id), reverse=True)
    shown = every[asked.offset : asked.offset + asked.rows]
    more = asked.offset + len(shown) < len(every)
    table = msgspec.structs.replace(
        statement_table(shown), total=len(every), page=asked.page, per_page=asked.rows, more=more
    )
    return shown, table


def statement_table(found: Sequence[Statement]) -> Table:
    """Statements as rows."""
    return Table(
        caption="Statements, the latest first",
        columns=("Printed", "Words", "Said by", "Channel", "Topics", "Origins"),
        rows=tuple(statement_row(entry) for entry in found),
    )


def statement_row(entry: Statement) -> tuple[Cell, ...]:
    """One statement; words that are the outlet's and not the speaker's stand without quotation marks."""
    words = entry.text if entry.directness is Directness.INDIRECT else f"“{entry.text.strip('“”')}”"
    parties = "/".join(party_word(code) for code in entry.parties[:3]) if len(entry.parties) < 4 else ""
    office = ", ".join(part for part in (entry.office or "", parties) if part)
    return (
        printed(entry),
        Cell(shortened(words), path=of_entry(entry.id), look=Look.SNIPPET),
        Cell(few(entry.speaker) if entry.speaker else plain(entry.speaker_kind), below=office),
        Cell(entry.channel or ""),
        Cell(topic_words(entry.topics[:4])),
        origins(entry),
    )


def shortened(words: str, most: int = 280) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]} …"


def readouts(book: Book, asked: Asked) -> View:
    """Official accounts, the latest first."""
    found = book.readouts(asked.page_filter())
    table = Table(
        caption="Official accounts, the latest first",
        columns=("Printed", "Account", "Through", "Points", "Topics", "Origins"),
        rows=tuple(readout_row(entry, issuers) for entry, issuers in once(book, found)),
    )
    return View(
        title="Readouts",
        crumbs=crumbs(asked),
        choices=choices(asked, "topic", "since", "until"),
        tables=(paged(table, asked, book, EntryKind.READOUT),),
        records=tuple(found),
        items=tuple(
            FeedItem(
                id=entry.id,
                title=f"{'Joint account' if entry.joint else 'Account'} of {listed(issuers_of(book, entry))}",
                path=of_entry(entry.engagement or entry.id),
                day=entry.first_published,
                summary=topic_words(entry.topics),
            )
            for entry in found
        ),
    )


def issuers_of(book: Book, entry: ReadoutEntry) -> tuple[str, ...]:
    """Who issued an account; of a joint one, all whose readouts of the same engagement hold the same words."""
    if not entry.joint or entry.engagement is None:
        return (entry.issuer,)
    engagement = book.entry(entry.engagement)
    ids = engagement.readouts if isinstance(engagement, Engagement) else ()
    others = [held for each in ids if isinstance(held := book.entry(each), ReadoutEntry)]
    joint = [held for held in others if held.id != entry.id and held.joint and is_one_text(entry, held)]
    return tuple(dict.fromkeys((entry.issuer, *(held.issuer for held in joint))))


def once(book: Book, found: Sequence[ReadoutEntry]) -> Iterator[tuple[ReadoutEntry, tuple[str, ...]]]:
    """Accounts with their issuers; a joint one, which the book holds for each side, stands once."""
    seen: set[tuple[str | None, frozenset[str]]] = set()
    for entry in found:
        issuers = issuers_of(book, entry)
        key = (entry.engagement, frozenset(issuers))
        if len(issuers) == 1 or key not in seen:
            seen.add(key)
            yield entry, issuers


def listed(codes: Sequence[str]) -> str:
    """Parties by name, one after the other."""
    return ", ".join(map(party_word, codes))


def readout_row(entry: ReadoutEntry, issuers: Sequence[str]) -> tuple[Cell, ...]:
    """One account; it leads to its engagement, where the others stand beside it."""
    sort = "joint account" if entry.joint else "as relayed by the press" if entry.relayed else "its own account"
    return (
        printed(entry),
        Cell(listed(issuers), path=of_entry(entry.engagement or entry.id), below=sort),
        Cell(entry.spokesperson or entry.channel or ""),
        Cell(str(len(entry.points)), look=Look.NUMBER),
        Cell(topic_words(entry.topics[:6])),
        origins(entry),
    )


def incidents(book: Book, asked: Asked) -> View:
    """Incidents, the latest first."""
    found = book.incidents(asked.page_filter())
    table = Table(
        caption="Incidents, the latest first",
        columns=("When", "What", "By", "Against", "Where", "Origins"),
        rows=tuple(incident_row(entry) for entry in found),
    )
    return View(
        title="Incidents",
        crumbs=crumbs(asked),
        choices=choices(asked, "since", "until"),
        tables=(paged(table, asked, book, EntryKind.INCIDENT),),
        records=tuple(found),
        items=tuple(
            FeedItem(
                id=entry.id,
                title=f"{plain(entry.kind)}{f', {entry.place}' if entry.place else ''}",
                path=of_entry(entry.id),
                day=entry.first_published,
                summary=entry.text,
            )
            for entry in found
        ),
    )


def incident_row(entry: Incident) -> tuple[Cell, ...]:
    """One incident."""
    return (
        day_cell(when_words(entry.when)),
        Cell(plain(entry.kind), path=of_entry(entry.id), below=shortened(entry.text, 160)),
        parties_cell(entry.actors),
        parties_cell(entry.targets),
        Cell(entry.place or ""),
        origins(entry),
    )


PAGES = (
    Page(name="engagements", path="/r/{scope}/engagements", view=engagements, feed=True, tab="Engagements"),
    Page(name="readouts", path="/r/{scope}/readouts", view=readouts, feed=True, tab="Readouts"),
    Page(name="statements", path="/r/{scope}/statements", view=statements, feed=True, tab="Statements"),
    Page(name="incidents", path="/r/{scope}/incidents", view=incidents, feed=True, tab="Incidents"),
)
