"""Who is the source of an attribution: which person, institution, party or document, and through whose hands?"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import cached_property

import msgspec

from dragoman.extract.context import Context
from dragoman.lexicon.load import Lexicon
from dragoman.record.document import DocumentKind
from dragoman.record.marks import OrganisationMark, PartyForm, PartyMark, PersonForm, PersonMark
from dragoman.record.mentions import Relay, SpeakerKind
from dragoman.record.span import Span

Actor = PersonMark | OrganisationMark | PartyMark

DOCUMENT = re.compile(
    r"\b(?:statement|read-?out|press release|release|communiqu[eé]|declaration|report|memo|letter|document|text|note|"
    r"account|tweet|message|fact sheet|transcript|treaty|resolution|agreement|accord|memorandum|charter|decree|"
    r"proclamation|cable|dispatch|white paper)s?\b",
    re.IGNORECASE,
)
SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person|people|persons|men)\b", re.IGNORECASE)
UNNAMED = re.compile(
    r"\b(?:official|officials|source|sources|diplomat|diplomats|aide|aides|person|people|adviser|advisers|insider|"
    r"insiders|envoy|negotiator|negotiators|analyst|analysts|expert|experts|observers|critics)\b",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"(?:on (?:the )?condition of anonymity|(?:ask(?:ed|ing)|declin(?:ed|ing)|request(?:ed|ing)|preferr(?:ed|ing)|wish(?:ed|ing)|refus(?:ed|ing)|did not want)"
    r"(?: not)? to be (?:named|identified)|(?:un)?authori[sz]ed to (?:speak|comment|discuss)|requested anonymity|"
    r"because of the sensitivity|who (?:asked|requested) (?:for )?anonymity)[^,.;”\"]*",
    re.IGNORECASE,
)
OF_NAMELESS = ("anonymity", "named", "identified", "authori", "sensitivity")  # every such reason holds one of them
# The sentence behind a source that has no name may tell why: "They asked not to be identified."
NAMELESS_BEHIND = re.compile(
    r"[.”\"]*\s*(?:He|She|They|Both|All|The (?:official|diplomat|source|person|people)s?)(?: (?:all|both|spoke|also))? "
    rf"(?P<reason>{NAMELESS.pattern})",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"(?i)q(?:uestion)?s?|reporter|journalist|moderator|operator|participant|audience member|interviewer"
)
ANSWERING = frozenset({"a", "answer"})
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
EACH = frozenset({"both", "all", "each"})
LEAD = 600  # letters of a joint statement in which its issuers are named
IT = frozenset({"it", "which", "that"})
THEY = frozenset({"they", "both", "both sides", "the two sides", "the sides", "the two", "we"})
SAID = re.compile(r" (?:said|says|stated|announced)\b")
FOREIGN = re.compile(r"\b(?:State Department|Foreign|External)\b")
ISSUED = re.compile(
    r"(?:issued|released|published|put out|given)?\s*(?:separately )?(?:by|from|of)\s+(?:the\s+)?\Z", re.IGNORECASE
)
LEADING = ("by", "from", "of", "the")  # what ISSUED ends in
SPEAKING = frozenset(
    {"ministry", "agency", "parliament", "armed_force", "bloc_body", "government", "body", "department"}
)
REMEMBERED = 40  # issuers before a source that "the statement" can go back to
NEAR = 300  # letters before "they" in which those it stands for are looked for
LOOK_BACK = 160  # letters before a source in which a mark that covers it can begin


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A source resolved as far as the text allows."""

    name: str | None
    kind: SpeakerKind
    person: int | None = None
    office: str | None = None
    parties: tuple[str, ...] = ()
    relay: tuple[Relay, ...] = ()
    document: bool = False  # the source is a document, or a body through one
    outlet: bool = False
    anonymity: str | None = None


UNKNOWN = Speaker(name=None, kind=SpeakerKind.UNKNOWN)


class Issuer(msgspec.Struct, frozen=True):
    """A body that has spoken or issued a document, and where in the text that is said."""

    at: int
    name: str
    party: str | None


class Speakers:
    """Resolves the sources of one document."""

    def __init__(self, context: Context, lexicon: Lexicon) -> None:
        self._context = context
        self._text = context.text
        self._lexicon = lexicon
        self._actors: list[Actor] = [
            m for m in context.marks if type(m) is PersonMark or type(m) is PartyMark or type(m) is OrganisationMark
        ]
        self._starts = [mark.span.start for mark in self._actors]
        self._issuers = self._issued()
        self._last: Speaker = UNKNOWN
        self._last_body: Speaker = UNKNOWN

    def speaker(self, source: Span | None, sentence: Span) -> Speaker:
        """The speaker behind a source phrase; sources are asked for in order of the text."""
        found = self._resolved(source, sentence) if source else UNKNOWN
        if found.kind is SpeakerKind.UNNAMED and found.anonymity is None:
            words = self._text[sentence.start : sentence.end].lower()
            told = any(word in words for word in OF_NAMELESS)
            reason = NAMELESS.search(self._text, sentence.start, sentence.end) if told else None
            behind = NAMELESS_BEHIND.match(self._text, sentence.end)
            why = reason[0] if reason else behind["reason"] if behind else None
            found = msgspec.structs.replace(found, anonymity=why.strip() if why else None)
        if found.kind is SpeakerKind.INSTITUTION:
            self._last_body = found
            if found.name and source and not found.document:
                issuer = Issuer(source.start, found.name, found.parties[0] if found.parties else None)
                insort(self._issuers, issuer, key=lambda held: held.at)
        if found.kind is not SpeakerKind.UNKNOWN:
            self._last = found
        return found

    def actors_in(self, span: Span) -> list[Actor]:
        """The marks of persons, bodies and parties that touch a span, longer ones first where they begin together."""
        first = bisect_left(self._starts, span.start - LOOK_BACK)
        last = bisect_left(self._starts, span.end)
        return [mark for mark in self._actors[first:last] if mark.span.end > span.start]

    def labelled(self, label: Span) -> Speaker:
        """Whose turn a transcript's label opens: a person whom the text names, or one who only asks."""
        words = label.of(self._text)
        plain = IN_BRACKETS.sub("", words).split(",")[0].strip()
        if ASKING.fullmatch(plain):
            return Speaker(name=bare(words), kind=SpeakerKind.UNNAMED)
        if plain.casefold() in ANSWERING:
            return UNKNOWN
        found = self.speaker(label, label)
        if found.kind not in (SpeakerKind.UNKNOWN, SpeakerKind.UNNAMED):
            return found
        words = plain or words
        surname = words.split()[-1].casefold()
        people = self._context.people
        same = [
            n
            for n, person in enumerate(people)
            if person.named and person.name.split()[-1:] and person.name.split()[-1].casefold() == surname
        ]
        if len({people[n].name for n in same}) != 1:
            named = words.isupper() and len(words.split()) > 1 and found.kind is SpeakerKind.UNKNOWN
            return msgspec.structs.replace(found, name=words.title(), kind=SpeakerKind.PERSON) if named else found
        person = people[same[0]]
        return Speaker(
            name=person.name,
            kind=SpeakerKind.PERSON,
            person=same[0],
            office=person.office,
            parties=(person.party,) if person.party else (),
        )

    def name_of(self, mark: OrganisationMark | PartyMark) -> str:
        """The name of a body or party."""
        if isinstance(mark, OrganisationMark):
            return mark.name
        return self._parties([mark], mark.span.of(self._text)).name or mark.span.of(self._text)

    def _resolved(self, source: Span, sentence: Span) -> Speaker:
        words = source.of(self._text)
        listed = LIST.fullmatch(words)
        head = words if listed else words[: head_length(words)]
        touching = [m for m in self.actors_in(source) if not isinstance(m, OrganisationMark) or m.kind != "network"]
        in_head = [m for m in touching if m.span.start < source.start + len(head)]
        document = DOCUMENT.search(head)
        if document and not any(isinstance(m, PersonMark) and m.span.start <= source.start for m in touching):
            return self._document(source, touching, words, document[0])
        people = [m for m in in_head if isinstance(m, PersonMark) and not self._possesses(m)]
        if len(in_head) > len(people):
            people = [m for m in people if m.span.of(self._text).casefold() not in EACH]  # "Japan and India both"
        if SPOKESPERSON.search(head) and not any(m.people for m in people):
            return self._spokesperson(touching, words)
        if people:
            return self._people(people, source, sentence, words)
        bodies = [m for m in in_head if isinstance(m, OrganisationMark)]
        if bodies:
            return self._bodies(bodies)
        folded = words.casefold().strip()
        if folded == "who":
            return self._antecedent(source, sentence)
        if folded in IT:
            return self._last_body if self._last_body.name else self._last
        parties = [m for m in in_head if isinstance(m, PartyMark)]
        if parties and not UNNAMED.search(head):
            return self._parties(parties, words)
        return self._nameless(words, sentence, parties)

    def _possesses(self, mark: PersonMark) -> bool:
        """Whether a name only says whose the next noun is: "Trump's communications director"."""
        return self._text[mark.span.end : mark.span.end + 2] in ("’s", "'s")

    def _antecedent(self, source: Span, sentence: Span) -> Speaker:
        """Whom "who" stands for: the person named last before it."""
        before = [m for m in self.actors_in(Span(sentence.start, source.start)) if isinstance(m, PersonMark)]
        named = [m for m in before if m.people and m.span.start < source.start]
        return self._people(named[-1:], source, sentence, source.of(self._text)) if named else self._last

    def _document(self, source: Span, touching: Sequence[Actor], words: str, noun: str) -> Speaker:
        """A document as source: what counts is whose it is."""
        bodies = [m for m in touching if isinstance(m, OrganisationMark) and m.kind != "outlet"]
        people = [m for m in touching if isinstance(m, PersonMark) and m.people]
        relay = tuple(
            Relay(name=self._context.people[m.people[0]].name, kind="spokesperson", span=m.span) for m in people[:1]
        )
        if bodies:
            found = self._bodies(bodies)
            return msgspec.structs.replace(found, relay=relay, document=True)
        if people and SPOKESPERSON.search(words):
            party = self._context.people[people[0].people[0]].party
            body = body_of(words)
            return Speaker(
                name=body or party,
                kind=SpeakerKind.INSTITUTION,
                parties=(party,) if party else (),
                relay=relay,
                document=True,
            )
        if people:
            return msgspec.structs.replace(self._people(people, source, source, words), document=True)
        parties = sorted({c for m in touching if isinstance(m, PartyMark) and self._issues(m, source) for c in m.codes})
        if parties:
            return Speaker(name=bare(words), kind=SpeakerKind.DOCUMENT, parties=tuple(parties), document=True)
        return self._by_issuer(source, words, plural=noun.casefold().endswith("s"))

    def _issues(self, mark: PartyMark, source: Span) -> bool:
        """Whether a party named in a document's phrase is whose it is: "the Indian readout", "a statement by Egypt"."""
        head = source.start + head_length(source.of(self._text))
        before = self._text[max(source.start, mark.span.start - 12) : mark.span.start]
        return mark.span.start < head or bool(ISSUED.search(before))

    def _by_issuer(self, source: Span, words: str, *, plural: bool) -> Speaker:
        """ "The statement" and "the statements": of the body, or the bodies, last named as issuing one."""
        behind = bisect_left(self._issuers, source.start, key=lambda issuer: issuer.at)
        chosen: dict[str, Issuer] = {}
        for issuer in reversed(self._issuers[max(0, behind - REMEMBERED) : behind]):
            side = issuer.party or issuer.name
            if side not in chosen and len(chosen) < (2 if plural else 1):
                chosen[side] = issuer
            elif plural and side in chosen and FOREIGN.search(issuer.name) and not FOREIGN.search(chosen[side].name):
                chosen[side] = issuer  # two sides' statements are their foreign ministries' before another body's
        if not chosen:
            return Speaker(name=bare(words), kind=SpeakerKind.DOCUMENT, document=True)
        named = list(reversed(chosen.values()))
        return Speaker(
            name="; ".join(issuer.name for issuer in named),
            kind=SpeakerKind.INSTITUTION,
            parties=tuple(issuer.party for issuer in named if issuer.party),
            document=True,
        )

    def _spokesperson(self, touching: Sequence[Actor], words: str) -> Speaker:
        """An unnamed spokesperson speaks for the body."""
        bodies = [m for m in touching if isinstance(m, OrganisationMark) and m.kind != "outlet"]
        parties = sorted({code for m in touching if isinstance(m, PartyMark) for code in m.codes})
        party = next((m.party for m in bodies if m.party), None)
        codes = (party,) if party else tuple(parties)
        return Speaker(name=bare(words), kind=SpeakerKind.INSTITUTION, parties=codes)

    def _people(self, marks: Sequence[PersonMark], source: Span, sentence: Span, words: str) -> Speaker:
        numbers = list(dict.fromkeys(n for mark in marks for n in mark.people))
        if not numbers:
            return self._unresolved(marks[0], words, sentence)
        people = [self._context.people[n] for n in numbers]
        if len(people) == 1:
            person = people[0]
            return Speaker(
                name=person.name if person.named and person.name else bare(words),
                kind=SpeakerKind.PERSON if person.named else SpeakerKind.UNNAMED,
                person=numbers[0],
                office=person.office,
                parties=(person.party,) if person.party else (),
            )
        return Speaker(
            name="; ".join(person.name for person in people),
            kind=SpeakerKind.GROUP,
            parties=tuple(dict.fromkeys(person.party for person in people if person.party)),
        )

    def _unresolved(self, mark: PersonMark, words: str, sentence: Span) -> Speaker:
        """A role or pronoun that stands for nobody the text has named."""
        if mark.form is PersonForm.PRONOUN and words.casefold() == "we" and self._joint_issuers:
            return self._parties(self._joint_issuers, words)
        if mark.form is PersonForm.PRONOUN:
            singular = words.casefold() in {"he", "she", "i"}
            if self._last.name is None and words.casefold() in THEY:
                return self._plural_before(mark)
            return self._last if not singular or self._last.kind is SpeakerKind.PERSON else UNKNOWN
        held = self._nameless(words, sentence, ())
        group = mark.form is PersonForm.GROUP and not UNNAMED.search(words)
        return msgspec.structs.replace(
            held,
            kind=SpeakerKind.GROUP if group else held.kind,
            parties=self._parties_of(mark),
            office=mark.office,
        )

    def _parties_of(self, mark: PersonMark) -> tuple[str, ...]:
        """The parties of a role: of "the ministers of Japan and India" both."""
        named = [m for m in self.actors_in(mark.span) if isinstance(m, PartyMark) and mark.span.covers(m.span)]
        codes = tuple(dict.fromkeys(code for held in named for code in held.codes))
        if mark.form is PersonForm.GROUP and len(codes) > 1:
            return codes
        return (mark.party,) if mark.party else ()

    @cached_property
    def _joint_issuers(self) -> list[PartyMark]:
        """The parties that a joint statement's heading and first lines name: its "we"."""
        if self._context.document.kind is not DocumentKind.JOINT_STATEMENT:
            return []
        first: dict[str, PartyMark] = {}
        for mark in self._actors:
            if isinstance(mark, PartyMark) and mark.form is not PartyForm.SEAT and mark.span.start < LEAD:
                first.setdefault(mark.codes[0], mark)
        return list(first.values()) if len(first) > 1 else []

    def _plural_before(self, mark: PersonMark) -> Speaker:
        """Whom "they" stands for before anybody has spoken: the unnamed people spoken of last."""
        near = self.actors_in(Span(max(0, mark.span.start - NEAR), mark.span.start))
        for held in reversed(near):
            words = held.head.of(self._text) if isinstance(held, PersonMark) and held.head else ""
            if not isinstance(held, PersonMark) or held.form is PersonForm.PRONOUN or not words.endswith("s"):
                continue
            if len(held.people) < 2 and not any(self._context.people[n].named for n in held.people):
                group = held.form is PersonForm.GROUP and not UNNAMED.search(words)
                name = bare(held.span.of(self._text) if group else words)
                kind = SpeakerKind.GROUP if group else SpeakerKind.UNNAMED
                return Speaker(name=name, kind=kind, parties=self._parties_of(held), office=held.office)
        return UNKNOWN

    def _bodies(self, marks: Sequence[OrganisationMark]) -> Speaker:
        first = marks[0]
        parties = (first.party,) if first.party else ()
        return Speaker(name=first.name, kind=SpeakerKind.INSTITUTION, parties=parties, outlet=first.kind == "outlet")

    def _parties(self, marks: Sequence[PartyMark], words: str) -> Speaker:
        codes = tuple(dict.fromkeys(code for mark in marks for code in mark.codes))
        form = marks[0].form
        if form is PartyForm.SEAT:
            return Speaker(name=bare(words), kind=SpeakerKind.INSTITUTION, parties=codes)
        names = [self._lexicon.parties[code].name for code in codes if code in self._lexicon.parties]
        if form is PartyForm.DEMONYM:
            return Speaker(name=bare(words), kind=SpeakerKind.UNNAMED, parties=codes)
        return Speaker(name="; ".join(names) or bare(words), kind=SpeakerKind.PARTY, parties=codes)

    def _nameless(self, words: str, sentence: Span, parties: Sequence[PartyMark]) -> Speaker:
        codes = tuple(dict.fromkeys(code for mark in parties for code in mark.codes))
        folded = words.casefold().strip()
        if folded in THEY and self._last.name:
            return self._last
        named = any(w[:1].isupper() for w in words.split()[1:]) or (
            words[:1].isupper() and not UNNAMED.search(words) and len(words.split()) <= 3
        )
        kind = SpeakerKind.UNNAMED if UNNAMED.search(words) or not named else SpeakerKind.UNKNOWN
        return Speaker(name=bare(words), kind=kind, parties=codes)

    def _issued(self) -> list[Issuer]:
        """Bodies that the text says issued a document: "a readout released by the foreign ministry"."""
        found: list[Issuer] = []
        for mark in self._actors:
            if not isinstance(mark, OrganisationMark) or mark.kind == "outlet":
                continue
            before = self._text[max(0, mark.span.start - 70) : mark.span.start]
            behind = self._text[mark.span.end : mark.span.end + 40]
            led = before.lower().rstrip().endswith(LEADING) and ISSUED.search(before) and DOCUMENT.search(before)
            if led or SAID.match(behind) or (behind[:2] in ("’s", "'s") and DOCUMENT.search(behind)):
                found.append(Issuer(mark.span.start, mark.name, mark.party))
        return found


LIST = re.compile(
    r"(?:(?:the )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}(?:, and |, | and )){1,9}(?:the )?[A-Z][\w’'. -]*"
)
BEHIND_NAME = re.compile(
    r",?\s+(?:who|speaking|on (?:the )?condition|(?:seen|obtained|reviewed|viewed) by|both$|all$|each$)\b"
)
CUT = re.compile(r",|;|\(|—|–|\b(?:of|for|from|with|at|in|on|by|who|whom|whose|which|that|as|during|speaking)\b")


def head_length(words: str) -> int:
    """How many letters of a source phrase its head takes: all before the first preposition, clause or apposition."""
    cut = CUT.search(words)
    return cut.start() if cut and cut.start() > 0 else len(words)


def bare(words: str) -> str:
    """A source phrase without its article and relative clause, as a name."""
    plain = BEHIND_NAME.split(words, maxsplit=1)[0]
    return re.sub(r"^(?:the|a|an)\s+", "", plain.strip(" ,;:—–-"), flags=re.IGNORECASE)


def body_of(words: str) -> str | None:
    """The body that a spokesperson of it is named with: "State Department spokesperson Tammy Bruce"."""
    match = re.search(r"(?:by|from|of)\s+(?:the\s+)?((?:[A-Z][\w.]*\s+){1,4})(?i:spokes)", words)
    return match[1].strip() if match else None
