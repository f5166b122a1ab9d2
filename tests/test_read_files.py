"""Files become documents: encodings, formats, limits, front matter, manifests; what is wrong says so."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, NotEnglish, SourceError
from dragoman.read import Given, Refusal, Source, Unread, document_of, find_sources, read_source
from dragoman.read.decode import decoded
from dragoman.record.document import Document, DocumentKind, PublishedBasis

PROSE = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday. They agreed that the two governments would open"
    " talks on fisheries, and said the first round was to be held in Santiago before the end of the year.\n"
)
CURLY = PROSE.replace("They agreed", "“We are close,” the Norwegian minister said – they agreed")


def read(path: Path) -> Document:
    found = list(find_sources([path]))
    assert len(found) == 1
    assert isinstance(found[0], Source), found[0]
    return read_source(found[0])


def refused(path: Path) -> str:
    (found,) = find_sources([path])
    if isinstance(found, Refusal):
        return found.reason
    assert isinstance(found, Source)
    with pytest.raises(InputError) as error:
        read_source(found)
    return str(error.value)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_a_text_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(CURLY.encode(encoding))
    assert read(path).text == CURLY


def test_latin_1_is_read_where_cp1252_has_holes() -> None:
    data = "Müller of the embassy said \x81 and left".encode("latin-1")
    assert decoded(data, "x").encoding == "latin-1"


def test_utf_8_that_a_page_calls_latin_1_is_utf_8() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{CURLY}</p></body></html>'
    assert decoded(page.encode(), "x").text == page


def test_a_declared_charset_is_followed_where_the_bytes_are_not_utf_8() -> None:
    page = '<html><head><meta charset="windows-1250"></head><body><p>Minister Łukasz spoke.</p></body></html>'
    assert "Łukasz" in decoded(page.encode("cp1250"), "x").text


def test_a_broken_byte_does_not_turn_utf_8_into_another_encoding() -> None:
    data = (CURLY * 3).encode() + b"\xe2\x80 end"
    assert "“We are close,”" in decoded(data, "x").text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1))
@settings(max_examples=80, deadline=None)
def test_every_text_comes_back_from_its_bytes(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"%PDF-", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert decoded(data, "x").text == text


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        text = decoded(data, "name").text
    except SourceError as error:
        text = str(error)
    assert "\x00" not in text
    assert "\r" not in text


def test_only_newlines_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PROSE.replace("\n", "\r\n").encode() + b"  Two  blanks,\ta tab.\r\n")
    assert read(path).text == PROSE + "  Two  blanks,\ta tab.\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "archive"),
        (b"\x1f\x8b....", "gzip"),
        (b"abc\x00\x01\x02\x00def" * 50, "binary"),
        (b"", "empty"),
        (b" \n\n\t ", "empty"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    reason = refused(path)
    assert says in reason
    assert "a.txt" in reason


def test_fifty_megabytes_of_one_line_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB" in refused(path)


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "none.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Der Außenminister hat am Montag in Berlin seinen Amtskollegen empfangen. Beide sprachen über die Lage im"
        " Nahen Osten und über die Sanktionen, die im Juni beschlossen werden sollen.",
        "Le ministre des affaires étrangères a reçu lundi à Paris son homologue. Ils ont parlé du commerce et des"
        " relations entre les deux pays, qui se sont améliorées depuis la visite du président.",
        "外交部长星期一在北京会见了来访的外国客人,双方就两国关系和共同关心的国际问题交换了意见。" * 3,
        "विदेश मंत्री ने सोमवार को नई दिल्ली में अपने समकक्ष से मुलाकात की और व्यापार पर चर्चा की।" * 3,
    ],
)
def test_another_language_is_reported(text: str) -> None:
    with pytest.raises(NotEnglish, match="another language"):
        document_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Oslo on 2 November 2025.",
        "President Prabowo Subianto hosts Prime Minister Anwar Ibrahim in Jakarta for talks on palm oil.",
        "Secretary Marco Rubio spoke today with Thai Foreign Minister Maris Sangiampongsa.",
        "Ishiba Shigeru, Lee Jae-myung and Volodymyr Zelenskyy at Evian summit: Wadephul on Kharkiv, Barrot on Odesa",
        "Kaja Kallas and Maroš Šefčovič to visit Astana, Tashkent and Dushanbe on 3 June, Kassym-Jomart Tokayev says",
    ],
)
def test_short_english_full_of_names_is_let_through(text: str) -> None:
    assert document_of(text).language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "El ministro José Manuel Albares se reunió con Elmer Schialer en Madrid el 2 de noviembre.",
        "Le ministre Jean-Noël Barrot a rencontré Johann Wadephul à Berlin le 2 novembre 2025.",
        "À Paris, on attend Johann Wadephul et Antonio Tajani chez Jean-Noël Barrot mardi.",
        "Außenminister Johann Wadephul traf am Montag in Berlin seinen Amtskollegen Jean-Noël Barrot.",
        "Menteri Luar Negeri Sugiono bertemu Menteri Luar Negeri Penny Wong di Jakarta pada 2 November 2025.",
        "Minister David van Weel sprak in Den Haag met zijn ambtgenoot Maxime Prévot over de handel.",
        "Waziri wa Mambo ya Nje Musalia Mudavadi alikutana na Penny Wong jijini Nairobi tarehe 2 Novemba.",
        "Utenriksminister Espen Barth Eide møtte Perus utenriksminister Elmer Schialer i Oslo 2. november.",
        "Il ministro Antonio Tajani ha incontrato Elmer Schialer a Roma il 2 novembre 2025.",
        "O ministro Mauro Vieira reuniu-se com Elmer Schialer em Lima no dia 2 de novembro de 2025.",
        "Minister Ronald Lamola het Penny Wong by die beraad in Pretoria ontmoet en oor handel gepraat.",
        "Minista Yusuf Tuggar dey Abuja wey im don see Penny Wong, Presido Tinubu tok say trade go beta dis year.",
    ],
)
def test_short_texts_in_other_languages_are_refused(text: str) -> None:
    with pytest.raises(NotEnglish, match="another language"):
        document_of(text)


@pytest.mark.parametrize("text", ["Met FM Larsen today. Good talks!", "Landau-Misri meeting", PROSE])
def test_short_english_is_let_through(text: str) -> None:
    assert document_of(text).language == "en"


def test_front_matter_states_facts_and_is_no_text() -> None:
    front = '---\ntitle: "Ministers meet in Oslo"\ndate: 3 June 2025\nSource: Fjord Daily\nkind: news\nmood: x\n---\n'
    document = document_of(front + PROSE)
    assert document.text == PROSE
    assert (document.title, document.outlet, document.kind) == (
        "Ministers meet in Oslo",
        "Fjord Daily",
        DocumentKind.NEWS,
    )
    assert document.published.day is not None
    assert document.published.day.isoformat() == "2025-06-03"
    assert document.published.basis is PublishedBasis.GIVEN


def test_a_rule_of_dashes_is_no_front_matter() -> None:
    text = "---\n" + PROSE + "---\n"
    assert document_of(text).text == text


def test_facts_of_the_caller_stand_over_front_matter() -> None:
    document = document_of("---\noutlet: A\nid: b\n---\n" + PROSE, given=Given(outlet="B"))
    assert (document.outlet, document.id) == ("B", "b")


def write_manifest(folder: Path, rows: str, name: str = "manifest.csv") -> Path:
    path = folder / name
    path.write_text(rows, encoding="utf-8")
    return path


def test_a_manifest_states_facts_and_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(PROSE)
    path = write_manifest(
        tmp_path,
        "path,id,outlet,published,kind,issuer,Weather\ntexts/a.txt,one,Fjord Daily,2025-06-03,news,Norway,rain\n",
    )
    found = list(find_sources([path]))
    assert [f.reason for f in found if isinstance(f, Unread)] == [
        "column 'weather' is not known and not read; known are path,id,url,outlet,title,published,kind,issuer"
    ]
    (source,) = (f for f in found if isinstance(f, Source))
    document = read_source(source)
    assert (document.id, document.outlet, document.issuer) == ("one", "Fjord Daily", "NOR")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("none.txt,x,2025-06-03,news", "line 3: .*none.txt does not exist"),
        ("a.txt,x,31 Feb 2025,news", "line 3: published: '31 Feb 2025' is no day of the calendar"),
        ("a.txt,x,someday,news", "line 3: published: 'someday' is no date"),
        ("a.txt,x,03/04/2025,news", "line 3: published: .* day first or month first"),
        ("a.txt,x,2025-06-03,rumour", "line 3: kind: 'rumour' is no kind"),
        ("a.txt,good,2025-06-03,news", "line 3: id 'good' stands in line 2 too"),
        (",x,2025-06-03,news", "line 3: no path"),
        (".,x,2025-06-03,news", "is a folder"),
    ],
)
def test_a_wrong_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    path = write_manifest(tmp_path, f"path,id,published,kind\na.txt,good,2025-06-03,news\n{row}\n")
    found = list(find_sources([path]))
    assert [f.given.id for f in found if isinstance(f, Source)] == ["good"]
    (refusal,) = (f for f in found if isinstance(f, Refusal))
    assert re.search(says, refusal.reason), refusal.reason


@pytest.mark.parametrize("rows", ["", "id,url\nx,https://example.org/\n", "path\n"])
def test_a_manifest_without_documents_is_refused(tmp_path: Path, rows: str) -> None:
    assert "manifest.csv" in refused(write_manifest(tmp_path, rows))


def test_a_manifest_may_be_written_with_semicolons_and_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    path = tmp_path / "manifest.csv"
    path.write_bytes("path;outlet;published\r\na.txt;Müll & Söhne, Oslo;2025-06-03\r\n".encode("utf-8-sig"))
    (source,) = find_sources([path])
    assert isinstance(source, Source)
    assert source.given.outlet == "Müll & Söhne, Oslo"


def test_a_manifest_of_json_lines_may_hold_the_text(tmp_path: Path) -> None:
    rows = [
        {"id": "t", "text": PROSE, "published": "2025-06-03"},
        {"url": "https://example.org/p", "html": f"<p>{PROSE}</p>"},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows) + "{broken\n[1]\n"
    found = list(find_sources([write_manifest(tmp_path, lines, "collection.jsonl")]))
    documents = [read_source(f) for f in found if isinstance(f, Source)]
    assert [d.id for d in documents] == ["t", "https://example.org/p"]
    assert documents[1].text == PROSE.strip()
    assert [f.reason.split(":")[0].rpartition(" ")[2] for f in found if isinstance(f, Refusal)] == ["3", "4"]


def test_a_folder_is_read_in_order_once_and_says_what_it_set_aside(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", ".hidden/d.txt", "photo.png", "sub/manifest.csv", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("path,id\nc.md,three\n" if name.endswith("csv") else PROSE)
    found = list(find_sources([tmp_path, tmp_path / "b.txt"]))
    assert [f.given.id or Path(f.name).name for f in found if isinstance(f, Source)] == ["three", "a.html", "b.txt"]
    assert [Path(f.name).name for f in found if isinstance(f, Unread)] == ["README.md", "photo.png"]


def test_a_page_seen_twice_may_stand_twice_under_its_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PROSE + name)
    path = write_manifest(tmp_path, "path,id,url\na.txt,x,https://e.org/x\nb.txt,x,https://e.org/x\n")
    assert [type(found) for found in find_sources([path])] == [Source, Source]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    assert "holds no text" in refused(tmp_path)


def test_a_document_is_named_by_id_then_url_then_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    name = str(path)
    assert read_source(Source(name=name, path=name, given=Given(id="i", url="https://e.org/u"))).id == "i"
    assert read_source(Source(name=name, path=name, given=Given(url="https://e.org/u"))).id == "https://e.org/u"
    assert read_source(Source(name=name, path=name)).id == path.as_posix()
