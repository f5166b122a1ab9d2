"""Which incidents does a text report?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.incidents.build import incidents_in
from dragoman.extract.ledger import LedgerRules
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, IncidentMention


class Incidents:
    """Reads incidents; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._rules = LedgerRules("incidents", alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[IncidentMention]:
        """The document's incidents; ``before`` are the mentions that earlier rooms read."""
        del before
        return incidents_in(context, list(self._rules.found(context)))
