"""Annotators of the user's: kept apart from ours, under their names; a language model served over HTTP, a spaCy pipeline."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from book_rows import content
from dragoman import Annotated, Annotation, Annotator, AnnotatorError, Book, DataError, Span, UnknownName
from dragoman.annotate.annotators import Options, annotator_named
from dragoman.annotate.model import PART, annotated_by, parts_of
from dragoman.annotate.pipeline import annotator_of
from dragoman.cli.app import exit_code
from dragoman.export.annotations import export_annotations
from dragoman.record.document import Document
from dragoman.record.entries import EntryKind

TEXTS = {
    "lima.txt": "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Lima on 3 June 2025. "
    "“We will reopen the talks on fisheries,” Eide said after the meeting with Schialer.",
    "oslo.txt": "Norway and Chile signed an agreement on salmon in Oslo on 9 June 2025. Foreign Minister Espen Barth Eide "
    "called it a good day for both countries.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = tmp_path / "a.desk"
    with Book.open(made, create=True) as book:
        book.add([tmp_path / name for name in TEXTS])
    return made


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.open(path) as opened:
        yield opened


def finding(*words: str, label: str = "PERSON", version: str = "1") -> Annotator:
    """An annotator that finds the first place of some words."""

    def read(document: Document) -> Annotated:
        places = [(document.text.find(each), each) for each in words]
        return Annotated(
            tuple(
                Annotation(span=Span(at, at + len(each)), label=label, values=(("as", each),), confidence=0.5)
                for at, each in places
                if at >= 0
            )
        )

    return Annotator(name="finder", version=version, read=read, kinds=((label, EntryKind.PERSON),))


# ---------------------------------------------------------------- kept apart


def test_what_is_found_is_kept_under_its_name_and_changes_nothing_of_ours(book: Book) -> None:
    before = content(book)
    report = book.annotate(finding("Schialer", "salmon"))
    assert (report.read, report.annotations, report.failed) == (2, 2, ())
    held = [each for info in book.documents() for each in book.annotations(info.id)]
    assert {(each.annotator, each.version) for each in held} == {("finder", "1")}
    for info in book.documents():
        text = book.document(info.id).text
        assert [each.annotation.span.of(text) for each in book.annotations(info.id)] == [
            dict(each.annotation.values)["as"] for each in book.annotations(info.id)
        ]
    assert content(book) == before
    assert book.check() == []


def test_a_second_run_reads_what_this_version_has_not_read(book: Book) -> None:
    book.annotate(finding("Oslo"))
    assert book.annotate(finding("Oslo")).known == 2
    assert book.annotate(finding("Oslo", version="2")).read == 2
    assert [(ran.name, ran.version, ran.documents) for ran in book.annotators()] == [
        ("finder", "1", 2),
        ("finder", "2", 2),
    ]


def test_a_span_outside_the_text_is_refused_and_the_rest_is_kept(book: Book) -> None:
    def read(document: Document) -> Annotated:
        end = len(document.text) + ("Lima" in document.text)
        return Annotated((Annotation(span=Span(0, end), label="ALL"),))

    report = book.annotate(Annotator(name="off", version="1", read=read))
    assert (report.read, len(report.failed)) == (1, 1)
    assert "no span of its text" in report.failed[0].reason


def test_an_annotator_that_always_fails_is_given_up(tmp_path: Path) -> None:
    def read(document: Document) -> Annotated:
        raise RuntimeError("out of order")

    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{TEXTS['oslo.txt']} Note {number}.", encoding="utf-8")
    with Book.open(tmp_path / "b.desk", create=True) as book:
        book.add([tmp_path])
        with pytest.raises(AnnotatorError, match="out of order"):
            book.annotate(Annotator(name="broken", version="1", read=read))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE annotations SET span_end = 100000", "outside the text"),
        ("UPDATE annotations SET span_start = span_end", "outside the text"),
        ("UPDATE annotations SET label = 'OTHER'", "is another one"),
        ("UPDATE annotations SET payload = '{}'", "cannot be read"),
    ],
)
def test_check_finds_what_does_not_stand_in_its_text(path: Path, damage: str, says: str) -> None:
    with Book.open(path) as book:
        book.annotate(finding("Schialer"))
        assert book.check() == []
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(damage).rowcount
    with Book.open(path) as book:
        problems = book.check()
    assert problems
    assert all(says in problem.detail or "is another one" in problem.detail for problem in problems)
    assert any(says in problem.detail and "finder" in problem.where for problem in problems)


def test_annotations_go_with_a_book_that_is_copied(book: Book, place: str) -> None:
    book.annotate(finding("Schialer"))
    book.copy_to(place)
    with Book.open(place) as copied:
        assert [copied.annotations(info.id) for info in copied.documents()] == [
            book.annotations(info.id) for info in book.documents()
        ]
        assert copied.annotate(finding("Lima", version="3")).read == 2


# ---------------------------------------------------------------- compared and exported


def test_agreement_counts_exact_and_overlapping_spans(book: Book) -> None:
    annotator = finding("Elmer Schialer", "Eide", "salmon")
    with pytest.raises(UnknownName, match="annotate first"):
        book.agreement(annotator)
    book.annotate(annotator)
    (held,) = book.agreement(annotator)
    ours = [each.span for info in book.documents() for each in book.mentions(info.id) if each.id and is_person(each)]
    assert held.ours == len(ours) == 3
    assert (held.theirs, held.exact) == (4, 1)  # of each text its first Eide, within the full name
    assert held.precision == 0.75
    assert held.recall == 1.0


def is_person(evidence: object) -> bool:
    return str(evidence.mention.__struct_config__.tag) == "person"  # type: ignore[attr-defined]


def test_w3c_annotations_name_their_maker(book: Book, tmp_path: Path) -> None:
    book.annotate(finding("Schialer"))
    export_annotations(book, tmp_path / "found.jsonld")
    items = json.loads((tmp_path / "found.jsonld").read_text(encoding="utf-8"))["items"]
    (theirs,) = [item for item in items if "creator" in item]
    assert theirs["creator"] == {"name": "finder", "schema:softwareVersion": "1", "type": "Software"}
    assert theirs["body"]["values"] == {"as": "Schialer"}
    assert theirs["target"]["selector"][1]["exact"] == "Schialer"
    assert len({item["id"] for item in items}) == len(items)


# ---------------------------------------------------------------- a spaCy pipeline


def ruler() -> Any:
    spacy = pytest.importorskip("spacy", reason="no spaCy is installed")
    pipeline = spacy.blank("en")
    pipeline.meta["name"] = "ruler"
    pipeline.add_pipe("entity_ruler").add_patterns(
        [{"label": "PERSON", "pattern": "Elmer Schialer"}, {"label": "GPE", "pattern": "Oslo"}]
    )
    return pipeline


def test_a_pipeline_in_hand_or_in_a_folder(book: Book, tmp_path: Path) -> None:
    assert book.annotate(annotator_of(ruler())).annotations == 2
    ruler().to_disk(tmp_path / "pipeline")
    saved = annotator_named("spacy", Options(str(tmp_path / "pipeline")))
    assert saved.version.startswith("en_ruler")
    (people, figures) = book.agreement(saved)
    assert (people.kind, people.theirs, people.theirs_met, figures.theirs) == (EntryKind.PERSON, 1, 1, 0)


def test_a_pipeline_that_is_not_there() -> None:
    pytest.importorskip("spacy", reason="no spaCy is installed")
    with pytest.raises(AnnotatorError, match="--model"):
        annotator_named("spacy", Options())
    with pytest.raises(AnnotatorError, match="not installed"):
        annotator_named("spacy", Options("en_no_such_pipeline"))


# ---------------------------------------------------------------- a language model

Answering = Callable[[dict[str, object]], tuple[int, bytes]]


@pytest.fixture
def serve() -> Iterator[Callable[[Answering], str]]:
    """Serves the chat API of an answering function on this machine; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answering) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, body = (
                    answer({**asked, "key": self.headers.get("authorization")})
                    if self.path == "/v1/chat/completions"
                    else (404, b"")
                )
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                if status == 302:
                    self.send_header("location", "/v1/chat/completions")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def completion(words: str) -> tuple[int, bytes]:
    return 200, json.dumps(
        {"id": "1", "choices": [{"index": 0, "message": {"role": "assistant", "content": words}}]}
    ).encode()


def test_a_model_is_believed_where_its_words_stand_in_the_text(
    path: Path, serve: Callable[[Answering], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[dict[str, object]] = []

    def answer(question: dict[str, object]) -> tuple[int, bytes]:
        asked.append(question)
        spans = [
            {"label": "person", "quote": "Elmer Schialer", "confidence": 0.9, "values": {"party": "PER", "round": 2}},
            {"label": "person", "quote": "Espen Eide"},
            {"label": "statement", "quote": "We will reopen the talks on fisheries", "confidence": 7},
            {"quote": "Lima"},
        ]
        return completion("Here it is:\n```json\n" + json.dumps({"spans": spans}) + "\n```")

    monkeypatch.setenv("DRAGOMAN_CHAT_KEY", "sesame")
    options = ["--model", "small", "--address", serve(answer), "--book", str(path)]
    assert exit_code(["annotate", "chat", *options, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["read"], report["annotations"], report["dropped"]) == (2, 2, 6)
    assert {question["model"] for question in asked} == {"small"}
    assert asked[0]["key"] == "Bearer sesame"
    assert exit_code(["agreement", "chat", *options]) == 0
    shown = capsys.readouterr().out
    assert "sesame" not in shown
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("person")] == ["1"]
    with Book.open(path) as book:
        kept = {each.annotation for info in book.documents() for each in book.annotations(info.id)}
    assert {(each.label, each.confidence, each.values) for each in kept} == {
        ("person", 0.9, (("party", "PER"), ("round", "2"))),
        ("statement", None, ()),
    }


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, b""), "answers 500"),
        ((302, b""), "answers 302"),
        ((200, b"<html>"), "no chat completion"),
        ((200, b'{"choices": []}'), "no chat completion"),
        ((200, b" " * 3_000_000), "longer than"),
    ],
)
def test_a_server_that_does_not_answer_as_it_should(
    book: Book, serve: Callable[[Answering], str], answer: tuple[int, bytes], reason: str
) -> None:
    annotator = annotator_named("chat", Options("small", serve(lambda question: answer)))
    report = book.annotate(annotator)
    assert [reason in failed.reason for failed in report.failed] == [True, True]
    assert not book.annotators()


def test_a_server_that_is_not_there(book: Book) -> None:
    with pytest.raises(AnnotatorError, match="--address"):
        annotator_named("chat", Options("small"))
    report = book.annotate(annotator_named("chat", Options("small", "http://127.0.0.1:9")))
    assert all("no answer" in failed.reason for failed in report.failed)


@pytest.mark.parametrize("words", ["", "I cannot do that.", "[1, 2]", '{"spans": 3}', '{"spans": [{"quote"', "null"])
def test_an_answer_that_is_none_marks_nothing(words: str) -> None:
    assert annotated_by(words, "Oslo", Span(0, 4)) == Annotated(dropped=1)


def test_a_quotation_that_is_told_twice_has_two_places() -> None:
    reply = json.dumps({"spans": [{"label": "person", "quote": "Eide"}] * 3})
    found = annotated_by(reply, "Eide spoke. Eide left.", Span(0, 22))
    assert [each.span for each in found.annotations] == [Span(0, 4), Span(12, 16)]
    assert found.dropped == 1


@pytest.mark.parametrize("text", ["x" * (2 * PART + 5), "word " * PART, "a line of words\n" * PART, "", "short"])
def test_the_parts_of_a_text_are_the_text(text: str) -> None:
    parts = list(parts_of(text))
    assert "".join(part.of(text) for part in parts) == text
    assert all(0 < len(part.of(text)) <= PART for part in parts)


# ---------------------------------------------------------------- of installed packages


def test_an_installed_package_offers_an_annotator(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Options] = []

    def make(options: Options) -> object:
        made.append(options)
        return finding("Oslo") if options.model else "nothing"

    points = [EntryPoint("mine", "mine:make", "dragoman.annotators")]
    monkeypatch.setattr("dragoman.annotate.annotators.entry_points", lambda group: points)
    monkeypatch.setattr(EntryPoint, "load", lambda point: make)
    assert exit_code(["annotate", "mine", "--model", "m", "--book", str(path)]) == 0
    assert made == [Options("m")]
    with pytest.raises(DataError, match="mine:make"):
        annotator_named("mine", Options())
    with pytest.raises(UnknownName, match="chat, mine, spacy"):
        annotator_named("other", Options())
