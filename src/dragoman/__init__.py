"""Reads the public record of diplomacy and keeps the book on a relationship.

    import dragoman

    reading = dragoman.read(text, published="2025-03-28")     # one text, without a book
    for mention in reading.mentions:
        print(mention.rule, mention.span.of(reading.document.text))

    with dragoman.Book.open(Path("dragoman.desk"), create=True) as book:
        report = dragoman.add(book, ["texts/"])
        for engagement in book.engagements(dragoman.Filter(parties=("IND", "USA"))):
            print(engagement.when.start, engagement.kind, engagement.place)

Everything that is returned is a frozen, typed record; see ``dragoman.record``.
"""

from dragoman.book import Book, Stored
from dragoman.errors import (
    BookBusy,
    BookError,
    DataError,
    DragomanError,
    InputError,
    LexiconError,
    ManifestError,
    NewerBook,
    NotABook,
    NotEnglish,
    RuleError,
    SourceError,
    UnknownName,
)
from dragoman.library import Progress, RunReport, add, party_code, read
from dragoman.pipeline import GRAMMAR_VERSION, Reader
from dragoman.record.document import Document, DocumentKind, Publication, PublishedBasis
from dragoman.record.entries import (
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Evidence,
    Figure,
    Filter,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    SearchHit,
    Statement,
    Version,
)
from dragoman.record.reading import Reading
from dragoman.record.span import Span
from dragoman.record.when import When

__version__ = "0.1.0"

__all__ = [
    "GRAMMAR_VERSION",
    "Book",
    "BookBusy",
    "BookError",
    "Commitment",
    "DataError",
    "Dispute",
    "Document",
    "DocumentInfo",
    "DocumentKind",
    "DragomanError",
    "Engagement",
    "Evidence",
    "Figure",
    "Filter",
    "Incident",
    "InputError",
    "LexiconError",
    "ManifestError",
    "Measure",
    "Negotiation",
    "NewerBook",
    "NotABook",
    "NotEnglish",
    "PersonEntry",
    "Progress",
    "Publication",
    "PublishedBasis",
    "Reader",
    "Reading",
    "ReadoutEntry",
    "RuleError",
    "RunReport",
    "SearchHit",
    "SourceError",
    "Span",
    "Statement",
    "Stored",
    "UnknownName",
    "Version",
    "When",
    "__version__",
    "add",
    "party_code",
    "read",
]
