"""Did those who take turns in a transcript meet there?

Officials of two parties who speak one after the other to each other or before the press are together: remarks before a
meeting, a joint press availability. Journalists and moderators have no party, and a briefing has officials of one.
"""

from __future__ import annotations

import re

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.engagements.circumstance import NOWHERE, Where
from dragoman.extract.engagements.discourse import just_before
from dragoman.extract.engagements.report import TURNS, Report
from dragoman.extract.engagements.scene import Scene
from dragoman.record.marks import Person, PlaceMark
from dragoman.record.mentions import Participant, Status
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN

MOST = 8  # speakers; more are a conference
HEAD = 400  # characters before the first turn in which the place stands
# What only those say who stand before each other: thanks and welcome, a meeting of "you", a counterpart by first name.
FACING = re.compile(
    r"\b(?:welcom\w+ (?:you|here|back)|thank(?:s| you)|(?:meet|talk|work|sit|discuss\w*) (?:down )?with you|"
    r"(?:see|have|host|hosting|receiv\w+) you|as (?:the )?(?:minister|secretary|prime minister|president) (?:\w+ )?(?:said|noted|mentioned)|"
    r"my (?:colleague|counterpart|friend)|today(?:’|')s (?:talks|meeting|discussion\w*|dialogue))\b",
    re.IGNORECASE,
)


def meeting_of_speakers(context: Context, scene: Scene) -> Report | None:
    """A report of the officials of several parties who have turns in a transcript; None when there are none such."""
    people = placed(scene, [context.people[i] for i in scene.speakers])
    parties = {p.party for p in people if p.party}
    if not 2 <= len(people) <= MOST or len(parties) < 2:
        return None
    turns = [p for p in context.segments.paragraphs if p.label is not None]
    if not FACING.search(context.text, turns[0].span.start):
        return None
    label = next(
        span for span in (p.label for p in turns) if span is not None and scene.named_in(span) in scene.speakers
    )
    return Report(
        rule=TURNS,
        span=label,
        cue=label,
        sentence=context.sentence_at(label.start),
        paragraph=0,
        kind=None,
        status=Status.HELD,
        stated=True,
        participants=tuple(
            Participant(name=p.name, party=p.party, office=p.office, person=i)
            for i in scene.speakers
            for p in people
            if p.name == context.people[i].name
        ),
        parties=frozenset(parties),
        when=just_before(context) or UNKNOWN_WHEN,
        where=place_above(context, turns[0].span.start),
        finite=True,
        together=True,
    )


def placed(scene: Scene, people: list[Person]) -> list[Person]:
    """Two speakers of whom one's party is told: the other is of the party that the text speaks of beside it."""
    parties = {p.party for p in people if p.party}
    if len(people) != 2 or len(parties) != 1:
        return [p for p in people if p.party]
    other = scene.other_than(parties)
    return [p if p.party else msgspec.structs.replace(p, party=other) for p in people] if other else []


def place_above(context: Context, end: int) -> Where:
    """The last place named above the first turn: "New Delhi, India"."""
    where = NOWHERE
    for mark in context.marks_within(Span(max(0, end - HEAD), end), PlaceMark):
        if mark.country:
            where = Where(None if mark.venue else mark.name, mark.country, mark.name if mark.venue else None, mark.span)
            if not mark.venue:
                break
    return where
