"""Is a whole text one side's account of an engagement (or a joint one), and whose?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.record.document import DocumentKind
from dragoman.record.marks import CueMark, PartyForm, PartyMark, Person, PersonForm, PersonMark
from dragoman.record.mentions import EngagementMention, Role, Status
from dragoman.record.segments import ParagraphKind, Sentence
from dragoman.record.span import Span

OPENING = 5  # sentences in which a release says what it is
OFFICIAL = frozenset(
    {DocumentKind.READOUT, DocumentKind.JOINT_STATEMENT, DocumentKind.STATEMENT, DocumentKind.PRESS_RELEASE}
)
TOLD = frozenset({Status.HELD, Status.ONGOING})
OWN_VOICE = frozenset({"i", "we"})
# An account without any header: nearly every sentence has the participants as its subject, and nobody is cited.
LEAST_SENTENCES = 3
OWN_SHARE = 0.6


class Page(NamedTuple):
    """A text that is an account: of which engagement, by whom, and where the account stands."""

    engagement: EngagementMention
    issuers: tuple[str, ...]
    body: Span
    rule: str
    joint: bool = False
    spokesperson: str | None = None
    account_giver: str | None = None
    channel: str = "readout"


TELLING = frozenset({"say", "according_to"})


def page_of(context: Context, engagements: Sequence[EngagementMention]) -> Page | None:
    """The account that the text is; None for a news text, or when no engagement is told of as held."""
    main = next((e for e in engagements if e.status in TOLD and not e.several), None)
    if main is None:
        return None
    opening = context.segments.sentences[:OPENING]
    return (
        jointly_released(context, opening, main)
        or attributed(context, opening, main)
        or by_kind(context, main)
        or in_own_voice(context, main)
        or plain_account(context, main)
    )


def body_from(context: Context, start: int) -> Span:
    """The text from an offset to the end of the last sentence."""
    sentences = context.segments.sentences
    return Span(start, sentences[-1].span.end if sentences else len(context.text))


def followed(context: Context, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences after which the text goes on: only they can open an account."""
    last = context.segments.sentences[-1].span.end
    return (sentence for sentence in sentences if sentence.span.end < last)


def first_sentence_of(context: Context, main: EngagementMention) -> int:
    """The offset of the first sentence that tells of the engagement; what it is known best by may stand further down."""
    first = min(span.start for span in (main.span, *main.further))
    number = context.sentence_number(first)
    return context.segments.sentences[number].span.start if number >= 0 else first


def jointly_released(context: Context, opening: Sequence[Sentence], main: EngagementMention) -> Page | None:
    """ "The following statement was released by the governments of A and B": every party named there issued it."""
    for sentence in followed(context, opening):
        cues = context.marks_within(sentence.span, CueMark)
        classes = {name for cue in cues for name in cue.classes}
        said = context.text[sentence.span.start : sentence.span.end].casefold()
        released = "released by" in said or "issued by" in said or "adopted by" in said
        if not ({"document_noun", "statement_noun"} & classes and released):
            continue
        parties = parties_in(context, sentence.span)
        if len(parties) > 1:
            return Page(main, parties, body_from(context, sentence.span.end), "readout.joint", joint=True)
    return None


def parties_in(context: Context, span: Span) -> tuple[str, ...]:
    """The parties named in a span, each once, in order."""
    names = [mark for mark in context.marks_within(span, PartyMark) if mark.form is not PartyForm.GROUP]
    people = [mark.party for mark in context.marks_within(span, PersonMark) if mark.party]
    return tuple(dict.fromkeys([*(code for mark in names for code in mark.codes), *people]))


def attributed(context: Context, opening: Sequence[Sentence], main: EngagementMention) -> Page | None:
    """ "The below is attributable to Spokesperson X": a readout by X's party."""
    for sentence in followed(context, opening):
        cue = next((c for c in context.marks_within(sentence.span, CueMark) if "attributable" in c.classes), None)
        if cue is None:
            continue
        person = person_after(context, cue.span.end, sentence.span.end)
        issuer = (person.party if person else None) or context.document.issuer or principal_party(main)
        if issuer:
            body = body_from(context, sentence.span.end)
            return Page(main, (issuer,), body, "readout.attributable", spokesperson=person.name if person else None)
    return None


def person_after(context: Context, start: int, end: int) -> Person | None:
    """The first person named between two offsets."""
    for mark in context.marks_within(Span(start, end), PersonMark):
        if mark.people:
            return context.people[mark.people[0]]
    return None


def principal_party(main: EngagementMention) -> str | None:
    """The party whose side tells of the engagement: that of its subject."""
    sides = [p for p in main.participants if p.role in (Role.PRINCIPAL, Role.HOST, Role.CO_CHAIR)] or main.participants
    return next((p.party for p in sides if p.party), None)


def by_kind(context: Context, main: EngagementMention) -> Page | None:
    """A text that its source calls a readout or a joint statement."""
    document = context.document
    if document.kind not in OFFICIAL:
        return None
    body = body_from(context, first_sentence_of(context, main))
    if document.kind is DocumentKind.JOINT_STATEMENT:
        return Page(main, main.parties, body, "readout.joint", joint=True)
    issuer = document.issuer or principal_party(main)
    return Page(main, (issuer,), body, "readout.official") if issuer else None


def in_own_voice(context: Context, main: EngagementMention) -> Page | None:
    """An official's own statement or transcript: "I met ...", under the name of who speaks."""
    speaker = voice_of(context, main)
    if speaker is None or speaker.party is None:
        return None
    body = body_from(context, first_sentence_of(context, main))
    return Page(main, (speaker.party,), body, "readout.own_voice", account_giver=speaker.name, channel="statement")


def voice_of(context: Context, main: EngagementMention) -> Person | None:
    """Who says "I" where the engagement is told: the label of the turn, or the name at the head of the text."""
    paragraphs = context.segments.paragraphs
    turn = next((p for p in paragraphs if p.span.covers(main.span)), None)
    if turn is not None and turn.label is not None:
        return person_after(context, turn.label.start, turn.label.end)
    if turn is None or not speaks_itself(context, turn.span):
        return None
    head = next((p for p in paragraphs if p.kind is not ParagraphKind.BOILERPLATE), None)
    if head is None or head is turn or head.span.end - head.span.start > 160:
        return None
    return person_after(context, head.span.start, head.span.end)


def speaks_itself(context: Context, span: Span) -> bool:
    """Whether a stretch says "I" or "we" outside quotation marks."""
    quoted = [q.outer for q in context.quotations_touching(span)]
    return any(
        mark.form is PersonForm.PRONOUN
        and mark.span.of(context.text).casefold() in OWN_VOICE
        and not any(q.covers(mark.span) for q in quoted)
        for mark in context.marks_within(span, PersonMark)
    )


def plain_account(context: Context, main: EngagementMention) -> Page | None:
    """An account without a header: it cites nobody, and its sentences are about what the participants did."""
    sentences = context.segments.sentences
    if len(sentences) < LEAST_SENTENCES or context.segments.quotations:
        return None
    cues = context.marks_of(CueMark)
    if any(not TELLING.isdisjoint(cue.classes) and cue.form != "noun" for cue in cues):
        return None
    taking_part = {p.person for p in main.participants if p.person is not None}
    own = sum(starts_with(context, sentence, taking_part) for sentence in sentences)
    issuer = principal_party(main)
    if issuer is None or own < OWN_SHARE * len(sentences):
        return None
    return Page(main, (issuer,), body_from(context, first_sentence_of(context, main)), "readout.plain")


def starts_with(context: Context, sentence: Sentence, people: set[int]) -> bool:
    """Whether one of the people, or both sides, are spoken of early in a sentence as its subject."""
    early = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + 90))
    persons = context.marks_within(early, PersonMark)
    sides = [mark for mark in context.marks_within(early, PartyMark) if mark.form is PartyForm.GROUP]
    return bool(sides) or any(people & set(mark.people) for mark in persons)
