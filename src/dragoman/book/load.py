"""Rows become records, and records rows: what is kept of a document, a mention and an entry, and under which id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from dragoman.book.backend import Row
from dragoman.record.annotations import Annotation
from dragoman.record.corrections import Correction, Revocation, Standing
from dragoman.record.document import Document
from dragoman.record.entries import AnyEntry, BookMention, DocumentInfo, EntryKind, PersonMention, Version
from dragoman.record.marks import Person, PersonMark
from dragoman.record.mentions import ReadoutMention, StatementMention
from dragoman.record.reading import Reading
from dragoman.record.span import Span

PREFIX = {
    EntryKind.ENGAGEMENT: "eng",
    EntryKind.STATEMENT: "sta",
    EntryKind.READOUT: "rea",
    EntryKind.PERSON: "per",
    EntryKind.FIGURE: "fig",
    EntryKind.MEASURE: "mea",
    EntryKind.NEGOTIATION: "neg",
    EntryKind.COMMITMENT: "com",
    EntryKind.DISPUTE: "dis",
    EntryKind.INCIDENT: "inc",
}
MENTION_DIGITS = 20  # 80 bits: two of a billion mentions share an id with a chance below one in a million
ENTRY_DIGITS = 10

_encode = msgspec.json.Encoder(order="deterministic").encode
_mention = msgspec.json.Decoder(BookMention).decode
_document = msgspec.json.Decoder(Document).decode
_people = msgspec.json.Decoder(tuple[Person, ...]).decode
_wordings = msgspec.json.Decoder(tuple[str, ...]).decode
_correction = msgspec.json.Decoder(Correction).decode
_bands = msgspec.json.Decoder(tuple[int, ...]).decode
_entry = msgspec.json.Decoder(AnyEntry).decode
_annotation = msgspec.json.Decoder(Annotation).decode


def to_json(value: object) -> str:
    """The record as JSON text, the same text for the same record."""
    return _encode(value).decode()


def facts_of(document: Document) -> str:
    """All that is kept of a document beside its text."""
    return to_json(msgspec.structs.replace(document, text=""))


def identity_of(document: Document) -> str:
    """Equal for two documents whose readings are equal: everything but where the file lay."""
    return to_json(msgspec.structs.replace(document, text="", path=None))


def kind_of(mention: BookMention) -> EntryKind:
    """The kind of entry that a mention backs."""
    tag = mention.__struct_config__.tag
    assert isinstance(tag, str)
    return EntryKind(tag)


def mention_id(document_id: str, digest: str, mention: BookMention) -> str:
    """From the document, its text, the span, the kind and the values; the rule's name does not matter."""
    values = _encode(msgspec.structs.replace(mention, rule=""))
    mixed = hashlib.sha256(b"\x00".join((document_id.encode(), digest.encode(), values)))
    return mixed.hexdigest()[:MENTION_DIGITS]


def entry_id(kind: EntryKind, mention: str, turn: int) -> str:
    """The id of an entry that starts with the mention; ``turn`` is above 0 when that id is another entry's."""
    seed = mention if not turn else f"{mention}/{turn}"
    return f"{PREFIX[kind]}-{hashlib.sha256(seed.encode()).hexdigest()[:ENTRY_DIGITS]}"


def mentions_of(reading: Reading) -> Iterator[BookMention]:
    """What a reading says, and the persons it names."""
    yield from people_of(reading)
    yield from reading.mentions


def people_of(reading: Reading) -> Iterator[PersonMention]:
    """One mention for each named person that a mark of the reading refers to."""
    marks: dict[int, list[PersonMark]] = {}
    for mark in reading.marks:
        if isinstance(mark, PersonMark):
            for index in mark.people if len(mark.people) == 1 else ():
                marks.setdefault(index, []).append(mark)
    for index, person in enumerate(reading.people):
        if person.named and index in marks:
            yield person_mention(index, person, marks[index])


def person_mention(index: int, person: Person, marks: Sequence[PersonMark]) -> PersonMention:
    """The person with the first reference and every office that the document shows."""
    first = min(marks, key=lambda mark: mark.span)
    shown = [(mark.office, mark.party or person.party) for mark in marks if mark.office]
    offices = ([(person.office, person.party)] if person.office else []) + shown
    return PersonMention(
        span=first.head or first.span,
        rule=first.rule,
        person=person,
        index=index,
        offices=tuple(dict.fromkeys(offices)),
    )


def wordings_of(mention: BookMention, text: str) -> tuple[str, ...]:
    """The exact words: the parts of a statement, the points of a readout, otherwise the span."""
    spans: Iterable[Span]
    match mention:
        case StatementMention():
            spans = mention.content
        case ReadoutMention():
            spans = (point.span for point in mention.points)
        case _:
            spans = (mention.span,)
    return tuple(span.of(text) for span in spans)


def document_from(facts: str, text: str) -> Document:
    """The document as it was stored."""
    return msgspec.structs.replace(_document(facts), text=text)


DOCUMENT_COLUMNS = (
    "v.facts, d.id, o.id, v.number, (SELECT count(*) FROM versions AS every WHERE every.document = v.document)"
)
DOCUMENT_TABLES = (
    "versions AS v JOIN documents AS d ON d.document = v.document JOIN documents AS o ON o.document = d.origin"
)


def info_from(row: Row) -> DocumentInfo:
    """A document without its text, from ``DOCUMENT_COLUMNS``."""
    facts, identity, origin, number, versions = row
    document = _document(facts)
    return DocumentInfo(
        id=identity,
        digest=document.digest,
        origin=origin,
        path=document.path,
        url=document.url,
        outlet=document.outlet,
        title=document.title,
        published=document.published,
        kind=document.kind,
        issuer=document.issuer,
        language=document.language,
        version=number,
        versions=versions,
    )


VERSION_COLUMNS = "d.id, v.number, v.digest, v.facts, v.seen, v.grammar, v.current"


def version_from(row: Row) -> Version:
    """A version, from ``VERSION_COLUMNS``."""
    identity, number, digest, facts, seen, grammar, current = row
    document = _document(facts)
    return Version(
        document=identity,
        number=number,
        digest=digest,
        published=document.published,
        title=document.title,
        seen=seen,
        grammar=grammar,
        current=bool(current),
    )


def mention_from(payload: str) -> BookMention:
    """The mention as it was stored."""
    mention: BookMention = _mention(payload)
    return mention


@lru_cache(maxsize=4096)
def annotation_from(payload: str) -> Annotation:
    """What an annotator found, as it was stored."""
    annotation: Annotation = _annotation(payload)
    return annotation


def people_from(payload: str) -> tuple[Person, ...]:
    """The people of a document."""
    return _people(payload)


def bands_from(payload: str) -> tuple[int, ...]:
    """The bands of a document."""
    return _bands(payload)


def wordings_from(payload: str) -> tuple[str, ...]:
    """The exact words of a mention."""
    return _wordings(payload)


def entry_from(payload: str) -> AnyEntry:
    """The entry as it was folded."""
    entry: AnyEntry = _entry(payload)
    return entry


def correction_from(payload: str) -> Correction:
    """The correction as it was made."""
    return _correction(payload)


CORRECTION_COLUMNS = "c.payload, c.revoked_by, c.revoked_at, c.revoked_why, c.standing, c.detail"


def whole_correction_from(row: Row) -> Correction:
    """A correction with what became of it, from ``CORRECTION_COLUMNS``."""
    payload, by, at, why, standing, detail = row
    revoked = Revocation(by=by, at=at, why=why or "") if at else None
    return msgspec.structs.replace(
        correction_from(payload), revoked=revoked, standing=Standing(standing), detail=detail
    )
