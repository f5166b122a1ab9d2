"""How do names, offices and references of one document become persons and marks?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.lexicon.load import Lexicon
from dragoman.mark.people.found import Finder, Found
from dragoman.mark.people.incumbents import bare_name
from dragoman.mark.people.names import Name, folded
from dragoman.mark.people.offices import Basis, Office, OfficeReader
from dragoman.mark.people.refer import Reference, Resolver
from dragoman.mark.people.roster import Entry, Roster, gender_of, people_of
from dragoman.mark.people.scan import Places, Words
from dragoman.mark.people.turns import Turns
from dragoman.mark.people.vocabulary import GIVEN, PRONOUN, vocabulary
from dragoman.mark.people.whose import settle_parties
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Person, PersonForm, PersonMark
from dragoman.record.segments import Segments
from dragoman.record.span import Span

NUMBERS = {
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
BARE_GROUP = re.compile(
    r"[TtBb](?<!\w\w)(?:he (?:(?P<number>two|three|four|five)|(?P<pair>pair|trio|duo))|oth)(?= (?:also |then |last |have |had |will |would )?"
    r"(?:met|spoke|are|were|was|said|agreed|held|shook|\w{3,}ed)\b)"
)
ACTS = re.compile(r" (?:also |then |later )?(?:will|has|had|met|held|spoke|told|gave|took|[a-z]{2,}ed)\b")
ADJECTIVAL = frozenset(
    {"official", "general", "principal", "chief", "executive", "representative", "head", "lead", "major", "republican",
     "democrat", "host", "veteran", "deputy", "senior", "captain", "judge", "resident", "prince", "king", "officer",
     "minister", "president", "partner", "source", "participant", "agent", "leader", "chair", "speaker", "editor", "doctor", "star", "staff"}
)  # fmt: skip
NOUN_ENDS = re.compile(
    r"[,.;:)\]”\"’'?!\n–—]|$| (?:[,–—-]|(?:of|for|from|in|at|on|to|by|with|and|or|but|who|whom|whose|that|as|also|is|was|are|were|has|had|have|will"
    r"|would|could|can|may|might|should|must|did|does|do|not|said|says|told|added|met|when|while|after|before|during|since|under|over|about|than|into|if|because|familiar|close|speaking|then|now|today|here|there)\b|[a-z]+(?:ed|s|ing|ly)\b)"
)


class People:
    """Reads the people of one document."""

    def __init__(self, document: Document, segments: Segments, lexicon: Lexicon, marks: Sequence[AnyMark]) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = document.text
        self.segments = segments
        self.words = Words(self.text)
        self.places = Places(self.words, marks)
        self.roster = Roster()
        self.starts = frozenset(sentence.span.start for sentence in segments.sentences)

    def read(self) -> tuple[list[Person], list[PersonMark]]:
        """The persons and the references to them."""
        offices = OfficeReader(self.words, self.places, self.lexicon).offices()
        finder = Finder(self.words, self.places, offices, self.starts)
        found = self._entered(finder.find())
        references = [reference_of(one) for one in found]
        turns = Turns(self.text, self.segments, self.roster, self.places)
        labels = turns.references(references)
        settle_parties(self.document, self.segments, found, self.roster.entries, self.places)
        others = [r for r in map(self._title, finder.free) if r]
        others += self._pronouns(finder.used)
        others += list(self._bare_groups())
        references += [r for r in others if not turns.in_label(r.head)] if turns.labels else others
        references += labels
        references.sort(key=lambda r: (r.span.start, -r.span.end))
        resolved = Resolver(self.text, self.segments, self.roster, turns).resolve(references)
        return people_of(self.roster.entries), [self._mark(r) for r in resolved]

    # Names become entries.

    def _entered(self, found: list[Found]) -> list[Found]:
        """The names that are persons', each with its entry; full names first, single ones after."""
        found = shown(found)
        for one in found:
            if len(one.name.parts) > 1:
                entry = self.roster.misspelt(one.name.parts, one.offices) if one.offices else None
                self._enter(one, entry or self.roster.person_of(one.name.parts, one.offices))
        singles = Counter(folded(one.name.parts[0]) for one in found if len(one.name.parts) == 1)
        self.roster.settle(singles)
        kept: list[Found] = []
        for one in found:
            if one.person is None:
                self._single(one)
            if one.person is not None:
                kept.append(one)
        self.roster.settle(singles)
        return kept

    def _enter(self, one: Found, entry: Entry) -> None:
        one.person = entry.number
        entry.places.append(one.start)
        for office in one.offices:
            if office.noun == "counterpart":
                if office.party:
                    entry.belongs(office.party, office.basis)
            else:
                entry.learns(office)
        entry.gender = entry.gender or gender_of(one.name, one.offices)

    def _single(self, one: Found) -> None:
        """A name of one word: a person already known, or a new one that an office or a verb of speech shows."""
        part = one.name.parts[0]
        led = bool(one.offices) or one.name.start < one.name.span.start
        known = self.roster.called(part, led=led)
        if one.offices:
            parties = {o.party for o in one.offices if o.party}
            known = [e for e in known if not parties or not e.party or e.party in parties]
        if not known and one.offices:
            misspelt = self.roster.misspelt(one.name.parts, one.offices)
            known = [misspelt] if misspelt else []
        if known:
            self._enter(one, nearest(known, one))
        elif led or bare_name(part, self.document.published.day):
            self._enter(one, self.roster.person_of(one.name.parts, one.offices))

    # Titles, pronouns, groups.

    def _title(self, office: Office) -> Reference | None:
        """A reference by office or role alone, if the phrase is one."""
        if office.plural or office.determiner in NUMBERS:
            return self._plural(office)
        if not (office.determiner or office.party or office.possessor):
            own = self._own(office)
            if own is None:
                return None
            office = own
        if office.noun in ADJECTIVAL and not office.capital and not NOUN_ENDS.match(self.text, office.span.end):
            return None
        form = PersonForm.TITLE if office.title and office.determiner in ("the", "'s", "") else PersonForm.ROLE
        return Reference(span=office.span, form=form, head=office.head, offices=(office,), rule=f"people.{form}")

    def _own(self, office: Office) -> Office | None:
        """A bare title that opens a sentence of an official text, as the issuer's: "Prime Minister thanked ..."."""
        issuer = self.document.issuer
        if issuer is None or not (office.capital and office.title) or office.span.start not in self.starts:
            return None
        if not ACTS.match(self.text, office.span.end):
            return None
        return msgspec.structs.replace(office, party=issuer, basis=Basis.DOCUMENT)

    def _plural(self, office: Office) -> Reference | None:
        number = NUMBERS.get(office.determiner)
        if office.determiner == "the":
            before = self.text[office.span.start : office.head.start].lower().split()
            number = next((NUMBERS[w] for w in before if w in NUMBERS), None)
        start = office.span.start
        article = re.search(r"\b[Tt]he \Z", self.text[max(0, start - 4) : start]) if number else None
        span = Span(start - 4, office.span.end) if article else office.span
        return Reference(
            span=span, form=PersonForm.GROUP, head=office.head, offices=(office,), number=number, rule="people.group"
        )

    def _pronouns(self, used: Sequence[bool]) -> Iterator[Reference]:
        for n, kind in enumerate(self.words.kinds):
            if kind & PRONOUN and not used[n]:
                span = Span(self.words.starts[n], self.words.ends[n])
                if self.words.texts[n].lower() != "who":
                    yield Reference(span=span, form=PersonForm.PRONOUN, head=span, rule="people.pronoun")

    def _bare_groups(self) -> Iterator[Reference]:
        for match in BARE_GROUP.finditer(self.text):
            span = Span(*match.span())
            number = 3 if match["pair"] == "trio" else NUMBERS.get(match["number"] or "two")
            yield Reference(span=span, form=PersonForm.GROUP, head=span, number=number, rule="people.bare_group")

    def _mark(self, reference: Reference) -> PersonMark:
        if not reference.offices:
            return PersonMark(
                span=reference.span,
                rule=reference.rule,
                form=reference.form,
                people=reference.people,
                head=reference.head,
                number=reference.number,
            )
        office = reference.offices[0]
        whose = next((o for o in reference.offices if o.party), office)
        return PersonMark(
            span=reference.span,
            rule=reference.rule,
            form=reference.form,
            people=reference.people,
            head=reference.head,
            office=office.words,
            office_span=office.at,
            party=whose.party,
            party_span=whose.party_span,
            number=reference.number,
        )


def shown(found: Sequence[Found]) -> list[Found]:
    """The names without weak ones that the text never shows to be a person's, words of headlines cut off."""
    alone = {folded(one.name.parts[0]) for one in found if len(one.name.parts) == 1}
    full = {one.name.parts for one in found}
    kept: list[Found] = []
    for one in found:
        if one.weak and not one.offices and folded(one.name.parts[-1]) not in alone:
            continue
        one.name = trimmed(one.name, full)
        kept.append(one)
    return kept


def trimmed(name: Name, full: set[tuple[str, ...]]) -> Name:
    """A name without a capitalised word before or behind it that the same name lacks elsewhere ("Ann Lee Wins")."""
    parts = name.parts
    if len(parts) > 2 and parts[:2] in full:
        end = name.span.start + len(" ".join(parts[:2]))
        return msgspec.structs.replace(name, parts=parts[:2], span=Span(name.span.start, end))
    if len(parts) > 2 and parts[1:] in full and not vocabulary().kinds.get(parts[0], 0) & GIVEN:
        start = name.span.start + len(parts[0]) + 1
        return msgspec.structs.replace(name, parts=parts[1:], span=Span(start, name.span.end), start=start)
    return name


def reference_of(one: Found) -> Reference:
    """The reference that a name with its offices makes."""
    form = PersonForm.FULL if len(one.name.parts) > 1 else PersonForm.SURNAME
    return Reference(
        span=one.span,
        form=form,
        head=one.name.span,
        people=(one.person,) if one.person is not None else (),
        offices=tuple(one.offices),
        rule=f"people.{form}",
    )


def nearest(known: Sequence[Entry], one: Found) -> Entry:
    """Of several persons of one name: the last one named before, else the first one."""
    if len(known) == 1:
        return known[0]
    return max(known, key=lambda e: (max((p for p in e.places if p <= one.start), default=-1), -e.number))


def read_people(
    document: Document, segments: Segments, lexicon: Lexicon, marks: Sequence[AnyMark]
) -> tuple[list[Person], list[PersonMark]]:
    """The persons of a document and every reference to them."""
    return People(document, segments, lexicon, marks).read()
