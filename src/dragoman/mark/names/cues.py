"""On which words can a rule hang?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dragoman.lexicon.entries import Cue, Hit
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.record.marks import CueMark

AUXILIARY = re.compile(
    r"\b(?:has|have|had|having|be|been|being|is|are|was|were|get|gets|got|[’']ve|[’']s|[’']d)\s+"
    r"(?:(?:\w+ly|also|not|since|already|now|never|yet|first|been|being|just|always|so|far|again)\s+){0,2}$"
)
NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|any|some|no|each|every|another|first|second|"
    r"third|last|next|previous|recent|official|bilateral|trilateral|joint|high-level|face-to-face|several|two|three|"
    r"four|five|many|further|new|of|during|annual|virtual|telephone|phone|video|ministerial|formal|informal|upcoming|"
    r"planned|state|working|separate|regular|trade|peace|direct|indirect|in-person)|[’']s)\s+$",
    re.IGNORECASE,
)
VERB_BEFORE = re.compile(
    r"\b(?:to|will|would|shall|should|can|could|may|might|must|did|does|do|not|n[’']t|we|they|he|she|i|it|who|also|"
    r"jointly|then|later|you)\s+$",
    re.IGNORECASE,
)
REACH = 40


def mark_cues(text: str, hits: SortedHits, lexicon: Lexicon) -> Iterator[CueMark]:
    """Cues; where one spelling is a verb and a noun, the word before decides, and both stay when it does not."""
    for span, readings in groupby(hits.of("cue"), key=lambda hit: hit.span):
        held = [(hit, lexicon.cues[hit.key]) for hit in readings]
        before = ""
        if len({cue.pos for _, cue in held}) > 1 or any(hit.form == "past" for hit, _ in held):
            before = text[max(0, span.start - REACH) : span.start]
        for hit, cue in settled(held, before):
            yield CueMark(
                span=span,
                rule="cue",
                lemma=cue.lemma,
                classes=cue.classes,
                form=form_of(hit, before),
                strength=cue.strength,
                stance=cue.stance,
            )


def settled(held: list[tuple[Hit, Cue]], before: str) -> list[tuple[Hit, Cue]]:
    """The readings that the word before leaves."""
    if len({cue.pos for _, cue in held}) == 1:
        return held
    if NOUN_BEFORE.search(before):
        return [(hit, cue) for hit, cue in held if cue.pos == "noun"] or held
    if VERB_BEFORE.search(before):
        return [(hit, cue) for hit, cue in held if cue.pos == "verb"] or held
    return held


def form_of(hit: Hit, before: str) -> str:
    """The form, with "participle" for a past form after an auxiliary."""
    return "participle" if hit.form == "past" and AUXILIARY.search(before) else hit.form
