"""Who takes part where the words leave it out?

A post drops its subject ("Called on the President"): it is its author who did so. A round of talks told by its number
alone is one between the two parties that the text is about.
"""

from __future__ import annotations

from dragoman.extract.context import Context
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.frame import Frame
from dragoman.extract.engagements.kinds import kind_of_noun
from dragoman.extract.engagements.people import NOBODY, Cast
from dragoman.extract.engagements.scene import Scene
from dragoman.record.document import DocumentKind
from dragoman.record.marks import PersonMark
from dragoman.record.mentions import EngagementKind, Participant, Status

FEELINGS = frozenset("pleased delighted glad honoured honored happy great good privileged wonderful thrilled".split())
BEGINNINGS = FEELINGS | frozenset(
    "called met spoke had held received hosted welcomed interacted visited just concluded".split()
)
MARKS = "“\"'‘ "
MIDDLE = frozenset(
    "to a an the very our and also pleasure honour honor warm productive excellent fruitful useful detailed engaging "
    "constructive insightful wide-ranging brief bilateral , in-depth good great first".split()
)
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
ROUND = 4  # items between the number of a round and its talks


def author_of(scene: Scene, context: Context, clause: Clause, at: int, frame: Frame) -> Cast:
    """The author of a text whose sentence drops its subject; nobody when it has one, or nobody knows the author."""
    if not frame.left.empty or frame.right.empty or not telegraphic(clause, at):
        return NOBODY
    span = clause.span(at, at + 1)
    who = scene.speaker(span)
    met = {i for at in frame.right.actors if isinstance(p := clause.actors[at], PersonMark) for i in p.people}
    if who is not None and who not in met and context.people[who].named:
        person = context.people[who]
        one = Participant(name=person.name, party=person.party, office=person.office, role=frame.left_role, person=who)
        return Cast((one,), (person.party,) if person.party else ())
    party = context.document.issuer if context.document.kind is DocumentKind.POST else None
    return Cast((Participant(party=party, role=frame.left_role, span=span),), (party,)) if party else NOBODY


def telegraphic(clause: Clause, at: int) -> bool:
    """Whether a sentence opens with its verb: "Met with A", "Pleased to host B", "Had a good meeting with C"."""
    first = next((i for i, word in enumerate(clause.words) if word.strip(MARKS)), 0)
    opening = clause.text[clause.stream.spans[first].start]
    word = clause.words[first].split(" ")[0]
    if not opening.isupper() or word not in BEGINNINGS or first > at:
        return False
    return all(clause.words[i] in MIDDLE | BEGINNINGS or clause.time(i) is not None for i in range(first + 1, at))


def round_between(scene: Scene, clause: Clause, at: int, frame: Frame, country: str | None) -> tuple[str, ...]:
    """The two parties of the text, for a round that has a number, a verb of its own and nobody named."""
    if not (frame.noun and frame.finite) or kind_of_noun(clause, at) is not EngagementKind.NEGOTIATION_ROUND:
        return ()
    before = clause.words[max(0, at - ROUND) : at + 1]
    numbered = any(word in ORDINALS or word[:1].isdigit() for item in before for word in item.split(" "))
    return scene.two_or_host(country) if numbered and frame.standing.status is not Status.DENIED else ()
