"""Which quotations stand in a frame so plain that a rule reads it?"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block
from dragoman.grammar.match import Match, RuleSet, preferred
from dragoman.grammar.rules import load_rules
from dragoman.grammar.stream import Alphabet, Stream
from dragoman.record.reading import Outcome
from dragoman.record.segments import Sentence

RULES = "rules.toml"


class Frames:
    """The rules of this room, compiled once."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._rules = RuleSet(load_rules(files(__package__).joinpath(RULES)), alphabet)

    def apply(self, context: Context, blocks: Sequence[Block], known: Sequence[Attribution]) -> list[Attribution]:
        """The known attributions, corrected and completed by the frames that the rules read."""
        found = list(known)
        for number, block in enumerate(blocks):
            if not block.quotations and context.text[block.span.end - 1] != ":":
                continue
            stream = context.stream(sentence_of(block), self._alphabet, self._rules.words, quoted=True)
            kept, lost = preferred(self._rules.matches(stream))
            for match in kept:
                framed(found, number, stream, match)
            if context.trace.on:
                context.trace.add(*(match.firing(stream) for match in kept))
                context.trace.add(*(match.firing(stream, Outcome.LOST) for match in lost))
        return found


def sentence_of(block: Block) -> Sentence:
    """A block as one sentence, for the rules."""
    return Sentence(block.span, block.paragraph, block.first, block.last)


def framed(found: list[Attribution], number: int, stream: Stream, match: Match) -> None:
    """Put the reading of a frame among the attributions: it corrects the one that has the quotation, or is new."""
    source, cue = stream.span(*match.slots["source"]), stream.span(*match.slots["cue"])
    content = stream.span(*match.slots["content"]) if "content" in match.slots else None
    for place, held in enumerate(found):
        if held.block != number or content is None or held.cue is None:
            continue
        if held.cue.overlaps(cue) or any(span == content for span in held.content):
            spans = held.content if any(s.overlaps(content) for s in held.content) else (content, *held.content)
            better = source if held.source is None or not held.source.covers(source) else held.source
            found[place] = msgspec.structs.replace(
                held, source=better, cue=cue, content=tuple(sorted(spans)), rule=match.rule.name
            )
            return
    found.append(
        Attribution(cue=cue, source=source, content=(content,) if content else (), block=number, rule=match.rule.name)
    )
