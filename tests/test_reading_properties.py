"""Whatever is read, every span of it slices back to characters of the text, and the same text gives the same reading."""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Reader
from dragoman.record.document import Document
from dragoman.record.reading import Reading
from dragoman.record.span import Span

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = sorted((ROOT / "examples" / "us-india-2025").glob("*.txt"))
RELEASES = ROOT.parent / "shared" / "corpora" / "state-releases" / "dev.jsonl.gz"
PIECES = st.sampled_from(
    [
        "Foreign Minister Espen Barth Eide met his Chilean counterpart in Oslo on Monday.",
        "“We agreed to meet again in June,” Eide said",
        "according to a joint statement released by Norway and Chile",
        "The below is attributable to Spokesperson Tammy Bruce:",
        "a 25 percent tariff on steel from 1 August",
        "Washington", "U.S.-India", "the two sides", "SECRETARY RUBIO:", "QUESTION:", "said", "met with", "“", "”", "'", '"',
        "\n", "\n\n", " ", ", ", ". ", "—", "(", ")", "\u200f", "\u0301", "\ud800", "İ", "ß", "ﬁ", "2+2", "$45.7bn", "10 to 12 June",
    ]
)  # fmt: skip


@cache
def reader() -> Reader:
    return Reader()


def document(text: str) -> Document:
    return Document(id="d", text=text, digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def odd_spans(reading: Reading) -> list[Span]:
    length = len(reading.document.text)
    return [s for s in spans_in(reading) if not 0 <= s.start < s.end <= length]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25))
def test_every_span_slices_back_and_reading_is_total(pieces: list[str]) -> None:
    reading = reader().read(document(" ".join(pieces)), explain=True)
    assert odd_spans(reading) == []


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_a_sample_text_is_read_with_true_spans_and_always_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, second = reader().read(document(text)), Reader().read(document(text))
    assert odd_spans(first) == []
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


@pytest.mark.skipif(not RELEASES.is_file(), reason="the development data is not beside this checkout")
def test_real_releases_are_read_with_true_spans() -> None:
    from dragoman.library import read

    with gzip.open(RELEASES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % 12 == 0]
    for row in rows:
        text = row["versions"][-1]["html"].replace("<p>", "").replace("</p>", "\n")
        assert odd_spans(read(text, published=row["published"][:10])) == [], row["url"]


@pytest.mark.parametrize("strange", ["", " \ud800"])
def test_a_reading_arrives_whole_in_another_process(strange: str) -> None:
    text = (
        f"Foreign Minister Espen Barth Eide{strange} met his Chilean counterpart in Oslo on Monday, the ministry said."
    )
    read = reader().read(Document(id="d", text=text, digest="0"), explain=True)
    assert read.mentions
    assert read.firings
    assert pickle.loads(pickle.dumps(read)) == read
