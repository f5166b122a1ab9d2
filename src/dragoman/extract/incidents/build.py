"""How does a match become an incident: kind, who did it, to whom, when and where?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.actors import codes_of
from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.record.marks import PlaceMark, TimeMark, TimeType
from dragoman.record.mentions import IncidentMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When

NOT_DONE = re.compile(
    r"\b(?:if|could|would|will|might|may|should|threat\w*|warn\w*|fears?|risk\w*|prevent\w*|avoid\w*|against|counter\w*|"
    r"stop|end|call\w* for|deter\w*|denied|condemn\w*)\b[^.;]{0,40}$",
)
FIGURATIVE = re.compile(
    r"\s(?:an? |the )?(?:\w+ )?(?:deal|balance|agreement|tone|bargain|accord|chord)\b", re.IGNORECASE
)
ENVOY = re.compile(r"[^.;]{0,30}\b(?:ambassador|envoy|charg[eé]|diplomat)", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween (?:the )?$")
BY = re.compile(r"\bby (?:the )?$")
AT = re.compile(r"\b(?:in|on|against|at|near|over|into|of|from)\s+(?:the |a |nine |several )?(?:[\w’'-]+ ){0,2}$")
NEAR = 60


def incidents_in(context: Context, found: Sequence[Found]) -> list[IncidentMention]:
    """The incidents that the matches stand for, one of each kind in a sentence."""
    mentions: list[IncidentMention] = []
    seen: set[tuple[int, str]] = set()
    for match in found:
        key = (match.number, str(match.rule.values.get("kind", "")))
        mention = None if key in seen else incident_of(context, match, key[1])
        if mention is None:
            context.trace.add(match.firing(Outcome.DROPPED, "no party did it, or it did not happen"))
            continue
        seen.add(key)
        context.trace.add(match.firing())
        mentions.append(mention)
    return mentions


def incident_of(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """The incident of one match; None when it is only feared or no party is concerned."""
    sentence, cue, text = match.sentence.span, match.cue, context.text
    if NOT_DONE.search(text, max(sentence.start, cue.start - NEAR), cue.start):
        return None
    if (kind == "strike" and FIGURATIVE.match(text, cue.end)) or (kind == "recall" and not ENVOY.match(text, cue.end)):
        return None
    actors = doers(context, match)
    targets = tuple(code for code in bearers(context, match) if code not in actors)
    when = day_of(context, sentence)
    if not actors and not (targets and when.known):
        return None
    places = [
        m for m in context.marks_within(Span(cue.end, sentence.end), PlaceMark) if m.span.start - cue.end < 2 * NEAR
    ]
    return IncidentMention(
        span=sentence,
        rule=match.rule.name,
        kind=kind,
        actors=actors,
        targets=targets,
        when=when,
        place=places[0].name if places else None,
    )


def doers(context: Context, match: Found) -> tuple[str, ...]:
    """The subject of the deed, the one in whose name it is ("Indian strikes"), or the one behind "by"."""
    actors, sentence, cue = context.actors, match.sentence.span, match.cue
    if match.rule.builds != "event":
        return codes_of(actors.subject(sentence, match.span.start))
    for actor in actors.within(Span(cue.end, min(sentence.end, cue.end + NEAR))):
        if BY.search(context.text, cue.end, actor.span.start):
            return actor.parties
        if BETWEEN.search(context.text, cue.end, actor.span.start):
            return codes_of(actors.within(Span(actor.span.start, min(sentence.end, actor.span.end + NEAR))))
    before = actors.nearest(sentence, cue.start)
    if before and cue.start - before.span.end < NEAR // 3:
        return before.parties
    return codes_of(actors.subject(sentence, cue.start))


def bearers(context: Context, match: Found) -> tuple[str, ...]:
    """The parties behind the deed's preposition, or its object."""
    sentence, cue = match.sentence.span, match.cue
    found = context.actors.within(Span(cue.end, min(sentence.end, cue.end + 2 * NEAR)))
    placed = [a for a in found if AT.search(context.text, cue.end, a.span.start) or match.rule.builds != "event"]
    return codes_of(placed[:2])


def day_of(context: Context, sentence: Span) -> When:
    """The first past day or interval that the sentence names."""
    published = context.document.published.end
    for time in context.marks_within(sentence, TimeMark):
        known = time.type in (TimeType.DATE, TimeType.TIME) and time.when.start is not None
        if known and (published is None or time.when.start is None or time.when.start <= published):
            return time.when
    return UNKNOWN_WHEN
