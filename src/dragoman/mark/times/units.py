"""What do expressions for weeks, months, seasons, quarters and years mean?"""

from __future__ import annotations

import datetime

import msgspec

from dragoman.mark.numbers import number_of, ordinal_of
from dragoman.mark.times.days import AHEAD, BACK, day_number, month_number, safe_day
from dragoman.mark.times.fiscal import fiscal_year_near
from dragoman.mark.times.periods import (
    DAY,
    MONTHS,
    SEASONS,
    Period,
    holding,
    month_of,
    moved,
    season_of,
    week_of,
    weekend_of,
    year_of,
)
from dragoman.mark.times.scene import (
    Found,
    Meaning,
    Mentioned,
    Scene,
    dated,
    interval,
    mod_of,
    undated,
)
from dragoman.record.marks import TimeType
from dragoman.record.when import Basis, Precision

AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "jan", "jun"})
WHOLE_SHORT_NAMES = frozenset({"june", "july", "may"})
MONTH_LINKS = frozenset(
    [
        "in",
        "of",
        "by",
        "until",
        "till",
        "since",
        "from",
        "during",
        "through",
        "for",
        "before",
        "after",
        "between",
        "throughout",
        "to",
        "and",
        "early",
        "late",
        "mid",
        "this",
        "last",
        "next",
        "around",
        "about",
        "end",
        "beginning",
        "start",
        "middle",
        "over",
        ",",
    ]
)
RANGE = frozenset({"to", "and", "through", "until", "till", "-", "–", "—"})
SOON = 4  # months ahead that a bare month without a verb near it may lie
UNIT_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "date": "D", "week": "W", "fortnight": "F", "month": "M",
    "quarter": "Q", "year": "Y", "yr": "Y", "decade": "E", "century": "C", "centurie": "C", "hr": "TH", "min": "TM",
}  # fmt: skip


def unit_letter(word: str) -> str:
    """TIMEX3's letter of a unit, with "T" before those of the clock."""
    return UNIT_LETTERS.get(word.removesuffix("s"), "")


def spoken_years(words: list[str]) -> int | None:
    """1996 from "nineteen ninety - six", 2001 from "two thousand one"."""
    if words[:1] == ["nineteen"]:
        words = words[1:]
    elif words[:2] == ["two", "thousand"]:
        return 2000 + int(number_of(words[2:]) or 0)
    number = number_of(words)
    return 1900 + int(number) if number is not None and number < 100 else None


def related_year(scene: Scene, found: Found, word: str) -> tuple[int, Basis] | None:
    """The year of "last year", "that year", "next year"."""
    mentioned = scene.reference(found.first)
    if word in ("that", "same", "previous", "following") and mentioned:
        shift = {"previous": -1, "following": 1}.get(word, 0)
        return mentioned.period.start.year + shift, Basis.TEXT
    if scene.today is None:
        return None
    return scene.today.year + (-1 if word in BACK else 1 if word in AHEAD else 0), Basis.PUBLICATION


def year_step(year: tuple[int, Basis], scene: Scene) -> tuple[str, ...]:
    """How a year was reached that the words do not state."""
    if year[1] is Basis.STATED:
        return ()
    leaning = "the date last spoken of" if year[1] is Basis.TEXT else f"publication ({scene.today})"
    return (f"the year {year[0]}, counted from {leaning}",)


def stated_year(found: Found, scene: Scene) -> tuple[int, Basis] | None:
    """The year that the words give, in digits, spoken or by relation."""
    digits = found.either("year", "year_first")
    if digits:
        return int(digits), Basis.STATED
    spoken = found.all_words("spoken")
    if spoken:
        year = spoken_years(spoken)
        return (year, Basis.STATED) if year else None
    word = found.either("rel_year", "that_year")
    return related_year(scene, found, word) if word else None


def month(found: Found, scene: Scene) -> Meaning | None:
    """A month, with its year or without."""
    name = found.word("cue")
    number = month_number(name)
    mod = mod_of(found.word("part"))
    year = stated_year(found, scene)
    if year:
        return dated(month_of(year[0], number), year[1], *year_step(year, scene), mod=mod)
    ranged = year_of_range(found, scene, number)
    if ranged:
        return dated(month_of(ranged, number), Basis.STATED, "in the year stated at the end of the range", mod=mod)
    if not found.either("rel", "part", "ordinal") and not month_likely(name, found, scene):
        return None
    if scene.today is None:
        return undated(f"XXXX-{number:02}", "its year is not known", mod=mod)
    told = scene.in_paragraph(found.first)
    elsewhere = told is not None and told.stated and told.period.start.year != scene.today.year
    elsewhere = elsewhere and scene.tense(found.first, found.last) != "future"
    if told and elsewhere and not found.word("rel") and scene.same_sentence(found.first, told.span):
        period = month_of(told.period.start.year, number)
        return dated(period, Basis.TEXT, "in the year last spoken of", anchor=told.span, mod=mod)
    chosen, step = month_near(scene, found, number)
    return dated(chosen, Basis.PUBLICATION, step, mod=mod)


def year_of_range(found: Found, scene: Scene, number: int) -> int | None:
    """The year of the first month of a range whose end states it: "from May to July 2024"."""
    link, name, year = (scene.after(found.last + ahead) for ahead in range(3))
    if link not in RANGE or name[:3] not in MONTHS or not (len(year) == 4 and year.isdecimal()):
        return None
    return int(year) if number <= month_number(name) else int(year) - 1


def half_of_month(found: Found, scene: Scene) -> Meaning | None:
    """The first fifteen days of a month, or the rest of it."""
    whole = month(found, scene)
    first, last = (whole.when.start, whole.when.end) if whole else (None, None)
    if whole is None or first is None or last is None:
        return whole
    middle = first.replace(day=15)
    early = found.word("ordinal") == "first"
    when = msgspec.structs.replace(
        whole.when,
        start=first if early else middle + DAY,
        end=middle if early else last,
        precision=Precision.INTERVAL,
    )
    return whole._replace(when=when, mod="START" if early else "END", steps=(*whole.steps, "half of the month"))


WEEK_DAYS = 7


def week_of_month(found: Found, scene: Scene) -> Meaning | None:
    """The first, second, third, fourth or last seven days of a month."""
    whole = month(found, scene)
    first, last = (whole.when.start, whole.when.end) if whole else (None, None)
    number = ordinal_of(found.word("ordinal")) or 0
    if whole is None or first is None or last is None or number > 4:
        return whole
    begins = last - (WEEK_DAYS - 1) * DAY if number == 0 else first + WEEK_DAYS * (number - 1) * DAY
    when = msgspec.structs.replace(
        whole.when, start=begins, end=begins + (WEEK_DAYS - 1) * DAY, precision=Precision.INTERVAL
    )
    mod = {0: "END", 1: "START"}.get(number, "MID")
    return whole._replace(when=when, mod=mod, steps=(*whole.steps, f"{found.word('ordinal')} seven days of the month"))


def year_to(found: Found, scene: Scene) -> Meaning | None:
    """The year to March, the year ended Sept. 30: the twelve months that end then."""
    link, word = scene.after(found.last), scene.after(found.last + 1)
    if word.isdecimal():
        word = scene.after(found.last + 2)
    if link not in ("to", "ended", "ending") or word[:3] not in MONTHS or scene.today is None:
        return None
    number, today = month_number(word), scene.today
    year = today.year if number <= today.month else today.year - 1
    stated = [int(near) for near in map(scene.after, range(found.last + 2, found.last + 6)) if near[:2] in ("19", "20")]
    if stated:
        year = stated[0]
    elif link != "ended" and scene.tense(found.first, found.last) == "future":
        year += 1
    last = month_of(year, number)
    when = interval(moved(last.start, -11, "M"), last.end, Basis.STATED if stated else Basis.PUBLICATION)
    return Meaning(TimeType.DURATION, "P1Y", when, None, (f"twelve months that end with {last.value}",))


def month_likely(name: str, found: Found, scene: Scene) -> bool:
    """Whether a bare name is a month and no verb, person or ship."""
    before = scene.before(found.first)
    if before in MONTH_LINKS and not (len(name) <= 4 and name not in WHOLE_SHORT_NAMES and before in ("and", ",")):
        return True
    if name in AMBIGUOUS_MONTHS or name == "april" or (len(name) <= 4 and name not in WHOLE_SHORT_NAMES):
        return False
    after = scene.words.raws[found.last] if found.last < len(scene.words.raws) else ""
    return not (after[:1].isupper() and before[:1].isalpha())


def month_near(scene: Scene, found: Found, number: int) -> tuple[Period, str]:
    """The month that is meant beside publication, and why."""
    today = scene.today
    assert today is not None
    relative = found.word("rel")
    if relative in BACK:
        year = today.year if number < today.month else today.year - 1
        return month_of(year, number), f"the last one before publication ({today})"
    if relative in AHEAD:
        year = today.year if number > today.month else today.year + 1
        return month_of(year, number), f"the next one after publication ({today})"
    if relative == "this" or number == today.month:
        return month_of(today.year, number), f"in the year of publication ({today})"
    tense = scene.tense(found.first, found.last)
    soon = tense == "" and (number - today.month) % 12 <= SOON
    if tense == "future" or soon:
        year = today.year if number >= today.month else today.year + 1
        return month_of(year, number), f"future: the first from publication ({today}) on"
    year = today.year if number <= today.month else today.year - 1
    return month_of(year, number), f"past: the last up to publication ({today})"


def season(found: Found, scene: Scene) -> Meaning | None:
    """A season, by year, tense, or "last", "this", "next"."""
    code = SEASONS[found.word("cue")]
    mod = mod_of(found.word("part"))
    south = scene.southern(found.first, found.last)
    step = f"seasons of the south ({south})" if south else "seasons of the north"
    year = stated_year(found, scene)
    if year:
        return dated(season_of(year[0], code, bool(south)), year[1], *year_step(year, scene), step, mod=mod)
    if scene.today is None:
        return undated(f"XXXX-{code}", "its year is not known", mod=mod)
    chosen = season_near(found, scene, code, bool(south))
    return dated(chosen, Basis.PUBLICATION, f"counted from publication ({scene.today})", step, mod=mod)


def season_near(found: Found, scene: Scene, code: str, southern: bool) -> Period:
    """The season beside publication that "last", "next" or tense asks for."""
    today = scene.today
    assert today is not None
    near = [season_of(year, code, southern) for year in range(today.year - 2, today.year + 3)]
    relative = found.word("rel")
    if relative in BACK and scene.after(found.last - 2) != "past":
        return [period for period in near if period.end < today][-1]
    if relative in AHEAD:
        return next(period for period in near if period.start > today)
    if relative == "this":
        return next(period for period in near if period.value.startswith(str(today.year)))
    if scene.tense(found.first, found.last) == "future":
        return next(period for period in near if period.end >= today)
    return [period for period in near if period.start <= today][-1]


def week_of_day(found: Found, scene: Scene) -> Meaning | None:
    """the week of 5 May."""
    number = month_number(found.either("month", "month2"))
    day = day_number(found.either("day", "day2"))
    if found.word("year"):
        known = safe_day(int(found.word("year")), number, day)
        return dated(week_of(known), Basis.STATED) if known else None
    if scene.today is None:
        return undated("XXXX-WXX", "its year is not known")
    days = [d for y in (-1, 0, 1) if (d := safe_day(scene.today.year + y, number, day))]
    today = scene.today
    nearest = min(days, key=lambda d: abs((d - today).days), default=None)
    return dated(week_of(nearest), Basis.PUBLICATION, f"nearest to publication ({today})") if nearest else None


def weekend(found: Found, scene: Scene) -> Meaning | None:
    """The weekend, by tense or "last", "this", "next"."""
    today = scene.today
    if found.last - found.first == 1:
        return None
    if today is None:
        return undated("XXXX-WXX-WE", "the day of publication is not known")
    relative = found.word("rel")
    past = relative in BACK or (relative == "" and scene.tense(found.first, found.last) != "future")
    week = (
        moved(today, -1, "W") if past and today.weekday() < 5 else moved(today, 1, "W") if relative == "next" else today
    )
    return dated(weekend_of(week), Basis.PUBLICATION, f"counted from publication ({today})")


def unit_relative(found: Found, scene: Scene) -> Meaning | None:
    """last week, earlier this month, next year, the current quarter."""
    letter = unit_letter(found.word("cue"))
    relative = found.word("rel")
    mod = mod_of(found.either("part", "part2"))
    if letter == "F" or scene.is_title(found.last - 1):
        return None
    if letter == "D" and relative not in ("following", "next", "previous", "preceding"):
        return undated("PRESENT_REF") if relative == "present" else None
    if scene.today is None:
        value = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "Q": "XXXX-QX", "E": "XXX", "C": "XX"}.get(
            letter, "XXXX-XX-XX"
        )
        return undated(value, "the day of publication is not known", mod=mod)
    step = -1 if relative in BACK else 1 if relative in AHEAD else 0
    if found.word("kind"):
        fiscal = fiscal_year_near(scene, found, step) if letter == "Y" else None
        return dated(fiscal[0], Basis.PUBLICATION, fiscal[1], mod=mod) if fiscal else None
    if letter in "EC" and step:
        return long_span(scene, found, letter, step)
    mentioned = scene.reference(found.first) if relative in ("following", "previous", "preceding") else None
    anchor = mentioned.period.start if mentioned else scene.today
    period = holding(moved(anchor, step, letter), letter)
    words = f"{relative} {found.word('cue')}, counted from"
    if mentioned:
        return dated(period, Basis.TEXT, f"{words} {mentioned.period.value}", mod=mod, anchor=mentioned.span)
    return dated(period, Basis.PUBLICATION, f"{words} publication ({scene.today})", mod=mod)


def long_span(scene: Scene, found: Found, letter: str, step: int) -> Meaning | None:
    """The last or next ten or hundred years: "over the next decade" hardly means the one that begins with a round year."""
    today = scene.today
    if today is None or found.word("part") or found.word("part2"):
        return None
    years = 10 if letter == "E" else 100
    other = moved(today, step * years, "Y")
    when = interval(min(today, other), max(today, other), Basis.PUBLICATION)
    steps = (f"{step * years:+} years, counted from publication ({today})",)
    return Meaning(TimeType.DURATION, f"P{years}Y", when, None, steps)


def unit_end(found: Found, scene: Scene) -> Meaning | None:
    """the end of the year, year-end."""
    letter = unit_letter(found.either("cue", "cue2"))
    if letter == "C":
        return None
    mod = mod_of(found.either("part", "part2"))
    if found.word("year"):
        return dated(year_of(int(found.word("year"))), Basis.STATED, mod=mod)
    if letter == "D":
        return None
    if scene.today is None:
        return undated("XXXX", "the day of publication is not known", mod=mod)
    step = f"the one that holds publication ({scene.today})"
    return dated(holding(scene.today, letter), Basis.PUBLICATION, step, mod=mod)


def mentioned_or_today(found: Found, scene: Scene) -> tuple[datetime.date, Basis, Mentioned | None] | None:
    """The day that "that day" or "the following week" leans on."""
    mentioned = scene.reference(found.first)
    if mentioned:
        return mentioned.period.start, Basis.TEXT, mentioned
    return (scene.today, Basis.PUBLICATION, None) if scene.today else None


def unit_same(found: Found, scene: Scene) -> Meaning | None:
    """that day, the same week, the following year, the next morning."""
    leaning = mentioned_or_today(found, scene)
    cue = found.word("cue")
    if leaning is None:
        return None
    day, basis, mentioned = leaning
    words = [scene.words.folded(at) for at in range(found.first, found.last - 1)]
    step = 1 if {"following", "next"} & set(words) else -1 if {"previous", "preceding"} & set(words) else 0
    letter = "D" if cue == "morning" else unit_letter(cue)
    if letter == "D" and mentioned and mentioned.period.start != mentioned.period.end:
        return None
    period = holding(moved(day, step, letter), letter)
    base = mentioned.period.value if mentioned else f"publication ({day})"
    mod = mod_of(found.word("part"))
    meaning = dated(period, basis, f"{step:+} {cue} from {base}", mod=mod, anchor=mentioned.span if mentioned else None)
    return meaning._replace(value=f"{meaning.value}TMO") if cue == "morning" else meaning


def later_in_unit(found: Found, scene: Scene) -> Meaning | None:
    """later in the day, earlier in the year."""
    leaning = mentioned_or_today(found, scene)
    if leaning is None:
        return None
    day, basis, mentioned = leaning
    letter = unit_letter(found.word("cue"))
    if letter == "D" and mentioned and mentioned.period.start != mentioned.period.end:
        return None
    anchor = mentioned.span if mentioned else None
    return dated(
        holding(day, letter), basis, f"the {found.word('cue')} of {day}", mod=mod_of(found.word("part")), anchor=anchor
    )
