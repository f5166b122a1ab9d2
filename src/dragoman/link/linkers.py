"""Which linkers make the entries, and in which order?"""

from __future__ import annotations

from dragoman.link.commitments import CommitmentLinker
from dragoman.link.disputes import DisputeLinker
from dragoman.link.engagements import EngagementLinker
from dragoman.link.ledger import FIGURES, INCIDENTS
from dragoman.link.linker import Linker
from dragoman.link.measures import MeasureLinker
from dragoman.link.negotiations import NegotiationLinker
from dragoman.link.people import PersonLinker
from dragoman.link.readouts import ReadoutLinker
from dragoman.link.statements import StatementLinker

# Persons first, for all others refer to them; readouts after engagements, statements after readouts.
LINKERS: tuple[Linker, ...] = (
    PersonLinker(),
    EngagementLinker(),
    ReadoutLinker(),
    StatementLinker(),
    FIGURES,
    MeasureLinker(),
    NegotiationLinker(),
    CommitmentLinker(),
    DisputeLinker(),
    INCIDENTS,
)
