"""How does what was made once go to each who asks? With this reader's signs in it, and not at all when it is known already."""

from __future__ import annotations

import hashlib

from dragoman.errors import extra
from dragoman.web.desk import Kept
from dragoman.web.guard import token_of, with_token

with extra("web", "the desk in the browser"):
    from starlette.requests import Request
    from starlette.responses import RedirectResponse, Response

HTML = "text/html; charset=utf-8"


def sent(kept: Kept, request: Request) -> Response:
    """The response: not modified, moved, or the body with this reader's token in its forms."""
    if kept.location:
        return RedirectResponse(kept.location, kept.status)
    reader = getattr(request.state, "reader", "")
    body = with_token(kept.body, token_of(request), reader) if kept.media == HTML else kept.body
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, kept.status, media_type=kept.media, headers=headers)
