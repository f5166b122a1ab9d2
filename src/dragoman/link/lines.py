"""How did one person's words on a topic change from statement to statement?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.link.diff import word_diff
from dragoman.link.people import can_be_named
from dragoman.link.quotes import Verdict, Wording, same_words
from dragoman.record.entries import Statement
from dragoman.record.line import LineStep, LineVerdict

BACK = 20  # earlier statements on the topic in which like wording is looked for
SAME = frozenset({Verdict.VERBATIM, Verdict.SHORTENED, Verdict.STRETCHED})


def line_of(speaker: str, statements: Sequence[Statement]) -> list[LineStep]:
    """The statements of that speaker by day, each set against the earlier ones that share a topic with it."""
    own = [each for each in statements if each.speaker and is_by(speaker, each)]
    own.sort(key=lambda each: (day_said(each), each.id))
    return [step_of(each, own[:number]) for number, each in enumerate(own)]


def is_by(speaker: str, statement: Statement) -> bool:
    """Whether a name, a surname or the id of a person entry means a statement's speaker."""
    return speaker == statement.person or can_be_named(speaker, statement.speaker or "")


def day_said(statement: Statement) -> datetime.date:
    """When it was said, else printed; undated ones come last."""
    return statement.when.start or statement.when.end or statement.first_published or datetime.date.max


def step_of(statement: Statement, before: Sequence[Statement]) -> LineStep:
    """A statement against the earlier ones on its topics."""
    earlier = [each for each in before if not statement.topics or set(each.topics) & set(statement.topics)]
    if not earlier:
        return LineStep(statement=statement, verdict=LineVerdict.FIRST)
    last = earlier[-1]
    verdict, against = LineVerdict.OTHER, last
    for each in reversed(earlier[-BACK:]):
        found = same_words(Wording(statement.text), Wording(each.text)).verdict
        if found is not Verdict.DIFFERENT:
            verdict, against = LineVerdict.SAME if found in SAME else LineVerdict.REWORDED, each
            break
    return LineStep(
        statement=statement,
        verdict=verdict,
        against=against.id,
        diff=word_diff(against.text, statement.text) if verdict is LineVerdict.REWORDED else (),
        strength=statement.strength - last.strength if statement.strength and last.strength else 0,
        stance=last.stance if last.stance != statement.stance else None,
    )
