"""Which verb has its subject from another: "he said ..., adding ...", "she thanked them and urged ..."?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.statements.attribution import Attribution

GERUND = re.compile(r"(?i)(?:and |but )?\w+ing\b")
JOINED = re.compile(r"(?:,|\b(?:and|but|or))\s+(?:also\s+)?\Z")


def shared(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, where "saying" and the like have the source of the main clause.

    "The ministry denied that the envoy resigned, saying it had ..." has the ministry as source of both: a noun that
    stands in another's reported words is not the one that goes on speaking behind them.
    """
    found: list[Attribution] = []
    for attribution in attributions:
        near = [held for held in found[-3:] if held.block == attribution.block and held.source]
        going_on = [held for held in near if goes_on(text, held, attribution)]
        main = next((held for held in reversed(going_on) if not within(held, going_on)), None)
        found.append(msgspec.structs.replace(attribution, source=main.source) if main else attribution)
    return found


def within(inner: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether an attribution's cue stands in the words of another: it is no main clause."""
    return inner.cue is not None and any(span.covers(inner.cue) for held in others for span in held.content)


def goes_on(text: str, main: Attribution, other: Attribution) -> bool:
    """Whether the other's cue has the main clause's subject: a second verb ("and added"), or a participle set off behind."""
    if (
        other.cue is None
        or main.cue is None
        or other.cue.start < main.cue.end
        or not GERUND.match(text, other.cue.start)
    ):
        return False
    if other.source is None or any(span.covers(other.source) for span in main.content):
        return True
    return text[max(0, other.cue.start - 2) : other.cue.start].rstrip().endswith(",")
