"""A person's line on a topic over time, and where its wording changed."""

import datetime
import json
from pathlib import Path

import pytest

from book_texts import document, quoted, reading
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.link.lines import line_of
from dragoman.record.comparison import Change
from dragoman.record.entries import Statement
from dragoman.record.line import LineVerdict
from dragoman.record.marks import Person
from dragoman.record.mentions import Directness

SAID = "we will keep the northern ports open to every ship that carries grain"


def said(day: int, text: str, speaker: str = "Espen Barth Eide", topic: str = "trade", strength: int = 2) -> Statement:
    return Statement(
        id=f"sta-{day}",
        text=text,
        directness=Directness.DIRECT,
        speaker=speaker,
        topics=(topic,),
        strength=strength,
        first_published=datetime.date(2025, 6, day),
    )


def test_each_statement_is_set_against_the_earlier_ones_on_its_topic() -> None:
    line = line_of(
        "Eide",
        [
            said(9, "the talks went well enough for a Tuesday", strength=2),
            said(5, SAID.replace("will", "may"), strength=1),
            said(1, SAID),
            said(7, SAID),
            said(3, "the army is ready for what may come", topic="defence"),
            said(2, SAID, speaker="Elmer Schialer"),
        ],
    )
    assert [(step.statement.id, step.verdict) for step in line] == [
        ("sta-1", LineVerdict.FIRST),
        ("sta-3", LineVerdict.FIRST),
        ("sta-5", LineVerdict.REWORDED),
        ("sta-7", LineVerdict.REWORDED),
        ("sta-9", LineVerdict.OTHER),
    ]
    assert line[2].against == "sta-1"
    assert Change("right", "may") in line[2].diff
    assert [step.strength for step in line] == [0, 0, -1, 1, 0]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("line") / "b.desk"
    eide = Person(name="Espen Barth Eide", surname="Eide", party="NOR")
    with Book.open(place, create=True) as book:
        for number, words in enumerate((SAID, SAID.replace("every ship", "any ship under a known flag")), start=1):
            held = document(f"d{number}", f"“{words},” Espen Barth Eide said.", f"2025-06-0{number}")
            book.store([reading(held, quoted(held, words, "Espen Barth Eide", 0, topics=("trade",)), people=(eide,))])
        book.link()
    return place


def test_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["statements", "--speaker", "Eide", "--topic", "trade", "--since", "2025-06-01", "--book", str(path)]
    assert exit_code(options) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert SAID in " ".join(text.split())
    assert exit_code([*options, "--json"]) == 0
    assert [step["statement"]["documents"] for step in json.loads(capsys.readouterr().out)]
    assert exit_code(["statements", "--speaker", "Schialer", "--book", str(path)]) == 0
    assert "No statements" in capsys.readouterr().err
