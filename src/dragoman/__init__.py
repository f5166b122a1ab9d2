"""Reads the public record of diplomacy and keeps the book on a relationship.

    import dragoman

    reading = dragoman.read(text, published="2025-03-28")     # one text, without a book
    for mention in reading.mentions:
        print(mention.rule, mention.span.of(reading.document.text))

    with dragoman.Book.open(Path("dragoman.desk"), create=True) as book:
        report = book.add(["texts/"])
        for engagement in book.engagements(dragoman.Filter(parties=("IND", "USA"))):
            print(engagement.when.start, engagement.kind, engagement.place)

Everything that is returned is a frozen, typed record; see ``docs/library.md``. A name is loaded when it is first asked for
(PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.annotate.annotators import Annotator
    from dragoman.api import Book
    from dragoman.book import Stored
    from dragoman.errors import (
        AnnotatorError,
        BookBusy,
        BookError,
        DataError,
        DragomanError,
        InputError,
        LexiconError,
        ManifestError,
        MissingExtra,
        NewerBook,
        NotABook,
        NotEnglish,
        RuleError,
        SourceError,
        UnknownName,
    )
    from dragoman.export.exporters import Exporter
    from dragoman.export.frames import frame
    from dragoman.lexicon.own import use_rules
    from dragoman.library import Progress, RunReport, party_code, read
    from dragoman.pipeline import GRAMMAR_VERSION, Reader
    from dragoman.read.given import Given
    from dragoman.read.offered import Content
    from dragoman.record.annotations import Annotated, Annotation
    from dragoman.record.comparison import Comparison
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
    from dragoman.record.marks import Person
    from dragoman.record.quote import QuoteCheck, QuoteVerdict
    from dragoman.record.reading import Reading
    from dragoman.record.span import Span
    from dragoman.record.when import When
    from dragoman.show.brief import Accounts, Brief
    from dragoman.show.news import News

__version__ = "0.1.0"

# Where the public names live.
HOMES = {
    name: module
    for module, names in {
        "dragoman.annotate.annotators": "Annotator",
        "dragoman.api": "Book",
        "dragoman.book": "Stored",
        "dragoman.errors": "AnnotatorError BookBusy BookError DataError DragomanError InputError LexiconError ManifestError MissingExtra NewerBook NotABook NotEnglish RuleError SourceError UnknownName",
        "dragoman.export.exporters": "Exporter",
        "dragoman.export.frames": "frame",
        "dragoman.lexicon.own": "use_rules",
        "dragoman.library": "Progress RunReport party_code",
        "dragoman.pipeline": "GRAMMAR_VERSION Reader",
        "dragoman.read.given": "Given",
        "dragoman.read.offered": "Content",
        "dragoman.record.annotations": "Annotated Annotation",
        "dragoman.record.comparison": "Comparison",
        "dragoman.record.document": "Document DocumentKind Publication PublishedBasis",
        "dragoman.record.entries": "Commitment Dispute DocumentInfo Engagement Evidence Figure Filter Incident Measure Negotiation PersonEntry ReadoutEntry SearchHit Statement Version",
        "dragoman.record.marks": "Person",
        "dragoman.record.quote": "QuoteCheck QuoteVerdict",
        "dragoman.record.reading": "Reading",
        "dragoman.record.span": "Span",
        "dragoman.record.when": "When",
        "dragoman.show.brief": "Accounts Brief",
        "dragoman.show.news": "News",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    """A public name, loaded now."""
    if name not in HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted({*globals(), *__all__})


class Package(ModuleType):
    """The package, whose ``read`` is the function, although a room of that name is imported as well."""

    @property
    def read(self) -> Any:
        """See ``dragoman.library.read``."""
        return import_module("dragoman.library").read

    @read.setter
    def read(self, room: ModuleType) -> None:
        """The import of the room sets it here; it is found under its own name."""


sys.modules[__name__].__class__ = Package

__all__ = [
    "GRAMMAR_VERSION",
    "Accounts",
    "Annotated",
    "Annotation",
    "Annotator",
    "AnnotatorError",
    "Book",
    "BookBusy",
    "BookError",
    "Brief",
    "Commitment",
    "Comparison",
    "Content",
    "DataError",
    "Dispute",
    "Document",
    "DocumentInfo",
    "DocumentKind",
    "DragomanError",
    "Engagement",
    "Evidence",
    "Exporter",
    "Figure",
    "Filter",
    "Given",
    "Incident",
    "InputError",
    "LexiconError",
    "ManifestError",
    "Measure",
    "MissingExtra",
    "Negotiation",
    "NewerBook",
    "News",
    "NotABook",
    "NotEnglish",
    "Person",
    "PersonEntry",
    "Progress",
    "Publication",
    "PublishedBasis",
    "QuoteCheck",
    "QuoteVerdict",
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
    "frame",
    "party_code",
    "read",
    "use_rules",
]
