"""Which negotiations does a text report?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.ledger import LedgerRules
from dragoman.extract.negotiations.build import negotiations_in
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, NegotiationMention


class Negotiations:
    """Reads negotiations; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._rules = LedgerRules("negotiations", alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[NegotiationMention]:
        """The document's negotiations; ``before`` are the mentions that earlier rooms read."""
        return negotiations_in(context, before, list(self._rules.found(context)))
