"""To which other entries does an entry refer: its persons, its engagement, the readout it stands in?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.link.people import can_be_named
from dragoman.record.entries import (
    AnyEntry,
    Engagement,
    EntryParticipant,
    Evidence,
    ReadoutEntry,
    Statement,
)
from dragoman.record.mentions import EngagementMention, StatementMention


def with_references(entry: AnyEntry, evidence: Sequence[Evidence]) -> AnyEntry:
    """The entry with the ids of the entries that its evidence was linked to."""
    match entry:
        case Engagement():
            people = tuple(with_person(participant, evidence) for participant in entry.participants)
            return msgspec.structs.replace(entry, participants=people)
        case Statement():
            speakers = (speaker_of(item) for item in evidence)
            readout = commonest(item.readout for item in evidence)
            return msgspec.structs.replace(entry, person=entry.person or commonest(speakers), readout=readout)
        case ReadoutEntry():
            engagement = entry.engagement or commonest(item.engagement for item in evidence)
            return msgspec.structs.replace(entry, engagement=engagement)
        case _:
            return entry


def with_person(participant: EntryParticipant, evidence: Sequence[Evidence]) -> EntryParticipant:
    """The participant with the person entry that most of the reports naming it were linked to."""
    if participant.person or not participant.name:
        return participant
    found = commonest(
        person_at(item, theirs.person)
        for item in evidence
        if isinstance(item.mention, EngagementMention)
        for theirs in item.mention.participants
        if theirs.name and can_be_named(theirs.name, participant.name)
    )
    return msgspec.structs.replace(participant, person=found)


def speaker_of(item: Evidence) -> str | None:
    """The person entry of a statement's speaker."""
    return person_at(item, item.mention.person) if isinstance(item.mention, StatementMention) else None


def person_at(item: Evidence, index: int | None) -> str | None:
    """The person entry of one of the document's people."""
    return item.persons[index] if index is not None and index < len(item.persons) else None


def commonest(ids: Iterable[str | None]) -> str | None:
    """The id that occurs most often, the first in order among equals."""
    counts = Counter(one for one in ids if one)
    return min(counts, key=lambda one: (-counts[one], one)) if counts else None
