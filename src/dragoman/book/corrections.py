"""How does a book keep what persons decided, find it again after reading, and let it hold?

A correction is a row that is never changed but for its revocation and for what became of it. Its anchors are looked up
again whenever one of its documents was read; linking then takes it as a constraint, folding as an overlay. Making or
revoking one is a single transaction, with the entries that it touches: a run killed there changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.book.added import RULE, write_added
from dragoman.book.anchors import document_of, found_again
from dragoman.book.backend import Backend
from dragoman.book.gather import rows_in
from dragoman.book.load import (
    CORRECTION_COLUMNS,
    correction_from,
    entry_from,
    to_json,
    whole_correction_from,
)
from dragoman.book.values import values_of
from dragoman.errors import UnknownName, WrongCorrection
from dragoman.record.corrected import Action
from dragoman.record.corrections import (
    Add,
    Correction,
    CorrectionFilter,
    Edit,
    Revocation,
    Standing,
    Target,
)


class Renewed(msgspec.Struct, frozen=True):
    """Mentions whose entries a correction touches, before or now, and those that it added to the texts."""

    touched: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()

    def __or__(self, other: Renewed) -> Renewed:
        return Renewed(self.touched | other.touched, self.added | other.added)


class Place(msgspec.Struct, frozen=True):
    """One mention in which an anchor of one side was found."""

    side: int
    place: int
    mention: int
    current: bool


class Corrections:
    """The corrections of a book, within one transaction."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    # ---------------------------------------------------------------- rows

    @property
    def next_turn(self) -> int:
        """The turn of the next correction: above all others."""
        return int(self._backend.rows("SELECT coalesce(max(turn), 0) + 1 FROM corrections")[0][0])

    def held(self, identity: str) -> tuple[int, Correction]:
        """Row and record of the correction of that id, or of which it is a unique beginning. Raises UnknownName."""
        sql = f"SELECT c.correction, {CORRECTION_COLUMNS} FROM corrections AS c WHERE c.id >= ? AND c.id < ? LIMIT 2"
        found = self._backend.rows(sql, (identity, identity + "\U0010ffff"))
        exact = [row for row in found if correction_from(row[1]).id == identity] or found
        if len(exact) != 1:
            what = "several corrections begin so" if found else "the book has no such correction"
            raise UnknownName(f"{identity}: {what}; `dragoman correct list` shows their ids")
        return exact[0][0], whole_correction_from(exact[0][1:])

    def has(self, identity: str) -> bool:
        """Whether there is a correction of that id."""
        return bool(self._backend.rows("SELECT 1 FROM corrections WHERE id = ?", (identity,)))

    def write(self, correction: Correction) -> int:
        """Keep a correction; its row."""
        made = msgspec.structs.replace(correction, revoked=None, standing=Standing.APPLIES, detail="")
        columns = "id, turn, action, kind, author, made, reason, standing, detail, payload"
        first = (made.id, made.turn, made.action, made.kind, made.by, made.at, made.why, made.standing, "")
        number = self._backend.insert(
            f"INSERT INTO corrections ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*first, to_json(made))
        )
        names = {name for target in made.targets for a in target.anchors for name in (a.document, a.url) if name}
        self._backend.run_many(
            "INSERT INTO correction_documents (name, correction) VALUES (?, ?)",
            [(name, number) for name in sorted(names)],
        )
        return number

    def revoke(self, number: int, revoked: Revocation) -> None:
        """Take a correction back."""
        self._backend.run(
            "UPDATE corrections SET revoked_by = ?, revoked_at = ?, revoked_why = ?, standing = ?, detail = '' "
            "WHERE correction = ?",
            (revoked.by, revoked.at, revoked.why, Standing.REVOKED, number),
        )

    def all(self, wanted: CorrectionFilter) -> list[Correction]:
        """The corrections that answer the filter, the earliest first."""
        sql = f"SELECT {CORRECTION_COLUMNS} FROM corrections AS c ORDER BY c.turn, c.id"
        found = [each for each in map(whole_correction_from, self._backend.rows(sql)) if answers(each, wanted)]
        if wanted.entry is not None:
            about = self._about(wanted.entry)
            found = [each for each in found if each.id in about]
        return found[: wanted.limit] if wanted.limit is not None else found

    def _about(self, entry_id: str) -> set[str]:
        """The ids of the corrections that are found in the entry now, or named it when they were made."""
        sql = (
            "SELECT DISTINCT c.id FROM corrections AS c JOIN correction_anchors AS a ON a.correction = c.correction "
            "AND a.leads = 1 JOIN links AS l ON l.mention = a.mention AND l.revoked = 0 "
            "JOIN entries AS e ON e.entry = l.entry WHERE e.id = ? "
            "OR e.id = (SELECT merged_into FROM entries WHERE id = ?)"
        )
        named = {each.id for each in self.all(CorrectionFilter()) if any(t.entry == entry_id for t in each.targets)}
        return named | {identity for (identity,) in self._backend.rows(sql, (entry_id, entry_id))}

    # ---------------------------------------------------------------- finding them again

    def renew_for(self, documents: Iterable[int]) -> Renewed:
        """Look up again the corrections that are about these documents."""
        if not self._backend.rows("SELECT 1 FROM corrections LIMIT 1"):
            return Renewed()
        concerned: set[int] = set()
        for column in ("id", "url"):
            sql = (
                "SELECT DISTINCT c.correction FROM documents AS d JOIN correction_documents AS c "
                f"ON c.name = d.{column} WHERE d.document IN ({{}})"
            )
            concerned |= {number for (number,) in rows_in(self._backend, sql, documents)}
        return self.renew(concerned)

    def renew(self, numbers: Iterable[int]) -> Renewed:
        """Look up these corrections again."""
        renewed = Renewed()
        for number in sorted(set(numbers)):
            renewed |= self._renew_one(number)
        return renewed

    def _renew_one(self, number: int) -> Renewed:
        sql = f"SELECT {CORRECTION_COLUMNS} FROM corrections AS c WHERE c.correction = ?"
        correction = whole_correction_from(self._backend.rows(sql, (number,))[0])
        before = self._anchored(number)
        added = self._place_added(correction, before)
        places = [place for side, target in enumerate(correction.targets) for place in self._places(side, target)]
        self._write_places(number, places)
        if correction.revoked is None:
            detail = self._missing(correction, places)
            standing = Standing.LOST if detail else Standing.APPLIES
            self._backend.run(
                "UPDATE corrections SET standing = ?, detail = ? WHERE correction = ?", (standing, detail, number)
            )
        return Renewed(frozenset(before | added | {place.mention for place in places}), frozenset(added))

    def _anchored(self, number: int) -> set[int]:
        sql = "SELECT mention FROM correction_anchors WHERE correction = ?"
        return {mention for (mention,) in self._backend.rows(sql, (number,))}

    def _place_added(self, correction: Correction, before: Iterable[int]) -> set[int]:
        """Put a missed mention into its texts, or take it out again when the correction was revoked."""
        if not isinstance(correction.act, Add):
            return set()
        if correction.revoked is not None:
            sql = f"UPDATE mentions SET retired = 1 WHERE mention = ? AND rule = '{RULE}'"
            self._backend.run_many(sql, [(mention,) for mention in sorted(before)])
            return set(before)
        anchor = correction.targets[0].anchors[0]
        document = document_of(self._backend, anchor)
        return set() if document is None else write_added(self._backend, document, correction.act, anchor)

    def _places(self, side: int, target: Target) -> Iterator[Place]:
        """Every mention in which the target's anchors are found; failing all, what backs the entry of its id."""
        nothing = True
        for place, anchor in enumerate(target.anchors):
            for found in found_again(self._backend, anchor):
                nothing = False
                yield Place(side, place, found.mention, found.current)
        if nothing and target.entry:
            yield from self._by_id(side, len(target.anchors), target.entry)

    def _by_id(self, side: int, place: int, entry_id: str) -> Iterator[Place]:
        sql = (
            "SELECT l.mention, v.current FROM entries AS e JOIN entries AS t ON t.id = coalesce(e.merged_into, e.id) "
            "JOIN links AS l ON l.entry = t.entry AND l.revoked = 0 JOIN mentions AS m ON m.mention = l.mention "
            "JOIN versions AS v ON v.version = m.version WHERE e.id = ? AND t.state = 'live' AND v.current = 1 "
            "AND m.retired = 0 ORDER BY m.id LIMIT 1"
        )
        for mention, current in self._backend.rows(sql, (entry_id,)):
            yield Place(side, place, mention, bool(current))

    def _write_places(self, number: int, places: Sequence[Place]) -> None:
        self._backend.run("DELETE FROM correction_anchors WHERE correction = ?", (number,))
        leading = leading_places(places)
        rows = {
            (number, place.side, place.place, place.mention, int((place.side, place.place) in leading))
            for place in places
        }
        self._backend.run_many(
            "INSERT INTO correction_anchors (correction, side, place, mention, leads) VALUES (?, ?, ?, ?, ?)",
            sorted(rows),
        )

    def _missing(self, correction: Correction, places: Sequence[Place]) -> str:
        """Why a correction no longer applies; nothing when it does."""
        found = {place.side for place in places if place.current}
        for side, target in enumerate(correction.targets):
            if side in found:
                continue
            documents = list(dict.fromkeys(anchor.document for anchor in target.anchors))
            absent = [a.document for a in target.anchors if document_of(self._backend, a) is None]
            if absent:
                return f"{absent[0]} is not in this book"
            return f"the present text of {documents[0]} does not say it" if documents else "its entry is not found"
        return self._unfit(correction, places)

    def _unfit(self, correction: Correction, places: Sequence[Place]) -> str:
        """Why an edit's values no longer fit its entry; nothing when they do."""
        if not isinstance(correction.act, Edit):
            return ""
        sql = "SELECT e.payload FROM links AS l JOIN entries AS e ON e.entry = l.entry WHERE l.mention = ? AND l.revoked = 0"
        for (payload,) in self._backend.rows(sql, (places[0].mention,)):
            try:
                values_of(type(entry_from(payload)), correction.act.changes)
            except (WrongCorrection, ValueError) as error:
                return str(error)
        return ""


def leading_places(places: Sequence[Place]) -> set[tuple[int, int]]:
    """For each side, the first place that is found in a current text, else the first found at all."""
    first: dict[int, Place] = {}
    for place in sorted(places, key=lambda each: (each.side, not each.current, each.place)):
        first.setdefault(place.side, place)
    return {(side, place.place) for side, place in first.items()}


def answers(correction: Correction, wanted: CorrectionFilter) -> bool:
    """Whether a correction answers the filter, its entry aside."""
    anchors = [anchor for target in correction.targets for anchor in target.anchors]
    return (
        wanted.by in (None, correction.by)
        and wanted.action in (None, Action(correction.action))
        and wanted.standing in (None, correction.standing)
        and (wanted.document is None or any(wanted.document in (a.document, a.url) for a in anchors))
    )
