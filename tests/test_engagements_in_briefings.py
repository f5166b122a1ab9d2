"""What a briefing says of meetings that may be, are asked about or are a habit, and whom its "we" and "Biden" mean."""

import datetime
import functools
import hashlib

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.mentions import EngagementMention, Status
from dragoman.record.reading import Reading

BRIEFING = """MR LEE: Good afternoon. Go ahead.

QUESTION: Thanks. {question}

MR LEE: {answer}

QUESTION: And on Sudan?
"""


@functools.cache
def reader() -> Reader:
    return Reader()


def read(text: str) -> Reading:
    day = datetime.date(2023, 5, 10)
    return reader().read(
        Document(
            id="d",
            text=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            published=Publication(start=day, end=day, basis=PublishedBasis.GIVEN),
            issuer="USA",
        )
    )


def engagements(text: str) -> list[EngagementMention]:
    return [m for m in read(text).mentions if isinstance(m, EngagementMention)]


def answered(answer: str) -> list[EngagementMention]:
    return engagements(BRIEFING.format(question="Anything on the Caucasus?", answer=answer))


@pytest.mark.parametrize(
    "answer",
    [
        "If Secretary Blinken meets Foreign Minister Lavrov in Jakarta, we will tell you.",
        "Secretary Blinken could meet Foreign Minister Lavrov in Jakarta.",
        "Secretary Blinken regularly speaks with Foreign Minister Fidan of Türkiye.",
        "Ambassador Brink meets with Foreign Minister Kuleba.",
        "We’ve met with Israeli officials. We are having talks with Jordan.",
        "We support direct talks between President Pashinyan and President Aliyev.",
        "President Zelenskyy and President Putin should meet.",
    ],
)
def test_what_may_be_or_is_always_so_is_no_engagement(answer: str) -> None:
    assert answered(answer) == []


@pytest.mark.parametrize(
    "answer",
    [
        "Secretary Blinken met Foreign Minister Lavrov in Jakarta on Monday.",
        "Secretary Blinken spoke yesterday with Foreign Minister Fidan of Türkiye.",
        "We met with Foreign Minister Kuleba on Monday.",
    ],
)
def test_what_was_is_told_by_a_briefing_too(answer: str) -> None:
    assert [m.status for m in answered(answer)] == [Status.HELD]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Will President Biden meet with President Xi in San Francisco?", 0),
        ("When Secretary Blinken met Foreign Minister Wang Yi in Beijing on Monday, did they speak of Taiwan?", 1),
    ],
)
def test_a_question_tells_only_what_it_takes_for_granted(question: str, number: int) -> None:
    assert len(engagements(BRIEFING.format(question=question, answer="Nothing to add."))) == number


def test_an_opportunity_to_come_is_a_plan() -> None:
    (talks,) = answered(
        "Secretary Blinken will have an opportunity to meet Foreign Minister Colonna of France in Paris."
    )
    assert talks.status is Status.PLANNED


def test_presidents_side_by_side_are_of_two_states() -> None:
    people = {
        p.name: p.party for p in read("President Xi, President Biden and President Macron of France spoke.").people
    }
    assert {people["Xi Jinping"], people["Joe Biden"]} == {"CHN", "USA"}


@pytest.mark.parametrize(("name", "party"), [("Felipe VI", "ESP"), ("Carl XVI Gustaf", "SWE"), ("Harald V", "NOR")])
def test_the_number_of_a_monarch_does_not_hide_the_realm(name: str, party: str) -> None:
    realm = {"ESP": "Spain", "SWE": "Sweden", "NOR": "Norway"}[party]
    people = read(f"Secretary Blinken met King {name} of {realm} on Monday.").people
    assert [p.party for p in people if p.name != "Antony Blinken"] == [party]


def test_a_bare_secretary_of_state_is_the_holder_and_not_his_deputy() -> None:
    text = (
        "Secretary Blinken left on Monday. Deputy Assistant Secretary of State Hady Amr stayed. "
        "It was a first trip for the Secretary of State."
    )
    reading = read(text)
    at = text.rindex("Secretary of State")
    (mark,) = [m for m in reading.marks if getattr(m, "people", ()) and m.span.start <= at < m.span.end]
    assert [reading.people[i].name for i in mark.people] == ["Antony Blinken"]  # type: ignore[attr-defined]
