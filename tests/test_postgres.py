"""A book on a server: several writers and readers at once, a server that goes away, roles, secrets, and one schema."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from book_plans import read
from book_rows import content, rows
from book_texts import FIRST, collection, document, reading
from dragoman.book import Book
from dragoman.book.address import Address, place_of
from dragoman.book.folded import PART, folded
from dragoman.book.schema import migrations
from dragoman.cli.app import exit_code
from dragoman.errors import BookBusy, BookError, NewerBook, NotABook
from dragoman.record.corrections import Confirm
from fill_book import plans
from postgres_server import PASSWORD, Server, programs

TESTS = Path(__file__).parent
Schema = Callable[[], str]


def writer(place: str, first: int, last: int) -> subprocess.Popen[str]:
    """A process that adds some of the plans."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, str(TESTS / "postgres_writer.py"), place, str(first), str(last)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, list[str], str]:
    """The exit code of a writer, the documents that it stored, and its complaint."""
    out, err = process.communicate(timeout=120)
    return process.returncode, out.split(), err


# ---------------------------------------------------------------- at once


def test_two_processes_add_at_once_while_a_third_reads(schema: Schema, tmp_path: Path) -> None:
    place = schema()
    with Book.open(place, create=True) as reader:
        writers = [writer(place, 0, 8), writer(place, 6, 14)]
        seen = 0
        while any(each.poll() is None for each in writers):
            held = len(reader.documents())
            assert held >= seen
            seen = held
            for entry in reader.engagements():
                assert reader.entry(entry.id).mentions
        assert [finished(each)[0] for each in writers] == [0, 0]
        reader.link()
        assert reader.check() == []
        assert reader.meta.unlinked == 0
        with Book.open(tmp_path / "alone.desk", create=True) as alone:
            alone.store(read(plan) for plan in plans()[:14])
            alone.link()
            assert content(reader) == content(alone)


def test_a_writer_that_waits_too_long_is_told(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.book.postgres.PATIENCE", 0.05)
    place = schema()
    with Book.open(place, create=True) as one, Book.open(place) as other, one._backend.transaction():
        with pytest.raises(BookBusy, match="wait"):
            other.store([reading(document("new", "A new text."))])
        assert other.documents() == []
    with Book.open(place) as again:
        assert again.store([reading(document("new", "A new text."))]).new == 1


def test_what_another_connection_wrote_changes_the_revision(schema: Schema) -> None:
    place = schema()
    with Book.open(place, create=True) as one, Book.open(place) as other:
        before = one.revision
        assert one.revision == before
        other.store(collection())
        assert one.revision != before


# ---------------------------------------------------------------- a server that goes away


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for one test, which may stop it."""
    folder = programs()
    if folder is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    started = Server(folder)
    try:
        started.start()
        yield started
    finally:
        started.remove()


@pytest.mark.parametrize("at_once", [False, True], ids=["shut down", "crashed"])
def test_a_restart_in_the_middle_loses_nothing(own_server: Server, tmp_path: Path, at_once: bool) -> None:
    place = own_server.url()
    with Book.open(place, create=True) as book:
        process = writer(place, 0, 24)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(3)]
        own_server.stop(at_once=at_once)
        with pytest.raises(BookError, match="run the same command again"):
            book.documents()
        with pytest.raises(BookError, match="cannot be opened"):
            Book.open(place)
        code, more, said = finished(process)
        assert code
        assert "BookError" in said
        assert PASSWORD not in said
        own_server.start()
        assert {*acknowledged, *more} <= {info.id for info in book.documents()}
        assert book.check() == []
        assert finished(writer(place, 0, 24))[0] == 0
        with Book.open(tmp_path / "undisturbed.desk", create=True) as other:
            other.store(read(plan) for plan in plans())
            other.link()
            assert content(book) == content(other)
    assert rows(place)


# ---------------------------------------------------------------- secrets and roles


def test_a_password_is_never_printed(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "hunter2 %/"
    wrong = server.url(password="hunter2%20%25%2F")
    addresses = [
        wrong,
        wrong.replace("%25", "%zz"),
        "postgresql://desk:hunter2@127.0.0.1:1/postgres",
        "postgresql://127.0.0.1:1/postgres?password=hunter2&user=desk",
        "postgresql://desk:hunter2@[bad/postgres",
        wrong + "?nonsense=hunter2",
    ]
    for address in addresses:
        assert "hunter2" not in f"{place_of(address)} {place_of(address)!r}"
        for command in (["engagements"], ["add", str(TESTS / "nowhere")], ["check"]):
            assert exit_code([*command, "--book", address]) == 1
        told = capsys.readouterr()
        assert "hunter2" not in told.out + told.err
        assert secret not in told.err
        assert told.err.startswith("dragoman: postgresql://")
    assert Address("postgresql://u@h/d").without_secret("x password='a b' y") == "x password=… y"


def test_a_role_that_may_only_read_reads(server: Server, schema: Schema) -> None:
    place = schema()
    name = place.rpartition("%3D")[2]
    with Book.open(place, create=True) as book:
        book.store(collection())
        book.link()
        entry = book.engagements()[0]
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(
            "DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'r'; EXCEPTION WHEN duplicate_object THEN END $$"
        )
        connection.execute(f"GRANT USAGE ON SCHEMA {name} TO reader")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO reader")
    with Book.open(place.replace(f"desk:{PASSWORD}", "reader:r")) as reader:
        assert len(reader.engagements()) == 2
        assert reader.search("steel")
        assert reader.check() == []
        with pytest.raises(BookError, match=r"role may not.*docs/team\.md"):
            reader.correct(Confirm(entry.id), by="Penny", at="2025-08-01T00:00:00+00:00")


# ---------------------------------------------------------------- the schema


def columns_of_postgres(place: str) -> dict[str, list[str]]:
    sql = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "ORDER BY table_name, ordinal_position"
    )
    found: dict[str, list[str]] = {}
    with psycopg.connect(place) as connection:
        for table, column in connection.execute(sql):
            found.setdefault(table, []).append(column)
    return found


def test_both_databases_have_the_same_tables_and_columns(schema: Schema, tmp_path: Path) -> None:
    place = schema()
    Book.open(place, create=True).close()
    Book.open(tmp_path / "a.desk", create=True).close()
    connection = sqlite3.connect(tmp_path / "a.desk")
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    lite = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}
    indexes = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchone()
    connection.close()
    server = columns_of_postgres(place)
    for name in ("document_words", "entry_words"):
        assert server.pop(name) == ["number", "part", "words"]
    assert server == {name: columns for name, columns in lite.items() if "_words" not in name}
    with psycopg.connect(place) as other:
        sql = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() AND indexdef NOT LIKE '%UNIQUE%' "
        sql += "AND indexname NOT LIKE '%_words_%'"
        unique = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() AND indexname IN "
        unique += "('versions_current', 'links_standing', 'form_mentions_by_mention')"
        assert other.execute(sql).fetchone()[0] + other.execute(unique).fetchone()[0] == indexes[0]


def test_what_is_no_book_is_named(schema: Schema) -> None:
    place = schema()
    with pytest.raises(NotABook, match="dragoman add"):
        Book.open(place)
    with psycopg.connect(place) as connection:
        connection.execute("CREATE TABLE recipes (name text)")
    with pytest.raises(NotABook, match="another program"):
        Book.open(place, create=True)
    with pytest.raises(NotABook, match="not there"):
        Book.open(place + "_missing", create=True)


def test_a_newer_book_is_refused_with_the_remedy(schema: Schema) -> None:
    place = schema()
    Book.open(place, create=True).close()
    with psycopg.connect(place) as connection:
        connection.execute("UPDATE settings SET value = '999' WHERE name = 'schema'")
    with pytest.raises(NewerBook, match="pip install"):
        Book.open(place)


def test_an_interrupted_migration_is_taken_up_again(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    place = schema()
    broken = (migrations()[0], migrations()[1].replace("ALTER TABLE entries", "ALTER TABLE nowhere"))
    with monkeypatch.context() as patched:
        patched.setattr("dragoman.book.postgres.migrations", lambda: broken)
        with pytest.raises(BookError):
            Book.open(place, create=True)
    assert "corrections" not in columns_of_postgres(place)
    with Book.open(place) as book:
        book.store(collection())
        book.link()
        assert book.check() == []


# ---------------------------------------------------------------- words


def test_search_knows_neither_accents_nor_case_nor_endings(schema: Schema) -> None:
    text = "The Élysée welcomed São Tomé’s proposals; the THE tariff-free corridor was opened."
    with Book.open(schema(), create=True) as book:
        book.store([reading(document("one", text, title="A corridor"))])
        for words in ("elysee", "ELYSÉE", "sao tome", "proposal", "tariffs", '"the tariff free"', "corridors opening"):
            (hit,) = book.search(words)
            assert hit.snippet.count("\x02") == hit.snippet.count("\x03") > 0, words
        assert "\x02the THE tariff-free\x03" in book.search('"the the tariff free"')[0].snippet
        assert not book.search('"free tariff"')
        assert not book.search("Élysées Rome")


def test_a_text_longer_than_a_search_holds_is_found_whole(schema: Schema) -> None:
    begin, end = "A harbour at the beginning.", "The last pier of all."
    text = " ".join([begin, *(f"word{number}" for number in range(PART + 100)), end])
    with Book.open(schema(), create=True) as book:
        book.store([reading(document("long", text)), reading(FIRST)])
        assert [hit.id for hit in book.search(f'harbour "last pier" "word{PART - 1} word{PART}"')] == ["long"]
        assert book.check() == []


@pytest.mark.parametrize("text", ["", "İstanbul ﬁne Ⅷ Straße", "e\u0301", "a\x02b", "日本 語", "👩‍🚀 x²"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
