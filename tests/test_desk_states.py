"""The desk and the assistant tell the same states of measures and promises as the command line."""

import datetime
from pathlib import Path

import pytest

from dragoman.assistant.answers import Teller
from dragoman.book import Book
from dragoman.library import add
from dragoman.record.entries import EVERYTHING, Measure, StatusStep
from dragoman.web.asked import Asked
from dragoman.web.pages.ledgers import commitments, states_by_id


def rate(name: str, percent: float, printed: str, previous: float | None = None) -> Measure:
    day = datetime.date.fromisoformat(printed)
    return Measure(
        id=name,
        kind="tariff",
        imposer="CHL",
        target="PER",
        rate=percent,
        previous_rate=previous,
        status="in_force",
        history=(StatusStep(status="in_force", published=day, document=name, mention=name),),
    )


def test_a_rate_that_another_has_taken_the_place_of_is_replaced_on_the_desk() -> None:
    old, new = rate("old", 10.0, "2024-03-01"), rate("new", 25.0, "2024-05-01", previous=10.0)
    assert states_by_id([new, old, new], datetime.date(2024, 6, 1)) == {"new": "in_force", "old": "replaced"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("states")
    texts = {
        "promise": "2024-03-04\n\nChile and Peru agreed to hold consultations in Lima by the end of May.",
        "deed": "2024-05-21\n\nChile and Peru held consultations in Lima on 20 May 2024.",
    }
    with Book.open(folder / "states.desk", create=True) as made:
        for name, text in texts.items():
            printed, _, body = text.partition("\n\n")
            (folder / f"{name}.txt").write_text(f"---\ndate: {printed}\n---\n{body}\n", encoding="utf-8")
            add(made, [folder / f"{name}.txt"])
        yield made


def test_a_promise_to_meet_that_a_meeting_has_kept_is_met_on_the_desk_and_for_the_assistant(book: Book) -> None:
    told = [entry.status for entry in commitments(book, Asked()).commitments]
    answered = [found.record.status for found in Teller(book).commitments(EVERYTHING, open_only=False, limit=9).found]
    assert told == answered == ["met"]
