"""What is counted in an account: every item by its exact words."""

import json
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.library import add
from dragoman.link.contents import contents_of
from dragoman.record.contents import ContentKind
from dragoman.record.entries import Engagement, EntryParticipant, EntryPoint, ReadoutEntry
from dragoman.record.mentions import EngagementKind, Status
from dragoman.record.span import Span

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025"
TALK = Engagement(
    kind=EngagementKind.MEETING,
    status=Status.HELD,
    parties=("ISL", "NOR"),
    participants=(
        EntryParticipant(name="Espen Barth Eide", party="NOR"),
        EntryParticipant(name="Þorgerður Katrín Gunnarsdóttir", party="ISL"),
    ),
)
OFFSET = 100


def counted(text: str, raised_by: str | None = None) -> list[tuple[ContentKind, str]]:
    point = EntryPoint(text=text, document="d", span=Span(OFFSET, OFFSET + len(text)), raised_by=raised_by)
    found = contents_of(ReadoutEntry(id="r", issuer="NOR", points=(point,)), TALK)
    for item in found.items:
        start, end = item.span.start - OFFSET, item.span.end - OFFSET
        assert text[start:end] == item.text
    return [(item.kind, item.text) for item in found.items]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("He thanked Iceland for its help at sea, warmly.", ContentKind.THANKS, "thanked Iceland for its help at sea"),
        ("She expressed condolences on the avalanche.", ContentKind.CONDOLENCES, "condolences on the avalanche"),
        ("He requested more pilots.", ContentKind.REQUESTS, "requested more pilots"),
        ("They looked forward to the spring.", ContentKind.NEXT_STEPS, "looked forward"),
        ("Both spoke of 40 trawlers.", ContentKind.NUMBERS, "40 trawlers"),
        ("They want a treaty by the end of 2026.", ContentKind.DEADLINES, "by the end of 2026"),
        ("They want a reply within 30 days.", ContentKind.DEADLINES, "within 30 days"),
        ("They spoke of Canada.", ContentKind.THIRD_PARTIES, "Canada"),
        ("They want peace in the Indo-Pacific.", ContentKind.NAMES, "Indo-Pacific"),
        ("They had a candid and useful exchange.", ContentKind.ATMOSPHERE, "candid"),
    ],
)
def test_what_is_counted(text: str, kind: ContentKind, words: str) -> None:
    assert (kind, words) in counted(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway and Iceland were content.", ContentKind.THIRD_PARTIES),
        ("The frank admission cost him votes.", ContentKind.ATMOSPHERE),
        ("They stood by the old quay.", ContentKind.DEADLINES),
        ("They spoke of two trawlers.", ContentKind.NUMBERS),
    ],
)
def test_what_is_not_counted(text: str, kind: ContentKind) -> None:
    assert kind not in {found for found, _ in counted(text)}


def test_only_the_other_sides_promise_is_one_that_is_reported_for_it() -> None:
    text = "Ms. Gunnarsdóttir agreed to open two ports, and smiled."
    promise = (ContentKind.COMMITMENTS_OF_OTHER, "agreed to open two ports")
    assert promise in counted(text, "Þorgerður Katrín Gunnarsdóttir")
    assert promise in counted(text, "ISL")
    assert promise not in counted(text, "Espen Barth Eide")
    assert promise not in counted(text, "both")


def test_compare_shows_the_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Book.open(tmp_path / "b.desk", create=True) as book:
        add(book, [SAMPLE / name for name in ("mar28-state.txt", "mar28-mea.txt")])
        engagement = next(e.id for e in book.engagements() if e.readouts)
    assert exit_code(["compare", engagement, "--book", str(tmp_path / "b.desk")]) == 0
    text = capsys.readouterr().out
    assert "COUNTED" in text
    assert max(map(len, text.splitlines())) <= 80
    assert exit_code(["compare", engagement, "--book", str(tmp_path / "b.desk"), "--json"]) == 0
    contents = json.loads(capsys.readouterr().out)["contents"]
    assert {item["kind"] for account in contents for item in account["items"]} <= set(ContentKind)
    assert any(account["items"] for account in contents)
