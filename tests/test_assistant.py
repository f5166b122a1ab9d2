"""An assistant's tools, driven over standard input and output by the SDK's own client."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from dragoman.assistant.answers import Teller
from dragoman.assistant.server import server_of
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.library import add

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "us-india-2025" / "manifest.csv"
TOOLS = {
    "brief",
    "news",
    "engagements",
    "compare",
    "statements",
    "check_quotation",
    "measures",
    "commitments",
    "search",
    "entry",
    "document",
}
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("assistant") / "sample.desk"
    with Book.open(made, create=True) as book:
        add(book, [SAMPLE])
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Book]:
    with Book.open(path) as opened:
        yield opened


@pytest.fixture
def ask(path: Path) -> Ask:
    """A question to a server within this process; errors of tools are raised."""

    async def call(name: str, arguments: dict[str, object]) -> CallToolResult:
        async with Client(server_of(path)) as client:
            return await client.call_tool(name, arguments)

    def run(name: str, **arguments: object) -> dict[str, Any]:
        result = asyncio.run(call(name, arguments))
        if result.is_error or result.structured_content is None:
            raise LookupError(result.content[0].text)
        return result.structured_content

    return run


def cited(answer: object) -> Iterator[dict[str, Any]]:
    """Every place that an answer cites, at any depth."""
    if isinstance(answer, list):
        for item in answer:
            yield from cited(item)
    elif isinstance(answer, dict):
        if {"document", "words", "start", "end"} <= answer.keys():
            yield answer
        for item in answer.values():
            yield from cited(item)


def are_exact(book: Book, answer: dict[str, Any]) -> int:
    """Every cited place has the very words of its document; how many there are."""
    places = list(cited(answer))
    for place in places:
        text = book.document(place["document"]).text[place["start"] : place["end"]]
        words = " ".join(text.split())
        assert words == " ".join(place["words"].split()) or not place.get("whole", True), place
        assert place["outlet"]
        assert place["published"]
        assert "url" in place
    return len(places)


# ---------------------------------------------------------------- over stdio


def test_a_client_drives_the_command(path: Path, book: Book) -> None:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "dragoman", "mcp", "--book", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

    async def session() -> None:
        async with Client(parameters, read_timeout_seconds=60) as client:
            assert "not found" in (client.instructions or "")
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert tools.keys() == TOOLS
            assert all(
                tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools.values()
            )

            found = await client.call_tool("engagements", {"parties": ["India", "USA"], "limit": 3})
            assert found.structured_content is not None
            assert found.structured_content["total"] > 3
            assert len(found.structured_content["found"]) == 3
            assert are_exact(book, found.structured_content) >= 3

            lie = {"words": "we have agreed to abolish every tariff by next Tuesday"}
            absent = await client.call_tool("check_quotation", lie)
            assert absent.structured_content is not None
            assert absent.structured_content["verdict"] == "not found"
            assert absent.structured_content["matches"] == []
            assert json.loads(absent.content[0].text)["verdict"] == "not found"

            wrong = await client.call_tool("entry", {"entry_id": "eng-none"})
            assert wrong.is_error
            assert "lists show the ids" in wrong.content[0].text

            outside = await client.call_tool("engagements", {"parties": ["Atlantis"]})
            assert outside.is_error
            assert "such as India" in outside.content[0].text

    asyncio.run(session())


def test_the_command_says_when_there_is_no_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["mcp", "--book", str(tmp_path / "none.desk")]) == 2
    assert "dragoman add" in capsys.readouterr().err


# ---------------------------------------------------------------- the answers


def test_every_answer_carries_its_evidence(ask: Ask, book: Book) -> None:
    (call,) = [e for e in book.engagements() if e.kind == "call" and "mar28-kna" in e.documents]
    answers = [
        ask("brief", parties=["USA", "IND"]),
        ask("news", since="2025-10-01"),
        ask("engagements", person="Misri"),
        ask("compare", engagement=call.id),
        ask("statements", speaker="Goyal"),
        ask("measures", on="India"),
        ask("commitments", parties=["India"]),
        ask("search", words="market access"),
        ask("entry", entry_id=call.id[:10]),
    ]
    assert all(are_exact(book, answer) for answer in answers)
    for answer in answers[2:3] + answers[4:7]:
        assert all(found["evidence"] and found["says"] for found in answer["found"])
    compared = answers[3]
    assert {row["verdict"] for row in compared["rows"]} >= {"reworded", "one_only"}
    assert all(said["evidence"]["words"] for row in compared["rows"] for said in row["said"])


def test_a_quotation_of_the_book_is_found_with_its_place(ask: Ask, book: Book) -> None:
    statement = max((s for s in book.statements() if s.directness == "direct"), key=lambda s: len(s.text))
    words = " ".join(statement.text.split()[:12])
    answer = ask("check_quotation", words=words, speaker=statement.speaker)
    assert answer["verdict"] in ("verbatim", "shortened")
    assert answer["matches"]
    assert all(match["evidence"] for match in answer["matches"])
    assert are_exact(book, answer)
    other = ask("check_quotation", words=words, speaker="Angela Merkel")
    assert other["other_speaker"]


def test_rates_are_added_up_with_their_parts(ask: Ask) -> None:
    answer = ask("measures", on="India", as_of="2025-10-31")
    (total,) = [each for each in answer["sums"] if "US on India" in each["says"]]
    assert "25 + 25 = 50" in total["says"]
    assert set(total["parts"]) <= {found["id"] for found in answer["found"]}


def test_a_joint_account_names_all_who_issued_it(ask: Ask, book: Book) -> None:
    joint = next(readout for readout in book.readouts() if readout.joint)
    answer = ask("compare", engagement=joint.engagement)
    assert [(sorted(each["issuers"]), each["joint"]) for each in answer["accounts"]] == [
        (["AUS", "IND", "JPN", "USA"], True)
    ]
    assert sorted(answer["issuers"]) == ["AUS", "IND", "JPN", "USA"]
    assert {tuple(said["issuers"]) for row in answer["rows"] for said in row["said"]} == {tuple(answer["issuers"])}


def test_nothing_later_than_the_day_is_answered(ask: Ask) -> None:
    answer = ask("engagements", parties=["India"], as_of="2025-04-30")
    assert answer["found"]
    assert all(each["record"]["last_published"] <= "2025-04-30" for each in answer["found"])
    open_ones = ask("commitments", open_only=True)
    assert {each["record"].get("status", "open") for each in open_ones["found"]} <= {
        "open",
        "due",
        "overdue",
        "postponed",
    }


def test_a_document_is_read_page_by_page(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.assistant.answers.PAGE", 700)
    teller, start, read = Teller(book), 0, ""
    while True:
        page = teller.document("mar28-kna", start)
        read += page.text
        if page.next is None:
            break
        start = page.next
    assert read == book.document("mar28-kna").text
    assert teller.document("mar28-kna", 10**9).text == ""


def test_what_is_added_meanwhile_is_answered_with(path: Path, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(
        "---\npublished: 2025-11-03\noutlet: Fjord Post\n---\n"
        "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Oslo on 2 November 2025. The"
        " ministers agreed that the talks on fisheries should be taken up again before the end of the year.\n"
    )
    assert ask("engagements", parties=["Norway", "Peru"])["total"] == 0
    with Book.open(path) as book:
        add(book, [tmp_path / "new.txt"])
    assert ask("engagements", parties=["Norway", "Peru"])["total"] == 1


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("brief", {"parties": ["India"]}, "two parties"),
        ("engagements", {"since": "2025-02-31"}, "no day"),
        ("engagements", {"since": "yesterday"}, "pattern"),
        ("engagements", {"limit": 1000}, "100"),
        ("compare", {"engagement": "mea-"}, "mea-"),
        ("document", {"document_id": "none"}, "no such document"),
    ],
)
def test_what_a_caller_can_mend_is_told(ask: Ask, name: str, arguments: dict[str, object], says: str) -> None:
    with pytest.raises(LookupError, match=says):
        ask(name, **arguments)
