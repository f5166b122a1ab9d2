"""How do matches become what one sentence tells of a negotiation?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from dragoman.extract.actors import codes_of, sides_of
from dragoman.extract.context import Context
from dragoman.extract.due import due_of
from dragoman.extract.ledger import Found
from dragoman.extract.negotiations.tracks import track_in
from dragoman.record.marks import AmountMark
from dragoman.record.mentions import AnyMention, NegotiationMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN

ROUND = re.compile(r"\brounds?\b", re.IGNORECASE)
AHEAD = re.compile(r"\b(?:will|would|next|planned|scheduled|is to|are to|put off|postponed|dates for)\b", re.IGNORECASE)
PART = re.compile(r"(?:first|second|third|initial) (?:tranche|phase|stage|part|instalment)\b", re.IGNORECASE)
DUTIES = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|sanctions)\b", re.IGNORECASE
)  # their deadlines are no target
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
    """Whether a number counts rounds or tranches, and a date is that of a deal and not of tariffs."""
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
    track = track_in(text, sentence.start, sentence.end) or track_in(
        text, max(0, sentence.start - NEAR), sentence.start
    )
    if track is None and any(match.rule.builds in ("rounds", "round") for match in matches):
        track = track_in(text, 0, sentence.start)  # a round is of the track that the text is about
    parties = parties_of(context, sentence, sides)
    if track is None or len(parties) < 2:
        return None
    builds = {match.rule.builds: match for match in matches}
    part = PART.search(text, sentence.start, sentence.end)
    target = (
        due_of(context, Span(first.span.start, sentence.end))
        if {"target", "date", "tranche", "progress"} & set(builds)
        else None
    )
    counted = builds.get("round")
    number = (
        number_of(context, counted) if counted and ROUND.search(text, counted.cue.start, counted.cue.end + 12) else None
    )
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
    )


def parties_of(context: Context, sentence: Span, sides: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of the sentence when they are two or the document's pair is among them, else the document's pair."""
    named = codes_of(context.actors.within(sentence))
    if len(sides) == 2 and (len(named) < 2 or set(sides) <= set(named)):
        return sides
    return named if len(named) == 2 else sides


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
    """The words that say how far the parties are, or what is in the way."""
    match = builds.get("sticking") or builds.get("progress")
    if match is None:
        return None
    span = match.sentence.span if match.rule.builds == "sticking" else match.span
    return " ".join(text[span.start : span.end].split())
