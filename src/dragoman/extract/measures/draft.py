"""What is known of a measure while its sides and its life are being looked for?"""

from __future__ import annotations

import msgspec

from dragoman.extract.ledger import Found
from dragoman.extract.measures.life import Life
from dragoman.record.span import Span


class Draft(msgspec.Struct, kw_only=True):
    """A measure whose sides are still being looked for."""

    found: Found
    act: Span
    clause: Span
    kind: str
    stayed: bool = False
    imposer: str | None = None
    targets: tuple[str, ...] = ()
    rate: float | None = None
    previous: float | None = None
    unit: str | None = None
    own_target: bool = False
    later: Life | None = None  # what a later sentence tells of when it takes effect
    life: Life | None = None  # filled when all measures of the text are known
