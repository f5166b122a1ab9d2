"""Which persons of several documents are one person?

By name and party: the same name, a given name against its initial, a name with fewer words, a given name spelt with
one letter more or less. A surname alone joins only when one person of the block can be meant.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from dragoman.extract.same_name import near
from dragoman.link.linker import Form
from dragoman.record.entries import EntryKind, Evidence, PersonEntry, PersonMention, Tenure

WORD = re.compile(r"[^\W_]+")
TITLES = frozenset("mr mrs ms dr sir prof sheikh sheikha prince princess king queen jr sr ii iii iv".split())
RECENT = 183  # days
# A surname that several persons of the block share means the one who has four in five of the full names: texts give
# the less known one in full. Below four full names the shares say nothing.
OUTWEIGHS, LEAST_WEIGHT = 0.8, 4
OfficeKey = tuple[str, str | None]  # an office in lower case, and for which party
FIRM = frozenset({"stated", "office"})  # bases on which a party is not given up for a name


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """A name's words without accents, case and titles; all its words when nothing else is left."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = tuple(WORD.findall(plain.replace("'", "").replace("’", "")))
    return tuple(word for word in words if word not in TITLES) or words


@lru_cache(maxsize=65536)
def can_be_named(one: str, other: str) -> bool:
    """Whether two names can be one person's, as far as names alone can tell."""
    return names_fit(words_of(one), words_of(other))


def names_fit(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether all words of the shorter name find their like in the longer one, the surnames among them."""
    if not a or not b:
        return False
    shorter, longer = sorted((a, b), key=len)
    if set(shorter) <= set(longer):
        return True
    return (
        shorter[-1] == longer[-1]
        and len(shorter) > 1
        and all(any(alike(word, other) for other in longer[:-1]) for word in shorter[:-1])
    )


def alike(one: str, other: str) -> bool:
    """Whether two given names are one: equal, an initial, or one letter apart in a name of four and more."""
    if one == other or other in short_forms(one) or one in short_forms(other):
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return near(one, other)


@lru_cache(maxsize=4096)
def short_forms(name: str) -> frozenset[str]:
    """The nicknames of a given name."""
    return nicknames().get(name, frozenset())


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Nicknames by given name, folded."""
    table = tomllib.loads(resources.files("dragoman.link").joinpath("nicknames.toml").read_text(encoding="utf-8"))
    return {name.casefold(): frozenset(form.casefold() for form in forms) for name, forms in table.items()}


class Called(msgspec.Struct, frozen=True, order=True):
    """How a document calls a person."""

    words: tuple[str, ...]
    party: str
    firm: bool
    surname: str = ""


def person_of(evidence: Evidence) -> PersonMention:
    """The person mention of a piece of evidence."""
    if not isinstance(evidence.mention, PersonMention):
        raise TypeError(f"{evidence.id} names no person")
    return evidence.mention


def called(evidence: Evidence) -> Called:
    """How the evidence calls its person."""
    person = person_of(evidence).person
    words = words_of(person.name)
    surname = words_of(person.surname)[-1] if person.surname else words[-1]
    return Called(words, person.party or "", person.party_basis in FIRM, surname)


class PersonLinker:
    """Persons of documents become persons."""

    kind = EntryKind.PERSON

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """Every word of the name that can be a surname: not the first of several, unless it is known to be one."""
        call = called(evidence)
        able = {call.surname, *(call.words[1:] or call.words)}
        return sorted(word for word in able if len(word) > 1)

    def form(self, evidence: Evidence) -> str:
        """Name, surname, party with its basis, and offices."""
        mention = person_of(evidence)
        person = mention.person
        return repr((person.name, person.surname, person.party, person.party_basis, mention.offices))

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of one person within those who share a word of their names."""
        return self.same_forms(block, [1] * len(block))

    def same_forms(self, block: Sequence[Evidence], counts: Sequence[int]) -> Sequence[Sequence[int]]:
        """Groups of one person within those who share a word of their names, each of which stands for so many."""
        positions: dict[Called, list[int]] = {}
        weights: Counter[Called] = Counter()
        for place, (item, count) in enumerate(zip(block, counts, strict=True)):
            call = called(item)
            positions.setdefault(call, []).append(place)
            weights[call] += count
        groups = persons_in(weights)
        return [sorted(place for call in group for place in positions[call]) for group in groups]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> PersonEntry:
        """The person that these documents show."""
        days = [item.document.published.day for item in evidence]
        entry = self.fold_forms(entry_id, [Form(item, 1, day, day) for item, day in zip(evidence, days, strict=True)])
        shown = [(item.id, offices_in(person_of(item))) for item in evidence]
        return with_mentions(entry, shown)

    def fold_forms(self, entry_id: str, forms: Sequence[Form]) -> PersonEntry:
        """The person that these forms show."""
        people = [(person_of(form.evidence).person, form.count) for form in forms]
        name = fullest(counted((person.name, count) for person, count in people))
        tenures = tenures_of(forms)
        return PersonEntry(
            id=entry_id,
            name=name,
            surname=next((p.surname for p, _ in people if p.name == name and p.surname), words_in(name)[-1]),
            names=tuple(dict.fromkeys((name, *sorted({person.name for person, _ in people})))),
            party=most_given(counted((person.party, count) for person, count in people if person.party)),
            office=latest_office(tenures),
            tenures=tuple(tenure for tenure, _ in tenures),
        )


def words_in(name: str) -> list[str]:
    """The words of a name as written."""
    return name.split() or [name]


def persons_in(counts: Mapping[Called, int]) -> list[list[Called]]:
    """Groups of ways to call one person, given how often each occurs: full names first, then surnames alone."""
    groups = joined([call for call in counts if len(call.words) > 1])
    alone: dict[tuple[str, str], list[Called]] = {}
    additions: list[tuple[list[Called], Called]] = []
    for call in sorted(counts):
        if len(call.words) > 1:
            continue
        home = the_one_meant(call, groups, counts)
        if home is not None:
            additions.append((home, call))
        else:
            alone.setdefault((call.words[0], call.party), []).append(call)
    for home, call in additions:
        home.append(call)
    return [*groups, *alone.values()]


def the_one_meant(call: Called, groups: Sequence[list[Called]], counts: Mapping[Called, int]) -> list[Called] | None:
    """The only group that a surname alone can mean, or the one that outweighs all others."""
    fitting = [
        (sum(counts[other] for other in group), place) for place, group in enumerate(groups) if meant(call, group)
    ]
    if not fitting:
        return None
    most, place = max(fitting)
    total = sum(weight for weight, _ in fitting)
    outweighs = most >= LEAST_WEIGHT and most >= OUTWEIGHS * total
    return groups[place] if len(fitting) == 1 or outweighs else None


def meant(call: Called, group: Sequence[Called]) -> bool:
    """Whether a name of one word is the surname of the group, and the parties agree."""
    return any(call.words[0] == other.surname for other in group) and all(parties_fit(call, other) for other in group)


def joined(calls: Sequence[Called]) -> list[list[Called]]:
    """Full names in groups, fullest first; a name that fits two groups stays alone."""
    groups: list[list[Called]] = []
    for call in sorted(calls, key=lambda call: (-written_out(call), call)):
        fitting = [group for group in groups if fits(call, group)]
        if len(fitting) == 1:
            fitting[0].append(call)
        else:
            groups.append([call])
    return groups


def fits(call: Called, group: Sequence[Called]) -> bool:
    """Whether a full name is like one of the group, and no party speaks against it."""
    return any(is_one(call, other) for other in group) and all(
        parties_fit(call, other) or call.words == other.words for other in group
    )


def written_out(call: Called) -> int:
    """How many words of a name are more than an initial, and of known party first."""
    return 2 * sum(len(word) > 1 for word in call.words) + bool(call.party)


def is_one(one: Called, other: Called) -> bool:
    """Whether two full names can be one person's, and the parties do not speak against it.

    A party that was only inferred gives way to the same full name.
    """
    if not names_fit(one.words, other.words):
        return False
    return parties_fit(one, other) or (one.words == other.words and not (one.firm and other.firm))


def parties_fit(one: Called, other: Called) -> bool:
    """Whether the parties are one, or one of them is not known."""
    return not one.party or not other.party or one.party == other.party


def counted(values: Iterable[tuple[str, int]]) -> Counter[str]:
    """How often each value is given."""
    counts: Counter[str] = Counter()
    for value, count in values:
        counts[value] += count
    return counts


def fullest(counts: Mapping[str, int]) -> str:
    """The name with most written-out words; of these the commonest, then the longest."""
    return min(
        counts,
        key=lambda name: (-sum(len(word) > 1 for word in words_of(name)), -counts[name], -len(name), name),
    )


def commonest(values: Iterable[str | None]) -> str | None:
    """The value that most give."""
    return most_given(Counter(value for value in values if value))


def most_given(counts: Mapping[str, int]) -> str | None:
    """The value that is given most often."""
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def tenures_of(forms: Sequence[Form]) -> list[tuple[Tenure, int]]:
    """Offices from the first to the last day of publication that shows them, in that order, with how many show them."""
    shown: dict[OfficeKey, list[Form]] = {}
    written: dict[OfficeKey, str] = {}
    for form in forms:
        for key, office in offices_in(person_of(form.evidence)).items():
            shown.setdefault(key, []).append(form)
            written.setdefault(key, office)
    tenures = [(tenure(written[key], key[1], held), sum(form.count for form in held)) for key, held in shown.items()]
    return sorted(tenures, key=lambda t: (str(t[0].last or ""), str(t[0].first or ""), t[1], t[0].office))


def latest_office(tenures: Sequence[tuple[Tenure, int]]) -> str | None:
    """The office shown most often within the last half year of those in which the texts show the person in office."""
    last = max((tenure.last for tenure, _ in tenures if tenure.last), default=None)
    late = [t for t in tenures if last is None or (t[0].last is not None and (last - t[0].last).days <= RECENT)]
    best = max(late, key=lambda t: (t[1], len(t[0].office), t[0].office), default=None)
    return best[0].office if best else None


def offices_in(mention: PersonMention) -> dict[OfficeKey, str]:
    """The offices that a document shows, each as it is first written there."""
    found: dict[OfficeKey, str] = {}
    for office, party in mention.offices:
        found.setdefault((office.casefold(), party), office)
    return found


def tenure(office: str, party: str | None, forms: Sequence[Form]) -> Tenure:
    """One office of one person."""
    return Tenure(
        office=office,
        party=party,
        first=min((form.first for form in forms if form.first), default=None),
        last=max((form.last for form in forms if form.last), default=None),
    )


def with_mentions(entry: PersonEntry, shown: Iterable[tuple[str, Collection[OfficeKey]]]) -> PersonEntry:
    """The person with the ids of the mentions that show each office; ``shown`` in canonical order."""
    ids: dict[OfficeKey, list[str]] = {(each.office.casefold(), each.party): [] for each in entry.tenures}
    for identity, offices in shown:
        for key in offices:
            ids.setdefault(key, []).append(identity)
    tenures = (
        msgspec.structs.replace(each, mentions=tuple(ids[each.office.casefold(), each.party])) for each in entry.tenures
    )
    return msgspec.structs.replace(entry, tenures=tuple(tenures))
