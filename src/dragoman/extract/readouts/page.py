"""Is a whole text one side's account of an engagement (or a joint one), and whose?"""

from __future__ import annotations

import datetime
import re
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
EARLY = 120  # characters within which the subject of a sentence begins, behind "on Monday, during a visit to ..."
RECENT = datetime.timedelta(days=30)  # some accounts are published weeks later; what is older is recalled
HEAD = 400  # characters in which a newspaper says whose report it prints
BYLINE = re.compile(
    r"(?m)^(?:By [A-Z]\w+|[^\n.]{0,40}\b(?:[Rr]eport|[Rr]eporter|[Cc]orrespondent|[Nn]ews [Dd]esk|[Aa]gencies|[Bb]ureau))\s*$"
)
TALK = re.compile(r"(?:The|Their|Our|This) (?:talks?|conversation|discussions?|meeting|call|exchange|dialogue)\b")
TOLD_FORMS = frozenset({"past", "participle"})
OWN_SUBJECT = re.compile(r"\b(?:[Ww]e|I)(?:['’]ve)?(?: \w+){0,3} $")
# By what those who speak for themselves tell what was said there, and do not only greet: "we discussed", "we spoke about".
TOLD_BACK = frozenset({"discuss", "exchange", "agree_verb", "raise", "talk", "speak", "meet"})
LEAST_OWN = 0.5  # of the paragraphs of a text without labels that say "I" or "we" when it is somebody's own


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
    told = (e for e in engagements if e.status in TOLD and not e.several)
    main = next((e for e in told if not is_recalled(context, e)), None)
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
    if speaker is None or speaker.party is None or not tells_back(context):
        return None
    start = opening_paragraph_end(context) if is_own(context) else first_sentence_of(context, main)
    body = body_from(context, start)
    return Page(main, (speaker.party,), body, "readout.own_voice", account_giver=speaker.name, channel="statement")


def voice_of(context: Context, main: EngagementMention) -> Person | None:
    """Who says "I" where the engagement is told: the label of the turn, or the name at the head of the text."""
    paragraphs = context.segments.paragraphs
    turn = next((p for p in paragraphs if p.span.covers(main.span)), None)
    if turn is not None and turn.label is not None:
        return person_after(context, turn.label.start, turn.label.end)
    if turn is None or not (speaks_itself(context, turn.span) or is_own(context)):
        return None
    head = next((p for p in paragraphs if p.kind is not ParagraphKind.BOILERPLATE), None)
    if head is None or head is turn or head.span.end - head.span.start > 160:
        return None
    return person_after(context, head.span.start, head.span.end)


def tells_back(context: Context) -> bool:
    """Whether a speaker tells what was talked of, which remarks made before a meeting do not: "we discussed trade"."""
    cues = context.marks_of(CueMark)
    return any(cue.form in TOLD_FORMS and not TOLD_BACK.isdisjoint(cue.classes) and own(context, cue) for cue in cues)


def own(context: Context, cue: CueMark) -> bool:
    """Whether "I" or "we" stands shortly before a verb."""
    return OWN_SUBJECT.search(context.text, max(0, cue.span.start - 40), cue.span.start) is not None


def opening_paragraph_end(context: Context) -> int:
    """Where the text goes on behind its head."""
    return next(p.span.end for p in context.segments.paragraphs if p.kind is not ParagraphKind.BOILERPLATE)


def is_own(context: Context) -> bool:
    """Whether most paragraphs of a text say "I" or "we": a statement that its speaker makes."""
    held = [p for p in context.segments.paragraphs if p.kind is not ParagraphKind.BOILERPLATE][1:]
    return bool(held) and sum(speaks_itself(context, p.span) for p in held) >= LEAST_OWN * len(held)


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
    sentences = [s for s in context.segments.sentences if is_told(context, s)]
    if len(sentences) < LEAST_SENTENCES or context.segments.quotations or BYLINE.search(context.text[:HEAD]):
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


def is_told(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence ends as one, which headings and lines of a head do not."""
    return sentence.span.of(context.text).rstrip("”\"’') ").endswith((".", "!", "?", ":"))


def is_recalled(context: Context, main: EngagementMention) -> bool:
    """Whether an engagement told as held is an earlier one, recalled in a text of another day."""
    published, last = context.document.published.start, main.when.end
    return published is not None and last is not None and published - last > RECENT


def starts_with(context: Context, sentence: Sentence, people: set[int]) -> bool:
    """Whether one of the people, both sides or the talk itself are spoken of early in a sentence as its subject."""
    early = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + EARLY))
    if TALK.match(context.text, sentence.span.start):
        return True
    persons = context.marks_within(early, PersonMark)
    sides = [mark for mark in context.marks_within(early, PartyMark) if mark.form is PartyForm.GROUP]
    return bool(sides) or any(people & set(mark.people) for mark in persons)
