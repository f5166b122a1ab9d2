"""To whom are words said: "told Nairobi that ...", "urged the minister to ...", "told reporters ..."?"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.speakers import Speakers, bare
from dragoman.record.marks import PartyForm, PersonMark
from dragoman.record.span import Span

ADDRESSING = re.compile(
    r"(?i)\b(?:told|tell(?:s|ing)?|assur\w+|inform\w*|remind\w*|warn\w*|urg(?:e[sd]?|ing)|ask(?:s|ed|ing)?|advis\w+"
    r"|press(?:ed|es|ing)|call(?:s|ed|ing)? (?:up)?on|order(?:s|ed|ing)?|request\w*|implor\w+|encourag\w+|exhort\w*"
    r"|said to|wr(?:o|i)te to|accus\w+|promis\w+|repl(?:ied|ies) to|appeal\w* to)\Z"
)
BEFORE = re.compile(r"\s+(?:(?:both|all|the|a|an|his|her|its|their)\s+)*")
BEHIND = re.compile(
    r"\s*(?:[,.:;“\"—–]|\Z|(?:to|that|not|on|in|at|over|about|for|of|during|against|it|he|she|they|the|his|her|their|and)\b)"
)
PUBLIC = re.compile(
    r"(?:reporters|journalists|the press|the media|lawmakers|senators|parliament|the nation|diplomats|delegates|ambassadors"
    r"|supporters|the audience|a news conference)\b"
)
FAR = 40  # letters behind a cue in which an addressee begins


class Addressee(NamedTuple):
    """Whom words are said to, and where that stands."""

    name: str
    span: Span


def addressee_of(context: Context, speakers: Speakers, attribution: Attribution) -> Addressee | None:
    """The person, body, party or public named right behind a verb that takes one."""
    cue, source, text = attribution.cue, attribution.source, context.text
    if cue is None or not ADDRESSING.search(text, cue.start, cue.end):
        return None
    gap = BEFORE.match(text, cue.end)
    if gap is None:
        return None
    public = PUBLIC.match(text, gap.start() + 1) or PUBLIC.match(text, gap.end())
    if public:
        return Addressee(bare(public[0]), Span(*public.span()))
    for mark in speakers.actors_in(Span(cue.end, cue.end + FAR)):
        if not cue.end < mark.span.start <= gap.end() or (source is not None and source.overlaps(mark.span)):
            continue
        if isinstance(mark, PersonMark):
            name = context.people[mark.people[0]].name if len(mark.people) == 1 else None
            return Addressee(name or bare(mark.span.of(text)), mark.span)
        if getattr(mark, "form", None) is not PartyForm.DEMONYM and BEHIND.match(text, mark.span.end):
            return Addressee(speakers.name_of(mark), mark.span)
    return None
