"""Does the sample corpus hold together: do its files exist, and do the expected spans stand in its texts?"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.read import document_of_page

CORPUS = Path(__file__).parent.parent / "examples" / "us-india-2025"
EXPECTED: dict[str, Any] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
ROWS = list(csv.DictReader((CORPUS / "manifest.csv").read_text(encoding="utf-8").splitlines()))
SPANS = {
    "statements": "quote",
    "not_speech": "text",
    "speech": "text",
    "indirect": "content",
    "figures": "text",
    "measures": "text",
    "commitments": "text",
    "disputes": "text",
    "incidents": "text",
}


def text_of(path: str) -> str:
    """The characters of a file; of a page, the text of its paragraphs."""
    text = (CORPUS / path).read_text(encoding="utf-8")
    if not path.endswith(".html"):
        return text
    return document_of_page(text).text


LATEST = {document["id"]: text_of(document["versions"][-1]["path"]) for document in EXPECTED["documents"]}


def test_the_manifest_names_every_text_once() -> None:
    texts = {path.name for path in CORPUS.iterdir() if path.suffix in {".txt", ".html"}}
    assert sorted(row["path"] for row in ROWS) == sorted(texts)


def test_the_expectations_know_the_documents_of_the_manifest() -> None:
    listed = [(document["id"], v["path"]) for document in EXPECTED["documents"] for v in document["versions"]]
    assert sorted(listed) == sorted((row["id"], row["path"]) for row in ROWS)


@pytest.mark.parametrize("kind", SPANS)
def test_an_expected_span_stands_once_in_its_text(kind: str) -> None:
    for item in EXPECTED[kind]:
        assert LATEST[item["doc"]].count(item[SPANS[kind]]) == 1, item


def test_the_steps_of_a_commitment_stand_in_their_texts() -> None:
    for history in EXPECTED["commitment_histories"]:
        for document, span in history["steps"]:
            assert span in LATEST[document], span


def test_a_formula_stands_where_it_is_kept_and_nowhere_else() -> None:
    for formula in EXPECTED["formulas"]:
        for document, state, wording in formula["steps"]:
            if wording is None:
                assert formula["formula"] not in LATEST[document]
            else:
                assert wording in LATEST[document]
                assert (state == "kept") == (wording in formula["formula"] or formula["formula"] in wording)


def test_the_edited_release_differs_as_described() -> None:
    for version in EXPECTED["versions"]:
        paths = [row["path"] for row in ROWS if row["id"] == version["doc"]]
        before, after = (text_of(path) for path in paths)
        for change in version["changes"]:
            before = before.replace(change["before"], change["after"])
        assert before == after


def test_every_account_belongs_to_an_engagement() -> None:
    engagements = {engagement["id"]: engagement for engagement in EXPECTED["engagements"]}
    for readout in EXPECTED["readouts"]:
        assert set(readout["documents"]) <= set(engagements[readout["engagement"]]["documents"])
