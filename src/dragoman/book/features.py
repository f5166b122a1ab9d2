"""By what can an entry be found: parties, topics, persons, days, kind, status and words?"""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

import msgspec

from dragoman.record.entries import (
    AnyEntry,
    Commitment,
    Dispute,
    Engagement,
    Figure,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    Statement,
)
from dragoman.record.when import UNKNOWN_WHEN, When

WORD = re.compile(r"[^\W_]+")


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """What the book keeps beside an entry's payload so that lists and searches find it.

    ``names`` are persons' names as written, ``persons`` ids of person entries; ``type`` is the entry's own kind;
    ``when`` its day, where it has one other than the day of publication; ``target`` an entry that it refers to.
    """

    title: str
    words: str = ""
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    type: str | None = None
    status: str | None = None
    when: When = UNKNOWN_WHEN
    target: str | None = None


@lru_cache(maxsize=65536)
def folded_words(name: str) -> tuple[str, ...]:
    """The words of a name without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(WORD.findall(plain.casefold()))


def present(*values: str | None) -> tuple[str, ...]:
    """The values that are there, each once."""
    return tuple(dict.fromkeys(value for value in values if value))


def features_of(entry: AnyEntry) -> Features:
    """What the entry is found by."""
    match entry:
        case Engagement():
            return of_engagement(entry)
        case Statement():
            return of_statement(entry)
        case ReadoutEntry():
            return of_readout(entry)
        case PersonEntry():
            return of_person(entry)
        case _:
            return of_ledger(entry)


def of_engagement(entry: Engagement) -> Features:
    """An engagement is found by its parties, its participants, its topics and its date."""
    names = present(*(person.name for person in entry.participants))
    title = " ".join(present(*entry.parties, entry.kind, entry.mechanism, entry.place, day_of(entry.when)))
    return Features(
        title=title,
        words=" ".join(present(*names, *entry.topics, entry.venue, entry.country, entry.status, *entry.atmosphere)),
        parties=entry.parties,
        topics=entry.topics,
        names=names,
        persons=present(*(person.person for person in entry.participants)),
        type=entry.kind,
        status=entry.status,
        when=entry.when,
    )


def of_statement(entry: Statement) -> Features:
    """A statement is found by its speaker, its parties, its topics and all its wordings."""
    return Features(
        title=entry.speaker or "",
        words=" ".join(present(entry.text, *(variant.text for variant in entry.variants))),
        parties=entry.parties,
        topics=entry.topics,
        names=present(entry.speaker, *(relay.name for relay in entry.relay)),
        persons=present(entry.person),
        type=entry.directness,
        when=entry.when,
    )


def of_readout(entry: ReadoutEntry) -> Features:
    """A readout is found by its issuer, its spokesperson, its topics and the words of its points."""
    return Features(
        title=" ".join(present(entry.issuer, "readout", entry.account_giver)),
        words=" ".join(point.text for point in entry.points),
        parties=(entry.issuer,),
        topics=entry.topics,
        names=present(entry.spokesperson, entry.account_giver),
        type="joint" if entry.joint else "relayed" if entry.relayed else "own",
        target=entry.engagement,
    )


def of_person(entry: PersonEntry) -> Features:
    """A person is found by every name, office and party."""
    offices = present(*(tenure.office for tenure in entry.tenures))
    return Features(
        title=entry.name,
        words=" ".join(present(*entry.names, *offices)),
        parties=present(entry.party, *(tenure.party for tenure in entry.tenures)),
        names=entry.names,
        persons=(entry.id,),
        type=entry.office,
    )


def of_ledger(entry: Figure | Measure | Negotiation | Commitment | Dispute | Incident) -> Features:
    """Lines of the ledgers are found by parties, kind, status and words."""
    match entry:
        case Figure():
            return Features(title=entry.what or entry.text, words=entry.text, parties=entry.parties, type=entry.unit)
        case Measure():
            return Features(
                title=" ".join(present(entry.imposer, entry.kind, entry.target, entry.scope)),
                words=entry.text,
                parties=present(entry.imposer, entry.target),
                type=entry.kind,
                status=entry.status,
                when=entry.effective,
            )
        case Negotiation():
            return Features(title=entry.track, words=entry.text, parties=entry.parties, when=entry.target)
        case Commitment():
            parties = present(*entry.who, *entry.beneficiary)
            return Features(
                title=entry.what or entry.text,
                words=entry.text,
                parties=parties,
                type=entry.force,
                status=entry.status,
                when=entry.due_when,
            )
        case Dispute():
            sides = present(entry.asserted_by, entry.denied_by)
            words = " ".join(present(entry.hedge, *(step.text for step in entry.steps)))
            return Features(title=entry.claim, words=words, parties=entry.parties, names=sides)
        case Incident():
            parties = present(*entry.actors, *entry.targets)
            return Features(title=entry.kind, words=entry.text, parties=parties, type=entry.kind, when=entry.when)


def day_of(when: When) -> str | None:
    """The first day known, as ISO text."""
    day: datetime.date | None = when.start or when.end
    return day.isoformat() if day else None
