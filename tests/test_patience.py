"""A document that takes too long is left out with its reason, and the others are read."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.library import add, reader
from dragoman.read import patience as limits
from dragoman.read.patience import OutOfPatience, patience

SHORT = "Foreign Minister Espen Barth Eide met his Chilean counterpart in Oslo on Monday, the ministry said.\n"


def test_an_expression_that_runs_away_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", 0.05)
    with pytest.raises(OutOfPatience, match="processor time"), patience(0):
        re.match("(a+)+$", "a" * 60 + "b")


def test_what_is_done_in_time_is_left_alone_and_the_timer_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", 0.05)
    with patience(0):
        pass
    sum(number for number in range(5_000_000))  # longer than the limit, outside


def test_another_thread_is_not_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", 0.0)
    ended = []

    def work() -> None:
        with patience(0):
            ended.append(sum(range(1000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [499500]


def test_a_text_beyond_its_time_is_named_and_the_others_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader()  # what is loaded once is no text's fault
    (tmp_path / "a.txt").write_text(SHORT)
    (tmp_path / "b.txt").write_text(SHORT * 6000)
    (tmp_path / "c.txt").write_text(SHORT.replace("Chilean", "Peruvian"))
    monkeypatch.setattr(limits, "LEAST", 1.0)
    monkeypatch.setattr(limits, "A_MILLION", 0.0)
    with Book.open(tmp_path / "a.desk", create=True) as book:
        report = add(book, [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")])
        assert [Path(each.name).name for each in report.refused] == ["b.txt"]
        assert "processor time" in report.refused[0].reason
        assert len(book.documents()) == 2
        assert report.steps.keys() >= {"segment", "mark", "engagements", "statements"}
