"""Which promises of several texts are one, and what has become of it?

Promises are one when the debtors share a party and most of the words for what is owed agree. A later date for the same
promise is a slip. A promise is met, postponed or withdrawn only where a text says so; whether it is overdue depends on
the day one asks for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence

import msgspec

from dragoman.link.ledger import content_words, first
from dragoman.link.likeness import alike, stems_of, telling
from dragoman.record.entries import Commitment, EntryKind, Evidence, StatusStep, TargetStep
from dragoman.record.mentions import CommitmentMention

SHARE = 0.6
LEAST = 2
MOST_GROUPS = 60  # in one block; a promise that meets more is compared with the latest
DEED = 4  # letters of a verb that its forms share: "lift", "lifted"
DAYS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|spring|summer|autumn|fall|winter|\d{1,2}(?= [A-Z][a-z]+ (?:19|20)\d\d)|"
    r"(?:next|this|last|coming|end of the|by the end of) (?:year|month|week|quarter))\b"
)
SAME_FORM = frozenset({"deal"})  # the stem of all papers that are signed
MADE = "made"
VISITED = "commitment.visited"
SOON = datetime.timedelta(days=14)


def promised(evidence: Evidence) -> CommitmentMention:
    """The commitment mention of a piece of evidence."""
    if not isinstance(evidence.mention, CommitmentMention):
        raise TypeError(f"{evidence.id} is no commitment")
    return evidence.mention


def grouped(
    block: Sequence[Evidence], is_one: Callable[[Evidence, Evidence], bool], most: int = MOST_GROUPS
) -> list[list[int]]:
    """Positions by the first group of which a member is one with them; only the latest groups are looked at."""
    groups: list[list[int]] = []
    for place, item in enumerate(block):
        home = next(
            (g for g in reversed(groups[-most:]) if is_one(block[g[0]], item) or is_one(block[g[-1]], item)), None
        )
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return groups


class CommitmentLinker:
    """Commitment mentions become commitments."""

    kind = EntryKind.COMMITMENT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The whole wording, and each telling word with each debtor."""
        mention = promised(evidence)
        words = content_words(mention.what)
        if not words:
            return ()
        stems = sorted(telling(stems_of(mention.what)))[:12]
        return (
            f"all:{','.join(sorted(mention.who))}:{words}",
            *(f"{party}:{stem}" for party in mention.who for stem in stems),
        )

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of one promise within the block."""
        return grouped(block, is_one)

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Commitment:
        """The promise as the first text gives it, with the last due date and what has become of it."""
        lines = [(item, promised(item)) for item in evidence]
        made = [line for line in lines if line[1].step == MADE] or lines
        first_item, line = made[0]
        slips = due_dates(lines)
        return Commitment(
            id=entry_id,
            who=max((mention.who for _, mention in made), key=len),
            beneficiary=line.beneficiary,
            what=line.what,
            force=made[-1][1].force,
            due=slips[-1].due if slips else None,
            due_when=slips[-1].when if slips else line.due_when,
            condition=first([mention.condition for _, mention in lines]),
            text=" ".join(first_item.wordings),
            status=status_of([mention for _, mention in lines]),
            slips=slips,
            history=history_of(lines),
        )


def is_one(one: Evidence, other: Evidence) -> bool:
    """Whether two mentions are of one promise."""
    a, b = promised(one), promised(other)
    if not set(a.who) & set(b.who):
        return False
    if a.step != b.step:
        return answers(one, other) if a.step == MADE else answers(other, one) if b.step == MADE else False
    if a.step != MADE and set(a.who) != set(b.who):
        return False
    if content_words(a.what) == content_words(b.what):
        return True
    if "invited" in (a.force, b.force) and a.force != b.force:
        return False
    return alike(undated(a.what), undated(b.what), share=SHARE, least=LEAST)


def undated(what: str) -> str:
    """The words for what is owed without its days: two things due in one month are not one thing."""
    return DAYS.sub(" ", what)


def answers(promise: Evidence, outcome: Evidence) -> bool:
    """Whether the outcome is of the promise: not older, all its debtors there, the same deed, most words the same."""
    a, b = promised(promise), promised(outcome)
    made, done = day_of(promise), day_of(outcome)
    if (made and done and done < made) or not set(a.who) <= {*b.who, *b.beneficiary}:
        return False
    if b.rule == VISITED or a.force == "invited":
        return b.rule == VISITED and a.force == "invited" and comes_as_invited(a, b)
    if b.step == "met" and not same_deed(b.what, a.what):
        return False
    deed = stems_of(b.what.split(" ", 1)[0])
    if not telling(stems_of(a.what) & stems_of(b.what)) - deed - SAME_FORM:
        return False
    return alike(a.what, b.what, share=SHARE, least=LEAST)


def comes_as_invited(invitation: CommitmentMention, visit: CommitmentMention) -> bool:
    """Whether the guest of a visit is the one invited, by surname, and the host the one who invited."""
    guest = visit.what.rpartition(": ")[2].split()
    return (
        bool(guest)
        and set(invitation.who) == set(visit.beneficiary)
        and stems_of(guest[-1]) <= stems_of(invitation.what)
    )


def same_deed(done: str, owed: str) -> bool:
    """Whether the first word of what was done begins as a word of what was owed."""
    deed = stems_of(done.split(" ", 1)[0])
    return any(stem[:DEED] == word[:DEED] for stem in deed for word in stems_of(owed))


def due_dates(lines: Sequence[tuple[Evidence, CommitmentMention]]) -> tuple[TargetStep, ...]:
    """The due dates that texts name, in order of publication, a repeated one once."""
    steps: list[TargetStep] = []
    for item, mention in lines:
        if mention.due and (not steps or steps[-1].due != mention.due):
            when = msgspec.structs.replace(mention.due_when, span=None)
            steps.append(
                TargetStep(
                    due=mention.due, when=when, published=day_of(item), document=item.document.id, mention=item.id
                )
            )
    return tuple(steps)


def status_of(mentions: Sequence[CommitmentMention]) -> str:
    """open, or what the last outcome says; a thing put off and then promised for another day is open again."""
    last = next((n for n in range(len(mentions) - 1, -1, -1) if mentions[n].step != MADE), None)
    if last is None:
        return "open"
    anew = mentions[last].step == "postponed" and any(mention.due for mention in mentions[last + 1 :])
    return "open" if anew else mentions[last].step


def history_of(lines: Sequence[tuple[Evidence, CommitmentMention]]) -> tuple[StatusStep, ...]:
    """What each text said: made, repeated, met, postponed, withdrawn."""
    steps: list[StatusStep] = []
    for item, mention in lines:
        status = "repeated" if mention.step == MADE and steps else mention.step
        steps.append(StatusStep(status=status, published=day_of(item), document=item.document.id, mention=item.id))
    return tuple(steps)


def day_of(item: Evidence) -> datetime.date | None:
    """The first day on which the document can have been published."""
    return item.document.published.start or item.document.published.end


def state_on(commitment: Commitment, day: datetime.date | None) -> str:
    """open, due (within a fortnight), overdue, met, postponed or withdrawn on that day."""
    last = commitment.due_when.end
    if commitment.status != "open" or day is None or last is None:
        return commitment.status
    if last < day:
        return "overdue"
    return "due" if last - day <= SOON else "open"
