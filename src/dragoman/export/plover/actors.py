"""Who are the actors of an event?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.export.plover.record import Actor
from dragoman.export.plover.tables import sector_of
from dragoman.lexicon.load import load_lexicon
from dragoman.record.entries import EntryParticipant

BLOC = "IGO"


def party_actor(party: str) -> Actor:
    """A state or bloc that acts as such."""
    return Actor(code=code_of_party(party), sector="GOV", actor_text=None, identifier_text=name_of(party), office=None)


def party_actors(parties: Iterable[str]) -> list[Actor]:
    """States and blocs that act as such, each once."""
    return [party_actor(party) for party in dict.fromkeys(parties)]


def person_actor(name: str | None, party: str | None, office: str | None) -> Actor:
    """Somebody in an office; without a party the code is unknown, and without both name and office it is the party."""
    if party and not name and not office:
        return party_actor(party)
    code = code_of_party(party) if party else None
    return Actor(code=code, sector=sector_of(office), actor_text=name, identifier_text=name, office=office)


def participant_actors(participants: Sequence[EntryParticipant]) -> list[Actor]:
    """Everybody who took part, a party without persons as itself."""
    with_persons = {one.party for one in participants if one.name}
    found = [
        person_actor(one.name, one.party, one.office)
        for one in participants
        if one.name or (one.party and one.party not in with_persons)
    ]
    return list(dict.fromkeys(found))


def code_of_party(party: str) -> str:
    """The actor code of a party: a bloc is an international governmental organisation."""
    known = load_lexicon().parties.get(party)
    return BLOC if known is not None and known.kind == "bloc" else party


def name_of(party: str) -> str:
    """The party's name, or its code."""
    known = load_lexicon().parties.get(party)
    return known.name if known else party


def parties_named(text: str, apart_from: Iterable[str]) -> list[str]:
    """The parties that a text names beyond doubt, in order, without those given."""
    left_out = set(apart_from)
    named = (hit.key for hit in load_lexicon().hits(text) if hit.kind == "party" and hit.strong)
    known = load_lexicon().parties
    return [party for party in dict.fromkeys(named) if party in known and party not in left_out]


def known_parties(*codes: str | None, apart_from: Iterable[str] = ()) -> list[str]:
    """Those of the codes that are parties, without some: a measure's target may be a good, a point's raiser a person."""
    left_out = set(apart_from)
    known = load_lexicon().parties
    return [code for code in codes if code is not None and code in known and code not in left_out]
