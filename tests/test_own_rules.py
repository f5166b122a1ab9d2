"""A user's own tables and rules: taken, marked as theirs, checked with their lines, and no code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman

SOURCE = Path(dragoman.__file__).parents[1]  # the program that is tested
PROGRAM = [sys.executable, "-m", "dragoman"]
TEXT = (
    "The foreign minister of Norway met his Peruvian counterpart in Oslo on 3 June 2025. They spoke of anchoveta"
    " quotas, the ministry said. Norway slapped a levy of 12 percent on Peruvian fishmeal, the ministry said.\n"
)
TOPICS = "phrase,topics\nanchoveta,fisheries\n"


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8", **variables}
    environment.pop("DRAGOMAN_RULES", None) if "DRAGOMAN_RULES" not in variables else None
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    made.mkdir()
    (made / "topics.csv").write_text(TOPICS, encoding="utf-8")
    (made / "engagements.toml").write_text(
        '[[rule]]\nname = "tea"\npattern = "{cue:meet} ( %fill% with )?"\nbuilds = "verb"\npriority = 99\n'
        'values = { kind = "meeting" }\n',
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return made


@pytest.mark.parametrize("way", ["before", "after", "variable"])
def test_tables_and_rules_are_read_with_and_marked_as_the_users(folder: Path, way: str) -> None:
    file = str(folder.parent / "a.txt")
    arguments = {
        "before": ["--with", str(folder), "explain", file],
        "after": ["explain", file, "--with", str(folder)],
        "variable": ["explain", file],
    }[way]
    done = run(*arguments, **({"DRAGOMAN_RULES": str(folder)} if way == "variable" else {}))
    assert done.returncode == 0, done.stderr
    assert f"with your {folder / 'topics.csv'}" in done.stdout
    assert "(yours)" in done.stdout
    assert "+ own.tea: taken" in done.stdout
    plain = run("explain", file)
    assert "own." not in plain.stdout
    assert "(yours)" not in plain.stdout
    assert "with your" not in plain.stdout


def test_documents_are_read_again_when_the_rules_change(folder: Path) -> None:
    file, book = str(folder.parent / "a.txt"), str(folder.parent / "b.desk")

    def stored(*options: str) -> dict[str, int]:
        done = run("add", file, "--book", book, "--json", *options)
        assert done.returncode == 0, done.stderr
        found: dict[str, int] = json.loads(done.stdout)["run"]["stored"]
        return found

    assert stored()["new"] == 1
    assert stored()["unchanged"] == 1
    assert stored("--with", str(folder))["reread"] == 1
    engagements = json.loads(run("engagements", "--book", book, "--json").stdout)
    assert "fisheries" in engagements[0]["topics"]
    assert "own.tea" in {ground["rule"] for ground in engagements[0]["grounds"]}
    (folder / "topics.csv").write_text(TOPICS.replace("anchoveta", "herring"), encoding="utf-8")
    assert stored("--with", str(folder))["reread"] == 1
    assert stored("--with", str(folder))["unchanged"] == 1
    assert stored()["reread"] == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("topics.csv", "phrase\nanchoveta\n", "expected the columns phrase,topics"),
        ("topics.csv", "phrase,topics\na,b\na,c\n", "line 3, entry 'a': stands twice"),
        ("topics.csv", "phrase,topics\na,b,c\n", "line 2, entry 'a': 3 cells instead of 2"),
        ("cue_verbs.csv", "lemma,classes,strength,stance,forms,also\nslap,measure_verb,9,negative,,\n", "line 2"),
        ("rumours.csv", "a,b\n", "name it one of"),
        ("rumours.toml", "", "name it one of"),
        ("engagements.toml", "[[rule]\n", "line 1"),
        ("engagements.toml", '[[rule]]\nname = "x"\npattern = "{cue:meet"\nbuilds = "verb"\n', "line 2: rule x"),
        (
            "engagements.toml",
            '[[rule]]\nname = "x"\npattern = "@party met"\nbuilds = "verb"\n',
            "line 2: rule x has no {cue",
        ),
        (
            "engagements.toml",
            '\n[[rule]]\nname = "x"\npattern = "{cue:meet}"\nbuilds = "__import__"\n',
            "line 3: rule x: builds '__import__'",
        ),
        (
            "engagements.toml",
            '[[rule]]\nname = "x"\npattern = "{cue:meet} {cake:party}"\nbuilds = "verb"\n',
            "has no slot cake",
        ),
        (
            "engagements.toml",
            '[[rule]]\nname = "x"\npattern = "{cue:meet}"\nbuilds = "verb"\nvalues = { cake = 1 }\n',
            "has no value cake",
        ),
        ("engagements.toml", '[[rule]]\nname = "x"\ncode = "1"\n', "engagements.toml"),
        (
            "engagements.toml",
            '[[rule]]\nname = "x"\npattern = "{cue:meet} ( ( @party )* )*"\nbuilds = "verb"\n',
            "a repeated group holds a gap or another repeat",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(folder: Path, name: str, content: str, says: str) -> None:
    for path in folder.iterdir():
        path.unlink()
    (folder / name).write_text(content, encoding="utf-8")
    done = run("explain", str(folder.parent / "a.txt"), "--with", str(folder))
    assert done.returncode == 1
    assert str(folder / name) in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_none(folder: Path) -> None:
    done = run("explain", str(folder.parent / "a.txt"), "--with", str(folder / "none"))
    assert done.returncode == 1
    assert "there is no such folder of rules" in done.stderr


def test_a_process_keeps_to_the_rules_that_it_began_with(folder: Path) -> None:
    program = (
        "import dragoman\n"
        f"dragoman.read({TEXT!r})\n"
        "try:\n"
        f"    dragoman.use_rules({str(folder)!r})\n"
        "except dragoman.DataError as error:\n"
        "    print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert "before anything is read" in done.stdout
