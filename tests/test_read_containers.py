"""Collections: every part of a container is a source of its own, and what hides in containers is bounded."""

import bz2
import csv
import gzip
import io
import json
import lzma
import pickle
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dragoman.errors import InputError
from dragoman.read import Refusal, Source, Unread, find_sources, limits, read_source
from dragoman.record.document import Document

# The writer of web archives leaves its temporary files to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)

PROSE = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday. They agreed that the two governments would open"
    " talks on fisheries, and said that round {} was to be held in Santiago before the end of the year.\n"
)
PAGE = "<html><head><title>Talks {0}</title></head><body><article><p>{1}</p></article></body></html>"


def texts(count: int = 3) -> list[str]:
    return [PROSE.format(number) for number in range(count)]


def found_in(*paths: Path) -> tuple[list[Document], list[str], list[str]]:
    """Documents, refusals and what was set aside; every source is sent to another process and back first."""
    documents, refused, aside = [], [], []
    for found in find_sources(paths):
        if isinstance(found, Source):
            try:
                documents.append(read_source(pickle.loads(pickle.dumps(found))))
            except InputError as error:
                refused.append(str(error))
        elif isinstance(found, Refusal):
            refused.append(found.reason)
        else:
            assert isinstance(found, Unread)
            aside.append(found.reason)
    return documents, refused, aside


def warc_of(pages: list[bytes], *, packed: bool = True, kind: str = "text/html; charset=windows-1250") -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for number, page in enumerate(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"https://example.org/{number}", "response", payload=io.BytesIO(page), http_headers=headers
            )
        )
    return stream.getvalue()


def pages(count: int = 3) -> list[bytes]:
    return [PAGE.format(number, text + "Łódź was named.").encode("cp1250") for number, text in enumerate(texts(count))]


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
def test_a_web_archive_is_read_record_by_record(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(warc_of(pages(), packed=name.endswith("gz")))
    documents, refused, _ = found_in(path)
    assert [document.id for document in documents] == [f"https://example.org/{number}" for number in range(3)]
    assert all("Łódź" in document.text for document in documents)
    assert not refused


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
def test_a_web_archive_that_is_cut_off_is_named_and_read_up_to_there(tmp_path: Path, name: str) -> None:
    whole = warc_of(pages(), packed=name.endswith("gz"))
    starts = len(warc_of(pages(2), packed=name.endswith("gz")))
    path = tmp_path / name
    for cut in (len(whole) - 60, starts + 120, starts + 5, starts - 30):
        path.write_bytes(whole[:cut])
        documents, refused, _ = found_in(path)
        assert len(documents) in (1, 2)
        assert any("cut off" in reason or "damaged" in reason for reason in refused), cut


def test_a_compressed_body_in_a_web_archive_is_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    sent = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    headers = StatusAndHeaders("200 OK", sent, protocol="HTTP/1.1")
    body = io.BytesIO(gzip.compress(PAGE.format(1, texts()[0]).encode()))
    writer.write_record(
        writer.create_warc_record("https://example.org/a", "response", payload=body, http_headers=headers)
    )
    (tmp_path / "n.warc.gz").write_bytes(stream.getvalue())
    ((document,), refused, _) = found_in(tmp_path)
    assert texts()[0].strip() in document.text
    assert not refused


def test_pictures_and_errors_in_a_web_archive_are_counted_and_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(warc_of([b"\x89PNG"] * 4, kind="image/png") + warc_of(pages(1)))
    documents, refused, aside = found_in(path)
    assert (len(documents), refused) == (1, [])
    assert aside == ["4 records are no pages: pictures, scripts, errors"]


def test_a_file_that_is_no_web_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(b"these are only words\r\n\r\n" * 50)
    documents, refused, _ = found_in(path)
    assert not documents
    assert "news.warc" in refused[0]


def write_parquet(path: Path, rows: int = 700, groups: int = 300) -> None:
    table = pyarrow.table(
        {
            "maintext": texts(rows),
            "url": [f"https://example.org/{number}" for number in range(rows)],
            "date_publish": pyarrow.array([1748908800] * rows, pyarrow.timestamp("s")),
            "weight": list(range(rows)),
        }
    )
    pyarrow.parquet.write_table(table, path, row_group_size=groups)


def test_the_rows_of_a_parquet_file_are_read_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    write_parquet(path)
    sources = [found for found in find_sources([path]) if isinstance(found, Source)]
    assert len(sources) == 700
    assert sources[699].name == f"{path}!700"
    for number in (699, 0, 299, 300, 10, 650):
        document = read_source(sources[number])
        assert document.text == PROSE.format(number)
        assert document.id == f"https://example.org/{number}"
        assert str(document.published.day) == "2025-06-03"


def test_a_parquet_file_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"weight": [1]}), path)
    assert "no column named text or html" in found_in(path)[1][0]
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged" in found_in(path)[1][0]


def test_lines_of_json_are_read_where_they_lie(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [{"content": text, "date": "2025-06-03", "tags": ["a"]} for text in texts()]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n[1]\n" + json.dumps({"text": ["no"]}) + "\n")
    sources = [found for found in find_sources([path]) if isinstance(found, Source)]
    assert all(source.carried == 0 for source in sources)
    documents, refused, _ = found_in(path)
    assert [document.text for document in documents] == texts()
    assert [document.id for document in documents] == [f"{path}!{number}" for number in (1, 2, 3)]
    assert ["line 4" in refused[0], "line 5: text holds a list" in refused[1]] == [True, True]


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_packed_tables_and_texts_are_read(tmp_path: Path, ending: str, pack: object) -> None:
    assert callable(pack)
    lines = "".join(json.dumps({"id": f"d{number}", "text": text}) + "\n" for number, text in enumerate(texts()))
    (tmp_path / f"news.jsonl{ending}").write_bytes(pack(lines.encode()))
    (tmp_path / f"one.txt{ending}").write_bytes(pack(texts()[0].encode()))
    documents, refused, _ = found_in(tmp_path)
    assert [document.id for document in documents] == ["d0", "d1", "d2", f"{tmp_path}/one.txt"]
    (tmp_path / f"news.jsonl{ending}").write_bytes(pack(lines.encode())[:-12])
    assert "cut off or damaged" in found_in(tmp_path / f"news.jsonl{ending}")[1][-1]
    assert not refused


def test_a_csv_may_hold_the_texts(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["headline", "date", "article"])
        writer.writerows(["Talks", "2025-06-03", f"One “line”,\nand another. {text}"] for text in texts())
    documents, refused, _ = found_in(path)
    assert [document.text for document in documents] == [f"One “line”,\nand another. {text}" for text in texts()]
    assert [document.id for document in documents] == [f"{path}!{line}" for line in (2, 5, 8)]
    assert not refused


def members() -> dict[str, bytes]:
    return {
        "news/a.txt": texts()[0].encode(),
        "news/b.html": PAGE.format(1, texts()[1]).encode(),
        "__MACOSX/._a.txt": b"x",
        "../../escape.txt": texts()[2].encode(),
    }


def write_zip(path: Path, inside: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)


def write_tar(path: Path, mode: str, inside: dict[str, bytes]) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in inside.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("n.zip", ""),
        ("n.tar", "w"),
        ("n.tar.gz", "w:gz"),
        ("n.tgz", "w:gz"),
        ("n.tar.bz2", "w:bz2"),
        ("n.tar.xz", "w:xz"),
    ],
)
def test_the_members_of_an_archive_are_documents(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    write_tar(path, mode, members()) if mode else write_zip(path, members())
    documents, refused, _ = found_in(tmp_path)
    assert not refused
    assert [document.id for document in documents] == [
        f"{path}!{member}" for member in ("news/a.txt", "news/b.html", "../../escape.txt")
    ]
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_manifest_beside_containers_speaks_for_their_members(tmp_path: Path) -> None:
    write_zip(tmp_path / "n.zip", members())
    (tmp_path / "manifest.csv").write_text(
        "path,id,published\nn.zip!news/a.txt,one,2025-06-03\nn.zip!gone.txt,two,2025-06-04\n"
    )
    documents, refused, _ = found_in(tmp_path)
    assert documents[0].id == "one"
    assert len(documents) == 3
    assert "has no member gone.txt" in refused[0]
    documents, _, _ = found_in(tmp_path / "manifest.csv")
    assert [document.id for document in documents] == ["one"]
    assert [document.id for document in found_in(tmp_path / "n.zip!news/b.html")[0]] == [
        f"{tmp_path}/n.zip!news/b.html"
    ]


EXPORT = "".join(
    f"Document {number} of 3\n\nHeadline: Talks in week {number}\nPublication: Fjord Daily\nPublication date: {number} June 2025\n"
    f"Full text: {text}\n\n"
    for number, text in enumerate(texts(), start=1)
).encode()
SAVED = (
    "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://example.org/saved\r\nContent-Type: multipart/related;"
    ' boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
    + PAGE.format("Saved", texts()[1])
    + "\r\n--b--\r\n"
).encode()
ARCHIVES = [("n.zip", ""), ("n.tar", "w"), ("n.tar.gz", "w:gz")]


def write_archive(path: Path, mode: str, inside: dict[str, bytes]) -> None:
    write_tar(path, mode, inside) if mode else write_zip(path, inside)


@pytest.mark.parametrize(("name", "mode"), ARCHIVES)
def test_exports_and_saved_pages_in_an_archive_are_read_like_others(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    write_archive(path, mode, {"press/export.txt": EXPORT, "page.mhtml": SAVED, "plain.txt": texts()[0].encode()})
    documents, refused, _ = found_in(path)
    assert not refused
    articles = [f"{path}!press/export.txt!{number}" for number in (1, 2, 3)]
    assert [document.id for document in documents] == [*articles, "https://example.org/saved", f"{path}!plain.txt"]
    assert [str(document.published.day) for document in documents[:3]] == [f"2025-06-0{day}" for day in (1, 2, 3)]
    assert {document.outlet for document in documents[:3]} == {"Fjord Daily"}
    assert [document.id for document in found_in(Path(articles[1]))[0]] == articles[1:2]
    assert [document.id for document in found_in(Path(f"{path}!press/export.txt"))[0]] == articles


def test_a_packed_export_and_one_that_a_manifest_names_are_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "first.txt.gz").write_bytes(gzip.compress(EXPORT))
    (tmp_path / "second.txt").write_bytes(EXPORT)
    (tmp_path / "manifest.csv").write_text("path,kind\nsecond.txt,news\n")
    documents, refused, _ = found_in(tmp_path)
    assert not refused
    names = [f"{tmp_path}/{name}.txt!{number}" for name in ("second", "first") for number in (1, 2, 3)]
    assert [document.id for document in documents] == names
    assert [document.kind_basis for document in documents][:3] == ["given"] * 3


@pytest.mark.parametrize(("name", "mode"), ARCHIVES)
def test_a_manifest_in_an_archive_speaks_for_its_members(tmp_path: Path, name: str, mode: str) -> None:
    rows = b"path,id,published,outlet\na.txt,one,2025-06-03,\n../export.txt,,,Fjord Weekly\ngone.txt,,2025-06-04,\n"
    inside = {"in/a.txt": texts()[0].encode(), "in/manifest.csv": rows, "export.txt": EXPORT}
    path = tmp_path / name
    write_archive(path, mode, inside)
    documents, refused, _ = found_in(path)
    assert [document.id for document in documents] == ["one", *(f"{path}!export.txt!{number}" for number in (1, 2, 3))]
    assert [str(document.published.day) for document in documents] == [f"2025-06-0{day}" for day in (3, 1, 2, 3)]
    assert {document.outlet for document in documents[1:]} == {"Fjord Weekly"}
    assert len(refused) == 1
    assert "has no member in/gone.txt" in refused[0]


def test_an_export_in_an_archive_may_be_larger_than_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST", 1000)
    write_zip(tmp_path / "n.zip", {"export.txt": EXPORT * 3, "long.txt": texts()[0].encode() * 30})
    documents, refused, _ = found_in(tmp_path / "n.zip")
    assert len(documents) == 9
    assert [reason.partition(" ")[0] for reason in refused] == [f"{tmp_path}/n.zip!long.txt"]


def test_containers_may_lie_in_each_other_to_a_depth(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    write_zip(inner, {"a.txt": texts()[0].encode()})
    for level in range(4):
        outer = tmp_path / f"level{level}.zip"
        write_zip(outer, {"inner.zip": inner.read_bytes()})
        documents, refused, _ = found_in(outer)
        if level < 2:
            assert documents[0].id.endswith("!inner.zip!a.txt")
        else:
            assert "too deep" in refused[0]
        inner = outer


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ALWAYS_ALLOWED", 1_000_000)
    write_zip(tmp_path / "bomb.zip", {f"{number}.txt": b"a " * 500_000 for number in range(30)})
    write_tar(tmp_path / "bomb.tgz", "w:gz", {f"{number}.txt": b"a " * 500_000 for number in range(30)})
    for name in ("bomb.zip", "bomb.tgz"):
        assert "zip bomb" in found_in(tmp_path / name)[1][-1]


def test_a_member_that_is_larger_than_any_document_is_refused_and_the_others_read(tmp_path: Path) -> None:
    inside = {"long.txt": b"a " * 6_000_000, "short.txt": texts()[0].encode()}
    write_zip(tmp_path / "n.zip", inside)
    write_tar(tmp_path / "n.tar.gz", "w:gz", inside)
    for name in ("n.zip", "n.tar.gz"):
        documents, refused, _ = found_in(tmp_path / name)
        assert len(documents) == 1
        assert "12 MB" in refused[0]


def test_a_tar_header_that_unpacks_into_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type = tarfile.XHDTYPE
    info.size = 50_000_000
    path = tmp_path / "n.tar.gz"
    with gzip.open(path, "wb") as packed:
        packed.write(info.tobuf(tarfile.USTAR_FORMAT))
        packed.write(b"\x00" * 50_000_000)
    assert "header of 50000000 bytes" in found_in(path)[1][0]


@pytest.mark.parametrize("name", ["n.zip", "n.tar", "n.tar.gz", "n.jsonl.gz", "n.parquet", "n.warc.gz", "n.gz"])
def test_a_broken_container_is_refused_by_name_and_the_others_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8bPK\x03\x04 nothing of the kind")
    (tmp_path / "z.txt").write_text(texts()[0])
    documents, refused, _ = found_in(tmp_path)
    assert len(documents) == 1
    assert name in refused[0]


def test_one_file_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(texts()[0])
    monkeypatch.chdir(tmp_path)
    names = [
        document.id for path in (Path("a.txt"), tmp_path / "a.txt", Path("./a.txt")) for document in found_in(path)[0]
    ]
    assert names == ["a.txt"] * 3


def test_a_shell_that_means_another_folder_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shell").mkdir()
    (tmp_path / "here").mkdir()
    path = tmp_path / "shell" / "a.txt"
    path.write_text(texts()[0])
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PWD", str(tmp_path / "shell"))
    ((document,), refused, _) = found_in(path)
    assert (document.id, refused) == (str(path), [])


def test_a_line_that_is_longer_than_any_document_costs_itself_only(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": texts()[0]})
    long = json.dumps({"id": "b", "text": "word " * 2_100_000})
    (tmp_path / "n.jsonl").write_text(f"{long}\n{good}\n{long}")
    documents, refused, _ = found_in(tmp_path / "n.jsonl")
    assert [document.id for document in documents] == ["a"]
    assert ["line 1" in refused[0], "line 3" in refused[1]] == [True, True]


def test_a_million_characters_on_one_line_are_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(texts()[0].strip() * 5000)
    (tmp_path / "b.html").write_text(f"<html><body><article><p>{texts()[0] * 5000}</p></article></body></html>")
    documents, refused, _ = found_in(tmp_path)
    assert [len(document.text) > 900_000 for document in documents] == [True, True]
    assert not refused


def test_finding_and_reading_plain_files_loads_no_extra() -> None:
    code = (
        "import sys, dragoman, dragoman.cli.app\n"
        "extras = {'httpx', 'feedparser', 'protego', 'pypdf', 'docx', 'pyarrow', 'fastwarc'}\n"
        "sys.exit(', '.join(sorted(extras & set(sys.modules))))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr.strip() == ""
    )
