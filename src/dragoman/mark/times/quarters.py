"""What do expressions for quarters and for the same period of the year before mean?"""

from __future__ import annotations

from dragoman.mark.numbers import ordinal_of
from dragoman.mark.times.days import safe_day
from dragoman.mark.times.fiscal import fiscal_quarter
from dragoman.mark.times.periods import Period, day_of, half_of, holding, month_of, moved, quarter_of, year_of
from dragoman.mark.times.scene import Found, Meaning, Scene, dated, undated, year_before
from dragoman.mark.times.units import stated_year, year_step
from dragoman.record.when import Basis


def quarter(found: Found, scene: Scene) -> Meaning | None:
    """A quarter by its number: "the third quarter", "fiscal first quarter of 2024"."""
    number = ordinal_of(found.word("ordinal")) or (4 if found.word("ordinal") == "final" else 0)
    if not 1 <= number <= 4:
        return None
    year = stated_year(found, scene)
    if year is None and scene.today is None:
        return undated(f"XXXX-Q{number}", "its year is not known")
    words = {scene.words.folded(at) for at in range(found.first, found.last)}
    if year is None:
        period, basis, step = quarter_at(scene, found, number)
        steps: tuple[str, ...] = (step,)
    elif "fiscal" in words:
        period, step = fiscal_quarter(scene, found, year[0], number)
        basis, steps = year[1], (*year_step(year, scene), step)
    else:
        period, basis, steps = quarter_of(year[0], number), year[1], year_step(year, scene)
    if found.word("rel_shift") or found.word("step"):
        period, steps = quarter_of(period.start.year - 1, number), (*steps, "one year before")
    return dated(period, basis, *steps)


def quarter_short(found: Found, scene: Scene) -> Meaning | None:
    """Q3, Q3 2024."""
    cue = found.hit.slot("cue")
    if cue and not scene.words.joined(cue[0]):
        return None
    number = int(found.word("number"))
    if found.word("year"):
        return dated(quarter_of(int(found.word("year")), number), Basis.STATED)
    if scene.today is None:
        return undated(f"XXXX-Q{number}", "its year is not known")
    period, basis, step = quarter_at(scene, found, number)
    return dated(period, basis, step)


def quarter_at(scene: Scene, found: Found, number: int) -> tuple[Period, Basis, str]:
    """The quarter of that number which tense asks for."""
    today = scene.today
    assert today is not None
    near = [quarter_of(year, number) for year in (today.year - 1, today.year, today.year + 1)]
    if scene.tense(found.first, found.last) == "future" and today.month < 10:
        step = f"future: the first from publication ({today}) on"
        return next(period for period in near if period.end >= today), Basis.PUBLICATION, step
    step = f"past: the last begun by publication ({today})"
    return [period for period in near if period.start <= today][-1], Basis.PUBLICATION, step


def quarter_relative(found: Found, scene: Scene) -> Meaning | None:
    """the quarter, the latest quarter, the year-earlier quarter."""
    relative = found.word("rel")
    back = relative == "year" or bool(found.word("step"))
    mentioned = scene.quarter(found.first)
    running = scene.today is not None and mentioned is not None and mentioned.period.end >= scene.today
    reported = relative == "latest" and running  # results are of a quarter that is over, whatever was forecast before
    if mentioned and not reported and relative not in ("this", "current", "next"):
        if back:
            return year_before(mentioned, year_back(mentioned.period))
        return dated(mentioned.period, Basis.TEXT, "the quarter last spoken of", anchor=mentioned.span)
    if found.word("cue") == "period":
        return None
    today = scene.today
    if today is None:
        return undated("XXXX-QX", "the day of publication is not known")
    inside = holding(moved(today, {"next": 1, "this": 0, "current": 0}.get(relative, -1), "Q"), "Q")
    return dated(year_back(inside) if back else inside, Basis.PUBLICATION, f"counted from publication ({today})")


def year_back(period: Period) -> Period:
    """The same quarter, month, day or year one year before."""
    year = period.start.year - 1
    value = period.value
    if "-Q" in value:
        return quarter_of(year, int(value[-1]))
    if "-H" in value:
        return half_of(year, int(value[-1]))
    if len(value) == 7 and value[5:].isdecimal():
        return month_of(year, period.start.month)
    if len(value) == 10:
        return day_of(safe_day(year, period.start.month, period.start.day) or period.start.replace(year=year, day=28))
    return year_of(year)


def year_period(found: Found, scene: Scene) -> Meaning | None:
    """the 1988 quarter, the 1988 period: of that year, the quarter last spoken of; else the year."""
    number = int(found.word("year"))
    mentioned = scene.quarter(found.first)
    if mentioned is None:
        return None if found.word("cue") == "quarter" else dated(year_of(number), Basis.STATED)
    quarter = (mentioned.period.start.month + 2) // 3
    step = f"the quarter last spoken of ({mentioned.period.value}), in {number}"
    return dated(quarter_of(number, quarter), Basis.TEXT, step, anchor=mentioned.span)._replace(kept=False)


def year_earlier(found: Found, scene: Scene) -> Meaning | None:
    """year-earlier, year-ago: the period last spoken of, one year back."""
    mentioned = scene.quarter(found.first) or scene.reference(found.first)
    if mentioned is None:
        return None
    if scene.today and mentioned.period == year_of(scene.today.year - 1):
        return dated(
            mentioned.period, Basis.TEXT, "the year last spoken of", anchor=mentioned.span
        )  # "the 1988 period"
    return year_before(mentioned, year_back(mentioned.period))
