"""How does one get into a desk that others can reach? A login page, sessions, roles; scripts and feed readers by HTTP Basic.

Nothing but the login page, its style and the two endpoints of health is answered without a session. A reader's requests may
only read; that is held here, before any page or form sees the request.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from dragoman.errors import extra
from dragoman.web.corrections import own_form, text
from dragoman.web.guard import token_of, with_token
from dragoman.web.render import environment
from dragoman.web.sessions import Attempts, Session, Sessions
from dragoman.web.users import LONGEST, NOBODY, Role, User, Users, WrongUsers, is_right, load_users

with extra("web", "the desk in the browser"):
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
    from starlette.routing import Route
    from starlette.types import ASGIApp, Receive, Scope, Send

LOG = logging.getLogger(__name__)
COOKIE = "dragoman_session"
OPEN = ("/login", "/healthz", "/readyz")
READING = ("GET", "HEAD")
BASIC_LIFE = 600.0  # seconds for which a right HTTP Basic header is not hashed again
NOT_PAGES = (".json", ".csv", ".atom")


class Gate:
    """The users of a desk, as their file says at the moment, and their sessions."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self.sessions, self.attempts = Sessions(clock), Attempts(clock)
        self._users, self._seen = Users(), (0, 0, 0)
        self._hashing = ThreadPoolExecutor(1, thread_name_prefix="login")  # one hash at a time takes 32 MiB at most

    def user(self, name: str) -> User | None:
        """The user of that name; nobody while the file cannot be used."""
        try:
            found = self.path.stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen != self._seen:
                self._users, self._seen = load_users(self.path), seen
        except (OSError, WrongUsers) as error:
            LOG.error("the users cannot be read", extra={"reason": str(error)})
            return None
        return self._users.find(name)

    def session(self, request: Request) -> Session | None:
        """The session of a request's cookie."""
        secret = request.cookies.get(COOKIE, "")
        return self.sessions.find(secret, self.user) if secret else None

    async def verified(self, name: str, password: str, address: str) -> User | float:
        """The user, if the password is right; else the seconds to wait before the next attempt, 0 for none."""
        wait = self.attempts.admit(name, address)
        if wait:
            LOG.warning("too many logins", extra={"client": address})
            return wait
        user = self.user(name)
        kept = user.password if user else NOBODY
        given = password[:LONGEST]
        right = await asyncio.get_running_loop().run_in_executor(self._hashing, is_right, given, kept)
        if user and right and len(password) <= LONGEST:
            self.attempts.forgive(name, address)
            return user
        LOG.warning("a login failed", extra={"client": address, "reader": user.name if user else ""})
        return 0.0

    async def basic(self, request: Request) -> Session | float | None:
        """The session of an HTTP Basic header; it lets one read only."""
        header = request.headers.get("authorization", "")
        scheme, _, given = header.partition(" ")
        if scheme.casefold() != "basic" or request.method not in READING:
            return None
        held = self.sessions.find(header, self.user)
        if held is not None:
            return held
        try:
            name, _, password = base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        found = await self.verified(name, password, address_of(request))
        if not isinstance(found, User):
            return found or None
        self.sessions.hold(header, found, BASIC_LIFE)
        return self.sessions.find(header, self.user)

    def close(self) -> None:
        """End its thread."""
        self._hashing.shutdown()


class LoginMiddleware:
    """Lets through who is logged in, as far as the role goes; ``request.state`` says who it is."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        session = self._gate.session(request) or await self._gate.basic(request)
        refusal = refused(request, session)
        if refusal is None and isinstance(session, Session):
            scope["state"].update(reader=session.user.name, role=session.user.role, token=session.token)
            await self._app(scope, receive, send)
        elif refusal is not None:
            await refusal(scope, receive, send)


def refused(request: Request, session: Session | float | None) -> Response | None:
    """The answer to who may not do this; None for who may."""
    if isinstance(session, float):
        return PlainTextResponse("Too many attempts.\n", 429, headers={"retry-after": str(int(session) + 1)})
    if session is None:
        return unknown(request)
    if request.method in READING or session.user.role is Role.EDITOR or request.url.path == "/logout":
        return None
    return PlainTextResponse("A reader cannot change the book; ask who runs this desk for the role of editor.\n", 403)


def unknown(request: Request) -> Response:
    """The answer to who is not logged in: browsers are led to the login page, others asked for a name and password."""
    path = request.url.path
    page = "text/html" in request.headers.get("accept", "") and not path.endswith(NOT_PAGES)
    if request.method in READING and page:
        asked = f"{path}?{request.url.query}" if request.url.query else path
        return RedirectResponse(f"/login?{urlencode({'next': asked})}", 303, headers={"cache-control": "no-store"})
    headers = {"www-authenticate": 'Basic realm="Dragoman", charset="UTF-8"'} if request.method in READING else {}
    return PlainTextResponse("Log in first.\n", 401, headers=headers)


def login_routes(gate: Gate) -> list[Route]:
    """The login page, and the way out."""

    async def ask(request: Request) -> Response:
        return login_page(request, onward(request.query_params.get("next", "/")))

    async def login(request: Request) -> Response:
        form = await own_form(request)
        name, password, to = text(form, "name"), form.get("password"), onward(text(form, "next"))
        given = password if isinstance(password, str) else ""
        found = await gate.verified(name, given, address_of(request))
        if not isinstance(found, User):
            return login_page(request, to, name, found)
        gate.sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(to, 303)
        answer.set_cookie(
            COOKIE, gate.sessions.begin(found), httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        LOG.info("a login", extra={"reader": found.name, "client": address_of(request)})
        return answer

    async def logout(request: Request) -> Response:
        await own_form(request)
        gate.sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    return [
        Route("/login", ask, methods=["GET"]),
        Route("/login", login, methods=["POST"]),
        Route("/logout", logout, methods=["POST"]),
    ]


def login_page(request: Request, to: str, name: str = "", wait: float | None = None) -> Response:
    """The form; after a failure with what went wrong, the same words whichever of the two was wrong."""
    wrong = ""
    if wait is not None:
        minutes = int(wait // 60) + 1
        wrong = f"Too many attempts. Try again in {minutes} min." if wait else "The name or the password is wrong."
    html = environment().get_template("login.html").render(to=to, name=name, wrong=wrong)
    status = 200 if wait is None else 429 if wait else 401
    headers = {"cache-control": "no-store", **({"retry-after": str(int(wait) + 1)} if wait else {})}
    return HTMLResponse(with_token(html.encode("utf-8", "replace"), token_of(request)), status, headers=headers)


def onward(to: str) -> str:
    """Where to go after the login: a path of this desk; anything that a browser could take for another place is "/"."""
    plain = to.isprintable() and to.isascii() and "\\" not in to
    if not plain or not to.startswith("/") or to.startswith("//"):
        return "/"
    whole = urlsplit(to)
    return to if not whole.scheme and not whole.netloc and whole.path not in ("/login", "/logout") else "/"


def address_of(request: Request) -> str:
    """The address of who asks."""
    return request.client.host if request.client else ""
