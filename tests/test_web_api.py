"""The JSON API answers as its own description says: a schema-driven tester asks it, thousands of times when told so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from desk_book import asked_over_http, sample_book
from dragoman.web.app import create_app
from dragoman.web.calls import CALLS
from dragoman.web.desk import Desk
from dragoman.web.openapi import openapi_json

EXAMPLES = int(os.environ.get("DRAGOMAN_API_EXAMPLES", "12"))  # of questions to each call


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_book(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[Any]:
    with asked_over_http(path) as client:
        yield client


class HeldOpen(Desk):
    """Outlasts the application, which the tester starts and ends as it likes."""

    def close(self) -> None:
        return


@pytest.fixture(scope="module")
def described(path: Path) -> Iterator[Any]:
    desk = HeldOpen(path)
    yield schemathesis.openapi.from_asgi("/api/openapi.json", create_app(desk, ("testserver",)))
    Desk.close(desk)


@pytest.mark.parametrize("call", [call.path for call in CALLS])
def test_every_call_answers_as_described(described: Any, call: str) -> None:
    operation = described[call]["GET"]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def answers(case: Any) -> None:
        case.call_and_validate()

    answers()


def test_a_program_reads_the_book_page_by_page(client: Any) -> None:
    whole = client.get("/api/v1/engagements", params={"party": ["India", "USA"], "limit": 500}).json()
    parts = [
        item
        for offset in range(0, whole["total"], 7)
        for item in client.get(
            "/api/v1/engagements", params={"party": ["IND", "USA"], "limit": 7, "offset": offset}
        ).json()["items"]
    ]
    assert len(whole["items"]) == whole["total"] > 10
    assert parts == whole["items"]


def test_an_answer_leads_to_the_words_it_was_read_from(client: Any) -> None:
    entry = client.get("/api/v1/engagements?party=IND&party=USA&limit=1").json()["items"][0]
    evidence = client.get("/api/v1/entry/evidence", params={"id": entry["id"]}).json()
    first = evidence[0]
    text = client.get("/api/v1/document", params={"id": first["document"]["id"]}).json()["text"]
    start, end = first["mention"]["span"]
    assert text[start:end].strip()


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("engagements?limit=0", 400),
        ("engagements?limit=501", 400),
        ("engagements?since=soon", 400),
        ("engagements?nonsense=1", 400),
        ("engagements?limit=1&limit=2", 400),
        ("engagements?party=Nowhereland", 404),
        ("entry?id=eng-none", 404),
        ("entry", 400),
        ("nothing", 404),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: Any, question: str, status: int) -> None:
    answer = client.get(f"/api/v1/{question}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_quotation_is_checked(client: Any) -> None:
    answer = client.get("/api/v1/quote", params={"q": "This is a friendship we want to build on"}).json()
    assert answer["verdict"] == "altered"


def test_the_description_names_every_call() -> None:
    document = json.loads(openapi_json())
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {call.path for call in CALLS}
