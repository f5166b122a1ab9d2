"""How does an entry come from its mentions, today or as of a day, and how is it kept findable?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.features import Features, features_of, folded_words
from dragoman.book.gather import Gathered, Gatherer, rows_in
from dragoman.book.load import to_json
from dragoman.book.overlay import Overlay
from dragoman.link.linker import Linker
from dragoman.link.references import with_references
from dragoman.record.corrected import Action
from dragoman.record.entries import AnyEntry, Evidence


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


class Folder:
    """Folds entries and writes them down."""

    def __init__(self, backend: Backend, gatherer: Gatherer) -> None:
        self._backend = backend
        self._gatherer = gatherer
        self._overlay = Overlay(backend)

    def fold(self, linker: Linker, entries: Iterable[int]) -> int:
        """Fold these entries of one kind from the mentions they have now; returns how many changed."""
        sql = "SELECT entry, id FROM entries WHERE state <> 'merged' AND entry IN ({})"
        return sum(self._fold_one(linker, entry, identity) for entry, identity in rows_in(self._backend, sql, entries))

    def _fold_one(self, linker: Linker, entry: int, identity: str) -> bool:
        rows = self._backend.rows("SELECT mention FROM links WHERE entry = ? AND revoked = 0", (entry,))
        items = self._gatherer.in_order(mention for (mention,) in rows)
        if not items:
            return self._withdraw(entry)
        standing = in_print(items, None)
        folded = fold_entry(linker, identity, [item.evidence for item in standing or items])
        folded = self._overlay.on(folded, [item.mention for item in items])
        shown = bool(standing) and folded.verdict is not Action.REJECT
        return self._write(entry, folded, items, state="live" if shown else "withdrawn")

    def _withdraw(self, entry: int) -> bool:
        """An entry that nothing backs any more leaves the lists; its id still answers with what it was."""
        live = bool(self._backend.rows("SELECT 1 FROM entries WHERE entry = ? AND state = 'live'", (entry,)))
        self.hide(entry)
        return live

    def _write(self, entry: int, folded: AnyEntry, items: Sequence[Gathered], *, state: str) -> bool:
        payload, found_by = to_json(folded), features_of(folded)
        held = self._backend.rows("SELECT state, payload FROM entries WHERE entry = ?", (entry,))[0]
        columns = (*columns_of(folded, found_by), *printed(items), folded.verdict)
        self.hide(entry)
        names = "type, status, day_from, day_to, first_published, last_published, origins, title, words, payload, "
        names += "printed_first, printed_last, changing, verdict"
        changes = ", ".join(f"{name} = ?" for name in names.split(", "))
        self._backend.run(f"UPDATE entries SET {changes}, state = ? WHERE entry = ?", (*columns, state, entry))
        if folded.verdict is not Action.REJECT:
            self._show(entry, found_by, indexed=state == "live")
        return held != (state, payload)

    def hide(self, entry: int) -> None:
        """Take an entry out of the lists and the full-text table."""
        for title, words in self._backend.rows(
            "SELECT title, words FROM entries WHERE entry = ? AND state = 'live'", (entry,)
        ):
            self._backend.unindex("entry_words", entry, title, words)
        for table in ("entry_parties", "entry_topics", "entry_people", "entry_references"):
            self._backend.run(f"DELETE FROM {table} WHERE entry = ?", (entry,))
        self._backend.run("UPDATE entries SET state = 'withdrawn' WHERE entry = ? AND state = 'live'", (entry,))

    def _show(self, entry: int, found_by: Features, *, indexed: bool) -> None:
        people = {*found_by.persons, *(word for name in found_by.names for word in folded_words(name))}
        self._list("entry_parties", "party", entry, found_by.parties)
        self._list("entry_topics", "topic", entry, found_by.topics)
        self._list("entry_people", "person", entry, people)
        self._list("entry_references", "target", entry, [found_by.target] if found_by.target else [])
        if indexed:
            self._backend.index("entry_words", entry, found_by.title, found_by.words)

    def _list(self, table: str, column: str, entry: int, values: Iterable[str]) -> None:
        rows = [(value, entry) for value in sorted(set(values))]
        self._backend.run_many(f"INSERT INTO {table} ({column}, entry) VALUES (?, ?)", rows)


def columns_of(entry: AnyEntry, found_by: Features) -> tuple[str | int | None, ...]:
    """The columns that stand beside the payload."""
    days = found_by.when.start, found_by.when.end, entry.first_published, entry.last_published
    return (
        found_by.type,
        found_by.status,
        *(day.isoformat() if day else None for day in days),
        entry.origins,
        found_by.title,
        found_by.words,
        to_json(entry),
    )


def printed(items: Sequence[Gathered]) -> tuple[str | None, str | None, int]:
    """From which day on some of the evidence was in print, from which day on all of it, and whether some was replaced.

    None for never, as far as is known.
    """
    days = [item.printed for item in items]
    known = [day for day in days if day]
    whole = max(known, default=None) if len(known) == len(days) else None
    return min(known, default=None), whole, int(any(not item.current for item in items))
