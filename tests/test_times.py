"""Time expressions: what each means, and that none is invented."""

import datetime
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.grammar.rules import Example, load_examples
from dragoman.grammar.trace import Trace
from dragoman.mark.amounts import mark_amounts
from dragoman.mark.times import mark_times
from dragoman.mark.times.dating import inferred_publication
from dragoman.record.document import UNKNOWN_PUBLICATION, Document, Publication, PublishedBasis
from dragoman.record.marks import TimeMark
from dragoman.record.when import Basis
from dragoman.segment.divide import divide

EXAMPLES = Path(str(files("dragoman"))) / "mark" / "times" / "examples.toml"
PUBLISHED = "2025-05-29"  # a Thursday


def document(text: str, published: str | None = PUBLISHED, issuer: str | None = None) -> Document:
    day = datetime.date.fromisoformat(published) if published else None
    given_day = Publication(start=day, end=day, basis=PublishedBasis.GIVEN) if day else UNKNOWN_PUBLICATION
    return Document(id="t", text=text, digest="", published=given_day, issuer=issuer)


def times(text: str, published: str | None = PUBLISHED, issuer: str | None = None) -> list[TimeMark]:
    read = document(text, published, issuer)
    return mark_times(read, divide(read), Trace())


@pytest.mark.parametrize("example", load_examples(EXAMPLES).example, ids=lambda e: f"{e.rule}:{e.text[:40]}")
def test_example_has_its_value(example: Example) -> None:
    values = [mark.value for mark in times(example.text) if mark.rule == f"time.{example.rule}"]
    assert values == [example.values["value"]]


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("The ministers met on Monday.", "2025-06-02", "Monday", "2025-06-02"),
        ("The panel said on Monday it will vote on Friday.", "2025-06-04", "Friday", "2025-06-06"),
        ("They had been due to sign on Friday.", "2025-06-04", "Friday", "2025-05-30"),
        ("He is to be received on Tuesday.", "2025-06-04", "Tuesday", "2025-06-10"),
        ("Wednesday's ruling surprised those who would vote.", "2025-06-06", "Wednesday", "2025-06-04"),
        ("The post reopened on December 30.", "2025-01-04", "December 30", "2024-12-30"),
        ("The embassy will open on January 3.", "2024-12-20", "January 3", "2025-01-03"),
        ("Friday, March 7 was a holiday.", "2025-03-09", "Friday, March 7", "2025-03-07"),
        (
            "It will gain in the fourth quarter. The latest quarter was poor.",
            "2025-11-02",
            "The latest quarter",
            "2025-Q3",
        ),
        ("Talks resumed last May.", "2025-05-10", "last May", "2024-05"),
        ("They last met in February 2016 and again in June.", "2025-05-10", "June", "2016-06"),
        ("The two envoys agreed to meet again in September.", "2025-06-10", "September", "2025-09"),
        ("The parties decided on Monday to send observers in March.", "2025-01-15", "March", "2025-03"),
        ("The appeal is heard in August.", "2025-06-10", "August", "2025-08"),
        ("He could not be reached on Wednesday.", "2025-06-05", "Wednesday", "2025-06-04"),
        ("The talks could resume on Wednesday.", "2025-06-05", "Wednesday", "2025-06-11"),
        ("It had been due to lapse on Friday.", "2025-06-04", "Friday", "2025-05-30"),
        ("Until Thursday, they had not named a delegate.", "2025-06-07", "Thursday", "2025-06-05"),
        ("The border stays shut until Thursday.", "2025-06-07", "Thursday", "2025-06-12"),
    ],
)
def test_tense_weekday_and_distance_decide(text: str, published: str, words: str, value: str) -> None:
    assert [mark.value for mark in times(text, published) if mark.span.of(text) == words] == [value]


@pytest.mark.parametrize(
    ("text", "words", "start", "end", "basis"),
    [
        ("The envoys meet on Thursday (29 May).", "Thursday", "2025-05-29", "2025-05-29", "publication"),
        ("They met on May 29 (Thursday).", "Thursday", "2025-05-29", "2025-05-29", "text"),
        ("He travelled from Monday to Friday.", "Friday", "2025-06-06", "2025-06-06", "text"),
        ("The port reopens this Friday.", "this Friday", "2025-06-06", "2025-06-06", "publication"),
        ("Trade fell from May to July 2024.", "May", "2024-05-01", "2024-05-31", "stated"),
        ("The talk is at 9 a.m. EDT on Friday, June 13, 2025.", "9 a.m. EDT on Friday, June 13, 2025", "2025-06-13",
         "2025-06-13", "stated"),
        ("At the beginning of May, they had met.", "the beginning of May", "2025-05-01", "2025-05-31", "publication"),
        ("Poland and Ukraine marked Independence Day.", "Independence Day", "2024-08-24", "2024-08-24", "publication"),
        ("Answers are due by 5 p.m. on 3 July.", "5 p.m. on 3 July", "2025-07-03", "2025-07-03", "publication"),
        ("Imports grew in the 12 months to March 2025.", "the 12 months", "2024-04-01", "2025-03-31", "text"),
        ("Aid fell in the year to March.", "the year", "2024-04-01", "2025-03-31", "publication"),
        ("It grew over the last decade.", "the last decade", "2015-06-04", "2025-06-04", "publication"),
        ("In the past 24 hours, the pass was shelled.", "the past 24 hours", "2025-06-03", "2025-06-04", "publication"),
        ("In the last week of June, they rest.", "the last week of June", "2025-06-24", "2025-06-30", "publication"),
        ("India's FY26 budget was passed.", "FY26", "2025-04-01", "2026-03-31", "stated"),
        ("Japan raised aid in fiscal 2025.", "fiscal 2025", "2025-04-01", "2026-03-31", "stated"),
        ("This fiscal year, the United States cut aid.", "This fiscal year", "2024-10-01", "2025-09-30", "publication"),
        ("In the first quarter of fiscal 2025, India imported less.", "the first quarter of fiscal 2025", "2024-04-01",
         "2024-06-30", "stated"),
        ("Australia hopes to sign by spring 2026.", "spring 2026", "2026-09-01", "2026-11-30", "stated"),
        ("Germany hopes to sign by spring 2026.", "spring 2026", "2026-03-01", "2026-05-31", "stated"),
        ("Jets flew on the night of 29/30 May.", "the night of 29/30 May", "2025-05-29", "2025-05-30", "publication"),
    ],
)  # fmt: skip
def test_days_and_their_grounds(text: str, words: str, start: str, end: str, basis: str) -> None:
    (when,) = [mark.when for mark in times(text, "2025-06-04") if mark.span.of(text) == words]
    assert (str(when.start), str(when.end), when.basis) == (start, end, basis)


@pytest.mark.parametrize(
    ("text", "issuer", "value"),
    [
        ("They met on 04/06/2025.", "FRA", "2025-06-04"),
        ("They met on 04/06/2025.", "USA", "2025-04-06"),
        ("They met on 04/06/2025 and again on 25/06/2025.", None, "2025-06-04"),
        ("They met on 04/06/2025 and again on 04/25/2025.", "FRA", "2025-04-06"),
    ],
)
def test_order_of_day_and_month_is_that_of_the_document(text: str, issuer: str | None, value: str) -> None:
    assert times(text, issuer=issuer)[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met on Monday and will meet tomorrow, a week later, in the third quarter and next year.",
        "Last year's third quarter was poor; the second half of the year, this fiscal year and this summer will be better.",
        "At 9 a.m. on Tuesday they met, at noon tomorrow they part; in two weeks' time and later this month they return.",
        "Two years ago, over the past decade, last November, on 3 May, this morning and at the weekend it rained.",
    ],
)
def test_every_resolved_date_says_how(text: str) -> None:
    for mark in times(text):
        if mark.when.known and mark.when.basis is not Basis.STATED:
            assert mark.steps or mark.anchor, mark.span.of(text)


def test_term_ends_where_its_first_day_and_length_put_it() -> None:
    text = "They hope to agree within the 60-day freeze declared by both capitals on March 3."
    term = next(mark for mark in times(text) if mark.value == "P60D")
    assert (term.when.start, term.when.end) == (datetime.date(2025, 3, 3), datetime.date(2025, 5, 2))
    assert term.when.basis is Basis.EVENT
    assert term.anchor is not None
    assert term.anchor.of(text) == "March 3"
    assert term.steps == ("2025-03-03 + 60 D = 2025-05-02",)


def test_term_from_an_undated_event_stays_relative() -> None:
    term = next(mark for mark in times("It applies 30 days after entry into force.") if mark.value == "P30D")
    assert not term.when.known
    assert term.steps == ("relative: counted after an event that the sentence does not date",)


def test_visit_is_no_term() -> None:
    text = "On March 3 he announced a three-day visit."
    assert not next(mark for mark in times(text) if mark.value == "P3D").when.known


def test_seasons_of_the_south() -> None:
    text = "The pact will be signed in spring 2025."
    (north,) = [mark for mark in times(text) if mark.value == "2025-SP"]
    (south,) = [mark for mark in times(text, issuer="AUS") if mark.value == "2025-SP"]
    assert north.when.start == datetime.date(2025, 3, 1)
    assert south.when.start == datetime.date(2025, 9, 1)


def test_fiscal_year_of_the_issuer() -> None:
    (mark,) = [mark for mark in times("The FY 2024 budget was cut.", issuer="USA") if mark.value == "2024"]
    assert (mark.when.start, mark.when.end) == (datetime.date(2023, 10, 1), datetime.date(2024, 9, 30))


def test_without_a_publication_date_nothing_is_resolved() -> None:
    text = "The envoys met on Monday and will meet again tomorrow, as they did last week, on May 3 and a day earlier."
    assert not [mark for mark in times(text, None) if mark.when.known]


def test_a_date_far_up_the_text_is_not_leaned_on() -> None:
    text = (
        "The pass was shut on May 2.\n\nTraders wrote to the capital.\n\nNo reply came.\n\nA day earlier, they had met."
    )
    mark = times(text)[-1]
    assert mark.value == "2025-05-28"
    assert mark.when.basis is Basis.PUBLICATION


def test_steps_say_how_a_day_was_reached() -> None:
    (mark,) = times("They will meet on Monday.")
    assert mark.steps == ("future: the first from publication (2025-05-29) on",)


@pytest.mark.parametrize(
    ("moment", "issuer", "value"),
    [
        ("2025-05-29T01:30:00+00:00", "USA", "2025-05-28"),
        ("2025-05-29T01:30:00+00:00", "FRA", "2025-05-29"),
        ("2025-05-29T14:00:00+00:00", "USA", "2025-05-29"),
        ("2025-05-29T01:30:00-04:00", "USA", "2025-05-29"),
        ("2025-05-29T00:00:00+00:00", "USA", "2025-05-29"),
        ("2025-05-29T20:00:00+00:00", "JPN", "2025-05-30"),
        ("2025-05-29T20:00:00+00:00", "IND", "2025-05-30"),
    ],
)
def test_release_is_of_the_day_that_its_issuer_had(moment: str, issuer: str, value: str) -> None:
    day = datetime.date(2025, 5, 29)
    stamped = Publication(start=day, end=day, basis=PublishedBasis.PAGE, moment=moment)
    read = Document(id="t", text="The two spoke today.", digest="", published=stamped, issuer=issuer)
    (mark,) = mark_times(read, divide(read), Trace())
    assert mark.value == value
    assert value in mark.steps[0]


def test_today_under_a_dateline_of_the_day_before() -> None:
    first, today = times("OSLO, May 28 (ZTA) - The two ministers met today.")
    assert (first.value, today.value) == ("2025-05-28", "2025-05-28")
    assert times("He left Oslo, May 28, and rests today.")[1].value == "2025-05-29"


def test_night_from_one_day_to_the_next_is_both() -> None:
    (mark,) = times("Jets were heard on the night of May 6-7.")
    assert (mark.when.start, mark.when.end) == (datetime.date(2025, 5, 6), datetime.date(2025, 5, 7))


@pytest.mark.parametrize(("end", "value"), [(7, "2025-05-05"), (12, "XXXX-WXX-1")])
def test_weekday_in_an_undated_text_when_its_interval_leaves_one(end: int, value: str) -> None:
    week = Publication(start=datetime.date(2025, 5, 5), end=datetime.date(2025, 5, end), basis=PublishedBasis.INFERRED)
    read = Document(id="t", text="The ministers met on Monday.", digest="", published=week)
    (mark,) = mark_times(read, divide(read), Trace())
    assert mark.value == value
    assert (mark.when.basis is Basis.INFERRED) == mark.when.known


@pytest.mark.parametrize(
    ("text", "start", "end", "basis"),
    [
        ("GENEVA, Mar 4 (ZTA) - The panel hopes to close the file by autumn of 2031.", "2031-03-04", "2031-03-04", "dateline"),
        ("Trade reached $70 billion in 2023. On April 2 the envoy left.", "2024-04-02", None, "inferred"),
        ("The post was closed on 5 June 2024.", "2024-06-05", None, "inferred"),
        ("Rishi Sunak, Prime Minister\n\nWe met our friends.", "2022-09-10", "2024-08-19", "inferred"),
        ("Chancellor Merkel wrote to Chancellor Olaf Scholz.", "2021-10-24", None, "inferred"),
        ("Former President Macri and President-elect Milei met.", None, None, "unknown"),
        ("The Sunak administration fell; Envoy Kerry, once Secretary Kerry, was glad.", "2012-12-18", None, "inferred"),
        (
            "Prime Minister Sunak came on Tuesday, May 9, and Prime Minister Sunak left.",
            "2023-04-08",
            "2024-05-08",
            "inferred",
        ),
        ("In nine days' time, on 12 March 2031, a levy that Peru ordered starts.", "2031-03-03", "2031-03-03", "inferred"),
        ("The envoy left yesterday, 4 May 2024, for Lima.", "2024-05-05", "2024-05-05", "inferred"),
        ("Earlier this month, on 4 May 2024, they signed.", "2024-05-04", "2024-05-31", "inferred"),
        ("They met on 3 June 2024, earlier this year.", "2024-06-03", "2024-12-31", "inferred"),
        ("The talks ended last month, in July 2024.", "2024-08-01", "2024-08-31", "inferred"),
        ("The levy that was ordered takes effect on 1 March 2026.", None, None, "unknown"),
        ("They came home the next year, on 4 May 2019.", None, None, "unknown"),
        ("The ministers met on Monday.", None, None, "unknown"),
        ("They prepare for elections in 2029.", None, None, "unknown"),
    ],
)  # fmt: skip
def test_undated_text_is_dated_by_its_own_words(text: str, start: str | None, end: str | None, basis: str) -> None:
    read = document(text, None)
    found = inferred_publication(read, divide(read))
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat(), found.basis) == (
        start,
        end,
        basis,
    )


def test_the_grounds_of_an_inferred_date_are_told() -> None:
    text = "Trade reached $70 billion in 2023. On April 2 the envoy left, and he wrote on Friday that he was glad."
    read = document(text, None)
    assert inferred_publication(read, divide(read)).detail == "after 2 April 2024, a Friday"


MEGABYTE = 1_000_000
HOSTILE = (
    "1", "1,234.", "-", "25-", "May ", "May 25-", "25 May - ", "the ", "twenty-one ", "from 10 to ", "$1 to ", " \n",
    "Monday ", "a year ago ", "2024 ", "1990s ", "more than ", "the first quarter ", "10:35 ", "5%-",
)  # fmt: skip
SECONDS = 2  # twice what is promised of a megabyte, for a machine that other work slows down


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_reading_run_away(piece: str) -> None:
    read = document((piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE])
    segments = divide(document("x"))
    for mark in (mark_times, mark_amounts):
        mark(document("On 5 May, 3 ships left."), segments, Trace())  # the rules are compiled before the clock starts
        began = time.process_time()
        mark(read, segments, Trace())
        assert time.process_time() - began < SECONDS


def test_behind_a_long_table_prose_is_read_again() -> None:
    table = "12 34 56 78\n" * 10_000
    read = document(f"{table}\n\n{'The envoys spoke at length of the river. ' * 700}They met on 3 March 2024.")
    assert [mark.value for mark in mark_times(read, divide(document("x")), Trace())][-1] == "2024-03-03"


PIECES = st.sampled_from(
    "May 25 – - 2025 on Monday the last week of 3 , . ; two-day $ 4.5bn from to percent years ago a an early \n\n ’s é 1990s".split(
        " "
    )
)


@settings(deadline=None)  # the first reading compiles the rules
@given(st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from([PUBLISHED, None]))
def test_marks_are_in_order_and_apart(text: str, published: str | None) -> None:
    read = document(text, published)
    for marks in (mark_times(read, divide(read), Trace()), mark_amounts(read, divide(read), Trace())):
        ends = 0
        for mark in marks:
            assert ends <= mark.span.start < mark.span.end <= len(text)
            assert mark.span.of(text) == mark.span.of(text).strip()
            ends = mark.span.end


def test_what_is_passed_over_in_a_long_table_is_a_gap() -> None:
    table = "".join(f"{number % 28 + 1} May 2021: {number} tonnes\n" for number in range(6000))
    read = document("The ministers met on 3 May 2021.\n" + table)
    trace = Trace()
    marks = mark_times(read, divide(read), trace)
    (gap,) = trace.gaps
    assert gap.step == "times"
    assert 0.5 * len(read.text) < gap.span.end - gap.span.start
    assert marks[0].span.of(read.text) == "3 May 2021"


def test_a_long_text_of_prose_has_no_gap() -> None:
    prose = "The ministers met on 3 May 2021 and talked for two hours about fishing, roads and the port. " * 1500
    trace = Trace()
    read = document(prose)
    mark_times(read, divide(read), trace)
    assert trace.gaps == []
