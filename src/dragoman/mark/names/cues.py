"""On which words can a rule hang?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from dragoman.lexicon.entries import Cue, Hit
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import last_word, words_before
from dragoman.record.marks import CueMark

SPAN = attrgetter("span")

AUXILIARY_WORDS = (
    "has have had having be been being is are was were get gets got it's he's she's who's it’s he’s she’s who’s i've "
    "we've they've i’ve we’ve they’ve"
)
AUXILIARIES = frozenset(AUXILIARY_WORDS.split())
ADVERB_WORDS = "also not since already now never yet first been being just always so far again"
ADVERBS = frozenset(ADVERB_WORDS.split())
BEFORE_PARTICIPLES = AUXILIARIES | ADVERBS
# A word that makes what follows a noun: "the call", "bilateral talks".
NOUN_BEFORE_WORDS = (
    "the a an this that these those his her its their our my your any some no each every another first second third "
    "last next previous recent official bilateral trilateral joint high-level face-to-face several two three four five "
    "many further new of during annual virtual telephone phone video ministerial formal informal upcoming planned state "
    "working separate regular trade peace direct indirect in-person air drone missile terror tariff military security "
    "economic nuclear strong serious deep public written brief short long historic productive"
)
NOUN_BEFORE = frozenset(NOUN_BEFORE_WORDS.split())
# A word that makes a past form an adjective: "their shared desire".
ADJECTIVE_BEFORE_WORDS = "the a an his her its their our my your these those of"
ADJECTIVE_BEFORE = frozenset(ADJECTIVE_BEFORE_WORDS.split())
POSSESSIVE = ("'s", "’s", "s'", "s’")
VERB_BEFORE_WORDS = (
    "to will would shall should can could may might must did does do not we they he she i it who also jointly then "
    "later you never always strongly warmly firmly"
)
VERB_BEFORE = frozenset(VERB_BEFORE_WORDS.split())
NEGATED = ("n't", "n’t")
NOUN_LIKE = frozenset({"base", "present"})
NAMED = ("organisation", "mechanism", "office", "party", "place")


def mark_cues(text: str, hits: SortedHits, lexicon: Lexicon) -> Iterator[CueMark]:
    """Cues; where a spelling is a verb and a noun too, the word before decides, and both stay when it does not."""
    cues = lexicon.cues
    for span, readings in groupby(hits.of("cue"), key=SPAN):
        if text[span.start].isupper() and hits.longer(span, NAMED):
            continue
        held = [(hit, cues[hit.key]) for hit in readings]
        before = last_word(text, span.start)
        if len(held) > 1 or held[0][1].pos == "verb":
            held = settled(held, before, text[span.end : span.end + 2])
        for hit, cue in held:
            yield CueMark(
                span=span,
                rule="cue",
                lemma=cue.lemma,
                classes=cue.classes,
                form=form_of(text, hit, before),
                strength=cue.strength,
                stance=cue.stance,
            )


def form_of(text: str, hit: Hit, before: str) -> str:
    """The form, with "participle" for a past form after an auxiliary."""
    if hit.form != "past" or not (before in BEFORE_PARTICIPLES or before.endswith("ly")):
        return hit.form
    return "participle" if after_auxiliary(words_before(text, hit.span.start)) else "past"


def after_auxiliary(words: list[str]) -> bool:
    """Whether the words end in "has", "was" and the like, with up to two adverbs after it."""
    for word in words[:-4:-1]:
        if word in AUXILIARIES:
            return True
        if word not in ADVERBS and not word.endswith("ly"):
            return False
    return False


def settled(held: list[tuple[Hit, Cue]], before: str, after: str) -> list[tuple[Hit, Cue]]:
    """The readings that the word before leaves; none for a verb's form that is an adjective or an unlisted noun."""
    nouns = [(hit, cue) for hit, cue in held if cue.pos != "verb"]
    if len(nouns) == len(held):
        return held
    if before in VERB_BEFORE or before.endswith(NEGATED):
        return [(hit, cue) for hit, cue in held if cue.pos == "verb"]
    if nouns:
        return nouns if noun_follows(before) else held
    form = held[0][0].form
    if form in NOUN_LIKE and noun_follows(before) and " " not in held[0][1].lemma:  # "the tariff takes effect" is none
        return []
    if form == "past" and (before in ADJECTIVE_BEFORE or before.endswith(POSSESSIVE)) and after[1:].islower():
        return []
    return held


def noun_follows(before: str) -> bool:
    """Whether a word makes the next one a noun."""
    return before in NOUN_BEFORE or before.endswith(POSSESSIVE)
