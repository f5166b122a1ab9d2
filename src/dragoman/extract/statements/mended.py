"""Where does the learned reader break off, or take the wrong hands, in a way that the text makes plain?

A cue that ends with its auxiliary goes on to its verb ("did not confirm"); words that break off go on to the end of their
clause; "the agency quoted the envoy as saying ..." and "he said she had told him ..." are the inner speaker's, through the
outer one; those who are told are not those who tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.extract.statements.clauses import FAR, HELPERS, SAYING, actors, clause_from, subject
from dragoman.record.marks import CueMark, PersonMark
from dragoman.record.span import Span

HELPING = re.compile(rf"(?:{HELPERS})(?:\s+(?:{HELPERS}))*")
HELPED = re.compile(rf"\s+(?:(?:{HELPERS})\s+)*")
AS_SAYING = re.compile(r"\s+as (?P<cue>saying|stating|telling \w+|adding|warning|announcing)(?P<that>:|,| that)?\s*")
AS = re.compile(r"\s+(?:quoted|cited|quotes|quoting) (?P<source>[^,;:.“”\"]{3,80}?) as\s+\Z")
QUOTED = re.compile(r"(?i)\b(?:quot|cit)(?:ed|es|ing|e)\Z")
TOLD = re.compile(
    r"(?:that )?(?P<source>(?:[Tt]he |[A-Z])[^,;:“\"]{1,60}?) (?P<cue>(?:has |have |had )?(?:told|said|warned|assured|informed))"
    r"(?P<whom> (?:him|her|them|it|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?))?(?P<that> that)? (?=\S)"
)
# What cannot be all of somebody's words: "an", "support for the", and "that" with a name or noun and no verb.
BROKEN_OFF = re.compile(
    r"(?:.*\b)?(?:an?|the|of|to|in|with|for|its|their|his|her|our|and|is|are|was|were|be|been|being|has|have|had|will|would)"
    r"|that (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+)?"
)
GOES_ON = re.compile(r" [\w(“\"]")
TELLS = re.compile(r"(?i)\b(?:remind|assur|inform|notif|warn|t(?:old|ell))\w*\Z")
OPENS_THAT = re.compile(r"(?:\w+ ){1,3}(?=that \S)")
GERUND = re.compile(r"[A-Z][a-z]+ing\b")
MAIN = re.compile(r", (?=(?:the |both )?(?P<who>[\w’'. -]{2,60}?) (?:\w+ly )?\w+ed\b)")
SIDES = frozenset({"two sides", "sides", "they", "ministers", "leaders", "participants", "he", "she", "both", "it"})
NO_NAME = re.compile(r"(?:for anonymity|not to be (?:named|identified|quoted))\b|anonymity\b")
# Behind what was only named, not told in a clause, "which" opens the writer's remark: "noted concern with ..., which".
REMARK = re.compile(r", which (?=\w)|(?<! in)(?<! of)(?<! to)(?<! by)(?<! on)(?<! at) which (?=\w+s \w)")
PARTICLE = 8  # letters that the second word of a verb adds
GAP = 100  # letters that a reader may leave out between two parts of one clause


def mended(context: Context, blocks: Sequence[Block], known: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with whole cues and clauses, each with its own source; those who handed words on are told."""
    known = [without_anonymity(context.text, one) for one in known if not is_anonymity(context.text, one)]
    beside = by_block(known)
    whole = [one_piece(context, whole_cue(context, one), beside[one.block]) for one in known]
    whole = [with_all_names(context, blocks, whole_clause(context, blocks, one)) for one in whole]
    rightly = [of_main_clause(context, blocks, told_by(context, blocks, one)) for one in whole]
    beside = by_block(rightly)
    handed = [handed_on(context, one, beside[one.block]) for one in rightly]
    return [outside_cues(context.text, one, beside[one.block]) for one in handed]


def by_block(attributions: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    """The attributions by the number of their block."""
    found: dict[int, list[Attribution]] = {}
    for one in attributions:
        found.setdefault(one.block, []).append(one)
    return found


def is_anonymity(text: str, attribution: Attribution) -> bool:
    """Whether what is "asked" is only that a source stay without a name."""
    return all(NO_NAME.match(text, span.start) for span in attribution.content) and bool(attribution.content)


def without_anonymity(text: str, attribution: Attribution) -> Attribution:
    """The attribution without that its source would not be named."""
    content = tuple(span for span in attribution.content if not NO_NAME.match(text, span.start))
    return msgspec.structs.replace(attribution, content=content)


def whole_cue(context: Context, attribution: Attribution) -> Attribution:
    """The attribution with a cue that goes on to its verb: "did not" before "confirm"."""
    cue = attribution.cue
    text = context.text
    if cue is None or not HELPING.fullmatch(text, cue.start, cue.end):
        return with_particle(context, attribution)
    gap = HELPED.match(text, cue.end)
    marks = context.marks_within(Span(cue.end, cue.end + 30), CueMark) if gap else []
    verb = next((m.span for m in marks if gap and m.span.start == gap.end() and not SAYING.isdisjoint(m.classes)), None)
    if verb is None:
        return attribution
    content = tuple(Span(max(s.start, verb.end + 1), s.end) for s in attribution.content if s.end > verb.end + 1)
    if not content:
        return attribution
    return msgspec.structs.replace(attribution, cue=Span(cue.start, verb.end), content=content)


def with_particle(context: Context, attribution: Attribution) -> Attribution:
    """The attribution with a verb of two words as its cue: "call on", which the reader cut."""
    cue, content = attribution.cue, attribution.content
    if cue is None or not content or content[0].start != cue.end + 1:
        return attribution
    marks = context.marks_within(Span(cue.start, content[0].end), CueMark)
    longer = next(
        (m.span for m in marks if cue.covers(Span(m.span.start, m.span.start)) and m.span.end > cue.end), None
    )
    if longer is None or longer.start >= cue.end or longer.end + 1 >= content[0].end or longer.end > cue.end + PARTICLE:
        return attribution
    cut = (Span(longer.end + 1, content[0].end), *content[1:])
    return msgspec.structs.replace(attribution, cue=Span(cue.start, longer.end), content=cut)


def with_all_names(context: Context, blocks: Sequence[Block], attribution: Attribution) -> Attribution:
    """The attribution with the first names of a list of sources: "France," before "Germany and Britain"."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or attribution.block < 0 or " and " not in source.of(context.text):
        return attribution
    start = source.start
    for span in actors(context, blocks[attribution.block], start, FAR):
        if context.text[span.end : start] == ", ":
            start = span.start
    return msgspec.structs.replace(attribution, source=Span(start, source.end))


def one_piece(context: Context, attribution: Attribution, known: Sequence[Attribution]) -> Attribution:
    """The attribution with reported words behind its cue in one piece, where nothing of another's stands between."""
    cue, content = attribution.cue, attribution.content
    if cue is None or len(content) < 2 or attribution.rule != "statement.learned":
        return attribution
    joined = [content[0]]
    for span in content[1:]:
        gap = Span(joined[-1].end, span.start)
        apart = (
            joined[-1].start < cue.end
            or gap.end - gap.start > GAP
            or "\n" in gap.of(context.text)
            or bool(context.quotations_touching(Span(joined[-1].start, span.end)))
            or any(held.overlaps(gap) for one in known for held in (one.cue, one.source) if held)
        )
        joined[-1:] = [joined[-1], span] if apart else [Span(joined[-1].start, span.end)]
    return msgspec.structs.replace(attribution, content=tuple(joined))


def whole_clause(context: Context, blocks: Sequence[Block], attribution: Attribution) -> Attribution:
    """The attribution with all of a clause of which the learned reader took but the first words, and no adverb before."""
    text, cue = context.text, attribution.cue
    if attribution.rule != "statement.learned" or not attribution.content or cue is None:
        return attribution
    *before, last = attribution.content
    if last.start < cue.end or attribution.block < 0:
        return attribution
    adverb = OPENS_THAT.match(text, last.start, last.end) if not before else None
    if adverb and last.start == cue.end + 1 and not context.marks_within(Span(*adverb.span()), PersonMark):
        last = Span(adverb.end(), last.end) if adverb[0].startswith(("many ", "several ", "once ")) else last
    broken = BROKEN_OFF.fullmatch(text, last.start, last.end) and GOES_ON.match(text, last.end)
    whole = clause_from(context, blocks[attribution.block], last.start) if broken else None
    last = whole if whole is not None and whole.end > last.end else last
    remark = None if text.startswith("that ", last.start) else REMARK.search(text, last.start, last.end)
    if remark and not before and not context.quotations_touching(last):
        last = Span(last.start, remark.start())
    return msgspec.structs.replace(attribution, content=(*before, last))


def told_by(context: Context, blocks: Sequence[Block], attribution: Attribution) -> Attribution:
    """The attribution by the one who tells, where the one who is told was taken: "reminded the envoys that ..."."""
    cue, source, text = attribution.cue, attribution.source, context.text
    if cue is None or source is None or source.start != cue.end + 1 or not TELLS.search(text, cue.start, cue.end):
        return attribution
    who = subject(context, blocks[attribution.block], cue)
    content = tuple(span for span in attribution.content if span.start > source.end)
    if who is None or not content:
        return attribution
    return msgspec.structs.replace(attribution, source=who, content=content)


def of_main_clause(context: Context, blocks: Sequence[Block], attribution: Attribution) -> Attribution:
    """The attribution of a participle that opens its sentence by the main clause's subject: "Noting that ..., they agreed"."""
    cue, text = attribution.cue, context.text
    if cue is None or attribution.source is not None or attribution.block < 0 or not attribution.content:
        return attribution
    block = blocks[attribution.block]
    sentence = context.segments.sentences[context.sentence_at(cue.start)].span
    if cue.start != sentence.start or not GERUND.match(text, cue.start):
        return attribution
    for match in MAIN.finditer(text, attribution.content[0].start, sentence.end):
        ends = {span.end: span for span in actors(context, block, match.end("who"), match.end("who") - match.start())}
        who = ends.get(match.end("who")) or (Span(*match.span("who")) if match["who"] in SIDES else None)
        if who is not None:
            *before, last = attribution.content
            content = (*before, Span(last.start, min(last.end, match.start())))
            return msgspec.structs.replace(attribution, source=who, content=content)
    return attribution


def handed_on(context: Context, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """An attribution as the inner speaker's, where its words tell what another said; the outer one is a hand."""
    text, cue = context.text, attribution.cue
    if cue is None or attribution.source is None or not attribution.content:
        return attribution
    if QUOTED.search(text, cue.start, cue.end):
        return quoted_as_saying(text, attribution)
    before = AS.search(text, attribution.source.end, cue.start) if cue.of(text) == "saying" else None
    if before:
        source = Span(*before.span("source"))
        return msgspec.structs.replace(
            attribution, source=source, through=attribution.source, rule="statement.handed_on"
        )
    first, *rest = attribution.content
    told = TOLD.match(text, first.start, first.end)
    if told is None or told.end() >= first.end or not context.marks_within(Span(*told.span("source")), PersonMark):
        return attribution
    if any(other.cue.overlaps(Span(*told.span("cue"))) for other in others if other.cue):
        return attribution
    return inner(attribution, Span(*told.span("source")), told, (Span(told.end(), first.end), *rest))


def quoted_as_saying(text: str, attribution: Attribution) -> Attribution:
    """ "The agency quoted the envoy as saying ...": the envoy's words, before or behind."""
    for number, part in enumerate(attribution.content):
        found = AS_SAYING.search(text, part.start, min(part.end + 12, len(text)))
        if found and found.start() > part.start:
            others = (*attribution.content[:number], *attribution.content[number + 1 :])
            behind = (Span(found.end(), part.end),) if found.end() < part.end else ()
            return inner(attribution, Span(part.start, found.start()), found, (*others, *behind))
    return attribution


def inner(outer: Attribution, source: Span, match: re.Match[str], content: tuple[Span, ...]) -> Attribution:
    """What the inner speaker said, through the outer one."""
    return msgspec.structs.replace(
        outer,
        source=source,
        cue=Span(*match.span("cue")),
        content=tuple(sorted(content)) or outer.content,
        through=outer.source,
        rule="statement.handed_on",
    )


def outside_cues(text: str, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """The attribution without what its source has of another's clause: "Rubio said Lavrov" told is Lavrov's telling."""
    source = attribution.source
    if source is None or len(others) < 2:
        return attribution
    for other in others:
        if (
            other.cue is not None
            and other is not attribution
            and source.start < other.cue.start
            and source.covers(other.cue)
        ):
            start = (
                other.cue.end + len(text[other.cue.end : source.end]) - len(text[other.cue.end : source.end].lstrip())
            )
            if start < source.end:
                source = Span(start, source.end)
    return msgspec.structs.replace(attribution, source=source)
