"""How does the desk become files that any web host or file share shows? Every page that a link leads to, with relative links.

The pages are those of the desk, made by the same functions and templates, without what needs a server: forms, feeds, the check of
quotations, days of choice. A link with a filter is followed from the page itself; filters of filters lead to the whole list.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from dragoman.book import Book
from dragoman.errors import DragomanError, UnknownName, extra
from dragoman.record.entries import EntryKind
from dragoman.web.addresses import of_document, of_entry
from dragoman.web.asked import Asked, asked_of
from dragoman.web.pages import PAGES
from dragoman.web.pages.common import KINDS
from dragoman.web.render import Setting, csv_page, html_page, json_page
from dragoman.web.view import Page, View
from dragoman.web.words_index import Found, WordsIndex, found_in

with extra("web", "the desk in the browser"):
    from starlette.routing import compile_path

LEFT_OUT = frozenset({"search", "quote", "corrections", "add"})
UNSAFE = re.compile(r"[^A-Za-z0-9._~-]")
LONGEST = 150  # characters of a file's name
DATA = (".json", ".csv")
MARK = "published.json"  # stands in a folder that was published, which may be replaced


class NotPublished(DragomanError):
    """The desk cannot be written there."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was written."""

    folder: str
    pages: int
    files: int
    indexed: int


def publish(book: Book, out: Path, *, replace: bool = False) -> Published:
    """Write the desk into a folder, which gets its name when it is whole.

    Raises NotPublished when something else than an earlier publication is there, or that and ``replace`` is not given.
    """
    taken = out.is_file() or (out.is_dir() and any(out.iterdir()))
    if taken and not (replace and (out / MARK).is_file()):
        raise NotPublished(f"{out}: something is there; name another folder, or --replace an earlier publication")
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    site = Site(book, part)
    made = site.write()
    old = out.with_name(f"{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)  # whoever stops this now leaves a whole desk in either name
    part.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return msgspec.structs.replace(made, folder=str(out))


class Site:
    """The pages that are still to be written, and the names of all."""

    def __init__(self, book: Book, folder: Path) -> None:
        self._book, self._folder = book, folder
        self._names: dict[str, str] = {}  # address -> file
        self._taken: set[str] = {"search.html"}
        self._open: deque[str] = deque()
        self._routes = [(page, compile_path(page.path)[0]) for page in PAGES if page.name not in LEFT_OUT]
        self._tabs = tuple(page for page in PAGES if page.tab)
        self._files = 0

    def write(self) -> Published:
        """Write everything."""
        index = WordsIndex()
        for each in self._everything():
            index.add(msgspec.structs.replace(each, path=self.name_of(each.path)))
        self.name_of("/")
        pages = 0
        while self._open:
            self._write_page(self._open.popleft())
            pages += 1
        self._search_page()
        for name, text in index.files():
            self._put(name, text)
        static = resources.files("dragoman.web").joinpath("static")
        with resources.as_file(static) as held:
            shutil.copytree(held, self._folder / "static")
        self._put(MARK, msgspec.json.encode({"pages": pages, "indexed": index.number}).decode())
        return Published(folder="", pages=pages + 1, files=self._files, indexed=index.number)

    def name_of(self, address: str) -> str:
        """The file of an address; a new one is to be written."""
        if address not in self._names:
            name = file_name(address)
            if name.casefold() in self._taken:  # two ids that a file share would not tell apart
                name = f"{name.removesuffix('.html')}~{hashlib.sha256(address.encode()).hexdigest()[:10]}.html"
            self._taken.add(name.casefold())
            self._names[address] = name
            self._open.append(address)
        return self._names[address]

    def at(self, own: str) -> Callable[[str], str]:
        """What turns the addresses on a page into relative links."""
        folder = posixpath.dirname(self._names.get(own, "search.html"))

        def moved(path: str) -> str:
            if not path.startswith("/"):
                return path
            address, _, place = path.partition("#")
            target = posixpath.relpath(self._target(address, own), folder or ".")
            return f"{target}#{place}" if place else target

        return moved

    def _target(self, address: str, own: str) -> str:
        whole = urlsplit(address)
        if whole.path.startswith("/static/"):
            return whole.path.removeprefix("/")
        if whole.path == "/search":
            return "search.html"
        if whole.path.endswith(DATA):
            bare, _, form = whole.path.rpartition(".")
            return f"{self.name_of('/' if bare == '/index' else bare).removesuffix('.html')}.{form}"
        return self.name_of(address if is_near(address, own) else whole.path)

    def _everything(self) -> Iterator[Found]:
        """All documents and entries, to be found by their words."""
        for info in self._book.documents():
            yield found_in(self._book.document(info.id), of_document(info.id))
        for kind in EntryKind:
            for entry in getattr(self._book, KINDS[kind])():
                yield found_in(entry, of_entry(entry.id))

    def _write_page(self, address: str) -> None:
        whole, name = urlsplit(address), self._names[address]
        page, parts = self._route(whole.path)
        setting = Setting(at=self.at(address), tabs=self._tabs, editing=False, published=True)
        asked = asked_of(whole.path, parts, dict(parse_qsl(whole.query)))
        try:
            view = page.view(self._book, asked)
        except UnknownName as error:
            page, view = missing(str(error))
        if view.moved:
            page, view = onward(view.moved)
        shown = msgspec.structs.replace(
            view,
            charts=tuple(msgspec.structs.replace(each, data=with_links(each.data, setting.at)) for each in view.charts),
        )
        self._put(name, html_page(msgspec.structs.replace(page, feed=False), shown, asked, setting))
        if not whole.query:
            bare = name.removesuffix(".html")
            self._put(f"{bare}.json", json_page(view, asked).decode())
            self._put(f"{bare}.csv", csv_page(view))

    def _route(self, path: str) -> tuple[Page, dict[str, str]]:
        for page, pattern in self._routes:
            found = pattern.match(path)
            if found:
                return page, found.groupdict()
        return missing(f"{path}: this page needs the desk itself, dragoman serve")[0], {}

    def _search_page(self) -> None:
        setting = Setting(at=self.at("/search"), tabs=self._tabs, editing=False, published=True)
        page = Page(
            name="search",
            path="/search",
            view=lambda book, asked: View(title="Search"),
            template="published_search.html",
        )
        self._put("search.html", html_page(page, View(title="Search"), Asked(path="/search"), setting))

    def _put(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
        self._files += 1


def file_name(address: str) -> str:
    """The file of an address, whose signs every file system knows."""
    whole = urlsplit(address)
    parts = [part for part in whole.path.split("/") if part] or ["index"]
    if whole.query:
        parts[-1] += f"~{whole.query}"
    return "/".join(part_name(part) for part in parts) + ".html"


def part_name(part: str) -> str:
    """One part of a file's name; a long one is cut, and kept apart from others by its hash."""
    coded = UNSAFE.sub(lambda sign: "".join(f"~{byte:02X}" for byte in sign[0].encode("utf-8", "replace")), part)
    if len(coded) <= LONGEST:
        return coded
    return f"{coded[:LONGEST]}~{hashlib.sha256(part.encode('utf-8', 'replace')).hexdigest()[:10]}"


def is_near(address: str, own: str) -> bool:
    """Whether a link with a query is followed from a page: from one without, and from page to page of one list."""
    there, here = urlsplit(address), urlsplit(own)
    if not there.query or not here.query:
        return True
    ours, theirs = (dict(parse_qsl(each.query)) for each in (here, there))
    ours.pop("page", None)
    theirs.pop("page", None)
    return there.path == here.path and ours == theirs


def with_links(data: Any, at: Callable[[str], str]) -> Any:
    """The data of a chart, whose ``path`` leads to the files."""
    return linked(msgspec.to_builtins(data, enc_hook=str), at)


def linked(data: Any, at: Callable[[str], str]) -> Any:
    """Any value within the data."""
    if isinstance(data, dict):
        return {
            key: at(value) if key == "path" and isinstance(value, str) and value else linked(value, at)
            for key, value in data.items()
        }
    return [linked(each, at) for each in data] if isinstance(data, list) else data


def missing(words: str) -> tuple[Page, View]:
    """The page of an address that leads to nothing."""
    view = View(title="Not found", intro=words)
    return Page(name="error", path="/", view=lambda book, asked: view, template="error.html"), view


def onward(path: str) -> tuple[Page, View]:
    """The page of an address that now means another."""
    view = MovedView(title="Moved", to=path)
    return Page(name="moved", path="/", view=lambda book, asked: view, template="moved.html"), view


class MovedView(View, frozen=True, kw_only=True):
    """Where it is now."""

    to: str
