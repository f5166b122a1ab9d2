"""Which days has a fiscal year or one of its quarters, by the calendar of the state that the text names or that issued it?"""

from __future__ import annotations

from dragoman.mark.times.periods import (
    Period,
    fiscal_year_of,
    months_from,
    moved,
    quarter_of,
    year_of,
)
from dragoman.mark.times.scene import Found, Scene
from dragoman.record.when import Precision

UNSAID = "whose fiscal year it is is not said: taken as the calendar year"


def first_month(scene: Scene, found: Found) -> tuple[int, bool, str]:
    """The first month of the fiscal year that is meant, whether it bears the name of the year it begins in, and why."""
    known = scene.calendar(found.first, found.last)
    if known is None:
        return 1, False, UNSAID
    code, calendar = known
    return calendar.fiscal, calendar.named == "start", f"fiscal year of {code} from month {calendar.fiscal}"


def fiscal_year(scene: Scene, found: Found, number: int, both: bool = False) -> tuple[Period, str]:
    """The fiscal year of a number; ``both`` when its two years are written ("2024-25") and ``number`` is the first."""
    month, by_start, step = first_month(scene, found)
    if month == 1:
        return year_of(number + 1 if both else number), step
    period = fiscal_year_of(number + 1 if both or by_start else number, month)
    return period._replace(value=f"{number + 1 if both else number:04}"), step


def fiscal_year_near(scene: Scene, found: Found, shift: int) -> tuple[Period, str] | None:
    """The fiscal year that holds publication, or one some years from it."""
    if scene.today is None:
        return None
    month, by_start, step = first_month(scene, found)
    starts = scene.today.year if scene.today.month >= month else scene.today.year - 1
    number = starts + shift + (0 if by_start or month == 1 else 1)
    return fiscal_year(scene, found, number)[
        0
    ], f"{step}, {shift:+} from the one that holds publication ({scene.today})"


def fiscal_quarter(scene: Scene, found: Found, year: int, number: int) -> tuple[Period, str]:
    """A quarter of a fiscal year."""
    month, _, step = first_month(scene, found)
    quarter = quarter_of(year, number)
    if month == 1:
        return quarter, step
    begins = moved(fiscal_year(scene, found, year)[0].start, 3 * (number - 1), "M")
    return months_from(begins.year, begins.month, 3, quarter.value, Precision.QUARTER), step
