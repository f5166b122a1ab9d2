"""Which office does a phrase name, and whose is it?

An office phrase hangs on its noun ("Minister") and is read outward: to the left over degrees, fields of work, parties
and bodies; to the right over complements ("of State", "for South Asian Affairs").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum

import msgspec

from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.surroundings import CALENDAR
from dragoman.mark.people.scan import BLANKS, NamingMark, Places, Words
from dragoman.mark.people.vocabulary import (
    COMMON,
    GIVEN,
    HEAD,
    HONORIFIC,
    INITIAL,
    MODIFIER,
    PLURAL,
    PRONOUN,
    SOFT,
    TAIL,
    TITLE,
    vocabulary,
)
from dragoman.record.marks import OrganisationMark, PartyForm, PartyMark, PlaceMark
from dragoman.record.span import Span

DETERMINERS = frozenset(
    {"the", "a", "an", "this", "our", "my", "his", "her", "its", "their", "your", "both", "two", "three", "four",
     "five", "six", "seven", "eight", "nine", "ten", "several", "many", "some", "all", "other", "another", "one", "these",
     "those", "any", "no", "every", "each"}
)  # fmt: skip
POSSESSIVES = frozenset({"our", "my", "his", "her", "its", "their", "your"})
OPENING_DETERMINERS = frozenset(word.capitalize() for word in DETERMINERS) | DETERMINERS
TEMPORAL = frozenset(
    {"former", "then", "then-", "late", "ex", "ex-", "current", "new", "incoming", "outgoing", "acting"}
)
GENITIVES = ("'s", "’s", "s'", "s’")
COMPLEMENT = re.compile(r"[ \u00a0](of|for|to|on|at|in|with)[ \u00a0](?:(the|its|their|his|her)[ \u00a0])?")
PLACED = frozenset({"ambassador", "envoy", "consul", "representative", "chargé", "coordinator"})
OPENERS = "(“\"'‘[—–"
# Ranks and titles that say less than an office beside them.
RANKS = frozenset(
    {
        "ambassador",
        "general",
        "admiral",
        "prince",
        "princess",
        "senator",
        "representative",
        "colonel",
        "judge",
        "professor",
        "captain",
    }
)
CODE = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
ADJECTIVES = frozenset({PartyForm.DEMONYM, PartyForm.CODE, PartyForm.NAME, PartyForm.SEAT, PartyForm.CAPITAL})


class Basis(StrEnum):
    """What a person's party rests on, strongest first."""

    STATED = "stated"
    OFFICE = "office"
    BODY = "body"
    LEXICON = "lexicon"
    DOCUMENT = "document"


RANK = {basis: rank for rank, basis in enumerate(Basis)}


class Office(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An office phrase. ``span`` is the whole phrase, ``words`` the office without whose it is, at ``at``.

    ``possessor`` is a person's name or pronoun in front ("his", "Clinton's"); ``determiner`` the word in front.
    """

    span: Span
    at: Span
    head: Span
    noun: str
    words: str
    plural: bool = False
    title: bool = True
    capital: bool = True
    determiner: str = ""
    possessor: Span | None = None
    party: str | None = None
    party_span: Span | None = None
    basis: Basis = Basis.STATED


class Draft:
    """An office phrase while it is being read."""

    __slots__ = ("basis", "begin", "determiner", "end", "middle", "party", "party_span", "possessor", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = self.begin = start
        self.end = end
        self.determiner = ""
        self.possessor: Span | None = None
        self.party: str | None = None
        self.party_span: Span | None = None
        self.basis = Basis.STATED
        self.middle = False

    def belongs_to(self, mark: NamingMark, basis: Basis) -> None:
        """Keep whose office it is; what stands nearer to the noun counts, a stated party more than a body's."""
        party = party_of(mark)
        if party and (self.party is None or RANK[basis] < RANK[self.basis]):
            self.party, self.party_span, self.basis = party, mark.span, basis


def party_of(mark: NamingMark) -> str | None:
    """The one party that a mark stands for."""
    match mark:
        case PartyMark(codes=codes):
            return codes[0] if len(codes) == 1 else None
        case OrganisationMark(party=party):
            return party
        case PlaceMark(country=country):
            return country
    return None


class OfficeReader:
    """Reads the office phrases of one text."""

    def __init__(self, words: Words, places: Places, lexicon: Lexicon) -> None:
        self.text = words.text
        self.words = words
        self.places = places
        self.lexicon = vocabulary()
        offices = lexicon.offices
        self.named = [(hit.span, offices[hit.key]) for hit in lexicon.hits(self.text) if hit.kind == "office"]
        self.named_starts = [span.start for span, _ in self.named]

    def offices(self) -> list[Office]:
        """Every office phrase, in order of its noun."""
        return [self._office(n) for n, kind in enumerate(self.words.kinds) if kind & HEAD and self._is_noun(n)]

    def _is_general(self, n: int) -> bool:
        """Whether the word is the second of "Director General", "Secretary General", "Attorney General"."""
        words = self.words
        return (
            n > 0
            and words.texts[n].lower() == "general"
            and words.gaps[n] in BLANKS
            and bool(words.kinds[n - 1] & HEAD)
        )

    def _is_noun(self, n: int) -> bool:
        """Whether a head word is used as one: a modifier of the next noun of office is not ("Deputy Minister")."""
        kinds, words = self.words.kinds, self.words
        if n + 1 < len(kinds) and self._is_general(n + 1):
            return False
        if kinds[n] & kinds[n - 1] & GIVEN and n and words.gaps[n] in BLANKS:
            return False  # "Hossein Amir Abdollahian"
        if kinds[n] & SOFT and n and words.gaps[n] in BLANKS and kinds[n - 1] & (HONORIFIC | GIVEN | INITIAL):
            return self._led_on(n)  # "Mr King", "Charlie King", and no office
        if n + 1 < len(kinds) and words.gaps[n + 1] in BLANKS and kinds[n] & MODIFIER:
            return not kinds[n + 1] & (HEAD | MODIFIER)
        if kinds[n] & MODIFIER:
            after = self.text[words.ends[n] + 1 : words.ends[n] + 24].split(" ", 1)[0]
            return after not in self.lexicon.modifiers and after not in self.lexicon.singular
        return True

    def _led_on(self, n: int) -> bool:
        words = self.words
        return n + 1 < len(words.kinds) and words.gaps[n + 1] in BLANKS and words.texts[n + 1][0].isupper()

    def _office(self, n: int) -> Office:
        words = self.words
        end = words.ends[n]
        first = n - 1 if self._is_general(n) else n
        start = words.starts[first]
        draft = Draft(start, end)
        self._leftward(draft)
        noun = self._noun(first) if first == n else f"{self._noun(first)}-general"
        self._rightward(draft, noun, n)
        self._implied(draft, start)
        kind = words.kinds[n]
        return Office(
            span=Span(draft.start, draft.end),
            at=Span(draft.begin, draft.end),
            head=Span(start, end),
            noun=noun,
            words=self._written(draft, n),
            plural=bool(kind & PLURAL),
            title=bool(kind & TITLE),
            capital=words.texts[n][0].isupper(),
            determiner=draft.determiner,
            possessor=draft.possessor,
            party=draft.party,
            party_span=draft.party_span,
            basis=draft.basis,
        )

    def _implied(self, draft: Draft, head: int) -> None:
        """Take the party that an office's own name shows: "Secretary of State"."""
        for at in range(bisect_left(self.named_starts, draft.start), bisect_right(self.named_starts, head)):
            span, named = self.named[at]
            if named.party and head < span.end <= draft.end and (draft.party is None or draft.basis is Basis.BODY):
                draft.party, draft.basis = named.party, Basis.OFFICE

    def _noun(self, n: int) -> str:
        word = self.words.texts[n]
        long = self.lexicon.abbreviations.get(word)
        return (
            long.rsplit(" ", 1)[-1].lower()
            if long
            else self.lexicon.singular.get(word.lower()) or word.lower().split("-")[0]
        )

    def _written(self, draft: Draft, n: int) -> str:
        """The office without whose it is, abbreviations written out."""
        begin, end = draft.begin, draft.end
        mark = draft.party_span
        if mark is not None and draft.basis is Basis.STATED and mark.start >= begin and mark.end == end:
            preposition = self.text.rfind(" of ", begin, mark.start)
            end = preposition if preposition > begin else end
        long = self.lexicon.abbreviations.get(self.words.texts[n])
        head = (self.words.starts[n], self.words.ends[n])
        if noun_of_spokesperson(self.words.texts[n]):
            begin = self.words.starts[n]
        written = f"{self.text[begin : head[0]]}{long}{self.text[head[1] : end]}" if long else self.text[begin:end]
        return " ".join((CODE.sub("", written) if "(" in written else written).split())

    # To the left.

    def _leftward(self, draft: Draft) -> None:
        """Read modifiers, parties and bodies in front of the noun, up to a determiner."""
        for _ in range(MOST_WORDS):
            if draft.start < 2 or self.text[draft.start - 1] not in BLANKS:
                return
            if not self._one_more(draft):
                return

    def _one_more(self, draft: Draft) -> bool:
        """Take the word, or the mark, in front of the draft; False when the phrase ends there."""
        end = draft.start - 1
        if self._mark_before(draft, end):
            return True
        begin = self.text.rfind(" ", 0, end) + 1
        word = self.text[begin:end]
        if not word.isalpha():
            begin += 1 + max(word.rfind("\n"), word.rfind("\u00a0"))
            word = self.text[begin:end]
        if word[:1] in OPENERS and word:
            opened = len(word) - len(word.lstrip(OPENERS))
            if not word.endswith(")"):
                return self._one_word(draft, word[opened:], begin + opened, end) and False
        return bool(word) and self._one_word(draft, word, begin, end)

    def _one_word(self, draft: Draft, word: str, begin: int, end: int) -> bool:
        """Take one word in front of the draft; False when the phrase begins there, or after it."""
        if word in OPENING_DETERMINERS:
            return self._determined(draft, word, begin)
        if word.startswith("(") and CODE.fullmatch(word):
            named = begin - 1 in self.places.by_end
            draft.start = begin if named else draft.start
            return named
        if word.endswith(GENITIVES):
            return self._owned(draft, begin, end)
        low = word.lower()
        if low in self.lexicon.modifiers:
            draft.start = draft.begin = begin
            return True
        if low in ("and", "&", "or") or word.endswith(","):
            return self._joined(draft, begin, word)
        if self._body_word(word):
            draft.start = draft.begin = begin
            return True
        return False

    def _body_word(self, word: str) -> bool:
        return word.isupper() and 1 < len(word) < 6 and word.isalpha()

    def _determined(self, draft: Draft, word: str, begin: int) -> bool:
        draft.determiner = word.lower()
        if draft.determiner in POSSESSIVES:
            draft.possessor = Span(begin, begin + len(word))
        draft.start = begin
        return False

    def _joined(self, draft: Draft, begin: int, word: str) -> bool:
        """Two fields joined in front of one noun: "Foreign and Defence Minister"."""
        end = begin if word in ("and", "&", "or") else begin + len(word) - 1
        if word.endswith(",") and (
            word[:-1].lower() not in self.lexicon.modifiers or not SERIES.match(self.text, draft.begin)
        ):
            return False
        before = self.text[max(0, end - 20) : end].rstrip(",").split()
        here = self.text[draft.begin :].split(" ", 1)[0].lower()
        joins = bool(before) and before[-1].lower() in self.lexicon.modifiers and here in self.lexicon.modifiers
        if joins:
            draft.start = draft.begin = begin
        return joins

    def _owned(self, draft: Draft, begin: int, end: int) -> bool:
        """A possessive in front: a party's, a body's, or a person's."""
        bare = end - 2 if self.text[end - 2] in "'’" else end - 1
        mark = self.places.by_end.get(bare) or self.places.by_end.get(end)
        if mark is not None:
            basis = Basis.STATED if isinstance(mark, PartyMark) else Basis.BODY
            draft.belongs_to(mark, basis)
            draft.start = mark.span.start
            draft.determiner = draft.determiner or "'s"
            self._article(draft)
        elif self.text[begin].isupper():
            draft.possessor = Span(begin, bare)
            draft.determiner = "'s"
        return False

    def _article(self, draft: Draft) -> None:
        before = self.text[max(0, draft.start - 4) : draft.start]
        if before.lower().endswith("the "):
            draft.start -= 4

    def _mark_before(self, draft: Draft, end: int) -> bool:
        """Take a party or body that stands right in front."""
        mark = self.places.by_end.get(end)
        if mark is None or (isinstance(mark, PlaceMark) and not mark.country):
            return False
        draft.start = mark.span.start
        if isinstance(mark, PartyMark):
            draft.belongs_to(mark, Basis.STATED)
            former = (
                self.text[draft.begin : draft.begin + 1] and self.text[max(0, mark.span.start - 12) : mark.span.start]
            )
            last = former.split()[-1].lower() if former and former.split() else ""
            if last in self.lexicon.modifiers and last not in TEMPORAL:
                draft.begin = mark.span.start
        else:
            draft.belongs_to(mark, Basis.BODY)
            draft.begin = mark.span.start
        return True

    # To the right.

    def _rightward(self, draft: Draft, noun: str, n: int) -> None:
        """Read complements behind the noun: of State, for South Asian Affairs, to India, of the Republic of Korea."""
        for _ in range(MOST_COMPLEMENTS):
            match = COMPLEMENT.match(self.text, draft.end)
            if match is None:
                return
            if match[1] in ("in", "at", "with") and noun not in PLACED and not self._seat_at(match):
                return
            open_ended = self._open_ended(draft, n)
            end = self._complement(match.end(), open_ended)
            if end == match.end():
                return
            self._whose(draft, match[1], match.end(), end, noun)
            draft.end = end

    def _seat_at(self, match: re.Match[str]) -> bool:
        """Whether a body stands behind "at the": "adviser at the White House"."""
        mark = self.places.by_start.get(match.end())
        seat = isinstance(mark, PartyMark) and mark.form is PartyForm.SEAT
        return match[1] == "at" and (seat or isinstance(mark, OrganisationMark))

    def _open_ended(self, draft: Draft, n: int) -> bool:
        """Whether any capitalised words may follow: in an apposition, or behind a small-letter noun with an article."""
        before = self.text[max(0, draft.start - 2) : draft.start]
        small = not self.words.texts[n][0].isupper()
        return before.endswith("(") or (small and (before == ", " or bool(draft.determiner)))

    def _complement(self, at: int, open_ended: bool) -> int:
        """Where the complement that begins here ends; ``at`` itself when there is none."""
        end = at
        position = at
        while True:
            taken = self._piece(position, open_ended)
            if taken == position:
                return end
            end = taken
            open_ended = open_ended and self.text[end : end + 1] == " "
            joint = JOINT.match(self.text, end)
            if joint is None:
                return end
            if joint["joint"] and self._opens_office(joint.end()):
                return end
            open_ended = open_ended and not joint["joint"]
            position = joint.end()

    def _opens_office(self, at: int) -> bool:
        """Whether a new office begins: "Minister of Finance and Deputy Prime Minister"."""
        for match in WORD.finditer(self.text, at, at + 60):
            low = match.group().lower()
            if low in self.lexicon.singular:
                return True
            if low not in self.lexicon.modifiers:
                return False
        return False

    def _piece(self, at: int, open_ended: bool) -> int:
        """The end of one word or mark of a complement; ``at`` when what stands here does not belong to it."""
        mark = self.places.by_start.get(at)
        if mark is not None:
            return at if self.text.startswith(GENITIVES, mark.span.end) else mark.span.end
        match = WORD.match(self.text, at)
        if match is None:
            return at
        word = match.group()
        if word in CALENDAR or word in ADDRESS:
            return at  # "met his counterpart on Friday", "with the Foreign Minister, H.E. Mr. ..."
        kind = self.lexicon.kinds.get(word, 0)
        low = word.lower()
        if low in self.lexicon.modifiers or (kind & TAIL and not kind & GIVEN):
            return match.end()
        if kind & HEAD and self.text.endswith("the ", 0, at) and self.text.startswith(" of ", match.end()):
            return match.end()  # "Adviser to the Director of National Intelligence"
        if word[0].isupper() and not kind & (PRONOUN | HEAD) and word not in OPENING_DETERMINERS:
            body = (
                kind & (COMMON | MODIFIER)
                or (word.isupper() and len(word) > 1)
                or AFFAIRS.match(self.text, match.end())
            )
            if body or (open_ended and not kind & GIVEN):
                return match.end()
        return at

    def _whose(self, draft: Draft, preposition: str, begin: int, end: int, noun: str) -> None:
        """Keep the party that a complement names: "of India", "of the European Council", not "to India"."""
        if preposition not in ("of", "for", "at") or (preposition == "for" and noun in PLACED):
            return
        mark = self.places.by_end.get(end)
        if mark is None or mark.span.start < begin or isinstance(mark, PlaceMark):
            return
        if isinstance(mark, PartyMark) and (preposition == "of" or mark.form is PartyForm.SEAT):
            draft.belongs_to(mark, Basis.STATED)
        elif isinstance(mark, OrganisationMark):
            draft.belongs_to(mark, Basis.BODY)


MOST_WORDS = 14
MOST_COMPLEMENTS = 3


def noun_of_spokesperson(word: str) -> bool:
    """Whether the office is to speak for a body, so that the body in front is no part of it."""
    return word.lower().startswith("spokes")


AFFAIRS = re.compile(
    r" of (?:the )?[A-Z]|(?: and [A-Z][\w-]+)? (?:Affairs|Policy|Security|Relations|Issues|Development|Cooperation)\b"
)
SERIES = re.compile(r"\w+,? (?:and|&) ")
WORD = re.compile(r"[^\W_][\w.'’&-]*\w|[^\W_]|&")
ADDRESS = frozenset({"H.E", "HE"})
JOINT = re.compile(r" (?:(?P<joint>and|&) )?(?:of (?:the )?|the )?|(?P<comma>, )(?:and )?(?=[A-Z])")
