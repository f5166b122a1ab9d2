"""When was a text without a date published?

The text's own dates leave an interval open. A full date or a year that is told of in the past bounds it from below;
one that lies ahead bounds it from above; so do the tenures of those who are named with an office. A dateline gives day
and month, and the year where a bound fixes it; a weekday beside a day fixes the year of that day, too. Words
that look ahead from an undated sentence (elections, targets, budgets) give no bound. Nothing is guessed: a text
without such words stays without a date.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from typing import NamedTuple

import msgspec

from dragoman.grammar.trace import Trace
from dragoman.mark.people.incumbents import GRACE
from dragoman.mark.scanning import vocabulist
from dragoman.mark.times.datelines import DATELINE_REACH, is_dateline
from dragoman.mark.times.days import safe_day
from dragoman.mark.times.periods import DAY, WEEKDAYS
from dragoman.mark.times.reader import mark_times
from dragoman.mark.times.scene import Scene
from dragoman.mark.times.tenures import bounds_of, holders_in
from dragoman.mark.times.today import written_on
from dragoman.record.document import UNKNOWN_PUBLICATION, Document, Publication, PublishedBasis
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.segments import Segments
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision

PAST_LINKS = frozenset({"on", "in", "since"})
AHEAD_LINKS = frozenset({"on", "by", "in", "through"})
# Words of a sentence whose date may lie ahead although its verb is in the past.
PROSPECTIVE = re.compile(
    r"\b(?:elections?|targets?|goals?|commit\w*|prepar\w*|ensur\w*|budgets?|plan\w*|towards?|expect\w*|reduc\w*|ahead|expir\w*|"
    r"exten\w*|should|will|would|may|might|could|hope\w*|propos\w*|schedul\w*|forthcoming|upcoming|next|intend\w*|by|ending|"
    r"initiative|agenda|strategy|if|mean\w*|applications?|means|until|deadline|need\w*|tomorrow|"
    r"(?:comes?|goes|enters?) into (?:force|effect)|takes? effect|kicks? in|falls? due|is (?:due|set)|are (?:due|set)|"
    r"begins?|starts|opens|runs out|lapses?|days['’] time|weeks['’] time|from now)\b",
    re.IGNORECASE,
)
FIRM_FUTURE = re.compile(r"\b(?:will|is scheduled to|are scheduled to|is to be|are to be)\b(?! have)[^.;]{0,60}$")
YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)")
YEARLESS_MONTHS = 6  # a day up to June told of without its year, in a text of that year or later, is of that year
WEEKDAY_RULES = frozenset({"time.date.weekday", "time.date.weekday_part"})
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The total of a year is known when the year is over.
ANNUAL = re.compile(
    r"\b(?:trade|exports?|imports?|surplus|deficit|turnover|gdp|output|remittances|revenues?)\b.*[$€£¥₹]?\d[\d.,]*\s?"
    r"(?:bn|tn|billion|trillion|million|m)?[^.;]{0,20} (?:in|for) $",
    re.IGNORECASE | re.DOTALL,
)


WEEKDAY_AHEAD = re.compile(r"\A(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
ANNOUNCED = datetime.timedelta(days=31)  # a schedule told of in the past tense may lie so far ahead
WITHIN = datetime.timedelta(days=365)  # a day told of without its year is of the twelve months before


class Bound(NamedTuple):
    """A day that bounds publication, and the words that give it."""

    day: datetime.date
    mark: TimeMark


class Beside(NamedTuple):
    """Days on which a text was written by what it says beside a stated date."""

    start: datetime.date
    end: datetime.date
    mark: TimeMark


class Day(NamedTuple):
    """A day told of without its year; ``weekday`` is 0 for Monday."""

    month: int
    number: int
    weekday: int | None


class Evidence(NamedTuple):
    """What a text says of its own date."""

    after: Bound | None
    before: Bound | None
    dateline: TimeMark | None
    target: TimeMark | None  # a stated time that lies ahead, at least in the words around it
    yearless: tuple[Day, ...]
    weekday: int | None
    beside: Beside | None = None


def inferred_publication(document: Document, segments: Segments) -> Publication:
    """The day or the interval that the text leaves open for its publication; unknown when it says nothing of it."""
    evidence = evidence_in(document, segments)
    bounds = from_evidence(evidence, document.text)
    beside = evidence.beside
    if beside is None or (bounds.start and beside.end < bounds.start) or (bounds.end and beside.start > bounds.end):
        return bounds
    return from_beside(beside, document.text)


def from_evidence(evidence: Evidence, text: str) -> Publication:
    """What datelines, bounds, tenures and weekdays leave open."""
    after, before = evidence.after, evidence.before
    if after and before and after.day > before.day:
        return UNKNOWN_PUBLICATION
    if evidence.dateline:
        found = from_dateline(evidence, text)
        if found:
            return found
    stated = UNKNOWN_PUBLICATION if after is None and before is None else from_bounds(evidence, text)
    return with_days(with_tenures(stated, text), evidence)


def from_beside(beside: Beside, text: str) -> Publication:
    """The days that the text's own words beside a date leave for it."""
    words = " ".join(beside.mark.span.of(text).split())
    weekday = beside.start.weekday() if beside.start == beside.end else None
    return Publication(
        start=beside.start,
        end=beside.end,
        basis=PublishedBasis.INFERRED,
        detail=f"counted from “{words}” and the words beside it",
        weekday=weekday,
    )


def with_tenures(found: Publication, text: str) -> Publication:
    """The interval, narrowed by the tenures of those whom the text names with their office."""
    first, last = bounds_of(holders_in(text), text)
    start, end, details = found.start, found.end, [found.detail] if found.detail else []
    if first and (start is None or first.start > start):
        start = first.start
        details.append(f"about or after {first.name} came into office ({written(first.start + GRACE)}, or was elected)")
    if last and last.end and (end is None or last.end < end):
        end = last.end
        details.append(f"{last.name} is named in office (until {written(last.end - GRACE)})")
    if (start, end) == (found.start, found.end) or (start and end and start > end):
        return found
    weekday = found.weekday
    basis = PublishedBasis.INFERRED
    return Publication(start=start, end=end, basis=basis, detail="; ".join(details), weekday=weekday)


def with_days(found: Publication, evidence: Evidence) -> Publication:
    """The interval, narrowed to the year behind a day whose weekday agrees with one of the interval's years only."""
    if found.start is None or found.end is None:
        return found
    for told in evidence.yearless:
        years = range(found.start.year - 1, found.end.year + 1) if told.weekday is not None else range(0)
        days = [day for year in years if (day := safe_day(year, told.month, told.number))]
        agreeing = [d for d in days if d.weekday() == told.weekday and found.start - WITHIN <= d <= found.end]
        if len(agreeing) != 1:
            continue
        start, end = max(found.start, agreeing[0] - ANNOUNCED), min(found.end, agreeing[0] + WITHIN)
        detail = f"{found.detail}; within a year of {written(agreeing[0])}, a {WEEKDAY_NAMES[agreeing[0].weekday()]}"
        if start <= end:
            return msgspec.structs.replace(found, start=start, end=end, detail=detail)
    return found


def evidence_in(document: Document, segments: Segments) -> Evidence:
    """The bounds, dateline, undated days and weekday that a text gives."""
    words = vocabulist().words_of(document.text)
    scene = Scene(document, segments, words, None)
    after: Bound | None = None
    before: Bound | None = None
    dateline: TimeMark | None = None
    target: TimeMark | None = None
    yearless: list[Day] = []
    weekdays: set[int] = set()
    beside: Beside | None = None
    for mark in mark_times(document, segments, Trace()):
        if mark.type not in (TimeType.DATE, TimeType.TIME):
            continue
        first, last = bisect_left(words.starts, mark.span.start), bisect_left(words.starts, mark.span.end)
        tense, link = scene.tense(first, last), scene.before(first)
        if mark.when.basis is Basis.STATED:
            beside = narrower(beside, mark, document.text)
            if tense == "future" and link in AHEAD_LINKS and (target is None or ends_before(mark, target)):
                target = mark
            after, before = bounded(mark, tense, link, sentence_of(mark.span, segments, document.text), (after, before))
        undated = YEARLESS.match(mark.value)
        if undated and mark.span.end <= DATELINE_REACH and dateline is None and is_dateline(mark, document.text):
            dateline = mark
        elif undated and tense == "past" and link == "on":
            yearless.append(day_told(mark, undated, document.text))
        if mark.rule in WEEKDAY_RULES and tense != "future":
            weekdays.add(int(mark.value[9]) - 1)
    weekday = weekdays.pop() if len(weekdays) == 1 else None
    return Evidence(after, before, dateline, target, tuple(yearless), weekday, beside)


def narrower(known: Beside | None, mark: TimeMark, text: str) -> Beside | None:
    """The shorter of the days known so far and those that the words beside the mark leave."""
    found = written_on(mark, text)
    if found is None or (known and known.end - known.start <= found.end - found.start):
        return known
    return Beside(found.start, found.end, mark)


def day_told(mark: TimeMark, undated: re.Match[str], text: str) -> Day:
    """The day that a mark without a year tells of."""
    weekday = WEEKDAY_AHEAD.match(mark.span.of(text))
    number = WEEKDAYS.index(weekday[1].casefold()) if weekday else None
    return Day(int(undated[1]), int(undated[2]), number)


def ends_before(mark: TimeMark, other: TimeMark) -> bool:
    """Whether one time ends before another."""
    return bool(mark.when.end and other.when.end and mark.when.end < other.when.end)


def sentence_of(span: Span, segments: Segments, text: str) -> tuple[str, str]:
    """The words of a span's sentence before it and in all."""
    starts = [sentence.span.start for sentence in segments.sentences]
    place = bisect_left(starts, span.start + 1) - 1
    if place < 0:
        return "", ""
    sentence = segments.sentences[place].span
    return text[sentence.start : span.start], text[sentence.start : sentence.end]


def bounded(
    mark: TimeMark,
    tense: str,
    link: str,
    sentence: tuple[str, str],
    bounds: tuple[Bound | None, Bound | None],
) -> tuple[Bound | None, Bound | None]:
    """The bounds, narrowed by one stated date."""
    after, before = bounds
    start, end = mark.when.start, mark.when.end
    if start is None or end is None or mark.when.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return bounds
    ahead, whole = sentence
    annual = mark.when.precision is Precision.YEAR and tense != "future" and ANNUAL.search(ahead)
    if annual and (after is None or end >= after.day):
        return Bound(end + DAY, mark), before
    if (
        tense == "past"
        and link in PAST_LINKS
        and not PROSPECTIVE.search(whole)
        and (after is None or start > after.day)
    ):
        after = Bound(start, mark)
    if tense == "future" and link in AHEAD_LINKS and FIRM_FUTURE.search(ahead) and (before is None or end < before.day):
        before = Bound(end, mark)
    return after, before


def from_dateline(evidence: Evidence, text: str) -> Publication | None:
    """The day of the dateline, where the bounds leave one year for it."""
    assert evidence.dateline is not None
    undated = YEARLESS.match(evidence.dateline.value)
    if undated is None:
        return None
    month, number = int(undated[1]), int(undated[2])
    words = evidence.dateline.span.of(text)
    days = [day for year in candidate_years(evidence) if (day := safe_day(year, month, number)) and fits(day, evidence)]
    if len(days) != 1:
        return None
    grounds = evidence.target or (evidence.after.mark if evidence.after else None)
    detail = f"dateline “{words}”; the year from “{grounds.span.of(text)}”" if grounds else f"dateline “{words}”"
    return Publication(
        start=days[0], end=days[0], basis=PublishedBasis.DATELINE, detail=detail, weekday=days[0].weekday()
    )


def candidate_years(evidence: Evidence) -> list[int]:
    """The years that a dateline can be of: that of what lies ahead, else that of a day told of or of a year's total."""
    if evidence.target and evidence.target.when.end:
        return [evidence.target.when.end.year]
    if evidence.after and (evidence.after.mark.when.precision is Precision.DAY or evidence.after.mark.when.end):
        year = evidence.after.day.year
        return [year, year + 1] if evidence.after.mark.when.precision is Precision.DAY else [year]
    return []


def fits(day: datetime.date, evidence: Evidence) -> bool:
    """Whether a day lies within the bounds."""
    return not (evidence.after and day < evidence.after.day) and not (evidence.before and day > evidence.before.day)


def from_bounds(evidence: Evidence, text: str) -> Publication:
    """The interval between the bounds, narrowed by the days whose year the text leaves out."""
    after, before = evidence.after, evidence.before
    start, end = after.day if after else None, before.day if before else None
    details = [f"after {spelled(after, text)}"] if after else []
    details += [f"before the end of {spelled(before, text)}"] if before else []
    latest = latest_yearless(evidence)
    if latest:
        start = latest
        details[0] = f"after {written(latest)}"
    if evidence.weekday is not None:
        details.append(f"a {WEEKDAY_NAMES[evidence.weekday]}")
    return Publication(
        start=start,
        end=end,
        basis=PublishedBasis.INFERRED,
        detail=", ".join(details),
        weekday=evidence.weekday,
    )


def latest_yearless(evidence: Evidence) -> datetime.date | None:
    """The latest day told of without its year, where the text is of that year or later."""
    after = evidence.after
    if after is None or (after.day.month, after.day.day) != (1, 1):
        return None
    places = [place for place in evidence.yearless if place.month <= YEARLESS_MONTHS]
    latest = max(
        (day for place in places if (day := safe_day(after.day.year, place.month, place.number))), default=None
    )
    return latest if latest and not (evidence.before and latest > evidence.before.day) else None


def written(day: datetime.date) -> str:
    """10 May 2025."""
    return f"{day.day} {day:%B %Y}"


def spelled(bound: Bound, text: str) -> str:
    """The words that give a bound."""
    return " ".join(bound.mark.span.of(text).split())
