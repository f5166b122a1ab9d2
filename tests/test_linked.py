"""What belongs to a track of negotiation: rounds of its parties, and tariffs between them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.book import Book
from dragoman.cli.app import dragoman
from dragoman.library import add
from dragoman.record.entries import EVERYTHING
from dragoman.show.linked import linked

TEXTS = {
    "talks": "The third round of trade talks between Chile and Indonesia was held in Jakarta on 5 May 2025.",
    "duty": "Chile has imposed a 12 percent tariff on Indonesian palm oil. Chile and Indonesia are close to a trade deal.",
    "others": "Chile and Peru held the second round of border talks in Lima on 6 May 2025.",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(f"---\ndate: 2025-05-08\n---\n{text}\n", encoding="utf-8")
    with Book.open(folder / "tracks.desk", create=True) as book:
        add(book, [folder / f"{name}.txt" for name in TEXTS])
    return folder / "tracks.desk"


def test_a_track_has_the_rounds_of_its_parties_and_the_tariffs_between_them(path: Path) -> None:
    with Book.open(path) as book:
        held = {track.parties: linked(book, track, EVERYTHING) for track in book.negotiations()}
    trade, border = held["CHL", "IDN"], held["CHL", "PER"]
    assert [each.place for each in trade.rounds] == ["Jakarta"]
    assert [(each.imposer, each.rate) for each in trade.measures] == [("CHL", 12.0)]
    assert (len(border.rounds), border.measures) == (1, ())


def test_the_command_shows_them_below_the_track(path: Path) -> None:
    shown = CliRunner().invoke(dragoman, ["--book", str(path), "negotiations", "--party", "IDN"]).output
    assert "Jakarta" in shown
    assert "12%" in shown
    assert "Lima" not in shown
