"""People and offices: who they are in the texts, in which offices, whom they met, and their line by topic."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.errors import UnknownName
from dragoman.link.lines import line_of
from dragoman.record.entries import Engagement, EntryKind, Filter, PersonEntry, Statement, Tenure
from dragoman.record.line import LineStep
from dragoman.show.words import day_words, party_word, when_words
from dragoman.web.addresses import of_entry
from dragoman.web.asked import Asked
from dragoman.web.pages.common import choices, crumbs, day_cell, origins, paged
from dragoman.web.pages.engagements import engagement_row, headline, statement_row
from dragoman.web.view import Cell, Chart, Link, Look, Page, Table, View

COLUMNS = ("Name", "Party", "Office", "Last in print", "Origins")
LOOKED_AT = 300  # engagements of a relationship, the latest
ENGAGEMENTS = 60
STATEMENTS = 120


def people(book: Book, asked: Asked) -> View:
    """Persons by surname; of a relationship, those who took part in its engagements, the most active first."""
    if len(asked.parties) > 1:
        return people_between(book, asked)
    wanted = msgspec.structs.replace(asked.page_filter(), latest=False, bare=True)
    found = book.people(wanted)
    table = Table(caption="People, by surname", columns=COLUMNS, rows=tuple(person_row(entry) for entry in found))
    return View(
        title="People",
        crumbs=crumbs(asked),
        choices=choices(asked, "person"),
        tables=(paged(table, asked, book, EntryKind.PERSON),),
        records=tuple(found),
    )


def people_between(book: Book, asked: Asked) -> View:
    """Those who took part in the latest engagements of a relationship."""
    met: Counter[str] = Counter()
    for engagement in book.engagements(asked.scope_filter(limit=LOOKED_AT)):
        met.update({each.person for each in engagement.participants if each.person})
    order = sorted(met, key=lambda identity: (-met[identity], identity))
    shown = order[asked.offset : asked.offset + asked.rows]
    entries = [entry for entry in (book.entry(identity) for identity in shown) if isinstance(entry, PersonEntry)]
    rows = tuple((*person_row(entry), Cell(str(met[entry.id]), look=Look.NUMBER)) for entry in entries)
    table = Table(
        caption="People, by the number of their engagements",
        columns=(*COLUMNS, "Engagements"),
        rows=rows,
        total=len(order),
        page=asked.page,
        per_page=asked.rows,
        more=asked.offset + len(shown) < len(order),
    )
    return View(title="People", crumbs=crumbs(asked), tables=(table,), records=tuple(entries))


def person_row(entry: PersonEntry) -> tuple[Cell, ...]:
    """One person."""
    return (
        Cell(entry.name, path=f"/p/{entry.id}"),
        Cell(party_word(entry.party) if entry.party else ""),
        Cell(entry.office or ""),
        day_cell(day_words(entry.last_published) if entry.last_published else ""),
        origins(entry),
    )


class PersonView(View, frozen=True, kw_only=True):
    """One person."""

    person: PersonEntry
    engagements: tuple[Engagement, ...]
    line: tuple[LineStep, ...]
    topics: tuple[tuple[str, int], ...]


def person(book: Book, asked: Asked) -> View:
    """A person's tenures, engagements, and line on a topic."""
    held = book.entry(asked.key)
    if not isinstance(held, PersonEntry):
        raise UnknownName(f"{asked.key} is no person; the people's page lists them")
    if held.id != asked.key:
        return View(title="", moved=f"/p/{held.id}")
    mine = Filter(person=held.id, as_of=asked.as_of, latest=True)
    engagements = book.engagements(msgspec.structs.replace(mine, limit=ENGAGEMENTS))
    statements = book.statements(msgspec.structs.replace(mine, limit=STATEMENTS))
    chosen = [each for each in statements if asked.topic in ("", *each.topics)]
    return PersonView(
        title=held.name,
        crumbs=(Link("Desk", "/"), Link("People", "/r/all/people")),
        person=held,
        engagements=tuple(engagements),
        line=tuple(reversed(line_of(held.surname or held.name, list(reversed(chosen)))[-40:])),
        topics=topics_of(statements),
        charts=tenure_charts(held, engagements),
        tables=(
            Table(
                caption="Engagements, the latest first",
                columns=("When", "What", "Level", "State", "Topics", "Origins"),
                rows=tuple(engagement_row(each) for each in engagements),
            ),
            Table(
                caption="Statements, the latest first",
                columns=("Printed", "Words", "Said by", "Channel", "Topics", "Origins"),
                rows=tuple(statement_row(each) for each in chosen),
            ),
        ),
    )


def topics_of(statements: Sequence[Statement]) -> tuple[tuple[str, int], ...]:
    """The topics of the statements with how many touch each."""
    counts: dict[str, int] = {}
    for statement in statements:
        for topic in statement.topics:
            counts[topic] = counts.get(topic, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))[:14]


class HeldOffice(msgspec.Struct, frozen=True, kw_only=True):
    """A tenure on the chart."""

    office: str
    start: datetime.date
    end: datetime.date
    label: str


class MetOn(msgspec.Struct, frozen=True, kw_only=True):
    """An engagement on the chart."""

    lane: str
    day: datetime.date
    label: str
    path: str


MET = "engagements"


NO_OFFICE = frozenset(
    {"counterpart", "counterparts", "host", "guest"}
)  # words for a part in a meeting, not for an office


def tenure_charts(held: PersonEntry, engagements: Sequence[Engagement]) -> tuple[Chart, ...]:
    """Tenures as the texts show them, with the engagements beneath."""
    offices = [office_of(each) for each in held.tenures if each.first and each.last and each.office not in NO_OFFICE][
        :10
    ]
    met = [
        MetOn(lane=MET, day=each.when.start, label=f"{when_words(each.when)}: {headline(each)}", path=of_entry(each.id))
        for each in engagements
        if each.when.start
    ]
    if not offices:
        return ()
    lanes = list(dict.fromkeys(each.office for each in offices)) + ([MET] if met else [])
    rows = tuple(
        (Cell(each.office), day_cell(day_words(each.start)), day_cell(day_words(each.end))) for each in offices
    )
    return (
        Chart(
            kind="tenures",
            title="Offices, from the first to the last day on which the texts show them",
            data={"lanes": lanes, "held": offices, "moments": met},
            table=Table(caption="Offices as a table", columns=("Office", "First shown", "Last shown"), rows=rows),
        ),
    )


def office_of(tenure: Tenure) -> HeldOffice:
    """A tenure's line."""
    first, last = tenure.first or datetime.date.min, tenure.last or datetime.date.max
    party = f" ({party_word(tenure.party)})" if tenure.party else ""
    name = f"{tenure.office}{party}"
    return HeldOffice(office=name, start=first, end=last, label=f"{name}, {day_words(first)} to {day_words(last)}")


PAGES = (
    Page(name="people", path="/r/{scope}/people", view=people, tab="People"),
    Page(name="person", path="/p/{key}", view=person, template="person.html"),
)
