"""The commands as a shell user meets them: output, exit codes, errors with remedies, pipes and interrupts."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from dragoman.cli.app import dragoman as group
from dragoman.cli.app import exit_code

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025" / "manifest.csv"
PROGRAM = [sys.executable, "-c", "from dragoman.cli import main; main()"]
TEXT = (
    "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Oslo on 3 June 2025. “We will reopen"
    " the talks on fisheries,” Eide said after the meeting. The two ministers agreed to meet again in the autumn.\n"
)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the sample corpus, added by the real program."""
    path = tmp_path_factory.mktemp("sample") / "sample.desk"
    done = run("add", str(SAMPLE), "--book", str(path), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["run"]["stored"] == {"new": 24, "versions": 1, "reread": 0, "unchanged": 0}
    assert report["book"]["documents"] == 24
    return path


def test_a_second_run_adds_nothing(book: Path) -> None:
    before = json.loads(run("add", str(SAMPLE), "--book", str(book), "--json").stdout)
    assert before["run"]["stored"]["new"] == before["run"]["stored"]["versions"] == 0
    assert before["run"]["stored"]["unchanged"] == 25
    assert before["run"]["entries_changed"] == 0


@pytest.mark.parametrize("command", ["engagements", "statements", "people", "documents"])
def test_lists_fit_the_width_and_have_their_json(book: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code([command, "--book", str(book)]) == 0
    text = capsys.readouterr().out
    assert all(cell_len(line) <= 80 for line in text.split("\n"))
    assert exit_code([command, "--book", str(book), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert isinstance(listed, list)
    assert bool(text) == bool(listed)


def test_columns_are_respected(book: Path) -> None:
    wide = run("documents", "--book", str(book), COLUMNS="140").stdout
    narrow = run("documents", "--book", str(book), COLUMNS="60").stdout
    assert max(map(len, narrow.splitlines())) <= 60 < max(map(len, wide.splitlines())) <= 140


@pytest.mark.parametrize("names", [("USA", "IND"), ("India", "United States"), ("indian", "us")])
def test_a_brief_takes_names_and_codes(book: Path, names: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["--book", str(book), "brief", *names]) == 0
    assert "INDIA" in capsys.readouterr().out.upper()


def test_a_brief_has_its_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["brief", "USA", "IND", "--as-of", "2025-04-30", "--book", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2025-04-30"


def test_show_finds_documents_and_entries(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["people", "--person", "Misri", "--book", str(book), "--json"]) == 0
    person = json.loads(capsys.readouterr().out)[0]
    assert exit_code(["show", person["id"][:10], "--book", str(book)]) == 0
    shown = capsys.readouterr().out
    assert "Misri" in shown
    assert "⟦" in shown  # the evidence is highlighted in its surroundings
    assert exit_code(["show", "mar28-state", "--book", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["info"]["id"] == "mar28-state"


def test_search_marks_the_words(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["search", "market", "access", "--book", str(book)]) == 0
    assert "⟦market⟧" in capsys.readouterr().out
    assert exit_code(["search", '"; DROP TABLE', "--book", str(book)]) == 0


def test_filters_narrow(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--since", "2025-05-01", "--until", "2025-05-31", "--book", str(book), "--json"]
    assert exit_code(["documents", *options]) == 0
    days = [document["published"]["start"] for document in json.loads(capsys.readouterr().out)]
    assert days
    assert all("2025-05-01" <= day <= "2025-05-31" for day in days)


def test_check_finds_the_book_sound(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["check", "--book", str(book)]) == 0
    assert "sound" in capsys.readouterr().out


def test_explain_reads_a_file_without_a_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert exit_code(["explain", str(path), "--published", "2025-06-04"]) == 0
    assert "3 June 2025" in capsys.readouterr().out
    assert exit_code(["explain", str(path), "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert [TEXT[s["span"][0] : s["span"][1]] for s in explained["sentences"]] == [
        s["text"] for s in explained["sentences"]
    ]
    assert any(mark["mark"]["mark"] == "time" for s in explained["sentences"] for mark in s["marks"])


def test_export_writes_the_folder(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["export", "jsonl", str(tmp_path / "out"), "--book", str(book)]) == 0
    lines = (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert "mar28-mea" in {json.loads(line)["id"] for line in lines}
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["brief", "USA", "Atlantis"], 2, "Atlantis"),
        (["brief", "USA"], 2, "two parties"),
        (["show", "eng-none"], 2, "eng-none"),
        (["documents", "--since", "yesterday"], 2, "YYYY-MM-DD"),
        (["documents", "--limit", "0"], 2, "--limit"),
        (["rumours"], 2, "rumours"),
        (["explain", "/nowhere/a.txt"], 1, "does not exist"),
        (["add"], 2, "PATHS"),
    ],
)
def test_errors_name_the_input_and_keep_quiet_about_the_rest(
    book: Path,
    arguments: list[str],
    code: int,
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DRAGOMAN_BOOK", str(book))
    assert exit_code(arguments) == code
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.out == ""


def test_a_missing_book_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("engagements", "--book", str(tmp_path / "none.desk"))
    assert done.returncode == 2
    assert "dragoman add" in done.stderr
    assert not (tmp_path / "none.desk").exists()


def test_what_is_no_book_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.desk"
    path.write_text("These are my notes.")
    for command in (["engagements"], ["add", str(SAMPLE)]):
        done = run(*command, "--book", str(path))
        assert done.returncode == 1
        assert "notes.desk" in done.stderr
        assert "Traceback" not in done.stderr
    assert path.read_text() == "These are my notes."


def test_a_newer_book_is_left_alone(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "newer.desk"
    path.write_bytes(book.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    done = run("documents", "--book", str(path))
    assert done.returncode == 1
    assert "newer" in done.stderr


def test_bad_input_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"abc\x00\x01\x02" * 100)
    (tmp_path / "german.txt").write_text(
        "Der Außenminister hat am Montag in Berlin seinen Amtskollegen empfangen. Beide sprachen über die Lage im Nahen"
        " Osten und über die Sanktionen, die im Juni beschlossen werden sollen.",
        encoding="utf-8",
    )
    (tmp_path / "broken.html").write_text("<html><body><div><p")
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "manifest.csv").write_text(
        "path,published\ngood.txt,2025-06-04\nnone.txt,2025-06-04\nempty.txt,31 Feb\n"
    )
    done = run("add", str(tmp_path), "--book", str(tmp_path / "b.desk"))
    assert done.returncode == 1
    assert "1 new" in done.stdout
    for name in ("none.txt", "line 4", "binary.txt", "german.txt", "broken.html", "long.txt"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert run("check", "--book", str(tmp_path / "b.desk")).returncode == 0


def test_a_reader_that_goes_away_is_no_error(book: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "documents", "--json", "--book", str(book)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_ctrl_c_keeps_what_was_stored(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text(f"Note {number}. " + TEXT * 30, encoding="utf-8")
    path = tmp_path / "b.desk"
    with subprocess.Popen(
        [*PROGRAM, "add", str(tmp_path), "--book", str(path), "--workers", "1"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        deadline = time.monotonic() + 60
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        error = process.stderr.read()
        assert process.wait(60) == 130
    assert "Traceback" not in error
    assert "interrupted" in error
    assert exit_code(["check", "--book", str(path)]) == 0


def test_every_command_has_help_and_the_first_is_the_one_to_begin_with() -> None:
    assert next(iter(group.commands)) == "add"
    assert all(command.help for command in group.commands.values())
