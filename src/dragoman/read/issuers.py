"""Which party does an issuer's name in a manifest stand for?"""

from __future__ import annotations

from dragoman.lexicon.load import load_lexicon
from dragoman.record.span import Span


def issuer_code(value: str) -> str:
    """The party code of a code or a party's name. Raises ValueError when nothing answers to it."""
    lexicon = load_lexicon()
    if value.upper() in lexicon.parties:
        return value.upper()
    for hit in lexicon.hits(value):
        if hit.kind == "party" and hit.span == Span(0, len(value)) and hit.key in lexicon.parties:
            return hit.key
    raise ValueError(f"issuer: nothing is called {value!r}; write a code such as USA, IND or EU")
