"""What does whoever runs a desk see of it? Health, readiness, OpenMetrics, and a line in the log for each request.

A line has who asked, from where, for which path, and how it ended; never a query, a cookie or a header, where secrets stand.
"""

from __future__ import annotations

import logging
import time
from collections import Counter

from dragoman.errors import DragomanError, extra
from dragoman.record.entries import BookMeta
from dragoman.web.desk import Desk
from dragoman.web.users import Role

with extra("web", "the desk in the browser"):
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Route
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("dragoman.web.access")
OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconds


class Tally:
    """Requests and their times by route, since the server began. Counted by one thread, the one that serves."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.times: dict[str, list[int]] = {}
        self.seconds: Counter[str] = Counter()

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request."""
        self.requests[route, method, status] += 1
        held = self.times.setdefault(route, [0] * (len(BOUNDS) + 1))
        held[sum(seconds > bound for bound in BOUNDS)] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]


class SeenMiddleware:
    """Counts and logs each request, refused ones too."""

    def __init__(self, app: ASGIApp, tally: Tally) -> None:
        self._app, self._tally = app, tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), [500]

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status[0], time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
        self._tally.count(route_of(scope), method, status, seconds)
        client = scope.get("client")
        LOG.info(
            "request",
            extra={
                "method": method,
                "path": scope["path"],
                "status": status,
                "seconds": round(seconds, 4),
                "client": client[0] if client else "",
                "reader": str(scope.get("state", {}).get("reader", "")),
            },
        )


def route_of(scope: Scope) -> str:
    """The address of a request as the program knows it: never what a reader wrote, so that there are only so many."""
    owner = getattr(scope.get("endpoint"), "__self__", None)
    return str(getattr(owner, "route", "static" if scope["path"].startswith("/static/") else "other"))


def seen_routes(desk: Desk, tally: Tally) -> list[Route]:
    """Health (the process answers), readiness (the book answers), and the metrics."""

    async def health(request: Request) -> Response:
        return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})

    async def ready(request: Request) -> Response:
        try:
            await desk.revision()
        except (DragomanError, OSError):
            return PlainTextResponse("the book does not answer\n", 503, headers={"cache-control": "no-store"})
        return PlainTextResponse("ready\n", headers={"cache-control": "no-store"})

    async def metrics(request: Request) -> Response:
        if getattr(request.state, "role", Role.EDITOR) is not Role.EDITOR:
            return PlainTextResponse("The metrics are for editors.\n", 403)
        text = metrics_text(tally, await desk.ask(lambda book: book.meta), await desk.revision())
        return Response(text, media_type=OPEN_METRICS, headers={"cache-control": "no-store"})

    return [Route("/healthz", health), Route("/readyz", ready), Route("/metrics", metrics)]


def metrics_text(tally: Tally, meta: BookMeta, revision: int) -> str:
    """Everything in OpenMetrics."""
    lines = ["# TYPE dragoman_requests counter", "# HELP dragoman_requests Requests by route, method and status."]
    for (route, method, status), number in sorted(tally.requests.items()):
        lines.append(f'dragoman_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}')
    lines += ["# TYPE dragoman_request_seconds histogram", "# UNIT dragoman_request_seconds seconds"]
    for route, counts in sorted(tally.times.items()):
        for place, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            lines.append(f'dragoman_request_seconds_bucket{{route="{route}",le="{bound}"}} {sum(counts[: place + 1])}')
        lines.append(f'dragoman_request_seconds_count{{route="{route}"}} {sum(counts)}')
        lines.append(f'dragoman_request_seconds_sum{{route="{route}"}} {tally.seconds[route]:.6f}')
    held = {"revision": revision, "documents": meta.documents, "entries": meta.entries, "unlinked": meta.unlinked}
    for name, number in held.items():
        lines += [f"# TYPE dragoman_book_{name} gauge", f"dragoman_book_{name} {number}"]
    return "\n".join([*lines, "# EOF"]) + "\n"
