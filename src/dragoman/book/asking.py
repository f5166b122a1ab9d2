"""Which documents and entries answer a filter, today or as of a day?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from dragoman.book.backend import Backend, Values
from dragoman.book.features import features_of, folded_words
from dragoman.book.folding import fold_entry, in_print
from dragoman.book.folding_forms import with_backing
from dragoman.book.gather import Gatherer, rows_in
from dragoman.book.load import DOCUMENT_COLUMNS, DOCUMENT_TABLES, entry_from, info_from
from dragoman.book.overlay import Overlay
from dragoman.book.searching import day_from
from dragoman.link.linker import Linker
from dragoman.record.entries import AnyEntry, DocumentInfo, Engagement, EntryKind, Filter, PersonEntry, Relationship

MANY = 2000  # entries of a party beyond which it is not counted how many
AT_ONCE = 500  # values of one list in a query
BY_EVENT = frozenset({EntryKind.ENGAGEMENT, EntryKind.INCIDENT})  # listed by their own day, the rest by publication


class Conditions:
    """Conditions of a WHERE clause and their values, in step; ``source`` is what the clause selects from."""

    def __init__(self) -> None:
        self.source = "entries AS e"
        self._parts: list[str] = []
        self._values: list[str | int | float | None] = []

    def ask(self, sql: str, *values: str | int | None) -> None:
        """One more condition."""
        self._parts.append(sql)
        self._values.extend(values)

    @property
    def sql(self) -> str:
        """All conditions."""
        return " AND ".join(self._parts)

    @property
    def values(self) -> Values:
        """The values for the marks of ``sql``."""
        return self._values


class Asking:
    """Answers filters within one snapshot."""

    def __init__(self, backend: Backend, linkers: Sequence[Linker]) -> None:
        self._backend = backend
        self._linkers = {linker.kind: linker for linker in linkers}
        self._overlay = Overlay(backend)

    # ---------------------------------------------------------------- entries

    def entries(self, kind: EntryKind, wanted: Filter) -> list[AnyEntry]:
        """Entries of a kind that answer the filter, in the order of their list."""
        found = self._page_folded(kind, wanted) if wanted.as_of else self._page(kind, wanted)
        return found if wanted.bare else [self._whole(entry, wanted.as_of) for entry in found]

    def each(self, kind: EntryKind, wanted: Filter) -> Iterator[AnyEntry]:
        """``entries`` in slices. Of a list that the database cannot order, its keys are held as well."""
        numbers = self._keyed(kind, wanted) if wanted.as_of or kind is EntryKind.PERSON else self._numbers(kind, wanted)
        gatherer = Gatherer(self._backend)
        while part := list(islice(numbers, AT_ONCE)):
            payloads: dict[int, str] = dict(
                rows_in(self._backend, "SELECT entry, payload FROM entries WHERE entry IN ({})", part)
            )
            for number in part:
                entry = self._at(number, payloads[number], wanted.as_of, gatherer)
                yield entry if wanted.bare else self._whole(entry, wanted.as_of)

    def _numbers(self, kind: EntryKind, wanted: Filter) -> Iterator[int]:
        """The rows of today's list in its order, as the database gives them."""
        asked = self._asked(kind, wanted)
        order = order_by(kind, latest=wanted.latest)
        sql = f"SELECT e.entry FROM {asked.source} WHERE {asked.sql} ORDER BY {order}"
        rows = (number for (number,) in self._backend.each(sql, asked.values))
        return islice(rows, wanted.offset, end_of(wanted))

    def _keyed(self, kind: EntryKind, wanted: Filter) -> Iterator[int]:
        """The rows of a list that is ordered here, by surname or as of a day."""
        key = latest_key if wanted.latest else sort_key
        asked = self._asked(kind, wanted)
        sql = f"SELECT e.entry, e.payload FROM {asked.source} WHERE {asked.sql}"
        found = (
            self._folded_rows(kind, wanted)
            if wanted.as_of
            else ((number, entry_from(payload)) for number, payload in self._backend.each(sql, asked.values))
        )
        keys = sorted(((key(entry), number) for number, entry in found), reverse=wanted.latest)
        return (number for _, number in keys[wanted.offset : end_of(wanted)])

    def _at(self, number: int, payload: str, day: datetime.date | None, gatherer: Gatherer) -> AnyEntry:
        """The entry of a row that answers a filter, today or as of a day."""
        folded = self.folded(number, day, gatherer) if day else None
        return folded or entry_from(payload)

    def count(self, kind: EntryKind, wanted: Filter) -> int:
        """How many entries of a kind answer the filter, on all pages."""
        if wanted.as_of:
            return sum(1 for _ in self._folded(kind, wanted))
        asked = self._asked(kind, wanted)
        return int(self._backend.rows(f"SELECT count(*) FROM {asked.source} WHERE {asked.sql}", asked.values)[0][0])

    def _page(self, kind: EntryKind, wanted: Filter) -> list[AnyEntry]:
        """The page of today's list, sorted and cut by the database; persons are sorted here, by surname."""
        asked = self._asked(kind, wanted)
        if kind is EntryKind.PERSON:
            everyone = f"SELECT e.payload FROM {asked.source} WHERE {asked.sql}"
            return page_of([entry_from(payload) for (payload,) in self._backend.rows(everyone, asked.values)], wanted)
        order = order_by(kind, latest=wanted.latest)
        if wanted.limit is None:
            whole = f"SELECT e.payload FROM {asked.source} WHERE {asked.sql} ORDER BY {order}"
            rows = self._backend.rows(whole, asked.values)[wanted.offset :]
        else:  # sorted by number, so that the payloads of the page alone are read
            chosen = f"SELECT e.entry FROM {asked.source} WHERE {asked.sql} ORDER BY {order}"
            chosen += f" LIMIT {int(wanted.limit)} OFFSET {int(wanted.offset)}"
            sql = f"SELECT e.payload FROM ({chosen}) AS c JOIN entries AS e ON e.entry = c.entry ORDER BY {order}"
            rows = self._backend.rows(sql, asked.values)
        return [entry_from(payload) for (payload,) in rows]

    def _page_folded(self, kind: EntryKind, wanted: Filter) -> list[AnyEntry]:
        return page_of(list(self._folded(kind, wanted)), wanted)

    def _asked(self, kind: EntryKind, wanted: Filter) -> Conditions:
        """The conditions of today's list."""
        asked = Conditions()
        asked.ask("e.kind = ? AND e.state = 'live'", kind)
        self._parties(asked, kind, wanted.parties)
        self._features(asked, wanted)
        self._days(asked, kind, wanted)
        return asked

    def _parties(self, asked: Conditions, kind: EntryKind, parties: Sequence[str]) -> None:
        """All parties; readouts concern those of their engagement too, other kinds refer to nothing."""
        rarest = self._rarest(parties)
        if kind is EntryKind.READOUT:
            for party in parties:
                asked.ask(OF_RAREST if party == rarest else PARTY_OF, party, party)
        elif rarest is not None:
            asked.source = "entry_parties AS r CROSS JOIN entries AS e"  # in this order: through the rarest party
            asked.ask("r.party = ? AND e.entry = r.entry", rarest)
            for party in parties:
                if party != rarest:
                    asked.ask(
                        "EXISTS (SELECT 1 FROM entry_parties AS p WHERE p.party = ? AND p.entry = r.entry)", party
                    )

    def _features(self, asked: Conditions, wanted: Filter) -> None:
        """Persons, topic, kind and status, by the tables beside the entries."""
        for word in self._person_words(wanted.person):
            asked.ask("EXISTS (SELECT 1 FROM entry_people AS p WHERE p.entry = e.entry AND p.person = ?)", word)
        if wanted.topic:
            asked.ask("EXISTS (SELECT 1 FROM entry_topics AS t WHERE t.entry = e.entry AND t.topic = ?)", wanted.topic)
        if wanted.kind:
            asked.ask("e.type = ?", wanted.kind)
        if wanted.status:
            asked.ask("e.status = ?", wanted.status)

    def _rarest(self, parties: Sequence[str]) -> str | None:
        """The party with the fewest entries, by which the others are looked up; all with very many count alike."""
        if len(parties) < 2:
            return parties[0] if parties else None
        sql = f"SELECT count(*) FROM (SELECT 1 FROM entry_parties WHERE party = ? LIMIT {MANY}) AS held"
        return min(parties, key=lambda party: int(self._backend.rows(sql, (party,))[0][0]), default=None)

    def _person_words(self, person: str | None) -> tuple[str, ...]:
        if not person:
            return ()
        held = self._backend.rows("SELECT coalesce(merged_into, id) FROM entries WHERE id = ?", (person,))
        return (held[0][0],) if held else folded_words(person)

    def _days(self, asked: Conditions, kind: EntryKind, wanted: Filter) -> None:
        first, last = ("day_from", "day_to") if kind in BY_EVENT else ("first_published", "last_published")
        if wanted.since:
            asked.ask(f"coalesce(e.{last}, e.{first}) >= ?", wanted.since.isoformat())
        if wanted.until:
            asked.ask(f"coalesce(e.{first}, e.{last}) <= ?", wanted.until.isoformat())
        if wanted.printed_since:
            asked.ask("e.last_published >= ?", wanted.printed_since.isoformat())

    # ---------------------------------------------------------------- as of a day

    def _folded(self, kind: EntryKind, wanted: Filter) -> Iterator[AnyEntry]:
        """The entries of ``_folded_rows``."""
        return (entry for _, entry in self._folded_rows(kind, wanted))

    def _folded_rows(self, kind: EntryKind, wanted: Filter) -> Iterator[tuple[int, AnyEntry]]:
        """Entries with their rows, as they were in print at the end of a day.

        What was settled by then answers as it stands; only what was printed on both sides of the day is folded anew.
        """
        assert wanted.as_of
        day = wanted.as_of.isoformat()
        asked = self._asked(kind, wanted)
        asked.ask(SETTLED, day)
        settled = f"SELECT e.entry, e.payload FROM {asked.source} WHERE {asked.sql}"
        for number, payload in self._backend.each(settled, asked.values):
            yield number, entry_from(payload)
        sql = (
            "SELECT e.entry FROM entries AS e WHERE e.kind = ? AND e.state <> 'merged' AND e.printed_first <= ? "
            f"AND (e.verdict IS NULL OR e.verdict <> 'reject') AND NOT (e.state = 'live' AND {SETTLED})"
        )
        gatherer = Gatherer(self._backend)
        for (number,) in self._backend.each(sql, (kind, day, day)):
            entry = self.folded(number, wanted.as_of, gatherer)
            if entry is not None and self._answers(entry, kind, wanted):
                yield number, entry

    def folded(self, number: int, day: datetime.date | None, gatherer: Gatherer) -> AnyEntry | None:
        """The entry of that row as of a day, or None when nothing of it was in print."""
        kind, identity = self._backend.rows("SELECT kind, id FROM entries WHERE entry = ?", (number,))[0]
        rows = self._backend.rows("SELECT mention FROM links WHERE entry = ? AND revoked = 0", (number,))
        items = gatherer.in_order(mention for (mention,) in rows)
        printed = in_print(items, day)
        if not printed:
            return None
        folded = fold_entry(self._linkers[EntryKind(kind)], identity, [item.evidence for item in printed])
        return self._overlay.on(folded, [item.mention for item in items])

    def _answers(self, entry: AnyEntry, kind: EntryKind, wanted: Filter) -> bool:
        """The conditions of ``_current``, for an entry that is in no table."""
        found_by = features_of(entry)
        people = {*found_by.persons, *(word for name in found_by.names for word in folded_words(name))}
        parties = set(found_by.parties)
        if found_by.target:
            sql = "SELECT party FROM entry_parties AS p JOIN entries AS e ON e.entry = p.entry WHERE e.id = ?"
            parties |= {party for (party,) in self._backend.rows(sql, (found_by.target,))}
        return (
            set(wanted.parties) <= parties
            and set(self._person_words(wanted.person)) <= people
            and wanted.topic in (None, *found_by.topics)
            and wanted.kind in (None, found_by.type)
            and wanted.status in (None, found_by.status)
            and in_days(entry, kind, wanted)
        )

    # ---------------------------------------------------------------- what hangs on entries

    def _whole(self, entry: AnyEntry, as_of: datetime.date | None) -> AnyEntry:
        """An engagement with the ids of the readouts that are accounts of it, a person with those of what backs it."""
        if not isinstance(entry, Engagement):
            return with_backing(self._backend, entry)
        day = as_of.isoformat() if as_of else "9999"
        sql = (
            "SELECT e.id FROM entry_references AS r JOIN entries AS e ON e.entry = r.entry "
            "WHERE r.target = ? AND e.state = 'live' AND (? = '9999' OR e.printed_first <= ?) ORDER BY e.first_published, e.id"
        )
        readouts = tuple(identity for (identity,) in self._backend.rows(sql, (entry.id, day, day)))
        return msgspec.structs.replace(entry, readouts=readouts)

    def whole(self, entry: AnyEntry) -> AnyEntry:
        """The entry with what hangs on it today."""
        return self._whole(entry, None)

    def entries_of(self, mentions: Sequence[str]) -> dict[str, str]:
        """The standing entries of mentions, by the mentions' ids."""
        found: dict[str, str] = {}
        for at in range(0, len(mentions), AT_ONCE):
            part = mentions[at : at + AT_ONCE]
            sql = (
                "SELECT m.id, e.id FROM mentions AS m JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 "
                f"JOIN entries AS e ON e.entry = l.entry WHERE m.id IN ({', '.join('?' * len(part))})"
            )
            found.update(self._backend.rows(sql, part))
        return found

    def relationships(self, limit: int) -> list[Relationship]:
        """Pairs of parties by the number of their engagements."""
        rows = self._backend.rows(RELATIONSHIPS, (limit,))
        weight: dict[str, int] = {}
        for one, other, number, _, _ in rows:
            for party in (one, other):
                weight[party] = weight.get(party, 0) + number
        return [
            Relationship(
                parties=(one, other) if weight[one] >= weight[other] else (other, one),
                engagements=number,
                first=day_from(first),
                last=day_from(last),
            )
            for one, other, number, first, last in rows
        ]

    # ---------------------------------------------------------------- documents

    def documents(self, wanted: Filter) -> list[DocumentInfo]:
        """Documents that answer the filter, by day of publication; those without a day last."""
        sql, values = self._documents(wanted)
        return [
            info_from(row)
            for row in self._backend.rows(sql, values)[0 if wanted.limit is not None else wanted.offset :]
        ]

    def each_document(self, wanted: Filter) -> Iterator[DocumentInfo]:
        """``documents``, as the database gives them."""
        sql, values = self._documents(wanted)
        rows = self._backend.each(sql, values)
        return map(info_from, rows if wanted.limit is not None else islice(rows, wanted.offset, None))

    def _documents(self, wanted: Filter) -> tuple[str, Values]:
        """The query for documents, cut where the filter has a limit, with its values."""
        asked = Conditions()
        asked.ask("v.current = 1" if not wanted.as_of else f"v.version = ({NEWEST_IN_PRINT})", *in_print_by(wanted))
        if wanted.kind:
            asked.ask("v.kind = ?", wanted.kind)
        if wanted.since:
            asked.ask("coalesce(v.published_to, v.published_from) >= ?", wanted.since.isoformat())
        if wanted.until:
            asked.ask("coalesce(v.published_from, v.published_to) <= ?", wanted.until.isoformat())
        self._with_mentions(asked, wanted)
        sql = (
            f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE {asked.sql} "
            f"ORDER BY {DOCUMENTS_LATEST if wanted.latest else DOCUMENTS_IN_ORDER}"
        )
        if wanted.limit is not None:
            sql += f" LIMIT {int(wanted.limit)} OFFSET {int(wanted.offset)}"
        return sql, asked.values

    def _with_mentions(self, asked: Conditions, wanted: Filter) -> None:
        """Each of parties, person and topic must be those of some entry that the document backs."""
        table = "EXISTS (SELECT 1 FROM mentions AS m JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 "
        where = "WHERE m.version = v.version AND "
        rarest = self._rarest(wanted.parties)
        for party in wanted.parties:
            found_by = f"{table} JOIN entry_parties AS x ON x.entry = l.entry {where} x.party = ?)"
            asked.ask(VERSIONS_OF if party == rarest else found_by, party)
        for word in self._person_words(wanted.person):
            asked.ask(f"{table} JOIN entry_people AS x ON x.entry = l.entry {where} x.person = ?)", word)
        if wanted.topic:
            asked.ask(f"{table} JOIN entry_topics AS x ON x.entry = l.entry {where} x.topic = ?)", wanted.topic)


# Versions that back an entry of the party, as a set: only the rarest party's entries are looked at.
VERSIONS_OF = (
    "v.version IN (SELECT m.version FROM entry_parties AS x JOIN links AS l ON l.entry = x.entry AND l.revoked = 0 "
    "JOIN mentions AS m ON m.mention = l.mention WHERE x.party = ?)"
)

# An entry concerns a party itself, or refers to an entry that does: a readout concerns all parties of its engagement.
PARTY_OF = (
    "(EXISTS (SELECT 1 FROM entry_parties AS p WHERE p.party = ? AND p.entry = e.entry) OR EXISTS ("
    "SELECT 1 FROM entry_references AS r JOIN entries AS t ON t.id = r.target "
    "JOIN entry_parties AS p ON p.entry = t.entry WHERE r.entry = e.entry AND p.party = ?))"
)

# The same as a set: it is made once, and in a large book only the entries of one party are looked at.
OF_RAREST = (
    "e.entry IN (SELECT p.entry FROM entry_parties AS p WHERE p.party = ? UNION "
    "SELECT r.entry FROM entry_parties AS p JOIN entries AS t ON t.entry = p.entry "
    "JOIN entry_references AS r ON r.target = t.id WHERE p.party = ?)"
)

RELATIONSHIPS = (
    "SELECT a.party, b.party, count(*), min(e.day_from), max(e.day_from) FROM entries AS e "
    "JOIN entry_parties AS a ON a.entry = e.entry JOIN entry_parties AS b ON b.entry = e.entry AND b.party > a.party "
    "WHERE e.kind = 'engagement' AND e.state = 'live' GROUP BY a.party, b.party "
    "ORDER BY count(*) DESC, a.party, b.party LIMIT ?"
)

# Of an entry that nothing printed since the day speaks of, and that no new version has changed, today's values hold.
SETTLED = "e.changing = 0 AND e.printed_last IS NOT NULL AND e.printed_last <= ?"

DOCUMENTS_IN_ORDER = "coalesce(v.published_from, v.published_to, '9999'), d.id"
# The first key is that of the index versions_latest, so that the last documents of a large book are found at once.
DOCUMENTS_LATEST = "coalesce(v.published_from, v.published_to, '') DESC, d.id DESC"

NEWEST_IN_PRINT = (
    "SELECT w.version FROM versions AS w WHERE w.document = v.document AND w.published_to <= ? "
    "ORDER BY w.number DESC LIMIT 1"
)


def in_print_by(wanted: Filter) -> tuple[str, ...]:
    """The value that ``NEWEST_IN_PRINT`` asks for, if the filter has a day."""
    return (wanted.as_of.isoformat(),) if wanted.as_of else ()


def in_days(entry: AnyEntry, kind: EntryKind, wanted: Filter) -> bool:
    """Whether the entry's days touch the filter's."""
    when = features_of(entry).when
    first, last = (when.start, when.end) if kind in BY_EVENT else (entry.first_published, entry.last_published)
    first, last = first or last, last or first
    if wanted.since and (last is None or last < wanted.since):
        return False
    if wanted.printed_since and (entry.last_published is None or entry.last_published < wanted.printed_since):
        return False
    return not (wanted.until and (first is None or first > wanted.until))


def order_by(kind: EntryKind, *, latest: bool) -> str:
    """The order of ``sort_key`` in SQL, for all kinds but persons; the latest first when asked, what has no day last."""
    published = "coalesce(e.first_published, '')" if latest else "coalesce(e.first_published, '9999')"
    own = "coalesce(e.day_from, e.day_to, '')" if latest else "coalesce(e.day_from, e.day_to, '9999')"
    turn = " DESC" if latest else ""
    keys = (own, published, "e.id") if kind in BY_EVENT else (published, "e.id")
    return ", ".join(key + turn for key in keys)


def page_of(found: list[AnyEntry], wanted: Filter) -> list[AnyEntry]:
    """The page that the filter asks for, of all that answer it."""
    found.sort(key=latest_key if wanted.latest else sort_key, reverse=wanted.latest)
    return found[wanted.offset : end_of(wanted)]


def end_of(wanted: Filter) -> int | None:
    """Where the page that the filter asks for ends in its list."""
    return None if wanted.limit is None else wanted.offset + wanted.limit


def latest_key(entry: AnyEntry) -> tuple[str, ...]:
    """``sort_key`` for a list that is turned round: what has no day comes before all days, and so last."""
    return tuple("" if part == "9999" else part for part in sort_key(entry))


def sort_key(entry: AnyEntry) -> tuple[str, str, str]:
    """By surname for persons, by date for what has one, else by first publication; what has none comes last."""
    if isinstance(entry, PersonEntry):
        return (" ".join(folded_words(entry.surname)), entry.name, entry.id)
    when = features_of(entry).when
    own = when.start or when.end if EntryKind(str(entry.__struct_config__.tag)) in BY_EVENT else None
    published = str(entry.first_published or "9999")
    if EntryKind(str(entry.__struct_config__.tag)) in BY_EVENT:
        return (str(own or "9999"), published, entry.id)
    return (published, "", entry.id)
