"""The desk as files: every link in them leads to a file, and a plain file server is enough for real Chromium to read and search."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from desk_book import sample_book
from dragoman.book import Book

pytest.importorskip("starlette")

from dragoman.web.publish import NotPublished, file_name, publish

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    with Book.open(sample_book(folder)) as book:
        made = publish(book, folder / "site")
    assert made.pages > 300
    return folder / "site"


class Links(HTMLParser):
    """The links of a page, and the places in it that a link may name."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.methods: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.links += [str(held[name]) for name in ("href", "src", "action") if held.get(name)]
        self.places.add(str(held.get("id")))
        if tag == "form":
            self.methods.append(str(held.get("method")))


def links_of(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_no_link_is_broken(site: Path) -> None:
    pages = {page: links_of(page) for page in site.rglob("*.html")}
    broken = set()
    for page, found in pages.items():
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                broken.add(f"{page.relative_to(site)}: {link}")
    assert not sorted(broken)[:10]


def test_no_link_is_absolute_and_no_form_is_sent(site: Path) -> None:
    for page in site.rglob("*.html"):
        found = links_of(page)
        assert not [link for link in found.links if link.startswith("/")], page
        assert "post" not in found.methods, page
        assert "@@" not in page.read_text(encoding="utf-8"), page


def test_everything_is_there(site: Path, tmp_path: Path) -> None:
    with Book.open(sample_book(tmp_path)) as book:
        for info in book.documents():
            assert (site / file_name(f"/d/{info.id}")).is_file()
        for entry in book.engagements():
            assert (site / f"e/{entry.id}.html").is_file()
            assert (site / f"e/{entry.id}.json").is_file()


def test_only_an_earlier_publication_is_replaced(site: Path, tmp_path: Path) -> None:
    with Book.open(sample_book(tmp_path)) as book:
        with pytest.raises(NotPublished, match="something is there"):
            publish(book, site)
        other = tmp_path / "other"
        other.mkdir()
        (other / "letter.txt").write_text("mine")
        with pytest.raises(NotPublished):
            publish(book, other, replace=True)
    assert (other / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "address", ["/e/" + "x" * 900, "/r/all/documents?page=2", "/d/a~2Fb~20c", "/d/..", "/d/?x=../../y"]
)
def test_a_files_name_stays_in_the_folder_and_short(address: str) -> None:
    name = file_name(address)
    assert all(len(part) < 200 for part in name.split("/"))
    assert not {"..", ""} & set(name.removesuffix(".html").split("/")) or address == "/d/.."
    assert "?" not in name


@contextlib.contextmanager
def file_server(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(5)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium package")
@pytest.mark.parametrize("how", ["file server", "file share"])
def test_a_reader_searches_and_reads(site: Path, how: str) -> None:
    driver = pytest.importorskip("playwright.sync_api")
    complaints: list[str] = []
    with file_server(site) as served, driver.sync_playwright() as playwright:
        base = served if how == "file server" else site.resolve().as_uri()
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page: Any = browser.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith((base, "data:")) else complaints.append(asked.url)
        )
        page.goto(f"{base}/index.html")
        page.locator("#find").fill("Landau congratulated")
        page.keyboard.press("Enter")
        page.locator("#found a").first.click()
        assert "Landau" in page.inner_text("main")
        page.goto(f"{base}/r/USA-IND.html")
        page.locator(".drawn svg a").first.wait_for(state="attached")
        link = page.locator(".drawn svg a").first
        path = link.get_attribute("href") or link.get_attribute("xlink:href")
        assert path.startswith("../e/")
        page.goto(f"{base}/r/{path}")
        assert page.locator("article.evidence mark").count() >= 1
        browser.close()
    assert not complaints
