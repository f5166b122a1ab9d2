"""Where do bytes from outside enter the program, and what must hold whatever they are?

Each entry point takes bytes as an attacker could choose them and returns nothing. The errors that a caller is expected to
handle are caught here; any other exception, a broken promise, a hang or memory without bound is a finding.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.errors import DragomanError, InputError
from dragoman.grammar.rules import load_examples, load_rules
from dragoman.grammar.trace import Trace
from dragoman.lexicon.load import load_lexicon
from dragoman.library import kept
from dragoman.link.diff import word_diff
from dragoman.link.quotes import Wording, same_words
from dragoman.link.versions import edits_between
from dragoman.mark.times import mark_times
from dragoman.pipeline import Reader
from dragoman.read import Source, document_of, document_of_page, find_sources, read_source
from dragoman.read.published import publication_given
from dragoman.read.web.feeds import feed_in
from dragoman.read.web.fetch import Answer, Stamp
from dragoman.read.web.pages import canonical_url
from dragoman.record.document import Document
from dragoman.record.segments import Segments
from dragoman.segment.divide import divide

LONGEST = 4096  # characters of a text that is read whole: longer ones have their own test of time and memory
ENDINGS = {
    "mail": ".eml",
    "mailbox": ".mbox",
    "pdf": ".pdf",
    "word": ".docx",
    "warc": ".warc",
    "zip": ".zip",
    "tar": ".tar",
}


def as_text(data: bytes) -> str:
    """Any bytes as a text, lone surrogates included."""
    return data.decode("utf-8", "surrogateescape" if data[:1] == b"\xff" else "replace")


@cache
def reader() -> Reader:
    """The reader of this process."""
    return Reader()


@cache
def folder() -> Path:
    """Where files are written, in memory where the system has such a place."""
    return Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))


def text(data: bytes) -> None:
    """A text read whole, from segments to entries' mentions."""
    try:
        document = document_of(as_text(data)[:LONGEST])
    except InputError:
        return
    reading = reader().read(document)
    for mention in kept(reading).mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(document.text), "a mention outside its text"


def segments(data: bytes) -> None:
    """Paragraphs, sentences, tokens and quotations of a text."""
    written = as_text(data)
    found: Segments = divide(Document(id="d", text=written, digest="0"))
    assert all(s.span.start < s.span.end <= len(written) for s in found.sentences), "a sentence outside its text"


def page(data: bytes) -> None:
    """A saved web page."""
    try:
        document_of_page(as_text(data), name="page")
    except InputError:
        return


def dates(data: bytes) -> None:
    """A date that somebody states."""
    try:
        found = publication_given(as_text(data))
    except ValueError as error:
        assert str(error), "an error that says nothing"
        return
    assert found.start is None or found.end is None or found.start <= found.end, "an interval that runs backwards"


def times(data: bytes) -> None:
    """The expressions of time in a text."""
    document = Document(id="d", text=as_text(data), digest="0")
    for mark in mark_times(document, divide(document), Trace(on=False)):
        assert mark.span.end <= len(document.text), "a time outside its text"


def quotations(data: bytes) -> None:
    """Two wordings compared, and two versions of a text."""
    one, _, other = as_text(data).partition("|")
    same_words(Wording(one), Wording(other))
    changes = word_diff(one, other)
    assert " ".join(c.words for c in changes if c.side != "right") == " ".join(one.split()), "a diff that loses words"
    assert bool(edits_between(one, other)) == (one != other), "versions that differ without an edit"


def phrases(data: bytes) -> None:
    """A text looked up in the lexicon."""
    written = as_text(data)
    assert all(hit.span.end <= len(written) for hit in load_lexicon().hits(written)), "a hit outside its text"


def rules(data: bytes) -> None:
    """A rule file, and a file of examples, as a user might write them."""
    path = written_as(data, ".toml")
    for load in (load_rules, load_examples):
        try:
            load(path)
        except DragomanError as error:
            assert path.name in str(error), "an error that does not name the file"


def feed(data: bytes) -> None:
    """What a server gives for a feed: RSS, Atom, JSON Feed or a sitemap."""
    answer = Answer("https://example.org/feed", data, "application/xml", None, Stamp())
    try:
        found = feed_in(answer)
    except DragomanError as error:
        assert "example.org" in str(error), "an error that does not name the feed"
        return
    for entry in found.entries:
        assert entry.url, "an entry without an address"


def address(data: bytes) -> None:
    """The address that a page calls its own."""
    assert urlsplit(canonical_url(data, "https://example.org/a")).netloc == "example.org", "a page of another host"


def written_as(data: bytes, ending: str) -> Path:
    """The bytes as a file of that name's ending."""
    path = folder() / f"input{ending}"
    path.write_bytes(data)
    return path


def sources(path: Path) -> Iterator[Source]:
    """Each source found in a file; what is refused has a reason."""
    for found in find_sources([path]):
        if isinstance(found, Source):
            yield found
        else:
            assert getattr(found, "reason", "x"), "a refusal without a reason"


def file(ending: str) -> Callable[[bytes], None]:
    """The entry point for files of a kind."""

    def entry(data: bytes) -> None:
        for source in sources(written_as(data, ending)):
            try:
                read_source(source)
            except InputError as error:
                assert str(error), "an error that says nothing"

    entry.__doc__ = f"A file that ends in {ending}."
    return entry


ENTRIES: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "segments": segments,
    "page": page,
    "dates": dates,
    "times": times,
    "quotations": quotations,
    "phrases": phrases,
    "rules": rules,
    "feed": feed,
    "address": address,
    "plain": file(".txt"),
    "table": file(".csv"),
    "lines": file(".jsonl"),
    **{name: file(ending) for name, ending in ENDINGS.items()},
}
