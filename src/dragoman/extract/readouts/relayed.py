"""Which official accounts does a news text quote or relay?

An account is what one side says of an engagement in which it took part: through a readout, a statement or a post, or
through one of those who were there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.readouts.points import PointReader
from dragoman.extract.same_name import same_name
from dragoman.record.marks import CueMark, PersonMark, TopicMark
from dragoman.record.mentions import (
    Directness,
    EngagementMention,
    Point,
    ReadoutMention,
    Relay,
    Role,
    SpeakerKind,
    StatementMention,
    Status,
)
from dragoman.record.segments import Sentence
from dragoman.record.span import Span, hull

TOLD = frozenset({Status.HELD, Status.ONGOING})
RECENT = datetime.timedelta(days=10)  # an account is given soon after the engagement, a recollection later
OFFICIAL_CHANNELS = frozenset({"readout", "statement", "joint statement", "press release", "news release"})
INSTITUTIONS = frozenset({SpeakerKind.INSTITUTION, SpeakerKind.DOCUMENT})
DOCUMENTS = frozenset({"readouts", "statements", "communiqués", "accounts"})
SOURCES = frozenset({"say", "according_to"})
EARLY = 40  # characters within which the subject of a sentence that goes on with an account begins
BOTH = ("the two ", "both ", "they ", "the sides ", "the ministers ", "the leaders ")
WORD = re.compile(r"\w+")
OF_TALKS = re.compile(
    r"\b(?:talks|negotiations?|meeting|conversation|discussions?|dialogue|exchange|both sides|each side|agreed|agreement|results?)\b"
)
OUTCOME = re.compile(r"\b(?:results?|outcomes?|how (?:it|they|the talks) went)\b")
ACCOUNT_CLASSES = frozenset({"readout", "discuss", "agree_verb", "engage", "engagement_noun"})


def relayed_accounts(
    context: Context,
    engagements: Sequence[EngagementMention],
    statements: Sequence[StatementMention],
    reader: PointReader,
) -> list[ReadoutMention]:
    """One readout for each engagement and each side that gives an account of it, in order of the text."""
    told = [e for e in engagements if e.status in TOLD and not e.several and is_recent(context, e)]
    found: dict[tuple[Span, str], list[StatementMention]] = {}
    for statement in statements:
        for issuer in issuers_of(context, statement, told):
            engagement = engagement_of(statement, issuer, told)
            if engagement is not None:
                found.setdefault((engagement.span, issuer), []).append(statement)
    told_by = {e.span: e for e in told}
    return [
        account(context, told_by[span], issuer, without_repeats(context, held), reader)
        for (span, issuer), held in found.items()
    ]


def without_repeats(context: Context, statements: Sequence[StatementMention]) -> list[StatementMention]:
    """The statements of an account but for those whose words another one of it says more fully."""
    said = [words_of(context, statement) for statement in statements]
    return [
        statement
        for n, statement in enumerate(statements)
        if not any(said[n] in other for k, other in enumerate(said) if k != n and (said[n] != other or k < n))
    ]


def words_of(context: Context, statement: StatementMention) -> str:
    """The content of a statement as words in lower case with single spaces."""
    return f" {' '.join(WORD.findall(' '.join(part.of(context.text) for part in statement.content).casefold()))} "


def is_recent(context: Context, engagement: EngagementMention) -> bool:
    """Whether an engagement can be news: its day lies near publication, or one of them is unknown."""
    published = context.document.published.start
    last = engagement.when.end
    return published is None or last is None or published - last <= RECENT


def issuers_of(context: Context, statement: StatementMention, told: Sequence[EngagementMention]) -> tuple[str, ...]:
    """The parties for which the speaker of a statement can give an account."""
    if statement.negated or statement.speaker is None or not is_account(context, statement):
        return ()
    if of_both(context, statement):
        return next((e.parties for e in reversed(told) if set(statement.parties) <= set(e.parties)), statement.parties)
    if statement.channel in OFFICIAL_CHANNELS or statement.speaker_kind in INSTITUTIONS:
        return statement.parties
    party = party_of(statement, told) or party_of_delegate(context, statement, told)
    return (party,) if party else ()


def of_both(context: Context, statement: StatementMention) -> bool:
    """Whether several documents say it at once: "the statements said", "both readouts noted"."""
    if statement.source is None or len(statement.parties) > 2:
        return False
    words = statement.source.of(context.text).casefold().split()
    return words[-1] in DOCUMENTS and len(words) <= 3


def party_of(statement: StatementMention, told: Sequence[EngagementMention]) -> str | None:
    """The party of a speaker who took part in one of the engagements."""
    for engagement in told:
        for p in engagement.participants:
            if p.name and p.party and same_name(p.name, statement.speaker or ""):
                return p.party
    return None


def party_of_delegate(context: Context, statement: StatementMention, told: Sequence[EngagementMention]) -> str | None:
    """The party of a person who speaks of talks from which the text names nobody of that side, or its delegation only."""
    if statement.speaker_kind is not SpeakerKind.PERSON or len(statement.parties) != 1:
        return None
    (party,) = statement.parties
    talks = next((e for e in told if party in e.parties), None)
    if talks is None or any(p.name and p.party == party and p.role is not Role.DELEGATION for p in talks.participants):
        return None
    return party if any(OF_TALKS.search(part.of(context.text)) for part in statement.content) else None


def is_account(context: Context, statement: StatementMention) -> bool:
    """Whether what is said can be of an engagement: topics, agreements, talks."""
    for part in statement.content:
        if context.marks_within(part, TopicMark):
            return True
        if OUTCOME.search(part.of(context.text)):
            return True
        if any(ACCOUNT_CLASSES & set(cue.classes) for cue in context.marks_within(part, CueMark)):
            return True
    return False


def engagement_of(
    statement: StatementMention, issuer: str, told: Sequence[EngagementMention]
) -> EngagementMention | None:
    """The engagement that a statement of a side is about: the last spoken of before, else the next one.

    Who took part in one of them speaks of that, whatever else was told in between.
    """
    sides = [e for e in told if issuer in e.parties]
    speaker = statement.speaker or ""
    mine = [e for e in sides if any(p.name and same_name(p.name, speaker) for p in e.participants)] or sides
    spoken = [
        (max((s.start for s in (e.span, *e.further) if s.start <= statement.span.end), default=-1), e) for e in mine
    ]
    best = max(spoken, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None else None


def account(
    context: Context,
    engagement: EngagementMention,
    issuer: str,
    statements: Sequence[StatementMention],
    reader: PointReader,
) -> ReadoutMention:
    """The readout that statements of one side on one engagement make."""
    first = next((s for s in statements if s.channel in OFFICIAL_CHANNELS), statements[0])
    points = points_of(context, engagement, statements, reader)
    relays = [relay for s in statements for relay in s.relay]
    return ReadoutMention(
        span=first.span,
        rule="readout.relayed",
        issuer=issuer,
        engagement=engagement.span,
        account_giver=first.speaker,
        spokesperson=spokesperson_of(relays),
        channel=first.channel,
        relayed=True,
        joint=first.channel == "joint statement",
        points=points,
        topics=tuple(dict.fromkeys(topic for point in points for topic in point.topics)),
    )


def spokesperson_of(relays: Sequence[Relay]) -> str | None:
    """The first spokesperson among those through whom an account came."""
    return next((relay.name for relay in relays if relay.kind == "spokesperson"), None)


def points_of(
    context: Context, engagement: EngagementMention, statements: Sequence[StatementMention], reader: PointReader
) -> tuple[Point, ...]:
    """The points of statements: those that their content makes itself, else the content under the verb of saying.

    What the text goes on to tell without naming another source belongs to the account that it names.
    """
    found: dict[Span, Point] = {}
    for statement in statements:
        inner = reader_points(context, statement, reader)
        further = [
            point
            for sentence in sentences_after(context, engagement, statement)
            for point in reader.of_sentence(context, sentence)
        ]
        for point in [*(inner or [whole(context, statement)]), *further]:
            found.setdefault(point.span, point)
    return tuple(sorted(found.values(), key=lambda point: point.span))


def reader_points(context: Context, statement: StatementMention, reader: PointReader) -> list[Point]:
    """The points whose words lie within what a statement says."""
    reach = hull(*statement.content)
    points = [
        point
        for sentence in context.segments.sentences
        if sentence.span.overlaps(reach)
        for point in reader.of_sentence(context, sentence)
    ]
    return [
        msgspec.structs.replace(point, span=without_source(point.span, statement))
        for point in points
        if any(part.overlaps(point.span) for part in statement.content)
    ]


def without_source(span: Span, statement: StatementMention) -> Span:
    """The words of a point without the source that follows them: ", the ministry said"."""
    end = max(part.end for part in statement.content)
    behind = statement.cue is not None and end <= statement.cue.start < span.end and span.start < end
    return Span(span.start, end) if behind else span


def sentences_after(context: Context, engagement: EngagementMention, statement: StatementMention) -> Iterator[Sentence]:
    """The sentences after a readout's first one that go on with it: plain accounts of what those there said or did.

    The first sentence with quotation marks, with a source of its own, or about somebody else ends the account.
    """
    if statement.channel not in OFFICIAL_CHANNELS or statement.directness is not Directness.INDIRECT:
        return
    people = {p.person for p in engagement.participants if p.person is not None}
    end = max(part.end for part in statement.content)
    for sentence in context.segments.sentences:
        if sentence.span.start < end:
            continue
        if context.quotations_touching(sentence.span) or not goes_on(context, sentence, people):
            return
        yield sentence


def goes_on(context: Context, sentence: Sentence, people: set[int]) -> bool:
    """Whether a sentence opens with somebody who took part or with both sides, raises something, and cites nobody."""
    cues = context.marks_within(sentence.span, CueMark)
    if any(not SOURCES.isdisjoint(cue.classes) for cue in cues) or not any("readout" in cue.classes for cue in cues):
        return False
    early = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + EARLY))
    opening = early.of(context.text).casefold()
    if opening.startswith(BOTH):
        return True
    return any(people & set(mark.people) for mark in context.marks_within(early, PersonMark))


def whole(context: Context, statement: StatementMention) -> Point:
    """A statement as one point."""
    span = statement.content[0]
    topics = tuple(dict.fromkeys(mark.topic for mark in context.marks_within(span, TopicMark)))
    return Point(
        span=span,
        topics=topics,
        raised_by=statement.speaker,
        verb=statement.cue_lemma,
        strength=statement.strength,
        stance=statement.stance,
        act=statement.cue_lemma,
    )
