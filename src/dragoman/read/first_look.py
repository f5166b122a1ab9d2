"""Does a text show any diplomacy at a glance, before it is divided, dated or identified as English?

The words of a text are held against those of the lexicon: parties by all their names, bodies and offices that are one
party's, incumbents, mechanisms, and the words of ``diplomacy.csv``. A text that names fewer than two parties and no word
of diplomacy is set aside, and the report of the run says so. Where in doubt a text is read: one that is short, that does
not look English (another check refuses it and says why), that its source calls official, or whose kind is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from dragoman.lexicon.load import Lexicon, load_lexicon
from dragoman.lexicon.phrases import Spelling
from dragoman.lexicon.tables import DATA, rows_of, words_in_cell
from dragoman.read.document import Opened, document_in, opened
from dragoman.read.front import front_matter_of
from dragoman.read.given import Given, given_from
from dragoman.read.kinds import issuer_by_url
from dragoman.read.language import FUNCTION_WORDS
from dragoman.read.source import Source
from dragoman.record.document import Document, DocumentKind
from dragoman.record.marks import PartyForm

PARTIES_ENOUGH = 2
SHORT = 30  # different words; a post of fewer is read whatever it says
ENGLISH = 4  # different function words of English; a text with fewer may be in another language
REASON = (
    "no diplomacy at first look: it names fewer than two parties and nothing of their dealings; --read-all reads it"
)
UNTOLD = frozenset({None, DocumentKind.UNKNOWN, DocumentKind.NEWS})  # kinds that do not speak for a text
# Names that begin with the family's; of other people the last word is the surname.
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HUN", "SGP"})
DIPLOMACY = "*"  # stands for a party where a word alone is enough
BLOCS = frozenset({"bloc"})
BETWEEN = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
SIGNS = ("’", "‘", "“", "”", "–", "—", "…", "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}")


class Clue(NamedTuple):
    """A phrase that shows a party (or diplomacy itself); ``phrase`` is empty when the word it is found by is all of it."""

    phrase: bytes
    party: str


class SetAside(msgspec.Struct, frozen=True):
    """A source that is not read, and why. The source is as small as it was before it was opened."""

    source: Source
    reason: str = REASON


def document_or_aside(source: Source) -> Document | SetAside:
    """The document of a source, or the source set aside. Raises what ``read_source`` raises."""
    held = opened(source)
    if speaks_for_itself(stated_in(held)) or first_look().sees_diplomacy(
        f"{source.given.title or ''}\n{held.characters}"
    ):
        return document_in(held)
    return SetAside(msgspec.structs.replace(source, given=held.source.given))


class FirstLook:
    """The clues of a lexicon, by one word of each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._clues: dict[bytes, list[Clue]] = {}
        for text, case, party in clues_in(lexicon):
            for written in writings(text, case):
                self._add(plain(written), party)
        self._words = frozenset(self._clues)
        self._english = frozenset(word.encode() for word in FUNCTION_WORDS)

    def sees_diplomacy(self, text: str) -> bool:
        """Whether the text has to be read: it names two parties or a word of diplomacy, or it cannot be told."""
        words = plain(text).split()
        held = frozenset(words)
        if len(held) < SHORT or len(held & self._english) < ENGLISH:
            return True
        found: set[str] = set()
        spaced = b""
        for word in held & self._words:
            for phrase, party in self._clues[word]:
                if phrase and not spaced:
                    spaced = b" ".join((b"", *words, b""))
                if not phrase or phrase in spaced:
                    if party == DIPLOMACY:
                        return True
                    found.add(party)
        return len(found) >= PARTIES_ENOUGH

    def _add(self, words: bytes, party: str) -> None:
        parts = words.split()
        key = max(parts, key=len)
        phrase = b" ".join((b"", *parts, b"")) if len(parts) > 1 else b""
        self._clues.setdefault(key, []).append(Clue(phrase, party))


def plain(text: str) -> bytes:
    """The text with blanks for everything that is no letter and no digit."""
    if not text.isascii():
        for sign in SIGNS:
            text = text.replace(sign, " ")
    return text.encode("utf-8", "surrogatepass").translate(BETWEEN)


def clues_in(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """(phrase, case, party) for everything that shows a party or diplomacy itself."""
    for spelling in lexicon.spellings("party", "organisation", "office", "mechanism"):
        party = party_of(spelling, lexicon)
        if party:
            yield spelling.text, spelling.case, party
    for row in rows_of(DATA / "names_incumbents.csv", ("name", "tenures")):
        party = words_in_cell(row.cells[1])[0].partition(" ")[0]
        parts = row.cells[0].split()
        yield parts[0] if party in FAMILY_FIRST else parts[-1], "capital", party
    for row in rows_of(DATA / "diplomacy.csv", ("phrase",)):
        yield row.cells[0], "any", DIPLOMACY


def party_of(spelling: Spelling, lexicon: Lexicon) -> str | None:
    """The party that a spelling shows; a bloc or a mechanism is diplomacy by itself."""
    if spelling.kind == "party":
        held = lexicon.parties.get(spelling.key)  # small territories have a name only
        bloc = held is not None and held.kind in BLOCS
        return None if spelling.form == PartyForm.GROUP else DIPLOMACY if bloc else spelling.key
    if spelling.kind == "organisation":
        body = lexicon.organisations[spelling.key]
        return DIPLOMACY if body.kind == "bloc_body" else body.party
    return DIPLOMACY if spelling.kind == "mechanism" else lexicon.offices[spelling.key].party


def writings(text: str, case: str) -> Iterable[str]:
    """The ways in which a phrase is written: in capitals too, and in small letters where case tells nothing."""
    if case == "exact":
        return (text,)
    if case == "any":
        titled = text.title().replace(" Of ", " of ")
        return {text, text.lower(), text.upper(), titled, text[:1].upper() + text[1:]}
    return {text, text.upper()}


@lru_cache(maxsize=1)
def first_look() -> FirstLook:
    """The look with the shipped lexicon."""
    return FirstLook(load_lexicon())


def stated_in(held: Opened) -> Given:
    """What is stated about a source: by who names it, else by the front matter of its text."""
    front = None if held.page else front_matter_of(held.characters.removeprefix("\ufeff").replace("\r\n", "\n"))
    if front is None:
        return held.source.given
    try:
        return held.source.given.over(given_from(front.fields))
    except ValueError:
        return held.source.given  # whoever reads the document says what is wrong


def speaks_for_itself(given: Given) -> bool:
    """Whether a source has to be read whatever its text says: it is official, or of a kind that was given."""
    if given.issuer or given.kind not in UNTOLD:
        return True
    return bool(given.url and issuer_by_url(given.url))
