"""Which words make up names and offices?

The tables ``names_*.toml`` of the lexicon, loaded once, as one dictionary from a word to what it can be.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final, TypeVar

import msgspec

from dragoman.errors import LexiconError
from dragoman.lexicon import phrases

DATA = files("dragoman.lexicon") / "data"
T = TypeVar("T", bound=msgspec.Struct)

# What a word can be, as bits of one number: they are tested for every capitalised word of every document.
HEAD: Final = 1  # noun of an office or a role: minister, analyst
MODIFIER: Final = 2  # deputy, foreign
HONORIFIC: Final = 4
GIVEN: Final = 8
COMMON: Final = 16  # an everyday word, never a name
SOFT: Final = 32  # an everyday word that is a surname too
PRONOUN: Final = 64
TAIL: Final = 128  # last word of names that are no persons: Institute
INITIAL: Final = 256
HANDLE: Final = 512
ABBREVIATION: Final = 1024  # PM, Sen.
PLURAL: Final = 2048
TITLE: Final = 4096  # a head that stands before a name as its title
MARKED: Final = 8192  # part of a party, a place or an organisation
CAPITALS: Final = 16384  # in capitals throughout

PRONOUNS: Final[dict[str, tuple[str, bool]]] = {
    "he": ("m", False), "him": ("m", False), "his": ("m", False), "himself": ("m", False),
    "she": ("f", False), "her": ("f", False), "hers": ("f", False), "herself": ("f", False),
    "they": ("", True), "them": ("", True), "their": ("", True), "theirs": ("", True), "themselves": ("", True),
    "i": ("", False), "me": ("", False), "my": ("", False), "myself": ("", False),
    "we": ("", True), "us": ("", True), "our": ("", True), "ours": ("", True),
    "who": ("", False),
}  # fmt: skip
SUFFIXES: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "XIV", "XVI"})


class GivenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``names_given.toml``."""

    male: str
    female: str
    either: str


class CommonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``names_common.toml``."""

    never: str
    surname: str


class WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``names_words.toml``."""

    particles: str
    male_honorifics: str
    female_honorifics: str
    honorifics: str
    abbreviations: dict[str, str]
    office: dict[str, str]
    heads: dict[str, str]
    tails: dict[str, str]
    never: dict[str, str]
    family_first: dict[str, str]
    systems: dict[str, str]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Words of names and offices. ``gender`` is "m", "f" or "" by given name, honorific or title."""

    kinds: dict[str, int]
    gender: dict[str, str]
    particles: frozenset[str]
    abbreviations: dict[str, str]
    modifiers: frozenset[str]
    family_first: dict[str, str]  # surname to the usages it is known in
    singular: dict[str, str]  # noun of an office, singular or plural, in lower case, to its singular
    systems: tuple[tuple[frozenset[str], tuple[str, ...]], ...]  # words of an office, and the states that have it
    roles: frozenset[str]  # nouns that describe without being an office


def _read(name: str, form: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads((DATA / name).read_text(encoding="utf-8")), form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"{name}: {error}") from error


def plural_of(noun: str) -> str:
    """The plural of a noun of office: ministers, secretaries, spokesmen, attorneys-general."""
    if noun.endswith("-general") and noun != "inspector-general":
        return f"{plural_of(noun.removesuffix('-general'))}-general"
    if noun.endswith("man") and noun != "shaman":
        return f"{noun[:-3]}men"
    if noun.endswith("person") and noun != "person":
        return f"{noun}s"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"


GENDER_OF_TITLES = {
    "queen": "f", "princess": "f", "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f", "businesswoman": "f",
    "mother": "f", "daughter": "f", "wife": "f", "sister": "f", "actress": "f", "stateswoman": "f",
    "councilwoman": "f", "grandmother": "f", "king": "m", "prince": "m", "emir": "m", "sultan": "m", "spokesman": "m",
    "chairman": "m", "congressman": "m", "pope": "m", "father": "m", "son": "m", "husband": "m", "brother": "m",
    "businessman": "m", "statesman": "m", "councilman": "m", "ayatollah": "m", "policeman": "m", "grandfather": "m",
    "crown-prince": "m", "patriarch": "m", "imam": "m",
}  # fmt: skip


def _spread(kinds: dict[str, int], words: str, kind: int, *, title: bool = False) -> None:
    for word in words.split():
        for form in (word.title(), word.capitalize()) if title else (word,):
            kinds[form] = kinds.get(form, 0) | kind


def _heads(kinds: dict[str, int], nouns: str, kind: int) -> dict[str, str]:
    singular: dict[str, str] = {}
    for noun in nouns.split():
        for form, extra in ((noun, 0), (plural_of(noun), PLURAL)):
            singular[form] = noun
            for written in {form, form.capitalize(), form.title(), form.title().replace("-In-", "-in-")}:
                kinds[written] = (kinds.get(written, 0) & (SOFT | MODIFIER | GIVEN)) | HEAD | kind | extra
    return singular


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The tables, read once. Raises LexiconError naming the file."""
    given, common, words = (
        _read("names_given.toml", GivenFile),
        _read("names_common.toml", CommonFile),
        _read("names_words.toml", WordsFile),
    )
    kinds: dict[str, int] = {}
    for names in (given.male, given.female, given.either):
        _spread(kinds, names, GIVEN)
    _spread(kinds, common.never, COMMON, title=True)
    _spread(kinds, common.surname, SOFT, title=True)
    modifiers = frozenset(f"{words.office['degrees']} {words.office['fields']}".split())
    _spread(kinds, " ".join(modifiers), MODIFIER, title=True)
    _spread(kinds, " ".join(modifiers), MODIFIER)
    _spread(kinds, words.tails["words"], TAIL)
    _spread(kinds, words.never["words"], COMMON)
    honorifics = f"{words.male_honorifics} {words.female_honorifics} {words.honorifics}"
    _spread(kinds, honorifics, HONORIFIC)
    titles = f"{words.heads['titles']} {' '.join(shared_heads())}"
    singular = _heads(kinds, words.heads["roles"], 0) | _heads(kinds, titles, TITLE)
    for short in words.abbreviations:
        kinds[short] = ABBREVIATION | HEAD | TITLE
    for pronoun in PRONOUNS:
        kinds[pronoun] = kinds[pronoun.capitalize()] = PRONOUN
    for particle in words.particles.split():
        kinds[particle.capitalize()] = kinds.get(particle.capitalize(), 0) & ~COMMON
    return Vocabulary(
        kinds=kinds,
        gender=_genders(given, words),
        particles=frozenset(words.particles.split()),
        abbreviations=words.abbreviations,
        modifiers=modifiers,
        family_first=_usages(words.family_first),
        singular=singular,
        systems=tuple((frozenset(k.split()), tuple(v.split())) for k, v in words.systems.items()),
        roles=frozenset(words.heads["roles"].split()),
    )


def shared_heads() -> frozenset[str]:
    """The last words of the lexicon's offices that stand before a name."""
    heads, _, spellings = phrases.offices()
    nouns = (s for s in spellings if s.kind == "office_head" and s.form != "plural" and heads[s.key].title)
    nouns = (s for s in nouns if heads[s.key].kind != "honorific" and not s.text.endswith(".") and s.text.islower())
    return frozenset(s.text.split()[-1] for s in nouns if " of " not in s.text) - NO_HEADS


NO_HEADS = frozenset(
    {
        "general",
        "chief",
        "staff",
        "elect",
        "sg",
        "hcr",
        "d'affaires",
        "d’affaires",
        "cda",
        "fm",
        "pm",
        "vp",
        "affaires",
        "rep",
    }
)


def _genders(given: GivenFile, words: WordsFile) -> dict[str, str]:
    found = dict.fromkeys(given.male.split(), "m") | dict.fromkeys(given.female.split(), "f")
    found |= dict.fromkeys(words.male_honorifics.split(), "m") | dict.fromkeys(words.female_honorifics.split(), "f")
    return found | GENDER_OF_TITLES


def _usages(tables: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for usage, names in tables.items():
        for name in names.split():
            found[name] = f"{found.get(name, '')} {usage}"
    return found
