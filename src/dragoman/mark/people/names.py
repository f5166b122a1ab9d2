"""Where does a personal name stand, and what are its parts?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from dragoman.mark.people.scan import BLANKS, Places, Words
from dragoman.mark.people.vocabulary import (
    ABBREVIATION,
    CAPITALS,
    COMMON,
    GIVEN,
    HANDLE,
    HEAD,
    HONORIFIC,
    INITIAL,
    MARKED,
    MODIFIER,
    PRONOUN,
    SOFT,
    SUFFIXES,
    TAIL,
    TITLE,
    vocabulary,
)
from dragoman.record.marks import PartyForm, PartyMark
from dragoman.record.span import Span

LONGEST = 7
NUMBER_BEHIND = re.compile(r",? \d")
SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name as it stands at one place: its words, without forms of address. ``first`` and ``last`` number the words."""

    span: Span
    parts: tuple[str, ...]
    first: int
    last: int
    gender: str = ""
    start: int = 0  # where the forms of address in front begin


@lru_cache(maxsize=16384)
def folded(word: str) -> str:
    """A word as names are compared: no accents, small letters, no marks."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w-]", "", plain.translate(SPECIAL))


class NameReader:
    """Reads the names of one text."""

    def __init__(self, words: Words, places: Places) -> None:
        self.words = words
        self.places = places
        self.lexicon = vocabulary()

    def read(self, n: int, *, led: bool) -> Name | None:
        """The name that begins with word ``n``; ``led`` when an office or a form of address stands before it."""
        first, gender = self._past_honorifics(n)
        led = led or first > n
        last = self._run(first, led)
        if last < first:
            return None
        start = self._start(first)
        span = Span(start, self.words.ends[last])
        if self.words.text.endswith("-ji", start, span.end):
            span = Span(start, span.end - 3)
        parts = tuple(self.words.text[start : span.end].split())
        return Name(span, parts, first, last, gender, self.words.starts[n] if first > n else start)

    def _past_honorifics(self, n: int) -> tuple[int, str]:
        gender = ""
        kinds, texts = self.words.kinds, self.words.texts
        while n < len(kinds) and kinds[n] & (HONORIFIC | HANDLE) and self._joined(n + 1):
            gender = gender or self.lexicon.gender.get(texts[n], "")
            n += 1
        return n, gender

    def _joined(self, n: int) -> bool:
        """Whether word ``n`` follows the one before as the next word of a name."""
        if n >= len(self.words.gaps):
            return False
        gap = self.words.gaps[n]
        return gap in BLANKS or (gap[0] in BLANKS and all(p in self.lexicon.particles for p in gap.split()))

    def _start(self, first: int) -> int:
        """Where the name begins, particles in front of its first capital letter included."""
        gap, at = self.words.gaps[first], self.words.starts[first]
        particles = gap.split()
        if particles and all(p in self.lexicon.particles for p in particles) and gap[-1] in BLANKS:
            return at - len(gap.lstrip())
        return at

    def _run(self, first: int, led: bool) -> int:
        """The number of the name's last word; less than ``first`` when there is none."""
        n = first
        while n < len(self.words.kinds) and n - first < LONGEST and (n == first or self._joined(n)):
            if not self._may_stand(n, first, led):
                break
            n += 1
            if self.words.texts[n - 1] in SUFFIXES:
                break
        last = n - 1
        while last > first and self.words.kinds[last] & (INITIAL | HANDLE) and self.words.texts[last] not in SUFFIXES:
            last -= 1
        return last if last > first or not self.words.kinds[first] & INITIAL else first - 1

    def _may_stand(self, n: int, first: int, led: bool) -> bool:
        """Whether word ``n`` may be part of a name that began with word ``first``."""
        kind, text = self.words.kinds[n], self.words.texts[n]
        if text in SUFFIXES:
            return n > first
        if not text[0].isupper() and "-" not in text and "'" not in text and "’" not in text:
            return False
        if kind & MARKED:
            return self._place_as_name(n, first, led)
        addressed = n == first and n > 0 and bool(self.words.kinds[n - 1] & HONORIFIC) and self.words.gaps[n] in BLANKS
        if addressed and not kind & (PRONOUN | HANDLE | ABBREVIATION) and text[0].isupper():
            return kind & (HEAD | SOFT) != HEAD  # "Mr. King", "Mr. Ban", not "Mr. President"
        given_before = n > first and bool(self.words.kinds[n - 1] & (GIVEN | INITIAL))
        if kind & (HEAD | MODIFIER | HONORIFIC | TAIL):
            soft = bool(kind & (SOFT | GIVEN)) or (led and not kind & (TITLE | MODIFIER | HONORIFIC))
            if kind & GIVEN and given_before and not kind & MODIFIER:
                return True  # "Hossein Amir Abdollahian"
            return (soft and (given_before or (led and n > first)) and not self._goes_on(n)) or bool(
                kind & GIVEN and kind & HONORIFIC
            )
        if kind & COMMON and kind & GIVEN:
            return not self._opens_sentence(n)  # "Mark said", not "Mark the day"
        if kind & COMMON and led and n == first and text in self.lexicon.family_first:
            return self._goes_on(n)  # "Secretary-General Ban Ki-moon"
        if kind & (COMMON | PRONOUN | HANDLE | ABBREVIATION):
            return False
        if kind & SOFT:
            start = self.words.starts[n]
            dated = start > 1 and self.words.text[start - 2].isdecimal()  # "Secretary May", not "5 May" or "May 5"
            return not dated and not NUMBER_BEHIND.match(self.words.text, self.words.ends[n])
        if kind & CAPITALS:
            bare = n == first + 1 and self.words.kinds[first] & INITIAL  # "J. BLINKEN" of "ANTONY J. BLINKEN"
            return n > first and not bare and not self.words.kinds[n - 1] & CAPITALS and len(text) > 2
        return True

    def _opens_sentence(self, n: int) -> bool:
        start = self.words.starts[n]
        return start < 2 or self.words.text[start - 1] == "\n" or self.words.text[start - 2] in ".!?:\n"

    def _goes_on(self, n: int) -> bool:
        """Whether another capitalised word follows that could be a name's."""
        after = n + 1
        return (
            after < len(self.words.kinds) and self.words.gaps[after] in BLANKS and self.words.texts[after][0].isupper()
        )

    def _place_as_name(self, n: int, first: int, led: bool) -> bool:
        """Whether a place's name stands as a person's: "Foreign Minister Israel Katz", "Kerry Washington"."""
        mark = self.places.inside.get(n)
        demonym = isinstance(mark, PartyMark) and mark.form is PartyForm.DEMONYM
        if mark is None or demonym or " " in mark.span.of(self.words.text):
            return False
        if n > first:
            return bool(self.words.kinds[n - 1] & (GIVEN | INITIAL)) and not self._goes_on(n)
        after = n + 1
        names = after < len(self.words.kinds) and self._joined(after) and not self.words.kinds[after] & ~(GIVEN | SOFT)
        return led and names
