"""A run on several worker processes: the same book as one process makes, also when a worker is killed in the middle."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from itertools import islice
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from book_rows import rows
from dragoman.book import Book
from dragoman.errors import SourceError
from dragoman.library import add
from dragoman.scale.parts import readings_in
from dragoman.scale.units import units_of

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
corpus = pytest.importorskip("corpus", reason="the benchmarks are not beside the tests")
pytest.importorskip("distributed", reason="the extra `scale` is not installed")
pyarrow = pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")
pytest.importorskip("pyarrow.parquet", reason="the extra `scale` is not installed")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets of Dask's own, closed by the collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FILES, EACH = 8, 12


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files of JSON Lines."""
    folder = tmp_path_factory.mktemp("sources")
    docs = corpus.documents()
    for number in range(FILES):
        lines = "".join(corpus.line_of(doc) + "\n" for doc in islice(docs, EACH))
        (folder / f"day-{number}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The rows of the book that one process makes."""
    path = tmp_path_factory.mktemp("one") / "one.desk"
    with Book.open(path, create=True) as book:
        add(book, [sources])
    return rows(path)


def loaded(out: Path, path: Path) -> list[list[str]]:
    """The rows of the book into which a set was loaded."""
    with Book.open(path, create=True) as book:
        book.store(readings_in(out))
        book.link()
    return rows(path)


def test_two_workers_of_which_one_is_killed_make_the_same_book(
    sources: Path, expected: list[list[str]], tmp_path: Path
) -> None:
    from distributed import LocalCluster

    from dragoman.scale.engine import EngineReport, Plan, run

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        killed: list[int] = []

        def kill_one(report: EngineReport) -> None:
            if not killed:
                worker = next(iter(cluster.workers.values()))
                killed.append(worker.process.process.pid)
                os.kill(killed[0], signal.SIGKILL)

        report = run([sources], tmp_path / "out", Plan(scheduler=cluster.scheduler_address), kill_one)
    assert killed
    assert report.given_up == ()
    assert report.units == FILES
    assert loaded(tmp_path / "out", tmp_path / "many.desk") == expected


def test_a_second_run_reads_only_what_is_not_finished(sources: Path, expected: list[list[str]], tmp_path: Path) -> None:
    from dragoman.scale.engine import Plan, run

    out = tmp_path / "out"
    run([sources], out, Plan(workers=1))
    lost = sorted((out / "done").glob("*.json"))[:2]
    for path in lost:
        path.unlink()
    report = run([sources], out, Plan(workers=1))
    assert (report.units, report.earlier) == (2, FILES - 2)
    assert loaded(out, tmp_path / "again.desk") == expected
    assert threading.active_count() < 50


def test_a_large_file_is_divided_and_nothing_is_read_twice(sources: Path) -> None:
    whole = list(units_of([sources]))
    assert [unit.shares for unit in whole] == [1] * FILES
    size = (sources / "day-0.jsonl").stat().st_size
    parts = list(units_of([sources / "day-0.jsonl"], share_bytes=size // 2))
    assert len(parts) == len({unit.name for unit in parts}) > 1


def test_parquet_and_web_archives_are_sources_as_lines_are(tmp_path: Path) -> None:
    """Each kind is divided into shares where it can be, and gives the book that one process makes of the same files."""
    from dragoman.scale.engine import Plan, run

    folder = tmp_path / "sources"
    folder.mkdir()
    lines = [json.loads(corpus.line_of(doc)) for doc in islice(corpus.documents(), 3 * EACH)]
    table = pyarrow.Table.from_pylist(lines[:EACH])
    pyarrow.parquet.write_table(table, folder / "a.parquet", row_group_size=5)
    with (folder / "b.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, line in enumerate(lines[EACH : 2 * EACH]):
            page = f"<html><head><title>{number}</title></head><body><article><p>{line['text']}</p></article></body></html>"
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body = io.BytesIO(page.encode())
            url = f"https://example.org/{number}"
            writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=headers))
    (folder / "c.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines[2 * EACH :]), encoding="utf-8")
    with Book.open(tmp_path / "one.desk", create=True) as book:
        add(book, [folder])
        assert len(book.documents()) >= 2 * EACH
    report = run([folder], tmp_path / "out", Plan(workers=1))
    assert report.given_up == ()
    assert report.units == 3
    assert loaded(tmp_path / "out", tmp_path / "many.desk") == rows(tmp_path / "one.desk")


def test_a_folder_that_is_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no finished part"):
        list(readings_in(tmp_path))
