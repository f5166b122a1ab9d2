"""What do times of day mean: "10:35 a.m.", "0735 GMT", "noon Thursday", "this morning"?"""

from __future__ import annotations

from dragoman.mark.numbers import number_of
from dragoman.mark.times.days import (
    DEICTIC,
    day_number,
    month_number,
    nearest_day,
    safe_day,
    weekday_near,
    with_part,
)
from dragoman.mark.times.periods import DAY, WEEKDAYS, day_of
from dragoman.mark.times.scene import Found, Meaning, Scene, dated, mod_of, undated
from dragoman.record.marks import TimeType
from dragoman.record.when import Basis


def day_for(found: Found, scene: Scene) -> Meaning:
    """The day of a time of day: named behind it, else last spoken of in the sentence, else that of publication."""
    month, year = found.either("month", "month2"), found.either("year", "year2")
    if month and (scene.today or year):
        return dated_clock(found, scene, month_number(month), year)
    if scene.today is None:
        return undated("XXXX-XX-XX", "its day is not known", kind=TimeType.TIME)
    named = found.word("weekday")
    if named in DEICTIC:
        step = f"{named}, counted from publication ({scene.today})"
        return dated(day_of(scene.today + DEICTIC[named] * DAY), Basis.PUBLICATION, step, kind=TimeType.TIME)
    if named:
        day, step = weekday_near(scene, found, WEEKDAYS.index(named[:3]), "", scene.today)
        return dated(day_of(day), Basis.PUBLICATION, step, kind=TimeType.TIME)
    mentioned = scene.in_paragraph(found.first)
    if (
        mentioned
        and mentioned.period.start == mentioned.period.end
        and scene.same_sentence(found.first, mentioned.span)
    ):
        step = f"on the day last spoken of ({mentioned.period.value})"
        return dated(mentioned.period, Basis.TEXT, step, kind=TimeType.TIME, anchor=mentioned.span)
    step = f"on the day of publication ({scene.today})"
    return dated(day_of(scene.today), Basis.PUBLICATION, step, kind=TimeType.TIME)


def dated_clock(found: Found, scene: Scene, month: int, year: str) -> Meaning:
    """The day that stands beside a time of day: "5 p.m. on 3 June"."""
    number = day_number(found.either("day", "day2"))
    if year:
        known = safe_day(int(year), month, number)
        basis, steps = Basis.STATED, tuple[str, ...]()
    else:
        known = nearest_day(scene, found, month, number, None)
        basis, steps = Basis.PUBLICATION, (f"of the years around publication ({scene.today}), the nearest",)
    if known is None:
        return undated("XXXX-XX-XX", "the calendar has no such day", kind=TimeType.TIME)
    return dated(day_of(known), basis, *steps, kind=TimeType.TIME)


def clock(found: Found, scene: Scene) -> Meaning | None:
    """A time by the clock."""
    digits = found.word("cue")
    if ":" in digits:
        hour, minute = (int(part) for part in digits.split(":")[:2])
    elif len(digits) == 4 and digits.isdecimal():
        hour, minute = int(digits[:2]), int(digits[2:])
    else:
        hour, minute = int(number_of([digits]) or 0), 0
    half = (found.word("half") or found.word("short"))[:1]
    if found.word("part_of_day"):
        half = "a" if found.word("part_of_day") == "morning" else "p"
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    day = day_for(found, scene)
    return day._replace(value=f"{day.value}T{hour:02}:{minute:02}", mod=mod_of(found.word("hedge")))


def noon(found: Found, scene: Scene) -> Meaning | None:
    """noon, midnight, midday."""
    day = day_for(found, scene)
    return day._replace(value=f"{day.value}T{'24:00' if found.word('cue') == 'midnight' else '12:00'}")


def part_of_day(found: Found, scene: Scene) -> Meaning | None:
    """this morning, last night, overnight."""
    part = found.word("cue")
    if part in ("noon", "midday", "midnight", "dawn", "dusk", "lunchtime"):
        return None
    mod = mod_of(found.word("part"))
    mentioned = scene.reference(found.first) if found.word("rel") == "that" else None
    if mentioned:
        step = f"on the day last spoken of ({mentioned.period.value})"
        return with_part(dated(mentioned.period, Basis.TEXT, step, mod=mod, anchor=mentioned.span), part)
    if scene.today is None:
        return with_part(undated("XXXX-XX-XX", "the day of publication is not known", mod=mod), part)
    back = 1 if found.word("rel") == "last" else 0
    step = f"counted from publication ({scene.today})"
    return with_part(dated(day_of(scene.today - back * DAY), Basis.PUBLICATION, step, mod=mod), part)
