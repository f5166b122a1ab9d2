"""Which wording recurs in one side's readouts with a counterpart, and what became of it?

A formula is a phrase of at least four words, three of which carry meaning, that stands in readouts of two engagements,
or in two points of one readout. Of phrases that overlap, the one that says most in most readouts is taken.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import msgspec

from dragoman.lexicon.load import load_lexicon
from dragoman.link.accounts import FUNCTION_WORDS
from dragoman.link.diff import word_diff
from dragoman.link.phrases import RUN, Phrase, Place, Words, repeated_phrases, words_of
from dragoman.record.comparison import Change
from dragoman.record.entries import EntryPoint, ReadoutEntry
from dragoman.record.formula import Formula, FormulaState, FormulaStep

BEARING = 3  # words of a formula that must carry meaning
ALIKE = 0.5  # share of a formula's bearing words that a rewording keeps, at least two
MOST = 200  # formulas that are followed: those that say most in most readouts
SLACK = 2  # words by which a rewording may be longer than the formula
# Words of accounts in general: they frame what is said and are no wording of a policy.
FRAME = FUNCTION_WORDS | frozenset(
    "across throughout through within under among towards toward against without more than about into during today yesterday sides side met meet spoke discussed discuss importance including noted "
    "said says statement attributable below following spokesperson readout u.s us secretary minister deputy foreign "
    "prime president vice state affairs external mr ms dr his her excellency honourable department ministry".split()
)
# Words that lead up to a formula: they vary with the verb, which the step tells of its own.
LEAD = FRAME | frozenset(
    "participants officials ministers secretaries need continued condemned commended urged underscored underlined emphasized emphasised stressed highlighted reaffirmed reiterated discussed reviewed noted "
    "welcomed expressed affirmed shared strong mutual commitment committed importance desire need ongoing".split()
)
NAMES_OF_SIDES = frozenset({"office", "party"})
NAMES = NAMES_OF_SIDES | {"place", "organisation"}  # lexicon entries that name, and do not say
CLOSING = frozenset({FormulaState.ABSENT, FormulaState.DROPPED})


class DatedReadout(msgspec.Struct, frozen=True, kw_only=True):
    """A readout with the day of its engagement; ``here`` is False for one with another counterpart.

    ``names`` are the words of the names of who took part: they are no wording.
    """

    readout: ReadoutEntry
    day: datetime.date | None
    here: bool = True
    names: frozenset[str] = frozenset()


class Texts(msgspec.Struct, frozen=True):
    """The points of all readouts as words, and for each the number of its readout."""

    held: Sequence[DatedReadout]
    words: Sequence[Words]
    points: Sequence[EntryPoint]
    of: Sequence[int]
    full: Sequence[int]  # numbers of the side's own readouts with this counterpart, known from more than the press

    def readouts_of(self, places: Collection[Place]) -> list[int]:
        """The numbers of the readouts that the places lie in, each once, in order."""
        return sorted({self.of[place.text] for place in places})


def formulas(issuer: str, counterpart: str, readouts: Sequence[DatedReadout]) -> list[Formula]:
    """The formulas of one side's readouts, those most often used first; readouts may come in any order."""
    held = sorted(readouts, key=lambda r: (r.day or r.readout.first_published or datetime.date.max, r.readout.id))
    placed = [(number, point) for number, each in enumerate(held) for point in each.readout.points]
    texts = Texts(
        held,
        [words_of(point.text) for _, point in placed],
        [point for _, point in placed],
        [number for number, _ in placed],
        [number for number, each in enumerate(held) if each.here and is_own_account(each.readout)],
    )
    names = frozenset[str]().union(*(each.names for each in held))
    where = word_index(texts)
    found = [
        formula
        for phrase in islice(chosen(texts, list(candidates(texts, names))), MOST)
        if (formula := formula_of(issuer, counterpart, phrase, texts, where))
    ]
    return sorted(found, key=lambda f: (-f.readouts, -(f.last or datetime.date.min).toordinal(), f.text))


# ------------------------------------------------------------------ which phrases


def candidates(texts: Texts, names: Collection[str]) -> Iterator[Phrase]:
    """Repeated phrases that say something, without the small words at their edges."""
    seen: dict[tuple[str, ...], set[Place]] = defaultdict(set)
    for phrase in repeated_phrases(texts.words):
        first, last = inner(phrase.words, names)
        if last - first >= RUN:
            seen[phrase.words[first:last]].update(Place(p.text, p.word + first) for p in phrase.places)
    for words, places in seen.items():
        if len(bearing(words, names)) < BEARING:
            continue
        if len(set(telling(words, texts, min(places), NAMES)) - set(names)) >= BEARING - 1:
            yield Phrase(words, tuple(sorted(places)))


def inner(words: Sequence[str], names: Collection[str]) -> tuple[int, int]:
    """From where to where a phrase reaches without small words at its edges, and without what leads up to it."""
    first, last = 0, len(words)
    while first < last and words[last - 1] in FUNCTION_WORDS:
        last -= 1
    lead = next((n for n in range(last) if words[n] not in LEAD and words[n] not in names), last)
    if last - lead >= RUN and len(bearing(words[lead:last], names)) >= BEARING:
        return lead, last
    while first < last and words[first] in FUNCTION_WORDS:
        first += 1
    return first, last


def bearing(words: Sequence[str], names: Collection[str] = ()) -> frozenset[str]:
    """The words that carry meaning."""
    return frozenset(word for word in words if word not in FRAME and word not in names)


def telling(words: Sequence[str], texts: Texts, place: Place, named: Collection[str]) -> list[str]:
    """The words that carry meaning and stand in no name of the lexicon of the kinds in ``named``."""
    text = texts.words[place.text].wording(place.word, place.word + len(words))
    spans = [hit.span for hit in load_lexicon().hits(text) if hit.kind in named]
    held = words_of(text)
    return [
        word
        for word, (start, end) in zip(held.folded, held.offsets, strict=True)
        if word not in FRAME and not any(span.start <= start and end <= span.end for span in spans)
    ]


def chosen(texts: Texts, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Of phrases that overlap, the one that says most in most readouts; each word of a text backs one formula."""
    taken: dict[int, int] = defaultdict(int)  # by text, a bit for each word
    for phrase in sorted(phrases, key=lambda p: (-weight(p, texts), p.words)):
        size = len(phrase.words)
        free = [place for place in phrase.places if is_free(taken[place.text] >> place.word, size)]
        if len(free) < 2 or len(texts.readouts_of(free)) < min(2, len(texts.readouts_of(phrase.places))):
            continue
        for place in phrase.places:
            taken[place.text] |= (1 << size) - 1 << place.word
        yield phrase


def weight(phrase: Phrase, texts: Texts) -> int:
    """How much a phrase says in how many readouts."""
    return len(bearing(phrase.words)) * (2 * len(texts.readouts_of(phrase.places)) - 1)


def is_free(taken: int, size: int) -> bool:
    """Whether most of so many words back no other formula yet; a bit stands for each word that does."""
    return 2 * (taken & (1 << size) - 1).bit_count() < size


# ------------------------------------------------------------------ what became of them


def formula_of(
    issuer: str, counterpart: str, phrase: Phrase, texts: Texts, where: dict[str, list[int]]
) -> Formula | None:
    """The phrase with its course through the readouts with this counterpart; None when none of these has it."""
    having: dict[int, Place] = {}
    for place in phrase.places:
        having.setdefault(texts.of[place.text], place)
    here = [number for number in having if texts.held[number].here]
    if not here:
        return None
    place = having[here[0]]
    text = texts.words[place.text].wording(place.word, place.word + len(phrase.words))
    course = steps(text, phrase, texts, having, where)
    days = [step.day for step in course if step.state in (FormulaState.NEW, FormulaState.KEPT) and step.day]
    return Formula(
        text=text,
        issuer=issuer,
        counterpart=counterpart,
        state=state_of(course, len(having)),
        readouts=len(here),
        first=min(days, default=None),
        last=max(days, default=None),
        elsewhere=len(having) - len(here),
        steps=course,
    )


def state_of(course: Sequence[FormulaStep], readouts: int) -> FormulaState:
    """What the latest full readout does with the formula."""
    full = [step for step in course if not step.relayed] or list(course)
    if readouts == 1 and full[-1].state in (FormulaState.NEW, FormulaState.KEPT):
        return FormulaState.REPEATED
    return full[-1].state


def steps(
    text: str, phrase: Phrase, texts: Texts, having: dict[int, Place], where: dict[str, list[int]]
) -> tuple[FormulaStep, ...]:
    """A step for every readout with this counterpart that has the formula or words like it, from the first that has
    it on, and one for every run of readouts between them that have neither."""
    like = nearest_wordings(phrase, texts, where)
    start = min(number for number in having if texts.held[number].here)
    told = sorted(
        number for number in {*having, *like} if number >= start and is_told(texts.held[number], number, having)
    )
    course: list[FormulaStep] = []
    strength, done = 0, bisect_left(texts.full, start)
    for number in told:
        at = bisect_left(texts.full, number)
        course += missing_step(texts, done, at)
        held = texts.held[number]
        step = (
            kept_step(held, phrase, texts, having[number], first=not course)
            if number in having
            else reworded_step(held, text, texts, like[number])
        )
        course.append(msgspec.structs.replace(step, weaker=weaker(strength, step.strength)))
        strength, done = step.strength or strength, max(done, bisect_right(texts.full, number))
    course += missing_step(texts, done, len(texts.full))
    return closed(course)


def is_told(held: DatedReadout, number: int, having: Collection[int]) -> bool:
    """Whether a readout is one of the course: with this counterpart, and the side's own in full unless it has the very words."""
    return held.here and (number in having or is_own_account(held.readout))


def is_own_account(readout: ReadoutEntry) -> bool:
    """Whether a readout is in full and of one side: what a joint text leaves out was not its own to keep."""
    return not readout.relayed and not readout.joint


def weaker(before: int, now: int) -> int:
    """By how much a verb is weaker than the one before; 0 when either strength is not known."""
    return max(0, before - now) if before and now else 0


def missing_step(texts: Texts, start: int, end: int) -> list[FormulaStep]:
    """One step for the full readouts from one place of the course up to before another; none for none."""
    if start >= end:
        return []
    held = [texts.held[number] for number in (texts.full[start], texts.full[end - 1])]
    first = held[0]
    return [
        FormulaStep(
            readout=first.readout.id,
            day=first.day,
            until=held[1].day,
            state=FormulaState.ABSENT,
            run=end - start,
        )
    ]


def closed(course: Sequence[FormulaStep]) -> tuple[FormulaStep, ...]:
    """The course with the absences after its last words told as dropped."""
    last = max(n for n, step in enumerate(course) if step.state not in CLOSING)
    tail = (msgspec.structs.replace(step, state=FormulaState.DROPPED) for step in course[last + 1 :])
    return (*course[: last + 1], *tail)


def kept_step(held: DatedReadout, phrase: Phrase, texts: Texts, place: Place, *, first: bool) -> FormulaStep:
    """The step of a readout that has the formula."""
    point = texts.points[place.text]
    return FormulaStep(
        readout=held.readout.id,
        day=held.day,
        state=FormulaState.NEW if first else FormulaState.KEPT,
        wording=texts.words[place.text].wording(place.word, place.word + len(phrase.words)),
        verb=point.verb,
        strength=point.strength,
        relayed=held.readout.relayed,
    )


def reworded_step(held: DatedReadout, text: str, texts: Texts, like: tuple[int, int, int]) -> FormulaStep:
    """The step of a readout without the formula, with its nearest wording."""
    number, first, last = like
    wording, point = texts.words[number].wording(first, last), texts.points[number]
    return FormulaStep(
        readout=held.readout.id,
        day=held.day,
        state=FormulaState.REWORDED,
        wording=wording,
        diff=led_to(text, wording),
        verb=point.verb,
        strength=point.strength,
        relayed=held.readout.relayed,
    )


@lru_cache(maxsize=8192)
def led_to(formula: str, wording: str) -> tuple[Change, ...]:
    """What leads from a formula to a rewording; many readouts share one."""
    return word_diff(formula, wording)


def word_index(texts: Texts) -> dict[str, list[int]]:
    """For every word that carries meaning, the texts that have it."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts.words):
        for word in set(text.folded) - FRAME:
            where[word].append(number)
    return where


def nearest_wordings(phrase: Phrase, texts: Texts, where: dict[str, list[int]]) -> dict[int, tuple[int, int, int]]:
    """By readout: (text, first word, end) of the wording nearest to the phrase, in readouts that come near it."""
    sought = frozenset(telling(phrase.words, texts, phrase.places[0], NAMES_OF_SIDES))
    least = max(2, -(-len(sought) * ALIKE // 1))
    shared: dict[int, int] = defaultdict(int)
    for word in sought:
        for number in where.get(word, ()):
            shared[number] += 1
    best: dict[int, tuple[int, int, int, int]] = {}
    for number, count in shared.items():
        readout = texts.of[number]
        if count < max(least, best.get(readout, (0,))[0]):
            continue
        window = densest(texts.words[number].folded, sought, len(phrase.words) + SLACK)
        if window[0] >= least and window > best.get(readout, (0, 0, 0, 0))[:3]:
            best[readout] = (*window, number)
    return {readout: (number, -first, end) for readout, (_, first, end, number) in best.items()}


def densest(words: Sequence[str], sought: Collection[str], size: int) -> tuple[int, int, int]:
    """(words shared, minus the first word, end) of the stretch of at most ``size`` words that shares most."""
    at = [number for number, word in enumerate(words) if word in sought]
    best = (0, 0, 0)
    for n, first in enumerate(at):
        if len(at) - n < best[0]:
            break
        held = at[n : bisect_left(at, first + size)]
        best = max(best, (len({words[place] for place in held}), -first, held[-1] + 1))
    return best
