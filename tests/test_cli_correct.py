"""``dragoman correct``: each act by its command, listed, exported, applied and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from book_texts import collection
from dragoman.book import Book
from dragoman.cli.app import dragoman


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_USER", "Espen")
    made = tmp_path / "a.desk"
    with Book.open(made, create=True) as book:
        book.store(collection())
        book.link()
    return made


def run(path: Path, *arguments: str) -> str:
    """What a command prints."""
    return CliRunner().invoke(dragoman, ["--book", str(path), *arguments], catch_exceptions=False).output


def ids(path: Path, name: str) -> list[str]:
    return [entry["id"] for entry in json.loads(run(path, name, "--json"))]


def test_every_act_has_its_command(path: Path) -> None:
    one, other = ids(path, "engagements")
    assert "by Espen" in run(path, "correct", "confirm", one)
    run(path, "correct", "reject", ids(path, "figures")[0], "--by", "Penny", "--why", "of another year")
    assert ids(path, "figures") == []
    run(path, "correct", "edit", one, "--set", "place=Oslo", "--set", "duration=")
    assert "Oslo" in run(path, "engagements")
    run(path, "correct", "split", one, "--document", "second")
    assert len(ids(path, "engagements")) == 3
    run(path, "correct", "merge", one, other)
    assert len(ids(path, "engagements")) == 2
    run(
        path, "correct", "add", "third", "--kind", "engagement", "--text", "agreed to meet again",
        "--set", "kind=call", "--set", "status=planned", "--set", "parties=USA,GBR", "--set", "when=2025-09",
    )  # fmt: skip
    assert len(ids(path, "engagements")) == 3
    listed = run(path, "correct", "list")
    assert all(word in listed for word in ("confirm", "reject", "of another year", "edit", "split", "merge", "add"))


def test_show_says_what_was_decided(path: Path) -> None:
    figure = ids(path, "figures")[0]
    run(path, "correct", "reject", figure, "--why", "of another year")
    shown = run(path, "show", figure)
    assert "rejected by Espen on" in shown
    assert "of another year" in shown


def test_undo_and_the_list(path: Path) -> None:
    one = ids(path, "engagements")[0]
    made = json.loads(run(path, "correct", "reject", one, "--json"))
    run(path, "correct", "undo", made["id"], "--why", "my mistake")
    assert one in ids(path, "engagements")
    assert "my mistake" in run(path, "correct", "list", "--standing", "revoked")
    assert "No corrections" in run(path, "correct", "list", "--standing", "applies")


def test_export_and_apply(path: Path, tmp_path: Path) -> None:
    run(path, "correct", "reject", ids(path, "figures")[0])
    out = tmp_path / "corrections.jsonl"
    assert "1 corrections" in run(path, "correct", "export", str(out))
    other = tmp_path / "b.desk"
    with Book.open(other, create=True) as book:
        book.store(collection())
        book.link()
    assert "1 new" in run(other, "correct", "apply", str(out))
    assert "1 known already" in run(other, "correct", "apply", str(out))
    assert ids(other, "figures") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("edit", "ONE", "--set", "place"), "FIELD=VALUE"),
        (("add", "third", "--kind", "incident", "--text", "nowhere"), "0 times"),
        (("add", "third", "--kind", "incident", "--span", "a"), "START:END"),
        (("confirm", "eng-nothing"), "no such entry"),
        (("undo", "cor-nothing"), "no such correction"),
    ],
)
def test_what_cannot_be_is_named(path: Path, arguments: tuple[str, ...], said: str) -> None:
    one = ids(path, "engagements")[0]
    result = CliRunner().invoke(
        dragoman, ["--book", str(path), "correct", *(one if each == "ONE" else each for each in arguments)]
    )
    assert said in str(result.exception)
