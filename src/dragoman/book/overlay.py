"""How does an entry look that persons have corrected?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.load import correction_from
from dragoman.book.naming import row_of
from dragoman.book.values import value_of
from dragoman.errors import UnknownName, WrongCorrection
from dragoman.record.corrected import Corrected
from dragoman.record.corrections import Change, Correction, Edit
from dragoman.record.entries import AnyEntry, EntryParticipant, Ground
from dragoman.record.when import When

REFERENCES = frozenset({"engagement", "readout", "person"})  # fields that hold the id of an entry


class Overlay:
    """Lays standing corrections over folded entries, within one snapshot or transaction."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._read: dict[int, Correction] = {}

    @cached_property
    def _leading(self) -> dict[int, list[int]]:
        """By mention, the rows of the corrections of the entry that the mention backs."""
        sql = (
            "SELECT a.mention, c.correction FROM corrections AS c JOIN correction_anchors AS a "
            "ON a.correction = c.correction AND a.leads = 1 WHERE c.revoked_at IS NULL"
        )
        leading: dict[int, list[int]] = {}
        for mention, correction in self._backend.rows(sql):
            leading.setdefault(mention, []).append(correction)
        return leading

    def leading_in(self, number: int) -> list[int]:
        """The mentions of an entry, given by its row, that lead a correction."""
        if not self._leading:
            return []
        sql = (
            "SELECT DISTINCT a.mention FROM links AS l JOIN correction_anchors AS a ON a.mention = l.mention "
            "AND a.leads = 1 WHERE l.entry = ? AND l.revoked = 0"
        )
        return [mention for (mention,) in self._backend.rows(sql, (number,)) if mention in self._leading]

    def on(self, entry: AnyEntry, mentions: Iterable[int]) -> AnyEntry:
        """The entry, which these mentions back, as persons corrected it; the later correction prevails."""
        if not self._leading:
            return entry
        found = {number for mention in mentions for number in self._leading.get(mention, ())}
        for correction in sorted(map(self._held, found), key=lambda each: (each.turn, each.id)):
            entry = self._corrected(entry, correction)
        return entry

    def _held(self, number: int) -> Correction:
        """The correction of that row; its anchors may be many, so that only those that are needed are read."""
        if number not in self._read:
            payload = self._backend.rows("SELECT payload FROM corrections WHERE correction = ?", (number,))[0][0]
            self._read[number] = correction_from(payload)
        return self._read[number]

    def _corrected(self, entry: AnyEntry, correction: Correction) -> AnyEntry:
        if not isinstance(correction.act, Edit):
            return msgspec.structs.replace(entry, corrected=(*entry.corrected, corrected_by(correction)))
        for change in correction.act.changes:
            entry = self._edited(entry, correction, change)
        return entry

    def _edited(self, entry: AnyEntry, correction: Correction, change: Change) -> AnyEntry:
        try:
            value = value_of(type(entry), change)
        except WrongCorrection:
            return entry  # another program's field; the correction is listed as no longer applying
        if change.field in REFERENCES:
            value = self._present_id(value)
        was = in_words(getattr(entry, change.field))
        ground = Ground(
            field=change.field,
            mention=entry.mentions[0] if entry.mentions else "",
            rule=correction.id,
            basis=f"corrected by {correction.by} on {correction.day}",
            others=(was,) if was else (),
        )
        grounds = (*(each for each in entry.grounds if each.field != change.field), ground)
        done = (*entry.corrected, corrected_by(correction, change.field, was))
        changes: dict[str, object] = {change.field: value, "grounds": grounds, "corrected": done}
        return msgspec.structs.replace(entry, **changes)

    def _present_id(self, value: object) -> object:
        """The id of the entry into which the named one was merged."""
        try:
            number, _ = row_of(self._backend, str(value))
        except UnknownName:
            return value
        return self._backend.rows("SELECT id FROM entries WHERE entry = ?", (number,))[0][0]


def corrected_by(correction: Correction, field: str = "", was: str = "") -> Corrected:
    """What an entry shows of a correction."""
    return Corrected(
        correction=correction.id,
        action=correction.action,
        by=correction.by,
        on=correction.day,
        why=correction.why,
        field=field,
        was=was,
    )


def in_words(value: object) -> str:
    """A value as a person would write it in a correction; nothing for what is not known."""
    match value:
        case None:
            return ""
        case When():
            days = dict.fromkeys(str(day) for day in (value.start, value.end) if day)
            return "..".join(days)
        case tuple():
            return in_one(value)
        case EntryParticipant():
            return f"{value.name or value.group or ''}" + (f" ({value.party})" if value.party else "")
        case _:
            return str(value)


def in_one(values: Sequence[object]) -> str:
    """The items of a list."""
    joint = "; " if any(isinstance(each, EntryParticipant) for each in values) else ", "
    return joint.join(in_words(each) for each in values)
