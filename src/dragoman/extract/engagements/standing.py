"""Was it held, is it planned, is it only claimed? The words around a cue say."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.extract.engagements.clause import Clause
from dragoman.record.marks import CueMark, PlaceMark
from dragoman.record.mentions import Status

REACH = 9  # items to the left of a verb in which its auxiliaries stand
FUTURE = frozenset("will shall 'll ’ll would".split())
POSSIBLE = frozenset("may might could can should".split())
PERFECT = frozenset("has have had having 've ’ve".split())
BE = frozenset("is are was were be been being am".split())
PAST_BE = frozenset("was were had did".split())
NEGATION = frozenset("not n't n’t never no without neither nor cannot".split())
# Words before "to meet" that tell what became of it.
PLANS = frozenset(
    "set due scheduled expected slated plans planned planning plan agreed agrees agree intends intended hopes hoped aims "
    "aimed wants wanted ready prepared willing looks looking forward about preparing prepares bound poised likely".split()
)
PROPOSES = frozenset(
    "proposed proposes suggested suggests offered offers asked asks requested requests urged seeks sought demanded "
    "proposal suggestion calls".split()
)
INVITES = frozenset("invited invites inviting invitation".split())
DONE = frozenset(
    "pleasure honor honour honored honoured opportunity chance pleased glad happy delighted privilege great good able "
    "continued managed used met came arrived traveled travelled flew visited returned went".split()
)
UPCOMING = frozenset(
    "planned upcoming scheduled next future forthcoming proposed expected possible potential prospective coming "
    "eventual anticipated".split()
)
DOUBTFUL = frozenset("alleged reported purported supposed rumoured rumored claimed".split())
DISOWNED_REACH = 7  # words before a noun in which a denial of it stands
DENIALS = frozenset("denied denies deny denying unaware".split())
KNOWING = frozenset("aware know knows knew knowledge record confirm confirmed".split())
REPORTS = frozenset("reports report claims claim rumours rumors".split())
REFUSALS = frozenset("dismissed dismisses rejected rejects refuted refutes disputed disputes".split())
GONE = frozenset("past previous last recent earlier first second third fourth fifth sixth latest".split())
OCCASION = frozenset("during after following since at".split())
HELD_VERBS = frozenset("took concluded ended lasted focused followed came covered began started opened went".split())


AUXILIARY_FORMS = {"had": "past", "have": "base", "has": "present", "having": "gerund"}


# Verbs of which an engagement is the object ("held talks"), and of which it is the subject ("the talks resumed").
GOVERNING = frozenset(
    "hold attend chair_verb co_chair convene host join lead postpone cancel plan begin conclude resume".split()
)
FOLLOWING = frozenset("hold take_place convene postpone cancel plan host begin conclude resume".split())


HYPHENS = frozenset("- ‐ ‑".split())  # "a follow-on call"
MEASURED = frozenset("round rounds day days hour hours week weeks".split())  # "ended two days of talks"
AGREED = frozenset("agreement agreed agree agrees agreeing".split())  # "with agreement on another round of talks"
AFTER_REACH = 5  # items between "after" and the noun
HAVING = frozenset("had have has having completed complete completes finished".split())


class Standing(NamedTuple):
    """A status, and whether the words state it (or it is only the default)."""

    status: Status
    stated: bool
    negated: bool = False


def form_of(clause: Clause, at: int) -> str:
    """The form of the verb at ``at``: base, past, present, participle, gerund or noun."""
    if clause.words[at] in AUXILIARY_FORMS:
        return AUXILIARY_FORMS[clause.words[at]]
    cue = clause.cue(at)
    if cue is not None and cue.form:
        return cue.form
    word = clause.words[at].split(" ")[0]
    if word.endswith("ing"):
        return "gerund"
    return "past" if word.endswith("ed") or word in ("met", "held", "had", "spoke", "took") else "base"


def verb_standing(clause: Clause, at: int) -> Standing:
    """The standing that the verb at ``at`` gives, from its form and the auxiliaries before it."""
    form = form_of(clause, at)
    left = [word for item in clause.words[max(0, at - REACH) : at] for word in item.split(" ")]
    near = left[-4:]
    negated = any(word in NEGATION for word in near[-3:])
    if (near and near[-1] == "to") or ("to" in near[-2:] and form == "base"):
        return infinitive_standing(clause, at, negated)
    if any(word in FUTURE for word in near):
        return Standing(Status.PLANNED, True, negated)
    if near[-1:] == ["on"] and not BE.isdisjoint(near):  # "is on travel to"
        under_way = not {"is", "are"}.isdisjoint(near)
        return Standing(Status.ONGOING if under_way else Status.HELD, True, negated)
    if any(word in POSSIBLE for word in near):
        return Standing(Status.PLANNED, True, negated)
    if form == "gerund":
        return gerund_standing(clause, at, negated)
    if form in ("past", "participle") or any(word in PERFECT for word in near):
        return Standing(Status.HELD, True, negated)
    if form == "base" and near[-1:] == ["and"] and future_before(clause, at):
        return Standing(Status.PLANNED, True, negated)
    if any(word in ("did", "does", "do") for word in near):
        return Standing(Status.HELD, True, negated)
    if form in ("base", "present") and "that" in left and any(word in PROPOSES for word in left):
        return Standing(Status.PROPOSED, True, negated)
    return Standing(Status.HELD, False, negated)


def future_before(clause: Clause, at: int) -> bool:
    """Whether the verb to which "and" joins the base form at ``at`` is in the future: "will speak in A and travel to B"."""
    before = clause.words[:at]
    last = max((i for i, word in enumerate(before) if word == ";"), default=-1)
    return any(word in FUTURE for word in before[last + 1 :])


def infinitive_standing(clause: Clause, at: int, negated: bool) -> Standing:
    """The standing of "to meet", which hangs on what stands before it."""
    to = next(i for i in range(at - 1, -1, -1) if clause.words[i].split(" ")[-1] == "to")
    before = [word for item in clause.words[max(0, to - 6) : to + 1] for word in item.split(" ")][:-1]
    for word in reversed(before):
        if word in INVITES:
            return Standing(Status.INVITED, True, negated)
        if word in PLANS:
            return Standing(Status.PLANNED, True, negated)
        if word in PROPOSES:
            return Standing(Status.PROPOSED, True, negated)
        if word in DONE:
            ahead = any(before_it in FUTURE for before_it in before)  # "will have an opportunity to meet"
            stated = ahead or clause.words[0] == word  # "Pleased to meet", which opens a post
            return Standing(Status.PLANNED if ahead else Status.HELD, stated, negated)
        if word in ("is", "are"):
            return Standing(Status.PLANNED, True, negated)
    return governing_standing(clause, to, negated)


def governing_standing(clause: Clause, at: int, negated: bool) -> Standing:
    """The standing of the nearest verb with a tense to the left of ``at``."""
    for i in range(at - 1, -1, -1):
        word = clause.words[i]
        if word in FUTURE or word in POSSIBLE:
            return Standing(Status.PLANNED, True, negated)
        if word in PAST_BE:
            return Standing(Status.HELD, False, negated)
        cue = clause.cue(i)
        if cue is not None and cue.form in ("past", "participle") and "plan" not in cue.classes:
            return Standing(Status.HELD, False, negated)
        if cue is not None and "plan" in cue.classes:
            return Standing(Status.PLANNED, True, negated)
    return Standing(Status.HELD, False, negated)


def gerund_standing(clause: Clause, at: int, negated: bool) -> Standing:
    """The standing of "meeting": under way after a form of "be", looked forward to, or an aside."""
    before = clause.words[max(0, at - 5) : at]
    if "forward" in before or "plans" in before:
        return Standing(Status.PLANNED, True, negated)
    last = before[-1] if before else ""
    if last in ("before", "until", "ahead") or before[-2:] == ["prior", "to"]:
        return Standing(Status.PLANNED, False, negated)
    if "be" in before[-3:] or any(word in FUTURE for word in before):
        return Standing(Status.PLANNED, True, negated)
    if any(word in BE for word in before[-3:]):
        return Standing(Status.ONGOING, True, negated)
    return governing_standing(clause, at, negated)


def noun_standing(clause: Clause, at: int) -> Standing:
    """The standing of the engagement that the noun at ``at`` names: by its adjectives, its verb, or the clause's tense."""
    left = [word for item in clause.words[max(0, at - 5) : at] for word in item.split(" ")]
    negated = any(word in ("no", "without") for word in left[-3:])
    before = standing_before(clause, at, left, negated)
    if before is not None:
        return before
    governor = governing_verb(clause, at)
    if governor is not None:
        return by_cue(clause, governor, negated)
    if done_before(clause, at):
        return Standing(Status.HELD, True, negated)
    follower = following_verb(clause, at)
    if follower is not None:
        return by_cue(clause, follower, negated)
    after = clause.words[at + 1 : at + 14]
    if after[:1] == ["due"]:
        return Standing(Status.PLANNED, True, negated)
    for i, word in enumerate(after):
        if word in (";", "that", "which", "where", ","):
            break
        if word in FUTURE or word in POSSIBLE:
            return Standing(Status.PLANNED, True, negated)
        if (
            word in ("is", "are")
            and i + 1 < len(after)
            and after[i + 1] in ("due", "set", "scheduled", "planned", "to")
        ):
            return Standing(Status.PLANNED, True, negated)
        if word in PAST_BE or word in HELD_VERBS:
            return Standing(Status.HELD, True, negated)
    return Standing(Status.HELD, any(word in GONE for word in left), negated)


def done_before(clause: Clause, at: int) -> bool:
    """Whether "after" opens the noun's phrase and nothing before is still to come: "agreed on a truce after talks"."""
    for i in range(at - 1, max(-1, at - AFTER_REACH), -1):
        if clause.words[i] in ("after", "following"):
            return FUTURE.isdisjoint(clause.words[:i]) and POSSIBLE.isdisjoint(clause.words[:i])
        if clause.words[i] in (",", ";", "of", "with", "for", "to", "and") or clause.cue(i) is not None:
            return False
    return False


def standing_before(clause: Clause, at: int, left: list[str], negated: bool) -> Standing | None:
    """The standing that the words before the noun give: proposed, to come, invited to, disowned, alleged."""
    if any(word in PROPOSES for word in since_occasion(left)):
        return Standing(Status.PROPOSED, True, negated)
    further = [word for item in clause.words[max(0, at - 14) : at] for word in item.split(" ")]
    if any(word in UPCOMING for word in since_occasion(left)) or "forward" in further:
        return Standing(Status.PLANNED, True, negated)
    if agreed_on(clause, at) is not None:
        return Standing(Status.PLANNED, True, negated)
    if any(word in INVITES for word in further):
        return Standing(Status.INVITED, True, negated)
    if disowned(further[-DISOWNED_REACH:]):
        return Standing(Status.DENIED, True)
    if any(word in DOUBTFUL for word in left):
        return Standing(Status.ALLEGED, True, negated)
    return None


def agreed_on(clause: Clause, at: int) -> int | None:
    """The item of "agreed" or "agreement" where another engagement is its object: "agreement on another round of talks"."""
    for i in range(at - 1, max(1, at - AFTER_REACH), -1):
        if clause.words[i] == "another":
            before = range(i - 1, max(-1, i - 4), -1)
            agreed = next((k for k in before if clause.words[k] in AGREED), None)
            joined = agreed is not None and all(word in TO_HOLD for word in clause.words[agreed + 1 : i])
            return agreed if joined else None
    return None


TO_HOLD = frozenset("on to upon hold holding".split())


def since_occasion(words: list[str]) -> list[str]:
    """The words behind the last that opens an occasion: "proposed it during her talks" proposes something else."""
    last = max((i for i, word in enumerate(words) if word in OCCASION), default=-1)
    return words[last + 1 :]


def disowned(words: list[str]) -> bool:
    """Whether the words before a noun say that somebody denies, or knows nothing of, what it names."""
    held = set(words)
    if held & DENIALS:
        return True
    if held & KNOWING and held & NEGATION:
        return "of" in held or "about" in held
    return bool(held & REPORTS and held & REFUSALS)


def governing_verb(clause: Clause, at: int) -> int | None:
    """The cue verb of which the noun at ``at`` is the object: "held", "will attend", "postponed"."""
    agreed = agreed_on(clause, at)
    if agreed is not None:
        return agreed
    for i in range(at - 1, max(-1, at - 11), -1):
        cue = clause.cue(i)
        if (cue is not None and governs(cue)) or (cue is None and clause.words[i] in HAVING):
            return i
        if clause.words[i] == "of" and i and clause.words[i - 1].split(" ")[-1] in MEASURED:
            continue
        if clause.words[i] in ("in", "on", "at") and (placed(clause, i + 1) or clause.words[i - 1] in HYPHENS):
            continue
        if clause.words[i] in (";", "after", "before", "during", "of", "in", "on", "at", "with", "that"):
            return None
    return None


def placed(clause: Clause, at: int) -> bool:
    """Whether a place or a time stands at ``at``, over "the" at most: "concluded in the palace their first talks"."""
    here = range(at, min(len(clause), at + 2))
    return any(clause.mark(i, PlaceMark) is not None or clause.time(i) is not None for i in here)


def following_verb(clause: Clause, at: int) -> int | None:
    """The cue verb of which the noun at ``at`` is the subject: "was held", "took place", "was called off"."""
    for i in range(at + 1, min(len(clause), at + 16)):
        cue = clause.cue(i)
        if cue is not None and not FOLLOWING.isdisjoint(cue.classes):
            return i
        if clause.words[i] in (";", ",", "that", "which"):
            return None
    return None


def governs(cue: CueMark) -> bool:
    """Whether a cue is a verb that can have an engagement as its object."""
    return cue.form != "noun" and not GOVERNING.isdisjoint(cue.classes)


def by_cue(clause: Clause, at: int, negated: bool) -> Standing:
    """The standing that a governing verb gives to its noun."""
    cue = clause.cue(at)
    classes = set(cue.classes) if cue is not None else set()
    if "postpone" in classes:
        return Standing(Status.POSTPONED, True, negated)
    if "cancel" in classes:
        return Standing(Status.CANCELLED, True, negated)
    if "plan" in classes:
        return Standing(Status.PLANNED, True, negated)
    standing = verb_standing(clause, at)
    return standing._replace(negated=standing.negated or negated)
