"""Who are the people on one side of a cue?"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.scene import Scene
from dragoman.extract.engagements.sides import GROUP_NOUNS, Side, is_adjective, parties_after
from dragoman.mark.people.whose import office_of_state
from dragoman.record.marks import OrganisationMark, PartyMark, PersonForm, PersonMark
from dragoman.record.mentions import Participant, Role
from dragoman.record.span import Span

# Bodies that are no side of an engagement between parties.
NO_SIDE = frozenset({"outlet", "company", "ngo"})


class Cast(NamedTuple):
    """Participants and their parties."""

    participants: tuple[Participant, ...] = ()
    parties: tuple[str, ...] = ()

    def joined(self, other: Cast) -> Cast:
        """Both casts, everybody once."""
        held = {p.person for p in self.participants if p.person is not None}
        more = tuple(p for p in other.participants if p.person is None or p.person not in held)
        return Cast((*self.participants, *more), tuple(dict.fromkeys((*self.parties, *other.parties))))


NOBODY = Cast()
# What stands for who speaks in an excerpt that does not name its speaker.
SPEAKER = "the speaker"
OWN_VOICE = frozenset("i me my".split())
FOR_OTHERS = frozenset("us we our".split())
# Adjectives of regions of several states.
REGIONS = frozenset(
    "central south southeast east west north asian african european latin nordic baltic balkan gulf arab caribbean pacific "
    "andean sahel mekong caspian mediterranean scandinavian benelux visegrad island".split()
)
NUMBERS = {word: n for n, word in enumerate("three four five six seven eight nine ten eleven twelve".split(), 3)}
FIRST_PERSON = frozenset("i me my we us our".split())


def cast_of(scene: Scene, context: Context, clause: Clause, side: Side, role: Role) -> Cast:
    """The participants of a side in a role."""
    cast = NOBODY
    for at in side.actors:
        actor = clause.actors[at]
        if isinstance(actor, PersonMark):
            cast = cast.joined(persons(scene, context, clause, at, actor, role))
        elif isinstance(actor, PartyMark):
            cast = cast.joined(
                Cast(tuple(Participant(party=c, role=role, span=actor.span) for c in actor.codes), actor.codes)
            )
        elif isinstance(actor, OrganisationMark) and actor.party and actor.kind not in NO_SIDE:
            body = Participant(party=actor.party, group=actor.name, role=role, span=actor.span)
            cast = cast.joined(Cast((body,), (actor.party,)))
    for group in side.groups:
        span = clause.span(group.first, group.last)
        words = span.of(context.text)
        parties: tuple[str | None, ...] = group.parties or (None,)
        members = tuple(Participant(party=party, group=words, role=role, span=span) for party in parties)
        cast = cast.joined(Cast(members, group.parties))
    return cast


def persons(scene: Scene, context: Context, clause: Clause, at: int, mark: PersonMark, role: Role) -> Cast:
    """The participants that a reference to persons stands for."""
    people = mark.people
    if not people and clause.words[at] in FIRST_PERSON:
        speaker = scene.speaker(mark.span)
        if speaker is not None and clause.words[at] in FOR_OTHERS and scene.speaks_for(speaker):
            party = context.people[speaker].party  # a spokesperson's "we" is the government
            return Cast((Participant(party=party, role=role, span=mark.span),), (party,)) if party else NOBODY
        if speaker is not None and clause.words[at] in FOR_OTHERS and scene.briefs(speaker):
            return NOBODY  # who "we" are is not told
        people = (speaker,) if speaker is not None else ()
    if people:
        found = [participant(scene, context, mark, index, role) for index in people]
        beside = party_beside(clause, at) or party_in_brackets(clause, at)
        if len(found) == 1 and not found[0].party and beside:
            found = [msgspec.structs.replace(found[0], party=beside)]
        return Cast(tuple(found), tuple(dict.fromkeys(p.party for p in found if p.party)))
    if mark.form is PersonForm.PRONOUN:
        own = clause.words[at] in OWN_VOICE and scene.own_voice(mark.span)
        return Cast((Participant(group=SPEAKER, role=role, span=mark.span),)) if own else NOBODY
    within = list(dict.fromkeys([*parties_beside(clause, at, mark), *parties_within(context, mark)]))
    if len(within) > 1:  # "officials of India and the United States": some of each
        parties = within
    else:
        parties = [mark.party] if mark.party else within or list(parties_after(clause, at + 1)[0])
    words = mark.span.of(context.text)
    crowd = crowd_at(context, clause, at, mark, role) if not parties else None
    if crowd is not None:
        return Cast((crowd,), ())
    if not parties and any(word in GROUP_NOUNS for word in words.casefold().split()):
        return Cast((Participant(office=mark.office, group=words, number=mark.number, role=role, span=mark.span),), ())
    groups = [
        Participant(party=party, office=mark.office, group=words, number=mark.number, role=role, span=mark.span)
        for party in parties
    ]
    return Cast(tuple(groups), tuple(parties))


def crowd_at(context: Context, clause: Clause, at: int, mark: PersonMark, role: Role) -> Participant | None:
    """A group of a region, of which only the number is told: "the five Central Asian foreign ministers"."""
    first = at
    while first > 0 and in_region(clause.words[first - 1]):
        first -= 1
    number = mark.number or (NUMBERS.get(clause.words[first - 1]) if 0 < first < at else None)
    span = clause.span(first, at + 1)
    if number is None or mark.form is not PersonForm.GROUP or not any(map(in_region, span.of(context.text).split())):
        return None
    words = span.of(context.text).split()
    named = next(n for n, word in enumerate(words) if in_region(word))
    return Participant(office=mark.office, group=" ".join(words[named:]), number=number, role=role, span=span)


def in_region(word: str) -> bool:
    """Whether every word of an item is of a region's adjective."""
    return all(part in REGIONS for part in word.casefold().split())


def is_crowd(one: Participant) -> bool:
    """Whether a participant is a group of a region, of no one party."""
    return one.party is None and one.number is not None and any(map(in_region, (one.group or "").split()))


def party_beside(clause: Clause, at: int) -> str | None:
    """The party of what stands right before a name: "U.S. Special Envoy | Ambassador A", "World Bank (WB) | President A"."""
    beside = clause.actors[at - 1] if at else None
    if isinstance(beside, PersonMark):
        return beside.party
    if at > 3 and clause.words[at - 1] == ")" and clause.words[at - 3] == "(":
        body = clause.actors[at - 4]
        return body.codes[0] if isinstance(body, PartyMark) and len(body.codes) == 1 else None
    return None


def party_in_brackets(clause: Clause, at: int) -> str | None:
    """The party that brackets give behind a name: "A (Oman)"."""
    if clause.words[at + 1 : at + 2] != ["("] or clause.words[at + 3 : at + 4] != [")"]:
        return None
    inside = clause.actors[at + 2]
    return inside.codes[0] if isinstance(inside, PartyMark) and len(inside.codes) == 1 else None


def parties_beside(clause: Clause, at: int, mark: PersonMark) -> list[str]:
    """The parties whose adjectives are joined before a group: "Israeli and | Palestinian leaders"."""
    found: list[str] = []
    i = at - 1
    while (
        mark.form is PersonForm.GROUP and i > 0 and clause.words[i] in ("and", ",", "&") and is_adjective(clause, i - 1)
    ):
        party = clause.actors[i - 1]
        found = [*(party.codes if isinstance(party, PartyMark) else ()), *found]
        i -= 2
    return found


def parties_within(context: Context, mark: PersonMark) -> list[str]:
    """The parties named in the words of a group: "foreign ministers of the ASEAN nations"."""
    return [code for party in context.marks_within(mark.span, PartyMark) for code in party.codes]


def participant(scene: Scene, context: Context, mark: PersonMark, index: int, role: Role) -> Participant:
    """One person, with the office that this reference shows, or the one that the document shows."""
    person = context.people[index]
    alone = len(mark.people) == 1
    return Participant(
        name=person.name if person.named else None,
        group=None if person.named else mark.span.of(context.text),
        party=person.party or (mark.party if alone else None) or issuers(scene, mark),
        office=(mark.office if alone else None) or person.office,
        role=role,
        person=index,
        span=mark.span if isinstance(mark.span, Span) else None,
    )


def issuers(scene: Scene, mark: PersonMark) -> str | None:
    """The issuer of an official text, whose own minister "the Secretary" is where nobody of that title is named."""
    own = (
        mark.form is PersonForm.TITLE and scene.issuer is not None and office_of_state(mark.office or "", scene.issuer)
    )
    return scene.issuer if own else None


def same_side_parties(scene: Scene, left: Cast, right: Cast, known: set[str], country: str | None) -> Cast:
    """Both sides joined, people without a party given the likeliest one.

    The members of one list without a nationality of their own share that of the list. Where two parties are known and
    one side is wholly of one of them, the other side is of the other. Then a counterpart without a nationality is of
    the country where they met, and anybody else of the party whose text it is or of which it speaks most.
    """
    if not right.participants:
        left = facing(scene, left)
    left, right = of_one_party(left), of_one_party(right)
    parties = {*left.parties, *right.parties, *known}
    if len(parties) == 2:
        left, right = opposite(left, right, parties), opposite(right, left, parties)
    parties = {*left.parties, *right.parties, *known}
    if len(parties) == 1:
        if right.participants and not right.parties and country and country not in parties:
            right = with_party(right, country)
        other = scene.other_than(parties)
        if other is not None:
            left, right = (with_party(side, other) if unplaced(side) else side for side in (left, right))
    return left.joined(right)


def facing(scene: Scene, cast: Cast) -> Cast:
    """Two persons alone with each other: who has no party is of the other one that the text speaks of most."""
    people = cast.participants
    if len(people) != 2 or len(cast.parties) != 1 or not all(p.name for p in people):
        return cast
    other = scene.other_than(set(cast.parties))
    if other is None:
        return cast
    placed = tuple(p if p.party else msgspec.structs.replace(p, party=other) for p in people)
    return Cast(placed, tuple(dict.fromkeys((*cast.parties, *(p.party for p in placed if p.party)))))


def unplaced(cast: Cast) -> bool:
    """Whether a side names people and nobody's party."""
    return not cast.parties and any(p.name or p.group == SPEAKER for p in cast.participants)


def of_one_party(cast: Cast) -> Cast:
    """The cast with the only party of its list for those who have none."""
    return with_party(cast, cast.parties[0]) if len(cast.parties) == 1 else cast


def opposite(cast: Cast, other: Cast, parties: set[str]) -> Cast:
    """A side without any party, as the one of two parties that the other side is not."""
    rest = parties - set(other.parties)
    return with_party(cast, rest.pop()) if not cast.parties and len(rest) == 1 and cast.participants else cast


def with_party(cast: Cast, party: str) -> Cast:
    """The cast with a party for those who have none."""
    people = tuple(p if p.party or is_crowd(p) else msgspec.structs.replace(p, party=party) for p in cast.participants)
    return Cast(people, tuple(dict.fromkeys((*cast.parties, party))) if people else cast.parties)
