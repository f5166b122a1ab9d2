"""The desk answers: every page in every format, for the days asked, under its own name only, and nothing in it runs."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk_book import asked_over_http, sample_book
from dragoman.book import Book
from dragoman.pipeline import Reader
from dragoman.read import Given, document_of
from dragoman.record.document import Publication, PublishedBasis

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'title'"
PAGES = [
    "/",
    "/r/USA-IND",
    "/r/all",
    *(
        f"/r/USA-IND/{name}"
        for name in (
            "engagements",
            "readouts",
            "statements",
            "incidents",
            "topics",
            "formulas",
            "measures",
            "negotiations",
            "commitments",
            "disputes",
            "figures",
            "people",
            "documents",
            "changes",
            "brief",
        )
    ),
    "/d/may28-state",
    "/d/may28-state/versions",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_book(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[Any]:
    with asked_over_http(path) as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_as_html_json_and_csv(client: Any, page: str) -> None:
    base = "/index" if page == "/" else page
    html, data, table = client.get(page), client.get(f"{base}.json"), client.get(f"{base}.csv")
    assert html.status_code == data.status_code == table.status_code == 200
    assert "<h1>" in html.text
    assert json.loads(data.content)["address"] == page
    assert table.text.count("\n") >= 1


@pytest.mark.parametrize("page", PAGES)
def test_no_script_or_style_stands_in_a_page(client: Any, page: str) -> None:
    html = client.get(page).text
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick" not in html
    assert "'unsafe" not in client.get(page).headers["content-security-policy"]


def test_a_feed_is_atom(client: Any) -> None:
    root = ET.fromstring(client.get("/r/USA-IND.atom").content)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) > 5


def test_a_page_as_of_a_day_leaves_out_what_was_printed_later(client: Any) -> None:
    later, then = client.get("/r/USA-IND.json").json(), client.get("/r/USA-IND.json?as_of=2025-04-30").json()
    assert len(then["state"]["timeline"]) < len(later["state"]["timeline"])
    assert all(each["first_published"] <= "2025-04-30" for each in then["state"]["timeline"])
    assert "as_of=2025-04-30" in client.get("/r/USA-IND?as_of=2025-04-30").text


def test_names_of_parties_are_understood_in_an_address(client: Any) -> None:
    assert client.get("/r/India-US.json").json()["title"] == "India – United States"


@pytest.mark.parametrize(
    "wrong", ["/r/Nowhereland", "/r/USA?as_of=soon", "/e/eng-none", "/d/none", "/r/USA/documents?page=0"]
)
def test_what_is_not_there_is_told(client: Any, wrong: str) -> None:
    answer = client.get(wrong)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_the_beginning_of_an_id_leads_to_the_entry(client: Any, path: Path) -> None:
    with Book.open(path) as book:
        whole = book.engagements()[0].id
    assert client.get(f"/e/{whole[:9]}", follow_redirects=False).headers["location"] == f"/e/{whole}"


def test_an_unchanged_page_is_not_sent_again(client: Any) -> None:
    first = client.get("/r/USA-IND.json")
    again = client.get("/r/USA-IND.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_another_host_name_is_refused(client: Any) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "desk.test:99"}).status_code == 200


def test_what_another_process_adds_is_seen_at_once(tmp_path: Path) -> None:
    path = sample_book(tmp_path)
    with asked_over_http(path) as held:
        client: Any = held
        assert "Hostile" not in client.get("/").text
        given = Given(
            title=f"Hostile {HOSTILE}",
            published=Publication(start=None, end=None, basis=PublishedBasis.UNKNOWN),
        )
        text = f"Foreign Minister Espen Barth Eide met his Chilean counterpart in Oslo on 3 November 2025. {HOSTILE}"
        document = msgspec.structs.replace(document_of(text, given=given, name="a"), id="a/b <i>.json")
        with Book.open(path) as book:
            book.store([Reader().read(document)])
            book.link()
        home = client.get("/r/all/documents").text
        assert "Hostile" in home
        assert "<script>alert" not in home
        page = client.get("/d/a~2Fb~20~3Ci~3E~2Ejson")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text
