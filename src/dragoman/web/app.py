"""How does the desk answer a request?

Adding a page takes three things:

1. a function ``(Book, Asked) -> View`` in ``pages/``, which asks the book (with limits: a page must not grow with the
   book) and gathers what the page shows into a ``View``, or into a record of its own below it;
2. a ``Page`` with its address, in the ``PAGES`` of that module, which ``pages/__init__`` lists;
3. a template, unless ``list.html`` (a form of choices, charts, tables) will do.

The page then has an address, ``?as_of=DAY``, ``.json`` and ``.csv`` of its data, and ``.atom`` if it is a feed. Addresses are
made by ``addresses``; a template writes every one of them through ``at(...)``, so that the published desk can move them.
Pages are kept until the book changes. What changes the book is a POST with the token of ``guard``; see ``corrections``.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from importlib import resources

import msgspec

from dragoman.book import Book
from dragoman.errors import BookBusy, DragomanError, UnknownName, WrongCorrection, extra
from dragoman.web.asked import Asked, asked_of
from dragoman.web.corrections import correction_routes
from dragoman.web.desk import Desk, Kept
from dragoman.web.guard import GuardMiddleware
from dragoman.web.login import Gate, LoginMiddleware, login_routes
from dragoman.web.openapi import api_routes, trouble
from dragoman.web.pages import PAGES
from dragoman.web.pasting import paste_routes
from dragoman.web.render import Setting, csv_page, environment, feed_page, html_page, json_page
from dragoman.web.seen import SeenMiddleware, Tally, seen_routes
from dragoman.web.sending import HTML, sent
from dragoman.web.users import Role
from dragoman.web.view import Page, View

with extra("web", "the desk in the browser"):
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute, Mount, Route
    from starlette.staticfiles import StaticFiles

FORMATS = {
    "html": HTML,
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}


def create_app(
    desk: Desk, hosts: Sequence[str], routes: Sequence[BaseRoute] = (), gate: Gate | None = None
) -> Starlette:
    """The application over a desk. It answers under the given host names only; ``routes`` come before its own.

    With a ``gate`` it answers only who is logged in; without, whoever reaches it may correct the book.
    """
    setting = Setting(at=lambda path: path, tabs=tuple(page for page in PAGES if page.tab), login=gate is not None)
    tally = Tally()
    public = msgspec.structs.replace(setting, login=False)
    if gate is not None:
        routes = (*login_routes(gate), *routes)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()
        if gate is not None:
            gate.close()

    async def not_here(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        words = "There is no such page." if status == 404 else str(getattr(error, "detail", "Something went wrong."))
        if request.url.path.startswith("/api/"):
            return trouble(status, "Not found" if status == 404 else "Not possible", words)
        return error_page(status, words, public)

    async def told(request: Request, error: Exception) -> Response:
        return error_page(status_of(error), str(error), public)

    static = StaticFiles(directory=str(resources.files("dragoman.web").joinpath("static")))
    return Starlette(
        routes=[
            *routes,
            *correction_routes(desk),
            *paste_routes(desk, setting),
            *api_routes(desk),
            *seen_routes(desk, tally),
            *(route for page in PAGES for route in routes_of(page, desk, setting)),
            Mount("/static", static),
        ],
        middleware=[
            Middleware(SeenMiddleware, tally=tally),
            Middleware(GuardMiddleware, hosts=tuple(hosts)),
            *([Middleware(LoginMiddleware, gate=gate)] if gate is not None else []),
        ],
        exception_handlers={HTTPException: not_here, DragomanError: told, 500: not_here},
        lifespan=lifespan,
    )


def routes_of(page: Page, desk: Desk, setting: Setting) -> list[Route]:
    """The routes of a page: the formats first, since a key could hold their dot."""
    base = "/index" if page.path == "/" else page.path
    formats = ["json", "csv", *(["atom"] if page.feed else [])]
    made = [Route(f"{base}.{form}", Endpoint(page, form, desk, setting).answer, methods=["GET"]) for form in formats]
    return [*made, Route(page.path, Endpoint(page, "html", desk, setting).answer, methods=["GET"], name=page.name)]


class Endpoint:
    """Answers one page in one format."""

    def __init__(self, page: Page, form: str, desk: Desk, setting: Setting) -> None:
        self._page, self._form, self._desk, self._setting = page, form, desk, setting
        self.route = page.path

    async def answer(self, request: Request) -> Response:
        """The page, kept from before if the book has not changed since."""
        setting = setting_for(request, self._setting)
        address = f"{setting.editing} {self._form} {request.url.path}?{request.url.query}"
        revision = await self._desk.revision()
        kept = self._desk.kept(address, revision)
        if kept is None:
            asked = asked_for(request, self._form)
            host = f"{request.url.scheme}://{request.url.netloc}"
            kept = await self._desk.ask(lambda book: self._made(book, asked, revision, host, setting))
            self._desk.keep(address, kept)
        return sent(kept, request)

    def _made(self, book: Book, asked: Asked, revision: int, host: str, setting: Setting) -> Kept:
        view = self._page.view(book, asked)
        if view.moved:
            return Kept(revision, b"", HTML, 302, location=view.moved)
        return Kept(revision, body_of(self._form, self._page, view, asked, setting, host), FORMATS[self._form], 200)


def setting_for(request: Request, setting: Setting) -> Setting:
    """The setting of a page for who asks: a reader who may not correct sees no forms for it."""
    if getattr(request.state, "role", Role.EDITOR) is Role.EDITOR:
        return setting
    return msgspec.structs.replace(setting, editing=False)


def asked_for(request: Request, form: str) -> Asked:
    """The question of a request; its path is that of the page whatever the format."""
    path = request.url.path if form == "html" else request.url.path.removesuffix(f".{form}")
    query: Mapping[str, str] = request.query_params
    return asked_of("/" if path == "/index" else path, request.path_params, query)


def body_of(form: str, page: Page, view: View, asked: Asked, setting: Setting, host: str) -> bytes:
    """The view in a format."""
    match form:
        case "json":
            return json_page(view, asked)
        case "csv":
            return csv_page(view).encode("utf-8", "replace")
        case "atom":
            return feed_page(view, asked, host).encode("utf-8", "replace")
        case _:
            return html_page(page, view, asked, setting).encode("utf-8", "replace")


def status_of(error: Exception) -> int:
    """The HTTP status of an error of the house."""
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, WrongCorrection):
        return 400
    return 503 if isinstance(error, BookBusy) else 500


class ErrorView(View, frozen=True, kw_only=True):
    """What went wrong."""

    status: int


def error_page(status: int, words: str, setting: Setting) -> Response:
    """A page that says what is wrong and what to do."""
    view = ErrorView(title="Not found" if status == 404 else "Not possible", intro=words, status=status)
    template = environment().get_template("error.html")
    asked = Asked()
    page = Page(name="error", path="/", view=lambda book, asked: view)
    html = template.render(
        page=page, view=view, asked=asked, setting=setting, at=setting.at, asset=setting.at, query=lambda **_: "/"
    )
    return Response(html, status, media_type=HTML)
