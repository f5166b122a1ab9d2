"""What became of a promise: who did, put off or called off what? The linker looks for the promise that it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.actors import codes_of
from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.record.marks import PlaceMark
from dragoman.record.mentions import CommitmentMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span

NOT_YET = re.compile(
    r"\b(?:if|unless|until|before|once|when|after|would|could|should|may|might|will|shall|must|can|nor|neither|"
    r"hoped?|expected|denie[sd]|denying|n[o\u2019']t|not|never|yet)\b[^,.;]{0,60}$",
    re.IGNORECASE,
)
PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|get|got)\b[^,.;]{0,20}$")
CLAUSE = re.compile(r"[,.;:\u2014\u201d\u201c\"]")
SPACES = re.compile(r"\s+")
LONGEST = 160
WAS_TO_HAVE = "commitment.was_to_have"
FEWEST_WORDS = 2


def outcomes_in(context: Context, found: Sequence[Found], sides: tuple[str, ...]) -> list[CommitmentMention]:
    """One mention for each deed done, put off or called off by somebody; the first of a sentence about one thing."""
    mentions: list[CommitmentMention] = []
    for match in found:
        mention = outcome_of(context, match, sides)
        if mention is None:
            context.trace.add(match.firing(Outcome.DROPPED, "nobody did this, or it was not done"))
            continue
        context.trace.add(match.firing())
        mentions.append(mention)
    return mentions


def outcome_of(context: Context, match: Found, sides: tuple[str, ...]) -> CommitmentMention | None:
    """What one match says was done; None where it was not done or nobody stands there."""
    sentence, text = match.sentence.span, context.text
    if NOT_YET.search(text, sentence.start, match.span.start):
        return None
    if match.rule.builds == "visited":
        return visit_of(context, match)
    acts = match.cue.of(text).endswith("ing")
    passive = match.rule.builds == "was_done" or (
        not acts and bool(PASSIVE.search(text, sentence.start, match.cue.start))
    )
    place = before(text, match) if passive else after(text, match)
    if match.rule.name == WAS_TO_HAVE:
        place = Span(place.start, min(sentence.end, place.start + LONGEST))
    words = SPACES.sub(" ", place.of(text)).strip(" ,;:.")
    subject = [] if passive else context.actors.subject(sentence, match.cue.start)
    named = codes_of(context.actors.within(sentence))
    who = codes_of(subject) or (named if passive and len(named) > 1 else sides)
    if not who or len(words.split()) < FEWEST_WORDS:
        return None
    return CommitmentMention(
        span=sentence,
        rule=match.rule.name,
        who=who,
        beneficiary=tuple(code for code in named if code not in who),
        what=f"{match.cue.of(text)} {words}" if passive else words,
        step=str(match.rule.values["step"]),
    )


def visit_of(context: Context, match: Found) -> CommitmentMention | None:
    """A visit of one named person to another's country, which may answer an invitation."""
    where = match.slot("where")
    subject = context.actors.subject(match.sentence.span, match.cue.start)
    if where is None or len(subject) != 1 or subject[0].kind != "person" or len(subject[0].parties) != 1:
        return None
    places = [mark.country for mark in context.marks_within(where, PlaceMark) if mark.country]
    hosts = codes_of(context.actors.within(where)) or tuple(places[:1])
    if len(hosts) != 1 or hosts == subject[0].parties:
        return None
    return CommitmentMention(
        span=match.sentence.span,
        rule=match.rule.name,
        who=tuple(sorted({*subject[0].parties, *hosts})),
        beneficiary=hosts,
        what=f"visit {where.of(context.text)}: {subject[0].name}",
        step=str(match.rule.values["step"]),
    )


def before(text: str, match: Found) -> Span:
    """The words of the clause that stand before its verb: what was done, in a passive."""
    start = match.sentence.span.start
    return Span(max(start, match.cue.start - LONGEST), match.cue.start)


def after(text: str, match: Found) -> Span:
    """The words from the verb to the end of the clause: what was done, in an active."""
    start = match.span.end if match.rule.builds == "kept" else match.cue.start
    end = CLAUSE.search(text, start, match.sentence.span.end)
    return Span(start, min(end.start() if end else match.sentence.span.end, start + LONGEST))
