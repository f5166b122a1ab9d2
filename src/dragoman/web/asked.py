"""What does an address ask for? The part after the host becomes one typed record, or an error that says what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from dragoman.errors import UnknownName
from dragoman.lexicon.load import load_lexicon
from dragoman.library import party_code
from dragoman.record.entries import Filter

ALL = "all"  # the scope of the whole book
ROWS = 50  # of a list, on one page
MOST_ROWS = 500
LONGEST = 4000  # characters of a search or a quotation that are looked at


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question to the desk. ``parties`` are the scope, empty for the whole book; ``key`` is the id in the address.

    ``as_of`` goes with every link of the page, so that a reader stays in that day.
    """

    path: str = "/"
    scope: str = ALL
    parties: tuple[str, ...] = ()
    key: str = ""
    as_of: datetime.date | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    topic: str = ""
    person: str = ""
    kind: str = ""
    status: str = ""
    words: str = ""
    speaker: str = ""
    page: int = 1
    rows: int = ROWS
    show: str = ""
    done: str = ""  # the correction that has just been made

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.rows

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two parties of the scope, if it has two."""
        return (self.parties[0], self.parties[1]) if len(self.parties) == 2 else None

    def filter(self, *, limit: int | None = None, latest: bool = True) -> Filter:
        """The filter of the whole question, without a page: at most ``limit`` entries, the latest first."""
        return Filter(
            parties=self.parties,
            person=self.person or None,
            topic=self.topic or None,
            since=self.since,
            until=self.until,
            kind=self.kind or None,
            status=self.status or None,
            as_of=self.as_of,
            limit=limit,
            latest=latest,
        )

    def page_filter(self) -> Filter:
        """The filter of the page that is asked for."""
        return msgspec.structs.replace(self.filter(limit=self.rows), offset=self.offset)

    def scope_filter(self, *, limit: int | None = None, latest: bool = True) -> Filter:
        """The scope and the day alone."""
        return Filter(parties=self.parties, as_of=self.as_of, limit=limit, latest=latest)


def asked_of(path: str, parts: Mapping[str, str], query: Mapping[str, str]) -> Asked:
    """The question of an address. Raises UnknownName for a scope, a day or a number that is none."""
    scope = parts.get("scope", ALL)
    return Asked(
        path=path,
        scope=scope,
        parties=parties_of(scope),
        key=parts.get("key", ""),
        as_of=day_of(query, "as_of"),
        since=day_of(query, "since"),
        until=day_of(query, "until"),
        topic=query.get("topic", "").strip().replace(" ", "_"),
        person=query.get("person", "").strip()[:LONGEST],
        kind=query.get("kind", "").strip(),
        status=query.get("status", "").strip(),
        words=query.get("q", "").strip()[:LONGEST],
        speaker=query.get("speaker", "").strip()[:LONGEST],
        page=number_of(query, "page", 1, 100_000),
        rows=number_of(query, "rows", ROWS, MOST_ROWS),
        show=query.get("show", ""),
        done=query.get("done", "")[:80],
    )


def parties_of(scope: str) -> tuple[str, ...]:
    """The codes of a scope such as "USA-IND"; names are understood too. Raises UnknownName."""
    if scope == ALL:
        return ()
    known = load_lexicon().parties
    return tuple(dict.fromkeys(part if part in known else party_code(part) for part in scope.split("-")))


def day_of(query: Mapping[str, str], name: str) -> datetime.date | None:
    """The day of a value, None when it is left empty. Raises UnknownName."""
    given = query.get(name, "").strip()
    if not given:
        return None
    try:
        return datetime.date.fromisoformat(given)
    except ValueError as error:
        raise UnknownName(f"{name}={given!r} is no day; write it as YYYY-MM-DD") from error


def number_of(query: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A number from 1 to ``most``. Raises UnknownName."""
    given = query.get(name, "").strip()
    if not given:
        return usual
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= most):
        raise UnknownName(f"{name}={given!r} is not a number from 1 to {most}")
    return int(given)
