"""How does an act become a correction that the book can keep: which entries does it name, and where do they stand?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from dragoman.book.added import added_mention
from dragoman.book.anchors import anchors_of
from dragoman.book.backend import Backend
from dragoman.book.gather import Gathered, Gatherer
from dragoman.book.load import entry_from, kind_of, mention_id, people_from, to_json
from dragoman.book.naming import row_of
from dragoman.book.values import values_of
from dragoman.errors import UnknownName, WrongCorrection
from dragoman.record.corrections import (
    Add,
    Anchor,
    AnyAct,
    Change,
    Confirm,
    Correction,
    Edit,
    Merge,
    Reject,
    Split,
    Target,
)
from dragoman.record.entries import AnyEntry, EntryKind

DIGITS = 10


class Drawer:
    """Draws up corrections within one transaction. Every act that cannot be raises UnknownName or WrongCorrection."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._gatherer = Gatherer(backend)

    def drawn(self, act: AnyAct, *, turn: int, by: str, at: str, why: str) -> Correction:
        """The correction, with whole ids and its anchors."""
        act, kind, targets = self._targets(act)
        drawn = Correction(id="", turn=turn, act=act, kind=kind, by=by, at=at, why=why, targets=targets)
        return msgspec.structs.replace(drawn, id=correction_id(drawn))

    def _targets(self, act: AnyAct) -> tuple[AnyAct, EntryKind, tuple[Target, ...]]:
        match act:
            case Confirm() | Reject():
                entry = self._entry(act.entry)
                return msgspec.structs.replace(act, entry=entry.id), kind_of_entry(entry), (self._target(entry),)
            case Edit():
                entry = self._entry(act.entry)
                check_changes(entry, act.changes)
                return msgspec.structs.replace(act, entry=entry.id), kind_of_entry(entry), (self._target(entry),)
            case Merge():
                return self._merge(act)
            case Split():
                return self._split(act)
            case Add():
                return self._add(act)

    def _entry(self, entry_id: str) -> AnyEntry:
        return entry_from(row_of(self._backend, entry_id)[1])

    def _items(self, entry: AnyEntry) -> list[Gathered]:
        sql = "SELECT l.mention FROM links AS l JOIN entries AS e ON e.entry = l.entry WHERE e.id = ? AND l.revoked = 0"
        items = self._gatherer.in_order(mention for (mention,) in self._backend.rows(sql, (entry.id,)))
        if not items:
            raise WrongCorrection(f"{entry.id}: nothing in the texts backs this entry any more")
        return items

    def _anchors(self, items: Sequence[Gathered]) -> tuple[Anchor, ...]:
        versions = sorted({item.version for item in items})
        texts = {
            version: self._backend.rows("SELECT text FROM versions WHERE version = ?", (version,))[0][0]
            for version in versions
        }
        return anchors_of(items, texts)

    def _target(self, entry: AnyEntry) -> Target:
        return Target(entry=entry.id, anchors=self._anchors(self._items(entry)))

    def _merge(self, act: Merge) -> tuple[AnyAct, EntryKind, tuple[Target, ...]]:
        entries = list({entry.id: entry for entry in map(self._entry, act.entries)}.values())
        kinds = {kind_of_entry(entry) for entry in entries}
        if len(entries) < 2:
            raise WrongCorrection("a merge needs two entries; these are one already")
        if len(kinds) > 1:
            raise WrongCorrection(f"only entries of one kind can be merged, not {' and '.join(sorted(kinds))}")
        named = msgspec.structs.replace(act, entries=tuple(entry.id for entry in entries))
        return named, kinds.pop(), tuple(self._target(entry) for entry in entries)

    def _split(self, act: Split) -> tuple[AnyAct, EntryKind, tuple[Target, ...]]:
        entry = self._entry(act.entry)
        items = self._items(entry)
        taken = {wanted: [item for item in items if item.evidence.id.startswith(wanted)] for wanted in act.mentions}
        for wanted, found in taken.items():
            if not wanted or not found:
                raise UnknownName(f"{wanted}: no mention that backs {entry.id} has an id that begins so")
        out = {item.mention for found in taken.values() for item in found}
        apart = [item for item in items if item.mention in out]
        rest = [item for item in items if item.mention not in out]
        if not apart or not rest:
            raise WrongCorrection(
                f"{entry.id}: a split takes out some of the {len(items)} mentions, not none and not all"
            )
        named = Split(entry.id, tuple(item.evidence.id for item in apart))
        sides = Target(anchors=self._anchors(apart)), Target(entry=entry.id, anchors=self._anchors(rest))
        return named, kind_of_entry(entry), sides

    def _add(self, act: Add) -> tuple[AnyAct, EntryKind, tuple[Target, ...]]:
        sql = (
            "SELECT d.url, v.digest, v.text, v.people FROM versions AS v JOIN documents AS d ON d.document = v.document "
            "WHERE d.id = ? AND v.current = 1"
        )
        found = self._backend.rows(sql, (act.document,))
        if not found:
            raise UnknownName(f"{act.document}: the book has no such document; `dragoman documents` lists them")
        url, digest, text, people = found[0]
        if not 0 <= act.span.start < act.span.end <= len(text):
            raise WrongCorrection(f"{act.span.start}-{act.span.end} is no stretch of the {len(text)} characters")
        mention = added_mention(act, act.span, people_from(people))
        anchor = Anchor(
            document=act.document,
            url=url,
            digest=digest,
            mention=mention_id(act.document, digest, mention),
            span=act.span,
            words=act.span.of(text),
            says=mention,
        )
        return act, kind_of(mention), (Target(anchors=(anchor,)),)


def correction_id(made: Correction) -> str:
    """From what was decided, about what, by whom, when and why."""
    seed = to_json((made.act, made.targets, made.turn, made.by, made.at, made.why))
    return f"cor-{hashlib.sha256(seed.encode('utf-8', 'surrogatepass')).hexdigest()[:DIGITS]}"


def kind_of_entry(entry: AnyEntry) -> EntryKind:
    """The kind of an entry."""
    return EntryKind(str(entry.__struct_config__.tag))


def check_changes(entry: AnyEntry, changes: Sequence[Change]) -> None:
    """Raises WrongCorrection unless each change gives a value that the entry can have."""
    if not changes:
        raise WrongCorrection("an edit needs at least one value, such as place=London")
    values_of(type(entry), changes)
