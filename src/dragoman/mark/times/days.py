"""What do expressions for days mean: "28 March", "on Monday", "yesterday", "the day before", "Thanksgiving"?"""

from __future__ import annotations

import datetime

from dragoman.mark.numbers import ordinal_of
from dragoman.mark.times.calendars import day_first
from dragoman.mark.times.periods import (
    DAY,
    MONTHS,
    WEEKDAYS,
    day_of,
    days_of,
    easter_of,
    nth_weekday,
    week_of,
)
from dragoman.mark.times.scene import Found, Meaning, Scene, dated, mod_of, undated
from dragoman.record.marks import TimeType
from dragoman.record.when import Basis, Precision

PARTS = {
    "morning": "MO", "dawn": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV", "night": "NI", "overnight": "NI",
    "lunchtime": "MI", "noon": "T12:00", "midday": "T12:00", "midnight": "T24:00",
}  # fmt: skip
AHEAD_WEIGHT = {"future": 1, "past": 3}
FUTURE_WEIGHT = 3  # an undated day told of in the past tense is rarely ahead, but a notice may be
BACK = frozenset({"last", "past", "previous", "preceding"})
AHEAD = frozenset({"next", "coming", "following", "upcoming"})


def month_number(word: str) -> int:
    """The number of a month from its name or short form."""
    return MONTHS.index(word[:3]) + 1


def day_number(word: str) -> int:
    """The number of a day from digits or an ordinal; 0 when it is none."""
    number = ordinal_of(word) if not word.isdecimal() else int(word)
    return number or 0


def safe_day(year: int, month: int, day: int) -> datetime.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def with_part(meaning: Meaning, part: str) -> Meaning:
    """The meaning of a day narrowed to a part of it."""
    code = PARTS.get(part)
    if not code:
        return meaning
    value = meaning.value + (code if code.startswith("T") else f"T{code}")
    return meaning._replace(type=TimeType.TIME, value=value, steps=(*meaning.steps, f"in the part of day: {part}"))


def iso(found: Found, scene: Scene) -> Meaning | None:
    """2025-05-28."""
    del scene
    day = safe_day(*map(int, found.word("cue").split("-")))
    return dated(day_of(day), Basis.STATED, "written as ISO 8601") if day else None


def slash(found: Found, scene: Scene) -> Meaning | None:
    """10/26/1989 or 26.10.1989: day first with points; with slashes as the document does elsewhere, else by issuer."""
    text = found.word("cue")
    first, second, year = (int(part) for part in text.replace(".", "/").split("/"))
    if year < 100:
        year += 2000 if year < 70 else 1900
    by_day, order = (True, "day first") if "." in text or first > 12 else day_first(scene.document)
    if second > 12:
        by_day, order = False, "month first"
    day = safe_day(year, second, first) if by_day else safe_day(year, first, second)
    return dated(day_of(day), Basis.STATED, f"written in digits, {order}") if day else None


def day(found: Found, scene: Scene) -> Meaning | None:
    """A day of a month, with or without its year."""
    month, number = month_number(found.word("cue")), day_number(found.word("day"))
    mod = mod_of(found.word("hedge"))
    year = found.word("year")
    if year:
        known = safe_day(int(year), month, number)
        return dated(day_of(known), Basis.STATED, mod=mod) if known else None
    if not 1 <= number <= 31:
        return None
    return dayless_year(found, scene, month, number)


def dayless_year(found: Found, scene: Scene, month: int, number: int) -> Meaning | None:
    """A day of a month whose year the text leaves open."""
    mod = mod_of(found.word("hedge"))
    weekday = found.word("weekday")
    number_of_weekday = WEEKDAYS.index(weekday[:3]) if weekday else None
    mentioned = scene.in_paragraph(found.first)
    told = mentioned if mentioned and mentioned.stated and mentioned.period.start.year != scene_year(scene) else None
    if told and scene.same_sentence(found.first, told.span) and scene.tense(found.first, found.last) != "future":
        known = safe_day(told.period.start.year, month, number)
        return (
            dated(day_of(known), Basis.TEXT, "in the year last spoken of", anchor=told.span, mod=mod) if known else None
        )
    if scene.today is None:
        return undated(f"XXXX-{month:02}-{number:02}", "its year is not known", mod=mod)
    known = nearest_day(scene, found, month, number, number_of_weekday)
    if known is None:
        return None
    return dated(
        day_of(known), Basis.PUBLICATION, f"of the years around publication ({scene.today}), the nearest", mod=mod
    )


def scene_year(scene: Scene) -> int | None:
    """The year of publication."""
    return scene.today.year if scene.today else None


def nearest_day(scene: Scene, found: Found, month: int, number: int, weekday: int | None) -> datetime.date | None:
    """The day of that month and number nearest to publication, where weekday and tense agree."""
    today = scene.today
    if today is None:
        return None
    relative = found.word("rel")
    candidates = [
        day for year in (today.year - 1, today.year, today.year + 1) if (day := safe_day(year, month, number))
    ]
    if weekday is not None:
        candidates = [day for day in candidates if day.weekday() == weekday] or candidates
    if relative == "last":
        candidates = [day for day in candidates if day < today] or candidates
    if relative == "next":
        candidates = [day for day in candidates if day > today] or candidates
    tense = scene.tense(found.first, found.last)

    def distance(day: datetime.date) -> int:
        days = (day - today).days
        if days > 0:
            return days * AHEAD_WEIGHT.get(tense, 2)
        return -days * FUTURE_WEIGHT if tense == "future" else -days

    return min(candidates, key=distance, default=None)


def days(found: Found, scene: Scene) -> Meaning | None:
    """Several days on end: "March 25-29", "30 May - 2 June"."""
    month = month_number(found.word("cue"))
    last_month = month_number(found.word("month2")) if found.word("month2") else month
    first_number, last_number = day_number(found.word("day")), day_number(found.word("last"))
    if last_month == month and first_number >= last_number:
        return None
    year = found.word("year")
    if year:
        last = safe_day(int(year), last_month, last_number)
        basis, steps = Basis.STATED, tuple[str, ...]()
    elif scene.today is None:
        value = f"XXXX-{month:02}-{first_number:02}/XXXX-{last_month:02}-{last_number:02}"
        return undated(value, "its year is not known")
    else:
        last = nearest_day(scene, found, last_month, last_number, None)
        basis, steps = Basis.PUBLICATION, (f"of the years around publication ({scene.today}), the nearest",)
    if last is None:
        return None
    begins = safe_day(last.year if month <= last_month else last.year - 1, month, first_number)
    return dated(days_of(begins, last), basis, *steps) if begins else None


def night(found: Found, scene: Scene) -> Meaning | None:
    """The night of a day, or from one day to the next: "the night of May 6-7"."""
    meaning = days(found, scene) if found.word("last") else day(found, scene)
    if meaning is None:
        return None
    return with_part(meaning._replace(value=meaning.value.partition("/")[0]), "night")


def weekday(found: Found, scene: Scene) -> Meaning | None:
    """A day of the week, by tense and by "last", "next" or "this"."""
    number = WEEKDAYS.index(found.word("cue")[:3])
    part = found.word("part_of_day")
    relative = found.word("rel")
    if scene.today is None:
        return with_part(weekday_within(scene, found, number, relative), part)
    mentioned = scene.reference(found.first)
    told = weekday_told(found, scene, number)
    if told:
        return with_part(told, part)
    if relative in ("previous", "following", "same", "that") and mentioned:
        day = weekday_beside(mentioned.period.start, number, relative)
        step = f"the {relative} {found.word('cue')}, counted from {mentioned.period.value}"
        return with_part(dated(day_of(day), Basis.TEXT, step, anchor=mentioned.span), part)
    day, step = weekday_near(scene, found, number, relative, scene.today)
    mod = mod_of(near_part(scene, found))
    return with_part(dated(day_of(day), Basis.PUBLICATION, step, mod=mod), part)


def weekday_told(found: Found, scene: Scene, number: int) -> Meaning | None:
    """A weekday whose date stands beside it in brackets, or that ends a range: "Monday through Friday"."""
    last = scene.beside(found.first)
    if last is not None and last.period.precision is Precision.DAY:
        if scene.before(found.first) == "(" and last.period.start.weekday() == number:
            return dated(last.period, Basis.TEXT, "the day before the bracket", anchor=last.span)
        if scene.before(found.first) in RANGE_LINKS and scene.before(found.first - 1)[:3] in WEEKDAYS:
            day = weekday_beside(last.period.start, number, "following")
            step = f"the end of a range that begins on {last.period.value}"
            return dated(day_of(day), Basis.TEXT, step, anchor=last.span)
    if scene.after(found.last) != "(":
        return None
    one, other = scene.after(found.last + 1), scene.after(found.last + 2)
    month, numeral = (one, other) if one[:3] in MONTHS else (other, one)
    if month[:3] not in MONTHS or not day_number(numeral) or scene.today is None:
        return None
    known = nearest_day(scene, found, month_number(month), day_number(numeral), number)
    return dated(day_of(known), Basis.PUBLICATION, "by the date in brackets behind it") if known else None


def near_part(scene: Scene, found: Found) -> str:
    """ "early" or "late" before the expression, with "on" between them or not."""
    word = scene.before(found.first)
    if word in ("on", "in"):
        word = scene.before(found.first - 1)
    return word if word in ("early", "late") else ""


def weekday_beside(anchor: datetime.date, number: int, relative: str) -> datetime.date:
    """The weekday before, after or on a day."""
    if relative == "following":
        return anchor + ((number - anchor.weekday() - 1) % 7 + 1) * DAY
    if relative == "previous":
        return anchor - ((anchor.weekday() - number - 1) % 7 + 1) * DAY
    return anchor + ((number - anchor.weekday() + 3) % 7 - 3) * DAY


def weekday_within(scene: Scene, found: Found, number: int, relative: str) -> Meaning:
    """The weekday that is meant whichever day of an inferred interval publication was, if that is always the same."""
    meant = {weekday_near(scene, found, number, relative, day)[0] for day in scene.window}
    if len(meant) != 1:
        return undated(f"XXXX-WXX-{number + 1}", "its week is not known")
    step = f"the only one that publication between {scene.window[0]} and {scene.window[-1]} leaves"
    return dated(day_of(meant.pop()), Basis.INFERRED, step)


def weekday_near(
    scene: Scene, found: Found, number: int, relative: str, today: datetime.date
) -> tuple[datetime.date, str]:
    """The weekday that is meant beside publication, and why."""
    back = (today.weekday() - number) % 7
    if relative in BACK:
        return today - (back or 7) * DAY, f"the last one before publication ({today})"
    ahead = (number - today.weekday()) % 7
    if relative in AHEAD:
        return today + (ahead or 7) * DAY, f"the next one after publication ({today})"
    tense = scene.tense(found.first, found.last)
    if relative == "this" and tense != "past":
        return today + ahead * DAY, f"this: the first from publication ({today}) on"
    if scene.after(found.last) in ("'s", "’s") and scene.before(found.first) not in ("for", "by", "until", "of", "at"):
        tense = ""  # "Friday's ruling" has most often been given
    if tense == "future":
        return today + ahead * DAY, f"future: the first from publication ({today}) on"
    return today - back * DAY, f"past: the last up to publication ({today})"


RANGE_LINKS = frozenset({"to", "through", "until", "till", "-", "–", "—"})
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def deictic(found: Found, scene: Scene) -> Meaning | None:
    """today, yesterday, tomorrow, tonight."""
    word = found.word("cue")
    part = "night" if word == "tonight" else found.either("part_of_day", "part_before")
    mod = mod_of(found.word("part"))
    if scene.today is None:
        return with_part(undated("XXXX-XX-XX", "the day of publication is not known", mod=mod), part)
    step = f"{word}, counted from publication ({scene.today})"
    meaning = dated(day_of(scene.today + DEICTIC[word] * DAY), Basis.PUBLICATION, step, mod=mod)
    return with_part(meaning, part)


def day_beyond(found: Found, scene: Scene) -> Meaning | None:
    """the day before yesterday, the day after tomorrow."""
    if scene.today is None:
        return undated("XXXX-XX-XX", "the day of publication is not known")
    count = -2 if found.word("side") == "before" else 2
    return dated(
        day_of(scene.today + count * DAY), Basis.PUBLICATION, f"{count:+} days from publication ({scene.today})"
    )


# Days with a fixed place in the year: (month, day), or (month, weekday, number) for the n-th such weekday.
FIXED = {
    "christmas": (12, 25), "boxing": (12, 26), "new year 's day": (1, 1), "new year 's eve": (12, 31),
    "christmas eve": (12, 24), "halloween": (10, 31), "victory": (5, 9), "inauguration": (1, 20),
    "thanksgiving": (11, 3, 4), "labor": (9, 0, 1), "memorial": (5, 0, -1), "election": (11, 1, 0), "may": (5, 1),
}  # fmt: skip
NATIONAL = {  # the days that take their place from the country that the sentence names
    "independence": {"USA": (7, 4), "IND": (8, 15), "PAK": (8, 14), "UKR": (8, 24)},
    "republic": {"IND": (1, 26), "TUR": (10, 29)},
}


def feast(found: Found, scene: Scene) -> Meaning | None:
    """A feast or a named day."""
    name = found.word("cue") if not found.word("name") else " ".join(found.all_words("name"))
    if name.startswith("new year") or (name == "christmas" and found.word("cue") == "eve"):
        name = f"new year 's {found.word('cue')}" if name.startswith("new") else "christmas eve"
    known = feast_near(name, found, scene)
    if known is None:
        return undated("XXXX-XX-XX", "its day is not known here") if found.word("name") else None
    year_stated = bool(found.word("year"))
    period = week_of(known) if found.last - 1 > found.first and scene.after(found.last - 1) == "week" else day_of(known)
    return dated(period, Basis.STATED if year_stated else Basis.PUBLICATION, f"{name}, by the calendar")


def feast_in(name: str, year: int, issuer: str | None) -> datetime.date | None:
    """The day of a feast in a year, where it is fixed."""
    if name == "easter":
        return easter_of(year)
    place = FIXED.get(name) or NATIONAL.get(name, {}).get(issuer or "")
    if place is None:
        return None
    if len(place) == 2:
        return datetime.date(year, *place)
    month, weekday, number = place
    if number == 0:  # the Tuesday after the first Monday
        return nth_weekday(year, month, 0, 1) + DAY
    return nth_weekday(year, month, weekday, number)


def feast_near(name: str, found: Found, scene: Scene) -> datetime.date | None:
    """The feast of the stated year, or the one that tense asks for."""
    issuer = scene.state_said(found.first, found.last) if name in NATIONAL else None
    if found.word("year"):
        return feast_in(name, int(found.word("year")), issuer)
    today = scene.today
    if today is None:
        return None
    days = [day for year in (today.year - 1, today.year, today.year + 1) if (day := feast_in(name, year, issuer))]
    if not days:
        return None
    if found.word("rel") == "this":
        return days[1]
    tense = scene.tense(found.first, found.last)
    if found.word("rel") == "next" or tense == "future":
        return next(day for day in days if day >= today)
    if found.word("rel") == "last" or tense == "past":
        return [day for day in days if day <= today][-1]
    return min(days, key=lambda day: abs((day - today).days))
