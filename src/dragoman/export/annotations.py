"""What the book reads in its texts, as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).

One JSON-LD document: a page of annotations, one a mention of a current text. The target is the document's address, or a name
made from its id. Offsets count characters of the text as the book stores it; the quotation with the characters around it
finds the place in the page itself. The body is the mention: its kind, rule and values. What other annotators found follows
the mentions of each document, with the annotator as its creator.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from dragoman.book import Book
from dragoman.export.files import beside
from dragoman.record.annotations import HeldAnnotation
from dragoman.record.entries import EVERYTHING, BookMention, DocumentInfo, Evidence, Filter
from dragoman.record.span import Span

AROUND = 32  # characters before and after, by which a reader of the page finds the place


class Position(msgspec.Struct, frozen=True, tag_field="type", tag="TextPositionSelector"):
    """Offsets into the stored text, the end excluded."""

    start: int
    end: int


class Quote(msgspec.Struct, frozen=True, tag_field="type", tag="TextQuoteSelector"):
    """The exact words and what stands around them."""

    exact: str
    prefix: str
    suffix: str


class Target(msgspec.Struct, frozen=True):
    """Where an annotation belongs."""

    source: str
    selector: tuple[Position, Quote]


class Body(msgspec.Struct, frozen=True):
    """What an annotation says: the mention as the book holds it."""

    purpose: str
    value: str  # the kind of mention
    mention: BookMention
    type: str = "TextualBody"


class Annotation(msgspec.Struct, frozen=True):
    """One annotation."""

    id: str
    body: Body
    target: Target
    type: str = "Annotation"
    motivation: str = "classifying"


class Software(msgspec.Struct, frozen=True):
    """The annotator, when it is not Dragoman."""

    name: str
    version: str = msgspec.field(name="schema:softwareVersion")
    type: str = "Software"


class ForeignBody(msgspec.Struct, frozen=True):
    """What another annotator says: its label and values, and how sure it was."""

    purpose: str
    value: str
    values: dict[str, str]
    confidence: float | None = None
    type: str = "TextualBody"


class ForeignAnnotation(msgspec.Struct, frozen=True):
    """One annotation of another annotator."""

    id: str
    body: ForeignBody
    target: Target
    creator: Software
    type: str = "Annotation"
    motivation: str = "classifying"


def export_annotations(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the annotations of the documents that answer the filter in place of ``path``; how many they are."""
    count = 0
    with beside(path) as draft, draft.open("wb") as file:
        file.write(b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [')
        for annotation in annotations_of(book, wanted):
            file.write((b",\n" if count else b"\n") + msgspec.json.encode(annotation))
            count += 1
        file.write(b"\n]}\n")
    return {"annotations": count}


def annotations_of(book: Book, wanted: Filter) -> Iterator[Annotation | ForeignAnnotation]:
    """The annotations, document by document, in order of their place; those of other annotators after ours."""
    for info in book.each_document(wanted):
        text = book.document(info.id, digest=info.digest).text
        for evidence in book.mentions(info.id, digest=info.digest):
            yield annotation_of(evidence, text)
        if not wanted.as_of:
            yield from (
                foreign(held, info, text, place) for place, held in enumerate(book.annotations(info.id), start=1)
            )


def foreign(held: HeldAnnotation, info: DocumentInfo, text: str, place: int) -> ForeignAnnotation:
    """The annotation of another annotator, the ``place``-th of the document."""
    found = held.annotation
    return ForeignAnnotation(
        id=f"urn:dragoman:annotation:{quote(held.annotator, safe='')}:{quote(info.id, safe='')}:{place}",
        body=ForeignBody("classifying", found.label, dict(found.values), found.confidence),
        target=Target(source=address_of(info), selector=(position(found.span), quotation(found.span, text))),
        creator=Software(held.annotator, held.version),
    )


def annotation_of(evidence: Evidence, text: str) -> Annotation:
    """The annotation of a mention."""
    kind = str(evidence.mention.__struct_config__.tag)
    return Annotation(
        id=f"urn:dragoman:mention:{quote(evidence.id, safe='')}",
        body=Body(purpose="classifying", value=kind, mention=evidence.mention),
        target=Target(
            source=address_of(evidence.document), selector=(position(evidence.span), quotation(evidence.span, text))
        ),
    )


def address_of(info: DocumentInfo) -> str:
    """The address of a document, else a name made from its id."""
    return info.url or f"urn:dragoman:document:{quote(info.id, safe='')}"


def position(span: Span) -> Position:
    """The offsets of a span."""
    return Position(span.start, span.end)


def quotation(span: Span, text: str) -> Quote:
    """The words of a span with those around them."""
    before = text[max(0, span.start - AROUND) : span.start]
    return Quote(span.of(text), before, text[span.end : span.end + AROUND])
