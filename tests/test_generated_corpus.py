"""The generated corpora of the benchmarks: the same for a seed, and true where they say what is true."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.record.entries import Filter

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
corpus = pytest.importorskip("corpus", reason="the benchmarks are not beside the tests")
told = pytest.importorskip("told", reason="the benchmarks are not beside the tests")


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one() -> None:
    one = [corpus.line_of(doc) for doc in islice(corpus.documents(), 150)]
    other = [corpus.line_of(doc) for doc in islice(corpus.documents(), 300)]
    assert one == other[:150]
    assert one != [corpus.line_of(doc) for doc in islice(corpus.documents(seed=2), 150)]


def test_every_document_has_an_id_of_its_own_and_words_for_what_it_tells() -> None:
    docs = list(islice(corpus.documents(), 600))
    assert max(Counter(doc.id for doc in docs).values()) == 1
    assert {doc.kind for doc in docs} == {"news", "readout"}
    for doc in docs:
        assert "{" not in doc.text
        assert "[" not in doc.text
        for mark in doc.marked:
            stretch = doc.text[mark.start : mark.end]
            assert mark.quote is None or stretch == mark.quote.text
            assert mark.way != "report" or (
                mark.engagement.a.surname in stretch and mark.engagement.b.surname in stretch
            )


def test_documents_come_in_order_of_publication() -> None:
    days = [doc.published for doc in islice(corpus.documents(), 600)]
    assert days == sorted(days)
    assert isinstance(days[0], datetime.date)


def test_what_is_told_makes_a_book_of_those_engagements(tmp_path: Path) -> None:
    docs = list(islice(corpus.documents(), 300))
    with Book.open(tmp_path / "told.desk", create=True) as book:
        book.store(told.readings(docs))
        book.link()
        assert book.check() == []
        known = {mark.of for doc in docs for mark in doc.marked if mark.way in ("report", "preview")}
        assert len(book.engagements(Filter())) == len(known)


def test_truth_is_one_line_a_document() -> None:
    doc = next(doc for doc in corpus.documents() if "-copy-" in doc.id)
    known = json.loads(corpus.truth_of(doc))
    assert known["origin"] != known["id"] == doc.id
