"""Who is known by name alone? Present and recent holders of high office, with the days they held it.

Used only where a text does not say a person's party or office, and only where the name can mean one person.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from functools import lru_cache

import msgspec

from dragoman.lexicon.tables import DATA, rows_of, words_in_cell
from dragoman.mark.people.likeness import SHORTEST_MISSPELT, near, office_words, same_given, surname_of
from dragoman.mark.people.names import folded
from dragoman.mark.people.vocabulary import TITLE, vocabulary

COLUMNS = ("name", "tenures")
TENURE = re.compile(r"(?P<party>\w+) (?P<office>.+) (?P<start>[\d-]{10})/(?P<end>[\d-]*)")
GRACE = datetime.timedelta(days=45)  # a text may speak of a holder who has just left, or is about to come


class Tenure(msgspec.Struct, frozen=True, kw_only=True):
    """A person in an office from one day to another; an open end is still running."""

    name: str
    party: str
    office: str
    start: datetime.date
    end: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether the office is held on a day, with some days of grace on either side."""
        return self.start - GRACE <= day and (self.end is None or day <= self.end + GRACE)


@lru_cache(maxsize=1)
def tenures() -> dict[str, tuple[Tenure, ...]]:
    """The tenures by the folded last word of the surname. Raises LexiconError naming the row."""
    found: dict[str, list[Tenure]] = {}
    for row in rows_of(DATA / "names_incumbents.csv", COLUMNS):
        for cell in words_in_cell(row.cells[1]):
            match = TENURE.fullmatch(cell)
            if match is None:
                raise row.wrong(f"{cell!r} is no tenure; write PARTY office first-day/last-day")
            tenure = tenure_of(row.cells[0], match)
            for key in keys_of(tenure.name, tenure.party):
                found.setdefault(key, []).append(tenure)
    return {key: tuple(held) for key, held in found.items()}


def tenure_of(name: str, match: re.Match[str]) -> Tenure:
    """The tenure that a cell of the table says."""
    return Tenure(
        name=name,
        party=match["party"],
        office=match["office"],
        start=datetime.date.fromisoformat(match["start"]),
        end=datetime.date.fromisoformat(match["end"]) if match["end"] else None,
    )


def keys_of(name: str, party: str) -> set[str]:
    """The folded words by which a name is looked up: the surname, without an Arabic article."""
    parts = name.split()
    surname = surname_of(parts, party, Counter())
    words = {folded(word) for word in (surname, surname.split()[-1])}
    return {word[3:] if word[:3] in ("al-", "el-") else word for word in words}


@lru_cache(maxsize=8192)
def known_as(
    parts: tuple[str, ...], surname: str, offices: tuple[str, ...], party: str | None, day: datetime.date | None
) -> Tenure | None:
    """The one tenure that a name, with the offices and the party that a text gives, can mean on a day.

    Without a day, or when the person holds no office on it, the tenure tells the party only: its office is empty.
    """
    found = [t for t in _of(surname) if fits(t, parts, surname, offices, party)]
    if not found and len(parts) > 1:  # a surname of two words: "Foreign Minister Le Drian"
        whole = tuple(folded(part) for part in parts)
        found = [t for t in _of(parts[-1]) if tuple(map(folded, t.name.split()))[-len(whole) :] == whole]
        found = [t for t in found if fits(t, parts, " ".join(parts), offices, party)]
    if not found or len({(t.name, t.party) for t in found}) > 1:
        found = [t for t in found if day is not None and t.holds(day)]
    if len({t.name for t in found}) != 1:
        return None
    holding = [t for t in found if day is not None and t.holds(day)]
    if holding:
        return holding[-1]
    return msgspec.structs.replace(found[-1], office="") if len({t.party for t in found}) == 1 else None


def _of(surname: str) -> tuple[Tenure, ...]:
    key = folded(surname.split()[-1]) if surname else ""
    key = key[3:] if key[:3] in ("al-", "el-") else key
    held = tenures().get(key)
    if held is None and len(key) > SHORTEST_MISSPELT:
        near_by = [k for k in tenures() if k[0] == key[0] and abs(len(k) - len(key)) < 2 and near(k, key)]
        held = tenures()[near_by[0]] if len(near_by) == 1 else ()
    return held or ()


def fits(tenure: Tenure, parts: tuple[str, ...], surname: str, offices: tuple[str, ...], party: str | None) -> bool:
    """Whether given name, party and office agree with a tenure as far as the text gives them."""
    if party is not None and party != tenure.party:
        return False
    words = [folded(p) for n, p in enumerate(parts) if p not in surname.split() or p in parts[n + 1 :]]
    known = [folded(p) for p in tenure.name.split()]
    if words and not any(same_given(words[0], k) for k in known):
        return False
    if words or not offices:
        return True
    return any(office_words(o) & office_words(tenure.office) for o in offices)


def bare_name(word: str, day: datetime.date | None) -> bool:
    """Whether a surname alone, not yet seen in a text, is a known holder's and hardly anybody else's."""
    kind = vocabulary().kinds.get(word, 0)
    if kind & ~TITLE or len(word) < SHORTEST_BARE:
        return False
    return known_as((word,), word, (), None, day) is not None


SHORTEST_BARE = 4
