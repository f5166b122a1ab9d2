"""Who are the persons of a document? Names are gathered, variants merged, offices and parties kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.mark.people.names import Name, folded
from dragoman.mark.people.offices import RANK, TEMPORAL, Basis, Office
from dragoman.mark.people.vocabulary import SUFFIXES, vocabulary
from dragoman.record.marks import Person

FAMILY_FIRST_PARTIES = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "HKG", "MAC"})
USAGE_OF = {
    "CHN": "chinese",
    "TWN": "chinese",
    "KOR": "korean",
    "PRK": "korean",
    "JPN": "japanese",
    "VNM": "vietnamese",
}
SHORT_FORMS = {
    "joe": "joseph", "tony": "antony", "anthony": "antony", "mike": "michael", "bob": "robert", "bill": "william",
    "jim": "james", "tom": "thomas", "dan": "daniel", "dave": "david", "steve": "steven", "stephen": "steven",
    "jake": "jacob", "pete": "peter", "ben": "benjamin", "binyamin": "benjamin", "bernie": "bernard", "ted": "edward", "nick": "nicholas", "chris": "christopher",
    "liz": "elizabeth", "kate": "katherine", "sam": "samuel", "matt": "matthew", "tim": "timothy", "jeff": "jeffrey",
    "rob": "robert", "rick": "richard", "dick": "richard", "vlad": "vladimir", "alex": "alexander", "andy": "andrew",
    "ed": "edward", "greg": "gregory", "ken": "kenneth", "larry": "lawrence", "ron": "ronald", "don": "donald",
    "volodymyr": "vladimir", "sergey": "sergei", "rudy": "rudolph", "chuck": "charles", "newt": "newton",
}  # fmt: skip


class Entry:
    """One person while the document is read."""

    __slots__ = ("basis", "gender", "named", "names", "number", "offices", "party", "places", "surname")

    def __init__(self, number: int, parts: tuple[str, ...], *, named: bool = True) -> None:
        self.number = number
        self.named = named
        self.names: list[tuple[str, ...]] = [parts] if parts else []
        self.offices: list[str] = []
        self.party: str | None = None
        self.basis = Basis.DOCUMENT
        self.gender = ""
        self.surname = ""
        self.places: list[int] = []  # where the person is named, in order

    @property
    def parts(self) -> tuple[str, ...]:
        """The fullest name so far."""
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
        if not present:
            return None
        best = present[0]
        for other in present[1:]:
            if office_words(best) < office_words(other):
                best = other
        return best


FORMER = TEMPORAL - {"acting", "new", "incoming", "current"}
LIGHT_WORDS = frozenset({"of", "for", "the", "and", "to", "on", "in", "at", "&"})
SAME_WORD = {
    "defence": "defense",
    "adviser": "advisor",
    "affairs": "affair",
    "spokeswoman": "spokesperson",
    "spokesman": "spokesperson",
    "secretary-general": "secretary",
    "vice-president": "vice",
}


def office_words(office: str) -> frozenset[str]:
    """The words by which offices are compared."""
    words = {SAME_WORD.get(word, word) for word in office.lower().replace(",", " ").split()}
    return frozenset(words - LIGHT_WORDS)


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


GIVEN_KIND = 8
SHORTEST_MISSPELT = 5


def folded_words(name: str) -> frozenset[str]:
    """The words of a surname that can stand for it."""
    return frozenset(folded(word) for word in name.split() if word not in vocabulary().particles) | {folded(name)}


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names can be one person's."""
    if set(one) == set(other) or within(one, other) or within(other, one):
        return True
    if one[-1] != other[-1]:
        return False
    return same_given(one[0], other[0])


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether at least two parts stand in the same order in the longer name."""
    rest = iter(long)
    return len(short) > 1 and all(part in rest for part in short)


def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, an initial, a short form, a variant spelling."""
    one, other = SHORT_FORMS.get(one, one), SHORT_FORMS.get(other, other)
    if one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    return len(one) > SHORTEST_MISSPELT - 1 and near(one, other)


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out, exchanged or swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def surname_of(parts: Sequence[str], party: str | None, singles: Counter[str]) -> str:
    """The surname of a full name.

    A name that stands alone elsewhere in the text decides; then the usage of the party; then the last word, with the
    particles in front of it.
    """
    plain = [part for part in parts if part not in SUFFIXES and part.rstrip(",") not in SUFFIXES] or list(parts)
    if len(plain) < 2:
        return plain[0] if plain else ""
    if family_first(plain, party, singles):
        return plain[0]
    start = len(plain) - 1
    particles = vocabulary().particles
    while start > 1 and plain[start - 1] in particles and plain[start - 1] not in ("bin", "bint", "ibn", "y", "e"):
        start -= 1
    return " ".join(plain[start:])


def family_first(plain: Sequence[str], party: str | None, singles: Counter[str]) -> bool:
    """Whether the first word of a name is the surname."""
    usages = vocabulary().family_first.get(plain[0], "")
    alone_first, alone_last = singles[folded(plain[0])], singles[folded(plain[-1])]
    if len(plain) > 3 or (alone_last and not alone_first):
        return False
    if "-" in plain[-1] and plain[-1].split("-")[-1].islower() and usages:
        return True
    if party in FAMILY_FIRST_PARTIES:
        return bool(usages) or len(plain[0]) <= len(plain[-1])
    if party == "JPN":
        return "japanese" in usages or (alone_first > 0 and not alone_last)
    if party is None and usages:
        return not vocabulary().kinds.get(plain[-1], 0) & GIVEN_KIND and (len(plain) == 2 or alone_first > 0)
    return party == "HUN" and alone_first > 0 and not alone_last


def people_of(entries: Iterable[Entry]) -> list[Person]:
    """The entries as records."""
    return [
        Person(
            name=" ".join(entry.parts) if entry.named else "",
            surname=entry.surname,
            office=entry.office(),
            party=entry.party,
            party_basis=entry.basis if entry.party else "",
            named=entry.named,
        )
        for entry in entries
    ]


def gender_of(name: Name, offices: Sequence[Office]) -> str:
    """The gender that a name's forms of address, its offices or its given name show."""
    known = vocabulary().gender
    for office in offices:
        if office.noun in known:
            return known[office.noun]
    return name.gender or (known.get(name.parts[0], "") if len(name.parts) > 1 else "")
