"""Who speaks in the turns of a transcript?

A label opens a turn: "SECRETARY BLINKEN:", "MR PRICE:", "QUESTION:". It is read into an office and a name, and linked
to the person of that name or office. What follows up to the next label is the turn of that person, who is "I" there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.mark.people.likeness import office_words
from dragoman.mark.people.names import folded
from dragoman.mark.people.offices import RANKS, Office
from dragoman.mark.people.refer import LABEL, Reference
from dragoman.mark.people.roster import Entry, Roster
from dragoman.mark.people.scan import Places
from dragoman.mark.people.vocabulary import ABBREVIATION, COMMON, HEAD, MODIFIER, TAIL, vocabulary
from dragoman.record.marks import PersonForm
from dragoman.record.segments import Segments
from dragoman.record.span import Span

WORD = re.compile(r"[^\W\d_][\w.'’-]*")
BRACKET = re.compile(r"\s*\([^()]*\)")
HONORIFICS = frozenset({"mr", "ms", "mrs", "miss", "dr", "sir", "dame", "lord", "lady", "madam", "hon"})
ROLES = {
    "question": "reporter",
    "q": "reporter",
    "reporter": "reporter",
    "moderator": "moderator",
    "operator": "operator",
    "interpreter": "interpreter",
    "translator": "interpreter",
}
LIGHT = frozenset({"of", "for", "and", "the", "to"})
ORDINALS = frozenset({"one", "two", "three", "four", "five"})
LONGEST_NAME = 4
TURNS = 2  # times that a label without an office or a form of address must stand before it names a new person


class Label(msgspec.Struct, frozen=True):
    """A speaker's label: the office and the name that it gives, either of them empty."""

    span: Span
    office: tuple[str, ...]
    name: tuple[str, ...]
    role: str = ""
    addressed: bool = False


class Turns:
    """The labelled turns of one document, and who speaks in each."""

    def __init__(self, text: str, segments: Segments, roster: Roster, places: Places) -> None:
        self.text = text
        self.roster = roster
        spans = [p.label for p in segments.paragraphs if p.label is not None]
        self.labels = [label_of(text, span) for span in spans]
        self.starts = [span.start for span in spans]
        self.speakers: list[int | None] = [None] * len(spans)
        self._times = Counter(label.name for label in self.labels)
        self._places = places
        self._roles: dict[str, Entry] = {}

    def references(self, named: Sequence[Reference]) -> list[Reference]:
        """A reference for every label whose speaker is known; labels that ``named`` already cover keep theirs."""
        held = {self.turn_at(r.head.start): r for r in named if self.labels and self.in_label(r.head)}
        found: list[Reference] = []
        for number, label in enumerate(self.labels):
            if number in held:
                self.speakers[number] = next(iter(held[number].people), None)
                continue
            reference = self._reference(label)
            if reference is not None:
                found.append(reference)
                self.speakers[number] = next(iter(reference.people), None)
        return found

    def turn_at(self, at: int) -> int:
        """The number of the turn at a place; -1 before the first."""
        return bisect_right(self.starts, at) - 1

    def in_label(self, span: Span) -> bool:
        """Whether a span lies in a label."""
        turn = self.turn_at(span.start)
        return turn >= 0 and span.start < self.labels[turn].span.end

    def speaker_at(self, at: int) -> int | None:
        """Who is "I" at a place."""
        turn = self.turn_at(at)
        return self.speakers[turn] if turn >= 0 else None

    def _reference(self, label: Label) -> Reference | None:
        office = office_of(label)
        if label.role:
            return referring(label, PersonForm.ROLE, self._role(label.role))
        if not label.name:
            return referring(label, PersonForm.TITLE, self._holder(office), office) if office else None
        entry = self._called(label, office) or self._new(label, office)
        form = PersonForm.FULL if len(label.name) > 1 else PersonForm.SURNAME
        return referring(label, form, entry, office) if entry else None

    def _role(self, role: str) -> Entry:
        """The unnamed reporter, moderator or interpreter of the document."""
        if role not in self._roles:
            entry = self._roles[role] = self.roster.unnamed()
            entry.offices.append(role)
        return self._roles[role]

    def _holder(self, office: Office) -> Entry:
        """The one named person whose office a label gives, else a person without a name."""
        wanted = office_words(office.words)
        held = [e for e in self.roster.entries if e.named and any(wanted <= office_words(o) for o in e.offices)]
        if len(held) == 1:
            return held[0]
        known = self._roles.get(office.words)
        if known is None:
            known = self._roles[office.words] = self.roster.unnamed()
            known.learns(office)
        return known

    def _called(self, label: Label, office: Office | None) -> Entry | None:
        """The person of the label's name: of several, the one of the label's office."""
        entries = self.roster.entries
        whole = folded(" ".join(label.name))
        held = [e for e in entries if e.named and whole in (folded(e.surname), folded(" ".join(e.parts)))]
        held = held or [e for e in self.roster.called(label.name[-1], led=True) if e.named]
        if office:
            words = office_words(office.words)
            like = [e for e in held if any(words & office_words(o) for o in e.offices)]
            held = like or [e for e in held if not e.offices or office.noun in RANKS]
        if held and office:
            held[0].learns(office)
        return held[0] if held else None

    def _new(self, label: Label, office: Office | None) -> Entry | None:
        """A person whom only labels name; a bare word must stand as a label again, and be no everyday word."""
        kinds = vocabulary().kinds
        if not office and not label.addressed:
            plain = any(kinds.get(word, 0) & (COMMON | HEAD | MODIFIER | TAIL) for word in label.name)
            if plain or self._times[label.name] < TURNS or label.span.start in self._places.by_start:
                return None
        if len(label.name) > LONGEST_NAME:
            return None
        entry = self.roster.person_of(label.name, [office] if office else [])
        entry.surname = entry.surname or label.name[-1]
        if office:
            entry.learns(office)
        return entry


def referring(label: Label, form: PersonForm, entry: Entry, office: Office | None = None) -> Reference:
    """The reference of a label to its speaker."""
    entry.places.append(label.span.start)
    return Reference(
        span=label.span,
        form=form,
        head=label.span,
        people=(entry.number,),
        offices=(office,) if office else (),
        rule=LABEL,
    )


def label_of(text: str, span: Span) -> Label:
    """A label as an office and a name: the words of offices in front, and what follows them."""
    words = WORD.findall(BRACKET.sub("", text[span.start : span.end]))
    plain = [word.lower().rstrip(".") for word in words]
    role = ROLES.get(" ".join(plain), "")
    if role or not words:
        return Label(span, (), (), role)
    if plain[0] in HONORIFICS:
        return Label(span, (), named(words[1:]), addressed=True)
    behind = last_of_office(plain)
    return Label(span, written(words[:behind]), named(words[behind:]))


def last_of_office(plain: Sequence[str]) -> int:
    """How many words in front make an office; all, when the last is a noun of office or counts several of them."""
    known = vocabulary()
    counted = len(plain) - 1 if plain[-1] in ORDINALS else len(plain)
    if counted and plain[counted - 1] in known.singular:
        return len(plain)
    number = last = 0
    while number < len(plain) and belongs(plain, number):
        number += 1
        if plain[number - 1] in known.singular or is_abbreviation(plain[number - 1]):
            last = number
        if last and plain[last : last + 2] == ["of", "state"]:
            number = last = last + 2
    return last


def belongs(plain: Sequence[str], number: int) -> bool:
    """Whether a word of a label is one of an office."""
    known, word = vocabulary(), plain[number]
    return word in known.modifiers or word in known.singular or word in LIGHT or is_abbreviation(word)


def is_abbreviation(word: str) -> bool:
    """Whether a word in small letters is a short title: "amb", "gen"."""
    kinds = vocabulary().kinds
    return any(kinds.get(form, 0) & ABBREVIATION for form in (f"{word.capitalize()}.", word.upper()))


def written(words: Sequence[str]) -> tuple[str, ...]:
    """The words of an office in capitals, as offices are written."""
    return tuple(word.lower() if word.lower() in LIGHT else word.title() if word.isupper() else word for word in words)


def named(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name in capitals, as names are written."""
    return tuple(word.title() if word.isupper() and len(word) > 1 else word for word in words)


def office_of(label: Label) -> Office | None:
    """The office that a label gives."""
    if not label.office:
        return None
    nouns: Iterator[str] = (word.lower() for word in reversed(label.office) if word.lower() not in ORDINALS)
    noun = next((word for word in nouns if word in vocabulary().singular), label.office[-1].lower())
    return Office(span=label.span, at=label.span, head=label.span, noun=noun, words=" ".join(label.office))
