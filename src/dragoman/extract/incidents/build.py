"""How does a match become an incident: kind, who did it, to whom, when and where?

What is written down as done must be told as done, by somebody or to somebody who is named: where the words leave that
open there is no incident.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dragoman.extract.actors import codes_of
from dragoman.extract.context import Context
from dragoman.extract.incidents.happened import (
    BODILY,
    NO_FORCE,
    WEAPONS,
    did_happen,
    forms_of,
    hits_a_body,
    rest_of_clause,
)
from dragoman.extract.incidents.sides import (
    behind_by,
    between,
    borne_by,
    day_of_deed,
    day_of_noun,
    is_passive,
    object_of,
    owner_of,
    place_of,
    subject_of,
    without,
)
from dragoman.extract.ledger import Found
from dragoman.record.marks import PlaceMark
from dragoman.record.mentions import IncidentMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span
from dragoman.record.when import When

ENVOY = re.compile(
    r"\b(?:ambassadors?|envoys?|charg[eé]|diplomats?|high commissioners?|consuls?|attach[eé]s?)\b", re.IGNORECASE
)
HEADLINE_GAP = re.compile(r"\s?$")
DONE = frozenset({"past", "participle"})
STOPPAGE = re.compile(
    r"\b(?:go|goes|going|went|gone|stay(?:ed)?|are|were|out)\son\s$|\bon\s$", re.IGNORECASE
)  # those who stop work
# What these verbs must have as their object to tell of a deed between states.
OBJECTS = {
    "incident.severed": re.compile(r"(?:\s[\w-]+){0,2}\s(?:diplomatic|consular) (?:relations|ties)\b"),
    "incident.released": re.compile(
        r"(?:\s[\w-]+){0,5}\s(?:prisoners?|detainees?|hostages?|captives?|sailors|fishermen|soldiers?|tourists|nationals|citizens|pilots?|crew)\b"
    ),
    "incident.swapped": re.compile(r"(?:\s[\w-]+){0,4}\s(?:prisoners|captives|detainees|hostages|bodies)\b"),
    "incident.missile_fired": re.compile(
        r"(?:\s[\w-]+){0,4}\s(?:missiles?|rockets)\b(?! (?:museum|programme|program|strike|attack))"
    ),
}
BLOWS = frozenset({"strike", "seizure"})
NEXT_WORDS = 40
HOUSE = re.compile(r"\b(?:embass(?:y|ies)|consulates?|missions?|high commissions?)\b", re.IGNORECASE)
HAPPENS = re.compile(
    r"\s(?:has |have |had )?(?:hit|killed|struck|left|wounded|injured|destroyed|damaged|broke out|erupted|resumed|went on|continued|"
    r"took effect|came into (?:force|effect)|took hold|came|began|was (?:reached|agreed|announced|declared)|held|holds)\b"
)


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
    """The incident of one match; None when it is only feared or nobody is concerned."""
    needed = OBJECTS.get(match.rule.name)
    if needed is not None and not needed.match(context.text, match.cue.end, match.sentence.span.end):
        return None
    return READERS[match.rule.builds](context, match, kind)


def deed(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A verb in the past with its subject, or in the present beside it, as headlines put it."""
    text, cue = context.text, match.cue
    if not did_happen(context, match, noun=False):
        return None
    forms = forms_of(context, cue) or DONE
    if forms & DONE and is_passive(text, match):
        return suffered(context, match, kind)
    subject = subject_of(context, match, match.span.start)
    doers = codes_of(subject)
    if not doers or len(doers) > 2 or not (forms & DONE or beside(text, subject[-1].span.end, cue.start, forms)):
        return None
    if match.rule.builds == "armed" and not WEAPONS.search(text, subject[-1].span.end, cue.start):
        return None
    if kind in BLOWS and not hits_a_body(context, match):
        return None
    targets = without(object_of(context, match), doers)
    when = day_of_deed(context, match)
    return mention_of(context, match, kind, doers, targets, when) if targets or when.known else None


def beside(text: str, end: int, at: int, forms: frozenset[str]) -> bool:
    """Whether a verb in the present stands right behind its subject."""
    return "present" in forms and bool(HEADLINE_GAP.fullmatch(text, end, at))


def suffered(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A passive with the one behind "by", or of one state's people in another; a blow falls on what can be hit."""
    sentence, cue = match.sentence.span, match.cue
    doers = behind_by(context, match)
    ahead = Span(max(sentence.start, cue.start - NEXT_WORDS), cue.start)
    people = codes_of([a for a in context.actors.within(ahead) if len(a.parties) == 1 and a.kind != "person"][-1:])
    there = object_of(context, match)
    if kind in BLOWS and not BODILY.search(context.text, ahead.start, ahead.end):
        return None
    targets = without(people or there, doers)
    when = day_of_deed(context, match)
    if not targets or not (doers or (when.known and people and there and people != there)):
        return None
    return mention_of(context, match, kind, doers, targets, when)


def event(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A noun with its owner and its day, or with what it did: "Israeli air strikes hit", "the attack of 22 April in"."""
    text, cue = context.text, match.cue
    if NO_FORCE.search(text, max(match.sentence.span.start, cue.start - 20), cue.start) or STOPPAGE.search(
        text, max(match.sentence.span.start, cue.start - 20), cue.start
    ):
        return None
    if not did_happen(context, match, noun=True):
        return None
    both = between(context, match)
    doers = both or owner_of(context, match) or behind_by(context, match)
    targets = () if both else without(borne_by(context, match), doers)
    when = day_of_noun(context, match)
    happens = bool(doers) and comes_about(context, match)
    if happens and not when.known:
        when = day_of_deed(context, match)
        targets = targets or without(object_of(context, match), doers)
    if not (doers or targets) or not (when.known or (happens and targets)):
        return None
    return mention_of(context, match, kind, doers, targets, when)


def clash(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """Two parties that fight each other: as subject of the verb, or behind "between"."""
    if not did_happen(context, match, noun=False):
        return None
    sides = between(context, match) or owner_of(context, match)
    when = day_of_noun(context, match)
    if len(sides) < 2 and "past" in forms_of(context, match.cue):
        subject = codes_of(subject_of(context, match, match.span.start)) or owner_of(context, match)
        sides = subject + without(object_of(context, match), subject)
        when = day_of_deed(context, match)
    return mention_of(context, match, kind, sides, (), when) if len(sides) > 1 else None


def swap(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """Two parties that hand over to each other those whom they held."""
    sides = codes_of(subject_of(context, match, match.span.start))
    if len(sides) != 2 or not did_happen(context, match, noun=False):
        return None
    when = day_of_deed(context, match)
    return mention_of(context, match, kind, sides, (), when) if when.known else None


def ceasefire(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A ceasefire that came about: of a day, or one that both parties made or that began."""
    cue = match.cue
    verb = match.slot("verb")
    if not did_happen(context, match, noun=verb is None):
        return None
    sides = between(context, match) or owner_of(context, match)
    if verb:
        sides = sides or codes_of(subject_of(context, match, verb.start))
    sentence = match.sentence.span
    near = Span(max(sentence.start, cue.start - NEXT_WORDS), min(sentence.end, cue.end + 3 * NEXT_WORDS))
    sides = sides or codes_of(context.actors.within(near))
    happens = verb is not None or comes_about(context, match)
    when = day_of_deed(context, match) if happens else day_of_noun(context, match)
    if len(sides) < 2 or len(sides) > 3 or not (when.known or happens):
        return None
    return mention_of(context, match, kind, sides, (), when)


def comes_about(context: Context, match: Found) -> bool:
    """Whether the noun, or the parties behind its "between", stand before a verb of beginning or holding."""
    end = min(match.sentence.span.end, match.cue.end + 2 * NEXT_WORDS)
    near = Span(match.cue.end, end)
    behind = [actor.span.end for actor in context.actors.within(near) if actor.parties]
    behind += [mark.span.end for mark in context.marks_within(near, PlaceMark)]
    return any(HAPPENS.match(context.text, at) for at in (match.cue.end, *behind))


def envoy(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A state that recalls its own envoy, or summons or expels another's."""
    text, cue = context.text, match.cue
    clause = rest_of_clause(text, cue.end, match.sentence.span.end)
    if not did_happen(context, match, noun=False) or not ENVOY.search(text, clause.start, clause.end):
        return None
    forms = forms_of(context, cue)
    subject = subject_of(context, match, match.span.start)
    doers = codes_of(subject)
    if len(doers) != 1 or not (forms & DONE or not forms or beside(text, subject[-1].span.end, cue.start, forms)):
        return None
    targets = without(object_of(context, match), doers)
    return mention_of(context, match, kind, doers, targets, day_of_deed(context, match)) if targets else None


def unwelcome(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """A state that declares another's diplomats unwanted, or orders them to leave."""
    verb = match.slot("verb")
    if verb is None or not did_happen(context, match, noun=False):
        return None
    within = Span(verb.end, match.cue.end)
    doers = codes_of(subject_of(context, match, verb.start))
    targets = without(codes_of(context.actors.within(within)), doers)
    if len(doers) != 1 or len(targets) != 1 or not ENVOY.search(context.text, within.start, within.end):
        return None
    return mention_of(context, match, kind, doers, targets, day_of_deed(context, match))


def protest(context: Context, match: Found, kind: str) -> IncidentMention | None:
    """People before an embassy on some day; whose embassy it is, they protest against."""
    if not did_happen(context, match, noun=False):
        return None
    house = match.slot("house")
    if house is None or not HOUSE.search(text := context.text, house.start, house.end + 1):
        return None
    end = rest_of_clause(text, house.start, match.sentence.span.end).end
    owner = context.actors.within(Span(max(match.cue.end, house.start - NEXT_WORDS // 2), end))
    targets = codes_of([a for a in owner if len(a.parties) == 1][:1])
    when = day_of_deed(context, match)
    return mention_of(context, match, kind, (), targets, when) if targets and when.known else None


def mention_of(
    context: Context, match: Found, kind: str, actors: tuple[str, ...], targets: tuple[str, ...], when: When
) -> IncidentMention:
    """The incident on its sentence."""
    return IncidentMention(
        span=match.sentence.span,
        rule=match.rule.name,
        kind=kind,
        actors=tuple(dict.fromkeys(actors)),
        targets=targets,
        when=when,
        place=place_of(context, match),
    )


READERS: dict[str, Callable[[Context, Found, str], IncidentMention | None]] = {
    "armed": deed,
    "deed": deed,
    "event": event,
    "clash": clash,
    "ceasefire": ceasefire,
    "envoy": envoy,
    "envoy_out": unwelcome,
    "protest": protest,
    "swap": swap,
}
