"""How do the matches of the time rules become marks?"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.grammar.scan import Hit
from dragoman.grammar.trace import Trace
from dragoman.mark.scanning import explain_taken, firing_of, keep_gaps, scanner_of, vocabulist
from dragoman.mark.times import clocks, days, lengths, quarters, units, years
from dragoman.mark.times.calendars import local_day
from dragoman.mark.times.datelines import DATELINE_REACH, is_dateline
from dragoman.mark.times.periods import DAY, Period
from dragoman.mark.times.scene import Found, Meaning, Scene
from dragoman.mark.times.terms import with_terms
from dragoman.record.document import Document
from dragoman.record.marks import TimeMark, TimeType
from dragoman.record.reading import Outcome
from dragoman.record.segments import Segments
from dragoman.record.when import Basis, Precision

Builder = Callable[[Found, Scene], Meaning | None]
BUILDERS: dict[str, Builder] = {
    "iso": days.iso,
    "slash": days.slash,
    "day": days.day,
    "days": days.days,
    "night": days.night,
    "weekday": days.weekday,
    "deictic": days.deictic,
    "day_beyond": days.day_beyond,
    "feast": days.feast,
    "month": units.month,
    "season": units.season,
    "quarter": quarters.quarter,
    "quarter_short": quarters.quarter_short,
    "quarter_relative": quarters.quarter_relative,
    "year_earlier": quarters.year_earlier,
    "year_period": quarters.year_period,
    "half": years.half,
    "half_short": years.half_short,
    "half_of_month": units.half_of_month,
    "week_of_month": units.week_of_month,
    "year_to": units.year_to,
    "year": years.year,
    "spoken_year": years.spoken_year,
    "years": years.years,
    "bare_year": years.bare_year,
    "decade": years.decade,
    "century": years.century,
    "week_of": units.week_of_day,
    "weekend": units.weekend,
    "unit_relative": units.unit_relative,
    "unit_end": units.unit_end,
    "unit_same": units.unit_same,
    "later_in_unit": units.later_in_unit,
    "ago": lengths.ago,
    "ago_vague": lengths.ago_vague,
    "counted": lengths.counted,
    "from_now": lengths.from_now,
    "times_a_unit": lengths.times_a_unit,
    "anniversary": lengths.anniversary,
    "duration": lengths.duration,
    "duration_vague": lengths.duration_vague,
    "duration_article": lengths.duration_article,
    "duration_half": lengths.duration_half,
    "duration_bare": lengths.duration_bare,
    "units_near": lengths.units_near,
    "duration_long": lengths.duration_long,
    "duration_past_unit": lengths.duration_past_unit,
    "every": lengths.every,
    "frequency": lengths.frequency,
    "weekdays": lengths.weekdays,
    "reference": lengths.reference,
    "clock": clocks.clock,
    "noon": clocks.noon,
    "part_of_day": clocks.part_of_day,
}
ANCHORS = frozenset({Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.HALF, Precision.WEEK})


def mark_times(document: Document, segments: Segments, trace: Trace) -> list[TimeMark]:
    """Every time expression, resolved against publication or against the dates that the text has spoken of."""
    words = vocabulist().words_of(document.text)
    scene = Scene(document, segments, words, local_day(document))
    scanner = scanner_of("times")
    marks: list[TimeMark] = []

    def take(hit: Hit) -> bool:
        meaning = BUILDERS[hit.rule.builds](Found(hit, words), scene)
        if meaning is None:
            if trace.on:
                trace.add(firing_of(hit, words, Outcome.DROPPED, "its neighbours speak against it"))
            return False
        mark = mark_of(hit, meaning, scene)
        if mark.span.end <= DATELINE_REACH:
            write_from_dateline(mark, scene)
        marks.append(mark)
        if trace.on:
            explain_taken(hit, words, scanner, trace, "; ".join((mark.value, *mark.steps)))
        return True

    keep_gaps(scanner.scan(words.characters, take), words, trace, "times")
    return with_terms(marks, segments, document.text)


def write_from_dateline(mark: TimeMark, scene: Scene) -> None:
    """Take the day of the dateline for that of writing when the text was put out on the day after: its "today" is that."""
    day = mark.when.start
    eve = day is not None and scene.today is not None and scene.today - day == DAY
    if eve and mark.when.precision is Precision.DAY and is_dateline(mark, scene.document.text):
        scene.today = day


def mark_of(hit: Hit, meaning: Meaning, scene: Scene) -> TimeMark:
    """The mark of a match; a date becomes the last one spoken of."""
    span = scene.words.span(hit.first, hit.last)
    when = meaning.when
    if (
        meaning.kept
        and meaning.type in (TimeType.DATE, TimeType.TIME)
        and when.start
        and when.end
        and when.precision in ANCHORS
    ):
        value = meaning.value.split("T")[0]
        scene.remember(Period(value, when.start, when.end, when.precision), span, when.basis is Basis.STATED)
    return TimeMark(
        span=span,
        rule=f"time.{hit.rule.name}",
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        when=when,
        anchor=meaning.anchor,
        steps=meaning.steps,
    )
