"""How is a person's line over time shown?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.link.lines import day_said
from dragoman.record.entries import Statement
from dragoman.record.line import LineStep, LineVerdict
from dragoman.record.mentions import Directness
from dragoman.show.formulas import diff_words
from dragoman.show.words import day_words, hanging, joined, topic_words


def line_text(line: Sequence[LineStep], width: int) -> str:
    """Each statement with its channel, its documents, and what changed against the one before."""
    return "\n\n".join("\n".join(step_lines(step, width)) for step in line) + "\n"


def step_lines(step: LineStep, width: int) -> list[str]:
    """One statement."""
    said = step.statement
    day = day_words(day_said(said)) if said.first_published or said.when.known else "undated"
    parts = (day, said.speaker or "", said.channel or "", topic_words(said.topics), said.id)
    lines = hanging("  ".join(part for part in parts if part), width, 0, 4)
    lines += hanging(words_of(said), width, 2, 3)
    change = change_words(step)
    if change:
        lines += hanging(change, width, 2, 4)
    return lines + hanging(f"in {joined(said.documents)}", width, 2, 5)


def words_of(statement: Statement) -> str:
    """The words, in quotation marks when they are the speaker's own; where only parts are, with the marks of the text."""
    text = " ".join(statement.text.split())
    return f"“{text.strip('“”')}”" if statement.directness is Directness.DIRECT else text


def change_words(step: LineStep) -> str:
    """What changed: the wording, the strength of the verb, the stance."""
    found = []
    if step.verdict is LineVerdict.REWORDED:
        found.append(f"reworded since {step.against}: {diff_words(step.diff)}")
    elif step.verdict is LineVerdict.SAME:
        found.append(f"same words as {step.against}")
    elif step.verdict is LineVerdict.OTHER:
        found.append("other words")
    if step.strength:
        found.append(f"verb {'stronger' if step.strength > 0 else 'weaker'} by {abs(step.strength)}")
    if step.stance:
        found.append(f"{step.stance} before, now {step.statement.stance}")
    sign = "=" if step.verdict is LineVerdict.SAME else "≠"
    return f"{sign} {'; '.join(found)}" if found else ""
