"""Which engagements does a text report?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, EngagementMention


class Engagements:
    """Reads engagements; its rules are compiled once per process."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        self._lexicon = lexicon
        self._alphabet = alphabet

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[EngagementMention]:
        """The document's engagements; ``before`` are the mentions that earlier rooms read."""
        del context, before
        return []
