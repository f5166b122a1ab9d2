"""What does a time expression lean on: the day of publication, the last date spoken of, the tense around it?"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from dragoman.grammar.scan import Hit
from dragoman.mark.scanning import vocabulist
from dragoman.mark.times.calendars import Calendar, calendars, southern_near, state_near
from dragoman.mark.times.periods import Period
from dragoman.mark.words import Words
from dragoman.record.document import Document, Publication
from dragoman.record.marks import TimeType
from dragoman.record.segments import Segments
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

TO_COME = frozenset({("set", "to"), ("set", "for"), ("was", "to"), ("were", "to")})  # "set to resume", "were to meet"
WINDOW = 7  # days: in a longer interval every weekday stands twice
QUARTER_REACH = 3  # paragraphs over which a report of results goes on about one quarter
LEFT, RIGHT, AUXILIARY = 14, 12, 4  # words looked at before and after an expression, and before a participle
BESIDE = 10  # characters between the two days of a range, or between a date and a bracket
LEAD = 3  # words before an expression that opens its sentence; its verb may stand further off
PRESENT = frozenset({"is", "are", "being"})  # "is held" tells no past
NO_VERBS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "all", "both"}
)
DENIALS = frozenset({"not", "t", "neither", "nor", "nobody", "none", "cannot"})


class Meaning(NamedTuple):
    """What an expression means; ``steps`` say how that was reached."""

    type: TimeType
    value: str
    when: When = UNKNOWN_WHEN
    mod: str | None = None
    steps: tuple[str, ...] = ()
    anchor: Span | None = None
    kept: bool = True  # whether it becomes the date last spoken of


class Mentioned(NamedTuple):
    """A date that the text has spoken of, and where."""

    period: Period
    span: Span
    paragraph: int
    stated: bool


class Signs(NamedTuple):
    """The characters of the alphabet that tell tense and the borders of clauses, and an expression for any of them."""

    future: frozenset[str]
    future_link: frozenset[str]
    past: frozenset[str]
    to: frozenset[str]
    prospect: frozenset[str]
    stop: frozenset[str]
    clause_end: frozenset[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def signs(size: int) -> Signs:
    """The signs at a size of the alphabet."""
    del size
    of = vocabulist().alphabet.characters_of
    names = ("future_tense", "future_link", "past_tense", "infinitive", "prospect", "break", "clause_end")
    future, link, past, to, prospect, stop, clause_end = map(of, names)
    before = re.compile(f"[{future}{past}{to}{stop}]")
    behind = re.compile(f"[{future}{past}{to}{stop}{clause_end}]")
    return Signs(
        frozenset(future),
        frozenset(link),
        frozenset(past),
        frozenset(to),
        frozenset(prospect),
        frozenset(stop),
        frozenset(clause_end),
        before,
        behind,
    )


def window_of(published: Publication) -> tuple[datetime.date, ...]:
    """The days on which a text can have been published, where its words leave at most a week."""
    start, end = published.start, published.end
    if start is None or end is None or (end - start).days >= WINDOW:
        return ()
    days = (start + datetime.timedelta(days=number) for number in range((end - start).days + 1))
    return tuple(day for day in days if published.weekday in (None, day.weekday()))


class Scene:
    """One document while its times are being read."""

    def __init__(self, document: Document, segments: Segments, words: Words, today: datetime.date | None) -> None:
        self.document = document
        self.words = words
        self.today = today
        self.window = window_of(document.published) if today is None else ()
        self._paragraphs = [paragraph.span.start for paragraph in segments.paragraphs]
        self._sentences = [sentence.span.start for sentence in segments.sentences]
        self._signs = signs(vocabulist().alphabet.size)
        self._last: Mentioned | None = None
        self._quarter: Mentioned | None = None
        self._months = -1

    def calendar(self, first: int, last: int) -> tuple[str, Calendar] | None:
        """The state named beside an expression, else the issuer, and its calendar where that is known."""
        code = state_near(self.words, first, last, self._sentence_start(first)) or self.document.issuer
        found = calendars().get(code or "")
        return (code, found) if code and found else None

    def state_said(self, first: int, last: int) -> str | None:
        """The state named beside an expression."""
        return state_near(self.words, first, last, self._sentence_start(first))

    def southern(self, first: int, last: int) -> str:
        """The state or half of the earth by which seasons are those of the south; empty in the north."""
        if southern_near(self.words, first, last, self._sentence_start(first)):
            return "the south"
        found = self.calendar(first, last)
        return found[0] if found and found[1].south else ""

    def remember(self, period: Period, span: Span, stated: bool) -> None:
        """Keep a date as the last one spoken of."""
        self._last = Mentioned(period, span, self._paragraph(span.start), stated)
        if period.precision is Precision.QUARTER:
            self._quarter = self._last

    def forget_quarter(self, first: int) -> None:
        """The text has gone over to other months than a quarter's."""
        self._quarter = None
        self._months = self._paragraph(self.words.starts[first])

    def in_months(self, first: int) -> bool:
        """Whether the paragraph of a word reports of several months on end and of no quarter."""
        return self._quarter is None and self._months == self._paragraph(self.words.starts[first])

    def quarter(self, first: int) -> Mentioned | None:
        """The last quarter spoken of, if that was not long before."""
        last = self._quarter
        near = last is not None and self._paragraph(self.words.starts[first]) - last.paragraph <= QUARTER_REACH
        return last if near else None

    def reference(self, first: int) -> Mentioned | None:
        """The last date spoken of, if that was in the same paragraph or the one before."""
        last = self._last
        if last is None or self._paragraph(self.words.starts[first]) - last.paragraph > 1:
            return None
        return last

    def beside(self, first: int) -> Mentioned | None:
        """The last date spoken of, if nothing but a word or sign stands between it and a word."""
        last = self._last
        return last if last is not None and 0 <= self.words.starts[first] - last.span.end <= BESIDE else None

    def in_paragraph(self, first: int) -> Mentioned | None:
        """The last date spoken of in the same paragraph."""
        last = self._last
        return last if last is not None and self._paragraph(self.words.starts[first]) == last.paragraph else None

    def same_sentence(self, first: int, span: Span) -> bool:
        """Whether the span stands in the sentence of the word."""
        place = bisect_right(self._sentences, self.words.starts[first])
        return place == bisect_right(self._sentences, span.start)

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self._paragraphs, offset)

    def before(self, at: int) -> str:
        """The word before, in small letters; empty at the beginning."""
        return self.words.folded(at - 1) if at > 0 else ""

    def after(self, at: int) -> str:
        """The word at a place that may be the end, in small letters."""
        return self.words.folded(at) if at < len(self.words.raws) else ""

    def is_title(self, at: int) -> bool:
        """Whether a word and the one before it bear capitals within a sentence, as in the names of programmes."""
        raws = self.words.raws
        if at < 2 or not (raws[at][0].isupper() and raws[at - 1][0].isupper()):
            return False
        return raws[at].rstrip().istitle() and not raws[at - 2][0].isupper()

    def tense(self, first: int, last: int) -> str:
        """ "past", "future" or "" of the clause around words first..last-1: the nearest sign before, else after."""
        characters, signs = self.words.characters, self._signs
        low = self._sentence_start(first)
        if first > low and characters[first - 1] in signs.future_link and not self._perfect_near(first, last, low):
            return "future"
        for match in signs.before.finditer(characters[max(low, first - LEFT) : first][::-1]):
            at = first - 1 - match.start()
            if characters[at] in signs.stop:
                break
            found = self._sign_at(at, low)
            if found:
                return found
        reach = RIGHT if first - low > LEAD else 2 * RIGHT
        for match in signs.behind.finditer(characters, last, min(len(characters), last + reach)):
            at = match.start()
            if characters[at] in signs.stop or characters[at] in signs.clause_end:
                break
            found = self._sign_at(at, low)
            if found:
                return found
        return ""

    def _sign_at(self, at: int, low: int) -> str:
        character = self.words.characters[at]
        if character in self._signs.to:
            return self._ahead(at, low) if at > low else ""
        if character in self._signs.future:
            return self._modal(at, low)
        if character not in self._signs.past:
            return ""
        if (self.words.folded(at), self.after(at + 1)) in TO_COME:
            return "future"
        return self._auxiliary(at, low)

    def _modal(self, at: int, low: int) -> str:
        return "past" if self._unable(at, low) or self._perfect(at, low) else "future"

    def _unable(self, at: int, low: int) -> bool:
        """Whether a modal tells what could not be done: "could not be reached on Monday"."""
        if self.words.folded(at) != "could":
            return False
        near = range(max(low, at - LEFT), min(len(self.words.raws), at + LEAD))
        return not DENIALS.isdisjoint(map(self.words.folded, near))

    def _auxiliary(self, at: int, low: int) -> str:
        """The tense that the words before a participle leave it: none to "is held", the future to "to be held"."""
        for left in range(at - 1, max(low, at - AUXILIARY) - 1, -1):
            if self.words.characters[left] in self._signs.future and not self.words.raws[left].startswith("May"):
                return "past" if self._unable(left, low) else "future"
            word = self.words.folded(left)
            if word == "be" and left > 0 and self.words.folded(left - 1) == "to":
                return "future"
            if word in PRESENT and left >= at - 2:
                return ""
        return "past"

    def _ahead(self, at: int, low: int) -> str:
        """The tense of what "to" opens: future in "are to meet", "agreed on Friday to meet"; past in "had been due to"."""
        if self.words.folded(at - 1) in ("is", "are"):
            return "future"
        verb = self.words.raws[at + 1] if at + 1 < len(self.words.raws) else ""
        if not verb[:1].islower() or verb.rstrip() in NO_VERBS:
            return ""
        near = range(at - 1, max(low, at - AUXILIARY) - 1, -1)
        if not any(self.words.characters[left] in self._signs.prospect for left in near):
            return ""
        words = {self.words.folded(left) for left in near}
        return "past" if {"had", "been"} <= words else "future"

    def _perfect(self, at: int, low: int) -> bool:
        return any(self.words.folded(left) == "had" for left in range(max(low, at - AUXILIARY), at))

    def _perfect_near(self, first: int, last: int, low: int) -> bool:
        """Whether "had" stands right before or behind: "until Thursday, they had not agreed"."""
        behind = range(last, min(len(self.words.raws), last + AUXILIARY))
        return self._perfect(first - 1, low) or any(self.words.folded(at) == "had" for at in behind)

    def _sentence_start(self, first: int) -> int:
        place = bisect_right(self._sentences, self.words.starts[first]) - 1
        if place < 0:
            return max(0, first - LEFT)
        return bisect_right(self.words.starts, self._sentences[place] - 1, 0, first + 1)


class Found:
    """A match with the words of its slots."""

    __slots__ = ("_raws", "_words", "first", "hit", "last")

    def __init__(self, hit: Hit, words: Words) -> None:
        self.hit = hit
        self.first = hit.first
        self.last = hit.last
        self._words = words
        self._raws = words.raws

    def word(self, slot: str) -> str:
        """The first word of a slot in small letters; empty when the slot is."""
        place = self.hit.slot(slot)
        return self._raws[place[0]].rstrip().casefold() if place else ""

    def all_words(self, slot: str) -> list[str]:
        """The words of a slot in small letters."""
        place = self.hit.slot(slot)
        return [self._words.folded(at) for at in range(*place)] if place else []

    def either(self, *slots: str) -> str:
        """The first word of the first of the slots that is filled."""
        return next((word for word in map(self.word, slots) if word), "")


MODS = {
    "early": "START", "start": "START", "beginning": "START", "outset": "START", "earlier": "START",
    "late": "END", "later": "END", "end": "END", "close": "END",
    "mid": "MID", "middle": "MID",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "circa": "APPROX",
    "some": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN", "under": "LESS_THAN", "over": "MORE_THAN",
    "more than": "MORE_THAN", "less than": "LESS_THAN", "fewer than": "LESS_THAN",
    "at least": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS",
    "not more than": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS",
}  # fmt: skip


def mod_of(*words: str) -> str | None:
    """The TIMEX3 mod of the first word that has one."""
    return next((MODS[word] for word in words if word in MODS), None)


def dated(
    period: Period,
    basis: Basis,
    *steps: str,
    mod: str | None = None,
    kind: TimeType = TimeType.DATE,
    anchor: Span | None = None,
) -> Meaning:
    """The meaning of an expression that stands for days of the calendar."""
    when = When(start=period.start, end=period.end, precision=period.precision, basis=basis)
    return Meaning(kind, period.value, when, mod, steps, anchor)


def undated(value: str, *steps: str, kind: TimeType = TimeType.DATE, mod: str | None = None) -> Meaning:
    """The meaning of an expression whose days are not known."""
    return Meaning(kind, value, UNKNOWN_WHEN, mod, steps)


def year_before(mentioned: Mentioned, period: Period) -> Meaning:
    """The same days one year before those last spoken of, which stay the ones spoken of."""
    meaning = dated(period, Basis.TEXT, f"one year before {mentioned.period.value}", anchor=mentioned.span)
    return meaning._replace(kept=False)


def interval(start: datetime.date | None, end: datetime.date | None, basis: Basis) -> When:
    """Days from one to another."""
    return When(start=start, end=end, precision=Precision.INTERVAL, basis=basis)
