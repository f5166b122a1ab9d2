"""What does one sentence say of one engagement, before the document is looked at as a whole?"""

from __future__ import annotations

import msgspec

from dragoman.extract.engagements.circumstance import NO_FORMAT, NOWHERE, Format, Where
from dragoman.record.mentions import EngagementKind, Participant, Status
from dragoman.record.reading import Firing
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When

JOINED = "engagement.joined"  # the rule of those who come to an engagement that is spoken of
TURNS = "engagement.turns"  # the rule of a meeting of those who speak in turn


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One rule's reading of one place.

    ``kind`` is None where the words leave it open. ``stated`` says whether the status is in the words. ``definite``
    reports speak of something known ("the talks"), ``another`` ones of something new ("a second call").
    """

    rule: str
    span: Span
    cue: Span
    sentence: int
    paragraph: int
    kind: EngagementKind | None
    status: Status
    stated: bool = False
    participants: tuple[Participant, ...] = ()
    parties: frozenset[str] = frozenset()
    when: When = UNKNOWN_WHEN
    where: Where = NOWHERE
    format: Format = NO_FORMAT
    definite: bool = False
    another: bool = False
    added: bool = False  # told as one more: "she also met"
    finite: bool = False  # a clause reports it, not only a noun in passing
    several: bool = False
    headline: bool = False
    virtual: bool = False
    travel: bool = False
    noun: bool = False
    members: bool = False  # lists who took part in the engagement spoken of before
    together: bool = False  # the words say that all met at once
    sides: int | None = None  # 2 of a noun that is called bilateral, 3 of a trilateral one, 4 of a quadrilateral one
    requested_by: str | None = None
    duration: str | None = None
    atmosphere: tuple[str, ...] = ()
    firing: Firing | None = None

    def with_people(self, people: tuple[Participant, ...], parties: frozenset[str]) -> Report:
        """The same report of other people."""
        return msgspec.structs.replace(self, participants=people, parties=parties)

    @property
    def named(self) -> tuple[Participant, ...]:
        """Those who took part and whose name is given."""
        return tuple([p for p in self.participants if p.name])
