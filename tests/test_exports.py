"""Every export, opened with the usual tool of its kind."""

from __future__ import annotations

import csv
import datetime
import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import bibtexparser
import duckdb
import icalendar
import networkx
import pandas
import polars
import pyarrow.parquet
import pytest
import rispy
from lxml import etree

from book_texts import document, meeting, quoted, reading
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.errors import DataError
from dragoman.export.csv_files import guarded
from dragoman.export.exporters import EXPORTERS, Exporter, offered
from dragoman.export.lines import LINES
from dragoman.export.references import bibtex_of, letters, ris_of, sources_of
from dragoman.export.tables import tables_of
from dragoman.export.timeml import timeml_of, times_of
from dragoman.library import add
from dragoman.record.document import Publication, PublishedBasis
from dragoman.record.entries import EVERYTHING, Filter
from dragoman.record.mentions import Participant

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025" / "manifest.csv"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("exports") / "sample.desk"
    with Book.open(made, create=True) as book:
        add(book, [SAMPLE])
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Book]:
    with Book.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def out(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every form, written once."""
    folder = tmp_path_factory.mktemp("out")
    for name, exporter in EXPORTERS.items():
        counts = exporter.write(book, folder / name, EVERYTHING)
        assert sum(counts.values()), name
    return folder


# ---------------------------------------------------------------- tables


def test_csv_opens_in_pandas_with_the_types_of_its_schema(out: Path, book: Book) -> None:
    package = json.loads((out / "csv" / "datapackage.json").read_text())
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        days = [field["name"] for field in fields if field["type"] == "date"]
        frame = pandas.read_csv(out / "csv" / resource["path"], parse_dates=days, keep_default_na=False, na_values=[""])
        assert list(frame.columns) == [field["name"] for field in fields]
        for field in fields:
            if field.get("constraints", {}).get("required") and field["type"] != "string":
                assert frame[field["name"]].notna().all(), (resource["name"], field["name"])
    engagements = pandas.read_csv(out / "csv" / "engagements.csv")
    assert list(engagements.id) == [entry.id for entry in book.engagements()]
    assert engagements.parties.str.split("|").map(len).max() > 1


def test_the_schema_tells_keys_that_hold(out: Path) -> None:
    package = json.loads((out / "csv" / "datapackage.json").read_text())
    tables = {each["name"]: pandas.read_csv(out / "csv" / each["path"]) for each in package["resources"]}
    for resource in package["resources"]:
        schema = resource["schema"]
        if schema.get("primaryKey"):
            assert not tables[resource["name"]].duplicated(schema["primaryKey"]).any(), resource["name"]
        for key in schema.get("foreignKeys", []):
            target = tables[key["reference"]["resource"]][key["reference"]["fields"][0]]
            assert tables[resource["name"]][key["fields"][0]].isin(target).all()


def test_parquet_opens_in_arrow_duckdb_pandas_and_polars(out: Path, book: Book) -> None:
    path = out / "parquet" / "engagements.parquet"
    held = pyarrow.parquet.read_table(path).to_pylist()
    assert [row["parties"] for row in held] == [list(entry.parties) for entry in book.engagements()]
    assert [row["start"] for row in held] == [entry.when.start for entry in book.engagements()]
    sql = f"SELECT count(*) FROM '{path}' AS e JOIN '{out / 'parquet' / 'participants.parquet'}' AS p ON p.engagement = e.id"
    assert duckdb.sql(sql).fetchall() == [(sum(len(entry.participants) for entry in book.engagements()),)]
    assert len(pandas.read_parquet(path)) == polars.read_parquet(path).height == len(held)


def test_csv_and_parquet_hold_the_same_rows_as_json_lines(out: Path) -> None:
    for name in LINES:
        lines = len((out / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
        with (out / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == lines + 1
        assert pyarrow.parquet.read_metadata(out / "parquet" / f"{name}.parquet").num_rows == lines


def test_no_table_has_two_columns_or_two_names_alike() -> None:
    tables = [table for name in LINES for table in tables_of(name)]
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert len({column.name for column in table.columns}) == len(table.columns), table.name


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_of_text_is_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert guarded(f"x{cell}") == f"x{cell}"


def test_a_formula_in_a_text_does_not_reach_the_spreadsheet(tmp_path: Path) -> None:
    words = '=HYPERLINK("http://evil.example","Eide met Schialer")'
    text = document("a", f"{words} in Oslo.", "2025-06-04", title="=cmd|'/C calc'!A0")
    who = (Participant(name="Eide", party="NOR"), Participant(name="Schialer", party="PER"))
    with Book.open(tmp_path / "b.desk", create=True) as book:
        book.store([reading(text, meeting(text, words, "2025-06-03", *who), quoted(text, words, "=Eide"))])
        book.link()
        EXPORTERS["csv"].write(book, tmp_path / "csv", EVERYTHING)
        EXPORTERS["cameo"].write(book, tmp_path / "cameo.csv", EVERYTHING)
    cells = []
    for path in [*(tmp_path / "csv").glob("*.csv"), tmp_path / "cameo.csv"]:
        with path.open(encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file) for cell in row]
    assert f"'{words}" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


# ---------------------------------------------------------------- graph, calendar, events


def test_networkx_reads_who_met_whom(out: Path, book: Book) -> None:
    graph = networkx.read_graphml(out / "graphml")
    names = networkx.get_node_attributes(graph, "label")
    (misri,) = [node for node, label in names.items() if label == "Vikram Misri"]
    (landau,) = [node for node, label in names.items() if label == "Christopher Landau"]
    held = {entry.id for entry in book.engagements() if entry.status == "held"}
    edge = graph.edges[misri, landau]
    assert edge["weight"] == len(edge["engagements"].split("|"))
    assert set(edge["engagements"].split("|")) <= held
    assert all(graph.nodes[a].get("party") != graph.nodes[b].get("party") for a, b in graph.edges)


def test_a_calendar_program_reads_the_calendar(out: Path) -> None:
    calendar = icalendar.Calendar.from_ical((out / "ics").read_bytes())
    assert all(event["dtend"].dt > event["dtstart"].dt for event in calendar.walk("VEVENT"))


def test_cameo_rows_have_known_actors_and_scores(out: Path) -> None:
    frame = pandas.read_csv(out / "cameo", dtype={"cameo_code": str, "cameo_root": str})
    assert (frame.source != frame.target).any()
    assert frame.goldstein.between(-10, 10).all()
    assert frame.quad_class.isin([1, 2, 3, 4]).all()
    assert (frame.cameo_code.str[:2] == frame.cameo_root).all()
    assert (frame.text.str.len() > 0).all()


# ---------------------------------------------------------------- texts


def test_timeml_keeps_the_text_and_marks_its_times(out: Path, book: Book) -> None:
    for file in (out / "timeml").iterdir():
        root = etree.parse(str(file)).getroot()
        held = book.document(root.findtext("DOCID"))
        assert "".join(root.find("TEXT").itertext()).split() == held.text.split()
        tids = [element.get("tid") for element in root.iter("TIMEX3")]
        assert len(set(tids)) == len(tids)
        for element in root.find("TEXT").iter("TIMEX3"):
            assert element.get("type") in {"DATE", "TIME", "DURATION", "SET"}
            assert element.get("value")
            assert element.get("anchorTimeID") in {None, *tids}


def test_timeml_of_signs_that_xml_does_not_have() -> None:
    held = document("a\x00b", "On 3 June\x0b 2025 they met; on the next day\ufffe they did not.", "2025-06-04")
    root = etree.fromstring(timeml_of(held, times_of(held)))
    assert len("".join(root.find("TEXT").itertext())) == len(held.text)


def test_annotations_point_at_their_words(out: Path, book: Book) -> None:
    page = json.loads((out / "annotations").read_text(encoding="utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    texts = {info.url or f"urn:dragoman:document:{info.id}": book.document(info.id).text for info in book.documents()}
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        text = texts[item["target"]["source"]]
        position, quote = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


# ---------------------------------------------------------------- references


def test_bibtex_is_read_by_a_parser(out: Path, book: Book) -> None:
    library = bibtexparser.parse_file(str(out / "bibtex"))
    assert not library.failed_blocks
    assert len(library.entries) == len({entry.key for entry in library.entries}) == len(book.documents())
    urls = {entry.fields_dict["url"].value for entry in library.entries if "url" in entry.fields_dict}
    assert urls == {info.url for info in book.documents() if info.url}


def test_ris_is_read_by_a_parser(out: Path, book: Book) -> None:
    records = rispy.loads((out / "ris").read_text(encoding="utf-8"))
    assert [record["title"] for record in records] == [
        " ".join((info.title or info.id).split()) for info in book.documents()
    ]
    days = [info.published.day for info in book.documents()]
    assert [record.get("date") for record in records] == [f"{day:%Y/%m/%d}" if day else None for day in days]


def test_signs_of_latex_are_escaped_and_an_interval_gives_its_year(tmp_path: Path) -> None:
    text = document("a_b", "Nothing to see.", title="R&D {50%} of $1 #_~^\\", outlet="A & B")
    published = Publication(
        start=datetime.date(2025, 2, 1), end=datetime.date(2025, 5, 31), basis=PublishedBasis.INFERRED
    )
    held = type(text)(**{f: getattr(text, f) for f in text.__struct_fields__} | {"published": published})
    with Book.open(tmp_path / "b.desk", create=True) as book:
        book.store([reading(held)])
        (source,) = sources_of(book, EVERYTHING)
    assert source.day == "2025"
    (entry,) = bibtexparser.parse_string(bibtex_of(source)).entries
    assert entry.fields_dict["title"].value.startswith(r"{R\&D \{50\%\} of \$1 \#\_")
    assert rispy.loads(ris_of(source))[0]["year"] == "2025"


def test_keys_are_told_apart_by_letters() -> None:
    assert [letters(number) for number in (1, 2, 3, 27, 28)] == ["", "a", "b", "z", "aa"]


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_filter_narrows_and_a_second_run_gives_the_same_bytes(name: str, path: Path, tmp_path: Path) -> None:
    options = ["--party", "India", "--since", "2025-05-01", "--as-of", "2025-09-30", "--book", str(path)]
    held = []
    for number in "12":
        out = tmp_path / number
        assert exit_code(["export", name, str(out), *options]) == 0
        files = [out] if out.is_file() else sorted(out.iterdir())
        held.append([(file.name.strip(number), file.read_bytes()) for file in files])
    assert held[0] == held[1]
    assert not [name for name, _ in held[0] if name.startswith(".")]


def test_nothing_later_than_the_day_asked_for_is_written(book: Book, tmp_path: Path) -> None:
    EXPORTERS["jsonl"].write(book, tmp_path, Filter(as_of=datetime.date(2025, 4, 30)))
    late = {
        info.id for info in book.documents() if (info.published.day or datetime.date.max) > datetime.date(2025, 4, 30)
    }
    for file in tmp_path.glob("*.jsonl"):
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            assert not late & {line.get("doc"), *line.get("documents", [])}, file.name


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_failed_export_leaves_the_old_file(
    name: str, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("the disk is full")

    for kind in ("people", "each", "each_document"):
        monkeypatch.setattr(type(book), kind, fail)
    out = tmp_path / name
    if not EXPORTERS[name].folder:
        out.write_text("before")
    with pytest.raises(OSError, match="full"):
        EXPORTERS[name].write(book, out, EVERYTHING)
    assert EXPORTERS[name].folder or out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] in ([name], [])


def test_an_installed_package_offers_an_exporter(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(book: Book, out: Path, wanted: Filter) -> dict[str, int]:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("ids", "\n".join(info.id for info in book.documents(wanted)))
        return {"ids": len(book.documents(wanted))}

    exporter = Exporter("the ids in a zip", write)
    monkeypatch.setattr(EntryPoint, "load", lambda point: exporter)
    points = [EntryPoint("ids", "mine:exporter", "dragoman.exporters")]
    monkeypatch.setattr("dragoman.export.exporters.entry_points", lambda group: points)
    assert exit_code(["export", "ids", str(tmp_path / "ids.zip"), "--party", "India", "--book", str(path)]) == 0
    assert zipfile.ZipFile(tmp_path / "ids.zip").read("ids")
    points.append(EntryPoint("csv", "mine:exporter", "dragoman.exporters"))
    with pytest.raises(DataError, match="mine:exporter"):
        list(offered())
