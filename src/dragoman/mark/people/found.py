"""Which names of a text are persons'? Names with an office, names with a form of address, and bare names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from dragoman.mark.people.names import Name, NameReader
from dragoman.mark.people.offices import RANKS, Basis, Office
from dragoman.mark.people.scan import BLANKS, Places, Words
from dragoman.mark.people.vocabulary import (
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
    TAIL,
)
from dragoman.record.marks import OrganisationMark
from dragoman.record.span import Span, hull

CLOSED = re.compile(r"\s*(?:[,.;:)–—\n]|$|-- | (?:who|and|said|told|was|is|has|had|led|met|[a-z]{3,}ed)\b)")
BODY_CLOSED = re.compile(r"[,.;]| (?:led|leads|headed|said|told|and)\b")
LISTED = re.compile(r",? and |, ")
BEHIND_NAME = re.compile(r",? \(?|\s[–—-]\s")
EXCELLENCY = ("H.E. ", "HE ", "His Excellency ", "Her Excellency ")
OF_PARTY = re.compile(r" of (?:the )?")
STYLE = re.compile(r"(?:\b(?:His|Her|Their) )?\Z")  # "Prime Minister of Bahrain, His Royal Highness A"
AGE = re.compile(r", \d\d\b|, who\b")
SPEECH = re.compile(
    r",? (?:also |has |have |had |later |then )?(?:said|says|told|tells|added|adds|wrote|tweeted|argued|noted|insisted|explained|acknowledged"
    r"|announced|declared|claimed|warned|stressed|met|testified|recalled|responded|replied|continued|concluded|confirmed|denied|thinks|believes)\b"
)


def may_open(kind: int) -> bool:
    """Whether a bare name may begin with a word of this kind."""
    if kind & COMMON and not kind & GIVEN:
        return False
    return bool(kind & HONORIFIC) or not kind & (MARKED | PRONOUN | HEAD | MODIFIER | HANDLE)


OPENING = COMMON | GIVEN | HONORIFIC | MARKED | PRONOUN | HEAD | MODIFIER | HANDLE
OPENS = {kind: may_open(kind) for kind in range(OPENING + 1) if kind & OPENING == kind}


class Found:
    """A name at one place with the offices around it, while the document is read."""

    __slots__ = ("end", "name", "offices", "person", "shared", "start", "weak")

    def __init__(self, name: Name, offices: Sequence[Office] = ()) -> None:
        self.name = name
        self.offices = list(offices)
        self.start = min([name.start, *(o.span.start for o in offices)])
        self.end = name.span.end
        self.person: int | None = None
        self.shared: str | None = None  # the party of the delegation that the name is listed in
        self.weak = False  # no given name, no office: a person only if the text shows it elsewhere

    @property
    def span(self) -> Span:
        """The whole phrase."""
        return Span(self.start, self.end)


class Finder:
    """Finds the names of one text."""

    def __init__(
        self, words: Words, places: Places, offices: Sequence[Office], sentence_starts: frozenset[int]
    ) -> None:
        self.words = words
        self.text = words.text
        self.places = places
        self.reader = NameReader(words, places)
        self.sentence_starts = sentence_starts
        self.offices = joined(offices, words.text)
        self.number_at = {start: n for n, start in enumerate(words.starts)}
        self.used = [False] * len(words.texts)
        self.free: list[Office] = []  # offices without a name

    def find(self) -> list[Found]:
        """Every name with its offices, in order; offices that stand alone are left in ``free``."""
        found: list[Found] = []
        for office in self.offices:
            names = self._names_behind(office)
            if names:
                found.extend(self._holders(office, names))
            else:
                self.free.append(office)
            self._use(office.span)
            for name in names:
                self._use(Span(name.start, name.span.end))
        found.extend(self._bare(name) for name in self._bare_names())
        found.sort(key=lambda f: f.name.span.start)
        self._appositions(found)
        self._bodies_behind(found)
        self._parties_behind(found)
        return found

    def _holders(self, office: Office, names: Sequence[Name]) -> list[Found]:
        """The holders of an office: several of a plural one ("Presidents Macron and Lula")."""
        one = singular(office) if office.plural else office
        found = [Found(name, [one]) for name in names]
        for later in found[1:]:
            later.start = later.name.start
        return found

    def _use(self, span: Span) -> None:
        n = self.number_at.get(span.start)
        if n is None:
            n = bisect_left(self.words.starts, span.start)
        while n < len(self.used) and self.words.starts[n] < span.end:
            self.used[n] = True
            n += 1

    # Names behind an office.

    def _names_behind(self, office: Office) -> list[Name]:
        if not office.title and not (office.determiner or office.party):
            return []
        n = self._next_word(office.span.end)
        name = self.reader.read(n, led=True) if n is not None else None
        if name is None or (office.plural and name is None):
            return []
        names = [name]
        while office.plural:
            more = self._listed(names[-1])
            if more is None:
                break
            names.append(more)
        return names

    def _next_word(self, end: int) -> int | None:
        """The number of the word that follows an office as its holder's name."""
        at = end
        code = CODE_BEHIND.match(self.text, end)
        if code:
            at = code.end()
        particles = PARTICLES_BEHIND.match(self.text, at)
        if particles:
            at = particles.end() - 1
        if at >= len(self.text) or self.text[at] not in BLANKS:
            return None
        return self.number_at.get(at + 1)

    def _listed(self, name: Name) -> Name | None:
        joint = LISTED.match(self.text, name.span.end)
        n = self.number_at.get(joint.end()) if joint else None
        return self.reader.read(n, led=True) if n is not None else None

    # Bare names.

    def _bare_names(self) -> list[Name]:
        found: list[Name] = []
        past = 0
        for n in [n for n, kind in enumerate(self.words.kinds) if OPENS[kind & OPENING]]:
            if n < past or self.used[n]:
                continue
            name = self.reader.read(n, led=False)
            if name is None or any(self.used[n : name.last + 1]):
                continue
            if self._is_person(name):
                found.append(name)
            past = name.last + 1
        return found

    def _bare(self, name: Name) -> Found:
        found = Found(name)
        kinds = self.words.kinds[name.first : name.last + 1]
        known = any(kind & (GIVEN | INITIAL) for kind in kinds) or name.start < name.span.start
        family = name.parts[0] in self.reader.lexicon.family_first or len(name.parts) > len(kinds)
        speaks = SPEECH.match(self.text, name.span.end) or AGE.match(self.text, name.span.end)
        found.weak = len(kinds) > 1 and not (known or family or speaks)
        return found

    def _is_person(self, name: Name) -> bool:
        kinds = self.words.kinds[name.first : name.last + 1]
        if self._tailed(name) or (name.first and self._glued(name)):
            return False
        if name.first > 0 and self.words.kinds[name.first - 1] & HONORIFIC and self.words.gaps[name.first] in BLANKS:
            return True
        if len(kinds) == 1:
            if self.text.endswith((" in ", "In "), 0, name.start):
                return False  # "in Matera, the Secretary met ..."
            return not kinds[0] & (CAPITALS | INITIAL) and len(name.parts) <= 2
        if kinds[-1] & TAIL and not kinds[-1] & GIVEN:
            return False
        if kinds[0] & (GIVEN | INITIAL):
            return True
        if any(kind & (CAPITALS | COMMON) for kind in kinds):
            return False
        if kinds[0] & SOFT and self.words.starts[name.first] in self.sentence_starts:
            return False
        return not any(kind & SOFT for kind in kinds[1:-1]) and not (kinds[0] & SOFT and kinds[-1] & SOFT)

    def _tailed(self, name: Name) -> bool:
        """Whether the name goes on into a body's or a thing's: "Kim Foundation", "Nord Stream pipeline"."""
        after = name.last + 1
        if after >= len(self.words.kinds) or self.words.gaps[after] not in BLANKS:
            return False
        kind, text = self.words.kinds[after], self.words.texts[after]
        return (
            text[0].isupper()
            and bool(kind & (TAIL | CAPITALS | MODIFIER | COMMON))
            and not kind & HEAD
            and len(name.parts) > 0
            and bool(kind & TAIL)
        )

    def _glued(self, name: Name) -> bool:
        """Whether a capitalised everyday word stands right in front inside a sentence: "Great Barrier Reef"."""
        before = name.first - 1
        kind = self.words.kinds[before]
        return (
            self.words.gaps[name.first] in BLANKS
            and bool(kind & (COMMON | TAIL))
            and not kind & (HEAD | HONORIFIC)
            and self.words.texts[before][0].isupper()
            and self.words.starts[before] not in self.sentence_starts
        )

    # Offices behind a name, and in front with a comma.

    def _appositions(self, found: list[Found]) -> None:
        starts = {office.span.start: office for office in self.free}
        ends = {office.span.end: office for office in self.free}
        taken: set[int] = set()
        for one in found:
            behind = BEHIND_NAME.match(self.text, one.end)
            office = starts.get(behind.end()) if behind else None
            if office and not office.plural and self._closes(office, behind is not None and "(" in behind[0]):
                one.offices.append(office)
                one.end = office.span.end
                taken.add(office.span.start)
                continue
            style = STYLE.search(self.text, max(0, one.start - 12), one.start)
            start = style.start() if style else one.start
            before = ends.get(start - 2) if self.text[max(0, start - 2) : start] == ", " else None
            if (
                before
                and not before.plural
                and all(office.noun in RANKS for office in one.offices)
                and before.span.start not in taken
                and self._closes_name(one)
            ):
                one.offices.insert(0, before)
                one.start = before.span.start
                taken.add(before.span.start)
        self.free = [office for office in self.free if office.span.start not in taken]

    def _bodies_behind(self, found: list[Found]) -> None:
        """Take bodies behind an office: "Director General, Narcotics Control Bureau"."""
        for one in found:
            while one.offices and self.text[one.end : one.end + 2] == ", ":
                mark = self.places.by_start.get(one.end + 2)
                if not isinstance(mark, OrganisationMark) or not BODY_CLOSED.match(self.text, mark.span.end):
                    break
                office = one.offices[-1]
                words = f"{office.words}, {mark.span.of(self.text)}"
                party, span = office.party or mark.party, office.party_span or (mark.span if mark.party else None)
                basis = office.basis if office.party else Basis.BODY
                one.offices[-1] = msgspec.structs.replace(
                    office, words=words, party=party, party_span=span, basis=basis
                )
                one.end = mark.span.end

    def _closes(self, office: Office, bracket: bool) -> bool:
        if not bracket and not (office.determiner or office.party or office.capital or office.possessor):
            after = self.text[office.span.end : office.span.end + 1]
            return after in (",", ".", ";", "\n", "")
        return bool(CLOSED.match(self.text, office.span.end))

    def _closes_name(self, one: Found) -> bool:
        closed = self.text[one.end : one.end + 1] in (",", ".", ";", "") or self.text.startswith(EXCELLENCY, one.start)
        return closed and len(one.name.parts) > 1

    def _parties_behind(self, found: list[Found]) -> None:
        """Take a party behind the name: "Prime Minister Mitsotakis of Greece"."""
        for one in found:
            if not one.offices or any(o.party for o in one.offices):
                continue
            match = OF_PARTY.match(self.text, one.name.span.end)
            mark = self.places.by_start.get(match.end()) if match else None
            if mark is not None and hasattr(mark, "codes") and len(mark.codes) == 1:
                one.offices[0] = with_party(one.offices[0], mark.codes[0], mark.span)
                one.end = max(one.end, mark.span.end)


CODE_BEHIND = re.compile(r" \([A-Z][A-Za-z.&/-]{1,9}\)(?= )")
PARTICLES_BEHIND = re.compile(
    r"(?: (?:von|van|der|den|de|di|da|del|la|le|bin|bint|ibn|al|el|ten|ter|zu|dos|du|du|della)){1,3}(?= [A-Z])"
)


def singular(office: Office) -> Office:
    """The office of one of several holders: "Foreign Ministers" becomes "Foreign Minister"."""
    begin = office.words.lower().rfind(office.noun[:-1])
    noun = office.noun.capitalize() if office.capital else office.noun
    rest = office.words[begin:].split(" ", 1)[1:]
    return msgspec.structs.replace(
        office, words=" ".join([office.words[:begin].strip(), noun, *rest]).strip(), plural=False
    )


def with_party(office: Office, party: str, span: Span) -> Office:
    """The office with whose it is."""
    return msgspec.structs.replace(office, party=party, party_span=span)


def one_holder(one: Office, other: Office, between: str) -> bool:
    """Whether two offices are one person's: "State Councilor and Foreign Minister", "Defence Minister General ..."."""
    if one.plural or other.plural or other.determiner or one.capital != other.capital:
        return False
    if between == " ":
        return other.capital and other.party is None and other.at == other.head
    return between == " and " and (other.party is None or other.basis is Basis.OFFICE)


def joined_words(one: Office, other: Office) -> str:
    """The words of two offices of one holder; a rank behind an office adds nothing."""
    if one.span.end + 1 < other.span.start:
        return f"{one.words} and {other.words}"
    return one.words if other.noun in RANKS else f"{one.words} {other.words}"


def joined(offices: Sequence[Office], text: str) -> list[Office]:
    """Two offices of one holder made one: "State Councilor and Foreign Minister"."""
    found: list[Office] = []
    for office in offices:
        last = found[-1] if found else None
        if last and last.span.end > office.span.start:
            if office.span.start <= last.span.start and office.span.end > last.span.end:
                found[-1] = office
            if office.head.start < last.span.end:
                continue
            bare = Span(office.head.start, office.span.end)
            office = msgspec.structs.replace(
                office, span=bare, at=bare, words=bare.of(text), determiner="", party=None, party_span=None
            )
        if last and one_holder(last, office, text[last.span.end : office.span.start]):
            found[-1] = msgspec.structs.replace(
                last,
                span=hull(last.span, office.span),
                at=hull(last.at, office.at),
                words=joined_words(last, office),
                party=last.party or office.party,
                party_span=last.party_span or office.party_span,
            )
        else:
            found.append(office)
    return found
