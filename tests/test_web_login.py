"""Trying to get into a desk that has users: each test is one way in, and one that a user should have."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_book import sample_book
from desk_users import EDITOR, PASSWORD, READER, Clock, guarded, log_in, token_in, with_users
from dragoman.book import Book

pytest.importorskip("starlette")

from dragoman.web.login import COOKIE, onward
from dragoman.web.serve import NotServed, Serving, gate_of
from dragoman.web.sessions import IDLE, LIFE, PER_PAIR, WINDOW, Attempts
from dragoman.web.users import NOBODY, Role, Users, WrongUsers, load_users, new_user, save_users


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_book(tmp_path_factory.mktemp("desk"))


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a hash stands in it; what is tested here does not hang on it."""
    monkeypatch.setattr("dragoman.web.users.COST", 2**4)
    monkeypatch.setattr("dragoman.web.users.PASSES", 1)
    monkeypatch.setattr("dragoman.web.login.NOBODY", NOBODY.replace(f"${2**15}$8$3$", "$16$8$1$"))


@pytest.fixture
def users(tmp_path: Path) -> Path:
    return with_users(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(book: Path, users: Path, clock: Clock) -> Iterator[Any]:
    with guarded(book, users, clock) as client:
        yield client


def an_entry(book: Path) -> str:
    with Book.open(book) as held:
        return held.engagements()[0].id


def confirm(client: Any, book: Path, token: str) -> Any:
    return client.post("/correct", data={"token": token, "act": "confirm", "entry": an_entry(book)})


def number_of_corrections(book: Path) -> int:
    with Book.open(book) as held:
        return len(held.corrections())


# ------------------------------------------------------------------ without a session


@pytest.mark.parametrize("path", ["/", "/r/USA-IND?as_of=2025-05-01", "/d/may28-state", "/search?q=trade", "/nowhere"])
def test_who_is_not_logged_in_is_led_to_the_login(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")
    assert "India" not in answer.text


@pytest.mark.parametrize("path", ["/index.json", "/r/USA-IND.csv", "/r/USA-IND.atom", "/d/may28-state.json"])
def test_data_needs_a_login_too(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert "India" not in answer.text


def test_a_post_without_a_session_changes_nothing(client: Any, book: Path) -> None:
    before = number_of_corrections(book)
    assert confirm(client, book, token_in(client)).status_code == 401
    assert client.post("/undo", data={"token": token_in(client), "correction": "x"}).status_code == 401
    assert number_of_corrections(book) == before


@pytest.mark.parametrize("forged", ["x" * 43, "", "../../etc/passwd", "%00", "a" * 4000])
def test_a_forged_session_is_none(client: Any, forged: str) -> None:
    client.cookies.set(COOKIE, forged)
    assert client.get("/").status_code == 303


def test_a_session_expires(client: Any, clock: Clock) -> None:
    log_in(client, READER)
    assert client.get("/").status_code == 200
    clock.now += IDLE + 1
    assert client.get("/").status_code == 303
    log_in(client, READER)
    for _ in range(int(LIFE / IDLE) + 1):
        clock.now += IDLE - 1
        last = client.get("/").status_code
    assert last == 303


def test_logging_out_ends_the_session_itself(client: Any) -> None:
    log_in(client, READER)
    stolen = client.cookies[COOKIE]
    token = token_in(client, "/")
    assert client.post("/logout", data={"token": "no"}).status_code == 403
    assert client.get("/").status_code == 200
    assert client.post("/logout", data={"token": token}).headers["location"] == "/login"
    client.cookies.set(COOKIE, stolen)
    assert client.get("/").status_code == 303


def test_a_user_who_is_removed_or_changed_is_out_at_once(client: Any, users: Path) -> None:
    log_in(client, READER)
    save_users(users, load_users(users).having(new_user(READER, Role.READER, "another pass phrase")))
    assert client.get("/").status_code == 303
    log_in(client, READER, "another pass phrase")
    assert client.get("/").status_code == 200
    save_users(users, load_users(users).lacking(READER))
    assert client.get("/").status_code == 303
    assert log_in(client, READER, "another pass phrase").status_code == 401


# ------------------------------------------------------------------ the login


def test_the_cookie_is_for_this_desk_alone(book: Path, users: Path, clock: Clock) -> None:
    for scheme in ("http", "https"):
        with guarded(book, users, clock, scheme) as client:
            cookie = log_in(client, EDITOR).headers["set-cookie"]
            assert "HttpOnly" in cookie
            assert "samesite=lax" in cookie.lower()
            assert ("Secure" in cookie) is (scheme == "https")


@pytest.mark.parametrize(
    ("name", "password"), [(READER, "wrong password"), ("nobody", PASSWORD), ("", ""), (READER, "")]
)
def test_a_wrong_login_says_not_what_was_wrong(client: Any, name: str, password: str) -> None:
    answer = log_in(client, name, password)
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert client.get("/").status_code == 303


def test_guessing_is_limited_and_the_right_password_does_not_help_then(client: Any, clock: Clock) -> None:
    for _ in range(PER_PAIR):
        assert log_in(client, READER, "a guess of mine").status_code == 401
    limited = log_in(client, READER)
    assert limited.status_code == 429
    assert int(limited.headers["retry-after"]) <= WINDOW + 1
    assert log_in(client, EDITOR).status_code == 303
    clock.now += WINDOW + 1
    assert log_in(client, READER).status_code == 303


def test_guessing_by_basic_is_limited_too(client: Any) -> None:
    answers = [
        client.get("/index.json", auth=(READER, f"guess {number}")).status_code for number in range(PER_PAIR + 2)
    ]
    assert answers == [401] * PER_PAIR + [429] * 2


def test_many_names_from_one_address_and_one_name_from_many_are_limited() -> None:
    clock = Clock()
    spraying, spread = Attempts(clock), Attempts(clock)
    assert any(spraying.admit(f"name {number}", "192.0.2.1") for number in range(100))
    assert any(spread.admit("ruth", f"192.0.2.{number}") for number in range(200))
    assert not spread.admit("edith", "192.0.2.1")


def test_a_session_that_was_laid_in_wait_is_not_the_one_of_the_login(client: Any) -> None:
    client.cookies.set(COOKIE, "laid-in-wait", domain="desk.test")
    before = token_in(client)
    cookie = log_in(client, EDITOR).headers["set-cookie"]
    assert "laid-in-wait" not in cookie
    client.cookies.clear()
    client.cookies.set(COOKIE, "laid-in-wait", domain="desk.test")
    assert client.get("/").status_code == 303
    log_in(client, EDITOR)
    first = client.cookies[COOKIE]
    assert token_in(client, "/corrections") != before
    log_in(client, EDITOR)
    assert client.cookies[COOKIE] != first
    client.cookies.clear()
    client.cookies.set(COOKIE, first)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example", "javascript:alert(1)",
        "/%0d%0aset-cookie:x"[:1] + "/evil.example", "/\t/evil.example", "/\r\nset-cookie: a=b", "evil.example", "", "/login?next=/login",
    ],
)  # fmt: skip
def test_the_login_leads_nowhere_else(client: Any, to: str) -> None:
    assert log_in(client, READER, to=to).headers["location"] == "/"
    assert onward(to) == "/"


def test_the_login_leads_back(client: Any) -> None:
    assert log_in(client, READER, to="/r/USA-IND?as_of=2025-05-01").headers["location"] == "/r/USA-IND?as_of=2025-05-01"


def test_a_login_form_of_another_site_is_refused(client: Any) -> None:
    data = {"name": EDITOR, "password": PASSWORD}
    assert client.post("/login", data={**data, "token": "x" * 43}).status_code == 403
    assert client.post("/login", data=data).status_code == 403
    token = token_in(client)
    foreign = client.post("/login", data={**data, "token": token}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


# ------------------------------------------------------------------ roles and tokens


def test_a_reader_sees_no_forms_and_cannot_post(client: Any, book: Path) -> None:
    log_in(client, READER)
    page = client.get(f"/e/{an_entry(book)}").text
    assert "/correct" not in page.replace("/corrections", "")
    token = token_in(client, "/")
    before = number_of_corrections(book)
    assert confirm(client, book, token).status_code == 403
    assert client.put("/correct", data={"token": token}).status_code == 403
    assert number_of_corrections(book) == before


def test_an_editors_correction_bears_the_editors_name(client: Any, book: Path) -> None:
    log_in(client, EDITOR)
    assert f"<bdi>{EDITOR}</bdi>" in client.get("/").text
    page = f"/e/{an_entry(book)}"
    assert confirm(client, book, token_in(client, page)).status_code == 303
    with Book.open(book) as held:
        assert held.corrections()[-1].by == EDITOR
        held.undo(held.corrections()[-1].id, by="tester", at="2025-11-22T00:00:00+00:00")


@pytest.mark.parametrize("token", ["", "x" * 43, "of the reader"])
def test_an_editors_post_needs_the_editors_own_token(
    client: Any, book: Path, users: Path, clock: Clock, token: str
) -> None:
    log_in(client, EDITOR)
    before = number_of_corrections(book)
    if token == "of the reader":
        with guarded(book, users, clock) as other:
            log_in(other, READER)
            token = token_in(other, "/")
    assert confirm(client, book, token).status_code == 403
    client.cookies.set("dragoman_token", "y" * 43)
    assert confirm(client, book, "y" * 43).status_code == 403
    assert number_of_corrections(book) == before


def test_basic_lets_one_read_and_never_write(client: Any, book: Path) -> None:
    assert client.get("/index.json", auth=(EDITOR, PASSWORD)).status_code == 200
    answer = client.post(
        "/correct", auth=(EDITOR, PASSWORD), data={"act": "confirm", "entry": an_entry(book), "token": token_in(client)}
    )
    assert answer.status_code == 401


def test_pages_kept_for_an_editor_are_not_given_to_a_reader(book: Path, users: Path, clock: Clock) -> None:
    with guarded(book, users, clock) as client:
        page = f"/e/{an_entry(book)}"
        log_in(client, EDITOR)
        assert 'action="/correct"' in client.get(page).text
        client.cookies.clear()
        log_in(client, READER)
        html = client.get(page).text
        assert 'action="/correct"' not in html
        assert EDITOR not in html


# ------------------------------------------------------------------ around it


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/..%5capp.py", "/static/%00"],
)  # fmt: skip
def test_static_files_are_those_alone(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (303, 404)
    assert "import" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "desk.test.evil.example", "", "127.0.0.1.nip.io", "192.0.2.7"])
def test_another_host_is_refused_before_anything_else(client: Any, host: str) -> None:
    answer = client.get("/login", headers={"host": host})
    assert answer.status_code == 421
    assert "form" not in answer.text


def test_the_file_of_users_holds_no_password_and_is_ones_own(users: Path) -> None:
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    assert PASSWORD not in users.read_text()
    hashes = {user.password for user in load_users(users).users}
    assert len(hashes) == 2, "two users of one password have two salts"
    users.chmod(0o644)
    with pytest.raises(WrongUsers, match="chmod 600"):
        load_users(users)


def test_nobody_gets_in_while_the_file_cannot_be_used(client: Any, users: Path) -> None:
    log_in(client, EDITOR)
    users.chmod(0o644)
    users.write_text("{")
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(("name", "password"), [("a b", PASSWORD), ("", PASSWORD), ("<b>", PASSWORD), ("ann", "short")])
def test_a_name_or_password_that_will_not_do(name: str, password: str) -> None:
    with pytest.raises(WrongUsers):
        new_user(name, Role.READER, password)


@pytest.mark.parametrize(
    "serving", [{"host": "0.0.0.0"}, {"host": "192.0.2.1"}, {"names": ("desk.example",)}, {"login": True}]
)
def test_a_desk_that_others_reach_refuses_to_start_without_users(tmp_path: Path, serving: dict[str, Any]) -> None:
    with pytest.raises(NotServed, match="dragoman users add NAME"):
        gate_of(Serving(users=tmp_path / "none", **serving))
    save_users(tmp_path / "none", Users())
    with pytest.raises(NotServed):
        gate_of(Serving(users=tmp_path / "none", **serving))
    assert gate_of(Serving(users=tmp_path / "none")) is None


def test_the_commands(book: Path, tmp_path: Path) -> None:
    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dragoman", *arguments, "--book", str(book), "--users", str(tmp_path / "u")]
        return subprocess.run(command, input=given, capture_output=True, text=True, timeout=60)

    assert run("users", "add", "ann", "--role", "editor", given=f"{PASSWORD}\n").returncode == 0
    assert run("users", "list").stdout == "ann  editor\n"
    assert "at least 10" in run("users", "add", "bob", given="short\n").stderr
    assert run("users", "remove", "ann").returncode == 0
    refused = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 1
    assert "dragoman users add NAME" in refused.stderr
