"""Where does a measure stand in its life, and from when until when?"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.due import after
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

# In this order: the first that the surroundings hold decides.
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "revoked",
        re.compile(
            r"\b(?:lift(?:ed|ing|s)?|revok\w+|rescind\w*|scrap(?:ped|s|ping)|repeal\w*|remov(?:ed|ing|es)|withdr[ae]w\w*|"
            r"call(?:ed|ing|s) off|dropp?(?:ed|ing|s)|abolish\w*|roll(?:ed|ing|s)? back|terminated)\b"
        ),
    ),
    (
        "paused",
        re.compile(
            r"\b(?:paus(?:e|ed|es|ing)|suspend\w*|suspension|delay\w*|postpon\w*|halt(?:ed|s|ing)?|on hold|"
            r"hold\w* off|put\w* off|shelv\w+|frozen|freez\w+|moratorium|reprieve)\b"
        ),
    ),
    (
        "threatened",
        re.compile(
            r"\b(?:threat\w*|consider(?:s|ed|ing)|explor(?:es|ed|ing)|mull(?:s|ed|ing)|float(?:s|ed|ing)|stud(?:ies|ied|ying)|could (?:impose|face)|might (?:impose|face)|may (?:impose|face)|"
            r"weigh(?:s|ed|ing)|propos(?:es|ed|ing)|warn(?:ed|s|ing))\b"
        ),
    ),
    (
        "in_force",
        re.compile(
            r"\b(?:in force|in effect|existing|already|since|ha(?:s|ve) (?:stood|applied|been)|took effect|came into|"
            r"went into|still face|fac(?:e|es|ing)|remains?|currently|introduced|impos(?:ed|ing)|placed|pay(?:s|ing)?)\b"
        ),
    ),
    (
        "announced",
        re.compile(
            r"\b(?:announc\w+|would|will|plan(?:s|ned)?|order(?:s|ed)?|sign(?:s|ed)|unveil\w*|draft|"
            r"from (?=\d|next|now|early|mid|late|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[A-Z][a-z]+day)|take[s]? effect|"
            r"to be|set to|due to|kicks? in|com(?:e|es|ing) into|to impose|going to|intends?)\b"
        ),
    ),
)
CHANGED = re.compile(  # a change of a measure that is there: what was changed stands behind the verb
    r"\b(?:extend|tighten|expand|widen|broaden|amend|eas|relax|rais|lower|cut|reduc|increas|doubl|tripl|halv|slash|hik|trim|renew|"
    r"strengthen|toughen|loosen)(?:e|ed|es|s|ing|ting|en)?\b[^,;]{0,40}$"
)
AT_ONCE = re.compile(r"\b(?:effective immediately|with immediate effect|immediately effective)\b")
EFFECTIVE = re.compile(
    r"\b(?:effective|from|on|since|as of|takes? effect|took effect|in force|in effect|start(?:s|ing|ed)?|begin(?:s|ning)?|"
    r"kicks? in|starting|with effect|into (?:force|effect)|comes? in|by|last|this|next)\b[\w ]{0,18}$"
)
ANNOUNCED = re.compile(
    r"\b(?:announc|unveil|order|sign|propos|declar|reveal|adopt|approv|agree|said)\w*\b[\w, ]{0,60}$"
)
UNTIL = re.compile(
    r"\b(?:until|till|through|expir\w+(?: on)?|runs? out(?: on)?|runs? until|ends?(?: on)?|lapses?(?: on)?|up to)\s+(?:the )?$"
)
LENGTH = re.compile(r"P(\d+)([DWMY])$")


class Life(NamedTuple):
    """Status, and the days from and until which the measure holds."""

    status: str
    effective: When
    until: When
    told: bool = True  # False when nothing in the clause says where the measure stands


def life_of(context: Context, clause: Span, act: Span, default: str) -> Life:
    """The life that the clause tells of the measure whose words stand at ``act``."""
    effective, until = UNKNOWN_WHEN, UNKNOWN_WHEN
    for time in context.marks_within(clause, TimeMark):
        lead = context.text[max(clause.start, time.span.start - 60) : time.span.start]
        if UNTIL.search(lead):
            until = until if until.known else time.when
        elif time.type is TimeType.DURATION:
            continue
        elif (
            EFFECTIVE.search(lead) and not ANNOUNCED.search(lead) and time.when.known and time.span.end > act.start - 80
        ):
            effective = effective if effective.known else time.when
    published = context.document.published.start
    if not effective.known and published and AT_ONCE.search(context.text, act.start, clause.end):
        effective = When(
            start=published, end=published, precision=Precision.DAY, basis=Basis.PUBLICATION, rule="measure.at_once"
        )
    said = status_of(context, clause, act)
    status = said or default
    if status in ("announced", "in_force") and effective.start and published:
        status = "announced" if effective.start >= published else "in_force"
    return Life(status, effective, until, said is not None or effective.known)


def status_of(context: Context, clause: Span, act: Span) -> str | None:
    """The first status of which a sign stands close before or after the act's words; None without any."""
    around = context.text[max(clause.start, act.start - 70) : min(clause.end, act.end + 60)]
    return next((status for status, sign in SIGNS if sign.search(around)), None)


def pause_of(context: Context, clause: Span) -> tuple[When, When]:
    """From when until when a pause runs: "the 90-day pause announced on 9 April" ends ninety days later."""
    first, last, length = None, None, None
    for time in context.marks_within(clause, TimeMark):
        lead = context.text[max(clause.start, time.span.start - 40) : time.span.start]
        measured = LENGTH.match(time.value) if time.type is TimeType.DURATION else None
        if measured:
            length = length or (time, int(measured[1]), measured[2])
        elif UNTIL.search(lead):
            last = last or time.when
        elif time.type is TimeType.DATE and time.when.start:
            first = first or time.when
    published = context.document.published.day
    start = first.start if first else published
    if last is None and length and start:
        end = after(start, length[1], length[2])
        last = When(
            start=end, end=end, precision=Precision.DAY, basis=Basis.EVENT if first else Basis.PUBLICATION,
            span=length[0].span, rule="measure.pause_end",
        )  # fmt: skip
    return first or UNKNOWN_WHEN, last or UNKNOWN_WHEN
