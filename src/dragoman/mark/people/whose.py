"""Whose official is a person whose own phrase does not say?

Asked in this order: offices joined to others whose party is stated; the delegation that a person leads; the table of
office holders; offices that few states have; the issuer of an official text; the other side of a text on two parties.
Every answer but the first two carries its basis.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dragoman.mark.people.found import Found
from dragoman.mark.people.incumbents import known_as
from dragoman.mark.people.likeness import NOT_AMERICAN, office_words, one_government
from dragoman.mark.people.offices import Basis
from dragoman.mark.people.roster import Entry
from dragoman.mark.people.scan import Places
from dragoman.mark.people.vocabulary import vocabulary
from dragoman.record.document import Document
from dragoman.record.marks import PartyMark
from dragoman.record.segments import Segments

JOINTS = frozenset(
    {" and ", ", ", ", and ", " & ", "; ", " together with ", " along with ", ", along with ", " as well as "}
)
AMERICAN = frozenset(
    {
        "secretary",
        "spokesperson",
        "ambassador",
        "senator",
        "counselor",
        "representative",
        "envoy",
        "coordinator",
        "advisor",
        "assistant",
        "administrator",
        "undersecretary",
    }
)
LEADS = re.compile(r"(?:, who|,)? (?:led|leads|headed|heads|heading|leading|was leading) (?:the |an? )?(?P<party>)")
LED_BY = re.compile(
    r" (?:delegation|side|team)(?:,? which)?,?(?: was| is)? (?:led|headed|represented|co-?chaired|chaired) by (?:its |the )?\Z"
)
INCLUDED = re.compile(r" (?:delegation|side|team) (?:also )?(?:included|includes|comprised|consisted of) \Z")
MOST_OF_TEXT = 0.75
HELD_ONCE = (
    frozenset({"president"}),
    frozenset({"prime", "minister"}),
    frozenset({"foreign", "minister"}),
    frozenset({"chancellor"}),
    frozenset({"king"}),
)


def settle_parties(
    document: Document, segments: Segments, found: Sequence[Found], entries: Sequence[Entry], places: Places
) -> None:
    """Give every person that the text leaves without a party the one that best grounds give, if any do."""
    _delegations(document.text, found, entries, places)
    _siblings(document, found, entries)
    _table(document, entries)
    _siblings(document, found, entries)
    named = parties_of(places)
    for entry in entries:
        if entry.party is None and entry.named and entry.offices:
            _by_system(entry, named)
    if document.issuer:
        _issuer(document.issuer, entries, named, SentenceParties(segments, places, entries))
    _siblings(document, found, entries)


def parties_of(places: Places) -> Counter[str]:
    """How often the text names each party."""
    marks = {mark.span: mark for mark in places.by_start.values() if isinstance(mark, PartyMark)}
    return Counter(code for mark in marks.values() for code in mark.codes)


def _siblings(document: Document, found: Sequence[Found], entries: Sequence[Entry]) -> None:
    """Of offices joined in a list, one without a party shares the party of the one before it."""
    text, day = document.text, document.published.day
    for one, other in pairwise(found):
        if one.person is None or other.person is None or not (one.offices and other.offices):
            continue
        before, after = entries[one.person], entries[other.person]
        between = text[one.end : other.start].replace("\u00a0", " ")
        if after.party or not before.party or not states(one, before.party) or between not in JOINTS:
            continue
        known = known_as(after.parts, after.surname, tuple(after.offices), None, day) if len(after.parts) == 1 else None
        if known is not None and known.party != before.party:
            continue  # "the Italian foreign minister and Secretary Blinken"
        if one_government(before.party, other.offices[0].words) and not of_two_states(one, other):
            after.belongs(before.party, before.basis)


def of_two_states(one: Found, other: Found) -> bool:
    """Whether both hold an office that a state has once: "President A, President B" are of two states."""
    held = [office_words(found.offices[0].words) for found in (one, other)]
    return held[0] == held[1] and held[0] in HELD_ONCE


def states(one: Found, party: str) -> bool:
    """Whether a phrase states the party, or states none at all."""
    stated = {office.party for office in one.offices if office.party}
    return not stated or party in stated


def _delegations(text: str, found: Sequence[Found], entries: Sequence[Entry], places: Places) -> None:
    """ "X led the Indian delegation", "the Indian side was led by X", "the Indian delegation included X, Y and Z"."""
    shared: str | None = None
    end = -1
    for one in found:
        if one.person is None:
            continue
        party = leads(text, one.end, places) or led_by(text, one.start, places)
        if party is None and shared and text[end : one.start] in JOINTS:
            party = shared
        shared, end = party, one.end
        if party and entries[one.person].party is None:
            one.shared = party
            entries[one.person].belongs(party, Basis.STATED)


def leads(text: str, at: int, places: Places) -> str | None:
    """The party whose delegation the person named just before leads."""
    match = LEADS.match(text, at)
    mark = places.by_start.get(match.end()) if match else None
    if not isinstance(mark, PartyMark) or len(mark.codes) != 1:
        return None
    behind = text[mark.span.end : mark.span.end + 30].lstrip("'’s ")
    return mark.codes[0] if behind.startswith(("delegation", "side", "team", "inter", "negotiat")) else None


def led_by(text: str, at: int, places: Places) -> str | None:
    """The party whose delegation the person named just behind leads or belongs to."""
    before = text[max(0, at - 70) : at]
    match = LED_BY.search(before) or INCLUDED.search(before)
    if match is None:
        return None
    end = at - len(before) + match.start()
    mark = places.by_end.get(end) or places.by_end.get(end - 2)
    return mark.codes[0] if isinstance(mark, PartyMark) and len(mark.codes) == 1 else None


def _table(document: Document, entries: Sequence[Entry]) -> None:
    """Fill in parties and offices from the table of office holders."""
    day = document.published.day
    for entry in entries:
        if entry.named and (len(entry.parts) == 1 or not (entry.party and entry.offices)):
            tenure = known_as(entry.parts, entry.surname, tuple(entry.offices), entry.party, day)
            if tenure is not None:
                entry.belongs(tenure.party, Basis.LEXICON)
                entry.known = tenure


def _by_system(entry: Entry, named: Counter[str]) -> None:
    """Offices that few states have: the one of them that the text names."""
    words = [office_words(office) for office in entry.offices]
    for wanted, states in vocabulary().systems:
        if any(wanted <= held for held in words):
            here = [state for state in states if named[state] and not (state == "USA" and junior(entry.offices))]
            if len(here) == 1:
                entry.belongs(here[0], Basis.OFFICE)
            return


def junior(offices: Sequence[str]) -> bool:
    """Whether somebody is a "Secretary of State for" something, as ministers in Europe are and nobody in the USA."""
    return any(office.lower().startswith("secretary of state for ") for office in offices)


class SentenceParties:
    """Which parties does the sentence around a place name, beside those of the persons already known in it?"""

    def __init__(self, segments: Segments, places: Places, entries: Sequence[Entry]) -> None:
        self.sentences = segments.sentences
        self.starts = [sentence.span.start for sentence in self.sentences]
        marks = {mark.span: mark for mark in places.by_start.values() if isinstance(mark, PartyMark)}
        self.marks = sorted(marks.values(), key=lambda mark: mark.span)
        self.entries = entries

    def other_than(self, issuer: str, at: int) -> str | None:
        """The only other party of the sentence, or None."""
        n = bisect_right(self.starts, at) - 1
        if n < 0:
            return None
        span = self.sentences[n].span
        found = {code for mark in self.marks if span.covers(mark.span) for code in mark.codes} - {issuer}
        taken = {e.party for e in self.entries if e.party and any(span.start <= p < span.end for p in e.places)}
        left = found - taken
        return left.pop() if len(left) == 1 else None


def _issuer(issuer: str, entries: Sequence[Entry], named: Counter[str], sentences: SentenceParties) -> None:
    """In an official text: the issuer's own offices, and for offices that are not, the one other party."""
    others = Counter({code: count for code, count in named.items() if code != issuer})
    other, count = others.most_common(1)[0] if others else ("", 0)
    for entry in entries:
        if entry.party is not None or not entry.named or not entry.offices:
            continue
        foreign = family_first(entry) or all(
            not one_government(issuer, office) or office.lower() == "president" for office in entry.offices
        )
        if not foreign and any(own_office(office, issuer) for office in entry.offices):
            entry.belongs(issuer, Basis.DOCUMENT)
        elif foreign:
            near = sentences.other_than(issuer, entry.places[0]) if entry.places else None
            if near or count > MOST_OF_TEXT * others.total():
                entry.belongs(near or other, Basis.DOCUMENT)


def family_first(entry: Entry) -> bool:
    """Whether the name is built as names in the issuer's country hardly are."""
    return len(entry.parts) > 1 and entry.surname == entry.parts[0]


def office_of_state(office: str, state: str) -> bool:
    """Whether an office, of which the text does not say whose it is, is one that few states have and this one does."""
    words = office_words(office)
    if state == "USA":
        return bool(words & {"secretary", "undersecretary"}) and not words & NOT_AMERICAN
    return any(wanted <= words and state in states for wanted, states in vocabulary().systems)


def own_office(office: str, issuer: str) -> bool:
    """Whether an office without a party, in a text of an issuer, is the issuer's own: a "Secretary" in the USA's."""
    words = office_words(office)
    if issuer == "USA":
        return bool(words & AMERICAN) and not words & NOT_AMERICAN and not junior([office])
    return not words & {"president", "ambassador"}
