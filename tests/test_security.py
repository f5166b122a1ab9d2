"""Attempts to get in: by words that a terminal obeys, by the database, by files, by what the source itself might run.

``docs/threats.md`` is the map; what other tests try is named there.
"""

from __future__ import annotations

import ast
import json
import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.cli.logs import begin_logs
from dragoman.cli.output import discreet, warn, write, write_json
from dragoman.errors import BookError
from dragoman.library import add
from dragoman.record.entries import Filter

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "dragoman"
MODULES = {path.relative_to(HOUSE).as_posix(): ast.parse(path.read_text("utf-8")) for path in HOUSE.rglob("*.py")}

RUNS_CODE = {"eval", "exec", "compile", "__import__", "execfile", "breakpoint"}
RUNS_DATA = {
    "pickle",
    "cPickle",
    "marshal",
    "shelve",
    "dill",
    "joblib",
    "cloudpickle",
    "yaml",
    "subprocess",
    "pty",
    "code",
}
STARTS_PROGRAMS = {"system", "popen", "spawnl", "spawnv", "execv", "execvp", "execl", "posix_spawn"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize("name", MODULES)
def test_no_source_runs_what_it_reads(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & RUNS_DATA, name
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").partition(".")[0] not in RUNS_DATA, name
    for call in calls(MODULES[name]):
        if isinstance(call.func, ast.Name):
            assert call.func.id not in RUNS_CODE, f"{name}:{call.lineno}"
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "os":
            assert call.func.attr not in STARTS_PROGRAMS, f"{name}:{call.lineno}"
        for keyword in call.keywords:
            allowed = keyword.arg not in ("shell", "allow_pickle") or ast.unparse(keyword.value) == "False"
            assert allowed, f"{name}:{call.lineno}"


# What may stand in the text of a statement: names of the schema and pieces of SQL that the program itself holds, and numbers that
# ``int`` has made. A value never does; a new expression is looked at and added here.
IN_STATEMENTS = {
    "APPLICATION_ID", "COLUMNS", "CORRECTION_COLUMNS", "DOCUMENTS_LATEST if wanted.latest else DOCUMENTS_IN_ORDER",
    "DOCUMENT_COLUMNS", "DOCUMENT_TABLES", "chosen", "MANY", "RULE", "SENTENCE", "SETTLED", "VERSION_COLUMNS", "asked.source", "asked.sql",
    "changes", "column", "columns", "held", "int(wanted.limit)", "int(wanted.offset)", "key", "kind", "marks", "name", "names",
    "number", "order", "order_by(kind, latest=wanted.latest)", "query", "self.name", "table", "where", "words_of(table)",
    "'v.digest = ?' if digest else 'v.current = 1'", "' INTERSECT '.join([each] * len(asked))", "', '.join('?' * len(part))",
    "', '.join(columns)", "', '.join(names)", "', '.join(self.columns)", "', '.join(self.key)",
}  # fmt: skip
STATEMENT = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE|DROP|ATTACH|WHERE|JOIN|ORDER BY|LIMIT|VALUES)\b"
)
RUN_STATEMENTS = {"rows", "run", "insert", "run_many", "each", "execute", "executemany", "executescript"}


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("book/")))
def test_values_are_bound_and_never_written_into_a_statement(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if STATEMENT.search(text):
                put = {ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)}
                assert put <= IN_STATEMENTS, f"{name}:{node.lineno}: {put - IN_STATEMENTS}"
    for call in calls(MODULES[name]):
        if isinstance(call.func, ast.Attribute) and call.func.attr in RUN_STATEMENTS and call.args:
            formed = isinstance(call.args[0], ast.BinOp) and isinstance(call.args[0].op, ast.Mod)
            assert not formed, f"{name}:{call.lineno}: a statement is made with %"


def test_only_the_book_opens_databases() -> None:
    opened = {
        name for name, tree in MODULES.items() for call in calls(tree) if ast.unparse(call.func) == "sqlite3.connect"
    }
    assert opened
    assert all(name.startswith("book/") for name in opened), opened


HOSTILE_TITLE = "Talks \x1b[2J\x1b]0;owned\x07\x9b31m\u202egnihton\u2066 end"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A book with a text whose facts and words would steer a terminal, a page, a statement."""
    text = (
        "Foreign Minister Espen Barth Eide met his Peruvian counterpart \x1b[31mElmer Schialer\x1b[0m in Oslo on Tuesday. "
        "“Nothing \u202eis agreed\u202c; DROP TABLE entries; --” Eide said. <script>alert(1)</script>\n"
    )
    (tmp_path / "oslo.txt").write_text(text, encoding="utf-8")
    manifest = f'path,id,outlet,title,published\noslo.txt,"o\'; DROP TABLE documents; --",=cmd(),"{HOSTILE_TITLE}",2025-06-04\n'
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    path = tmp_path / "oslo.desk"
    with Book.open(path, create=True) as book:
        add(book, [tmp_path / "manifest.csv"])
        assert len(book.documents()) == 1
    return path


STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "command",
    [
        ("documents",), ("documents", "--json"), ("brief", "NOR", "PER"), ("brief", "NOR", "PER", "--json"), ("statements",),
        ("engagements",), ("search", "Oslo"), ("search", "Oslo", "--json"), ("show", "o'; DROP TABLE documents; --"),
        ("quotes", "--check", "Nothing \u202eis agreed"), ("changes", "--since", "2025-01-01"), ("check",),
    ],
)  # fmt: skip
def test_words_of_others_do_not_steer_the_terminal(
    command: tuple[str, ...], hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code([*command, "--book", str(hostile)]) == 0
    shown = capsys.readouterr()
    assert shown.out.strip()
    assert not STEERING.search(shown.out + shown.err)


def test_an_error_that_names_a_hostile_file_is_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a\x1b[2Jb\u202e.pdf").write_bytes(b"no pdf")
    exit_code(["add", str(tmp_path), "--book", str(tmp_path / "b.desk")])
    shown = capsys.readouterr().err
    assert "a [2Jb" in shown
    assert not STEERING.search(shown)


def test_json_for_the_terminal_keeps_every_sign(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    write_json({"title": HOSTILE_TITLE})
    shown = capsys.readouterr().out
    assert not STEERING.search(shown)
    assert json.loads(shown) == {"title": HOSTILE_TITLE}


def test_a_highlight_cannot_be_faked(capsys: pytest.CaptureFixture[str]) -> None:
    write("a \x1b[1;7m b\n")
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("message", "secret"),
    [
        ("https://feeds.example.org/rss?token=s3cret&x=1: it answers 401", "s3cret"),
        ("https://example.org/f?x=1&api_key=s3cret is not read", "s3cret"),
        ("https://example.org/f?access_token=s3cret#top", "s3cret"),
        ("https://example.org/f?X-Amz-Signature=s3cret", "s3cret"),
        ("postgresql://desk:s3cret@db.example.org/book: no server", "s3cret"),
        ("https://user:s3c@ret@example.org/", "s3c@ret"),
    ],
)
def test_keys_and_passwords_do_not_stand_in_a_message(
    message: str, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    warn(message)
    assert secret not in capsys.readouterr().err
    assert "example.org" in discreet(message)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_key_in_an_address_stands_in_no_log(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    begin_logs(verbose=True, form=form)
    try:
        logging.getLogger("dragoman.library").info(
            "read", extra={"document": "https://example.org/f?api_key=s3cret&x=1", "mentions": 3}
        )
    finally:
        logging.getLogger("dragoman").handlers = []
        logging.getLogger("dragoman").propagate = True
    told = capsys.readouterr().err
    assert "s3cret" not in told
    assert "example.org" in told
    if form == "json":
        assert json.loads(told)["mentions"] == 3


def test_a_message_without_a_secret_is_left_as_it_is() -> None:
    message = "https://example.org/a?tokens=3&page=2: it answers 404; see a:b@c and keynote=x"
    assert discreet(message) in (message, message.replace("tokens=3", "tokens=…"))


def test_the_log_beside_a_book_is_the_owners_alone(hostile: Path) -> None:
    with Book.open(hostile) as book:
        book.documents(Filter())
        with sqlite3.connect(hostile) as other:
            other.execute("CREATE TABLE IF NOT EXISTS unseen (x)")
            files = [path for path in hostile.parent.glob("oslo.desk*") if path.is_file()]
            assert len(files) > 1
            assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_tampered_book_is_found_out(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(hostile) as other:
        other.execute("UPDATE versions SET text = replace(text, 'Oslo', 'Lima')")
    assert exit_code(["check", "--book", str(hostile)]) == 1
    assert "is not the one that was stored" in capsys.readouterr().out


def test_a_trigger_in_a_book_of_others_reaches_no_file(hostile: Path, tmp_path: Path) -> None:
    with sqlite3.connect(hostile) as other:
        reaching = "CREATE TRIGGER own AFTER UPDATE ON settings BEGIN SELECT load_extension('/nowhere/own.so'); END"
        other.execute(reaching)
    with Book.open(hostile) as book:
        # SQLite itself keeps a trigger from loading anything; what else it may not call depends on this setting alone
        assert list(book._backend.rows("PRAGMA trusted_schema")) == [(0,)]
        with pytest.raises(BookError, match=r"not authorized|unsafe use"):
            book._backend.run("UPDATE settings SET value = value")


def test_a_member_of_an_archive_is_written_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "news.zip", "w") as archive:
        for name in ("../../outside.txt", "/outside.txt", "..\\..\\outside.txt"):
            archive.writestr(name, "Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo on Tuesday.")
    before = set(tmp_path.rglob("*"))
    with Book.open(folder / "b.desk", create=True) as book:
        add(book, [folder / "news.zip"])
        assert book.documents()
    assert {path for path in tmp_path.rglob("*") if not path.name.startswith("b.desk")} == before
