"""Which mentions say the same of all that linking looks at, and what do they count for together?

A minister is named by tens of thousands of documents in a few ways. Mentions of one such *form* are linked as one: the
first of them in canonical order stands in the blocks for all, and folding asks the database to count the rest. A mention
that a person's decision is about has a form of its own, so that it can be held apart from its like.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.gather import Gathered, Gatherer, rows_in
from dragoman.link.linker import FormLinker
from dragoman.link.origins import stable_hash

# The canonical order of mentions that were published on one day.
FIRST_DAY = (
    "SELECT f.form, d.id, v.digest, m.span_start, m.span_end, m.id, f.mention FROM form_mentions AS f "
    "JOIN documents AS d ON d.document = f.document JOIN mentions AS m ON m.mention = f.mention "
    "JOIN versions AS v ON v.version = m.version WHERE f.form IN ({{}}) AND f.current >= {current} AND f.published = "
    "(SELECT o.published FROM form_mentions AS o WHERE o.form = f.form AND o.current >= {current} "
    "ORDER BY o.published LIMIT 1)"
)


class Placed(msgspec.Struct, frozen=True):
    """Where some mentions went: the first mentions of the forms that they left or entered, before and now.

    ``firsts`` are by form, ``forms`` by fresh mention.
    """

    before: frozenset[int]
    firsts: Mapping[int, int]
    forms: Mapping[int, int]

    @property
    def arrived(self) -> dict[int, list[int]]:
        """The fresh mentions by the first mention of their form."""
        found: dict[int, list[int]] = {}
        for mention, form in self.forms.items():
            found.setdefault(self.firsts[form], []).append(mention)
        return found

    def earlier(self, held: Mapping[int, int]) -> list[tuple[int, int]]:
        """(first mention of the form, entry) for every fresh mention that had an entry before."""
        return [(self.firsts[form], held[mention]) for mention, form in self.forms.items() if mention in held]


class Forms:
    """The forms of a book's mentions, within one transaction."""

    def __init__(self, backend: Backend, gatherer: Gatherer) -> None:
        self._backend = backend
        self._gatherer = gatherer

    def place(self, linker: FormLinker, fresh: set[int], standing: set[int], apart: set[int]) -> Placed:
        """Put the fresh mentions into their forms, those that stand; each of those ``apart`` into its own."""
        sql = "SELECT form FROM form_mentions WHERE mention IN ({})"
        left = {form for (form,) in rows_in(self._backend, sql, fresh)}
        self._backend.run_many("DELETE FROM form_mentions WHERE mention = ?", [(each,) for each in sorted(fresh)])
        documents = self._documents_of(standing)
        rows = [
            row_of(form_of(linker, item, alone=mention in apart), item, documents[mention])
            for mention, item in self._gatherer.gather_bare(standing).items()
        ]
        self._backend.run_many(f"INSERT INTO form_mentions ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(rows))
        return self._renew(left | {row[0] for row in rows}, {row[2]: row[0] for row in rows})

    def _documents_of(self, mentions: Iterable[int]) -> dict[int, int]:
        sql = (
            "SELECT m.mention, v.document FROM mentions AS m JOIN versions AS v ON v.version = m.version "
            "WHERE m.mention IN ({})"
        )
        return dict(rows_in(self._backend, sql, mentions))

    def _renew(self, forms: set[int], placed: Mapping[int, int]) -> Placed:
        """Name the first mention of each form anew."""
        sql = "SELECT form, mention FROM forms WHERE form IN ({})"
        before: dict[int, int] = dict(rows_in(self._backend, sql, forms))
        now = self.firsts(forms, current=0)
        gone = [(form,) for form in sorted(forms - now.keys())]
        self._backend.run_many("DELETE FROM forms WHERE form = ?", gone)
        sql = "INSERT INTO forms (form, mention) VALUES (?, ?) ON CONFLICT (form) DO UPDATE SET mention = ?"
        rows = [(form, first, first) for form, first in sorted(now.items()) if before.get(form) != first]
        self._backend.run_many(sql, rows)
        return Placed(frozenset(before.values()), now, placed)

    def firsts(self, forms: Iterable[int], *, current: int) -> dict[int, int]:
        """By form, its first mention in canonical order, of those in current texts when ``current`` is 1."""
        found: dict[int, tuple[tuple[str, str, int, int, str], int]] = {}
        for form, *order, mention in rows_in(self._backend, FIRST_DAY.format(current=current), forms):
            place = (tuple(order), mention)
            if form not in found or place < found[form]:
                found[form] = place
        return {form: mention for form, (_, mention) in found.items()}

    # ---------------------------------------------------------------- for linking

    def counts(self, firsts: Iterable[int]) -> dict[int, int]:
        """How many mentions each first mention stands for."""
        sql = (
            "SELECT f.mention, count(*) FROM forms AS f JOIN form_mentions AS m ON m.form = f.form "
            "WHERE f.mention IN ({}) GROUP BY f.mention"
        )
        return dict(rows_in(self._backend, sql, firsts))

    def entries(self, firsts: Iterable[int]) -> dict[int, int]:
        """The entries of first mentions, as far as their forms have one."""
        sql = "SELECT mention, entry FROM forms WHERE entry IS NOT NULL AND mention IN ({})"
        return dict(rows_in(self._backend, sql, firsts))

    def sharing(self, entries: Iterable[int]) -> set[int]:
        """The first mentions of all forms of these entries."""
        sql = "SELECT mention FROM forms WHERE entry IN ({})"
        return {mention for (mention,) in rows_in(self._backend, sql, entries)}

    def with_entries(self, firsts: set[int]) -> set[int]:
        """The first mentions, and those of all forms that share an entry with one of them."""
        return firsts | self.sharing(self.entries(firsts).values())

    def members(self, firsts: Iterable[int]) -> set[int]:
        """All mentions that the first mentions stand for."""
        sql = "SELECT m.mention FROM forms AS f JOIN form_mentions AS m ON m.form = f.form WHERE f.mention IN ({})"
        return {mention for (mention,) in rows_in(self._backend, sql, firsts)}

    def give(self, entry: int, firsts: Iterable[int]) -> None:
        """Note the entry of forms."""
        sql = "UPDATE forms SET entry = ? WHERE mention = ?"
        self._backend.run_many(sql, [(entry, first) for first in sorted(firsts)])


COLUMNS = "form, published, mention, document, published_from, published_to, current"


def form_of(linker: FormLinker, item: Gathered, *, alone: bool) -> int:
    """The number of a mention's form."""
    key = f"{linker.kind} {linker.form(item.evidence)}"
    return stable_hash(f"{key} {item.evidence.id}" if alone else key)


def row_of(form: int, item: Gathered, document: int) -> tuple[int, str, int, int, str | None, str | None, int]:
    """A row of ``form_mentions``."""
    published = item.evidence.document.published
    first, last = (day.isoformat() if day else None for day in (published.start, published.end))
    return form, item.evidence.order[0], item.mention, document, first, last, int(item.current)


# ------------------------------------------------------------------ for folding


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """The mentions of one form of one entry, in current texts or in others: how many, on which days."""

    entry: int
    form: int
    current: int
    count: int
    first_day: str | None
    last_day: str | None
    earliest: str | None
    latest: str | None
    printed_first: str | None
    printed_last: str | None
    undated: int


COUNTED = (
    "SELECT f.entry, m.form, m.current, count(*), "
    "min(CASE WHEN m.published_from = m.published_to THEN m.published_from END), "
    "max(CASE WHEN m.published_from = m.published_to THEN m.published_from END), "
    "min(coalesce(m.published_from, m.published_to)), max(coalesce(m.published_to, m.published_from)), "
    "min(m.published_to), max(m.published_to), sum(CASE WHEN m.published_to IS NULL THEN 1 ELSE 0 END) "
    "FROM forms AS f JOIN form_mentions AS m ON m.form = f.form WHERE f.entry IN ({}) GROUP BY f.entry, m.form, m.current"
)
ORIGINS = (
    "SELECT f.entry, m.current, count(DISTINCT d.origin) FROM forms AS f JOIN form_mentions AS m ON m.form = f.form "
    "JOIN documents AS d ON d.document = m.document WHERE f.entry IN ({}) GROUP BY f.entry, m.current"
)


def counted(backend: Backend, entries: Iterable[int]) -> dict[int, list[Counted]]:
    """The forms of each entry with what they count for."""
    found: dict[int, list[Counted]] = {}
    for row in rows_in(backend, COUNTED, entries):
        found.setdefault(row[0], []).append(Counted(*row))
    return found


def origins_of(backend: Backend, entries: Iterable[int]) -> dict[tuple[int, int], int]:
    """By entry, and whether in current texts: how many independent texts back it."""
    return {(entry, current): count for entry, current, count in rows_in(backend, ORIGINS, entries)}


def standing_of(held: Sequence[Counted]) -> list[Counted]:
    """What counts today: the mentions in current texts, or all when there is none."""
    return [each for each in held if each.current] or list(held)
