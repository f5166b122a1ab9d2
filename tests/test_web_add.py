"""A text gets from the clipboard into the book through the desk, by editors only, and what cannot be read is said in the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_book import asked_over_http
from desk_users import EDITOR, READER, Clock, guarded, log_in, token_in, with_users
from dragoman.book import Book
from dragoman.record.entries import Filter

TEXT = (
    "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Oslo on Tuesday.\r\n\r\n"
    "“We will reopen the talks on fisheries,” Eide said after the meeting."
)
FACTS = {"published": "2025-06-04", "outlet": "Fjord Post", "title": "Talks on fisheries", "url": "", "kind": ""}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "pasted.desk"
    Book.open(made, create=True).close()
    return made


@pytest.fixture
def client(path: Path) -> Iterator[Any]:
    with asked_over_http(path) as client:
        yield client


def paste(client: Any, words: str = TEXT, **facts: str) -> Any:
    form = {"token": token_in(client, "/add"), "words": words, **FACTS, **facts}
    return client.post("/add", data=form, follow_redirects=False)


def test_a_pasted_text_is_read_linked_and_shown(client: Any, path: Path) -> None:
    answer = paste(client)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"])
    assert "<bdi>Talks on fisheries</bdi>" in page.text
    with Book.open(path) as book:
        (info,) = book.documents()
        assert (info.outlet, info.title, str(info.published.day)) == ("Fjord Post", "Talks on fisheries", "2025-06-04")
        (meeting,) = book.engagements(Filter(parties=("NOR", "PER")))
        assert str(meeting.when.start) == "2025-06-03"
        assert book.check() == []
    assert "Oslo" in client.get("/r/NOR-PER/engagements").text


def test_the_same_paste_is_stored_once_and_one_of_the_same_headline_is_another(client: Any, path: Path) -> None:
    paste(client)
    paste(client)
    paste(client, TEXT.replace("Oslo", "Lima"))
    with Book.open(path) as book:
        assert [info.versions for info in book.documents()] == [1, 1]


def test_a_paste_of_a_known_address_is_a_new_version(client: Any, path: Path) -> None:
    for words in (TEXT, TEXT.replace("fisheries", "fisheries and salmon")):
        paste(client, words, url="https://mfa.example.org/talks")
    with Book.open(path) as book:
        assert [(info.id, info.versions) for info in book.documents()] == [("https://mfa.example.org/talks", 2)]


def test_a_pasted_page_is_read_as_a_page(client: Any, path: Path) -> None:
    story = "".join(f"<p>{part}</p>" for part in TEXT.split("\r\n\r\n"))
    menu = "<nav><a href='/'>Our shop</a></nav>"
    paste(client, f"<!doctype html><html><body>{menu}<article>{story}</article></body></html>", title="")
    with Book.open(path) as book:
        (info,) = book.documents()
        document = book.document(info.id)
        assert "<p>" not in document.text
        assert [mark.span.of(document.text) for mark in document.boilerplate] == ["Our shop"]


@pytest.mark.parametrize(
    ("words", "facts", "says"),
    [
        ("", {}, "empty"),
        (TEXT, {"published": "next Tuesday or so"}, "published"),
        (TEXT, {"url": "no address"}, "is no url"),
        (TEXT, {"kind": "sonnet"}, "is no kind of document"),
        (TEXT, {"issuer": "Nowhereland"}, "Nowhereland"),
        ("Die Außenminister trafen sich am Dienstag in Oslo und sprachen über die Fischerei. " * 9, {}, "English"),
        ("word " * 70_000, {}, "add the file"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_form_and_not_lost(
    client: Any, path: Path, words: str, facts: dict[str, str], says: str
) -> None:
    answer = paste(client, words, **facts)
    assert answer.status_code == 400
    assert says in answer.text
    assert words.strip()[:60] in answer.text
    for value in facts.values():
        assert value in answer.text
    with Book.open(path) as book:
        assert not book.documents()


def test_a_form_from_elsewhere_is_refused(client: Any, path: Path) -> None:
    assert client.post("/add", data={"words": TEXT, "token": "x" * 43}).status_code == 403
    with Book.open(path) as book:
        assert not book.documents()


def test_words_of_a_paste_are_never_markup(client: Any) -> None:
    answer = paste(client, "<script>alert(1)</script>", title="<script>alert(2)</script>")
    assert "<script>alert" not in answer.text


def test_a_reader_sees_no_form_and_cannot_add(path: Path, tmp_path: Path) -> None:
    with guarded(path, with_users(tmp_path), Clock()) as client:
        log_in(client, READER)
        assert "<textarea" not in client.get("/add").text
        form = {"token": token_in(client, "/"), "words": TEXT}
        assert client.post("/add", data=form).status_code == 403
    with guarded(path, with_users(tmp_path), Clock()) as client:
        log_in(client, EDITOR)
        assert paste(client).status_code == 303
