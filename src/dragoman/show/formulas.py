"""Which wording recurs in each side's readouts, and how is that shown?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from dragoman.book import Book
from dragoman.link.earlier import with_earlier
from dragoman.link.formulas import DatedReadout, formulas
from dragoman.record.comparison import Change
from dragoman.record.entries import Engagement, Filter, ReadoutEntry
from dragoman.record.formula import Formula, FormulaState, FormulaStep
from dragoman.show.words import day_words, hanging, party_word

HEADS = {
    FormulaState.DROPPED: "DROPPED (not in the latest full readout)",
    FormulaState.REWORDED: "REWORDED",
    FormulaState.NEW: "NEW WITH THIS COUNTERPART",
    FormulaState.KEPT: "KEPT",
    FormulaState.REPEATED: "REPEATED WITHIN ONE READOUT",
    FormulaState.ABSENT: "ABSENT",
}
MOST = 40  # formulas of one state that are shown
# Readouts of a side that are compared, unless all are asked for: both sides take less than a second, and for two states
# that meet every month they are twelve years.
COMPARED = 150
KEPT = 256  # comparisons of a side with another that a process keeps: both ways of a hundred pairs that readers ask for
FEW = 4  # changes of one formula that are shown, the latest


def formulas_of(
    book: Book,
    first: str,
    second: str,
    *,
    as_of: datetime.date | None = None,
    with_all: bool = False,
    most: int | None = COMPARED,
) -> list[Formula]:
    """The formulas of the first party's readouts with the second, then of the second's with the first.

    Of each side the latest ``most`` readouts are compared, and with ``with_all`` as many with others; None for every one. The
    earlier ones are searched for the words of what was found.
    """
    pair = Filter(parties=(first, second), as_of=as_of)
    found: list[Formula] = []
    engagements, readouts = book.engagements(msgspec.structs.replace(pair, bare=True)), book.readouts(pair)
    for issuer, counterpart in ((first, second), (second, first)):
        held = dated_readouts(issuer, engagements, readouts)
        others = readouts_with_others(book, issuer, held, as_of, most) if with_all else []
        found += latest_formulas(issuer, counterpart, held, others, most)
    return found


def latest_formulas(
    issuer: str,
    counterpart: str,
    held: Sequence[DatedReadout],
    others: Sequence[DatedReadout] = (),
    most: int | None = COMPARED,
) -> list[Formula]:
    """The formulas of the latest readouts of a side, with how many earlier ones have their words, and since when."""
    compared = latest(held, most)
    inside = {each.readout.id for each in compared}
    earlier = [each for each in held if each.readout.id not in inside]
    return with_earlier(compared_once(issuer, counterpart, (*compared, *others)), earlier)


@lru_cache(maxsize=KEPT)
def compared_once(issuer: str, counterpart: str, readouts: tuple[DatedReadout, ...]) -> list[Formula]:
    """``formulas``, kept as long as the very readouts stand, whatever else comes into the book."""
    return formulas(issuer, counterpart, readouts)


def readouts_with_others(
    book: Book, issuer: str, held: Sequence[DatedReadout], as_of: datetime.date | None, most: int | None
) -> list[DatedReadout]:
    """The issuer's latest readouts but those held, as many as are compared with the counterpart.

    The book gives the readouts of everyone in whose engagements the issuer took part: of two sides half are its own.
    """
    known = {each.readout.id for each in held}
    own = Filter(parties=(issuer,), as_of=as_of, latest=True, limit=None if most is None else len(held) + 4 * most)
    engagements = book.engagements(msgspec.structs.replace(own, bare=True))
    found = dated_readouts(issuer, engagements, book.readouts(own), here=False)
    return latest([each for each in found if each.readout.id not in known], most)


def latest(held: Sequence[DatedReadout], most: int | None) -> list[DatedReadout]:
    """The latest readouts by day, undated ones by publication."""
    if most is None or len(held) <= most:
        return list(held)
    days = [(each.day or each.readout.first_published or datetime.date.min, each.readout.id) for each in held]
    late = sorted(range(len(held)), key=days.__getitem__)[-most:]
    return [held[at] for at in sorted(late)]


def dated_readouts(
    issuer: str, engagements: Iterable[Engagement], readouts: Iterable[ReadoutEntry], *, here: bool = True
) -> list[DatedReadout]:
    """The issuer's readouts that have points, with the days of their engagements and the names of who took part."""
    by_id = {engagement.id: engagement for engagement in engagements}
    return [
        dated(readout, by_id.get(readout.engagement or ""), here)
        for readout in readouts
        if readout.issuer == issuer and readout.points
    ]


def dated(readout: ReadoutEntry, engagement: Engagement | None, here: bool) -> DatedReadout:
    """A readout with the day of its engagement, else of its first publication."""
    if engagement is None:
        return DatedReadout(readout=readout, day=readout.first_published, here=here)
    names = (participant.name or "" for participant in engagement.participants)
    return DatedReadout(
        readout=readout,
        day=engagement.when.start or readout.first_published,
        here=here,
        names=frozenset(word for name in names for word in name.casefold().split()),
    )


def changed(found: Iterable[Formula]) -> list[Formula]:
    """Formulas that the latest full readout of their side dropped, reworded, or kept with a weaker verb.

    Only what the full readout before it still had: what was dropped long ago is no news.
    """
    return [formula for formula in found if is_news(formula)]


def is_news(formula: Formula) -> bool:
    """Whether the latest full readout is the first to change the formula."""
    full = [step for step in formula.steps if not step.relayed]
    if len(full) < 2 or formula.readouts < 2:
        return False
    last, before = full[-1], full[-2]
    had = before.state in (FormulaState.NEW, FormulaState.KEPT, FormulaState.REWORDED)
    return had and (last.state in (FormulaState.DROPPED, FormulaState.REWORDED) or last.weaker > 0)


# ------------------------------------------------------------------ as text


def formulas_text(found: Sequence[Formula], parties: tuple[str, str], width: int) -> str:
    """The formulas of both sides, by what became of them."""
    parts = []
    for issuer, counterpart in (parties, parties[::-1]):
        own = [formula for formula in found if formula.issuer == issuer]
        title = f"COMPARED OF {party_word(issuer).upper()} WITH {party_word(counterpart).upper()}"
        lines = [title, "=" * min(width, len(title)), *side_lines(own, width)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def side_lines(own: Sequence[Formula], width: int) -> Iterator[str]:
    """The formulas of one side, state by state."""
    if not own:
        yield "  No wording recurs in the readouts held."
    if left_out := max((formula.left_out for formula in own), default=0):
        yield (
            f"  Told is the course through the latest {COMPARED} readouts; {left_out:,} earlier ones were searched for the"
            " same words. --every-readout compares all."
        )
    for state, head in HEADS.items():
        group = [formula for formula in own if formula.state is state]
        if not group:
            continue
        yield head
        for formula in group[:MOST]:
            yield from formula_lines(formula, width)
        if len(group) > MOST:
            yield f"  ... and {len(group) - MOST} more; --json has all"


def formula_lines(formula: Formula, width: int) -> list[str]:
    """A formula, how often and when, and the readouts that changed it."""
    lines = hanging(f"“{bare(formula.text)}”", width, 2, 4)
    lines += hanging(f"{count_words(formula)}, {span_words(formula)}", width, 4, 4)
    courses = [step_words(step) for step in formula.steps if is_worth_telling(step)]
    if len(courses) > FEW:
        courses = [f"... {len(courses) - FEW} earlier changes; --json has all", *courses[-FEW:]]
    return lines + [line for course in courses for line in hanging(course, width, 4, 6)]


def is_worth_telling(step: FormulaStep) -> bool:
    """Whether a step changes the formula."""
    return step.state not in (FormulaState.NEW, FormulaState.KEPT) or step.weaker > 0


def count_words(formula: Formula) -> str:
    """In how many readouts it stands."""
    here = f"in {formula.readouts} readout{'' if formula.readouts == 1 else 's'}"
    return f"{here} (and in {formula.elsewhere} with others)" if formula.elsewhere else here


def span_words(formula: Formula) -> str:
    """From when to when it was seen."""
    if formula.first == formula.last:
        return day_words(formula.first)
    return f"{day_words(formula.first)} to {day_words(formula.last)}"


def step_words(step: FormulaStep) -> str:
    """What one readout did with the formula, the words that went in brackets and those that came in braces."""
    verb = f" with a weaker verb, “{step.verb}”" if step.weaker else ""
    if step.state is FormulaState.REWORDED:
        return f"{day_words(step.day)}: reworded{verb}: {diff_words(step.diff)}"
    if step.state not in (FormulaState.ABSENT, FormulaState.DROPPED):
        return f"{day_words(step.day)}: kept{verb}"
    still = "not" if step.state is FormulaState.ABSENT else "no longer"
    if step.run == 1:
        return f"{still} in the readout of {day_words(step.day)}"
    return f"{still} in {step.run} readouts, {day_words(step.day)} to {day_words(step.until)}"


def diff_words(diff: Sequence[Change]) -> str:
    """A word diff on one line: "a fair and [-balanced-] {+reciprocal+} relationship"."""
    marks = {"same": "{}", "left": "[-{}-]", "right": "{{+{}+}}"}
    return " ".join(marks[change.side].format(change.words) for change in diff)


def bare(text: str) -> str:
    """Words without a quotation mark that opens or closes among them."""
    return text.replace("“", "").replace("”", "")


def changed_lines(found: Sequence[Formula], width: int) -> Iterator[str]:
    """For a brief: which formula the latest readout of a side changed, and how."""
    for formula in found:
        last = [step for step in formula.steps if not step.relayed][-1]
        what = f"dropped “{bare(formula.text)}”, in {formula.readouts} readouts to {day_words(formula.last)}"
        if last.state is not FormulaState.DROPPED:
            what = f"“{bare(formula.text)}” {step_words(last).split(':', 1)[1].strip()}"
        yield from hanging(f"{party_word(formula.issuer)}, {day_words(last.day)}: {what}", width, 2, 4)
