"""Which commitments does a text report?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.commitments.build import commitments_in
from dragoman.extract.context import Context
from dragoman.extract.ledger import LedgerRules
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, CommitmentMention


class Commitments:
    """Reads commitments; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._rules = LedgerRules("commitments", alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[CommitmentMention]:
        """The document's commitments; ``before`` are the mentions that earlier rooms read."""
        return commitments_in(context, before, list(self._rules.found(context)))
