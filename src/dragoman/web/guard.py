"""Who may talk to the desk, and what may a page of it do?

Requests must name a host that the desk answers to, so that no other site's name can be pointed at it (DNS rebinding).
Pages may load from the desk alone; no script or style stands in a page. What changes the book must be a POST that comes
from a page of the desk, with the token that its cookie holds.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from html import escape
from ipaddress import ip_address

from dragoman.errors import extra
from dragoman.web.render import CSRF, READER

with extra("web", "the desk in the browser"):
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "dragoman_token"
ANY_ADDRESS = "*"  # among the hosts: any address of this machine, as long as it is one and no name
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# The style elements that the chart library writes, known by their hashes: of a plot, of a legend of signs, of one of colours.
CHART_STYLES = (
    "'sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM='",
    "'sha256-vnLCBQhI2E03zAY/Mp8RxBhuZSloT7+cclqIlG2t6/M='",
    "'sha256-1kPXObVh35hutZu8ThsqcFSTEzmho2VP/CTu739M1zY='",
)
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        f"style-src 'self' {' '.join(CHART_STYLES)}",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)


class GuardMiddleware:
    """Refuses foreign hosts, sets the headers, and gives each reader a token."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        held = request.cookies.get(COOKIE, "")
        fresh = not TOKEN.fullmatch(held)
        scope.setdefault("state", {})["token"] = secrets.token_urlsafe(32) if fresh else held

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *own_headers(scope, fresh=fresh)]
            await send(message)

        if not self._answers_to(host_of(request.headers.get("host", ""))):
            refused = PlainTextResponse("This desk does not answer to that host name.\n", 421)
            await refused(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _answers_to(self, host: str) -> bool:
        return host in self._hosts or (ANY_ADDRESS in self._hosts and is_address(host))


def is_address(host: str) -> bool:
    """Whether it is an address and no name; nobody can point an address elsewhere."""
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def own_headers(scope: Scope, *, fresh: bool) -> list[tuple[bytes, bytes]]:
    """The headers of every response; a cookie for who has none yet."""
    headers = list(HEADERS)
    if fresh and not scope["path"].startswith("/static/"):
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        headers.append(("set-cookie", f"{COOKIE}={scope['state']['token']}; Path=/; HttpOnly; SameSite=Strict{secure}"))
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].casefold() + "]"
    return header.partition(":")[0].casefold()


def token_of(request: Request) -> str:
    """The token of whoever asks."""
    token: str = request.state.token
    return token


def with_token(body: bytes, token: str, reader: str = "") -> bytes:
    """The page with the reader's token in its forms, and the name of who is logged in."""
    own = body.replace(CSRF.encode("ascii"), token.encode("ascii"))
    return own.replace(READER.encode("ascii"), escape(reader).encode("utf-8")) if reader else own


def is_own(request: Request, given: str) -> bool:
    """Whether a POST comes from a page of this desk, and not from another site: with the token of the session of who is
    logged in, else with the one that the cookie holds."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    held = token_of(request) if getattr(request.state, "reader", "") else request.cookies.get(COOKIE, "")
    return bool(TOKEN.fullmatch(held)) and hmac.compare_digest(held.encode(), given.encode("utf-8", "replace"))
