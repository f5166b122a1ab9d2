"""Which reported words does the lexicon make plain that the learned reader leaves?

A verb of saying before "that" with a subject before it, a verb that stresses ("reaffirmed support for ..."), an accusation
("accused the council of ..."), and a noun of saying between its owner and "that" ("her claim that ...") report words,
whether or not the learned reader has met them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.record.marks import CueMark, OrganisationMark, PartyMark, PersonMark
from dragoman.record.span import Span

SAYING = frozenset({"speech", "say"})
NOUNS = frozenset({"speech_noun"})
STRESSING = frozenset({"reaffirm", "emphasise"})
TELLING = frozenset({"tell", "remind", "assure", "warn", "brief"})  # they name whom they tell before "that"
FINITE = frozenset({"past", "present", "participle", "base"})
HELPERS = (
    r"has|have|had|did|does|do|would|could|will|may|might|should|can|cannot|must|not|never|also|then|later|again|once|"
    r"yet|too|is|are|was|were|been|be|still|even|always|often|just|neither|nor|\w+ly|(?:did|could|would|does|has|will|can)n[’']t"
)
BEFORE = re.compile(
    rf"(?:(?:{HELPERS})\s+|(?:expected|due|set|yet|declined|refused|failed|scheduled|planning) to\s+|confirmed nor\s+)+\Z"
)
AIDED = re.compile(r"(?i)\b(?:has|have|had)\b|n[’']t\b|\b(?:did|not|to|will|would|may|might|could|can)\s*\Z")
THAT = re.compile(r"(?:,? (?:too|however|again|though),)?,? that (?=\S)")
BARE_THAT = re.compile(r" that (?=\S)")
TO_WHOM = re.compile(r" (?:(?!(?:that|to)\b)[\w’'.-]+ ){0,5}(?:(?!(?:that|to)\b)[\w’'.-]+)(?= that \S)")
STRESSED = re.compile(
    r" (?=(?:the|its|his|her|their|our|a|an|his|support|opposition|commitment|concern|readiness|respect|[A-Z])\b)"
)
ACCUSED = re.compile(r" (?=[^.;“”\"]{3,60} of \w)")
PRONOUN = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|who|[Bb]oth|[Tt]he (?:two )?(?:sides|leaders|ministers)))\s+\Z"
)
JOINED = re.compile(r"\band\s+(?:also\s+|then\s+)?\Z")
OWNER = re.compile(r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|[’']s?)\s+(?:\w+\s+)?\Z")
TAIL = re.compile(r"[\s.,;:!?]+\Z")
ENDS = re.compile(
    r",? according to |;|\s[–—-]\s|, (?:a|an|the) \w+ (?:that|which) |, (?:he|she|it|they) (?:said|added)\b"
    r"|, which (?:\w+ ){1,3}(?:denied|denies|rejected|rejects|disputed|disputes|refuted|has denied|have denied)\b"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being)\s+(?:(?:not|also|never|\w+ly)\s+)*\Z")
AHEAD = re.compile(r"\b(?:will|would|may|might|could|can|to)\b")
LEAST = 2  # words that a reported clause has at least
FAR = 80  # letters before a cue in which its subject stands


def plain_clauses(
    context: Context, blocks: Sequence[Block], known: Sequence[Attribution], taken: Sequence[Span]
) -> list[Attribution]:
    """The known attributions, with what the lexicon's cues report that are not among those taken."""
    found = list(known)
    beside: dict[int, list[Attribution]] = {}
    for one in known:
        beside.setdefault(one.block, []).append(one)
    starts = [block.span.start for block in blocks]
    for mark in context.marks_of(CueMark):
        kinds = frozenset(mark.classes)
        if kinds.isdisjoint(SAYING) and kinds.isdisjoint(NOUNS):
            continue
        number = bisect_right(starts, mark.span.start) - 1
        if number < 0 or near(taken, mark.span):
            continue
        block = blocks[number]
        if any(q.start <= mark.span.start < q.end for q in block.quotations):
            continue
        within = any(span.covers(mark.span) for one in beside.get(number, ()) for span in one.content)
        clause = reported(context, block, number, mark, within)
        if clause is not None:
            found.append(clause)
    return found


def near(taken: Sequence[Span], span: Span) -> bool:
    """Whether a cue is among those that are taken, or touches one."""
    place = bisect_right(taken, span)
    return any(held.overlaps(span) for held in taken[max(0, place - 1) : place + 1])


def reported(context: Context, block: Block, number: int, mark: CueMark, within: bool) -> Attribution | None:
    """What a cue of the lexicon reports, if a source stands before it; ``within`` another's words only with "that"."""
    text, cue, kinds = context.text, mark.span, frozenset(mark.classes)
    if kinds.isdisjoint(SAYING) or mark.form == "noun":
        opening = BARE_THAT.match(text, cue.end, block.span.end)
        source = owner(context, block, cue) if opening else None
    elif mark.form in FINITE:
        opening = opening_behind(text, block, mark, kinds)
        if opening is None:
            return None
        helped = BEFORE.search(text, max(block.span.start, cue.start - 40), cue.start)
        if helped and PASSIVE.search(helped[0]):
            return None
        if mark.form == "base" and not (helped and AIDED.search(helped[0].rstrip())):
            return None
        cue = Span(helped.start(), cue.end) if helped else cue
        if "that" not in opening[0] and (within or AHEAD.search(cue.of(text))):
            return None
        source = subject(context, block, cue)
    else:
        return None
    content = clause_from(context, block, opening.end()) if opening and source else None
    if content is None:
        return None
    return Attribution(cue=cue, source=source, content=(content,), block=number, rule="statement.plain_clause")


def opening_behind(text: str, block: Block, mark: CueMark, kinds: frozenset[str]) -> re.Match[str] | None:
    """What opens the reported words behind a verb: "that", also after those who are told; what is stressed; "X of ..."."""
    at, end = mark.span.end, block.span.end
    that = THAT.match(text, at, end)
    if that is not None:
        return that
    if not TELLING.isdisjoint(kinds):
        whom = TO_WHOM.match(text, at, end)
        return BARE_THAT.match(text, whom.end(), end) if whom else None
    if "accuse" in kinds:
        return ACCUSED.match(text, at, end)
    return STRESSED.match(text, at, end) if not STRESSING.isdisjoint(kinds) else None


def clause_from(context: Context, block: Block, start: int) -> Span | None:
    """The clause that begins at a place, up to what breaks it off or the end of its sentence."""
    text = context.text
    end = min(block.span.end, context.segments.sentences[context.sentence_at(start)].span.end)
    stop = next((m.start() for m in ENDS.finditer(text, start, end) if not in_quotation(block, m.start())), end)
    tail = TAIL.search(text, start, stop)
    end = tail.start() if tail else stop
    return Span(start, end) if text.count(" ", start, end) + 1 > LEAST else None


def in_quotation(block: Block, at: int) -> bool:
    """Whether a place lies in a quotation of the block."""
    return any(q.start < at < q.end for q in block.quotations)


def subject(context: Context, block: Block, cue: Span) -> Span | None:
    """The person, body, party or pronoun right before a cue, or with which the sentence of a second verb begins."""
    text = context.text
    pronoun = PRONOUN.search(text, max(block.span.start, cue.start - 30), cue.start)
    if pronoun:
        return Span(pronoun.start(), pronoun.start() + len(pronoun[0].rstrip()))
    near_by = next(
        (span for span in actors(context, block, cue.start, FAR) if not text[span.end : cue.start].strip()), None
    )
    if near_by is not None:
        return with_those_before(context, block, near_by)
    if JOINED.search(text, max(block.span.start, cue.start - 12), cue.start):
        first = list(actors(context, block, cue.start, cue.start))
        return first[-1] if first and text[block.span.start : first[-1].start] in ("", "The ", "the ") else None
    return None


def with_those_before(context: Context, block: Block, last: Span) -> Span:
    """A subject with those joined to it by "and": "the Secretary and the two ministers"."""
    for span in actors(context, block, last.start, FAR):
        if re.fullmatch(r"(?:,| and|, and)(?: the)? ", context.text[span.end : last.start]):
            return Span(span.start, last.end)
    return last


def owner(context: Context, block: Block, cue: Span) -> Span | None:
    """Whose claim or warning it is: the name or pronoun that owns the noun."""
    text = context.text
    held = OWNER.search(text, max(block.span.start, cue.start - 30), cue.start)
    if held is None:
        return None
    if held[0][0] not in "’'":
        return Span(held.start(), held.start() + len(held[0].split()[0]))
    close = (held.start(), held.end())
    return next((span for span in actors(context, block, cue.start, FAR) if span.end in close), None)


def actors(context: Context, block: Block, end: int, far: int) -> Iterator[Span]:
    """The marks of persons, bodies and parties shortly before a place, the nearest first."""
    window = Span(max(block.span.start, end - far), end)
    marks = [m for kind in (PersonMark, OrganisationMark, PartyMark) for m in context.marks_within(window, kind)]
    return iter(sorted({m.span for m in marks if m.span.end <= end}, key=lambda span: (-span.end, span.start)))
