"""A desk with users, a clock that a test moves, and the ways in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

READER, EDITOR, PASSWORD = "ruth", "edith", "a long enough pass phrase"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def with_users(folder: Path) -> Path:
    """A file with a reader and an editor."""
    from dragoman.web.users import Role, Users, new_user, save_users

    place = folder / "users"
    reader, editor = new_user(READER, Role.READER, PASSWORD), new_user(EDITOR, Role.EDITOR, PASSWORD)
    save_users(place, Users(users=(editor, reader)))
    return place


@contextmanager
def guarded(book: Path, users: Path, clock: Clock, scheme: str = "http") -> Iterator[Any]:
    """A client that is not logged in."""
    pytest.importorskip("starlette")
    pytest.importorskip("httpx")
    from starlette.testclient import TestClient

    from dragoman.web.app import create_app
    from dragoman.web.desk import Desk
    from dragoman.web.login import Gate

    app = create_app(Desk(book), ("desk.test",), gate=Gate(users, clock))
    with TestClient(app, base_url=f"{scheme}://desk.test", follow_redirects=False) as client:
        client.headers["accept"] = "text/html"
        yield client


def token_in(client: Any, page: str = "/login") -> str:
    found = TOKEN.search(client.get(page).text)
    assert found, page
    return found[1]


def log_in(client: Any, name: str, password: str = PASSWORD, to: str = "/") -> Any:
    return client.post("/login", data={"token": token_in(client), "name": name, "password": password, "next": to})
