"""The sample corpus, read as a user would read it, gives the book that a careful reader would keep."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.book import Book
from dragoman.library import add
from dragoman.record.entries import Engagement, Filter
from dragoman.show.brief import brief
from dragoman.show.brief_text import brief_text

CORPUS = Path(__file__).parent.parent / "examples" / "us-india-2025"
EXPECTED: dict[str, Any] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
PAIR = ("IND", "USA")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    made = Book.open(tmp_path_factory.mktemp("sample") / "sample.desk", create=True)
    report = add(made, [CORPUS / "manifest.csv"], workers=1)
    assert not report.refused
    return made


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def interval(item: dict[str, Any]) -> tuple[str, str] | None:
    return (item["start"], item["end"] or item["start"]) if item["start"] else None


def is_found(expected: dict[str, Any], entry: Engagement) -> bool:
    """The same parties, in a text that both name, and days that meet."""
    if len(set(expected["parties"]) & set(entry.parties)) < 2 or not set(expected["documents"]) & set(entry.documents):
        return False
    days = interval(expected)
    if days is None or entry.when.start is None or entry.when.end is None:
        return days is None and not entry.when.known
    return entry.when.start.isoformat() <= days[1] and days[0] <= entry.when.end.isoformat()


def test_most_engagements_of_the_record_are_found(book: Book) -> None:
    entries = book.engagements()
    found = [e for e in EXPECTED["engagements"] if any(is_found(e, entry) for entry in entries)]
    assert len(found) >= 27, sorted(e["id"] for e in EXPECTED["engagements"] if e not in found)


def test_most_quotations_have_their_speaker(book: Book) -> None:
    said: dict[str, list[tuple[str, str]]] = {}
    for document in book.documents():
        for evidence in book.mentions(document.id):
            speaker = getattr(evidence.mention, "speaker", None)
            if speaker:
                said.setdefault(document.id, []).append((words(" ".join(evidence.wordings)), words(speaker)))
    right = [
        item
        for item in EXPECTED["statements"]
        if any(
            words(item["quote"]) in wording and words(item["speaker"].split(";")[0]).split()[-1] in speaker
            for wording, speaker in said.get(item["doc"], [])
        )
    ]
    assert len(right) >= 0.7 * len(EXPECTED["statements"]), [
        s["quote"] for s in EXPECTED["statements"] if s not in right
    ]


def test_a_wire_copy_is_no_second_origin(book: Book) -> None:
    origins = [set(origin.documents) for origin in book.origins()]
    assert [{"mar28-kna", "mar29-yamuna"}] == origins


def test_the_silently_edited_release_has_two_versions(book: Book) -> None:
    assert [version.current for version in book.versions("may28-state")] == [False, True]


def test_the_call_of_28_march_has_both_accounts(book: Book) -> None:
    day = datetime.date(2025, 3, 28)
    (call,) = book.engagements(Filter(parties=PAIR, since=day, until=day, kind="call"))
    assert {"mar28-kna", "mar28-mea", "mar28-state"} <= set(call.documents)
    assert {r.issuer for r in book.readouts() if r.engagement == call.id} == set(PAIR)


def test_before_may_the_book_knows_nothing_of_may(book: Book) -> None:
    day = datetime.date(2025, 4, 30)
    state = brief(book, PAIR, as_of=day)
    assert state.documents
    assert all(d.published.day and d.published.day <= day for d in state.documents)
    assert all(e.last_published and e.last_published <= day for e in state.held)


def test_the_brief_keeps_to_eighty_columns_and_shows_every_ledger(book: Book) -> None:
    text = brief_text(brief(book, PAIR), 80)
    assert max(map(len, text.splitlines())) <= 80
    for title in ("ENGAGEMENTS", "THE ACCOUNTS", "SAID, WORD FOR WORD", "MEASURES", "NEGOTIATIONS", "COMMITMENTS"):
        assert title in text
    assert "not discussed" not in text


TWISTS = {
    "a conflict of figures": r"trade in goods and services, 2024.*about \$212bn.*about \$129 billion",
    "a deadline that passed": r"aiming for an interim trade deal before July 9.*?overdue",
    "a target that slipped": r"target [^;]*9 Jul 2025 \(said 23 May 2025\), then 1 Aug 2025 \(said 18 Jul 2025\)",
    "a promise kept": r"sign this year a new ten-year framework for their defence partnership” – met",
    "a round put off": r"sixth round in the second half of August” – postponed",
    "an invitation still open": r"invited his counterpart to visit India at an early date” – open",
    "a claim repeated after its denial": r"denied by India \(18 Jun 2025\); repeated by Donald Trump \(26 Aug 2025\)",
    "a meeting that was only claimed": r"CALLED OFF, OR ONLY CLAIMED.*?\(denied\)",
    "rates that stack and agree with a total": r"25 \+ 25 = 50 percent.*?stated total 50 agrees",
}


@pytest.mark.parametrize("twist", TWISTS)
def test_the_brief_shows_each_twist_of_the_record(book: Book, twist: str) -> None:
    shown = " ".join(brief_text(brief(book, PAIR), 400).split())
    assert re.search(TWISTS[twist], shown), twist
