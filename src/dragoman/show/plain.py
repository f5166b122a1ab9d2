"""How are dates, persons, grounds and amounts written in tables and fields: exactly, and sortable?"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable

from dragoman.record.document import Publication, PublishedBasis
from dragoman.record.entries import EntryParticipant
from dragoman.record.when import Basis, When

BASES = {
    Basis.STATED: "as stated",
    Basis.PUBLICATION: "reckoned from the day of publication",
    Basis.TEXT: "reckoned from another date of the text",
    Basis.EVENT: "reckoned from a dated event",
    Basis.TITLE: "from the title or dateline",
    Basis.INFERRED: "inferred from the text's other dates",
    Basis.CORRECTED: "as a person corrected it",
    Basis.NONE: "",
}
PUBLISHED_BASES = {
    PublishedBasis.GIVEN: "given",
    PublishedBasis.PAGE: "page metadata",
    PublishedBasis.HEADER: "header",
    PublishedBasis.DATELINE: "dateline",
    PublishedBasis.INFERRED: "inferred",
    PublishedBasis.UNKNOWN: "unknown",
}


def days(start: datetime.date | None, end: datetime.date | None) -> str:
    """An interval of days as short as it can be said exactly: 2025-05-28, 2024-11, 2025, 2025-03-25/29, from ..."""
    if start is None and end is None:
        return ""
    if start is None:
        return f"until {end}"
    if end is None:
        return f"from {start}"
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
            return start.isoformat()[:7]
        return f"{start}/{end.day:02}"
    return f"{start}/{end}"


def when_words(when: When) -> str:
    """A date of an entry; empty when nothing is known."""
    return days(when.start, when.end)


def basis_words(when: When) -> str:
    """What a date rests on, in words."""
    return BASES[when.basis]


def published_words(published: Publication) -> str:
    """A day of publication with its basis where that is not plain."""
    day = days(published.start, published.end) or "no date"
    if published.basis in (PublishedBasis.GIVEN, PublishedBasis.PAGE, PublishedBasis.HEADER):
        return day
    if published.basis is PublishedBasis.UNKNOWN:
        return day
    return f"{day} ({published.detail or PUBLISHED_BASES[published.basis]})"


def participant_words(participant: EntryParticipant, *, office: bool = False) -> str:
    """A participant: name, or group with its number, or party alone; with the office when asked."""
    name = participant.name or group_words(participant)
    inside = [participant.office] if office and participant.office else []
    if participant.party and (participant.name or participant.group):
        inside.append(participant.party)
    return f"{name} ({', '.join(inside)})" if inside else name


def group_words(participant: EntryParticipant) -> str:
    """What stands for the name of a participant who has none."""
    group = participant.group or participant.office or participant.party or "unnamed"
    return f"{participant.number} {group}" if participant.number and not group[:1].isdecimal() else group


def listed(items: Iterable[str]) -> str:
    """Items joined by commas."""
    return ", ".join(item for item in items if item)


def number_words(value: float | None) -> str:
    """A number without needless digits: 129 billion, 45.7 billion, 25, 2.5."""
    if value is None:
        return ""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.6g} {name}"
    return f"{value:,.6g}" if abs(value) < 1e5 else f"{value:,.0f}"


def amount_words(value: float | None, unit: str, low: float | None = None, high: float | None = None) -> str:
    """A quantity with its unit, or its bounds."""
    said = number_words(value)
    if value is None and (low is not None or high is not None):
        said = f"{number_words(low) or '…'} to {number_words(high) or '…'}"
    if unit in ("count", ""):
        return said
    return f"{said} {unit}"
