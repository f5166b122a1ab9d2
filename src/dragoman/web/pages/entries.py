"""One entry: what the book holds of it, on what each value rests, and every piece of evidence. Engagements side by side."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from dragoman.book import Book
from dragoman.link.accounts import compare_accounts
from dragoman.link.contents import contents_of
from dragoman.record.comparison import Comparison, PlacedPoint, Row
from dragoman.record.contents import ContentKind
from dragoman.record.corrections import Correction
from dragoman.record.entries import (
    AnyEntry,
    DocumentInfo,
    Engagement,
    Evidence,
    Filter,
    Ground,
    PersonEntry,
    ReadoutEntry,
    Statement,
)
from dragoman.show.compare import CONTENT_WORDS, labels
from dragoman.show.entry import fields_of, spans_of
from dragoman.show.highlight import in_context
from dragoman.show.plain import basis_words, published_words
from dragoman.show.words import KIND_WORDS, party_word, when_words, where_words, who_words
from dragoman.web.addresses import of_document, of_entry, of_scope
from dragoman.web.asked import Asked
from dragoman.web.corrections import standing_corrections
from dragoman.web.pages.common import day_cell, plain, scope_name
from dragoman.web.render import VERDICTS
from dragoman.web.view import Cell, Link, Look, Page, Table, View
from dragoman.web.wording import few, readable, source_word

MOST_EVIDENCE = 60
ELSEWHERE = frozenset({"participants", "readouts", "history", "steps"})  # set apart on the page
GROUND_OF = {"date": "when", "kind": "kind", "place": "place", "words": "text"}


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value with what it rests on: the basis in words, the rule, what others say instead, and the way to its place."""

    label: str
    value: str
    basis: str = ""
    rule: str = ""
    others: tuple[str, ...] = ()
    path: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence in its surroundings; the words between the highlight signs are the evidence."""

    document: str
    words: str
    rule: str
    path: str
    mention: str


class CountedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of what is counted in the accounts, and the words in each."""

    kind: str
    words: tuple[tuple[str, ...], ...]


class EntryView(View, frozen=True, kw_only=True):
    """Any entry."""

    entry: AnyEntry
    kind: str
    facts: tuple[Fact, ...]
    evidence: tuple[Shown, ...]
    held_back: int = 0  # pieces of evidence that are not shown
    comparison: Comparison | None = None
    labels: tuple[str, ...] = ()
    counted: tuple[CountedLine, ...] = ()
    statements: tuple[Statement, ...] = ()
    related: tuple[Link, ...] = ()
    corrections: tuple[Correction, ...] = ()  # that stand, the latest first
    near: tuple[Link, ...] = ()  # entries of the kind that this one might be one with: what it is, and its id


def entry(book: Book, asked: Asked) -> View:
    """The page of an entry; an id that was merged, or only begins one, leads on to the whole one."""
    held = book.entry(asked.key)
    if held.id != asked.key:
        kept = {"done": asked.done, "as_of": str(asked.as_of or "")}
        query = urlencode({name: value for name, value in kept.items() if value})
        return View(title="", moved=f"{of_entry(held.id)}{f'?{query}' if query else ''}")
    if asked.as_of:
        held = book.entry_as_of(held.id, asked.as_of)
    evidence = book.evidence(held)
    shown = tuple(shown_of(book, evidence[:MOST_EVIDENCE]))
    base = EntryView(
        title=title_of(held),
        crumbs=crumbs_of(held),
        entry=held,
        kind=str(held.__struct_config__.tag),
        facts=tuple(facts_of(held, evidence)),
        evidence=shown,
        held_back=max(0, len(evidence) - MOST_EVIDENCE),
        tables=(evidence_table(shown),),
        corrections=standing_corrections(book, held.id),
        near=tuple(near(book, held)),
    )
    if isinstance(held, Engagement):
        return with_accounts(book, asked, held, base)
    if isinstance(held, ReadoutEntry) and held.engagement:
        return msgspec.structs.replace(
            base, related=(Link("The engagement, with every account of it", of_entry(held.engagement)),)
        )
    return base


NEAR = datetime.timedelta(days=10)


def near(book: Book, held: AnyEntry) -> list[Link]:
    """Engagements of the same parties within some days, which a reader may find to be the same."""
    if not isinstance(held, Engagement) or held.when.start is None or len(held.parties) < 2:
        return []
    day = held.when.start
    wanted = Filter(parties=held.parties[:2], since=day - NEAR, until=day + NEAR, limit=20)
    found = book.engagements(wanted)
    return [Link(f"{when_words(each.when)}: {title_of(each)}", each.id) for each in found if each.id != held.id]


def with_accounts(book: Book, asked: Asked, held: Engagement, base: EntryView) -> EntryView:
    """An engagement's page with the accounts aligned, and what was said in them."""
    entries = (book.entry_as_of(each, asked.as_of) if asked.as_of else book.entry(each) for each in held.readouts)
    own = [each for each in entries if isinstance(each, ReadoutEntry) and each.points]
    own.sort(key=lambda readout: (not readout.joint, readout.issuer, readout.id))
    if not own:
        return base
    aligned = compare_accounts(held.id, own)
    readouts = {readout.id: readout for readout in own}
    contents = tuple(contents_of(readouts[account.readout], held) for account in aligned.accounts)
    comparison = msgspec.structs.replace(aligned, contents=contents)
    return msgspec.structs.replace(
        base,
        comparison=comparison,
        labels=tuple(labels(comparison.accounts)),
        counted=tuple(counted(comparison)),
        tables=(points_table(comparison), *base.tables),
        statements=tuple(said_about(book, asked, held)),
    )


def said_about(book: Book, asked: Asked, held: Engagement) -> Sequence[Statement]:
    """Direct words in the documents that report the engagement, by those who took part."""
    documents = set(held.documents)
    found: dict[str, Statement] = {}
    for person in held.participants[:6]:
        if person.person:
            wanted = Filter(person=person.person, as_of=asked.as_of, limit=60, latest=True)
            for statement in book.statements(wanted):
                if documents.intersection(statement.documents) and statement.directness != "indirect":
                    found[statement.id] = statement
    return list(found.values())[:8]


def counted(comparison: Comparison) -> list[CountedLine]:
    """What is counted in the accounts, kind by kind."""
    lines = []
    for kind in ContentKind:
        words = tuple(
            tuple(dict.fromkeys(item.text for item in account.items if item.kind is kind))
            for account in comparison.contents
        )
        if any(words):
            lines.append(CountedLine(kind=CONTENT_WORDS.get(kind, plain(kind.value)), words=words))
    return lines


def points_table(comparison: Comparison) -> Table:
    """The aligned points, a column for each account."""
    names = labels(comparison.accounts)
    rows = tuple(
        (
            Cell(VERDICTS[row.verdict]),
            Cell(", ".join(plain(topic) for topic in row.topics)),
            Cell(str(row.gap) if row.gap else "", look=Look.NUMBER),
            *(Cell(words_in(row, number)) for number in range(len(names))),
        )
        for row in comparison.rows
    )
    return Table(
        caption="The accounts, point by point", columns=("Verdict", "Topics", "Gap of strength", *names), rows=rows
    )


def words_in(row: Row, account: int) -> str:
    """What one account says in a row."""
    said = [one_line(placed) for placed in row.points if placed.account == account]
    return " / ".join(said) or "not mentioned in this readout"


def one_line(placed: PlacedPoint) -> str:
    """A point's words on one line."""
    return " ".join(placed.point.text.split())


def facts_of(held: AnyEntry, evidence: Sequence[Evidence]) -> list[Fact]:
    """The values of an entry, each with its ground where the book keeps one."""
    grounds = {ground.field: ground for ground in held.grounds}
    places = {item.id: of_document(item.document.id, mention=item.id) for item in evidence}
    found, label = [], ""
    for name, value in fields_of(held):
        label = name or label
        if value and label not in ELSEWHERE and not label.startswith("point "):
            found.append(fact_of(label, value, grounds.get(GROUND_OF.get(label, label)), places, held))
    return found


def fact_of(label: str, value: str, ground: Ground | None, places: dict[str, str], held: AnyEntry) -> Fact:
    """One value."""
    value = of_reader(label, value)
    if ground is None:
        return Fact(label=label, value=value)
    when = getattr(held, "when", None) if ground.field == "when" else None
    return Fact(
        label=label,
        value=value.rpartition(" (")[0] if when is not None and basis_words(when) else value,
        basis=(basis_words(when) if when is not None else "") or plain(ground.basis),
        rule=ground.rule,
        others=tuple(of_reader(label, other) for other in ground.others),
        path=places.get(ground.mention, ""),
    )


PARTY_LABELS = frozenset(
    {"parties", "by", "on", "who", "to", "of whom", "issuer", "against", "to whom", "asserted by", "denied by"}
)
DAY_LABELS = frozenset({"date", "due", "effective", "until", "target", "period", "since"})


def of_reader(label: str, value: str) -> str:
    """A value as a page says it: parties by name, days in words."""
    if label in PARTY_LABELS:
        return ", ".join(party_word(part) for part in value.split(", "))
    return readable(value) if label in DAY_LABELS else value


def source_line(info: DocumentInfo) -> str:
    """A document in one line: day, outlet, title; its id where it has no title."""
    title = f"“{info.title}”" if info.title else source_word(info.id)
    return ", ".join(part for part in (readable(published_words(info.published)), info.outlet or "", title) if part)


def shown_of(book: Book, evidence: Sequence[Evidence]) -> list[Shown]:
    """Evidence in its surroundings."""
    texts: dict[str, str] = {}
    found = []
    for item in evidence:
        info = item.document
        if info.digest not in texts:
            texts[info.digest] = book.document(info.id, digest=info.digest).text
        found.append(
            Shown(
                document=source_line(info),
                words=in_context(texts[info.digest], spans_of(item)),
                rule=item.mention.rule,
                path=of_document(info.id, mention=item.id),
                mention=item.id,
            )
        )
    return found


def evidence_table(shown: Sequence[Shown]) -> Table:
    """The evidence as rows, for the CSV."""
    return Table(
        caption="Evidence",
        columns=("Document", "Words", "Rule"),
        rows=tuple(
            (Cell(each.document, path=each.path), Cell(each.words, look=Look.SNIPPET), Cell(each.rule))
            for each in shown
        ),
    )


def title_of(held: AnyEntry) -> str:
    """What an entry is, in a line."""
    match held:
        case Engagement():
            where = where_words(held)
            return f"{KIND_WORDS[held.kind]}, {who_words(held)}{f', {where}' if where else ''}"
        case Statement():
            return f"{few(held.speaker) if held.speaker else 'An unnamed speaker'}: statement"
        case ReadoutEntry():
            return f"{'Joint account' if held.joint else f'Account of {party_word(held.issuer)}'}"
        case PersonEntry():
            return held.name
        case _:
            first = next(
                (
                    value
                    for label, value in fields_of(held)
                    if label in ("what", "claim", "track", "of what", "kind") and value
                ),
                "",
            )
            return (
                f"{str(held.__struct_config__.tag).capitalize()}: {first}"
                if first
                else str(held.__struct_config__.tag).capitalize()
            )


def crumbs_of(held: AnyEntry) -> tuple[Link, ...]:
    """The way to an entry, over the relationship of its first two parties."""
    parties = parties_in(held)[:2]
    scope = (Link(scope_name(parties, full=False), of_scope(parties)),) if len(parties) == 2 else ()
    return (Link("Desk", "/"), *scope)


def parties_in(held: AnyEntry) -> tuple[str, ...]:
    """The parties that an entry concerns."""
    for name in ("parties", "who", "actors"):
        found = getattr(held, name, ())
        if found:
            return tuple(found)
    sides = (getattr(held, "imposer", None), getattr(held, "target", None), getattr(held, "issuer", None))
    return tuple(side for side in sides if side and len(side) == 3 and side.isupper())


def when_line(held: Engagement) -> Cell:
    """When an engagement was."""
    return day_cell(when_words(held.when))


PAGES = (Page(name="entry", path="/e/{key}", view=entry, template="entry.html"),)
