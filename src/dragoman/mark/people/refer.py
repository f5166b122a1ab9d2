"""To whom does a title, a role, a group or a pronoun refer?

References are taken in the order of the text. A candidate's salience falls with its distance in sentences and is
higher for a subject than for an object, higher outside quotation marks than inside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol

import msgspec

from dragoman.mark.people.found import singular
from dragoman.mark.people.likeness import office_words, one_government
from dragoman.mark.people.offices import Office
from dragoman.mark.people.roster import Entry, Roster
from dragoman.mark.people.vocabulary import PRONOUNS
from dragoman.record.marks import PersonForm
from dragoman.record.segments import Segments
from dragoman.record.span import Span

OBLIQUE = re.compile(
    r"\b(?:with|of|to|by|for|from|on|about|against|between|under|including|like|between|at|over|into|after|behind|than) (?:the |his |her |their |former |then-)*(?:(?:[A-Z][\w.]* ){1,3}and )?\Z"
)
SPOKE_BEFORE = re.compile(r"\b(?:said|says|added|wrote|asked|argued|according to|explained|noted) \Z")
VERB_BEHIND = re.compile(
    r" (?:also |then |later |now |never |and )?(?:has|had|have|is|was|were|are|will|would|could|can|did|does|may|might|should|must"
    r"|said|told|who|met|spoke|made|took|gave|held|went|came|put|won|ran|wrote|\w{2,}ed|(?!as\b|his\b|this\b)\w{2,}s)\b"
)
NEAR_START = 3
APOSTROPHES = frozenset("'’")
POSSESSED = re.compile(r"['’]s?\b")
FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ours"})
ITSELF = frozenset({"i", "me", "my", "myself"})
COUNTERPART = "counterpart"
HIS_OR_HER = frozenset({"his", "her"})
LABEL = "people.label"
SPEAKER = "people.speaker"
MOST_MENTIONS = 80
REACH = 4  # sentences that a pronoun looks back


class Reference(msgspec.Struct, kw_only=True, gc=False):
    """A reference before it becomes a mark."""

    span: Span
    form: PersonForm
    head: Span
    people: tuple[int, ...] = ()
    offices: tuple[Office, ...] = ()
    number: int | None = None
    rule: str = ""


class Said(msgspec.Struct, frozen=True, gc=False):
    """A person mentioned: where, in which sentence, and how prominently."""

    at: int
    sentence: int
    people: tuple[int, ...]
    weight: int
    quoted: bool


class Speakers(Protocol):
    """Who speaks where."""

    def speaker_at(self, at: int) -> int | None:
        """Who is "I" at a place: the number of a person."""
        ...


class Resolver:
    """Gives titles, roles, groups and pronouns of one document their persons."""

    def __init__(self, text: str, segments: Segments, roster: Roster, speakers: Speakers) -> None:
        self.text = text
        self.speakers = speakers
        self.roster = roster
        self.starts = [sentence.span.start for sentence in segments.sentences] or [0]
        self.paragraphs = [sentence.paragraph for sentence in segments.sentences] or [0]
        self.quotations = [q.outer for q in segments.quotations if q.depth == 0]
        self.quote_starts = [q.start for q in self.quotations]
        self.history: list[Said] = []
        self.last: dict[int, int] = {}  # where each person was last mentioned
        self.unnamed: dict[tuple[frozenset[str], str | None], Entry] = {}

    def resolve(self, references: Sequence[Reference]) -> list[Reference]:
        """The references, in order, with their persons."""
        for reference in references:
            form = reference.form
            if reference.rule == LABEL:
                continue  # whoever speaks is not whom he or she speaks of as "he": a label lends no salience
            if form is PersonForm.PRONOUN:
                self._pronoun(reference)
            elif form is PersonForm.TITLE or form is PersonForm.ROLE:
                self._title(reference)
            elif form is PersonForm.GROUP:
                self._group(reference)
            if reference.people and reference.rule != SPEAKER:
                if reference.offices and reference.offices[0].noun == COUNTERPART:
                    self._like(reference)
                self._remember(reference)
        return list(references)

    def sentence_of(self, at: int) -> int:
        """The number of the sentence at a place of the text."""
        return max(0, bisect_right(self.starts, at) - 1)

    def quoted(self, at: int) -> bool:
        """Whether the place lies between quotation marks."""
        n = bisect_right(self.quote_starts, at) - 1
        return n >= 0 and self.quotations[n].end > at

    def _remember(self, reference: Reference) -> None:
        at = reference.span.start
        for number in reference.people:
            self.last[number] = at
        sentence = self.sentence_of(at)
        weight = self._weight(reference, self.starts[sentence])
        self.history.append(Said(at, sentence, reference.people, weight, self.quoted(at)))

    def _recent(self) -> Iterator[Said]:
        """The last mentions, latest first: a bound for texts without sentence ends."""
        return islice(reversed(self.history), MOST_MENTIONS)

    def _weight(self, reference: Reference, opening: int) -> int:
        """How prominent a mention is: a subject 5, a name with an apposition 3, a possessor 2, an object 0 or -3."""
        start, end = reference.span.start, reference.span.end
        if self.text[end : end + 1] in APOSTROPHES and POSSESSED.match(self.text, end):
            return OWNER
        if SPOKE_BEFORE.search(self.text, max(0, start - 16), start):
            return 5
        if OBLIQUE.search(self.text, max(0, start - 40), start):
            return -3
        if start - opening < NEAR_START or VERB_BEHIND.match(self.text, end):
            return 5
        return 3 if self.text[end : end + 1] == "," else 0

    # Pronouns.

    def _pronoun(self, reference: Reference) -> None:
        word = self.text[reference.head.start : reference.head.end].lower()
        if word in FIRST_PERSON:
            speaker = self.speakers.speaker_at(reference.head.start) if word in ITSELF else None
            if speaker is not None and not self.quoted(reference.head.start):
                reference.people = (speaker,)
                reference.rule = SPEAKER
            return
        gender, plural = PRONOUNS[word]
        if plural:
            reference.people = self._those(reference.span.start)
        else:
            person = self._one(reference.span.start, gender)
            if person is not None:
                reference.people = (person.number,)
                person.gender = person.gender or gender

    def _one(self, at: int, gender: str) -> Entry | None:
        """The most salient person of a gender before a place."""
        here, quoted = self.sentence_of(at), self.quoted(at)
        best: tuple[float, Entry] | None = None
        for said in self._recent():
            if here - said.sentence > REACH:
                break
            if len(said.people) != 1:
                continue
            entry = self.roster.entries[said.people[0]]
            if entry.gender and entry.gender != gender:
                continue
            score = said.weight - 6 * (here - said.sentence) + (0 if entry.gender else -2)
            score -= 5 if said.quoted and not quoted else 0
            score -= 0 if entry.named else 4
            if best is None or score > best[0]:
                best = (score, entry)
        return best[1] if best else None

    def _those(self, at: int) -> tuple[int, ...]:
        """The persons that a plural pronoun means: the last group within two sentences."""
        here = self.sentence_of(at)
        for said in self._recent():
            if here - said.sentence > 1:
                break
            if len(said.people) > 1:
                return said.people
        for sentence in (here, here - 1):
            pair = self._pair(sentence, at)
            if pair:
                return pair
        return ()

    def _pair(self, sentence: int, at: int) -> tuple[int, ...]:
        """Two persons of different parties in one sentence."""
        found: dict[int, None] = {}
        for said in self._recent():
            if said.sentence < sentence:
                break
            if said.sentence == sentence and said.at < at and len(said.people) == 1:
                found[said.people[0]] = None
        named = [n for n in reversed(found) if self.roster.entries[n].named]
        return tuple(named) if len(named) == 2 else ()

    # Titles and roles.

    def _title(self, reference: Reference) -> None:
        office = reference.offices[0]
        entry = self._holder(office, reference.span.start) if office.determiner not in NEW else None
        if entry is None and office.noun == COUNTERPART:
            entry = self._counterpart(office, reference.span.start)
        if entry is None:
            entry = self._nameless(office)
        reference.people = (entry.number,)

    def _holder(self, office: Office, at: int) -> Entry | None:
        """The named person whose office the phrase repeats: the closest in wording, then the last mentioned."""
        wanted = office_words(office.words)
        broad = BROADER.get(office.noun) if len(wanted) == 1 or office.noun in ALWAYS_BROAD else None
        best: tuple[int, int, int] | None = None
        for entry in self.roster.entries:
            if not entry.named or (office.party and office.party != entry.party and (entry.party or broad)):
                continue
            held = [*entry.offices, entry.known.office] if entry.known and entry.known.office else entry.offices
            extra = min((fit(wanted, o, broad) for o in held), default=NO_FIT)
            if extra == NO_FIT:
                continue
            key = (-extra, self.last.get(entry.number, -1), entry.number)
            if best is None or key > best:
                best = key
        return self.roster.entries[best[2]] if best else None

    def _counterpart(self, office: Office, at: int) -> Entry | None:
        """The named person of the party, of like office, whom "his Chilean counterpart" means."""
        if not office.party:
            return None
        named = [e for e in self.roster.entries if e.named and e.party == office.party]
        near = [e for e in named if e.number in self.last] or named
        return near[0] if len(near) == 1 else None

    def _like(self, reference: Reference) -> None:
        """Give "his Chilean counterpart" the office of the one whose counterpart that is, if a state can have both."""
        office, at = reference.offices[0], reference.span.start
        whose = office.possessor.of(self.text).lower() if office.possessor else ""
        model = self._one(at, PRONOUNS[whose][0]) if whose in HIS_OR_HER else self._before(at)
        if model is None or not model.named or len(reference.people) != 1 or model.number in reference.people:
            return
        entry, held = self.roster.entries[reference.people[0]], model.office()
        party = entry.party or office.party
        if held and party and party != model.party and one_government(party, held):
            entry.like = entry.like or held

    def _before(self, at: int) -> Entry | None:
        """The person last mentioned in the sentence before a place."""
        last = self.history[-1] if self.history else None
        if last is None or last.sentence != self.sentence_of(at) or len(last.people) != 1:
            return None
        return self.roster.entries[last.people[0]]

    def _nameless(self, office: Office) -> Entry:
        """A person without a name; the same office and party later mean the same person."""
        key = (office_words(office.words), office.party)
        entry = self.unnamed.get(key) if office.determiner not in NEW else None
        if entry is None:
            entry = self.roster.unnamed()
            entry.learns(office)
            self.unnamed[key] = entry
        return entry

    # Groups.

    def _members(self, here: int, number: int | None, fits: Callable[[Entry], bool], *, owning: bool) -> list[int]:
        """The last persons who fit a group, as many as it counts; ``owning`` lets in those only named as owners."""
        found: list[int] = []
        for said in self._recent():
            if here - said.sentence > (GROUP_REACH if found else GROUP_HORIZON):
                break
            for n in said.people:
                entry = self.roster.entries[n]
                if n not in found and (owning or said.weight != OWNER) and entry.named and fits(entry):
                    found.append(n)
            if number and len(found) >= number:
                break
        return found

    def _group(self, reference: Reference) -> None:
        office = singular(reference.offices[0]) if reference.offices else None
        number = reference.number
        fits: Callable[[Entry], bool] = (lambda e: member(office, e)) if office else (lambda e: True)
        here = self.sentence_of(reference.span.start)
        found = self._members(here, number, fits, owning=number is None)
        if number and len(found) < number:
            found = self._members(here, number, fits, owning=True)
        definite = office is None or office.determiner in ("the", "both", "two", "their", "these", "all")
        if definite and len(found) > 1 and (number is None or len(found) == number):
            parties = {self.roster.entries[n].party for n in found}
            if number is not None or len(parties) == len(found):
                reference.people = tuple(sorted(found))


OWNER = 2  # the weight of a possessor: "President A's war" makes A none of "the two leaders" who speak of it
GROUP_REACH = 3
GROUP_HORIZON = 25  # sentences that a role plural looks back for its first member
NO_FIT = 99
NEW = frozenset({"a", "an", "another", "one", "any", "no", "every", "each", "some"})
MINISTERS = frozenset({"minister", "secretary"})
HEADS_OF_GOVERNMENT = frozenset(
    {
        "president",
        "prime",
        "premier",
        "chancellor",
        "king",
        "queen",
        "emir",
        "sultan",
        "prince",
        "chairman",
        "pope",
        "taoiseach",
        "monarch",
    }
)
DIPLOMATS = frozenset(
    {"foreign", "external", "ambassador", "envoy", "secretary", "representative", "counselor", "diplomat"}
)
BROADER: dict[str, frozenset[str]] = {
    "leader": HEADS_OF_GOVERNMENT | MINISTERS,
    "president": frozenset({"president", "president-elect"}),
    "minister": MINISTERS,
    "diplomat": DIPLOMATS,
    "official": MINISTERS
    | DIPLOMATS
    | frozenset({"official", "director", "advisor", "head", "chief", "aide", "commissioner", "general"}),
    "envoy": frozenset({"envoy", "representative", "ambassador"}),
    "counterpart": HEADS_OF_GOVERNMENT | MINISTERS | DIPLOMATS,
}
ALWAYS_BROAD = frozenset({"diplomat", "leader", "counterpart"})
DEPUTIES = frozenset({"deputy", "vice", "assistant", "under", "joint", "additional", "prime"})


def fit(wanted: frozenset[str], held: str, broad: frozenset[str] | None) -> int:
    """How many words the office held has beyond those of the phrase; NO_FIT when the phrase cannot mean it."""
    words = office_words(held)
    if wanted <= words:
        extra = words - wanted
        return len(extra) + (FAR if extra & DEPUTIES else 0)
    if broad and words & broad:
        return FAR + len(words)
    return NO_FIT


FAR = 10
FOREIGN_OFFICES = frozenset({"foreign", "external", "state"})


def member(office: Office, entry: Entry) -> bool:
    """Whether a person can be one of a group: "foreign ministers", "leaders"."""
    wanted = office_words(office.words)
    for held in entry.offices:
        words = office_words(held)
        if wanted <= words:
            return True
        if {"foreign", "minister"} <= wanted and words & FOREIGN_OFFICES and words & MINISTERS:
            return True
        if {"defense", "minister"} <= wanted and "defense" in words and words & MINISTERS:
            return True
        if BROADER.get(office.noun, frozenset()) & words and not wanted & {
            "foreign",
            "defense",
            "prime",
            "finance",
            "trade",
        }:
            return True
    return False
