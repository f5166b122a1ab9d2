"""The book as PLOVER events: one line of JSON an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dragoman.book import Book
from dragoman.export.build import Texts
from dragoman.export.jsonl import write_lines
from dragoman.export.plover.coding import (
    Coded,
    coded_commitment,
    coded_dispute,
    coded_engagement,
    coded_incident,
    coded_measure,
    coded_readout,
    coded_statement,
    scores_of,
)
from dragoman.export.plover.record import Cite, Event, TextInfo
from dragoman.export.plover.tables import contexts
from dragoman.record.entries import (
    EVERYTHING,
    AnyEntry,
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Evidence,
    Filter,
    Incident,
    Measure,
    ReadoutEntry,
    Statement,
)
from dragoman.record.span import Span
from dragoman.record.when import Basis, Precision

CODER = "dragoman"
PUBLISHED = "published"  # the basis of a date that is only the day of publication


def export_plover(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the events of a book to a file, replaced whole; how many they are."""
    return {"events": write_lines(path, events_of(book, wanted))}


def events_of(book: Book, wanted: Filter = EVERYTHING) -> Iterator[Event]:
    """Every event that the book holds, each once: what one passage says twice over is one event."""
    writer = Writer(book)
    with book.snapshot():
        for entry, coded in coded_entries(book, wanted):
            event = writer.event(entry, coded)
            if event is not None:
                yield event


def coded_entries(book: Book, wanted: Filter) -> Iterator[tuple[AnyEntry, Coded]]:
    """The events of all entries before their evidence; of two that tell the same, the one that knows more comes first."""
    engagements: set[str] = set()
    for engagement in book.each(Engagement, wanted):
        engagements.add(engagement.id)
        yield from ((engagement, coded) for coded in coded_engagement(engagement))
    for measure in book.each(Measure, wanted):
        yield from ((measure, coded) for coded in coded_measure(measure))
    for incident in book.each(Incident, wanted):
        yield from ((incident, coded) for coded in coded_incident(incident))
    for readout in book.each(ReadoutEntry, wanted):
        of = engagement_of(book, readout, wanted) if readout.engagement in engagements else None
        yield from ((readout, coded) for coded in coded_readout(readout, of))
    for commitment in book.each(Commitment, wanted):
        yield from ((commitment, coded) for coded in coded_commitment(commitment))
    for statement in book.each(Statement, wanted):
        yield from ((statement, coded) for coded in coded_statement(statement))
    for dispute in book.each(Dispute, wanted):
        yield from ((dispute, coded) for coded in coded_dispute(dispute))


def engagement_of(book: Book, readout: ReadoutEntry, wanted: Filter) -> Engagement | None:
    """The engagement that a readout is an account of, on the day of the filter."""
    known = readout.engagement or ""
    entry = book.entry_as_of(known, wanted.as_of) if wanted.as_of else book.entry(known)
    return entry if isinstance(entry, Engagement) else None


class Place(msgspec.Struct, frozen=True):
    """Where the evidence of an event stands."""

    document: DocumentInfo
    span: Span
    rule: str


class Writer:
    """Joins codes to their evidence, and leaves out what the same words have told already."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.texts = Texts(book)
        self.told: dict[tuple[str, str, tuple[str | None, ...]], list[Span]] = {}

    def event(self, entry: AnyEntry, coded: Coded) -> Event | None:
        """The event of a code, or None when its evidence is gone or has told the same already."""
        place = place_of(self.book.evidence(entry), coded)
        if place is None or not coded.source or self.is_told(place, coded):
            return None
        quad, score, goldstein = scores_of(coded.code)
        dated = coded.when if coded.when.known else None
        return Event(
            id=f"{entry.id}-{coded.stage}" if coded.stage else entry.id,
            date=(dated.start or dated.end) if dated else coded.published,
            enddate=(dated.end or dated.start) if dated else coded.published,
            date_basis=dated.basis if dated else PUBLISHED if coded.published else Basis.NONE,
            date_precision=dated.precision if dated else Precision.DAY if coded.published else Precision.UNKNOWN,
            source=coded.source,
            recipient=coded.recipient,
            event=[coded.code.event],
            mode=list(dict.fromkeys(mode for mode in (coded.code.mode, *coded.modes) if mode)),
            context=contexts_of(coded),
            special=coded.code.special or None,
            quad_code=quad,
            event_scale=score,
            cameo=coded.code.cameo,
            goldstein=goldstein,
            event_loc=coded.place,
            text=place.span.of(self.texts.of(place.document)),
            text_info=TextInfo(document=place.document.id, start=place.span.start, end=place.span.end),
            cite_info=cite_of(place.document),
            origins=entry.origins,
            documents=list(entry.documents),
            entry=entry.id,
            entry_kind=str(entry.__struct_config__.tag),
            status=coded.status,
            link=entry.id if coded.stage else None,
            rule=coded.rule or place.rule,
            coder=CODER,
        )

    def is_told(self, place: Place, coded: Coded) -> bool:
        """Whether the same parties did the same in words that overlap; these are remembered."""
        key = (place.document.digest, coded.code.event, tuple(sorted({str(actor.code) for actor in coded.source})))
        before = self.told.setdefault(key, [])
        if any(span.overlaps(place.span) for span in before) and coded.code.event != "CONSULT":
            return True
        before.append(place.span)
        return False


def place_of(evidence: Sequence[Evidence], coded: Coded) -> Place | None:
    """Where the mention that tells the event stands, else the first mention of the entry."""
    if not evidence:
        return None
    if coded.document is not None and coded.span is not None:
        held = next((one for one in evidence if one.document.id == coded.document), None)
        return Place(held.document, coded.span, held.mention.rule) if held else None
    chosen = next((one for one in evidence if one.id == coded.mention), evidence[0])
    return Place(chosen.document, chosen.span, chosen.mention.rule)


def contexts_of(coded: Coded) -> list[str]:
    """The manual's contexts of an event: those of its topics, and the special one."""
    of_topics = (contexts()[topic] for topic in coded.topics if topic in contexts())
    return list(dict.fromkeys((*of_topics, *filter(None, (coded.code.special,)))))


def cite_of(info: DocumentInfo) -> Cite:
    """How a document is cited."""
    return Cite(citation=info.id, url=info.url, title=info.title, language=info.language, publication=info.outlet)
