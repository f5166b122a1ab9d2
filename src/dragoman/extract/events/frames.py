"""How do a modal word and what it governs make one event: "agreed to lift", "refused to meet", "threatened to attack"?

The PLOVER manual codes an intention to cooperate as AGREE, one to harm as THREATEN, and a refusal or a demand of
anything as REJECT or REQUEST, whatever the act that is refused or demanded.
"""

from __future__ import annotations

import msgspec

from dragoman.extract.events.sentence import AFTER, BEFORE, BETWEEN, SOURCE, TARGET, Sentence
from dragoman.extract.events.triggers import Hit

COOPERATIVE = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"))
MODAL = {"refuse": "REJECT", "demand": "REQUEST", "threat": "THREATEN", "past": "SUPPORT"}
FORWARD = (BETWEEN, AFTER, TARGET, BEFORE, SOURCE)
BACKWARD = (BETWEEN, AFTER, SOURCE, BEFORE, TARGET)
# A modal word and an act stand in one clause when no more words than this lie between them.
NEAR = 7
# Verbs of sending, and what one may be sent for that says more than the sending; the purpose may stand behind the target.
SENDING = frozenset({"send", "dispatch", "deploy"})
PURPOSES = frozenset({"ACCUSE", "ASSAULT", "COERCE"})
REACH = 14  # words


class Frame(msgspec.Struct, frozen=True):
    """The type that the first modal word and the first act of a region make together."""

    type: str
    region: str
    modal: Hit | None
    act: Hit | None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The phrases that the frame rests on."""
        return tuple(hit for hit in (self.modal, self.act) if hit is not None)


def frames_of(sentence: Sentence) -> list[Frame]:
    """One frame for each region that has one, the region that tells most first."""
    found: list[Frame] = []
    for region in FORWARD if sentence.forward else BACKWARD:
        hits = [hit for hit in sentence.hits if sentence.regions[hit.first] == region]
        frame = _frame(hits, region, sentence) if hits else None
        if frame is not None:
            found.append(frame)
    return found


def _frame(hits: list[Hit], region: str, sentence: Sentence) -> Frame | None:
    """The frame of the hits of one region."""
    modal = next((hit for hit in hits if hit.label.islower() and hit.label != "past"), None)
    acts = [hit for hit in hits if hit.label.isupper()]
    act = _first_act(acts, modal)
    if act is not None and act.phrase.split()[0] in SENDING:
        act = _purpose(sentence, act) or act
    if act is None:
        return Frame(_alone(modal), region, modal, None) if modal is not None else None
    if modal is None or modal.first >= act.first or act.first - modal.last > NEAR:
        return Frame(act.label, region, None, act)
    return Frame(_joined(modal, act), region, modal, act)


def _purpose(sentence: Sentence, sent: Hit) -> Hit | None:
    """What somebody was sent for: "sent jets to bomb", "dispatched experts to investigate"."""
    return next(
        (
            hit
            for hit in sentence.hits
            if sent.first < hit.first <= sent.first + REACH
            and hit.label in PURPOSES
            and sentence.words[hit.first - 1] == "to"
        ),
        None,
    )


def _first_act(acts: list[Hit], modal: Hit | None) -> Hit | None:
    """The first act, the longest of those that begin at one word; a modal word is not its own act."""
    outside = [hit for hit in acts if modal is None or hit.first != modal.first or hit.last > modal.last] or acts
    if not outside:
        return None
    first = outside[0].first
    return max((hit for hit in outside if hit.first == first), key=lambda hit: (hit.weight, hit.last))


def _alone(modal: Hit) -> str:
    return MODAL.get(modal.label, "AGREE")


def _joined(modal: Hit, act: Hit) -> str:
    """What a modal word makes of an act."""
    if modal.label != "intent":
        return MODAL[modal.label]
    if act.label in COOPERATIVE:
        return "AGREE"
    return act.label if act.label in ("REJECT", "REQUEST", "ACCUSE") else "THREATEN"
