"""Whoever runs a desk sees how it does, and no secret in it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desk_book import SAMPLE, asked_over_http, sample_book
from desk_users import EDITOR, PASSWORD, READER, Clock, guarded, log_in, with_users
from dragoman.cli.logs import JsonLines

pytest.importorskip("starlette")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_book(tmp_path_factory.mktemp("desk"))


def test_health_readiness_and_metrics(path: Path) -> None:
    with asked_over_http(path) as held:
        client: Any = held
        assert client.get("/healthz").text == "ok\n"
        assert client.get("/readyz").text == "ready\n"
        client.get("/r/USA-IND")
        client.get("/r/USA")
        client.get("/no/such/page")
        client.get("/api/v1/book")
        told = client.get("/metrics")
        assert told.headers["content-type"].startswith("application/openmetrics-text")
        lines = told.text.splitlines()
        assert lines[-1] == "# EOF"
        assert 'dragoman_requests_total{route="/r/{scope}",method="GET",status="200"} 2' in lines
        assert 'dragoman_requests_total{route="/api/v1/book",method="GET",status="200"} 1' in lines
        assert 'dragoman_request_seconds_bucket{route="/r/{scope}",le="+Inf"} 2' in lines
        assert "dragoman_book_documents 24" in lines
        assert "/no/such/page" not in told.text


def test_metrics_are_for_editors(path: Path, tmp_path: Path) -> None:
    with guarded(path, with_users(tmp_path), Clock()) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/metrics", headers={"accept": "*/*"}).status_code == 401
        assert client.get("/metrics", auth=(READER, PASSWORD)).status_code == 403
        assert client.get("/metrics", auth=(EDITOR, PASSWORD)).status_code == 200


def test_the_log_tells_who_and_what_and_no_secret(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "dragoman"), guarded(path, with_users(tmp_path), Clock()) as client:
        logging.getLogger("dragoman").propagate = True
        log_in(client, READER, "a wrong pass phrase")
        log_in(client, READER)
        client.get("/search?q=confidential")
        session = client.cookies["dragoman_session"]
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("dragoman")]
    told = [json.loads(line) for line in lines]
    last = [each for each in told if each.get("path") == "/search"][-1]
    assert (last["reader"], last["status"], last["method"]) == (READER, 200, "GET")
    for secret in (session, PASSWORD, "a wrong pass phrase", "confidential"):
        assert secret not in "\n".join(lines)


def test_verbose_tells_what_is_done_as_json_lines(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "-v",
        "--log",
        "json",
        "add",
        str(SAMPLE),
        "--book",
        str(tmp_path / "b.desk"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {"stored", "linked"} <= {each["message"] for each in told}
