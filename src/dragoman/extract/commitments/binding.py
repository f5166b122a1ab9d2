"""Does the wording bind anybody, or does it only look like a promise?

"Committed abuses", "resolved the dispute", "a law that will create jobs", "we call on them to agree" and "I will do my best"
bind nobody to a deed.
"""

from __future__ import annotations

import re

from dragoman.extract.ledger import Found

NEEDS_TO = re.compile(r"(?:commit|resolv)\w*$", re.IGNORECASE)
TO = re.compile(
    r"\s(?:(?:themselves|itself|ourselves|himself|herself|also|again|jointly|further|both|today|on \w+|in \w+|[\w.,$€£]+ \w+)\s){0,3}to\b"
    r"|\s(?:(?:a|an|up to|over|more than|some|nearly|about|another|additional)\s){0,3}(?:[$€£]|\d|\w+\s(?:million|billion))"
)
RELATIVE = re.compile(
    r"\b(?:that|which|who|what|where|it|this|these|there)\s$|\b(?:what|whatever|why|how|where)\s[^,.;]{0,24}$",
    re.IGNORECASE,
)
SAID_THAT = re.compile(
    r"\b(?:said|says|announced|added|pledged|agreed|stated|confirmed|noted|declared|promised|told \w+)\sthat\s$"
)
ASKED = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:on|upon|for)|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|encourag\w+|demand\w*|ensure(?: that)?|persuade\w*|"
    r"get|want(?:s|ed)?|expect(?:s|ed)?|until|unless|whether|welcom\w+ \w+ (?:to|if)|require\w*|should|if)\b[^.;,]{0,70}$",
    re.IGNORECASE,
)
PARTICIPLE = re.compile(r"(?:seek|aim|hop|want|plann|intend)ing$", re.IGNORECASE)
IS = re.compile(r"\b(?:is|are|was|were|been|be|['’]re|['’]s|['’]m)\s(?:(?:also|now|still|both|jointly)\s)?$")
SET_ON = re.compile(r"(?:aim|plan|agree)(?:s|ed|ned)?$", re.IGNORECASE)  # "which aims to": the one named before it aims
SO = re.compile(r"do(?:ing)?\s(?:so|the same)\b[^.;]{0,30}$", re.IGNORECASE)
DEED_BEFORE = re.compile(r"\b(?:to|will|can|could|must|should)\s(?P<deed>(?!do\b|be\b)[a-z]{2,}\s[^,;:.“”\"]{4,110})")
NO_DEED = re.compile(
    r"(?:to )?(?:do(?:ing)?\s(?:so|the same|that|this|it|what (?:we|they|he|she|I|it)|whatever|everything|all|our|my|their|its|his|her|more|better|a lot|from)\b|"
    r"give\s(?:meaning|thought|you|way|rise|up\b|it|them|me)|take\s(?:a look|a few|your|questions?|that|it|this|a question|one|time|place)|"
    r"put\s(?:it|that|this|you)\b|find\s(?:out|that|it|you|ourselves)|let\b|(?:be\s)?held\s(?:to account|accountable|responsible)|"
    r"(?:start|begin)\s(?:with|by|off|my|here|there)\b|end\s(?:up|with|here|there)\b|issue\s(?:is|of)\b|act(?:ing)?$|hold\s(?:it|on|off on|that)\b)"
    r"|(?:will|shall|would)\s(?:\w+\s)?be\sheld\s(?:to account|accountable|responsible)",
    re.IGNORECASE,
)
POINTERS = frozenset(
    "it that this them these those so same one ones partnership cooperation process thing things work together there here more "
    "everything anything something with from then too again well also".split()
)
DETERMINERS = frozenset("a an the its their our his her my your any some all to of on in for".split())
ASKS = re.compile(r"\?[”\"’')\s]*$")


def binds(text: str, match: Found) -> bool:
    """Whether the words around the cue leave a promise standing."""
    sentence, cue = match.sentence.span, match.cue
    if ASKS.search(text, sentence.start, sentence.end):
        return False
    before = text[max(sentence.start, cue.start - 110) : cue.start]
    if NEEDS_TO.search(cue.of(text)) and not TO.match(text, cue.end, sentence.end):
        return False
    if PARTICIPLE.search(cue.of(text)) and not IS.search(before):
        return False
    aims = SET_ON.search(cue.of(text)) is not None
    if (
        match.rule.builds in ("will", "pledged", "agreed")
        and not aims
        and RELATIVE.search(before)
        and not SAID_THAT.search(before)
    ):
        return False
    return match.rule.builds in ("target", "invited") or not ASKED.search(before)


def spelt_out(what: str, said_before: str) -> str:
    """The object, "do so" filled with the deed that the same sentence named before it, where it named one."""
    deeds = [found["deed"].strip() for found in DEED_BEFORE.finditer(said_before)] if SO.match(what) else []
    return deeds[-1] if deeds else what


def names_a_deed(what: str) -> bool:
    """Whether the object says what is owed, and is no "do so" or "the partnership"."""
    if NO_DEED.match(what):
        return False
    words = [word.casefold().strip(",.;:'’\"") for word in what.split()]
    return any(word not in POINTERS and word not in DETERMINERS for word in (words[1:] or words))
