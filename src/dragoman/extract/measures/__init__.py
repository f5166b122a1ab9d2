"""Which measures does a text report?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.ledger import LedgerRules
from dragoman.extract.measures.build import measures_in
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, MeasureMention


class Measures:
    """Reads measures; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._rules = LedgerRules("measures", alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[MeasureMention]:
        """The document's measures; ``before`` are the mentions that earlier rooms read."""
        return measures_in(context, before, list(self._rules.found(context)))
