"""What is an attribution, before it is known who its source is?"""

from __future__ import annotations

import msgspec

from dragoman.record.span import Span


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a text ascribes to a source by a cue.

    ``content`` is in order, quotation marks included. ``block`` is the number of the block that the cue stands in;
    ``score`` the log-odds that a learned reader gives. ``block`` is -1 for a whole turn of a transcript. ``through`` is who
    handed the words on, where the sentence that gives the source says so.
    """

    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]
    block: int
    rule: str
    score: float = 0.0
    through: Span | None = None
