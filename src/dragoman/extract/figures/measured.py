"""What does an amount measure: the noun it counts, the words behind it, or the subject or object of its verb?

"A $10 billion agreement", "4 GW of power" and "$2 million in aid" say it behind; "trade between the two totalled",
"exports rose 12% to" and "reaching" say it before, as the subject; "raised duties on steel from" as the object; "a loan
of" as the noun. Where none of these stands, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.record.span import Span

REACH = 180  # characters before an amount in which its measure may be named
STOP = (
    r"(?:and|or|which|that|who|as|while|but|by|since|from|after|before|until|when|where|because|than|to|at|compared|"
    r"was|were|is|are|be|been|has|have|had|will|would|could|can|may|might|must|should|shall|do|does|did|"
    r"this|last|next|over|through|during|per|more|less|"
    r"adds|aims|affects|applies|allows|brings|comes|costs|covers|creates|ends|enters|expires|falls|funds|gets|gives|goes|"
    r"grows|helps|includes|keeps|kicks|lasts|makes|means|meets|needs|pays|provides|reaches|remains|requires|rises|runs|"
    r"says|seeks|shows|stays|supports|takes|targets|went|came|fell|rose|grew|took|made|gave|became|remain|remained)"
)
WORD = r"[^\s.,;:()\"“”–—]+"
BEYOND = rf"(?!\d[\d.]*(?:\s|%)){WORD}"  # a number begins another amount
BEHIND = re.compile(
    rf"(?:-|\s+(?:worth\s+of\s+|of\s+(?:the\s+)?|in\s+(?=[a-z])(?!the\b|a\b|an\b|its\b)|(?!in\b|of\b|for\b|on\b|with\b|a\b|an\b|the\b)))"
    rf"(?P<what>(?!{STOP}\b){BEYOND}(?:\s+(?!{STOP}\b)(?!\w{{3,}}ed\b){BEYOND}){{0,7}})"
)
FOR = re.compile(
    rf"\s+for\s+(?:a\s+|an\s+|the\s+)?(?P<what>(?!{STOP}\b)[a-z][^\s.,;:()]*(?:\s+(?!{STOP}\b){WORD}){{0,5}})"
)
CHANGED = (
    r"(?:total(?:s|l?ed|l?ing)|reach(?:es|ed|ing)|st(?:ood|ands|anding)|amount(?:s|ed|ing)|worth|valued|"
    r"c(?:ame|omes|oming) to|ran to|exceed(?:s|ed|ing)|hit(?:s|ting)?|topp(?:ed|ing)|"
    r"ris(?:es?|en|ing)|rose|f(?:alls?|ell|allen|alling)|gr(?:ows?|ew|own|owing)|drop(?:s|ped|ping)|declin(?:es?|ed|ing)|"
    r"climb(?:s|ed|ing)|jump(?:s|ed|ing)|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|slow(?:s|ed|ing)|shr(?:inks?|ank|unk)|"
    r"surg(?:es?|ed|ing)|plung(?:es?|ed|ing)|soar(?:s|ed|ing)|expand(?:s|ed|ing)|contract(?:s|ed|ing)|widen(?:s|ed|ing)|"
    r"narrow(?:s|ed|ing)|edg(?:es?|ed|ing)|was|were|is|are|be|been)"
)
NUMBER = (
    r"[$€£¥₹]?\d[\d.,]*%?|percent|per\s+cent|percentage|points?|[tbmr]?illion|billion|million|trillion|bn|dollars|euros"
)
SUBJECT = re.compile(
    rf"(?P<what>\S.*?)\s+(?:(?:has|have|had|will|would|could|may|might|now|currently|also|already|that|which|is|are|was|"
    rf"were|expected|projected|forecast|estimated|due|set|to|be|been)\s+)*\b{CHANGED}"
    rf"(?:\s+(?:up|down|out|back|by|to|from|at|in|an?|around|about|further|estimated|{NUMBER}|\w+ly))*\s*\Z",
    re.DOTALL,
)
PARTICIPLE = re.compile(
    r",\s+(?:reaching|totall?ing|amounting to|hitting|topping|exceeding|coming to|standing at|(?:up|down) from)\s*\Z"
)
FINITE = re.compile(rf"\b{CHANGED}\b")
OBJECT = re.compile(
    r"\b(?:rais(?:es?|ed|ing)|cut(?:s|ting)?|lower(?:s|ed|ing)?|increas(?:es?|ed|ing)|reduc(?:es?|ed|ing)|slash(?:es|ed|ing)?|"
    r"hik(?:es?|ed|ing)|set(?:s|ting)?|cap(?:s|ped|ping)?|keep(?:s|ing)?|kept|put(?:s|ting)?|boost(?:s|ed|ing)?|"
    r"doubl(?:es?|ed|ing)|expand(?:s|ed|ing)?)\s+"
    rf"(?P<what>(?:(?!by\b|to\b|from\b){WORD}\s+){{1,9}})(?:by|to|from|at)\s+\Z"
)
NOUN_OF = re.compile(
    rf"(?:(?:\A|\b(?:a|an|the|its|their|his|her|our|with|for|by|at|in|on|and|or)\s+))"
    rf"(?P<what>(?:(?!{STOP}\b|of\b|a\b|an\b|the\b|its\b|their\b|with\b|for\b|in\b|on\b){WORD}\s+){{1,4}})of\s+(?:an?\s+|the\s+)?\Z"
)
CLAUSE = re.compile(
    r"(?:[.;:(\"“”–—]|,(?!\d)|\b(?:that|while|but|although|as|because|when|where|said|says|with|and))\s+", re.IGNORECASE
)
EDGE = re.compile(
    r"(?:(?:its|their|his|her|our|a|an|the|of|in|for|to|with|on|at|per|some|total|both|and|overall|(?:19|20)\d\d)\s+)+",
    re.IGNORECASE,
)
TAIL = re.compile(r"(?:\s+(?:on|of|in|for|to|with|at|by|a|an|the|its|their|and))+\s*\Z", re.IGNORECASE)
ACTED = re.compile(rf"\b(?:{CHANGED}|has|have|had|will|would|\w{{3,}}ed)\b")  # a verb, so that "and" may begin a clause
VERB_BEFORE = re.compile(r"(?:(?:will|would|could|may|had|has|have|be|been|is|are|was|were|to)\s*)+\Z")


def what_of(amount: Span, noun: Span | None, sentence: Span, text: str, times: Sequence[Span]) -> Span | None:
    """The words that say what an amount measures; ``times`` are the spans of the sentence's times, which it never does."""
    if noun is not None:
        return noun
    end = min([sentence.end, *(time.start for time in times if time.start >= amount.end)])
    return (
        said_behind(BEHIND, amount, end, text)
        or said_before(amount, sentence, text)
        or said_behind(FOR, amount, end, text)
    )


def said_behind(pattern: re.Pattern[str], amount: Span, end: int, text: str) -> Span | None:
    """The noun phrase that stands behind an amount."""
    match = pattern.match(text, amount.end, end)
    return bare(text, *match.span("what")) if match else None


def said_before(amount: Span, sentence: Span, text: str) -> Span | None:
    """The subject, object or noun before an amount."""
    start = max(sentence.start, amount.start - REACH)
    participle = PARTICIPLE.search(text, start, amount.start)
    if participle:
        return subject_of(text, start, participle.start())
    noun = NOUN_OF.search(text, start, amount.start)
    if noun:
        return bare(text, *noun.span("what"))
    changed = OBJECT.search(text, start, amount.start)
    if changed:
        return bare(text, *changed.span("what"))
    begin = clause_start(text, start, amount.start)
    match = SUBJECT.match(text, begin, amount.start)
    return bare(text, *match.span("what")) if match else None


def subject_of(text: str, start: int, end: int) -> Span | None:
    """The subject of the last clause before a participle: "trade grew last year, reaching"."""
    begin = clause_start(text, start, end)
    verb = FINITE.search(text, begin, end)
    return bare(text, begin, verb.start()) if verb else None


def clause_start(text: str, start: int, end: int) -> int:
    """Where the clause before a place begins; "and" between two parties or two things begins none."""
    begin = start
    for match in CLAUSE.finditer(text, start, end):
        head = text[begin : match.start()]
        paired = "between" in head.casefold().split() or not ACTED.search(head)  # "goods and services"
        joined = match[0].casefold().startswith("and") and paired
        tail = text[match.end() : end]
        if not joined and FINITE.search(tail):
            begin = match.end()
    return begin


def bare(text: str, start: int, end: int) -> Span | None:
    """The span without blanks, hyphens and small words at its edges."""
    while start < end and text[start] in " -\n":
        start += 1
    small = EDGE.match(text, start, end)
    start = small.end() if small else start
    for pattern in (VERB_BEFORE, TAIL):
        last = pattern.search(text, start, end)
        end = last.start() if last else end
    while end > start and text[end - 1] in " -,\n":
        end -= 1
    return Span(start, end) if start < end else None
