"""How do mentions come out of a book as evidence, with the entries that their people and spans were linked to?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.book.backend import Backend, Row
from dragoman.book.load import (
    DOCUMENT_COLUMNS,
    DOCUMENT_TABLES,
    info_from,
    kind_of,
    mention_from,
    people_from,
    wordings_from,
)
from dragoman.book.unchanged import Unchanged, as_first_read, first_readings
from dragoman.record.entries import DocumentInfo, Evidence, PersonMention
from dragoman.record.mentions import ReadoutMention, StatementMention
from dragoman.record.span import Span

AT_ONCE = 500  # values in one IN list
HELD = 100_000  # mentions that are kept at hand, as evidence
PLACES = 30_000  # versions that are kept at hand


class Linked(msgspec.Struct, frozen=True):
    """The entries of a version's persons, by index, and of its engagements and readouts as (kind, span, entry id)."""

    persons: tuple[tuple[int, str], ...] = ()
    spans: tuple[tuple[str, Span, str], ...] = ()


class Place(msgspec.Struct, frozen=True):
    """What every mention of one version shares."""

    info: DocumentInfo
    people: str
    current: bool
    printed: str | None
    superseded: str | None


class Gathered(msgspec.Struct, frozen=True):
    """Evidence with its row, and when its text was in print: from ``printed`` (None: not known) until ``superseded``."""

    mention: int
    version: int
    evidence: Evidence
    current: bool
    printed: str | None
    superseded: str | None


def chunks(keys: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The keys, sorted, in groups that fit into one query."""
    ordered = sorted(set(keys))
    for at in range(0, len(ordered), AT_ONCE):
        yield tuple(ordered[at : at + AT_ONCE])


def rows_in(backend: Backend, sql: str, keys: Iterable[int]) -> Iterator[Row]:
    """Rows of a query whose ``{}`` stands for the keys."""
    for group in chunks(keys):
        yield from backend.rows(sql.format(", ".join("?" * len(group))), group)


class Gatherer:
    """Gathers evidence within one snapshot or transaction, and remembers what it has seen of versions."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._places: dict[int, Place] = {}
        self._linked: dict[int, Linked] = {}
        self._first: dict[int, Unchanged] = {}
        self._held: dict[int, Gathered] = {}
        self._bare: dict[int, Gathered] = {}

    def forget(self, versions: Iterable[int] | None = None) -> None:
        """Forget what was remembered of versions, all of them without an argument: their links have changed."""
        if versions is None:
            for held in (self._places, self._linked, self._held, self._bare):
                held.clear()
            return
        stale = set(versions)
        for version in stale:
            self._linked.pop(version, None)
        if stale:
            self._held = {key: item for key, item in self._held.items() if item.version not in stale}

    def gather(self, mentions: Iterable[int]) -> dict[int, Gathered]:
        """Evidence by mention row."""
        return self._gathered_with(mentions, self._held, linked=True)

    def gather_bare(self, mentions: Iterable[int]) -> dict[int, Gathered]:
        """Evidence by mention row, without the entries that its people and spans were linked to."""
        return self._gathered_with(mentions, self._bare, linked=False)

    def _gathered_with(
        self, mentions: Iterable[int], held: dict[int, Gathered], *, linked: bool
    ) -> dict[int, Gathered]:
        wanted = set(mentions)
        found = {mention: held[mention] for mention in wanted if mention in held}
        sql = "SELECT mention, id, version, wordings, payload FROM mentions WHERE mention IN ({})"
        rows = list(rows_in(self._backend, sql, wanted - found.keys()))
        versions = {row[2] for row in rows}
        self._remember(versions)
        if linked:
            self._remember_links(versions)
        fresh = {row[0]: self._gathered(row, self._linked[row[2]] if linked else NOTHING) for row in rows}
        if len(held) + len(fresh) > HELD:
            held.clear()
        held.update(fresh)
        return found | fresh

    def in_order(self, mentions: Iterable[int]) -> list[Gathered]:
        """Evidence in canonical order."""
        return sorted(self.gather(mentions).values(), key=lambda item: item.evidence.order)

    def _gathered(self, row: Row, linked: Linked) -> Gathered:
        number, identity, version, wordings, payload = row
        place = self._places[version]
        mention = mention_from(payload)
        if version in self._first:
            mention = as_first_read(mention, self._first[version].get((kind_of(mention), wordings)))
        people = people_from(place.people)
        persons = dict(linked.persons)
        evidence = Evidence(
            id=identity,
            document=place.info,
            mention=mention,
            people=people,
            wordings=wordings_from(wordings),
            persons=tuple(persons.get(index) for index in range(len(people))),
            engagement=engagement_of(mention, linked.spans) if isinstance(mention, ReadoutMention) else None,
            readout=readout_of(mention, linked.spans) if isinstance(mention, StatementMention) else None,
        )
        return Gathered(number, version, evidence, place.current, place.printed, place.superseded)

    def _remember(self, versions: Iterable[int]) -> None:
        if len(self._places) > PLACES:
            self._places.clear()
            self._first.clear()
        missing = [version for version in versions if version not in self._places]
        if not missing:
            return
        later = "SELECT version FROM versions WHERE number > 1 AND version IN ({})"
        self._first |= first_readings(self._backend, [row[0] for row in rows_in(self._backend, later, missing)])
        sql = (
            f"SELECT v.version, v.people, v.current, v.published_to, v.superseded_on, {DOCUMENT_COLUMNS} "
            f"FROM {DOCUMENT_TABLES} WHERE v.version IN ({{}})"
        )
        for version, people, current, printed, superseded, *info in rows_in(self._backend, sql, missing):
            self._places[version] = Place(info_from(tuple(info)), people, bool(current), printed, superseded)

    def _remember_links(self, versions: Iterable[int]) -> None:
        """Look up the entries of the versions' persons, engagements and readouts."""
        if len(self._linked) > PLACES:
            self._linked.clear()
        missing = [version for version in versions if version not in self._linked]
        persons: dict[int, list[tuple[int, str]]] = {}
        spans: dict[int, list[tuple[str, Span, str]]] = {}
        sql = (
            "SELECT m.version, m.kind, m.span_start, m.span_end, e.id, CASE m.kind WHEN 'person' THEN m.payload END "
            "FROM mentions AS m JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 "
            "JOIN entries AS e ON e.entry = l.entry "
            "WHERE m.version IN ({}) AND m.kind IN ('person', 'engagement', 'readout') AND m.retired = 0 "
            "ORDER BY m.version, m.span_start, m.span_end, m.id"
        )
        for version, kind, start, end, entry, payload in rows_in(self._backend, sql, missing):
            if payload is None:
                spans.setdefault(version, []).append((kind, Span(start, end), entry))
                continue
            mention = mention_from(payload)
            assert isinstance(mention, PersonMention)
            persons.setdefault(version, []).append((mention.index, entry))
        for version in missing:
            self._linked[version] = Linked(tuple(persons.get(version, ())), tuple(spans.get(version, ())))


NOTHING = Linked()


def engagement_of(mention: ReadoutMention, spans: Sequence[tuple[str, Span, str]]) -> str | None:
    """The entry of the engagement whose very span the readout names."""
    return next((entry for kind, span, entry in spans if kind == "engagement" and span == mention.engagement), None)


def readout_of(mention: StatementMention, spans: Sequence[tuple[str, Span, str]]) -> str | None:
    """The entry of the smallest readout that the statement stands in."""
    around = [
        (span.end - span.start, entry) for kind, span, entry in spans if kind == "readout" and span.covers(mention.span)
    ]
    return min(around)[1] if around else None
