"""Who imposes a measure, and on whom or what?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dragoman.extract.actors import Actor, Actors, codes_of
from dragoman.record.span import Span

ON = re.compile(r"\s*(?:hikes? |increases? |regime |measures? )?(?:on|against|upon|targeting|for)\s+", re.IGNORECASE)
NO_TARGET = re.compile(
    r"(?:a|an|the|first|last|next|\d+|several|six|hold|top|now|buying|purchas|its|their|failing)?\s*(?:first|last|next|top)?\s*"
    r"(?:[\d,]+ )?(?:months?|days?|weeks?|years?|hold|top|now|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"january|february|march|april|may \d|june|july|august|september|october|november|december|\d+|buying|purchas\w+|failing)",
    re.IGNORECASE,
)
GOODS = (
    r"goods|imports?|exports?|products?|steel|alumini?um|cars?|automobiles?|autos?|vehicles?|soybeans|oil|wheat|"
    r"shipments|items|pharmaceuticals|semiconductors|chips|drugs|timber|lumber|wine|cheese|crude"
)
DEED = re.compile(
    r"(?:its |their |allegedly |repeatedly )?[a-z]{3,}ing\b"
)  # "for supplying drones" is why, not on whom
GOODS_BEFORE = re.compile(rf"\b(?:{GOODS})\b")
PHRASE = re.compile(
    r"(?:(?:all|most|some|certain|nearly|about|many|the|its|their|other|major|key)\s+)*[\w’'.-]+"
    r"(?:(?:,? and |, | )(?!and\b|that\b|which\b|who\b|to\b|from\b|in\b|on\b|over\b|if\b|after\b|by\b|until\b|but\b|is\b|are\b|"
    r"was\b|were\b|has\b|have\b|will\b|would\b|as\b|for\b|with\b|while\b|because\b|since\b|at\b|into\b|last\b|next\b|this\b)"
    r"[\w’'.-]+){0,5}"
)
DETERMINERS = re.compile(r"^(?:(?:all|most|some|the|its|their|nearly|certain)\s+)+")
TRAILING = re.compile(r"(?:,? (?:and|or|the|its|their|a))+$")
LISTED_TOO = re.compile(r"(?: [a-z-]+){0,3}(?:,|,? and|,? or)(?: (?:the|\w+|\d+))?\s")
EUROPEAN = re.compile(r"\bEuropean (?!Union\b|Commission\b|Council\b|Parliament\b)")
WRONGED = re.compile(  # the one to whom harm was done or help is given bears no sanction
    r"\b(?:aggression|wars?|attacks?|invasion|assault|support|threats?|violence|crimes|aid|help|assistance|people|solidarity)\s"
    r"(?:on|against|of|for|in|to|with)\s(?:the )?$"
)
BLAMED = re.compile(  # whose goods are the cause of a duty, and do not bear it: "a duty over Russian oil"
    r"\b(?:over|because of|due to|linked to|tied to|buy\w*|bought|purchas\w+(?: of)?|tak\w+|dependence on)\s(?:the |its |their |more )?$"
)
AGENT = re.compile(r"\bby (?:the )?$")
HIT = re.compile(
    r"\b(?:hit|fac(?:e|es|ed|ing)|subject(?:ed)?|slapped|struck|target(?:s|ed)?|pay(?:s|ing)?|punish\w*)\b"
)
OWNER = re.compile(
    r"^(?:['’]s?)?\s+(?:(?!(?:and|or|on|in|by|to|of|for|from|with|has|have|had|is|are|was|were|will|would|a|an|the|that|"
    r"said|which)\b)[\w-]+ ){0,4}$"
)
BREAK = re.compile(r";|, (?:but|and|while|as|although|which)\b| (?:but|while|when|before|after|until|because|if) ")
BY = re.compile(r"\b(?:by|that|which)\s+(?:the |U\.?S\.? |President |Mr\.? )*$")
MAKES = re.compile(
    r"\b(?:impos|introduc|announc|order|levi|slap|plac|rais|increas|doubl|tripl|threaten|put|suspend|paus|delay|postpon|"
    r"bring|set|keep|maintain|lift|revok|sign|unveil|sanction|blacklist|designat|ban|restrict|exempt|cut|lower|reduc|"
    r"extend|tax|charg|shelv|halt|adopt|appl|wield|us|releas|issu|postpon)(?:e|es|ed|ing|s|ied|ies|t|ting|ned)?\b"
)
MADE_IN = re.compile(r"\s(?:coming |imported |shipped |made |produced )?(?:from|of|in)\s(?:the )?")
# From the words of a measure to the one who makes it: "the tariff that Washington imposed".
WHICH = re.compile(r"(?:\s(?:on|against) [^,;.]{2,50}?)?(?:,? (?:that|which))?\s(?:the )?")
HAS_MADE = re.compile(r"\s(?:(?:had|has|have|would|will|may|is|was|recently|now|first)\s)*")
ORIGIN = re.compile(r"\b(?:from|of)\s+(?:the )?$")
# Between a party and the measure that a verb before both lays on it: "hit Brazil with a", "spared Vietnam a".
LAID_ON = re.compile(
    r"\s(?:with )?(?:an?|the|its|his|their|new|punitive|retaliatory|reciprocal)(?: (?:new|punitive|additional|extra|further|flat|"
    r"blanket|steep|hefty|reciprocal|retaliatory|separate|baseline|up to|of))*\s|\swith (?:new |punitive |steep |up to )?"
)
PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were|get|gets)\s(?:also |now |all )?$")
TOWARDS = re.compile(r"\b(?:to|for|against|from|on)\s+(?:the |all |some |its )?$")
SEEKS = re.compile(
    r"\b(?:want|seek|sought|ask|demand|press|urg|request|hope|wish|plead|lobb|push|call|face|facing|bear|suffer)\w*\b[^;]{0,60}$"
)
RELIEF = re.compile(r"\b(?:exempt\w*|relief|waiver|reprieve|removal|lower|cut|lifting|end)\b")
WE = re.compile(r"\b[Ww]e\b")
NEAR = 160


def target_after(actors: Actors, clause: Span, at: int) -> tuple[str, ...]:
    """The parties or, failing these, the goods that follow "on" or "against" after the act."""
    text = actors.text
    on = ON.match(text, at, clause.end)
    if not on:
        return ()
    phrase = PHRASE.match(text, on.end(), clause.end)
    if not phrase or NO_TARGET.match(phrase[0]) or (DEED.match(phrase[0]) and "for" in on[0]):
        return ()
    end = min(clause.end, phrase.end() + 40)
    return parties_in(actors, Span(on.end(), phrase.end()), end) or words_of(phrase[0])


def parties_in(actors: Actors, phrase: Span, end: int) -> tuple[str, ...]:
    """The parties of a phrase such as "Indian goods", "Canada and Mexico", "imports from India"."""
    text = actors.text
    direct = [a for a in actors.within(phrase) if a.parties and a.kind != "person"]
    if not direct and not GOODS_BEFORE.search(text, phrase.start, phrase.end):
        direct = [a for a in actors.within(Span(phrase.end, end)) if MADE_IN.fullmatch(text, phrase.end, a.span.start)][
            :1
        ]
    if not direct and GOODS_BEFORE.search(text, phrase.start, phrase.end):
        for actor in actors.within(Span(phrase.end, end)):
            listed = bool(direct) and joined(text, direct[-1], actor)
            if actor.parties and (
                listed or ORIGIN.search(text, max(phrase.start, actor.span.start - 12), actor.span.start)
            ):
                direct.append(actor)
    if not direct and european(actors, phrase):
        return ("EU",)
    if direct and len(direct) > 1 and not all(joined(text, a, b) for a, b in pairwise(direct)):
        direct = direct[:1]
    return tuple(dict.fromkeys(code for a in direct for code in a.parties))


def european(actors: Actors, place: Span) -> bool:
    """Whether "European" goods are named in a text that names the Union, which alone lays and bears duties in Europe."""
    named = EUROPEAN.search(actors.text, place.start, place.end)
    return named is not None and any("EU" in actor.parties for actor in actors.all)


def joined(text: str, one: Actor, other: Actor) -> bool:
    """Whether two parties are members of one list."""
    return bool(re.fullmatch(r"\s*(?:,|and|, and|&|or)\s*(?:the )?", text[one.span.end : other.span.start]))


def words_of(phrase: str) -> tuple[str, ...]:
    """The goods or persons of a phrase, without its determiners."""
    words = TRAILING.sub("", DETERMINERS.sub("", phrase).strip(" ,."))
    return (words,) if len(words) > 2 else ()


def target_before(actors: Actors, clause: Span, at: int) -> tuple[str, ...]:
    """The parties whose goods stand as subject: "Indian goods face", "imports from Mexico would be taxed"."""
    text = actors.text
    start = max(clause.start, at - NEAR)
    window = text[start:at]
    if HIT.search(window) or GOODS_BEFORE.search(window):
        found = [a for a in actors.within(Span(start, at)) if a.parties and near_goods(text, a, at)]
        group: list[Actor] = []
        for actor in reversed(found):
            if group and not joined(text, actor, group[-1]):
                break
            group.append(actor)
        return tuple(dict.fromkeys(code for a in reversed(group) for code in a.parties))
    return ()


def laid_on(actors: Actors, clause: Span, at: int) -> tuple[str, ...]:
    """The party that stands as an object right before the measure: "spared Vietnam a levy", "hit Brazil with a tariff"."""
    near = actors.within(Span(max(clause.start, at - NEAR), at))
    if not near or not near[-1].parties or near[-1].kind == "person":
        return ()
    group = [near[-1]]
    if not LAID_ON.fullmatch(actors.text, group[0].span.end, at):
        return ()
    for actor in reversed(near[:-1]):
        if not joined(actors.text, actor, group[0]):
            break
        group.insert(0, actor)
    return tuple(dict.fromkeys(code for actor in group for code in actor.parties))


def taxed(actors: Actors, clause: Span, cue: Span) -> tuple[str, ...]:
    """Whose goods are taxed: those before a passive, else those behind the verb."""
    passive = PASSIVE.search(actors.text, max(clause.start, cue.start - 24), cue.start)
    place = (
        Span(max(clause.start, cue.start - NEAR), cue.start)
        if passive
        else Span(cue.end, min(clause.end, cue.end + 60))
    )
    found = [a for a in actors.within(place) if a.parties and a.kind != "person"]
    if not passive and european(actors, Span(place.start, found[0].span.start if found else place.end)):
        return ("EU",)
    group = found[-1:] if passive else found[:1]
    for actor in reversed(found[:-1]) if passive else found[1:]:
        one, other = (actor, group[0]) if passive else (group[-1], actor)
        if not joined(actors.text, one, other):
            break
        group.insert(0 if passive else len(group), actor)
    return tuple(dict.fromkeys(code for actor in group for code in actor.parties))


def towards(actors: Actors, clause: Span, at: int) -> tuple[str, ...]:
    """The party to which something is no longer sold, or to whose people no visas are given."""
    for actor in actors.within(Span(at, min(clause.end, at + NEAR))):
        if len(actor.parties) == 1 and TOWARDS.search(actors.text, max(at, actor.span.start - 14), actor.span.start):
            return actor.parties
    return ()


def seeker(actors: Actors, clause: Span, at: int) -> tuple[str, ...]:
    """The party that asks for relief from the measure, and therefore bears it."""
    text = actors.text
    for actor in reversed(actors.within(Span(max(clause.start, at - NEAR), at))):
        between = text[actor.span.end : at]
        if len(actor.parties) == 1 and SEEKS.search(between) and RELIEF.search(between):
            return actor.parties
    return ()


def near_goods(text: str, actor: Actor, at: int) -> bool:
    """Whether the actor's goods, or the actor itself, bear the measure that follows."""
    if BLAMED.search(text, max(0, actor.span.start - 40), actor.span.start):
        return False
    after = text[actor.span.end : min(at, actor.span.end + 40)]
    before = text[max(0, actor.span.start - 44) : actor.span.start]
    if re.match(rf"(?:['’]s?)? (?:\w+ )?(?:{GOODS})\b", after):
        return True
    if re.search(rf"\b(?:{GOODS}) (?:from|of) (?:[\w]+ (?:and|,) )?(?:the )?$", before):
        return True
    return bool(re.match(r"[\w ]{0,20}\b(?:hit|faces?|facing|faced|subject|pays?|slapped)\b", after))


def party_before(actors: Actors, at: int) -> tuple[str, ...]:
    """The party named last before the act, in the same paragraph: whose persons and firms are listed."""
    start = max(actors.text.rfind("\n", 0, at), at - 500, 0)
    found = [
        a
        for a in actors.within(Span(start, at))
        if a.kind in ("party", "quality")
        and len(a.parties) == 1
        and not WRONGED.search(actors.text, max(start, a.span.start - 40), a.span.start)
    ]
    return found[-1].parties if found else ()


def imposer_before(actors: Actors, clause: Span, act: Span, targets: Sequence[str]) -> str | None:
    """The owner of the measure ("Trump's 25% tariff", "US tariffs") or the subject of the verb that makes it."""
    text = actors.text
    near = actors.within(Span(max(clause.start, act.start - NEAR), act.start))
    near = [a for a in reversed(near) if len(a.parties) < 2 and not set(a.parties) & set(targets)]
    for actor in near:
        if owns(text, actor, act):
            return only(actor)
    for actor in near:
        between = text[actor.span.end : act.end]
        if SEEKS.search(text, actor.span.end, act.start):
            return None
        if MAKES.search(between) and not BREAK.search(between):
            return only(actor)
    if SEEKS.search(text, max(clause.start, act.start - NEAR), act.start):
        return None
    borne = [a for a in actors.within(Span(clause.start, act.start)) if set(a.parties) & set(targets)]
    subject = actors.subject(clause, borne[0].span.start if borne else act.start)
    codes = codes_of(subject)
    if len(codes) != 1 or codes[0] in targets or BREAK.search(text, subject[-1].span.end, act.start):
        return None
    return codes[0]


def imposer_relative(actors: Actors, clause: Span, at: int, targets: Sequence[str]) -> str | None:
    """The one of whom a clause upon the measure says that they made it: "the 10% tariff that Peru imposed"."""
    text = actors.text
    for actor in actors.within(Span(at, min(clause.end, at + 80))):
        made = HAS_MADE.match(text, actor.span.end)
        if len(actor.parties) == 1 and actor.parties[0] not in targets and WHICH.fullmatch(text, at, actor.span.start):
            return actor.parties[0] if made and MAKES.match(text, made.end()) else None
    return None


def listed_in(actors: Actors, place: Span) -> tuple[str, ...]:
    """The parties whose persons or firms are named first in a place: "three Peruvian banks and two Chilean ones"."""
    found = [a for a in actors.within(place) if a.parties and not AGENT.search(actors.text, place.start, a.span.start)]
    group = found[:1]
    for actor in found[1:]:
        if not LISTED_TOO.fullmatch(actors.text, group[-1].span.end, actor.span.start):
            break
        group.append(actor)
    return tuple(dict.fromkeys(code for actor in group for code in actor.parties))


def owns(text: str, actor: Actor, act: Span) -> bool:
    """Whether the measure is called the actor's: "Trump's 25% tariff", "EU sanctions"."""
    return act.start - actor.span.end < 45 and OWNER.match(text[actor.span.end : act.start]) is not None


def owner_of(actors: Actors, clause: Span, act: Span, targets: Sequence[str]) -> str | None:
    """The owner of the measure, whoever is the subject of the sentence."""
    near = actors.within(Span(max(clause.start, act.start - NEAR), act.start))
    held = [a for a in near if owns(actors.text, a, act) and len(a.parties) < 2 and not set(a.parties) & set(targets)]
    return only(held[-1]) if held else None


def we_make(text: str, clause: Span, act: Span) -> bool:
    """Whether "we" is the subject of a verb that makes the measure."""
    we = WE.search(text, clause.start, act.end)
    return we is not None and MAKES.search(text, we.end(), act.end) is not None


def only(actor: Actor) -> str | None:
    """The actor's party; None for a person whose party the text does not show, who must not give way to another."""
    return actor.parties[0] if actor.parties else None


def imposer_after(actors: Actors, clause: Span, at: int, targets: Sequence[str]) -> str | None:
    """The one who is said after the act to have made it: "announced by Trump", "that Washington ordered"."""
    text = actors.text
    for actor in actors.within(Span(at, min(clause.end, at + NEAR))):
        if len(actor.parties) != 1 or actor.parties[0] in targets:
            continue
        lead = text[max(at, actor.span.start - 30) : actor.span.start]
        tail = text[actor.span.end : actor.span.end + 30]
        if (BY.search(lead) and (re.search(r"\bby\b", lead) or MAKES.search(tail))) or re.search(
            r"(?:during|under) (?:the )?$", lead
        ):
            return actor.parties[0]
    return None
