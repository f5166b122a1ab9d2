"""Who stands around a noun that names an engagement: talks, a call, a visit, a mechanism, a delegation?"""

from __future__ import annotations

from dragoman.extract.engagements.circumstance import is_framework
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.frame import (
    ANOTHER,
    KNOWN,
    OWNERS,
    Frame,
    Frames,
    Refused,
    after_comma,
    country_at,
    destinations,
    listed_with,
    people_in,
    several_people,
)
from dragoman.extract.engagements.sides import (
    NOBODY,
    POSSESSIVE,
    Side,
    is_adjective,
    known,
    listed_from,
    listed_left,
    owns,
    parties_after,
    subject_of,
)
from dragoman.extract.engagements.standing import Standing, following_verb, governing_verb, noun_standing, verb_standing
from dragoman.grammar.match import Match
from dragoman.record.marks import MechanismMark, PartyForm, PartyMark, PersonForm, PersonMark, PlaceMark
from dragoman.record.mentions import Role, Status

MEETS = frozenset({"meet", "host", "receive", "welcome_visitor"})
TIES = frozenset("between among involving of".split())


# Nouns that name an engagement only where somebody is said to be party to it.
VAGUE = frozenset({"engagement_word", "exchange_noun", "session_noun", "forum_noun", "conference_noun"})


def noun_frame(clause: Clause, match: Match) -> Frames:
    """ "talks with B", "a meeting between A and B", "their call", "the A-B meeting", "A held talks with B"."""
    tie = match.slots.get("tie")
    return noun_at(clause, match.cue, match.last, clause.words[tie[0]] if tie else "")


def noun_at(clause: Clause, at: int, last: int, tie: str) -> Frames:
    """The frame of the noun at ``at``; ``tie`` is the preposition that ends before item ``last``, if any."""
    if adjective(clause, at):
        return Refused("only an adjective")
    if "visit_noun" in clause.cue_classes(at) and (stops := destinations(clause, at + 1)):
        return visits_at(clause, at, stops)
    right, mediator = behind_noun(clause, at, last if tie else None)
    owner, definite, another, extra = before_noun(clause, at)
    governor = governing_verb(clause, at)
    left = owner if known(clause, owner) or governor is None else subject_of(clause, governor)
    if left.empty and tie in ("with", "") and governor is None and opens_sentence(clause, at):
        left = after_comma(clause, right.last if not right.empty else at)
    if tie in TIES and not right.empty and owner.empty:
        left = NOBODY
    follower = following_verb(clause, at)
    if right.empty and follower is not None:
        right = listed_with(clause, follower)
    if right.empty:
        right = gathered(clause, at)
    if right.empty and left.empty:
        left, right = had_with(clause, at)
    told = NOBODY
    if governor is None and right.empty and left in (owner, NOBODY):
        left, right, told = told_at(clause, at, owner)
    vague = VAGUE & clause.cue_classes(at)
    if vague and (left.empty or right.empty) and (tie == "of" or not definite or "exchange_noun" in vague):
        return Refused("nobody is party to it")
    purpose = purpose_verb(clause, at) if left.empty and governor is None else None
    if purpose is not None:
        left = subject_of(clause, purpose)
    if mediates(clause, right):
        right = NOBODY
    role, other = roles_by(clause, governor)
    members = included(clause, at)
    standing = noun_standing(clause, at) if purpose is None else verb_standing(clause, purpose)
    again = purpose is not None and not MEETS.isdisjoint(
        clause.cue_classes(purpose)
    )  # "met B for talks": told by the verb
    return [
        Frame(
            left,
            right,
            standing,
            role,
            other,
            extra,
            definite or members or again,
            another,
            governor is not None
            or follower is not None
            or purpose is not None
            or (not told.empty and standing.status is Status.HELD),
            noun=True,
            mediator=mediator,
            members=members,
        )
    ]


def behind_noun(clause: Clause, at: int, last: int | None) -> tuple[Side, Side]:
    """Who stands behind a noun: the others after its preposition, which ends before item ``last``, and who mediates."""
    right = NOBODY if last is None else listed_from(clause, last)
    mediator = mediator_of(clause, at, right)
    if right.empty and not mediator.empty and clause.words[mediator.last : mediator.last + 1] in BETWEEN_ALL:
        right = listed_from(clause, mediator.last + 1)
    return right, mediator


BETWEEN_ALL = (["between"], ["among"], ["with"], ["involving"])
# What may stand between talks and the words that say who mediates them, besides places and times.
TO_THE_MEDIATOR = frozenset(", ( which that are is were was being in on at the and have has been".split())
MEDIATOR_REACH = 12  # items


def mediator_of(clause: Clause, at: int, right: Side) -> Side:
    """Who mediates: "talks mediated by C between A and B", "talks between A and B in Doha, brokered by C"."""
    start = at + 1 if right.empty else right.last
    for i in range(start, min(len(clause) - 2, start + MEDIATOR_REACH)):
        if "mediate" in clause.cue_classes(i):
            return listed_from(clause, i + 2) if clause.words[i + 1] == "by" else NOBODY
        if not (clause.words[i] in TO_THE_MEDIATOR or clause.time(i) or clause.mark(i, PlaceMark)):
            return NOBODY
    return NOBODY


def purpose_verb(clause: Clause, at: int) -> int | None:
    """The verb of a journey or a meeting whose purpose the noun is: "flew to Rome for talks with B"."""
    i = at - 1
    second = False  # "for meetings with A and a dialogue with B"
    while i >= 0 and at - i < 12 and clause.words[i] not in ("for", ",", ";", "of"):
        second = second or clause.words[i] == "and"
        if clause.words[i] == "with" and not second:
            return None
        i -= 1
    if i < 0 or clause.words[i] != "for":
        return None
    for k in range(i - 1, -1, -1):
        cue = clause.cue(k)
        if cue is not None and {"travel", "visit", "host", "receive", "welcome_visitor", "meet"} & set(cue.classes):
            return k
        if clause.words[k] in (";", "that") or (cue is not None and cue.form in ("past", "present")):
            return None
    return None


def told_at(clause: Clause, at: int, owner: Side) -> tuple[Side, Side, Side]:
    """Both sides of a noun of which the clause only says what they did there, and who of them did it."""
    if owner.empty:
        left = those_at(clause, at)
        return left, NOBODY, left
    left, right = two_before(clause, owner) or (owner, NOBODY)
    return left, right, NOBODY if right.empty else left


def two_before(clause: Clause, owner: Side) -> tuple[Side, Side] | None:
    """The two persons before "their meeting" where it stands for nobody yet: "the Minister assured B during their talks"."""
    their = clause.actors[owner.first]
    if clause.words[owner.first] != "their" or not isinstance(their, PersonMark) or their.people:
        return None
    if clause.words[owner.first - 1] not in AT_OCCASIONS:
        return None
    held = [i for i in range(owner.first) if isinstance(p := clause.actors[i], PersonMark) and p.form in SOMEBODY]
    if len(held) != 2:
        return None
    return Side((held[0],), (), held[0], held[0] + 1), Side((held[1],), (), held[1], held[1] + 1)


SOMEBODY = frozenset({PersonForm.FULL, PersonForm.SURNAME, PersonForm.TITLE, PersonForm.ROLE})
AT_OCCASIONS = frozenset("in during at on over after following".split())


def those_at(clause: Clause, at: int) -> Side:
    """Several people who did something at the engagement: "the two leaders agreed in a phone call"."""
    i = at - 1
    while i > 0 and at - i < 6 and clause.words[i] not in (*AT_OCCASIONS, ",", ";", "with", "of", "for"):
        i -= 1
    if i <= 0 or clause.words[i] not in AT_OCCASIONS:
        return NOBODY
    side = subject_of(clause, i)
    return side if several_people(clause, side) else NOBODY


def mediates(clause: Clause, side: Side) -> bool:
    """Whether "as mediator" follows: a third party, and no side of the talks."""
    return (
        not side.empty
        and clause.words[side.last : side.last + 1] == ["as"]
        and any(word.startswith("mediat") for word in clause.words[side.last + 1 : side.last + 4])
    )


def opens_sentence(clause: Clause, at: int) -> bool:
    """Whether the noun stands in an opening phrase: "After talks with B, A said", "During his call with B, A ..."."""
    return (
        clause.words[0] in ("after", "during", "following", "in", "at", "before", "ahead")
        and "," not in clause.words[:at]
    )


def gathered(clause: Clause, at: int) -> Side:
    """Those whom a noun's verb lists: "The meeting includes A, B and C", "brings together A and B"."""
    for i in range(at + 1, min(len(clause), at + 6)):
        word = clause.words[i]
        if word in ("includes", "included", "involves", "involved", "gathers", "gathered"):
            return listed_from(clause, i + 1)
        if word in ("brings", "brought", "bring") and "together" in clause.words[i + 1 : i + 3]:
            return listed_from(clause, i + 2)
    return NOBODY


def had_with(clause: Clause, at: int) -> tuple[Side, Side]:
    """Both sides of a noun's relative clause: "the call that A had with B", "the talks A held with B"."""
    if clause.words[at + 1 : at + 2] not in (["that"], ["which"]) and not clause.acts(min(at + 1, len(clause) - 1)):
        return NOBODY, NOBODY
    for i in range(at + 2, min(len(clause), at + 8)):
        if clause.words[i] in ("had", "held", "has", "have") and "with" in clause.words[i + 1 : i + 4]:
            left = subject_of(clause, i)
            return (left, listed_with(clause, i)) if left.first > at else (NOBODY, NOBODY)
        if clause.words[i] in (",", ";", "on", "in", "about", "is", "was"):
            break
    return NOBODY, NOBODY


def visits_at(clause: Clause, at: int, stops: dict[int, str]) -> Frames:
    """ "A's visit to X", "his trip to X and Y": a journey for each country."""
    owner, _, another, _ = before_noun(clause, at)
    governor = governing_verb(clause, at)
    left = owner if known(clause, owner) or governor is None else subject_of(clause, governor)
    if not people_in(clause, left):
        return Refused("no visitor")
    standing = noun_standing(clause, at)
    return [
        Frame(
            left,
            NOBODY,
            standing,
            Role.GUEST,
            extra=(country,),
            another=another,
            finite=governor is not None,
            destination=i,
            noun=True,
        )
        for i, country in stops.items()
    ]


def roles_by(clause: Clause, governor: int | None) -> tuple[Role, Role]:
    """The roles that the verb of a noun gives: both sides co-chair, a host has guests."""
    cue = clause.cue(governor) if governor is not None else None
    classes = set(cue.classes) if cue is not None else set()
    if "co_chair" in classes:
        return Role.CO_CHAIR, Role.CO_CHAIR
    if "host" in classes:
        return Role.HOST, Role.GUEST
    return Role.PRINCIPAL, Role.COUNTERPART


def adjective(clause: Clause, at: int) -> bool:
    """Whether a noun only qualifies another one: "bilateral trade", "summit hall"."""
    if clause.words[at] not in ("bilateral", "trilateral", "dialogue", "summit", "visit", "letter"):
        return False
    if at + 1 >= len(clause):
        return False
    following = clause.words[at + 1]
    if clause.words[at] in ("bilateral", "trilateral"):
        return following[:1].isalpha() and following not in ("with", "between", "on", "in", "at", "and", "was", "is")
    return False


def included(clause: Clause, at: int) -> bool:
    """Whether the noun is among what a sentence lists of something known: "These included talks with A"."""
    return clause.words[0] in ("these", "those", "they", "this") and any(
        w.startswith("includ") for w in clause.words[1:at]
    )


def before_noun(clause: Clause, at: int) -> tuple[Side, bool, bool, tuple[str, ...]]:
    """Owner, definiteness, newness, and parties by way of adjectives, from the words before a noun."""
    another = False
    extra: tuple[str, ...] = ()
    i = at - 1
    while i >= max(0, at - 7):
        text = clause.words[i]
        another = another or text in ANOTHER
        if text in POSSESSIVE and i > 0 and clause.acts(i - 1):
            return listed_left(clause, i - 1), True, another, extra
        if clause.acts(i) and text in OWNERS:
            return Side((i,), (), i, i + 1), True, another, extra
        if clause.acts(i) and owns(clause, i):
            return listed_left(clause, i), True, another, extra
        if is_adjective(clause, i):
            party = clause.actors[i]
            extra = party.codes if isinstance(party, PartyMark) and party.form is PartyForm.PAIR else extra
        elif text in KNOWN or text in OWNERS:
            return NOBODY, True, another, extra
        elif text == "of" and i and clause.words[i - 1] in ("round", "rounds"):
            i -= 1  # "another round of talks"
        elif text in ("a", "an") or clause.cue(i) is not None or text in STOPS:
            break
        i -= 1
    return NOBODY, False, another, extra


STOPS = frozenset(", ; of in with to and for on at after before during from by".split())


def mechanism_frame(clause: Clause, match: Match) -> Frames:
    """ "The MECHANISM was held in PLACE between A and B", "the MECHANISM in March 2021"."""
    at = match.cue
    follower = following_verb(clause, at)
    if clause.mark(at, MechanismMark) is None or is_framework(clause.words[at]):
        return Refused("no engagement")
    purpose = purpose_verb(clause, at)
    another = any(word in ANOTHER for word in clause.words[max(0, at - 2) : at])
    if purpose is not None:
        return [Frame(subject_of(clause, purpose), NOBODY, verb_standing(clause, purpose), another=another)]
    if follower is None:
        return (
            [Frame(NOBODY, NOBODY, noun_standing(clause, at), another=another, finite=False)]
            if dated(clause, at)
            else Refused("only named")
        )
    right = listed_with(clause, follower)
    extra = tuple(parties_after(clause, at + 1)[0]) if right.empty else ()
    return [Frame(NOBODY, right, noun_standing(clause, at), extra=extra, definite=not another, another=another)]


def delegation_frame(clause: Clause, match: Match) -> Frames:
    """ "The Omani delegation included A and B", "A led the Indian delegation": who else took part."""
    at = match.cue
    right = NOBODY
    for i in range(at + 1, min(len(clause), at + 5)):
        if clause.words[i] in ("included", "includes", "comprised", "comprises", "consisted", "was", "were"):
            right = first_listed(clause, i + 1)
            break
    left = led_before(clause, at) if right.empty else NOBODY
    if not (people_in(clause, left) or people_in(clause, right)):
        return Refused("nobody is named")
    return [
        Frame(left, right, HELD, Role.DELEGATION, Role.DELEGATION, definite=True, finite=False, noun=True, members=True)
    ]


def first_listed(clause: Clause, at: int) -> Side:
    """The list of people that begins at ``at`` or one or two words later: "was led by A"."""
    sides = (listed_from(clause, i) for i in range(at, min(len(clause), at + 3)))
    return next((side for side in sides if not side.empty), NOBODY)


def led_before(clause: Clause, at: int) -> Side:
    """The subject of "led" or "headed" before the delegation that stands at ``at``."""
    for i in range(at - 1, max(-1, at - 5), -1):
        if clause.words[i] in ("led", "headed", "lead", "heads", "leads", "co-led"):
            return subject_of(clause, i)
    return NOBODY


def attending_frame(clause: Clause, match: Match) -> Frames:
    """ "Also attending were A and B", "in the presence of A"."""
    right = first_listed(clause, match.last)
    if not people_in(clause, right):
        return Refused("nobody is named")
    role = Role.WITNESS if clause.words[match.cue] == "presence" else Role.DELEGATION
    return [Frame(NOBODY, right, HELD, role, role, definite=True, finite=False, noun=True, members=True)]


HELD = Standing(Status.HELD, False)


def dated(clause: Clause, at: int) -> bool:
    """Whether a time stands right before the name of a mechanism or behind it, over a place at most."""
    if at > 0 and clause.time(at - 1) is not None:
        return True
    for i in range(at + 1, min(len(clause), at + 7)):
        if clause.time(i) is not None:
            return True
        if clause.words[i] not in ("in", "on", "of", "for", "later", "this", ",") and country_at(clause, i) is None:
            return False
    return False
