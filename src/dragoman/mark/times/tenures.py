"""Which days do the office-holders leave whom an undated text names with their office?

A text that calls somebody by an office is hardly older than that person's election to it. When no office-holder of a
later time is named beside, it was hardly written long after the last day either. Former and future holders ("former
President", "President-elect") bound nothing.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.mark.people.incumbents import GRACE, Tenure, tenures
from dragoman.mark.people.names import folded
from dragoman.record.span import Span

OFFICE = (
    r"(?P<office>(?:Foreign |Prime |Vice |Deputy |External Affairs |Defen[cs]e |Trade |Commerce |Finance |Federal )*"
    r"(?:President|Minister|Secretary|Chancellor|Premier|Secretary[ -]General|Taoiseach))"
)
FIELD = r"(?P<of> of (?:State|Foreign Affairs|External Affairs|Defen[cs]e))?"
NAME = r"(?P<name>(?:[A-ZÀ-Þ][\w’'-]*[\w.] ){0,3}[A-ZÀ-Þ][\w’'-]+\w)"
TITLED = re.compile(
    r"(?P<ahead>\b(?i:former|ex-|then-?|late|ousted|past|incoming|future|under|since) ?)?\b"
    + OFFICE
    + FIELD
    + r"(?P<behind>-[Ee]lect|-[Dd]esignate)? "
    + NAME
    + r"(?P<era>['’]s (?:era|time|years)| (?:Administration|administration|era|Library|Center|Institute|Airport))?"
)
SIGNED = re.compile(rf"^{NAME}, {OFFICE}{FIELD}\s*$", re.MULTILINE)  # the line that says whose a release is
# Another charge of the same person: the old title is then kept by courtesy.
OTHER_CHARGE = re.compile(r"\b(?:Envoy|Representative|Coordinator|Ambassador|Senator|Candidate|Chair(?:man|woman)?)\b")
CHARGE_REACH = 50  # characters between a charge and the name
NAMED_TWICE = 2  # a holder of long ago may be named once by courtesy


class Holder(NamedTuple):
    """A person named with an office, where, and the days on which that is likely: those in office, with some grace."""

    start: datetime.date
    end: datetime.date | None
    name: str
    span: Span
    signed: bool


def holders_in(text: str) -> list[Holder]:
    """The office-holders that a text names with an office which the record of tenures knows, each mention."""
    named = [match for match in TITLED.finditer(text) if not (match["ahead"] or match["behind"] or match["era"])]
    found = [holder_of(match, signed=False) for match in named]
    found += [holder_of(match, signed=True) for match in SIGNED.finditer(text)]
    return [holder for holder in found if holder]


def holder_of(match: re.Match[str], *, signed: bool) -> Holder | None:
    """The one person whom a title and a name mean, with the days of the office."""
    office = in_short(match["office"], (match["of"] or "").removeprefix(" of "))
    found = list(held_by(match["name"].split(), office))
    if len({tenure.name for tenure in found}) != 1:
        return None
    ends = [tenure.end for tenure in found if tenure.end]
    end = max(ends) + GRACE if len(ends) == len(found) else None
    start = min(tenure.start for tenure in found) - GRACE
    return Holder(start, end, found[0].name, Span(match.start(), match.end()), signed)


def held_by(words: list[str], office: str) -> Iterator[Tenure]:
    """The tenures that fit a name and an office."""
    for place, word in enumerate(words):
        bare = folded(word.removesuffix("'s").removesuffix("’s"))
        key = bare[3:] if bare[:3] in ("al-", "el-") else bare
        for tenure in tenures().get(key, ()):
            given = {folded(part) for part in words[:place] if not part.endswith(".")}
            if same_office(office, tenure.office) and given <= {folded(part) for part in tenure.name.split()}:
                yield tenure


def in_short(head: str, field: str) -> str:
    """An office as the record writes it: "Foreign Minister" for the Minister of Foreign Affairs."""
    if not field or field == "State":
        return f"{head} of State" if field else head
    before, _, noun = head.rpartition(" ")
    return f"{before} {field.removesuffix(' Affairs')} {noun}".strip()


def same_office(said: str, known: str) -> bool:
    """Whether a title as said can stand for an office: "Secretary" for the Secretary of State, "Minister" for any."""
    said = said.replace("Defence", "Defense").removeprefix("Federal ").replace("External Affairs", "Foreign")
    known = known.replace("External Affairs", "Foreign")
    if said == known:
        return True
    if said == "Secretary":
        return known == "Secretary of State"
    return said == "Minister" and known.endswith("Minister") and known != "Prime Minister"


def bounds_of(holders: list[Holder], text: str) -> tuple[Holder | None, Holder | None]:
    """The holder who came last into office, and the one who left first of those who were then in office."""
    if not holders:
        return None, None
    latest = max(holders, key=lambda holder: holder.start)
    times = Counter(holder.name for holder in holders)
    counted = [holder for holder in holders if holder.signed or times[holder.name] >= NAMED_TWICE]
    then = [holder for holder in counted if holder.end and holder.end >= latest.start and not moved_on(holder, text)]
    return latest, min(then, key=lambda holder: holder.end or datetime.date.max, default=None)


def moved_on(holder: Holder, text: str) -> bool:
    """Whether the text names the person with another charge, too."""
    surname = re.escape(holder.name.split()[-1])
    names = re.finditer(rf"\b{surname}\b", text)
    return any(OTHER_CHARGE.search(text, max(0, name.start() - CHARGE_REACH), name.start()) for name in names)
