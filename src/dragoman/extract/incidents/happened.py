"""Did it happen? What is feared, threatened, asked about, compared or prevented is no incident."""

from __future__ import annotations

import re

from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.record.marks import CueMark, PlaceMark
from dragoman.record.span import Span

BEFORE_DEED = re.compile(
    r"\b(?:if|unless|whether|until|could|would|will|might|(?-i:may)|should|must|shall|cannot|can|to|not|never|nor|neither|threat\w*|"
    r"fear\w*|risk\w*|prevent\w*|avoid\w*|deter\w*|event|denie[sd]|deny\w*|plot\w*|plan\w*|likely|about to|ready to|in case|had "
    r"(?:feared|planned)|those|who|whom|whoever|anyone|any|as though|as if)\b[^,.;:]{0,28}$|n['’]t\b[^,.;:]{0,28}$",
    re.IGNORECASE,
)
BEFORE_NOUN = re.compile(
    r"\b(?:if|unless|whether|could|would|might|(?-i:may)|should|threat\w*|warn\w*|fear\w*|risk\w*|prevent\w*|avoid\w*|deter\w*|deny\w*|"
    r"denie[sd]|plot\w*|plan\w*|call\w* for|case of|event of|possib\w+|expect\w*|potential|future|imminent|any|another|further|new|no|"
    r"an end to|counter\w*)\b[^,.;:]{0,24}$",
    re.IGNORECASE,
)
NO_FORCE = re.compile(  # other attacks and strikes, in words before the noun
    r"\b(?:heart|panic|ransomware|cyber|cyber-|verbal|personal|political|scathing|blistering|fierce|labou?r|general|hunger|"
    r"workers['’]?|union|pilots['’]?|rail|lightning|lucky|pre-?emptive)[\s-]$",
    re.IGNORECASE,
)
WEAPONS = re.compile(
    r"\b(?:missiles?|drones?|jets?|warplanes?|warships?|planes?|aircraft|forces?|troops|soldiers|army|navy|artillery|shells|rockets?|"
    r"bombs?|bombers|gunners|snipers|airstrikes?|strikes?|fire|militar(?:y|ies)|guards?|police)\b",
    re.IGNORECASE,
)
WORDS_BEHIND_BLOW = re.compile(  # "struck a patient note", "strikes a balance", "struck by the warmth"
    r"\s(?:(?:an?|the|any|such|up|out|upon|by)\b|\w+ (?:deals?|balance|tones?|notes?|chords?|agreements?|bargains?|accords?))",
    re.IGNORECASE,
)
BODILY = re.compile(  # what a blow of force can hit
    r"\b(?:sites?|targets?|bases?|camps?|towns?|city|cities|villages?|ports?|hospitals?|schools?|depots?|convoys?|ships?|vessels?|"
    r"tankers?|buildings?|homes?|houses?|airports?|airfields?|positions?|infrastructure|plants?|refiner(?:y|ies)|facilit(?:y|ies)|"
    r"embass(?:y|ies)|consulates?|headquarters|troops|soldiers?|forces|civilians?|markets?|bridges?|dams?|stations?|"
    r"militants?|tunnels?|warehouses?|outposts?|districts?|neighbou?rhoods?|trucks?|jets?|aircraft|launchers?|arsenals?|silos?|"
    r"hills?|islands?|strongholds?|capital|coast|border|posts?)\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"[,;.:–—\n]|\b(?:that|which|who|after|before|because|while|when|but|although|though|over)\b")
OWNS = re.compile(r"['’]s?\s")
REACH = 60


def did_happen(context: Context, match: Found, *, noun: bool) -> bool:
    """Whether the sentence tells the deed as done, and not as wished, feared, asked or denied."""
    sentence, text, cue = match.sentence.span, context.text, match.slot("verb") or match.cue
    if text[sentence.start : sentence.end].rstrip(" ”\"'’)").endswith("?"):
        return False
    sign = BEFORE_NOUN if noun else BEFORE_DEED
    return not sign.search(text, max(sentence.start, cue.start - REACH), cue.start)


def forms_of(context: Context, cue: Span) -> frozenset[str]:
    """The forms in which the cue's word can stand: past, present, noun, ..."""
    return frozenset(mark.form for mark in context.marks_within(cue, CueMark) if mark.span == cue)


def rest_of_clause(text: str, at: int, end: int) -> Span:
    """From a place to the end of its clause."""
    stop = CLAUSE_END.search(text, at, end)
    return Span(at, stop.start() if stop else end)


def hits_a_body(context: Context, match: Found) -> bool:
    """Whether a blow falls on something that can be hit: a thing of the ground, a place or a state."""
    text, cue = context.text, match.cue
    clause = rest_of_clause(text, cue.end, match.sentence.span.end)
    if BODILY.search(text, clause.start, clause.end):
        return True
    if WORDS_BEHIND_BLOW.match(text, cue.end):
        return False
    direct = Span(cue.end, min(clause.end, cue.end + 24))
    places = [mark for mark in context.marks_within(direct, PlaceMark) if not mark.venue]
    return bool(places) or any(
        a.parties and a.kind in ("party", "group") and not OWNS.match(text, a.span.end)
        for a in context.actors.within(direct)
    )
