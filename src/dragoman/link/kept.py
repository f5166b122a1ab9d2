"""Which promises to meet again has a meeting kept?

A promise to meet, to hold talks or another round is kept by the first engagement that a text tells as held, of all who owe
it (and of those they owe it to, where only one side does), after the promise was in print and not after its due date. The
step leads to the text that tells of the meeting, as that of any fulfilment does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from dragoman.record.entries import Commitment, Engagement, StatusStep
from dragoman.record.mentions import EngagementKind, Status

MEETS = re.compile(
    r"(?:to |jointly |also )*(?:(?:re)?meet\b(?! (?:the|its|their|all|these|those|any|his|her) (?:\w+ )?(?:target|goal|need|demand|standard|"
    r"deadline|commitment|obligation|challenge|requirement|condition|objective)s?)|"
    r"(?:hold|holding|convene|convening|host|hosting|resume|resuming|continue|continuing|schedule)\b[^,;]{0,40}\b"
    r"(?:meetings?|talks|rounds?|consultations?|summits?|dialogues?|negotiations|sessions?)\b|"
    r"(?:the |a |their )?(?:next|another|second|third|fourth|fifth|sixth|new|further) (?:\w+ ){0,2}(?:round|meeting|session|summit)\b)",
    re.IGNORECASE,
)
ROUND = re.compile(r"\b(?:rounds?|talks|negotiations|consultations?)\b", re.IGNORECASE)
ROUNDS = frozenset({EngagementKind.NEGOTIATION_ROUND, EngagementKind.CONSULTATION})
IN_PERSON = frozenset(EngagementKind) - {EngagementKind.CALL, EngagementKind.LETTER}
LONGEST = datetime.timedelta(days=366)  # a promise without a date is not kept by a meeting of another year


def with_meetings(commitments: Sequence[Commitment], engagements: Sequence[Engagement]) -> list[Commitment]:
    """The commitments, those to meet with the meeting that kept them as their last step."""
    held = sorted(
        (e for e in engagements if e.status is Status.HELD and e.when.start), key=lambda e: (str(e.when.start), e.id)
    )
    return [kept(each, held) for each in commitments]


def is_to_meet(commitment: Commitment) -> bool:
    """Whether what is owed is a meeting, and no text has told yet what became of it."""
    return commitment.status == "open" and MEETS.match(commitment.what) is not None


def kept(commitment: Commitment, held: Sequence[Engagement]) -> Commitment:
    """The commitment, met where one of the meetings keeps it."""
    if not is_to_meet(commitment):
        return commitment
    for meeting in held:
        told = next((step for step in meeting.history if step.status == "held"), None)
        if told is not None and keeps(commitment, meeting, told):
            step = StatusStep(status="met", published=told.published, document=told.document, mention=told.mention)
            return msgspec.structs.replace(commitment, status="met", history=(*commitment.history, step))
    return commitment


def kinds_of(what: str) -> frozenset[EngagementKind]:
    """The kinds of engagement that can keep the promise: a round of talks is kept by a round, a meeting by any in person."""
    return ROUNDS if ROUND.search(what) else IN_PERSON


def keeps(commitment: Commitment, meeting: Engagement, told: StatusStep) -> bool:
    """Whether a meeting is of the promise's parties, after it was given, and in time."""
    bound = set(commitment.who) if len(commitment.who) > 1 else {*commitment.who, *commitment.beneficiary}
    given, day = commitment.first_published, meeting.when.start
    if (
        meeting.kind not in kinds_of(commitment.what)
        or len(bound) < 2
        or not bound <= set(meeting.parties)
        or given is None
        or day is None
        or told.published is None
    ):
        return False
    first = max(given, commitment.due_when.start or given)
    if day <= given or day < first:
        return False
    return day <= (commitment.due_when.end or given + LONGEST)
