"""How do matches become what one sentence tells of a negotiation?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from dragoman.extract.actors import codes_of, sides_of
from dragoman.extract.context import Context
from dragoman.extract.due import due_of
from dragoman.extract.ledger import Found
from dragoman.extract.negotiations.tracks import last_track, track_in, tracks_before
from dragoman.record.marks import AmountMark, MechanismMark, PersonForm, PersonMark
from dragoman.record.mentions import AnyMention, NegotiationMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When

ROUND = re.compile(r"\brounds?\b", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:will|would|next|planned|scheduled|is to|are to|put off|postponed|dates for|propos\w+|offer\w*|agreed to hold|due|"
    r"expected|cancelled|canceled|called off|ready for|set for)\b",
    re.IGNORECASE,
)
LEFT = re.compile(  # the words that belong to a wording of progress before its cue
    r"(?:\b(?:failed|fail|want|wants|wanted|hope|hopes|hoped|aim|aims|agreed|tried|trying|seek|seeks|close|closer|near|ready|are|is|"
    r"were|was|remain|remains|remained|been|be|have|has|had|to|made|make|making|not|still|very|some|no|little|without|any|a|an|the|"
    r"cautiously|almost|in|at|within|finally|just|both|hopeful)\s+)+$"
)
TALKS = re.compile(
    r"\b(?:talks|negotiat\w+|rounds?|deal|pact|treaty|accord|agreement|truce|draft|mediation|delegations?|chapters?)\b",
    re.IGNORECASE,
)
CHAPTERS = re.compile(r"\b(?:chapters|articles|points|issues|paragraphs)\b", re.IGNORECASE)
CLOSED, LEADS, PUT_OFF = "negotiation.chapters_closed", "negotiation.leads", "negotiation.put_off"
EXTENDED = "negotiation.extended"
FORUMS = frozenset({"APEC", "G7", "G20", "UN", "QUAD", "BRICS", "SCO", "OSCE"})  # hosts of a meeting, no side of a deal
ALSO = re.compile(r"(?:,| and|, and|['’]s?)(?: [\w’']+){0,3}? by | and (?:[\w’']+ )?|, ")
REMAINS = re.compile(r",?\s(?:is|are|was|were|remains?|remained)\s", re.IGNORECASE)
OVER = re.compile(r"\s*(?:over|on|about|of|between)\s(?!contention)")
NEGOTIATOR = re.compile(r"\bnegotiators?\b", re.IGNORECASE)
ENDS = " \t\n,;:.“”\"'‘’"
PART = re.compile(r"(?:first|second|third|initial) (?:tranche|phase|stage|part|instalment)\b", re.IGNORECASE)
DUTIES = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|sanctions)\b", re.IGNORECASE
)  # their deadlines are no target
TRADE = "bilateral trade agreement"
OF_TRADE = re.compile(r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))\b", re.IGNORECASE)
NEAR = 400  # characters before a sentence in which its track may have been named


def negotiations_in(context: Context, before: Sequence[AnyMention], found: Sequence[Found]) -> list[NegotiationMention]:
    """One mention for each sentence that tells something of a known track."""
    sides = sides_of(before, context.actors.parties)
    mentions: list[NegotiationMention] = []
    for _, group in groupby(found, key=lambda match: match.number):
        matches = [match for match in group if counts(context, match)]
        mention = negotiation_of(context, matches, sides) if matches else None
        if mention is None:
            context.trace.add(*(match.firing(Outcome.DROPPED, "no track of negotiation") for match in matches))
            continue
        context.trace.add(*(match.firing() for match in matches))
        mentions.append(mention)
    return mentions


def counts(context: Context, match: Found) -> bool:
    """Whether a number counts rounds or tranches, a date is that of a deal and not of tariffs, and no round is told as the deal."""
    if match.rule.name == CLOSED:
        return CHAPTERS.search(context.text, match.span.start, match.span.end) is not None
    if match.rule.name == LEADS:
        end = min(match.cue.end + 60, match.sentence.span.end)
        return TALKS.search(context.text, match.cue.end, end) is not None
    if match.rule.builds == "progress":
        return not ROUND.search(context.text, match.cue.end, match.span.end)
    if match.rule.builds == "date":
        return not DUTIES.search(context.text, match.sentence.span.start, match.sentence.span.end)
    if match.rule.builds not in ("rounds", "round"):
        return True
    end = min(match.cue.end + 12, match.sentence.span.end)
    return bool(ROUND.search(context.text, match.cue.start, end) or PART.match(context.text, match.cue.start, end))


def negotiation_of(context: Context, matches: Sequence[Found], sides: tuple[str, ...]) -> NegotiationMention | None:
    """What the matches of one sentence tell together."""
    first = matches[0]
    sentence = first.sentence.span
    text = context.text
    builds = {match.rule.builds: match for match in reversed(matches)}
    track = track_of(text, sentence, counted="rounds" in builds or "round" in builds)
    parties = parties_of(context, sentence, sides)
    if track is None or len(parties) < 2:
        return None
    part = PART.search(text, sentence.start, sentence.end)
    dated = part is not None or not {"target", "date", "tranche"}.isdisjoint(builds)
    dated = dated or ("progress" in builds and "round" not in builds)
    target = due_of(context, Span(first.span.start, sentence.end)) if dated else None
    runs = "progress" in builds and builds["progress"].rule.name == EXTENDED  # until when a truce holds is no target
    if runs or (target and target[1] and is_past(context, target[1])):
        target = None
    counted = builds.get("round")
    number = (
        number_of(context, counted) if counted and ROUND.search(text, counted.cue.start, counted.cue.end + 12) else None
    )
    mechanisms = context.marks_within(sentence, MechanismMark)
    return NegotiationMention(
        span=sentence,
        rule=first.rule.name,
        track=track,
        parties=parties,
        rounds=number_of(context, builds.get("rounds")) or (number if number and not ahead(text, sentence) else None),
        round_number=number,
        tranche=tranche_of(text, builds.get("tranche")) or (part[0].casefold() if part else None),
        target=target[1] if target and target[1] else UNKNOWN_WHEN,
        progress=progress_of(text, builds),
        sticking=sticking_of(text, builds.get("sticking")),
        leads=leads_of(context, sentence, [match for match in matches if match.rule.builds == "lead"]),
        mechanism=mechanisms[0].name if mechanisms else None,
    )


def track_of(text: str, sentence: Span, *, counted: bool) -> str | None:
    """The track that the sentence names, else the last one named shortly before it; a round, and a sentence that speaks
    of talks or a deal, is of the last one named anywhere before. What turns on tariffs is of the trade track, if there is one."""
    named = track_in(text, sentence.start, sentence.end)
    if named is not None:
        return named
    if OF_TRADE.search(text, sentence.start, sentence.end) and TRADE in tracks_before(text, sentence.start):
        return TRADE
    far = counted or TALKS.search(text, sentence.start, sentence.end) is not None
    return last_track(text, 0 if far else max(0, sentence.start - NEAR), sentence.start)


def is_past(context: Context, when: When) -> bool:
    """Whether a date is not after the day of publication: the day on which the talks ended, and no target."""
    printed = context.document.published.end
    return printed is not None and when.end is not None and when.end <= printed


def parties_of(context: Context, sentence: Span, sides: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of the sentence when they are two or the document's pair is among them, else the document's pair."""
    sides = without_forums(sides)
    named = without_forums(codes_of(context.actors.within(sentence)))
    if len(sides) == 2 and (len(named) < 2 or set(sides) <= set(named)):
        return sides
    return named if len(named) == 2 else sides


def without_forums(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The parties without the forums at whose meetings they talk, where two remain."""
    rest = tuple(code for code in codes if code not in FORUMS)
    return rest if len(rest) > 1 else codes


def ahead(text: str, sentence: Span) -> bool:
    """Whether the sentence speaks of a round to come."""
    return bool(AHEAD.search(text, sentence.start, sentence.end))


def number_of(context: Context, match: Found | None) -> int | None:
    """The number of rounds, or of the round."""
    if match is None:
        return None
    amounts = context.marks_within(match.cue, AmountMark)
    value = amounts[0].value if amounts else None
    return int(value) if value is not None and 0 < value < 100 else None


def tranche_of(text: str, match: Found | None) -> str | None:
    """The part that is to come first: "first tranche"."""
    stage = match.slot("stage") if match else None
    return text[stage.start : match.cue.end].casefold() if match and stage else None


def progress_of(text: str, builds: dict[str, Found]) -> str | None:
    """The words that say how far the parties are."""
    match = builds.get("progress")
    if match is None:
        return None
    start = match.cue.start if match.rule.name == PUT_OFF else match.span.start
    before = LEFT.search(text, match.sentence.span.start, start)
    return " ".join(text[before.start() if before else start : match.span.end].split()).removesuffix(" over")


def sticking_of(text: str, match: Found | None) -> str | None:
    """What is in the way: the subject of "remains the sticking point", what "differences over" names, else the sentence."""
    if match is None:
        return None
    start, end = match.sentence.span.start, match.sentence.span.end
    over = OVER.match(text, match.cue.end, end)
    named = [*REMAINS.finditer(text, start, match.cue.start)]
    if over:
        start = over.end()
    elif named and match.cue.start - named[-1].end() < 40:
        end = named[-1].start()
    return " ".join(text[start:end].split()).strip(ENDS)


def leads_of(context: Context, sentence: Span, matches: Sequence[Found]) -> tuple[str, ...]:
    """Who leads the talks: persons named with "led by", and those whose office is that of a negotiator."""
    spans = [slot for match in matches if (slot := match.slot("who"))]
    marks = [mark for mark in context.marks_within(sentence, PersonMark) if mark.form is PersonForm.FULL]
    chosen: list[PersonMark] = []
    for mark in marks:
        told = any(span.covers(mark.span) or mark.span.covers(span) for span in spans)
        office = NEGOTIATOR.search(context.text, mark.span.start, mark.span.end)
        if told or office or also_leads(context.text, chosen, mark):
            chosen.append(mark)
    named = [context.people[number].name for mark in chosen for number in mark.people[:1]]
    return tuple(dict.fromkeys(named))


def also_leads(text: str, chosen: Sequence[PersonMark], mark: PersonMark) -> bool:
    """Whether the person is joined to one who leads: "and Umerov", "the Ukrainian one by Umerov"."""
    return bool(chosen) and ALSO.fullmatch(text, chosen[-1].span.end, mark.span.start) is not None
