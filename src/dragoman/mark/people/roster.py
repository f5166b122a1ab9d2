"""Who are the persons of a document? Names are gathered, variants merged, offices and parties kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.mark.people.incumbents import Tenure
from dragoman.mark.people.likeness import (
    GIVEN_KIND,
    SHORTEST_MISSPELT,
    folded_words,
    near,
    office_words,
    same_name,
    surname_of,
)
from dragoman.mark.people.names import Name, folded
from dragoman.mark.people.offices import RANK, RANKS, TEMPORAL, Basis, Office
from dragoman.mark.people.vocabulary import vocabulary
from dragoman.record.marks import Person


class Entry:
    """One person while the document is read."""

    __slots__ = (
        "basis",
        "gender",
        "known",
        "like",
        "named",
        "names",
        "number",
        "offices",
        "party",
        "places",
        "surname",
    )

    def __init__(self, number: int, parts: tuple[str, ...], *, named: bool = True) -> None:
        self.number = number
        self.named = named
        self.names: list[tuple[str, ...]] = [parts] if parts else []
        self.offices: list[str] = []
        self.party: str | None = None
        self.basis = Basis.DOCUMENT
        self.gender = ""
        self.surname = ""
        self.known: Tenure | None = None
        self.like = ""  # the office of the one whose counterpart the person is said to be
        self.places: list[int] = []  # where the person is named, in order

    @property
    def parts(self) -> tuple[str, ...]:
        """The fullest name so far."""
        if len(self.names) == 1:
            return self.names[0]
        return max(self.names, key=lambda parts: (len(parts), sum(map(len, parts)))) if self.names else ()

    def learns(self, office: Office) -> None:
        """Keep an office and a party that a phrase shows."""
        if office.words and office.words not in self.offices:
            self.offices.append(office.words)
        if office.party:
            self.belongs(office.party, office.basis)

    def belongs(self, party: str, basis: Basis) -> None:
        """Keep a party unless one with better grounds is known."""
        if self.party is None or RANK[basis] < RANK[self.basis]:
            self.party, self.basis = party, basis

    def office(self) -> str | None:
        """The office to show: a present one rather than a former, and the fuller wording of one office."""
        present = [o for o in self.offices if o.split(" ", 1)[0].lower() not in FORMER] or self.offices
        present = [o for o in present if o.lower() not in RANKS] or present
        if not present:
            return None
        best = present[0]
        for other in present[1:]:
            if office_words(best) < office_words(other):
                best = other
        return best


FORMER = TEMPORAL - {"acting", "new", "incoming", "current"}


class Roster:
    """The persons of a document, found by the parts of their names."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._by_part: dict[str, list[Entry]] = {}

    def unnamed(self) -> Entry:
        """A new person without a name."""
        entry = Entry(len(self.entries), (), named=False)
        self.entries.append(entry)
        return entry

    def person_of(self, parts: tuple[str, ...], offices: Sequence[Office]) -> Entry:
        """The person of a full name: a known one or a new one."""
        found = self._known(parts, offices)
        if found is None:
            found = Entry(len(self.entries), parts)
            self.entries.append(found)
        elif parts not in found.names:
            found.names.append(parts)
        for part in parts:
            held = self._by_part.setdefault(folded(part), [])
            if found not in held:
                held.append(found)
        return found

    def _known(self, parts: tuple[str, ...], offices: Sequence[Office]) -> Entry | None:
        keys = [folded(part) for part in parts]
        parties = {office.party for office in offices if office.party}
        candidates = {entry.number: entry for key in keys for entry in self._by_part.get(key, ())}
        for entry in candidates.values():
            if parties and entry.party and entry.party not in parties:
                continue
            if any(same_name(keys, [folded(p) for p in name]) for name in entry.names):
                return entry
        return None

    def settle(self, singles: Counter[str]) -> None:
        """Find every person's surname, with the help of the names that stand alone in the text."""
        for entry in self.entries:
            if entry.named:
                entry.surname = surname_of(entry.parts, entry.party, singles)

    def called(self, part: str, *, led: bool) -> list[Entry]:
        """The persons whom a single name can mean, by surname first."""
        key = folded(part)
        held = self._by_part.get(key, [])
        by_surname = [entry for entry in held if key in folded_words(entry.surname)]
        if by_surname:
            return by_surname
        given = not vocabulary().kinds.get(part, 0) & GIVEN_KIND
        return [entry for entry in held if led or given or len(entry.parts) == 1]

    def misspelt(self, parts: tuple[str, ...], offices: Sequence[Office]) -> Entry | None:
        """The person whose surname this one misspells: one letter or two apart, and nothing else against it."""
        key = folded(parts[-1])
        if len(key) < SHORTEST_MISSPELT:
            return None
        words = [office_words(o.words) for o in offices]
        for entry in self.entries:
            other = folded(entry.surname)
            if not entry.named or abs(len(other) - len(key)) > 1 or other[:1] != key[:1] or not near(key, other):
                continue
            given = len(parts) == 1 or folded(parts[0])[:3] == folded(entry.parts[0])[:3]
            office = any(o <= w or w <= o for o in map(office_words, entry.offices) for w in words)
            if given and (office or (len(parts) > 1 and not offices)):
                return entry
        return None


def people_of(entries: Iterable[Entry]) -> list[Person]:
    """The entries as records."""
    return [person_of(entry) for entry in entries]


def person_of(entry: Entry) -> Person:
    """An entry as a record. An office that no phrase states is that of the table, or of a counterpart."""
    office, basis = entry.office(), ""
    if office is None and entry.known and entry.known.office:
        office, basis = entry.known.office, "lexicon"
    if entry.like and (office is None or office.lower() == "counterpart"):
        office, basis = entry.like, "counterpart"
    return Person(
        name=name_of(entry),
        surname=entry.surname,
        office=office,
        office_basis=basis,
        party=entry.party,
        party_basis=entry.basis if entry.party else "",
        named=entry.named,
    )


def name_of(entry: Entry) -> str:
    """The fullest name of the text; the known full name for a surname that stands alone; the office of a nameless one."""
    if not entry.named:
        return entry.offices[0] if entry.offices else ""
    if entry.known and len(entry.parts) == 1:
        return entry.known.name
    return " ".join(entry.parts)


def gender_of(name: Name, offices: Sequence[Office]) -> str:
    """The gender that a name's forms of address, its offices or its given name show."""
    known = vocabulary().gender
    for office in offices:
        if office.noun in known:
            return known[office.noun]
    return name.gender or (known.get(name.parts[0], "") if len(name.parts) > 1 else "")
