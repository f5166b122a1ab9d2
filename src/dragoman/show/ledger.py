"""How are the ledgers set: measures with their stacks, tracks, promises, ladders, cards?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from dragoman.link.commitments import state_on
from dragoman.link.measures import states_on
from dragoman.record.entries import Commitment, Dispute, Figure, Measure, Negotiation, TargetStep
from dragoman.record.ledgers import Conflict, Stack
from dragoman.show.tables import Column, paragraph, table
from dragoman.show.words import day_words, party_word, when_words

ID_SHOWN = 14
OWN_NAME = re.compile(r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))$", re.IGNORECASE)  # a measure is not its own target


def measure_list(measures: Sequence[Measure], stacks: Sequence[Stack], day: datetime.date | None, width: int) -> str:
    """Measures with their state on the day, and under them what the rates add up to."""
    columns = (
        Column("STATE"),
        Column("SINCE"),
        Column("UNTIL"),
        Column("MEASURE", 3),
        Column("SRC", right=True),
        Column("ID"),
    )
    rows = [
        (
            state.replace("_", " "),
            when_words(measure.effective),
            when_words(measure.until),
            measure_words(measure),
            str(measure.origins),
            measure.id[:ID_SHOWN],
        )
        for measure, state in zip(measures, states_on(measures, day), strict=True)
    ]
    sums = "".join(f"\n{line}" for stack in stacks for line in stack_lines(stack, width))
    return table(columns, rows, width) + sums + ("\n" if sums else "")


def measure_words(measure: Measure) -> str:
    """A measure in a line: rate, role, kind, sides, goods, reason."""
    rate = rate_words(measure)
    target = "target not named" if measure.target is None or OWN_NAME.search(measure.target) else measure.target
    sides = f"{party_word(measure.imposer or '?')} on {party_word(target)}"
    if target != measure.target:
        sides = f"by {party_word(measure.imposer or '?')}, {target}"
    scope = f", {measure.scope}" if measure.scope and measure.scope != (measure.target or "").casefold() else ""
    before = (
        f"was {measure.previous_rate:g}%" if measure.previous_rate is not None and measure.unit == "percent" else ""
    )
    notes = dict.fromkeys(note for note in (before, measure.role, measure.reason, measure.legal_basis) if note)
    said = f" ({', '.join(notes)})" if notes else ""
    return f"{rate}{measure.kind.replace('_', ' ')}, {sides}{scope}{said}"


def rate_words(measure: Measure) -> str:
    """The rate with its unit and a blank behind it, or nothing."""
    if measure.rate is None:
        return ""
    return f"{measure.rate:g}% " if measure.unit == "percent" else f"{measure.rate:,.0f} {measure.unit or ''} "


def stack_lines(stack: Stack, width: int) -> Iterator[str]:
    """What the rates on one target add up to, what comes, and whether stated totals agree."""
    on = f"{party_word(stack.imposer)} on {party_word(stack.target)}"
    on += f", {day_words(stack.day)}" if stack.day else ""
    parts = " + ".join(f"{part.rate:g}" + (f" {part.role}" if part.role else "") for part in stack.parts)
    yield paragraph(f"{on}: {stack.arithmetic} percent" + (f"  ({parts})" if parts else ""), width, hanging="  ")
    for part in stack.coming:
        day = when_words(part.effective) or "a day not named"
        yield paragraph(f"to come on {day}: {part.rate:g} {part.role or ''}".rstrip(), width, "  ", "  ")
    for total in stack.totals:
        verdict = "agrees" if total.agrees else "does not agree"
        said = f"stated total {total.measure.rate:g} {verdict}  [{total.measure.id[:ID_SHOWN]}]"
        yield paragraph(said, width, "  ", "  ")


def negotiation_lines(entry: Negotiation, width: int) -> Iterator[str]:
    """One track."""
    who = "-".join(party_word(code) for code in entry.parties)
    yield paragraph(f"{entry.track.capitalize()}, {who}  [{entry.id[:ID_SHOWN]}]", width)
    facts = [f"{entry.rounds} rounds held" if entry.rounds else "", f"round {entry.planned} planned" if entry.planned else "", entry.tranche or ""]  # fmt: skip
    if any(facts):
        yield paragraph("; ".join(fact for fact in facts if fact), width, "  ")
    if entry.targets:
        yield paragraph(f"target: {slip_words(entry.targets)}", width, "  ", "  ")
    if entry.leads:
        yield paragraph(f"led by {', '.join(entry.leads)}", width, "  ", "  ")
    for words in entry.wordings:
        yield paragraph(f"“{words}”", width, "  ", "  ")
    for words in entry.sticking:
        yield paragraph(f"in the way: “{words}”", width, "  ", "  ")


def slip_words(steps: Sequence[TargetStep]) -> str:
    """Targets in order of publication: "9 Jul 2025 (said 23 May 2025), then 1 Aug 2025 (said 18 Jul 2025)"."""
    return ", then ".join(
        f"{when_words(step.when) or step.due}" + (f" (said {day_words(step.published)})" if step.published else "")
        for step in steps
    )


def commitment_list(entries: Sequence[Commitment], day: datetime.date | None, width: int) -> str:
    """Commitments with their state on the day."""
    columns = (
        Column("STATE"),
        Column("DUE"),
        Column("WHO", 1),
        Column("WHAT", 3),
        Column("SRC", right=True),
        Column("ID"),
    )
    rows = [
        (
            state_on(entry, day),
            entry.due or "no date",
            ", ".join(party_word(code) for code in entry.who),
            f"{entry.force}: {entry.what}" + (f" (first {entry.slips[0].due})" if len(entry.slips) > 1 else ""),
            str(entry.origins),
            entry.id[:ID_SHOWN],
        )
        for entry in entries
    ]
    return table(columns, rows, width)


def dispute_list(entries: Sequence[Dispute], width: int) -> str:
    """Disputes as ladders, one under the other."""
    return "\n".join("\n".join(dispute_lines(entry, width)) for entry in entries) + "\n"


def dispute_lines(entry: Dispute, width: int) -> Iterator[str]:
    """One claim with its rungs."""
    yield paragraph(f"{entry.claim}  [{entry.id[:ID_SHOWN]}]", width)
    for step in entry.steps:
        by = f" by {party_word(step.by)}" if step.by else ""
        hedge = f": “{entry.hedge}”" if step.step == "hedged" and entry.hedge else ""
        day = day_words(step.published) if step.published else "no date"
        yield paragraph(f"{day}  {step.step.replace('_', ' ')}{by}{hedge}", width, "  ", "  ")


def conflict_list(cards: Sequence[Conflict], width: int) -> str:
    """Figures in conflict, card by card."""
    return "\n".join("\n".join(conflict_lines(card, width)) for card in cards) + ("\n" if cards else "")


def conflict_lines(card: Conflict, width: int) -> Iterator[str]:
    """One card: the quantity, then each figure with its day of print."""
    yield paragraph(f"{card.what}{f', {card.period}' if card.period else ''}", width)
    for figure in card.figures:
        day = day_words(figure.first_published) if figure.first_published else "no date"
        yield paragraph(
            f"{figure.text}  ({day}, {figure.origins} origins)  [{figure.id[:ID_SHOWN]}]", width, "  ", "  "
        )
    if card.difference:
        yield paragraph(f"defined as: {card.difference}", width, "  ", "  ")


def figure_list(entries: Sequence[Figure], width: int) -> str:
    """Figures: when printed, the words, what is measured, of whom, for when."""
    columns = (Column("PRINTED"), Column("FIGURE", 1), Column("OF", 2), Column("PERIOD"), Column("SRC", right=True), Column("ID"))  # fmt: skip
    rows = [
        (
            day_words(entry.first_published) if entry.first_published else "no date",
            entry.text,
            entry.what or "-".join(entry.parties),
            when_words(entry.period) if entry.period.known else "",
            str(entry.origins),
            entry.id[:ID_SHOWN],
        )
        for entry in entries
    ]
    return table(columns, rows, width)
