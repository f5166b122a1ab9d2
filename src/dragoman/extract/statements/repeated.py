"""Which quoted words does a document give twice?

Two quotations that share more than nine words running are one statement, and the first stands. A short piece within a
fuller quotation is a piece of it. Words whose speaker is not told where they stand are the speaker's who is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from dragoman.record.mentions import SpeakerKind, StatementMention
from dragoman.record.span import Span

WORD = re.compile(r"[^\W_]+")
PIECE = 5  # words up to which a quotation is a piece of a fuller one
RUN = 9  # words running, from which two quotations have the same words


class Fragment(NamedTuple):
    """A quoted fragment: the number of its statement, its span, and its words, folded, between blanks."""

    statement: int
    span: Span
    words: str

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.words.count(" ") - 1


def repeating(text: str, statements: Sequence[StatementMention]) -> list[StatementMention]:
    """The statements with their repeated fragments marked; those without a speaker take that of the same words."""
    fragments = [
        Fragment(number, span, f" {' '.join(WORD.findall(span.of(text).casefold()))} ")
        for number, statement in enumerate(statements)
        for span in statement.quoted
    ]
    runs = runs_of(fragments)
    found = list(statements)
    for place, fragment in enumerate(fragments):
        others = candidates(place, fragment, fragments, runs)
        if any(repeats(fragment, fragments[other], other < place) for other in others):
            held = found[fragment.statement]
            found[fragment.statement] = msgspec.structs.replace(held, repeats=(*held.repeats, fragment.span))
        told = next((found[fragments[o].statement] for o in others if found[fragments[o].statement].speaker), None)
        if told is not None and found[fragment.statement].speaker is None:
            found[fragment.statement] = spoken_by(found[fragment.statement], told)
    return found


def runs_of(fragments: Sequence[Fragment]) -> dict[str, list[int]]:
    """The fragments by every run of five words in them."""
    found: dict[str, list[int]] = {}
    for place, fragment in enumerate(fragments):
        for run in set(word_runs(fragment.words.split(), min(PIECE, fragment.size))):
            found.setdefault(run, []).append(place)
    return found


def word_runs(words: Sequence[str], size: int) -> Iterable[str]:
    """Every run of so many words."""
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def candidates(place: int, fragment: Fragment, fragments: Sequence[Fragment], runs: dict[str, list[int]]) -> list[int]:
    """The fragments that hold this one's words, or whose words this one holds, in order."""
    if fragment.size < PIECE:
        return [
            n for n, other in enumerate(fragments) if n != place and fragment.words in other.words and fragment.size
        ]
    sharing = {n for run in word_runs(fragment.words.split(), PIECE) for n in runs.get(run, ()) if n != place}
    return sorted(n for n in sharing if fragments[n].words in fragment.words or fragment.words in fragments[n].words)


def repeats(fragment: Fragment, other: Fragment, earlier: bool) -> bool:
    """Whether the other makes this one a repetition."""
    if fragment.words == other.words:
        return earlier
    if fragment.size <= PIECE:
        return fragment.words in other.words
    return earlier and min(fragment.size, other.size) > RUN


def spoken_by(statement: StatementMention, told: StatementMention) -> StatementMention:
    """The statement with the speaker and channel of another that has the same words."""
    return msgspec.structs.replace(
        statement,
        speaker=told.speaker,
        speaker_kind=SpeakerKind(told.speaker_kind),
        person=told.person,
        office=told.office,
        parties=told.parties,
        channel=statement.channel or told.channel,
        relay=statement.relay or told.relay,
        rule="statement.same_words",
    )
