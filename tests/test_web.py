"""The desk answers: every page in every format, for the days asked, under its own name only, and nothing in it runs."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_book import asked_over_http, sample_book
from dragoman.book import Book
from dragoman.pipeline import Reader
from dragoman.read import Given, document_of
from dragoman.record.document import Publication, PublishedBasis
from dragoman.web.addresses import identity_of, part_of
from dragoman.web.render import csv_page
from dragoman.web.view import Cell, Table, View

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


ATTACK = "<img src=x onerror=alert(1)>"
HOSTILE_TEXT = (
    f"Foreign Minister Espen Barth Eide met Chilean Foreign Minister Alberto van Klaveren in Oslo on 3 November 2025.\n"
    f"“Nothing {ATTACK} is agreed until all is agreed,” Eide said.\n"
    f"Norway announced a tariff of 25 percent on Chilean salmon {ATTACK} from 1 December 2025.\n"
    f"Bilateral trade {ATTACK} reached $3 billion in 2024.\n"
    f"Chile denied that it had agreed to {ATTACK} a fishing quota.\n"
)


def test_words_of_others_are_never_markup(tmp_path: Path) -> None:
    path = tmp_path / "hostile.desk"
    stated = Given(title=ATTACK, outlet=ATTACK, url=f"https://example.org/{ATTACK}", kind=None)
    document = msgspec.structs.replace(document_of(HOSTILE_TEXT, given=stated, name="a"), id=ATTACK)
    with Book.open(path, create=True) as book:
        book.store([Reader().read(document)])
        book.link()
    with asked_over_http(path) as held:
        client: Any = held
        seen, waiting = set(), ["/", "/r/all", "/r/NOR-CHL", *(f"/search?q={word}" for word in ("agreed", "img"))]
        while waiting:
            page = waiting.pop()
            seen.add(page)
            html = client.get(page).text
            assert "<img" not in html, page
            found = {unescape(href).partition("#")[0] for href in re.findall(r'href="(/[^"]*)"', html)}
            waiting += [each for each in found - seen if each not in waiting and "." not in each and "?" not in each]
    assert len(seen) > 20
    assert any(page.startswith("/d/") for page in seen)


# ------------------------------------------------------------------ who may change the book


def token_in(page: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Any, str]]:
    """A desk over a book of its own, and the address of one engagement."""
    path = sample_book(tmp_path)
    with Book.open(path) as book:
        entry = book.engagements()[0].id
    with asked_over_http(path) as client:
        yield client, entry


def rejection(entry: str, token: str) -> dict[str, str]:
    return {"act": "reject", "entry": entry, "why": "a <b>test</b>", "token": token}


def test_a_rejected_entry_leaves_the_list_and_comes_back_with_undo(own: tuple[Any, str]) -> None:
    client, entry = own
    before = client.get("/r/all/engagements.json").json()["total"]
    token = token_in(client.get(f"/e/{entry}").text)
    answer = client.post("/correct", data=rejection(entry, token))
    assert "Rejected by" in answer.text
    assert "a &lt;b&gt;test&lt;/b&gt;" in answer.text
    assert client.get("/r/all/engagements.json").json()["total"] == before - 1
    correction = re.findall(r'name="correction" value="([^"]+)"', answer.text)[0]
    client.post("/undo", data={"correction": correction, "token": token})
    assert client.get("/r/all/engagements.json").json()["total"] == before


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_a_form_without_the_readers_token_changes_nothing(own: tuple[Any, str], token: str) -> None:
    client, entry = own
    client.get(f"/e/{entry}")
    assert client.post("/correct", data=rejection(entry, token)).status_code == 403
    assert client.get("/corrections.json").json()["corrections"] == []


def test_a_form_sent_from_another_site_changes_nothing(own: tuple[Any, str]) -> None:
    client, entry = own
    token = token_in(client.get(f"/e/{entry}").text)
    answer = client.post("/correct", data=rejection(entry, token), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_each_reader_has_a_token_of_their_own(client: Any) -> None:
    with_cookie = token_in(client.get("/d/may28-state").text)
    client.cookies.clear()
    assert token_in(client.get("/d/may28-state").text) != with_cookie


def test_a_form_that_is_too_long_or_not_whole_is_refused(own: tuple[Any, str]) -> None:
    client, entry = own
    token = token_in(client.get(f"/e/{entry}").text)
    assert client.post("/correct", data={"token": token, "why": "x" * 200_000}).status_code == 413
    assert client.post("/correct", data={"token": token, "act": "burn", "entry": entry}).status_code == 400


# ------------------------------------------------------------------ what is shown, harmless and in bounds


def test_a_spreadsheet_runs_no_cell() -> None:
    armed = Cell("=HYPERLINK(1)"), Cell("+1 x"), Cell("-5.5"), Cell("plain")
    text = csv_page(View(title="", tables=(Table(caption="", columns=("a", "b", "c", "d"), rows=(armed,)),)))
    assert text.splitlines()[1] == "'=HYPERLINK(1),'+1 x,-5.5,plain"


@given(st.text(min_size=1))
def test_an_address_leads_back_to_its_id(identity: str) -> None:
    part = part_of(identity)
    assert identity_of(part) == identity
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", part)
    assert not part.endswith((".json", ".csv", ".atom"))


def test_a_long_list_comes_in_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.desk"
    reader = Reader()
    reading = reader.read(
        document_of("Foreign Minister Espen Barth Eide met his Chilean counterpart in Oslo on Monday.", name="a")
    )
    copies = (
        msgspec.structs.replace(
            reading,
            document=msgspec.structs.replace(reading.document, id=f"d{n}", digest=f"{n:064}", title="שלום עולם"),
            mentions=(),
        )
        for n in range(10_000)
    )
    with Book.open(path, create=True) as book:
        book.store(copies, batch=5000)
    with asked_over_http(path) as held:
        client: Any = held
        first = client.get("/r/all/documents")
        assert first.text.count("<tr>") <= 60
        assert len(first.content) < 60_000
        last = client.get("/r/all/documents?page=200")
        assert 'rel="prev"' in last.text
        assert 'rel="next"' not in last.text
        assert "<bdi>שלום עולם</bdi>" in first.text
