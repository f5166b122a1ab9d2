"""Which spellings stand for which entries?

One function a table: it checks the rows and yields the entries with their spellings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.lexicon.entries import Cue, Mechanism, Office, OfficeHead, Organisation, Party, Place
from dragoman.lexicon.inflect import noun_forms, plural_of, verb_forms
from dragoman.lexicon.tables import DATA, Phrase, Row, phrases_in, rows_of, words_in_cell
from dragoman.record.marks import PartyForm

PARTY_KINDS = frozenset({"state", "territory", "entity", "bloc"})
PLACE_KINDS = frozenset({"city", "capital", "state", "region", "sea", "venue", "island"})
SEATED_IN = {"EU": "BEL"}  # the country of a capital that stands for a bloc
STANCES = frozenset({"positive", "negative", "neutral"})


class Spelling(NamedTuple):
    """A spelling and what it stands for."""

    text: str
    case: str
    kind: str
    key: str
    strong: bool = True
    form: str = ""


def spelled(phrase: Phrase, kind: str, key: str, form: str = "", *, strong: bool = True) -> Spelling:
    """A phrase of a cell as a spelling of an entry."""
    return Spelling(phrase.text, phrase.case, kind, key, phrase.strong and strong, form)


def number_in(row: Row, at: int) -> int:
    """The whole number in a cell; raises LexiconError when it is none."""
    if not row.cells[at].lstrip("-").isdecimal():
        raise row.wrong(f"{row.cells[at]!r} is no whole number")
    return int(row.cells[at])


def one_of(row: Row, at: int, allowed: frozenset[str]) -> str:
    """The value of a cell that may hold only certain values; raises LexiconError when it holds another."""
    if row.cells[at] not in allowed:
        raise row.wrong(f"{row.cells[at]!r} is none of {', '.join(sorted(allowed))}")
    return row.cells[at]


def parties() -> tuple[dict[str, Party], list[Spelling], dict[str, Place]]:
    """The parties by code, all spellings of their names, and their capitals as places."""
    columns = ("code", "kind", "name", "also", "adjectives", "people", "capitals", "seats")
    held: dict[str, Party] = {}
    spellings: list[Spelling] = []
    capitals: dict[str, Place] = {}
    for row in rows_of(DATA / "parties.csv", columns):
        party = party_of(row)
        held[party.code] = party
        spellings.extend(party_spellings(row))
        for cell in words_in_cell(row.cells[6]):
            names = [phrase for name in cell.split("/") for phrase in phrases_in(name)]
            city = names[0].text
            capitals[city] = Place(name=city, country=SEATED_IN.get(party.code, party.code), kind="capital")
            for phrase in names:
                spellings.append(spelled(phrase, "party", party.code, PartyForm.CAPITAL))
                spellings.append(spelled(phrase, "place", city))
    spellings.extend(generated_names(spellings))
    return held, spellings, capitals


def party_of(row: Row) -> Party:
    """A row of parties.csv as an entry."""
    code, kind, name, _, adjectives, _, capitals, _ = row.cells
    one_of(row, 1, PARTY_KINDS)
    first = next(phrases_in(adjectives), None)
    capital = next(phrases_in(capitals.partition("/")[0]), None)
    return Party(
        code=code,
        kind=kind,
        name=name.lstrip("=?~"),
        adjective=first.text if first else "",
        capital=capital.text if capital else "",
    )


def party_spellings(row: Row) -> Iterator[Spelling]:
    """The names, codes, demonyms and seats of a row of parties.csv."""
    code, _, name, also, adjectives, people, _, seats = row.cells
    for phrase in (*phrases_in(name), *phrases_in(also)):
        yield spelled(phrase, "party", code, PartyForm.CODE if phrase.case == "exact" else PartyForm.NAME)
    for phrase in (*phrases_in(adjectives), *phrases_in(people)):
        yield spelled(phrase, "party", code, PartyForm.DEMONYM)
        if phrase.text.endswith(("n", "i")):
            yield spelled(phrase._replace(text=plural_of(phrase.text)), "party", code, PartyForm.DEMONYM)
    for phrase in phrases_in(seats):
        yield spelled(phrase, "party", code, PartyForm.SEAT)


def generated_names(known: list[Spelling]) -> Iterator[Spelling]:
    """The names that pycountry and CLDR add to those of the hand-written table."""
    names = {spelling.text.casefold() for spelling in known}
    for row in rows_of(DATA / "generated" / "states.csv", ("name", "code")):
        if row.cells[0].casefold() not in names:
            yield Spelling(row.cells[0], "capital", "party", row.cells[1], True, PartyForm.NAME)


def combining_forms() -> Iterator[Spelling]:
    """The prefixes of compounds: Indo-, Sino-."""
    for row in rows_of(DATA / "combining.csv", ("prefix", "party")):
        yield Spelling(row.cells[0] + "-", "capital", "combining", row.cells[1])


def places(taken: set[str]) -> tuple[dict[str, Place], list[Spelling]]:
    """The places by name; cities of the generated table are weak. ``taken`` are names that need no further entry."""
    held: dict[str, Place] = {}
    spellings: list[Spelling] = []
    for row in rows_of(DATA / "places.csv", ("name", "country", "kind", "also")):
        name, country, _, also = row.cells
        held[name] = Place(name=name, country=country or None, kind=one_of(row, 2, PLACE_KINDS))
        for phrase in (*phrases_in(name), *phrases_in(also)):
            spellings.append(spelled(phrase, "place", name))
    known = taken | {spelling.text for spelling in spellings}
    for row in rows_of(DATA / "generated" / "cities.csv", ("name", "country", "population")):
        name, country, _ = row.cells
        if name not in known:
            held[name] = Place(name=name, country=country, kind="city")
            spellings.append(Spelling(name, "capital", "place", name, False))
    return held, spellings


def organisations() -> tuple[dict[str, Organisation], list[Spelling]]:
    """The bodies by name."""
    held: dict[str, Organisation] = {}
    spellings: list[Spelling] = []
    for row in rows_of(DATA / "organisations.csv", ("name", "party", "kind", "exact", "also")):
        name, party, kind, exact, also = row.cells
        held[name] = Organisation(name=name, party=party or None, kind=kind)
        spellings.append(Spelling(name, "exact" if exact else "capital", "organisation", name))
        spellings.extend(spelled(phrase, "organisation", name) for phrase in phrases_in(also))
    return held, spellings


def offices() -> tuple[dict[str, OfficeHead], dict[str, Office], list[Spelling]]:
    """The head nouns and the offices with names of their own."""
    heads: dict[str, OfficeHead] = {}
    named: dict[str, Office] = {}
    spellings: list[Spelling] = []
    for row in rows_of(DATA / "office_heads.csv", ("noun", "rank", "kind", "title", "also")):
        noun, _, kind, title, also = row.cells
        heads[noun] = OfficeHead(noun=noun, rank=number_in(row, 1), kind=kind, title=title == "yes")
        for phrase in (*phrases_in(noun, "any"), *phrases_in(also, "any")):
            spellings.append(spelled(phrase, "office_head", noun))
            if not phrase.text.endswith("."):
                spellings.append(Spelling(plural_of(phrase.text), phrase.case, "office_head", noun, True, "plural"))
    for row in rows_of(DATA / "offices.csv", ("office", "rank", "kind", "party", "also")):
        name, _, kind, party, also = row.cells
        named[name] = Office(name=name, rank=number_in(row, 1), kind=kind, party=party or None)
        for phrase in (*phrases_in(name, "any"), *phrases_in(also, "any")):
            spellings.append(spelled(phrase, "office", name))
    return heads, named, spellings


def irregular_verbs() -> dict[str, tuple[str, str]]:
    """(past, participle) by verb."""
    rows = rows_of(DATA / "irregular_verbs.csv", ("verb", "past", "participle"))
    return {row.cells[0]: (row.cells[1], row.cells[2]) for row in rows}


def irregular_plurals() -> dict[str, str]:
    """The plural by noun; empty for nouns that have none of their own."""
    return {row.cells[0]: row.cells[1] for row in rows_of(DATA / "irregular_plurals.csv", ("noun", "plural"))}


CUE_COLUMNS = {
    "verb": ("lemma", "classes", "strength", "stance", "forms", "also"),
    "noun": ("lemma", "classes", "strength", "stance", "also"),
    "phrase": ("lemma", "classes", "strength", "stance", "also"),
}
VERB_FORMS = frozenset({"base", "present", "past", "participle", "gerund"})


def cues() -> tuple[dict[str, Cue], list[Spelling]]:
    """The cues by key ("meet/verb"), in every form."""
    held: dict[str, Cue] = {}
    spellings: list[Spelling] = []
    verbs, plurals = irregular_verbs(), irregular_plurals()
    for pos, columns in CUE_COLUMNS.items():
        for row in rows_of(DATA / f"cue_{pos}s.csv", columns):
            key = f"{row.cells[0]}/{pos}"
            held[key] = cue_of(row, pos)
            wanted = forms_wanted(row) if pos == "verb" else frozenset()
            for lemma in (row.cells[0], *words_in_cell(row.cells[-1])):
                for text, form in forms_of(lemma, pos, verbs, plurals):
                    if not wanted or form in wanted:
                        spellings.append(Spelling(text, "any", "cue", key, True, form))
    return held, spellings


def forms_wanted(row: Row) -> frozenset[str]:
    """The only forms of a verb that count; empty for all."""
    wanted = frozenset(words_in_cell(row.cells[4]))
    if wanted - VERB_FORMS:
        raise row.wrong(f"{', '.join(sorted(wanted - VERB_FORMS))} is no form of a verb")
    return wanted


def cue_of(row: Row, pos: str) -> Cue:
    """A row of a cue table as an entry."""
    strength = number_in(row, 2)
    if not 1 <= strength <= 5:
        raise row.wrong(f"strength {strength} does not lie between 1 and 5")
    return Cue(
        lemma=row.cells[0],
        pos=pos,
        classes=tuple(row.cells[1].split()),
        strength=strength,
        stance=one_of(row, 3, STANCES),
    )


def forms_of(
    lemma: str, pos: str, verbs: dict[str, tuple[str, str]], plurals: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """(spelling, form) for a lemma."""
    if pos == "verb":
        yield from verb_forms(lemma, verbs)
    elif pos == "noun":
        yield from ((text, "noun") for text in noun_forms(lemma, plurals))
    else:
        yield lemma, "phrase"


def topics() -> Iterator[Spelling]:
    """The phrases that show a topic; the key is the topic."""
    for row in rows_of(DATA / "topics.csv", ("phrase", "topics")):
        for phrase in phrases_in(row.cells[0], "any"):
            for topic in words_in_cell(row.cells[1]):
                yield spelled(phrase, "topic", topic)


def mechanisms() -> tuple[dict[str, Mechanism], list[Spelling]]:
    """The mechanisms by name, and the nouns that names of mechanisms end in."""
    held: dict[str, Mechanism] = {}
    spellings: list[Spelling] = []
    for row in rows_of(DATA / "mechanisms.csv", ("name", "parties", "also")):
        name, members, also = row.cells
        held[name] = Mechanism(name=name, parties=words_in_cell(members))
        for phrase in (*phrases_in(name), *phrases_in(also)):
            spellings.append(spelled(phrase, "mechanism", name))
    for row in rows_of(DATA / "mechanism_heads.csv", ("noun", "also")):
        for phrase in (*phrases_in(row.cells[0]), *phrases_in(row.cells[1])):
            spellings.append(spelled(phrase, "mechanism_head", row.cells[0]))
    return held, spellings


def channels() -> Iterator[Spelling]:
    """The phrases that show a channel; the key is the channel."""
    for row in rows_of(DATA / "channels.csv", ("channel", "also")):
        for phrase in (*phrases_in(row.cells[0], "any"), *phrases_in(row.cells[1], "any")):
            yield spelled(phrase, "channel", row.cells[0])


def groups() -> Iterator[Spelling]:
    """The nouns that stand for the parties spoken of; the form is the codes that the noun alone tells."""
    for row in rows_of(DATA / "groups.csv", ("noun", "also", "parties")):
        for phrase in (*phrases_in(row.cells[0], "any"), *phrases_in(row.cells[1], "any")):
            yield spelled(phrase, "group", row.cells[0], row.cells[2])


def decoys() -> Iterator[Spelling]:
    """Names that hold the name of a party or a place and are neither."""
    for row in rows_of(DATA / "decoys.csv", ("phrase",)):
        yield Spelling(row.cells[0], "capital", "decoy", row.cells[0])


def body_heads() -> Iterator[Spelling]:
    """The nouns of bodies that every country has; the form is the kind of body."""
    for row in rows_of(DATA / "body_heads.csv", ("noun", "kind", "also")):
        for phrase in (*phrases_in(row.cells[0], "any"), *phrases_in(row.cells[2], "any")):
            yield spelled(phrase, "body_head", row.cells[0], row.cells[1])
