"""How do due dates and planned engagements get into a calendar? As iCalendar (RFC 5545) all-day events.

Only what has a first and a last day is written; a season or a month is an event over all its days. Each event's UID is
made from the entry's id, so that a calendar which reads the file again updates what it has.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from icalendar import Calendar, Event

from dragoman.book import Book
from dragoman.export.files import beside
from dragoman.link.commitments import state_on
from dragoman.record.entries import Commitment, Engagement, Filter
from dragoman.record.mentions import Status
from dragoman.record.when import When

AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.INVITED, Status.POSTPONED})
STAMP = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the same book gives the same file
LONGEST = 366  # days; what is known no better than this is no appointment


def export_ics(book: Book, path: Path, wanted: Filter) -> dict[str, int]:
    """Write a calendar of open due dates and planned engagements in place of ``path``; how many events it has."""
    calendar = Calendar()
    calendar.add("prodid", "-//dragoman//EN")
    calendar.add("version", "2.0")
    events = list(events_of(book, wanted))
    for event in events:
        calendar.add_component(event)
    with beside(path) as draft:
        draft.write_bytes(calendar.to_ical())
    return {"events": len(events)}


def events_of(book: Book, wanted: Filter) -> Iterator[Event]:
    """The events, commitments before engagements, each in the book's order."""
    for commitment in book.each(Commitment, wanted):
        if commitment.status in ("open", "postponed") and bounded(commitment.due_when):
            yield due_event(commitment, wanted.as_of)
    for engagement in book.each(Engagement, wanted):
        if engagement.status in AHEAD and bounded(engagement.when):
            yield engagement_event(engagement)


def bounded(when: When) -> bool:
    """Whether the interval has an end, and is no longer than an appointment can be."""
    return when.end is not None and (when.start is None or (when.end - when.start).days <= LONGEST)


def due_event(commitment: Commitment, day: datetime.date | None) -> Event:
    """The last day on which a commitment is due."""
    last = commitment.due_when.end
    assert last is not None
    event = event_of(commitment.id, last, last, f"Due: {', '.join(commitment.who)}: {commitment.what}")
    event.add("description", f"{state_on(commitment, day)}. {commitment.text}")
    event.add("categories", ["commitment"])
    return event


def engagement_event(engagement: Engagement) -> Event:
    """The days of a planned engagement."""
    last = engagement.when.end
    assert last is not None
    what = f"{engagement.status}: {engagement.kind.replace('_', ' ')}, {'-'.join(engagement.parties)}"
    event = event_of(engagement.id, engagement.when.start or last, last, what.capitalize())
    if engagement.place:
        event.add("location", engagement.place)
    names = [person.name for person in engagement.participants if person.name]
    event.add("description", "; ".join(filter(None, (engagement.mechanism, *names))))
    event.add("categories", ["engagement"])
    return event


def event_of(identity: str, first: datetime.date, last: datetime.date, summary: str) -> Event:
    """An all-day event from the first to the last day, which iCalendar ends on the day after."""
    event = Event()
    event.add("uid", f"{identity}@dragoman")
    event.add("dtstamp", STAMP)
    event.add("dtstart", first)
    event.add("dtend", last + datetime.timedelta(days=1))
    event.add("summary", summary)
    return event
