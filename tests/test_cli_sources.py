"""``dragoman add`` from standard input and the web, and ``dragoman watch``, as a shell runs them."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman import Book
from dragoman.cli.app import dragoman
from test_read_web import STORY, page, rss
from web_server import Handler, Site, serving

TEXT = (
    "Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo on Tuesday, the Norwegian ministry said.\n"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def run(book: Path, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(dragoman, [*arguments, "--book", str(book)], input=given, catch_exceptions=False)


def documents(book: Path) -> list[tuple[str, str | None, int]]:
    with Book.open(book) as opened:
        return [(each.id, str(each.published.day), each.versions) for each in opened.documents()]


def test_a_text_on_standard_input_is_stored_once(tmp_path: Path) -> None:
    book = tmp_path / "b.desk"
    stated = ("--published", "2025-06-03", "--url", "https://mfa.example/a", "--issuer", "Norway", "--kind", "readout")
    assert run(book, "add", "-", *stated, given=TEXT).exit_code == 0
    assert documents(book) == [("https://mfa.example/a", "2025-06-03", 1)]
    for _ in range(2):
        assert run(book, "add", "-", given=f"{TEXT}And so on.").exit_code == 0
    assert len(documents(book)) == 2


def test_lines_of_json_on_standard_input_are_documents(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"id": f"d{n}", "text": f"{TEXT}Note {n}.", "published": "2025-06-03"}) + "\n" for n in range(3)
    )
    assert run(tmp_path / "b.desk", "add", "-", given=lines).exit_code == 0
    assert [each for each, _, _ in documents(tmp_path / "b.desk")] == ["d0", "d1", "d2"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--published", "soon"), "no date"), (("--kind", "rumour"), "rumour"), (("--url", "x.y"), "one document")],
)
def test_wrong_statements_are_usage_errors(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run(tmp_path / "b.desk", "add", str(tmp_path), *arguments)
    assert (result.exit_code, says in result.output) == (2, True)


def test_a_page_is_added_from_its_address_and_an_edit_is_a_version(tmp_path: Path, site: Site) -> None:
    book = tmp_path / "b.desk"
    site.pages["/a"] = page(head='<meta property="article:published_time" content="2025-06-03">')
    refused = run(book, "add", f"{site.at}/a")
    assert "--allow-private" in refused.output
    assert not documents(book)
    assert run(book, "add", f"{site.at}/a", "--allow-private").exit_code == 0
    site.pages["/a"] = page(story=STORY.replace("close", "very close"), head='<meta name="date" content="2025-06-03">')
    assert run(book, "add", f"{site.at}/a", "--allow-private").exit_code == 0
    assert documents(book) == [(f"{site.at}/a", "2025-06-03", 2)]


def test_the_library_fetches_a_page_when_it_is_asked_to(tmp_path: Path, site: Site) -> None:
    site.pages["/a"] = page(head='<meta property="article:published_time" content="2025-06-03">')
    with Book.open(tmp_path / "b.desk", create=True) as book:
        for allowed in ({}, {"fetch": True}):
            assert [refused.name for refused in book.add([f"{site.at}/a"], **allowed).refused] == [f"{site.at}/a"]
        assert book.add([f"{site.at}/a"], fetch=True, allow_private=True).stored.new == 1
        assert [info.id for info in book.documents()] == [f"{site.at}/a"]


def watching(folder: Path, site: Site) -> Path:
    path = folder / "feeds.toml"
    path.write_text(
        f"look_again = '0s'\npause = '0s'\nrobots = false\nallow_private = true\n[[feed]]\nurl = '{site.at}/feed'\n"
        f"[tell]\nfile = '{folder / 'changes.txt'}'\nwebhook = '{site.at}/hook'\n"
    )
    return path


def test_a_watch_adds_what_is_new_sees_edits_and_tells(tmp_path: Path, site: Site) -> None:
    book, feeds = tmp_path / "b.desk", watching(tmp_path, site)
    site.pages.update({"/feed": rss(site, ["/a"], "Tue, 03 Jun 2025 09:00:00 GMT"), "/a": page()})
    first = run(book, "watch", str(feeds), "--once")
    assert (first.exit_code, "1 new, 0 new versions" in first.output) == (0, True)
    assert documents(book) == [(f"{site.at}/a", "2025-06-03", 1)]
    assert "1 new documents" in (tmp_path / "changes.txt").read_text()
    assert len(site.posted) == 1
    site.pages["/a"] = page(story=STORY.replace("close", "very close"))
    second = run(book, "watch", str(feeds), "--once")
    assert "0 new, 1 new versions" in second.output
    assert documents(book)[0][2] == 2
    third = run(book, "watch", str(feeds), "--once")
    assert "0 new, 0 new versions" in third.output
    assert len(site.posted) == 2


def test_what_could_not_be_sent_goes_out_with_the_next_round_once(tmp_path: Path, site: Site) -> None:
    book, feeds = tmp_path / "b.desk", watching(tmp_path, site)
    site.pages.update({"/feed": rss(site, ["/a"]), "/a": page()})
    site.post_status = 500
    assert "could not be sent by webhook" in run(book, "watch", str(feeds), "--once").output
    site.post_status = 204
    run(book, "watch", str(feeds), "--once")
    run(book, "watch", str(feeds), "--once")
    assert len(site.posted) == 2
    assert (tmp_path / "changes.txt").read_text().count("new documents") == 1


def test_a_watch_that_was_killed_before_it_remembered_adds_nothing_twice(tmp_path: Path, site: Site) -> None:
    book, feeds = tmp_path / "b.desk", watching(tmp_path, site)
    site.pages.update({"/feed": rss(site, ["/a"]), "/a": page()})
    run(book, "watch", str(feeds), "--once")
    (tmp_path / "b.desk.watch.json").unlink()
    assert "0 new, 0 new versions, 1 unchanged" in run(book, "watch", str(feeds), "--once").output


def test_a_watch_that_is_killed_in_the_middle_is_completed_by_the_next(tmp_path: Path, site: Site) -> None:
    book, feeds = tmp_path / "b.desk", watching(tmp_path, site)
    paths = [f"/{number}" for number in range(6)]
    site.pages.update({path: page(f"Round {path[1:]} of the talks") for path in paths})
    site.pages["/feed"] = rss(site, paths)
    reached, go_on = threading.Event(), threading.Event()

    def holding(handler: Handler) -> None:
        reached.set()
        go_on.wait(20)
        handler.page(page("Round 3 of the talks"))

    site.pages["/3"] = holding
    command = [sys.executable, "-m", "dragoman", "watch", str(feeds), "--once", "--book", str(book)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert reached.wait(60)
    process.kill()
    process.wait(20)
    go_on.set()
    assert run(book, "watch", str(feeds), "--once").exit_code == 0
    assert len(documents(book)) == 6
    with Book.open(book) as opened:
        assert not opened.check()
