"""Who stands around a verb of an engagement? And which function reads which rule?"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.frame import (
    Frame,
    Frames,
    Refused,
    after_comma,
    destinations,
    listed_with,
    noun_like,
    people_in,
    refers_back,
    several_people,
)
from dragoman.extract.engagements.nouns import (
    attending_frame,
    before_noun,
    delegation_frame,
    mechanism_frame,
    noun_frame,
)
from dragoman.extract.engagements.sides import (
    NOBODY,
    Side,
    listed_from,
    subject_of,
)
from dragoman.extract.engagements.standing import HYPHENS, INVITES, Standing, verb_standing
from dragoman.grammar.match import Match
from dragoman.record.marks import MechanismMark, PersonMark, PlaceMark
from dragoman.record.mentions import Role, Status

BY = 10  # items behind an invitation in which it is told whose it was
PASSIVE = frozenset("is are was were been be being".split())
ONLY_ASKED = frozenset({Status.INVITED, Status.PROPOSED})


def verb_frame(clause: Clause, match: Match) -> Frames:
    """ "A met (with) B", "A and B met", "A spoke with B"."""
    if noun_like(clause, match.cue):
        return Refused("a noun here")
    standing = verb_standing(clause, match.cue)
    if standing.status in ONLY_ASKED and clause.words[match.cue].startswith("visit"):
        return Refused("only asked for")
    left, right = subject_of(clause, match.first), listed_from(clause, match.last)
    if right.empty and left.empty and mechanism_before(clause, match.cue) and intransitive(clause, match.cue):
        return [Frame(NOBODY, NOBODY, standing)]
    if right.empty and not (several_people(clause, left) and intransitive(clause, match.cue)):
        return Refused("nobody to meet")
    cue = clause.cue(match.cue)
    if cue is not None and "negotiate" in cue.classes and cue.form == "gerund":
        return Refused("a state of affairs")
    again = "again" in clause.words[max(0, match.cue - 2) : match.last + 3]
    back = right.empty and refers_back(clause, left)
    return [Frame(left, right, standing, definite=back, another=again and standing.status is not Status.HELD)]


def mechanism_before(clause: Clause, at: int) -> bool:
    """Whether a format is what meets: "The Joint Commission will meet"."""
    for i in range(at - 1, max(-1, at - 5), -1):
        if clause.mark(i, MechanismMark) is not None:
            return True
        if clause.words[i] not in AUXILIARIES:
            return False
    return False


AUXILIARIES = frozenset("will shall would has have had last also then to is are next )".split())


def beside_frame(clause: Clause, match: Match) -> Frames:
    """ "A, speaking next to B", "A appeared alongside B": two persons side by side before the press."""
    if match.first == match.cue and " with" not in clause.words[match.cue]:
        return Refused("not before the press")
    left, right = subject_of(clause, match.first), listed_from(clause, match.last)
    if left.empty:
        left = after_comma(clause, right.last)
    if not (people_in(clause, left) and people_in(clause, right)):
        return Refused("not two persons")
    return [Frame(left, right, Standing(Status.HELD, False))]


def intransitive(clause: Clause, at: int) -> bool:
    """Whether no object follows a verb: "they met in Rome", but not "they met the deadline"."""
    if at + 1 >= len(clause):
        return True
    following = clause.words[at + 1]
    return (
        following in AFTER_VERB
        or clause.time(at + 1) is not None
        or not MANNER.isdisjoint(clause.cue_classes(at + 1))
        or following.endswith("ly")
    )


MANNER = frozenset({"virtual", "by_phone", "in_person", "sidelines", "discuss"})
AFTER_VERB = frozenset(
    ". , ; : in on at to for and again with during after before by over via for as here there today separately "
    'behind about until late earlier face - – — ” " ) while when where amid against under outside near'.split()
)


def call_frame(clause: Clause, match: Match) -> Frames:
    """ "A called B": somebody is called, not called something."""
    if noun_like(clause, match.cue):
        return Refused("a noun here")
    right = listed_from(clause, match.cue + 1)
    if not right.actors or not isinstance(clause.actors[right.actors[0]], PersonMark):
        return Refused("nobody is called")
    after = clause.words[right.last] if right.last < len(clause) else "."
    if after not in AFTER_CALLED or opens_quotation(clause, right.last):
        return Refused("somebody is called something")
    return [Frame(subject_of(clause, match.first), right, verb_standing(clause, match.cue))]


AFTER_CALLED = frozenset({"to", "on", "about", ".", ",", "and", "in", "from", "after", "before", "”", '"'})


def opens_quotation(clause: Clause, at: int) -> bool:
    """Whether a straight quotation mark at an item opens what somebody is called: calling A "dopey"."""
    if clause.words[at : at + 1] != ['"']:
        return False
    end = clause.stream.spans[at].end
    return clause.text[end : end + 1].isalnum()


# What follows the name of who is urged, not visited: the deed, or a noun that makes the name an attribute.
AFTER_WHO_IS_URGED = frozenset("to for regime government administration authorities junta leadership".split())


# What follows the name of who joins others in something else than an engagement.
AFTER_WHO_JOINS_IN = frozenset("in to as and".split())


def joined_frame(clause: Clause, match: Match) -> Frames:
    """ "They were joined by D": somebody comes to the engagement that is spoken of, and does not join in saying something."""
    left, right = subject_of(clause, match.first), listed_from(clause, match.last)
    if not people_in(clause, right):
        return Refused("nobody joins")
    after = clause.words[right.last : right.last + 2]
    if after[:1] and after[0] in AFTER_WHO_JOINS_IN and not place_or_time(clause, right.last + 1):
        return Refused("they join in something")
    standing = verb_standing(clause, match.cue)
    return [Frame(left, right, standing, right_role=Role.PRINCIPAL, definite=True, finite=False, members=True)]


def place_or_time(clause: Clause, at: int) -> bool:
    """Whether a place or a time stands at ``at``, over an article at most."""
    here = range(at, min(len(clause), at + 2))
    return any(clause.mark(i, PlaceMark) is not None or clause.time(i) is not None for i in here)


def called_on_frame(clause: Clause, match: Match) -> Frames:
    """ "A called on B": somebody is visited, and not called on to do something."""
    right = listed_from(clause, match.last)
    if not right.actors or not isinstance(clause.actors[right.actors[0]], PersonMark):
        return Refused("nobody is visited")
    after = clause.words[right.last] if right.last < len(clause) else "."
    if after in AFTER_WHO_IS_URGED or clause.words[match.cue] == "calling":
        return Refused("called on to do something")
    return [Frame(subject_of(clause, match.first), right, verb_standing(clause, match.cue), Role.GUEST, Role.HOST)]


def host_frame(clause: Clause, match: Match) -> Frames:
    """ "A hosted B": the guest is a person or people of a party."""
    right = listed_from(clause, match.cue + 1)
    if right.empty or not people_in(clause, right):
        return Refused("no guest")
    standing = verb_standing(clause, match.cue)
    return [Frame(subject_of(clause, match.first), right, standing, Role.HOST, Role.GUEST)]


def hosted_by_frame(clause: Clause, match: Match) -> Frames:
    """ "A was received by B"."""
    left = subject_of(clause, match.first)
    if left.empty or not people_in(clause, left):
        return Refused("no guest")
    return [Frame(left, listed_from(clause, match.last), verb_standing(clause, match.cue), Role.GUEST, Role.HOST)]


def travel_frame(clause: Clause, match: Match) -> Frames:
    """ "A will travel to X and Y", "A visited X": a report for each country."""
    if match.cue and clause.words[match.cue - 1] in HYPHENS:
        return Refused("only an adjective")  # "the most-visited page"
    if noun_like(clause, match.cue):
        return Refused("a noun here")
    standing = verb_standing(clause, match.cue)
    stops = destinations(clause, match.cue + 1)
    if standing.status is Status.INVITED and stops:
        return invitation_frame(clause, match.cue, standing, stops)
    left = subject_of(clause, match.first)
    if not people_in(clause, left):
        return Refused("no visitor")
    if standing.status in ONLY_ASKED:
        return Refused("only asked for")
    if not stops:
        return Refused("no country")
    return [
        Frame(left, NOBODY, standing, Role.GUEST, extra=(country,), destination=at) for at, country in stops.items()
    ]


def invitation_frame(clause: Clause, at: int, standing: Standing, stops: dict[int, str]) -> Frames:
    """ "A invited B to visit X in May", "B accepted A's invitation to visit X": an invitation that names its time.

    One without a time is a courtesy, and told among the points of an account.
    """
    word = max((i for i in range(at) if clause.words[i] in INVITES), default=-1)
    if word < 0 or not any(clause.time(i) is not None for i in range(at, len(clause))):
        return Refused("invited without a time")
    host, guest = bidden(clause, word)
    if not people_in(clause, guest):
        return Refused("no visitor")
    return [
        Frame(guest, host, standing, Role.GUEST, Role.HOST, extra=(country,), destination=i)
        for i, country in stops.items()
    ]


def bidden(clause: Clause, word: int) -> tuple[Side, Side]:
    """Who invites and who is invited by the verb or noun at ``word``."""
    by = next((i for i in range(word + 1, min(len(clause), word + BY)) if clause.words[i] in ("by", "from")), None)
    inviting = listed_from(clause, by + 1) if by is not None else NOBODY
    if clause.words[word] == "invitation":
        owner = before_noun(clause, word)[0]
        subject = subject_of(clause, word)
        to = next((i for i in range(word + 1, min(len(clause), word + 4)) if clause.words[i] in ("to", "for")), None)
        asked = listed_from(clause, to + 1) if to is not None else NOBODY
        if not asked.empty and people_in(clause, asked):
            return (inviting if not inviting.empty else subject), asked
        return (owner if inviting.empty else inviting), subject
    if any(before in PASSIVE for before in clause.words[max(0, word - 2) : word]):
        return inviting, subject_of(clause, word)
    return subject_of(clause, word), listed_from(clause, word + 1)


def stay_frame(clause: Clause, match: Match) -> Frames:
    """ "A is in X for talks", "A is on a visit to X"."""
    left = subject_of(clause, match.first)
    stops = destinations(clause, match.slots["place"][0])
    if not people_in(clause, left) or not stops:
        return Refused("no visitor or no country")
    at, country = next(iter(stops.items()))
    word_before = clause.words[max(0, match.cue - 2) : match.cue + 1]
    planned = any(w in ("will", "would") for w in word_before)
    status = Status.PLANNED if planned else Status.ONGOING if clause.words[match.cue] in ("is", "are") else Status.HELD
    return [Frame(left, NOBODY, Standing(status, True), Role.GUEST, extra=(country,), destination=at)]


def attend_frame(clause: Clause, match: Match) -> Frames:
    """ "A will attend the MECHANISM", "A and B co-chaired the MECHANISM"."""
    classes = set(cue.classes) if (cue := clause.cue(match.cue)) is not None else set()
    role = Role.CO_CHAIR if "co_chair" in classes else Role.HOST if "host" in classes else Role.PRINCIPAL
    left = subject_of(clause, match.first)
    right = listed_with(clause, match.last)
    if left.empty and right.empty:
        return Refused("nobody takes part")
    return [Frame(left, right, verb_standing(clause, match.cue), role)]


def discuss_frame(clause: Clause, match: Match) -> Frames:
    """ "A and B discussed X": two parties, and no kind."""
    left = subject_of(clause, match.first)
    cue = clause.cue(match.cue)
    if cue is not None and cue.form in ("base", "gerund"):
        return Refused("not said to have been discussed")
    if not several_people(clause, left):
        return Refused("nobody to discuss with")
    return [Frame(left, NOBODY, verb_standing(clause, match.cue), definite=refers_back(clause, left))]


FRAMES: dict[str, Callable[[Clause, Match], Frames]] = {
    "verb": verb_frame,
    "beside": beside_frame,
    "call": call_frame,
    "called_on": called_on_frame,
    "host": host_frame,
    "hosted_by": hosted_by_frame,
    "travel": travel_frame,
    "stay": stay_frame,
    "attend": attend_frame,
    "discuss": discuss_frame,
    "delegation": delegation_frame,
    "attending": attending_frame,
    "joined": joined_frame,
    "noun": noun_frame,
    "mechanism": mechanism_frame,
}
