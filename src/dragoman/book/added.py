"""What mention does a person make who selects words of a text, and where is it in the document's other texts?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.load import mention_id, people_from, to_json, wordings_of
from dragoman.book.values import values_of
from dragoman.errors import WrongCorrection
from dragoman.record.corrections import Add, Anchor
from dragoman.record.entries import EntryKind
from dragoman.record.marks import Person
from dragoman.record.mentions import (
    AnyMention,
    CommitmentMention,
    Directness,
    DisputeMention,
    EngagementMention,
    FigureMention,
    IncidentMention,
    MeasureMention,
    NegotiationMention,
    Participant,
    ReadoutMention,
    SpeakerKind,
    StatementMention,
)
from dragoman.record.span import Span

RULE = "correction.added"
MENTIONS: dict[EntryKind, type[AnyMention]] = {
    EntryKind.ENGAGEMENT: EngagementMention,
    EntryKind.STATEMENT: StatementMention,
    EntryKind.READOUT: ReadoutMention,
    EntryKind.FIGURE: FigureMention,
    EntryKind.MEASURE: MeasureMention,
    EntryKind.NEGOTIATION: NegotiationMention,
    EntryKind.COMMITMENT: CommitmentMention,
    EntryKind.DISPUTE: DisputeMention,
    EntryKind.INCIDENT: IncidentMention,
}


def added_mention(act: Add, span: Span, people: Sequence[Person]) -> AnyMention:
    """The mention that the act asks for, at a span of a text with those people. Raises WrongCorrection."""
    if act.kind not in MENTIONS:
        raise WrongCorrection(f"a {act.kind} cannot be added by itself; add what they did or said")
    record = MENTIONS[act.kind]
    values = {**spans_of(act, span), **values_of(record, act.changes)}
    try:
        return with_people(msgspec.convert(as_builtins(record, span, values), record), people)
    except msgspec.ValidationError as error:
        needed = ", ".join(field.name for field in msgspec.structs.fields(record) if field.required)
        raise WrongCorrection(f"to add a {act.kind}: {error}; needed are {needed}") from error


def as_builtins(record: type[AnyMention], span: Span, values: dict[str, object]) -> dict[str, object]:
    """The values as a mention's JSON would have them, so that they are checked together."""
    tag = str(record.__struct_config__.tag)
    plain: dict[str, object] = msgspec.to_builtins({"mention": tag, "span": span, "rule": RULE, **values})
    return plain


def spans_of(act: Add, span: Span) -> dict[str, object]:
    """The spans that a mention of the kind has beside its own: a statement's content is what was selected."""
    if act.kind is not EntryKind.STATEMENT:
        return {}
    direct = any(change.field == "directness" and change.value == Directness.DIRECT for change in act.changes)
    return {"content": (span,), **({"quoted": (span,)} if direct else {})}


def with_people(mention: AnyMention, people: Sequence[Person]) -> AnyMention:
    """The mention with its names linked to the persons that the document names."""
    index = {person.name: number for number, person in reversed(list(enumerate(people)))}
    match mention:
        case EngagementMention():
            who = tuple(known_participant(each, index) for each in mention.participants)
            parties = mention.parties or tuple(sorted({each.party for each in who if each.party}))
            return msgspec.structs.replace(mention, participants=who, parties=parties)
        case StatementMention() if mention.speaker in index:
            kind = SpeakerKind.PERSON if mention.speaker_kind is SpeakerKind.UNKNOWN else mention.speaker_kind
            return msgspec.structs.replace(mention, person=index[mention.speaker], speaker_kind=kind)
        case _:
            return mention


def known_participant(participant: Participant, index: dict[str, int]) -> Participant:
    """The participant with the place of the person of that name."""
    return msgspec.structs.replace(participant, person=index.get(participant.name or ""))


def places_in(backend: Backend, document: int, anchor: Anchor) -> Iterator[tuple[int, str, Span]]:
    """(version, digest, span) of the anchor's words in each text of the document that has them."""
    sql = "SELECT version, digest, text FROM versions WHERE document = ? ORDER BY number"
    for version, digest, text in backend.rows(sql, (document,)):
        span = anchor.span if digest == anchor.digest else nearest(text, anchor)
        if span is not None and anchor.words and span.of(text) == anchor.words:
            yield version, digest, span


def nearest(text: str, anchor: Anchor) -> Span | None:
    """Where the anchor's words stand in another text, nearest to where they stood."""
    length, places, at = len(anchor.words), [], text.find(anchor.words)
    while at >= 0:
        places.append(at)
        at = text.find(anchor.words, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - anchor.span.start), place))
    return Span(start, start + length)


def write_added(backend: Backend, document: int, act: Add, anchor: Anchor) -> set[int]:
    """Put the mention into every text that has its words; gives the rows."""
    return {
        write_mention(backend, document, version, act, span)
        for version, _, span in list(places_in(backend, document, anchor))
    }


def write_mention(backend: Backend, document: int, version: int, act: Add, span: Span) -> int:
    """Put the mention into one text; the row."""
    sql = (
        "SELECT d.id, v.digest, v.people, v.grammar, v.text FROM versions AS v "
        "JOIN documents AS d ON d.document = v.document WHERE v.version = ?"
    )
    name, digest, people, grammar, text = backend.rows(sql, (version,))[0]
    mention = added_mention(act, span, people_from(people))
    identity = mention_id(name, digest, mention)
    values = (identity, version, act.kind, span.start, span.end, RULE, grammar)
    backend.run(
        "INSERT INTO mentions (id, version, kind, span_start, span_end, rule, grammar, wordings, payload) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET retired = 0",
        (*values, to_json(wordings_of(mention, text)), to_json(mention)),
    )
    number: int = backend.rows("SELECT mention FROM mentions WHERE id = ?", (identity,))[0][0]
    return number
