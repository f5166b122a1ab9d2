"""What does a rule's match report: who with whom, how, when and where?"""

from __future__ import annotations

import datetime
import re

from dragoman.extract.context import Context
from dragoman.extract.engagements.circumstance import (
    FAR,
    NOWHERE,
    Format,
    Where,
    content_start,
    format_of,
    place_at,
    when_of,
    where_of,
)
from dragoman.extract.engagements.clause import Clause
from dragoman.extract.engagements.frame import Frame, Refused
from dragoman.extract.engagements.frames import FRAMES
from dragoman.extract.engagements.kinds import kind_of_mechanism, kind_of_noun, names_a_kind, qualities
from dragoman.extract.engagements.manner import atmosphere, duration, requested_by
from dragoman.extract.engagements.people import Cast, cast_of, same_side_parties
from dragoman.extract.engagements.report import Report
from dragoman.extract.engagements.scene import Scene
from dragoman.extract.engagements.standing import agreed_on, governing_verb
from dragoman.extract.engagements.unreal import unreal
from dragoman.extract.engagements.untold import author_of, round_between
from dragoman.grammar.match import Match
from dragoman.record.marks import PartyMark
from dragoman.record.mentions import EngagementKind, Participant, Role, Status
from dragoman.record.reading import Firing
from dragoman.record.span import Span, hull
from dragoman.record.when import UNKNOWN_WHEN, When

TELLING = frozenset({EngagementKind.CONSULTATION, EngagementKind.SUMMIT})
SEVERAL = frozenset("meetings calls visits summits letters conversations bilaterals".split())
A_DAY = datetime.timedelta(days=1)
SIDES = {"bilateral": 2, "trilateral": 3, "quadrilateral": 4}
PASSING = 6  # items within which a time belongs to an engagement that is only named in passing
ADDED = frozenset("also separately".split())
OCCASIONS = re.compile(
    r"\b(?:several|multiple|numerous|various|two|three|four|five|six|a (?:number|couple|handful|series) of|a few|many|some) "
    r"(?:different )?(?:times|occasions)\b|\b(?:repeatedly|twice)\b"
)
OCCASIONS_REACH = 16  # items behind a verb in which the number of occasions stands
TOGETHER = frozenset("joint jointly together trilateral quadrilateral trilaterally".split())


def build(scene: Scene, context: Context, clause: Clause, match: Match) -> list[Report] | Refused:
    """The reports that a match makes: one, but for travels to several countries and lists of bilaterals."""
    frames = FRAMES[match.rule.builds](clause, match)
    if isinstance(frames, Refused):
        return frames
    if frames[0].standing.negated:
        return Refused("said not to have been")
    reason = unreal(scene, clause, match.cue, frames[0])
    if reason:
        return Refused(reason)
    return [report for frame in frames for report in split(reported(scene, context, clause, match, frame))]


def reported(scene: Scene, context: Context, clause: Clause, match: Match, frame: Frame) -> Report:
    """The report of a frame, with when, where and in what format it was."""
    left = cast_of(scene, context, clause, frame.left, frame.left_role)
    left = left.joined(author_of(scene, context, clause, match.cue, frame))
    right = cast_of(scene, context, clause, frame.right, frame.right_role)
    first, last = core(match, frame)
    content = match.cue + 1 if match.rule.builds == "discuss" else content_start(clause, last)
    form = format_of(clause, first, last, content)
    extra = {*frame.extra, *(() if form.sidelines else parties_of(context, form))}
    near = (frame.destination, frame.destination + 1) if frame.destination is not None else (first, last)
    where = (
        place_at(clause, frame.destination) if frame.destination is not None else where_of(clause, first, last, content)
    )
    cast = same_side_parties(scene, left, right, extra, where.country)
    occasion = form.span is not None and not form.sidelines
    kind, virtual = kind_of(clause, match, words_of_format(context, form) if occasion else None)
    if not (cast.participants or extra):
        extra.update(round_between(scene, clause, match.cue, frame, where.country))
    when = when_of(clause, *near, content, reach=FAR if frame.finite else PASSING)
    if frame.noun and agreed_on(clause, match.cue) is not None:
        when, where = behind_cue(clause.stream.spans[match.cue], when, where)
    return Report(
        rule=match.rule.name,
        span=clause.span(first, last),
        cue=clause.stream.spans[match.cue],
        sentence=clause.number,
        paragraph=clause.sentence.paragraph,
        kind=kind,
        virtual=virtual,
        status=frame.standing.status,
        stated=frame.standing.stated or gone_by(context, frame, when),
        participants=cast.joined(cast_of(scene, context, clause, frame.mediator, Role.MEDIATOR)).participants,
        parties=frozenset(cast.parties) | extra,
        when=when,
        where=where,
        format=form,
        definite=frame.definite,
        another=frame.another,
        added=match.rule.builds == "verb" and not ADDED.isdisjoint(clause.words[max(0, match.cue - 2) : match.cue + 2]),
        finite=frame.finite,
        members=frame.members,
        noun=frame.noun,
        several=of_several(clause, match.cue, frame),
        travel=frame.destination is not None,
        sides=sides_of(clause, match.cue) if frame.noun else None,
        requested_by=requested_by(context, clause),
        duration=duration(context, clause, clause.stream.spans[match.cue]),
        atmosphere=atmosphere(context, clause, clause.stream.spans[match.cue]),
        together=any(word in TOGETHER for word in clause.words),
        firing=firing(clause, match, frame),
    )


def behind_cue(cue: Span, when: When, where: Where) -> tuple[When, Where]:
    """Time and place as far as they stand behind a cue: those before it are of the engagement where this was agreed on."""
    when = when if when.span is not None and when.span.start > cue.start else UNKNOWN_WHEN
    return when, where if where.span is not None and where.span.start > cue.start else NOWHERE


def gone_by(context: Context, frame: Frame, when: When) -> bool:
    """Whether a noun without a verb of its own names what its day shows to be past."""
    day = context.document.published.day
    past = day is not None and when.end is not None and when.end < day - A_DAY
    return frame.noun and past and frame.standing.status is Status.HELD


def of_several(clause: Clause, at: int, frame: Frame) -> bool:
    """Whether one word stands for several: "their meetings", "has met them on several occasions"."""
    if frame.noun and clause.words[at].split(" ")[0] in SEVERAL:
        return True
    behind = " ".join(clause.words[at : at + OCCASIONS_REACH])
    return OCCASIONS.search(behind) is not None


def sides_of(clause: Clause, at: int) -> int | None:
    """Of how many sides the words before a noun say it was; None when they do not."""
    return next((SIDES[word] for word in clause.words[max(0, at - 3) : at] if word in SIDES), None)


def parties_of(context: Context, form: Format) -> tuple[str, ...]:
    """The parties of a mechanism: its own, and those in its name."""
    inside = context.marks_within(form.span, PartyMark) if form.span is not None and not form.parties else []
    codes = (*form.parties, *(code for party in inside for code in party.codes))
    return tuple(member for code in codes for member in MEMBERS.get(code, (code,)))


# Blocs that meet as their members do.
MEMBERS = {"QUAD": ("AUS", "IND", "JPN", "USA"), "AUKUS": ("AUS", "GBR", "USA")}


def words_of_format(context: Context, form: Format) -> str | None:
    """The words that tell a format's kind: the text's own, or its full name where a short form stands for it."""
    words = form.span.of(context.text) if form.span is not None else ""
    return (words if names_a_kind(words) else form.name or words) or None


def core(match: Match, frame: Frame) -> tuple[int, int]:
    """The items of a report: subject, cue and those named after it."""
    edges = [match.first, match.cue + 1, *(place[1] for name, place in match.slots.items() if name != "tie")]
    edges += [edge for side in (frame.left, frame.right) if not side.empty for edge in (side.first, side.last)]
    edges += [frame.destination + 1] if frame.destination is not None else []
    return min(edges), max(edges)


def firing(clause: Clause, match: Match, frame: Frame) -> Firing:
    """The match with the sides that the builder found, for ``explain``."""
    slots = [(name, clause.span(*place)) for name, place in match.slots.items()]
    for name, side in (("side", frame.left), ("other", frame.right)):
        if not side.empty:
            slots.append((name, clause.span(side.first, side.last)))
    return Firing(rule=match.rule.name, span=hull(*(span for _, span in slots)), slots=tuple(slots))


def kind_of(clause: Clause, match: Match, mechanism: str | None) -> tuple[EngagementKind | None, bool]:
    """The kind that the rule, the noun or the mechanism's name states, and whether it was virtual."""
    virtual, by_phone, in_person = qualities(clause, match.cue)
    governor = governing_verb(clause, match.cue) if match.rule.builds == "noun" else None
    virtual = virtual or (governor is not None and qualities(clause, governor)[0])
    if by_phone:
        return EngagementKind.CALL, False
    named = kind_of_mechanism(mechanism) if mechanism else None
    stated = match.rule.values.get("kind")
    if stated:
        telling = named in TELLING and stated == EngagementKind.MEETING
        return named if telling else EngagementKind(str(stated)), virtual
    kind = kind_of_noun(clause, match.cue)
    if kind in (None, EngagementKind.MEETING) and named is not None:
        kind = named
    return (EngagementKind.MEETING if kind is None and in_person else kind), virtual


def split(report: Report) -> list[Report]:
    """A plan to meet several people one after the other, as so many reports; any other report alone.

    "will meet with Prime Minister A and Foreign Minister B" announces two meetings; "met with A and B" tells of one.
    """
    others = [p for p in report.participants if p.role is Role.COUNTERPART and p.name]
    verb = report.rule == "engagement.met" and not report.noun
    if not verb or report.status is not Status.PLANNED or len(others) < 2 or report.together:
        return [report]
    if report.format.name and not report.format.sidelines:
        return [report]
    keep = tuple(p for p in report.participants if p.role is not Role.COUNTERPART)
    return [alone(report, keep, other) for other in others]


def alone(report: Report, keep: tuple[Participant, ...], other: Participant) -> Report:
    """The report of a meeting with one of several people."""
    parties = frozenset(p.party for p in (*keep, other) if p.party)
    return report.with_people((*keep, other), parties)


__all__ = ["Cast", "Refused", "Where", "build"]
