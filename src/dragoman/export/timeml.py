"""The time expressions of the book's documents as TimeML (ISO-TimeML 1.2.1): one XML file a document, TIMEX3 inline.

A book does not keep time expressions, so each text is read for them again, which takes about a millisecond. Where two
overlap, the longer one is written. ``anchorTimeID`` names the expression that a value was reckoned from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from dragoman.book import Book
from dragoman.export.files import beside
from dragoman.grammar.trace import Trace
from dragoman.mark.times import mark_times
from dragoman.record.document import Document
from dragoman.record.entries import EVERYTHING, Filter
from dragoman.record.marks import TimeMark
from dragoman.record.when import Basis
from dragoman.segment.divide import divide

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
CREATED = "t0"


def export_timeml(book: Book, folder: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write a file for each document into the folder; how many documents and expressions they hold."""
    documents = expressions = 0
    for info in book.each_document(wanted):
        document = book.document(info.id, digest=info.digest)
        times = times_of(document)
        with beside(folder / f"{file_name(info.id)}-{info.digest[:8]}.tml") as draft:
            draft.write_bytes(timeml_of(document, times))
        documents += 1
        expressions += len(times)
    return {"documents": documents, "expressions": expressions}


def times_of(document: Document) -> list[TimeMark]:
    """The time expressions of a text in order, of overlapping ones the longer."""
    found = mark_times(document, divide(document), Trace(False))
    kept: list[TimeMark] = []
    for mark in sorted(found, key=lambda mark: (mark.span.start, -mark.span.end)):
        if kept and mark.span.start < kept[-1].span.end:
            if mark.span.end - mark.span.start > kept[-1].span.end - kept[-1].span.start:
                kept[-1] = mark
        else:
            kept.append(mark)
    return kept


def timeml_of(document: Document, times: Sequence[TimeMark]) -> bytes:
    """The document with its expressions marked; signs that XML does not have become blanks, so that offsets hold."""
    root = etree.Element("TimeML")
    etree.SubElement(root, "DOCID").text = NOT_XML.sub(" ", document.id)
    created = etree.SubElement(root, "DCT")
    day = document.published.day
    if day:
        creation = {"tid": CREATED, "type": "DATE", "value": day.isoformat()}
        etree.SubElement(created, "TIMEX3", creation | {"functionInDocument": "CREATION_TIME"}).text = day.isoformat()
    body = etree.SubElement(root, "TEXT")
    text = NOT_XML.sub(" ", document.text)
    body.text = text[: times[0].span.start] if times else text
    for element, tail in elements_of(text, times):
        element.tail = tail
        body.append(element)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def elements_of(text: str, times: Sequence[TimeMark]) -> Iterator[tuple[etree.Element, str]]:
    """The elements with the text that follows each."""
    names = {mark.span: f"t{number}" for number, mark in enumerate(times, start=1)}
    ends = [mark.span.start for mark in times[1:]] + [len(text)]
    for mark, end in zip(times, ends, strict=True):
        element = etree.Element("TIMEX3", tid=names[mark.span], type=mark.type.value, value=mark.value)
        if mark.mod:
            element.set("mod", mark.mod)
        if mark.when.basis is Basis.PUBLICATION:
            element.set("temporalFunction", "true")
            element.set("anchorTimeID", CREATED)
        elif mark.anchor in names:
            element.set("temporalFunction", "true")
            element.set("anchorTimeID", names[mark.anchor])
        element.text = mark.span.of(text)
        yield element, text[mark.span.end : end]


def file_name(identity: str) -> str:
    """An id as the name of a file."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", identity).strip("-.")[-80:] or "document"
