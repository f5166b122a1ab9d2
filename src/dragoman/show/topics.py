"""Who raised what, when, and how strongly? Points of official accounts, by topic, month and side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.record.entries import Engagement, EntryPoint, ReadoutEntry

BOTH = "both"


class RaisedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One point of an account with one of its topics. ``side`` is who raised it: a party's code, "both", or "" where
    the account does not say; ``issuer`` is whose account it stands in."""

    topic: str
    day: datetime.date
    side: str
    issuer: str
    issuers: tuple[str, ...] = ()  # of a joint text every one
    readout: str
    engagement: str
    point: EntryPoint

    @property
    def month(self) -> str:
        """The month as "2025-03"."""
        return f"{self.day:%Y-%m}"


class TopicCell(msgspec.Struct, frozen=True, kw_only=True):
    """Points on one topic in one month: how many, and the greatest strength of a verb, 1 to 5, 0 where none has one."""

    topic: str
    month: str
    points: int
    strength: int
    sides: tuple[str, ...]
    issuers: tuple[str, ...]


def raised_points(readouts: Iterable[ReadoutEntry], engagements: Iterable[Engagement]) -> list[RaisedPoint]:
    """Every point with every topic of it, by day; of accounts without any day none."""
    by_id = {engagement.id: engagement for engagement in engagements}
    found: list[RaisedPoint] = []
    for readout in readouts:
        engagement = by_id.get(readout.engagement or "")
        day = (engagement.when.start if engagement else None) or readout.first_published
        if day is None:
            continue
        sides = sides_of(engagement)
        found += [
            RaisedPoint(
                topic=topic,
                day=day,
                side=side_of(point.raised_by, sides),
                issuer=readout.issuer,
                readout=readout.id,
                engagement=readout.engagement or "",
                point=point,
            )
            for point in readout.points
            for topic in point.topics
        ]
    return told_once(sorted(found, key=lambda each: (each.day, each.readout, each.point.span, each.topic)))


def told_once(found: Sequence[RaisedPoint]) -> list[RaisedPoint]:
    """Points of a joint text, which the book holds for each of its issuers, counted once, with all of these."""
    issuers: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], RaisedPoint] = {}
    for each in found:
        key = (each.topic, each.day, each.point.document, each.point.span)
        first.setdefault(key, each)
        issuers.setdefault(key, []).append(each.issuer)
    return [msgspec.structs.replace(each, issuers=tuple(dict.fromkeys(issuers[key]))) for key, each in first.items()]


def sides_of(engagement: Engagement | None) -> dict[str, str]:
    """The party of each who took part, by name and by code."""
    if engagement is None:
        return {}
    named = {person.name: person.party for person in engagement.participants if person.name and person.party}
    return named | {code: code for code in engagement.parties}


def side_of(raised_by: str | None, sides: dict[str, str]) -> str:
    """The side that raised a point; a name that is nobody's of the engagement is left as it is."""
    if not raised_by or raised_by == BOTH:
        return raised_by or ""
    return sides.get(raised_by, raised_by)


def topic_cells(points: Sequence[RaisedPoint]) -> list[TopicCell]:
    """The cells of the map, the topics spoken of most first, then by month."""
    cells: dict[tuple[str, str], list[RaisedPoint]] = {}
    weight: dict[str, int] = {}
    for point in points:
        cells.setdefault((point.topic, point.month), []).append(point)
        weight[point.topic] = weight.get(point.topic, 0) + 1
    order = sorted(cells, key=lambda key: (-weight[key[0]], key))
    return [cell_of(topic, month, cells[topic, month]) for topic, month in order]


def cell_of(topic: str, month: str, points: Sequence[RaisedPoint]) -> TopicCell:
    """One cell."""
    return TopicCell(
        topic=topic,
        month=month,
        points=len(points),
        strength=max(each.point.strength for each in points),
        sides=tuple(sorted({each.side for each in points if each.side})),
        issuers=tuple(sorted({issuer for each in points for issuer in each.issuers or (each.issuer,)})),
    )
