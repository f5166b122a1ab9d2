"""Who stands on either side of a cue: subjects to its left, others to its right?"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.extract.engagements.clause import Clause
from dragoman.record.marks import PartyForm, PartyMark, PersonForm, PersonMark, PlaceMark

PREPOSITIONS = frozenset(
    "with of to from for in by between among against about on at into over during under without via "
    "regarding concerning toward towards through than like alongside amid near".split()
)
# What may stand between the members of a list of people.
JOINTS = frozenset(", and & plus as well along together both either including also separately then with".split())
# What may stand before a name in its phrase.
OPENING_WORDS = frozenset(
    "the a an this that these those his her its their our your my all both several some many other senior key top high "
    "level high-level ranking high-ranking visiting new newly appointed elected then former fellow respective two three "
    "four five six seven eight nine ten foreign outgoing incoming interim acting counterpart minister president "
    "ambassador excellency majesty highness royal holiness eminence honorable honourable mr mrs ms dr mr. mrs. ms. dr. h.e. sir leader official representative relevant local "
    "government governmental military defence defense trade of".split()
)
# Nouns that stand for people of a party when nobody is named.
GROUP_NOUNS = frozenset(
    "officials official leaders leader ministers minister counterparts counterpart delegation delegations diplomats "
    "diplomat representatives representative negotiators negotiator interlocutors authorities presidents envoys envoy "
    "team teams side sides members lawmakers heads government governments experts secretaries parties colleagues "
    "principals chancellors premiers".split()
)
OFFICIALS = frozenset("leaders officials ministers counterparts authorities presidents".split())
PRIVATE = frozenset(
    "business community religious opposition union student students tribal civil party local church".split()
)
BRACKETS = {")": "(", "]": "[", "–": "–", "—": "—"}
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
NOT_ACTING = frozenset({PartyForm.DEMONYM, PartyForm.PAIR})
RELATIVE = 3  # items between "that" and its verb from which on the clause has a subject of its own
LONGEST_TITLE = 7  # items
TITLE_WORDS = frozenset("of the for ,".split())
LONGEST_LIST = 40  # items; nobody lists more people in one clause than fit


class Group(NamedTuple):
    """People of a party who are not named: the items of the phrase, and its parties."""

    first: int
    last: int
    parties: tuple[str, ...]


class Side(NamedTuple):
    """Those on one side of a cue: items of actors, groups without names, and the items that the side covers."""

    actors: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    first: int = -1
    last: int = -1

    @property
    def empty(self) -> bool:
        """Whether nobody stands there."""
        return not self.actors and not self.groups


NOBODY = Side()


def is_adjective(clause: Clause, at: int) -> bool:
    """Whether an item is a party's adjective before a noun."""
    actor = clause.actors[at]
    return isinstance(actor, PartyMark) and actor.form in NOT_ACTING


def owns(clause: Clause, at: int) -> bool:
    """Whether the actor at ``at`` is a possessor: "Misri's", "the ministers'"."""
    following = clause.words[at + 1] if at + 1 < len(clause) else ""
    actor = clause.actors[at]
    pronoun = isinstance(actor, PersonMark) and actor.form is PersonForm.PRONOUN
    return following in POSSESSIVE or (pronoun and clause.words[at] in ("his", "their", "its", "our", "my", "your"))


def group_at(clause: Clause, at: int) -> Group | None:
    """A group without names whose noun stands at ``at``: "senior Kuwaiti officials", "ministers of Iran and Oman"."""
    if clause.words[at] not in GROUP_NOUNS or clause.acts(at):
        return None
    first = at
    parties: list[str] = []
    i = at - 1
    while i >= 0 and (
        clause.words[i] in OPENING_WORDS
        or isinstance(clause.actors[i], PartyMark)
        or (parties and clause.words[i] in ("and", ",") and i > 0 and is_adjective(clause, i - 1))
    ):
        actor = clause.actors[i]
        if isinstance(actor, PartyMark):
            parties = [*actor.codes, *parties]
        elif clause.words[i] in ("with", "of"):
            break
        first = i
        i -= 1
    last = at + 1
    if not parties:
        parties, last = parties_after(clause, at + 1)
    return Group(first, last, tuple(dict.fromkeys(parties))) if parties else None


def officials_at(clause: Clause, at: int) -> Group | None:
    """Officials whose party is not told: "Pacific Island leaders", but not "business leaders"."""
    if clause.words[at] not in OFFICIALS or clause.acts(at):
        return None
    first = at
    while first > 0 and at - first < 4 and clause.words[first - 1] not in (*JOINTS, *PREPOSITIONS):
        first -= 1
    return None if PRIVATE & set(clause.words[first:at]) else Group(first, at + 1, ())


def parties_after(clause: Clause, at: int) -> tuple[list[str], int]:
    """The parties of a phrase "of India, Iran and the UAE" that begins at ``at``, and the item after it."""
    parties: list[str] = []
    if at >= len(clause) or clause.words[at] not in ("of", "from"):
        return parties, at
    last, i = at, at + 1
    while i < len(clause) and i < at + LONGEST_LIST:
        actor = clause.actors[i]
        if isinstance(actor, PartyMark):
            parties.extend(actor.codes)
            last = i + 1
        elif clause.words[i] not in JOINTS and clause.words[i] not in OPENING_WORDS:
            break
        i += 1
    return parties, last if parties else at


def subject_of(clause: Clause, verb: int) -> Side:
    """The subject of the verb at ``verb``: the nearest actors to its left that no preposition governs.

    Looks left over auxiliaries, adverbs, times, places and phrases in brackets; somebody who owns something
    ("Landau's emphasis") is no subject, and nobody before "that" of what is said to happen ("I am glad that doses will
    arrive").
    """
    at = verb - 1
    while at >= 0:
        word = clause.words[at]
        if word == ";" or (word == "that" and verb - at > RELATIVE and not after_comma(clause, at)):
            break
        if word in BRACKETS:
            at = opening(clause, at)
        elif (clause.acts(at) and not owns(clause, at)) or group_at(clause, at):
            side = listed_left(clause, at)
            if not governed(clause, side.first):
                return side
            at = side.first
        at -= 1
    return NOBODY


def after_comma(clause: Clause, at: int) -> bool:
    """Whether a comma stands right before the item."""
    return at > 0 and clause.words[at - 1] == ","


def governed(clause: Clause, first: int) -> bool:
    """Whether a preposition governs the phrase that begins at ``first``."""
    i = first - 1
    while i >= 0 and (clause.words[i] in OPENING_WORDS or is_adjective(clause, i)) and clause.words[i] != "of":
        i -= 1
    return i >= 0 and clause.words[i] in PREPOSITIONS


def listed_left(clause: Clause, at: int) -> Side:
    """The list of people that ends at ``at``; its last two are joined by more than a comma ("in Oman, the minister")."""
    actors: list[int] = []
    groups: list[Group] = []
    i, first, joined = at, at, True
    while i >= 0 and at - i < LONGEST_LIST:
        led = led_by(clause, i) if joined and clause.acts(i) else None
        group = led or (group_at(clause, i) if joined else None)
        if joined and (group or clause.acts(i)):
            actors += [i] if clause.acts(i) else []
            groups += [group] if group else []
            i = first = group.first if group else i
            joined = False
        elif clause.words[i] in JOINTS and clause.words[i] != "with":
            if clause.words[i] == "as" and "well" not in clause.words[max(0, i - 1) : i + 2]:
                break  # "on Libya, as we discussed"
            if not joined and len(actors) + len(groups) == 1 and not bound_left(clause, i):
                break
            joined = True
        elif clause.words[i] in BRACKETS and opening(clause, i) < i:
            i = opening(clause, i)
        elif clause.words[i] in POSSESSIVE:
            i = owner_start(clause, i)
        elif not (clause.words[i] in OPENING_WORDS or is_adjective(clause, i)) or clause.words[i] == "of":
            break
        i -= 1
    return Side(tuple(actors[::-1]), tuple(groups[::-1]), first, at + 1)


def bound_left(clause: Clause, at: int) -> bool:
    """Whether the joint that ends at ``at`` is more than a comma, or a headline's "India, Iran"."""
    i = at
    while i >= 0 and clause.words[i] in JOINTS:
        if clause.words[i] != ",":
            return True
        i -= 1
    return i == 0 and isinstance(clause.actors[0], PartyMark)


def leader(clause: Clause, at: int) -> int | None:
    """The item of the person who leads the group that ends at ``at``: "the delegation led by A", "under A"."""
    words = clause.words
    i = at
    if words[i : i + 1] == [","]:
        i += 1
    if words[i : i + 1] == ["under"]:
        i += 1
    elif words[i : i + 2] in (["led", "by"], ["headed", "by"], ["chaired", "by"]) or (
        i + 1 < len(words) and words[i + 1] == "by" and clause.cue(i) is not None
    ):
        i += 2
    else:
        return None
    people = [k for k in range(i, min(len(clause), i + 7)) if isinstance(clause.actors[k], PersonMark)]
    return next((k for k in people if not owns(clause, k)), None)


def led_by(clause: Clause, at: int) -> Group | None:
    """The group that the person at ``at`` leads, when its name stands before: "the Omani delegation under A"."""
    for i in range(at - 1, max(0, at - 9), -1):
        group = group_at(clause, i)
        if group is not None and leader(clause, group.last) == at:
            return group
    return None


def owner_start(clause: Clause, at: int) -> int:
    """The first item of the owner whose "'s" stands at ``at``: "the Trump administration's"."""
    i = at - 1
    while i > 0 and at - i < 5 and clause.words[i - 1] not in JOINTS and clause.words[i - 1] not in PREPOSITIONS:
        i -= 1
        if clause.words[i] == "the":
            break
    return i


def opening(clause: Clause, at: int) -> int:
    """The number of the item that opens the bracket closed at ``at``, or ``at`` when there is none near."""
    wanted = BRACKETS[clause.words[at]]
    return next((i for i in range(at - 1, max(-1, at - 15), -1) if clause.words[i] == wanted), at)


def known(clause: Clause, side: Side) -> bool:
    """Whether a side holds anybody but pronouns that stand for nobody."""
    for at in side.actors:
        actor = clause.actors[at]
        if not isinstance(actor, PersonMark) or actor.people or actor.form is not PersonForm.PRONOUN:
            return True
    return bool(side.groups)


class Member(NamedTuple):
    """One member of a list: its actors and group, where it ends, and whether more than a comma joins it."""

    actors: tuple[int, ...]
    groups: tuple[Group, ...]
    last: int
    bound: bool


def listed_from(clause: Clause, at: int) -> Side:
    """The list of people that begins at ``at``; empty when something else stands there.

    After the last "and" a comma closes the list: in "after talks with A, B said" only A is listed.
    """
    members: list[Member] = []
    i, expecting, bound = at, True, True
    while i < len(clause) and i - at < LONGEST_LIST:
        member = member_at(clause, i, bound) if expecting else None
        if member is not None:
            members.append(member)
            i, expecting, bound = member.last, False, False
            continue
        word = clause.words[i]
        if word in JOINTS and (not expecting or members):
            expecting = True
            bound = bound or word != ","
        elif expecting and (start := qualified(clause, i)) is not None:
            i = start - 1
        elif word in "([" and closing(clause, i) > i:
            i = closing(clause, i)
        elif expecting and (name := titled(clause, i)) is not None:
            i = name - 1
        elif not may_open(clause, i, expecting):
            break
        i += 1
    end = max((n for n, member in enumerate(members) if member.bound), default=-1) + 1
    return with_members(clause, side_of(at, members[:end])) if end else NOBODY


def member_at(clause: Clause, at: int, bound: bool) -> Member | None:
    """The member of a list that begins at ``at``, with the head of a delegation."""
    group = group_at(clause, at) or officials_at(clause, at)
    if group is not None:
        head = leader(clause, group.last)
        return Member(() if head is None else (head,), (group,), group.last if head is None else head + 1, bound)
    if clause.acts(at) and qualified(clause, at) is None:
        return Member((at,), (), at + 1, bound)
    return None


def side_of(first: int, members: list[Member]) -> Side:
    """The members as one side."""
    actors = tuple(actor for member in members for actor in member.actors)
    return Side(actors, tuple(group for member in members for group in member.groups), first, members[-1].last)


def with_members(clause: Clause, side: Side) -> Side:
    """The side with those whom "including" adds a few words later: "with leaders ahead of the summit, including A and B"."""
    for i in range(side.last, min(len(clause) - 1, side.last + 8)):
        if clause.words[i] in ("including", "among") and clause.words[i - 1] in (",", "(", "–", "—"):
            members = listed_from(clause, i + 1)
            if not members.empty:
                named = tuple(at for at in side.actors if not is_group(clause, at))
                return Side((*named, *members.actors), members.groups, side.first, members.last)
        if clause.words[i] in ("to", "that", ";", "on", "about"):
            break
    return side


def is_group(clause: Clause, at: int) -> bool:
    """Whether an actor is a group whose members are named after it."""
    actor = clause.actors[at]
    return isinstance(actor, PersonMark) and actor.form in (PersonForm.GROUP, PersonForm.ROLE) and len(actor.people) < 2


def qualified(clause: Clause, at: int) -> int | None:
    """The item where the name begins that the actor at ``at`` only qualifies: "India's ..."; None when it stands itself."""
    if owns(clause, at):
        return at + 2 if clause.words[at + 1 : at + 2] and clause.words[at + 1] in POSSESSIVE else at + 1
    if isinstance(clause.actors[at], PersonMark) and clause.words[at + 1 : at + 2] in (
        ["administration"],
        ["government"],
    ):
        return at + 3
    if isinstance(clause.actors[at], PartyMark):
        short = closing(clause, at + 1) if clause.words[at + 1 : at + 2] == ["("] else at  # "World Bank (WB) President"
        for i in range(short + 1, min(len(clause), short + 4)):
            if isinstance(clause.actors[i], PersonMark):
                return i
            if clause.words[i] in JOINTS or clause.words[i] in PREPOSITIONS or clause.words[i] in "(.;":
                return None
    return None


def may_open(clause: Clause, at: int, expecting: bool) -> bool:
    """Whether an item can stand before the next name of a list."""
    return expecting and (
        regional(clause, at)
        or clause.words[at] in OPENING_WORDS
        or clause.words[at] in JOINTS
        or is_adjective(clause, at)
        or clause.counts(at)
    )


def titled(clause: Clause, at: int) -> int | None:
    """The item of the name before which a capitalised word opens a title of no lexicon: "Marshal of the Senate, Ann Lee"."""
    if clause.acts(at) or clause.stream.spans[at].of(clause.text).isupper():
        return None  # behind the letters of a body stands somebody of that body, not of the list's party
    for i in range(at, min(len(clause), at + LONGEST_TITLE)):
        if isinstance(clause.actors[i], PersonMark):
            return i if i > at and clause.text[clause.stream.spans[i].start].isupper() else None
        if not (clause.text[clause.stream.spans[i].start].isupper() or (i > at and clause.words[i] in TITLE_WORDS)):
            return None
        if clause.cue(i) is not None or clause.time(i) is not None:
            return None
    return None


def regional(clause: Clause, at: int) -> bool:
    """Whether a place or a name qualifies a group without names: "Pacific Island leaders", "Central Asian ministers"."""
    for i in range(at + 1, min(len(clause), at + 3)):
        actor = clause.actors[i]
        if isinstance(actor, PersonMark) and actor.form is PersonForm.GROUP:
            return clause.mark(at, PlaceMark) is not None or clause.text[clause.stream.spans[at].start].isupper()
    return False


def closing(clause: Clause, at: int) -> int:
    """The number of the item that closes the bracket opened at ``at``, or ``at`` when there is none near."""
    wanted = ")" if clause.words[at] == "(" else "]"
    return next((i for i in range(at + 1, min(len(clause), at + 15)) if clause.words[i] == wanted), at)
