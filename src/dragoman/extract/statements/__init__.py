"""Which statements does a text report?

blocks      sentences with each quotation as one item
learned     cues, sources and contents, by weights learned from an annotated collection
framed      plain frames around a quotation, by rule
mended      cues and clauses broken off; words that one says another has said
clauses     reported words that the lexicon's cues make plain
quoted      the quotations that no cue has claimed; turns of transcripts
shared      subjects that two verbs have in common
speakers    sources become persons, bodies, parties, documents
channels    posts, briefings, readouts; the outlets that passed words on
layers      one wording, one statement: sources named twice, words handed on, second verbs
reported    words, not thoughts and acts; somebody who can speak
build       an attribution becomes a statement
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block, blocks_of
from dragoman.extract.statements.build import Builder
from dragoman.extract.statements.clauses import plain_clauses
from dragoman.extract.statements.framed import Frames
from dragoman.extract.statements.learned.reader import LearnedReader, load_reader
from dragoman.extract.statements.mended import mended
from dragoman.extract.statements.quoted import Quotations, set_off, turns_of
from dragoman.extract.statements.shared import shared
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, StatementMention
from dragoman.record.reading import Firing
from dragoman.record.segments import Segments
from dragoman.record.span import hull
from dragoman.segment.tokens import tokens_at

UNRULED = frozenset(
    {
        "statement.learned",
        "statement.plain_clause",
        "statement.handed_on",
        "statement.turn",
        "quotation.signed",
        "quotation.set_off",
        "quotation.continued",
        "quotation.unclaimed",
    }
)


class Statements:
    """Reads statements; its rules and weights are loaded once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        self._lexicon = lexicon
        self._reader = load_reader()
        self._frames = Frames(alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[StatementMention]:
        """The document's statements; ``before`` are the mentions that earlier rooms read."""
        del before
        blocks = blocks_of(context.text, context.segments)
        learned = self._reader.attributions(context.text, blocks, context.tokens.words)
        framed = self._frames.apply(context, blocks, learned)
        taken = sorted({one.cue for one in framed if one.cue})
        known = plain_clauses(context, blocks, mended(context, blocks, framed), taken)
        found = completed(context.text, context.segments, blocks, known)
        builder = Builder(context, self._lexicon, blocks)
        statements = builder.statements(found)
        if context.trace.on:
            context.trace.add(*(firing_of(a) for a in found if a.rule in UNRULED))
        return statements


def attributions_in(text: str, segments: Segments, blocks: Sequence[Block], reader: LearnedReader) -> list[Attribution]:
    """Every attribution of a text in order of its place: what is said, thought, planned or wanted, and by whom."""
    words = tokens_at(text, segments.tokens).words
    return completed(text, segments, blocks, reader.attributions(text, blocks, words))


def completed(
    text: str, segments: Segments, blocks: Sequence[Block], known: Sequence[Attribution]
) -> list[Attribution]:
    """The known attributions with the quotations that nobody has claimed and the turns of a transcript, in order."""
    found = [*Quotations(text, blocks, known).claimed(), *turns_of(text, segments)]
    found += set_off(text, segments, found)
    return shared(text, sorted((a for a in found if a.content), key=lambda a: (a.cue or a.content[0], a.content)))


def firing_of(attribution: Attribution) -> Firing:
    """An attribution as a record for ``explain``; the note gives the learned reader's certainty."""
    spans = [s for s in (attribution.cue, attribution.source, *attribution.content) if s]
    slots = [("content", span) for span in attribution.content]
    slots += [(name, s) for name, s in (("cue", attribution.cue), ("source", attribution.source)) if s]
    note = f"log-odds {attribution.score:.1f}" if attribution.rule == "statement.learned" else ""
    return Firing(rule=attribution.rule, span=hull(*spans), slots=tuple(slots), note=note)
