"""How does an entry come from its mentions, today or as of a day, and how is it kept findable?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.features import Features, features_of, folded_words
from dragoman.book.folding_forms import Days, FormFolder
from dragoman.book.gather import Gathered, Gatherer, chunks, rows_in
from dragoman.book.load import to_json
from dragoman.book.overlay import Overlay
from dragoman.link.linker import FormLinker, Linker
from dragoman.link.references import with_references
from dragoman.record.corrected import Action
from dragoman.record.entries import AnyEntry, Evidence

TOGETHER = 2000  # mentions that are gathered together while folding


def fold_entry(linker: Linker, identity: str, evidence: Sequence[Evidence]) -> AnyEntry:
    """The entry that the evidence, in canonical order, makes under that id."""
    days = [day for item in evidence for day in (item.document.published.start, item.document.published.end) if day]
    return msgspec.structs.replace(
        with_references(linker.fold(identity, evidence), evidence),
        id=identity,
        mentions=tuple(item.id for item in evidence),
        documents=tuple(dict.fromkeys(item.document.id for item in evidence)),
        origins=len({item.document.origin for item in evidence}),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
    )


def in_print(items: Sequence[Gathered], day: datetime.date | None) -> list[Gathered]:
    """The mentions that count today, or that counted at the end of a day."""
    if day is None:
        return [item for item in items if item.current]
    then = day.isoformat()
    return [
        item
        for item in items
        if item.printed is not None and item.printed <= then and not (item.superseded and item.superseded <= then)
    ]


TABLES = (
    ("entry_parties", "party"),
    ("entry_topics", "topic"),
    ("entry_people", "person"),
    ("entry_references", "target"),
)
CHANGING = (
    "type", "status", "day_from", "day_to", "first_published", "last_published", "origins", "title", "words", "payload",
    "printed_first", "printed_last", "changing", "verdict", "state",
)  # fmt: skip


class Held(msgspec.Struct, frozen=True):
    """What the book has of an entry before it is folded anew."""

    entry: int
    id: str
    state: str
    title: str
    words: str
    payload: str


class Folder:
    """Folds entries and writes them down, many at a time.

    With ``anew``, an entry that comes out as it was is written all the same: what it is found by may be another.
    """

    def __init__(self, backend: Backend, gatherer: Gatherer, *, anew: bool = False) -> None:
        self._backend = backend
        self._gatherer = gatherer
        self._anew = anew
        self._overlay = Overlay(backend)

    def fold(self, linker: Linker, entries: Iterable[int]) -> int:
        """Fold these entries of one kind from the mentions they have now; returns how many changed."""
        sql = "SELECT entry, id, state, title, words, payload FROM entries WHERE state <> 'merged' AND entry IN ({})"
        return sum(
            self._fold_some(linker, [Held(*row) for row in rows_in(self._backend, sql, group)])
            for group in chunks(entries)
        )

    def _fold_some(self, linker: Linker, held: Sequence[Held]) -> int:
        """Fold some entries and write them; returns how many changed."""
        written = Written(self._anew)
        if isinstance(linker, FormLinker):
            backed = self._by_forms(linker, held, written)
        else:
            backed = self._by_mentions(linker, held, written)
        gone = [each for each in held if each.entry not in backed and each.state == "live"]
        self._hide([*gone, *written.changed])
        self._write(written)
        return len(gone) + len(written.changed)

    def _by_forms(self, linker: FormLinker, held: Sequence[Held], written: Written) -> set[int]:
        """Fold the entries that have forms; gives these."""
        rows = {each.entry: each for each in held}
        folder = FormFolder(self._backend, self._gatherer, self._overlay)
        backed = set()
        for folded in folder.folded(linker, {each.entry: each.id for each in held}):
            written.add(rows[folded.number], folded.entry, folded.printed, folded.state)
            backed.add(folded.number)
        return backed

    def _by_mentions(self, linker: Linker, held: Sequence[Held], written: Written) -> set[int]:
        """Fold the entries that have mentions; gives these."""
        sql = "SELECT entry, mention FROM links WHERE revoked = 0 AND entry IN ({})"
        backing: dict[int, list[int]] = {}
        for entry, mention in rows_in(self._backend, sql, (each.entry for each in held)):
            backing.setdefault(entry, []).append(mention)
        for group in loads(held, backing):
            items = self._gatherer.gather(mention for each in group for mention in backing[each.entry])
            for each in group:
                evidence = sorted((items[m] for m in backing[each.entry]), key=lambda item: item.evidence.order)
                entry, state = self._folded(linker, each.id, evidence)
                written.add(each, entry, printed(evidence), state)
        return set(backing)

    def _folded(self, linker: Linker, identity: str, items: Sequence[Gathered]) -> tuple[AnyEntry, str]:
        """The entry that the evidence makes with corrections laid over it, and its state."""
        standing = in_print(items, None)
        entry = fold_entry(linker, identity, [item.evidence for item in standing or items])
        entry = self._overlay.on(entry, [item.mention for item in items])
        shown = bool(standing) and entry.verdict is not Action.REJECT
        return entry, "live" if shown else "withdrawn"

    def _write(self, written: Written) -> None:
        """Write down the entries that are not as they were."""
        sql = "UPDATE entries SET printed_first = ?, printed_last = ?, changing = ? WHERE entry = ?"
        self._backend.run_many(sql, written.days)
        names = ", ".join(f"{name} = ?" for name in CHANGING)
        self._backend.run_many(f"UPDATE entries SET {names} WHERE entry = ?", written.rows)
        for table, column in TABLES:
            rows = written.lists[table]
            if rows:
                self._backend.run_many(f"INSERT INTO {table} ({column}, entry) VALUES (?, ?)", rows)
        for entry, title, words in written.indexed:
            self._backend.index("entry_words", entry, title, words)

    def hide(self, entry: int) -> None:
        """Take an entry out of the lists and the full-text table."""
        sql = "SELECT entry, id, state, title, words, payload FROM entries WHERE entry = ?"
        self._hide([Held(*row) for row in self._backend.rows(sql, (entry,))])

    def _hide(self, entries: Sequence[Held]) -> None:
        """Take entries out of the lists; one that never was in any costs nothing."""
        shown = [each for each in entries if each.payload]
        for each in shown:
            if each.state == "live":
                self._backend.unindex("entry_words", each.entry, each.title, each.words)
        for table, _ in TABLES if shown else ():
            self._backend.run_many(f"DELETE FROM {table} WHERE entry = ?", [(each.entry,) for each in shown])
        live = [(each.entry,) for each in shown if each.state == "live"]
        if live:
            self._backend.run_many("UPDATE entries SET state = 'withdrawn' WHERE entry = ?", live)


class Written:
    """Entries that were folded and are to be written: their columns, what they are found by, their words."""

    def __init__(self, anew: bool) -> None:
        self._anew = anew
        self.changed: list[Held] = []
        self.days: list[tuple[str | int | None, ...]] = []
        self.rows: list[tuple[str | int | None, ...]] = []
        self.lists: dict[str, list[tuple[str, int]]] = {table: [] for table, _ in TABLES}
        self.indexed: list[tuple[int, str, str]] = []

    def add(self, held: Held, entry: AnyEntry, days: Days, state: str) -> None:
        """Add an entry; of one that is as it was, only the days of print may be others."""
        payload = to_json(entry)
        if (state, payload) == (held.state, held.payload) and not self._anew:
            self.days.append((*days, held.entry))
            return
        found_by = features_of(entry)
        self.changed.append(held)
        columns = columns_of(entry, found_by, payload)
        self.rows.append((*columns, *days, entry.verdict, state, held.entry))
        if entry.verdict is Action.REJECT:
            return
        people = {*found_by.persons, *(word for name in found_by.names for word in folded_words(name))}
        target = [found_by.target] if found_by.target else []
        values = (found_by.parties, found_by.topics, people, target)
        for (table, _), found in zip(TABLES, values, strict=True):
            self.lists[table].extend((value, held.entry) for value in sorted(set(found)))
        if state == "live":
            self.indexed.append((held.entry, found_by.title, found_by.words))


def loads(held: Sequence[Held], backing: Mapping[int, Sequence[int]]) -> Iterator[list[Held]]:
    """The entries that have backing, in groups whose evidence is gathered together."""
    group: list[Held] = []
    size = 0
    for each in held:
        if each.entry not in backing:
            continue
        group.append(each)
        size += len(backing[each.entry])
        if size >= TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def columns_of(entry: AnyEntry, found_by: Features, payload: str) -> tuple[str | int | None, ...]:
    """The columns that stand beside the payload."""
    days = found_by.when.start, found_by.when.end, entry.first_published, entry.last_published
    return (
        found_by.type,
        found_by.status,
        *(day.isoformat() if day else None for day in days),
        entry.origins,
        found_by.title,
        found_by.words,
        payload,
    )


def printed(items: Sequence[Gathered]) -> Days:
    """From which day on some of the evidence was in print, from which day on all of it, and whether some was replaced.

    None for never, as far as is known.
    """
    days = [item.printed for item in items]
    known = [day for day in days if day]
    whole = max(known, default=None) if len(known) == len(days) else None
    return min(known, default=None), whole, int(any(not item.current for item in items))
