"""Which attributions report words, and not a thought, a wish, a plan, an act or the writer's own remark?

Words are reported when somebody who can speak says them: "recent talks suggest" and "this message reflects" have no
speaker; "they agreed to meet", "she thanked her host" and "he phoned the minister" tell an act, not its words.
"""

from __future__ import annotations

import re

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.layers import Said
from dragoman.extract.statements.speakers import UNNAMED
from dragoman.record.document import DocumentKind
from dragoman.record.marks import CueMark
from dragoman.record.mentions import SpeakerKind
from dragoman.record.span import Span

JUDGED = frozenset({"statement.learned", "statement.plain_clause"})
SPEECH = frozenset({"speech", "speech_noun", "say", "dispute_verb", "claim"})
THOUGHT = frozenset({"believe", "think", "hope", "expect", "know", "discuss"})  # and what was only talked about
ACTS = frozenset({"agree_verb", "thank", "apologise", "congratulate", "condole"})  # they tell no words without "that"
# What is done by these without "that" is an act, a feeling or a source, not words: "cited figures", "expressed thanks".
DEEDS = frozenset(
    {"call", "cite", "commend", "express", "express gratitude", "look forward to", "point to", "raise", "recall", "recognise", "repeat",
     "respond", "share", "show", "support"}
)  # fmt: skip
OFFICIAL = {
    DocumentKind.READOUT: "readout",
    DocumentKind.JOINT_STATEMENT: "joint statement",
    DocumentKind.STATEMENT: "statement",
    DocumentKind.PRESS_RELEASE: "press release",
    DocumentKind.FACT_SHEET: "fact sheet",
    DocumentKind.POST: "social media post",
}
THIN = 3  # words that a reported clause has at least
OWN = re.compile(r"(?i)(?:i|we|you|me|us)(?:[’'](?:d|ve|re|m|ll))?")
SAID = re.compile(
    r"(?i)\b(?:sa(?:id|ys?|ying)|according|told|tells?|:|add(?:ed|s|ing)|wrote|writes?|state[sd]?|asked|announc)"
)
PEOPLE = re.compile(
    r"(?i)\b(?:sides?|part(?:y|ies)|participants?|ministers?|leaders?|presidents?|secretar(?:y|ies)|chairs?|co-chairs"
    r"|spokes\w+|delegat\w+|heads?|chiefs?|ambassadors?|members?|lawmakers?|senators?|governments?|countr(?:y|ies)"
    r"|nations?|ministr(?:y|ies)|department|embassy|office|principals|partners|allies|readouts?|statements?|reports?"
    r"|communiqu[eé]|capitals?|reporters?|journalists?|media|residents?|witnesses|police|military|army|both|two|it|he"
    r"|she|they|who)\b"
)
SUPPOSED = re.compile(r"(?i)(?:whatever|whoever|no matter|regardless|if|unless)\b")
SUPPOSING = re.compile(r"(?:(?:\A|\s)(?:[Ii]f|[Uu]nless|[Ll]et|Had|Should|[Ww]hatever))\s+(?:the\s+|me\s+|us\s+)?\Z")
DECLINED = re.compile(r"(?i)\b(?:declin|refus)")
RELATIVE = re.compile(r"[^,;] (?:that|which) (?:the )?(?:[A-Z]\w+ )?\Z")  # no comma before it
SUBJECT_WITHIN = re.compile(
    r"[^,;] (?:that|which) (?:\w+ ){0,4}[A-Z]\w+\Z"
)  # the cue's own subject, at the end of what is said
SAID_SO = re.compile(r"(?i)\bsa(?:id|ys?)\b")
NOTHING = re.compile(r"(?i)(?:nothing|little) (?:of|about|on|to)\b")  # "said nothing of the sanctions"
CALLED_ON = re.compile(r"(?i)\bcall(?:s|ed|ing)? (?:up)?on\Z")
URGED = re.compile(r"(?i)\b(?:to|for|not|that)\b|[:“\"]")  # what follows the one urged: "called on Oslo to wait"
THAT = re.compile(r"(?i)\bthat\s+\Z")


def is_reported(context: Context, said: Said) -> bool:
    """Whether an attribution reports words of somebody who can speak."""
    attribution = said.attribution
    if attribution.rule not in JUDGED or attribution.cue is None:
        return True
    text = context.text
    cue = attribution.cue.of(text)
    if cue.startswith("to ") or in_own_words(context, attribution) or not can_speak(text, said):
        return False
    if only_supposed(text, attribution):
        return False
    if CALLED_ON.search(cue) and not URGED.search(text, attribution.cue.end, attribution.content[-1].end):
        return False  # "called on the president in Quito" is a visit
    if NOTHING.match(text, attribution.content[0].start):
        return False
    if is_relative(text, attribution):
        return False
    least = THIN - 1 if DECLINED.search(cue) else THIN
    if sum(span.of(text).count(" ") + 1 for span in attribution.content) < least:
        return False
    marks = context.marks_within(attribution.cue, CueMark)
    classes = frozenset(name for mark in marks for name in mark.classes)
    if SAID.search(cue):
        return True
    act = not classes.isdisjoint(ACTS) or (bool(marks) and DEEDS.issuperset(mark.lemma for mark in marks))
    if not classes.isdisjoint(THOUGHT) or (act and not after_that(text, attribution.content[0])):
        return False
    own = attribution.source is not None and OWN.fullmatch(attribution.source.of(text).strip())
    wanted = SPEECH | {"readout"} if context.document.kind in OFFICIAL and not own else SPEECH
    return not classes.isdisjoint(wanted)


def only_supposed(text: str, attribution: Attribution) -> bool:
    """Whether a clause only supposes that somebody said so: "had she said", "if they say", "whatever he says"."""
    source, cue = attribution.source, attribution.cue
    if source is not None and SUPPOSED.match(text, source.start):
        return True
    at = (
        source.start if source is not None and cue is not None and source.start < cue.start else cue.start if cue else 0
    )
    return bool(SUPPOSING.search(text, max(0, at - 12), at))


def is_relative(text: str, attribution: Attribution) -> bool:
    """Whether a cue stands in a clause on a noun before it ("the pause that she announced"), which tells no words."""
    source, cue, content = attribution.source, attribution.cue, attribution.content
    if source is None or cue is None:
        return False
    if source.end <= content[0].start and 0 <= cue.start - content[-1].end <= 1:
        return SUBJECT_WITHIN.search(content[-1].of(text)) is not None
    if content[-1].end > source.start:
        return False
    return (
        RELATIVE.search(text, max(0, source.start - 30), source.start) is not None
        and SAID_SO.search(text, cue.start, cue.end) is None
    )


def in_own_words(context: Context, attribution: Attribution) -> bool:
    """Whether the source is "I" or "we" outside quotations: a speaker's own text, not words that it reports."""
    kind = context.document.kind
    own = attribution.source is not None and OWN.fullmatch(attribution.source.of(context.text).strip()) is not None
    return own and kind is not DocumentKind.JOINT_STATEMENT


def can_speak(text: str, said: Said) -> bool:
    """Whether a source is a person, a body, a party or their document, named or not."""
    kind, source = said.speaker.kind, said.attribution.source
    if kind in (SpeakerKind.UNNAMED, SpeakerKind.UNKNOWN):
        words = source.of(text) if source else ""
        return bool(UNNAMED.search(words) or PEOPLE.search(words)) or (kind is SpeakerKind.UNKNOWN and is_name(words))
    return True


def is_name(words: str) -> bool:
    """Whether a phrase looks like a name that no list has: two capitalised words or more, or an acronym."""
    parts = words.split()
    return all(part[:1].isupper() for part in parts) if len(parts) > 1 else words.isupper() and len(words) > 2


def after_that(text: str, content: Span) -> bool:
    """Whether a clause opens with "that" or has it before it."""
    return text.startswith("that ", content.start) or bool(THAT.search(text, max(0, content.start - 8), content.start))
