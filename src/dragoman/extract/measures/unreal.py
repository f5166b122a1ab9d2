"""Is a measure told as a fact, or only asked about, denied, wished for or spoken of in passing?"""

from __future__ import annotations

import re

from dragoman.record.span import Span

NEGATED = re.compile(
    r"\b(?:not|never|n['’]t|without|refus\w+ to|declin\w+ to)\s(?:(?:yet|also|even|be|been|formally|ever)\s)*$|\bno\s(?:[a-z-]+\s)?$"
)
ENDS_IT = re.compile(r"\b(?:lift|eas|remov|revok|drop|withdraw|suspend|scrap|relax|end|rescind|waiv)\w*\b")
WISHED = re.compile(
    r"\b(?:urg(?:e|es|ed|ing)|appeal(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on|upon)|demand(?:s|ed|ing)?|"
    r"favou?r(?:s|ed|ing)?|advocat\w+|recommend\w*|lobb(?:y|ied|ying)|authori[sz](?:e|es|ed|ing)|would like|press(?:ed|ing)? for|"
    r"encourag\w+|subject to|risk(?:s|ing)? of|talk of|idea of|possibility of|prospect of|question of|(?:asks?|asked|asking|wants?|wanted)(?= (?!to\b)[A-Za-z]))\b[^.;,\n]{0,90}$"
)
PASSED_BY = re.compile(  # what is done to a measure that somebody else made
    r"\b(?:circumvent|evad|undermin|violat|compl(?:y|ies|ied|ying)|skirt|flout|backfill|join|enforc|implement|bust|dodg|bypass|"
    r"escap|avoid|coordinat|align\w* (?:itself|themselves)? ?with|support|back)(?:e|es|ed|s|ing|ion|ting)?\b[^.;,]{0,40}$"
)
MODIFIER = re.compile(r"[\w.]{2}[-–‑]$|\b[Ss]pecially\s$")
TRADE = re.compile(
    r"\b(?:tariff|dut(?:y|ies)|sanction|lev(?:y|ies)|quota|visa|control|embargo|ban|restriction|curb|customs)s?\b"
)


def untold(text: str, sentence: Span, act: Span, cue: Span, *, rated: bool) -> bool:
    """Whether the words are a question, a denial, a wish for the measure, or name persons as under one already."""
    if MODIFIER.search(text, max(sentence.start, cue.start - 12), cue.start):
        return True
    if NEGATED.search(text, max(sentence.start, act.start - 30), act.start):
        return not stands(text, sentence, act)
    if WISHED.search(text, max(sentence.start, act.start - 120), act.start):
        return True
    return not rated and text[sentence.start : sentence.end].rstrip("”\"') ").endswith("?")


def stands(text: str, sentence: Span, act: Span) -> bool:
    """Whether the text denies the end of a measure: "has not lifted its sanctions"."""
    denied = NEGATED.search(text, max(sentence.start, act.start - 30), act.start)
    return denied is not None and ENDS_IT.match(text, act.start) is not None


def passed_by(text: str, sentence: Span, act: Span) -> bool:
    """Whether the subject evades, joins or enforces the measure of another, and so is not the one who imposes it."""
    return PASSED_BY.search(text, max(sentence.start, act.start - 60), act.start) is not None


def of_trade(text: str, sentence: Span) -> bool:
    """Whether a sentence speaks of duties or sanctions at all, so that a waiver in it is one from these."""
    return TRADE.search(text, sentence.start, sentence.end) is not None
