"""On which day was a document published, and how is that known?

Read here: a value that somebody gives, a date in the url's path, and a full date that stands alone in the first lines
or opens the text as a dateline. A dateline without a year, and everything that has to be inferred, is left to
``mark.times``, which knows the text's other dates.
"""

from __future__ import annotations

import datetime
import email.utils
import re

from dragoman.record.document import UNKNOWN_PUBLICATION, Publication, PublishedBasis

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DAY_FIRST = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m1>{MONTH}),?[\s-]+(?P<y1>\d{{4}})"
MONTH_FIRST = rf"(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
YEAR_FIRST = r"(?P<y3>\d{4})(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})"
WORDED = rf"{WEEKDAY}(?:{DAY_FIRST}|{MONTH_FIRST})"
CLOCK = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?)\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?"

GIVEN_WORDED = re.compile(rf"{WORDED}(?P<tail>[\s,|at-]*{CLOCK})?", re.IGNORECASE)
GIVEN_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](?P<clock>\d{2}:\d{2}.*))?")
GIVEN_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")
GIVEN_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
GIVEN_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
GIVEN_MONTH = re.compile(r"(\d{4})-(\d{2})")
GIVEN_YEAR = re.compile(r"\d{4}")

IN_URL = re.compile(r"/(20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
PREFIX = r"(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|date|on|by)\b\s*(?:on|at)?\s*:?\s*)*"
LINE = re.compile(
    rf"\s*{PREFIX}(?:{CLOCK}\s*[,|-]?\s*)?{WORDED}\s*(?:[-–|,]|at)?\s*(?:{CLOCK})?\s*[.|]?\s*", re.IGNORECASE
)
LINE_YEAR_FIRST = re.compile(rf"\s*{PREFIX}{YEAR_FIRST}(?:[T\s,|-]+{CLOCK})?\s*", re.IGNORECASE)
OPENING = re.compile(rf"\W*[A-Z][\w .,/'’&|-]{{2,60}}?[,\s(-]+{WORDED}(?=\W)", re.IGNORECASE)
OPENING_END = re.compile(r"\s*(?:\(?[A-Z][\w/ .&-]{1,30}\)?\s*)?(?:[-–—:]|\()")
HEAD_LINES = 8
REMEDY = "write it as YYYY-MM-DD"
FIRST_YEAR, LAST_YEAR = 1800, 2199


def publication_given(value: str) -> Publication:
    """The publication that a manifest, front matter or a caller states. Raises ValueError saying what is wrong."""
    value = value.strip()
    for reader in (iso, worded, year_first, dotted, slashed, month_or_year, mail_date):
        found = reader(value)
        if found is not None:
            return found
    raise ValueError(f"{value!r} is no date that can be read; {REMEDY}")


def on_day(year: int, month: int, day: int, value: str, moment: str | None = None) -> Publication:
    """A publication on a day. Raises ValueError when the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{value!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}; {REMEDY}")
    try:
        found = datetime.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{value!r} is no day of the calendar ({error}); {REMEDY}") from error
    return Publication(start=found, end=found, basis=PublishedBasis.GIVEN, moment=moment)


def iso(value: str) -> Publication | None:
    """2025-10-27, 2025-10-27T10:15:00+05:30; the day is that of the stamp's own zone."""
    match = GIVEN_ISO.fullmatch(value)
    if not match:
        return None
    if match["clock"]:
        try:
            datetime.datetime.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{value!r} is no moment ({error}); {REMEDY}") from error
    return on_day(int(match[1]), int(match[2]), int(match[3]), value, value if match["clock"] else None)


def worded(value: str) -> Publication | None:
    """27 Oct 2025; October 27, 2025; Monday, 27 October 2025, 10:15 IST."""
    match = GIVEN_WORDED.fullmatch(value)
    return on_day(*parts_of(match), value, value if match["tail"] else None) if match else None


def year_first(value: str) -> Publication | None:
    """2025/10/27, 20251027."""
    match = GIVEN_YEAR_FIRST.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    return on_day(year, month, day, value)


def dotted(value: str) -> Publication | None:
    """27.10.2025: with dots the day comes first."""
    match = GIVEN_DOTTED.fullmatch(value)
    return on_day(int(match[3]), int(match[2]), int(match[1]), value) if match else None


def slashed(value: str) -> Publication | None:
    """27/10/2025 and 10/27/2025, where only one order is a day. Raises ValueError where both are."""
    match = GIVEN_SLASHED.fullmatch(value)
    if not match:
        return None
    one, two, year = (int(part) for part in match.groups())
    if one <= 12 and two <= 12 and one != two:
        raise ValueError(f"{value!r} can be read day first or month first; {REMEDY}")
    return on_day(year, two, one, value) if one > 12 else on_day(year, one, two, value)


def month_or_year(value: str) -> Publication | None:
    """2025-10 and 2025: an interval of days."""
    match = GIVEN_MONTH.fullmatch(value)
    if match:
        first = on_day(int(match[1]), int(match[2]), 1, value).start
        if first is None:
            return None
        after = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        last = after - datetime.timedelta(days=1)
        return Publication(start=first, end=last, basis=PublishedBasis.GIVEN, detail=f"given as the month {value}")
    if not GIVEN_YEAR.fullmatch(value):
        return None
    year = int(value)
    on_day(year, 1, 1, value)
    return Publication(
        start=datetime.date(year, 1, 1),
        end=datetime.date(year, 12, 31),
        basis=PublishedBasis.GIVEN,
        detail=f"given as the year {value}",
    )


def mail_date(value: str) -> Publication | None:
    """RFC 2822, as feeds and mail write it: Mon, 27 Oct 2025 10:15:00 +0530."""
    if ":" not in value:
        return None
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return on_day(moment.year, moment.month, moment.day, value, moment.isoformat())


def parts_of(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day of a worded date."""
    order = "1" if match["d1"] else "2"
    month = MONTHS[match["m" + order].rstrip(".").casefold()]
    return int(match["y" + order]), month, int(match["d" + order])


def publication_from_page(value: str) -> Publication:
    """The publication that a page's metadata states; unknown when the value is no date."""
    try:
        given = publication_given(value)
    except ValueError:
        return UNKNOWN_PUBLICATION
    return Publication(start=given.start, end=given.end, basis=PublishedBasis.PAGE, moment=given.moment)


def publication_in_url(url: str) -> Publication:
    """The date that stands in a url's path; unknown when there is none."""
    match = IN_URL.search(url)
    if not match:
        return UNKNOWN_PUBLICATION
    found = publication_from_page(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
    return Publication(start=found.start, end=found.end, basis=found.basis, detail="date in the url")


def publication_in_text(text: str) -> Publication:
    """A full date that stands alone in the first lines or in the dateline that opens the text; else unknown."""
    for line in head_lines(text):
        match = LINE.fullmatch(line) or LINE_YEAR_FIRST.fullmatch(line) or opening_dateline(line)
        if match:
            found = from_match(match)
            if found.day:
                return found
    return UNKNOWN_PUBLICATION


def is_date_line(line: str) -> bool:
    """Whether a line holds a full date and nothing else."""
    return bool(LINE.fullmatch(line) or LINE_YEAR_FIRST.fullmatch(line))


def opening_dateline(line: str) -> re.Match[str] | None:
    """The dateline that opens a line: a place in words, a full date, and a dash, colon or agency after it."""
    match = OPENING.match(line[:160])
    return match if match and OPENING_END.match(line, match.end()) else None


def from_match(match: re.Match[str]) -> Publication:
    """The publication that a matched date line states; unknown when the calendar has no such day."""
    groups = match.groupdict()
    parts = (int(groups["y3"]), int(groups["m3"]), int(groups["d3"])) if groups.get("y3") else parts_of(match)
    try:
        found = on_day(*parts, match[0])
    except ValueError:
        return UNKNOWN_PUBLICATION
    return Publication(
        start=found.start, end=found.end, basis=PublishedBasis.DATELINE, detail=f"dateline “{match[0].strip()}”"
    )


def head_lines(text: str) -> list[str]:
    """The first lines that hold anything, cut at a length that no date line has."""
    found: list[str] = []
    at = 0
    while len(found) < HEAD_LINES and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 400)]
        if line.strip():
            found.append(line)
        at = end + 1
    return found
