"""Which claims are disputed in a text?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.disputes.build import disputes_in
from dragoman.extract.ledger import LedgerRules
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, DisputeMention


class Disputes:
    """Reads disputes; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._rules = LedgerRules("disputes", alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[DisputeMention]:
        """The document's disputes; ``before`` are the mentions that earlier rooms read."""
        return disputes_in(context, before, list(self._rules.found(context)))
