"""What do counted times mean: "three days ago", "a year earlier", "the past two weeks", "every Friday"?"""

from __future__ import annotations

from math import ceil

from dragoman.mark.numbers import number_of, ordinal_of, plain
from dragoman.mark.times.days import month_number
from dragoman.mark.times.periods import SEASONS, WEEKDAYS, Period, day_of, holding, moved, year_of
from dragoman.mark.times.quarters import year_back
from dragoman.mark.times.scene import Found, Meaning, Scene, dated, interval, mod_of, undated, year_before
from dragoman.mark.times.units import unit_letter
from dragoman.record.marks import TimeType
from dragoman.record.when import Basis, Precision, When

DASHES = frozenset({"-", "–", "‑"})
MOST_UNITS = 3000  # more years than the calendar of this program holds
ARTICLE_LINKS = frozenset(
    [
        "for",
        "in",
        "within",
        "after",
        "about",
        "nearly",
        "almost",
        "than",
        "of",
        "every",
        "barely",
        "over",
        "lasting",
        "lasted",
        "once",
        "under",
        "least",
        "another",
        "spent",
        "than",
        "roughly",
        "around",
        "up",
        "only",
        "just",
        "during",
        "through",
        "takes",
        "took",
        "take",
        "to",
        "until",
        "be",
        "is",
        "was",
    ]
)
ARTICLE_FOLLOWS = frozenset({"after", "before", "of", "long", "later", "from", "since"})
ONE_DAY_LINKS = frozenset({"in", "for", "within", "only", "just", "least", "than", "lasting", "about", "by"})
REFERENCE_BACK = frozenset({"earlier", "before", "prior", "previously"})


def hedge_of(found: Found) -> str | None:
    """The TIMEX3 mod of a hedge before a number."""
    return mod_of(" ".join(found.all_words("hedge")))


def count_of(found: Found, slot: str = "number") -> float | None:
    """The number in a slot; 1 for an article."""
    words = found.all_words(slot)
    if words:
        return number_of(words)
    return 1.0 if found.word("one") or slot == "number" else None


def length(count: float | None, letter: str) -> str:
    """The ISO 8601 duration of a count of units; "X" for an unknown count."""
    clock = letter.startswith("T")
    code = letter.removeprefix("T")
    if code == "F" and not clock:
        count, code = (count * 2 if count is not None else None), "W"
    if count is None:
        return f"P{'T' if clock else ''}X{code}"
    factor = {"E": (10, "Y"), "Q": (3, "M"), "C": (100, "Y")}.get(code)
    if factor and not clock:
        count, code = count * factor[0], factor[1]
    whole, rest = int(count), count - int(count)
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(f"T{code}" if clock else code)
    if rest and smaller and round(rest * smaller[1]):
        head = f"{whole}{code}" if whole else ""
        return f"P{'T' if clock else ''}{head}{round(rest * smaller[1])}{smaller[0]}"
    return f"P{'T' if clock else ''}{plain(count)}{code}"


def is_age(found: Found, scene: Scene) -> bool:
    """Whether the words are somebody's age: "44-year-old", "two years old"."""
    after = scene.after(found.last)
    if after in ("-", "–", "‑"):
        after = scene.after(found.last + 1)
    return after in ("old", "olds")


def ago(found: Found, scene: Scene) -> Meaning | None:
    """Some units before publication; "a year ago" beside a quarter is that quarter of the year before."""
    letter, count, mod = unit_letter(found.word("cue")), count_of(found), hedge_of(found)
    if count is None or count > MOST_UNITS or not letter:
        return None
    if letter.startswith("T"):
        return clock_ago(scene, letter, count, mod)
    quarter = scene.quarter(found.first)
    if found.word("one") and letter == "Y" and quarter:
        return year_before(quarter, year_back(quarter.period))
    if scene.today is None:
        return undated("PAST_REF", "the day of publication is not known", mod=mod)
    exact = found.hit.slot("exact") is not None
    period = period_at(scene, -count, letter, exact)
    step = f"{plain(count)} {found.word('cue')} before publication ({scene.today})"
    return dated(period, Basis.PUBLICATION, step, mod=mod) if period else None


def period_at(scene: Scene, count: float, letter: str, exact: bool) -> Period | None:
    """The day, week, month or year so many units from publication."""
    assert scene.today is not None
    letter, count = ("W", count * 2) if letter == "F" else (letter, count)
    try:
        day = moved(scene.today, int(count), letter)
    except (ValueError, OverflowError):
        return None
    if exact:
        return day_of(day)
    return holding(day, "Y" if letter in "EC" else letter)


def clock_ago(scene: Scene, letter: str, count: float, mod: str | None) -> Meaning:
    """Hours or minutes ago: on the day of publication, at a time not known."""
    if scene.today is None or (count > 1 and letter == "TH" and count >= 24):
        return undated("PAST_REF", kind=TimeType.TIME, mod=mod)
    step = f"{plain(count)} units of the clock before publication ({scene.today})"
    return dated(day_of(scene.today), Basis.PUBLICATION, step, mod=mod, kind=TimeType.TIME)


def ago_vague(found: Found, scene: Scene) -> Meaning | None:
    """several years ago."""
    end = scene.today
    when = interval(None, end, Basis.PUBLICATION) if end else None
    meaning = undated("PAST_REF", "how long ago is not said")
    return meaning._replace(when=when) if when and unit_letter(found.word("cue")) else meaning


def counted(found: Found, scene: Scene) -> Meaning | None:
    """a day earlier, two weeks later, the day before: from the date last spoken of, else from publication."""
    letter, count, mod = unit_letter(found.word("cue")), count_of(found), hedge_of(found)
    if count is None or count > MOST_UNITS or not letter or letter == "C":
        return None
    back = found.word("side") in REFERENCE_BACK
    if letter.startswith("T"):
        return undated(length(count, letter), kind=TimeType.DURATION, mod=mod)
    mentioned = scene.reference(found.first)
    if mentioned and count == 1 and letter == "Y" and back:
        mentioned = scene.quarter(found.first) or mentioned
        if scene.in_months(found.first) and mentioned.period.precision is Precision.QUARTER:
            return year_before(
                mentioned, year_of(mentioned.period.start.year - 1)
            )  # "in the nine months, ... a year earlier"
        return year_before(mentioned, year_back(mentioned.period))
    anchor = mentioned.period.start if mentioned else scene.today
    if anchor is None:
        return undated("XXXX-XX-XX" if letter == "D" else "XXXX", "the day it is counted from is not known", mod=mod)
    number = -int(count) if back else int(count)
    step_letter, number = ("W", number * 2) if letter == "F" else (letter, number)
    try:
        period = holding(moved(anchor, number, step_letter), "Y" if step_letter == "E" else step_letter)
    except (ValueError, OverflowError):
        return None
    base = mentioned.period.value if mentioned else f"publication ({anchor})"
    step = f"{number:+} {found.word('cue')} from {base}"
    basis = Basis.TEXT if mentioned else Basis.PUBLICATION
    return dated(period, basis, step, mod=mod, anchor=mentioned.span if mentioned else None)


def from_now(found: Found, scene: Scene) -> Meaning | None:
    """in two weeks' time, three days from now: so long after publication."""
    letter, count, mod = unit_letter(found.word("cue")), count_of(found), hedge_of(found)
    if count is None or count > MOST_UNITS or not letter or letter.startswith("T"):
        return None
    if scene.today is None:
        return undated("FUTURE_REF", "the day of publication is not known", mod=mod)
    period = period_at(scene, count, letter, letter == "D")
    step = f"{plain(count)} {found.word('cue')} after publication ({scene.today})"
    return dated(period, Basis.PUBLICATION, step, mod=mod) if period else None


def times_a_unit(found: Found, scene: Scene) -> Meaning | None:
    """once a week, three times a year."""
    del scene
    return undated(length(1, unit_letter(found.word("cue"))), kind=TimeType.SET)


def anniversary(found: Found, scene: Scene) -> Meaning | None:
    """the tenth anniversary: a day that is counted from another that the sentence gives, if it does."""
    del scene
    number = ordinal_of(found.word("number"))
    return undated(f"P{number}Y", kind=TimeType.DATE) if number else None


def around_publication(scene: Scene, relative: str, count: float, letter: str) -> When | None:
    """The days of "the past two weeks" or "the next three months"."""
    today = scene.today
    if today is None or count > MOST_UNITS:
        return None
    if letter == "TH":
        letter, count = "D", ceil(count / 24)
    elif letter == "F":
        letter, count = "W", 2 * count
    elif letter.startswith("T"):
        return None
    try:
        if relative in ("last", "past", "previous"):
            return interval(moved(today, -int(count), letter), today, Basis.PUBLICATION)
        if relative in ("next", "coming", "following"):
            return interval(today, moved(today, int(count), letter), Basis.PUBLICATION)
    except (ValueError, OverflowError):
        return None
    return None


def with_days(meaning: Meaning, scene: Scene, relative: str, count: float, letter: str) -> Meaning:
    """A length with its days where "past" or "next" ties it to publication."""
    when = around_publication(scene, relative, count, letter)
    if when is None:
        return meaning
    return meaning._replace(when=when, steps=(f"{relative}, counted from publication ({scene.today})",))


def is_year(word: str) -> bool:
    """Whether digits before a unit are a year and no count: "the 1988 quarter"."""
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def some_day(found: Found, scene: Scene) -> bool:
    """Whether "one day" is an uncertain day ahead: "will one day be a member"."""
    if [scene.words.folded(at) for at in range(found.first, found.last)] != ["one", "day"]:
        return False
    if scene.before(found.first) in ONE_DAY_LINKS or scene.after(found.last) in ARTICLE_FOLLOWS:
        return False
    return scene.tense(found.first, found.last) == "future"


def duration(found: Found, scene: Scene) -> Meaning | None:
    """A number of units."""
    letter = unit_letter(found.word("cue"))
    if not letter or is_age(found, scene) or scene.before(found.first) in ("$", "age", "aged"):
        return None
    if scene.is_title(found.last - 1):
        return None
    if (
        found.word("cue") in ("second", "date")
        or is_year(found.word("number"))
        or (letter == "Q" and scene.before(found.last - 1) in DASHES)
    ):
        return None
    if some_day(found, scene):
        return undated("FUTURE_REF")
    count, upper = count_of(found), count_of(found, "upper") if found.word("upper") else None
    if count is None or count > 1e6:
        return None
    if letter == "M" and count % 3 == 0 and found.word("cue") == "months":
        scene.forget_quarter(found.first)
    value = length(count if upper is None else None, letter)
    mod = hedge_of(found)
    meaning = undated(value, kind=TimeType.DURATION, mod=mod)
    return with_days(meaning, scene, found.word("rel"), upper or count, letter)


def duration_vague(found: Found, scene: Scene) -> Meaning | None:
    """several years, the past few weeks."""
    letter = unit_letter(found.word("cue"))
    if not letter:
        return None
    couple = "couple" in [scene.words.folded(at) for at in range(found.first, found.last)]
    return undated(length(2 if couple else None, letter), kind=TimeType.DURATION)


def duration_article(found: Found, scene: Scene) -> Meaning | None:
    """a week, an hour, a year and a half: where the words around speak of a length and not of a rate."""
    letter = unit_letter(found.word("cue"))
    if not letter or found.word("cue") in ("second", "date", "quarter") or is_age(found, scene):
        return None
    tail = [scene.words.folded(at) for at in range(found.first, found.last)][-3:]
    halved = tail == ["and", "a", "half"]
    likely = found.word("hedge") or halved or scene.before(found.first) in ARTICLE_LINKS
    if not likely and scene.after(found.last) not in ARTICLE_FOLLOWS:
        return None
    return undated(length(1.5 if halved else 1, letter), kind=TimeType.DURATION, mod=hedge_of(found))


def duration_half(found: Found, scene: Scene) -> Meaning | None:
    """half an hour, half a year."""
    letter = unit_letter(found.word("cue"))
    if not letter or scene.before(found.first) in ("first", "second", "last", "latter", "a"):
        return None
    return undated(length(0.5, letter), kind=TimeType.DURATION, mod=hedge_of(found))


def duration_bare(found: Found, scene: Scene) -> Meaning | None:
    """for years, within weeks."""
    if scene.before(found.first) in ("of", "than") and scene.before(found.first - 1) != "matter":
        return None
    return undated(length(None, unit_letter(found.word("cue"))), kind=TimeType.DURATION)


def units_near(found: Found, scene: Scene) -> Meaning | None:
    """recent years, the coming weeks: a length that is not said; when it begins or ends is left as vague."""
    del scene
    return undated(length(None, unit_letter(found.word("cue"))), "how long is not said", kind=TimeType.DURATION)


def duration_long(found: Found, scene: Scene) -> Meaning | None:
    """decades-long, day-long."""
    del scene
    cue = found.word("cue")
    return undated(length(None if cue.endswith("s") else 1, unit_letter(cue)), kind=TimeType.DURATION)


def duration_past_unit(found: Found, scene: Scene) -> Meaning | None:
    """the past year, the coming week."""
    letter = unit_letter(found.word("cue"))
    meaning = undated(length(1, letter), kind=TimeType.DURATION)
    return with_days(meaning, scene, found.word("rel"), 1, letter)


EVERY_CODES = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
FREQUENCIES = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y", "hourly": "PT1H",
}  # fmt: skip


def every(found: Found, scene: Scene) -> Meaning | None:
    """every day, each Thursday, every two weeks."""
    cue = found.word("cue")
    if cue[:3] in WEEKDAYS and cue.endswith("day") and len(cue) > 4:
        value = f"XXXX-WXX-{WEEKDAYS.index(cue[:3]) + 1}"
    elif cue in SEASONS:
        value = f"XXXX-{SEASONS[cue]}"
    elif cue in EVERY_CODES:
        value = f"XXXX-XX-XX{EVERY_CODES[cue]}"
    elif unit_letter(cue):
        value = length(count_of(found), unit_letter(cue))
    else:
        value = f"XXXX-{month_number(cue):02}"
    return undated(value, kind=TimeType.SET)


def frequency(found: Found, scene: Scene) -> Meaning | None:
    """daily, weekly, annually."""
    value = FREQUENCIES.get(found.word("cue"))
    if value is None or (scene.words.raws[found.last - 1][0].isupper() and found.first > 0):
        return None
    return undated(value, kind=TimeType.SET)


def weekdays(found: Found, scene: Scene) -> Meaning | None:
    """on Mondays."""
    del scene
    return undated(f"XXXX-WXX-{WEEKDAYS.index(found.word('cue')[:3]) + 1}", kind=TimeType.SET)


def reference(found: Found, scene: Scene) -> Meaning | None:
    """A vague reference, left vague."""
    if found.word("cue") == "now" and scene.after(found.last) in ("-", "famous"):
        return None
    return undated(str(found.hit.rule.values["value"]))
