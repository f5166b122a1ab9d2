"""The day of publication is what is given, what the page says, or a full date at the head; the basis says which."""

import datetime

import pytest

from dragoman.read import Given, document_of
from dragoman.read.published import publication_given, publication_in_text, publication_in_url
from dragoman.record.document import PublishedBasis

PROSE = "The envoy said the talks in Lima had been useful and that a second round was to follow in the autumn."


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-10-27", "2025-10-27"),
        ("2025-10-27T23:30:00+05:30", "2025-10-27"),
        ("2025-10-27 08:00", "2025-10-27"),
        ("2025-10-27T02:14:56Z", "2025-10-27"),
        ("Mon, 27 Oct 2025 10:15:00 +0530", "2025-10-27"),
        ("27 Oct 2025", "2025-10-27"),
        ("27th October, 2025", "2025-10-27"),
        ("October 27, 2025", "2025-10-27"),
        ("Oct. 27, 2025", "2025-10-27"),
        ("Monday, 27 October 2025", "2025-10-27"),
        ("27-Oct-2025", "2025-10-27"),
        ("27 Oct 2025, 10:15 IST", "2025-10-27"),
        ("20251027", "2025-10-27"),
        ("2025/10/27", "2025-10-27"),
        ("27.10.2025", "2025-10-27"),
        ("27/10/2025", "2025-10-27"),
        ("10/27/2025", "2025-10-27"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_are_read_as_people_write_them(value: str, day: str) -> None:
    found = publication_given(value)
    assert found.day == datetime.date.fromisoformat(day)
    assert found.basis is PublishedBasis.GIVEN


@pytest.mark.parametrize(
    ("value", "start", "end"), [("2024-02", "2024-02-01", "2024-02-29"), ("2025", "2025-01-01", "2025-12-31")]
)
def test_a_month_or_a_year_is_an_interval(value: str, start: str, end: str) -> None:
    found = publication_given(value)
    assert (str(found.start), str(found.end), found.day) == (start, end, None)


@pytest.mark.parametrize(
    "value", ["2025-02-30", "2023-02-29", "soon", "05/06/2025", "2025-13-01", "1200-01-01", "2025-10-27T25:00", ""]
)
def test_what_is_no_date_is_refused_with_the_remedy(value: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        publication_given(value)


def test_a_given_time_of_day_is_kept() -> None:
    assert publication_given("2025-10-27T23:30:00+05:30").moment == "2025-10-27T23:30:00+05:30"


@pytest.mark.parametrize(
    "head",
    [
        "June 3, 2025",
        "By June 3, 2025",
        "Envoys meet again in Lima\n\n3 June 2025",
        "Published: 03 June 2025, 10:15 IST",
        "Tuesday 3 June 2025 - 21:57",
        "10:303 June, 2025",
        "Updated on: June 3, 2025 10:15 am",
        "2025-06-03",
        "LIMA, June 3, 2025 (AFP) — The envoy arrived.",
    ],
)
def test_a_full_date_at_the_head_is_the_dateline(head: str) -> None:
    found = publication_in_text(f"{head}\n\n{PROSE}")
    assert found.day == datetime.date(2025, 6, 3)
    assert found.basis is PublishedBasis.DATELINE


@pytest.mark.parametrize(
    "head",
    [
        "LIMA, June 3 (AFP) — The envoy arrived.",  # without a year
        "The treaty of June 3, 2025 was signed in Lima.",
        "By June 3, 2025, the parties have to answer.",
        "Lima, June 3, 2025. Photo: Agency",
        "June – July 2025",
        "June 31, 2025",
    ],
)
def test_a_date_that_is_no_dateline_is_left_alone(head: str) -> None:
    assert publication_in_text(f"{head}\n\n{PROSE}").start is None


def test_a_date_far_below_the_head_is_no_dateline() -> None:
    assert publication_in_text("A line of the story.\n" * 9 + "June 3, 2025\n").start is None


def test_a_url_may_hold_the_date() -> None:
    found = publication_in_url("https://example.org/world/2025/06/03/envoys-meet")
    assert (found.day, found.basis) == (datetime.date(2025, 6, 3), PublishedBasis.PAGE)
    assert publication_in_url("https://example.org/2025/99/03/x").start is None


def test_given_stands_over_dateline_and_nothing_is_invented() -> None:
    text = f"June 3, 2025\n\n{PROSE}"
    given = Given(published=publication_given("2025-06-05"))
    assert document_of(text, given=given).published.day == datetime.date(2025, 6, 5)
    assert document_of(PROSE).published.basis is PublishedBasis.UNKNOWN
