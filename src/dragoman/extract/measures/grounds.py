"""Why, under which law and on which goods is a measure imposed?"""

from __future__ import annotations

import re

from dragoman.extract.context import Context
from dragoman.record.span import Span

WORDS = re.compile(
    r"\b(reciprocal|punitive|retaliatory|secondary|baseline|anti-dumping|countervailing|universal|sectoral|penalty|"
    r"security|safeguard)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(?:over|because of|in response to|in retaliation for|for(?= [a-z]{3,}ing\b| purchas| import| its\b| involvement| their role)|"
    r"as punishment for|citing|to punish|related to|linked to)\s+((?:the )?[^,.;()]{4,70})"
)
GOES_ON = re.compile(  # where the cause ends and the sentence goes on
    r"\s(?:(?:comes?|came|takes?|took|goes|went|kicks?|entered|enters|will|would|shall|has|have|had|was|were|is|are|that|which|"
    r"who|when|while|since|until|starting|beginning|effective|under|pursuant|and (?:will|would|on|that|is|was)|"
    r"(?:on|from|by) (?:\d+|[A-Z][a-z]+day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d+))\b|[–—])"
)
# Laws and orders as their own texts cite them; the number is what tells one from another.
LEGAL = re.compile(
    r"\b(?:Executive Order|E\.O\.|General Licen[cs]e|Section|Article|Chapter VII|(?:UN )?Security Council Resolution|UNSCR|"
    r"Resolution|Council (?:Regulation|Decision)|Regulation|Proclamation|Public Law)"
    r"(?: (?:No\. )?\(?[A-Z]{0,3}\)?\d[\w./-]*(?:\([\w]+\))*)?"
    r"(?: of (?:the )?(?:[A-Z][\w-]*|of|and|the|for|on|in|to|by)(?: (?:[A-Z][\w’'-]*|of|and|the|for|on|in|to|by|through))* (?:Act|Law|Charter|Treaty)"
    r"(?: of \d{4})?)?"
    r"|\b(?:the )?(?:[A-Z][\w’'-]+ )(?:(?:[A-Z][\w’'-]+|of|and|for|on|in|to|by|through|Against) ){1,8}Act\b(?: of \d{4})?"
)
NUMBERED = re.compile(r"\d|Act\b|Chapter|Law\b|Charter")
UNDER = re.compile(r"\b(?:under|pursuant to|in accordance with|invok\w+|citing|per|by|using|through|of)\s+(?:the )?$")
SCOPE = re.compile(r"\b(steel and alumini?um|steel|alumini?um|automobiles? and parts|cars? and (?:car )?parts|cars|autos?|automobiles|pharmaceuticals|semiconductors|soybeans|dairy|agricultural goods|agriculture|oil|copper|timber|lumber|wine)\b", re.IGNORECASE)  # fmt: skip
CAUSE = re.compile(r"\b(?:imports?|purchases?|buying|over|because|russian|iranian|venezuelan)\b", re.IGNORECASE)
LAID_ON = re.compile(
    r"\b(?:on|against|(?:exports?|imports?|sales?|shipments?) of)\s+(?:(?:all|most|some|certain|the|its|their|imported|imports of|exports of)\s+)*"
)
GOODS = re.compile(r"[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}(?:(?:, [a-z-]+)* and [a-z][a-z-]+(?: [a-z-]+)?)?")
NO_GOODS = re.compile(
    r"\b(?:goods?|imports?|exports?|products?|shipments?|items?|merchandise|trade|officials?|individuals?|persons?|people|"
    r"entit\w+|compan\w+|firms?|banks?|businesses|purchases?|hold|basis|grounds|top|number|part|account|leaders?|members?|"
    r"each|other|it|them|both|which|that|who|those|anyone|countr\w+|nations?|partners?|allies|neighbou?rs?|rivals?|"
    r"nationals|citizens|visitors|students|travell?ers|judges|settlers|ministers?|mayors)\b"
)
LISTS = re.compile(
    r"\b(?:sanction(?:ed|ing)|blacklist(?:ed|ing)|designat(?:ed|ing|es)|designation of|add(?:ed|s|ing)?|remov(?:ed|es|ing)|plac(?:ed|es|ing)|"
    r"listed)\s+"
    r"(?:the )?"
)
LAID = re.compile(
    r"\b(?:sanctions (?:on|against|upon)|visa (?:restrictions?|bans?|curbs|requirements?) (?:on|for|against)|"
    r"(?:revok|cancel|suspend|den|restor|resum)\w+ visas (?:of|for|to)|visas? (?:for|to))\s+(?:the )?"
)
LAST = re.compile(r"[ ,]+(?:and|or|not|and not)$")
NOBODY = re.compile(
    r"(?:it|them|those|these|him|her|all|us|groups|individuals|persons|entities|people|others)\b.*|\d+", re.IGNORECASE
)
LISTED = re.compile(r"[^;.\n“”\"]+")
STOPS = re.compile(
    r"\s(?:under|pursuant|for|over|because|after|as|from|to|on|in (?:response|connection|relation|retaliation|order)|that|which|who|by|last|this|if|"
    r"when|while|until|since|who|has|have|had|were|was|are|is|will|would|linked to|accused|involved|responsible|amid|unless)\b|, (?!and\b)"
)
ENDS = re.compile(r"(?:^|\s)(?:from|of|to|in|by|for|with|as|at|on|over|after|before|is|are|was|were|will|would|has|have|until|starting|effective|if|because|since|under|that|which)\b.*")  # fmt: skip
BOUGHT = re.compile(
    r"\b(?:buy\w*|bought|purchas\w*|import\w*|trad(?:e|es|ing) with|deal(?:s|ings)? with|dependence on|reliance on|tak\w+)\s"
    r"(?:of |more |the |cheap |discounted |any |its )*$"
)


def scope_of(context: Context, words: str, span: Span) -> str | None:
    """The goods that the words name, if any; not those whose purchase is the reason."""
    found = SCOPE.search(words)
    if found is not None:
        return None if CAUSE.search(words, 0, found.start()) else found[0].casefold()
    return goods_of(context, words, span)


def persons_of(text: str, act: Span, clause: Span) -> str | None:
    """Whom a listing names, as the text words it: "two shipping firms", "members of the council"."""
    verb = LAID.search(text, act.start, act.end + 4) or LISTS.search(text, act.start, act.end + 4)
    who = LISTED.match(text, verb.end(), min(clause.end, verb.end() + 110)) if verb else None
    if who is None:
        return None
    words = LAST.sub("", STOPS.split(" " + who[0], maxsplit=1)[0]).strip(" ,?")
    return None if len(words) < 4 or NOBODY.fullmatch(words) else words


def goods_of(context: Context, words: str, span: Span) -> str | None:
    """The goods behind "on", without the party whose they are: "on Brazilian coffee and beef"."""
    laid = LAID_ON.search(words)
    if laid is None:
        return None
    start = span.start + laid.end()
    owner = next((a for a in context.actors.within(Span(start, start + 1)) if a.span.start == start), None)
    if owner is not None and owner.kind not in ("quality", "party"):
        return None
    at = owner.span.end if owner else start
    rest = re.sub(r"^(?:['’]s?)?\s+", "", context.text[at : span.end]) if owner else context.text[at : span.end]
    goods = GOODS.match(ENDS.sub("", rest, count=1))
    if goods is None or NO_GOODS.search(goods[0]):
        return None
    return goods[0]


def reason_of(text: str, clause: Span, act: Span) -> str | None:
    """The name of the act ("reciprocal") or what it is said to be imposed for."""
    named = WORDS.search(text, max(clause.start, act.start - 30), min(clause.end, act.end + 60))
    if named:
        return named[0].casefold()
    cause = REASON.search(text, act.end, clause.end)
    return GOES_ON.split(cause[1], maxsplit=1)[0].strip() or None if cause else None


def legal_basis_of(text: str, sentence: Span) -> str | None:
    """The law, order or resolution under which the sentence says that the act is done, as it is cited there."""
    for cited in LEGAL.finditer(text, sentence.start, sentence.end):
        if NUMBERED.search(cited[0]) and UNDER.search(text, max(sentence.start, cited.start() - 24), cited.start()):
            return cited[0].removeprefix("the ").rstrip(".")
    return None


def only_blamed(context: Context, code: str) -> bool:
    """Whether the text names a party only as the one from whom somebody buys: "for buying Russian oil"."""
    named = [actor for actor in context.actors.all if code in actor.parties]
    starts = [actor.span.start for actor in named]
    return bool(named) and all(BOUGHT.search(context.text, max(0, at - 40), at) for at in starts)
