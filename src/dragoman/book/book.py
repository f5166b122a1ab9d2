"""How is a book opened, filled and asked?

    with Book.open(path, create=True) as book:
        fresh = [document for document in documents if not book.known(document)]
        book.store(reader.read(document) for document in fresh)
        book.link()
        for engagement in book.engagements(Filter(parties=("IND", "USA"))):
            ...

``store`` acknowledges documents batch by batch: what it has counted is on disk, whole. ``link`` brings the entries up
to date; a run that was killed before it is completed by the next. Readers see the state of the last commit while
another process writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from dragoman.record.document import Document
from dragoman.record.entries import (
    EVERYTHING,
    AnyEntry,
    BookMeta,
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
    Origin,
    PersonEntry,
    Problem,
    ReadoutEntry,
    SearchHit,
    Statement,
    Version,
)
from dragoman.record.reading import Reading


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a call of ``store`` did: documents new to the book, new texts of known documents, texts read anew
    (another grammar, or other facts given), and documents that were there already."""

    new: int = 0
    versions: int = 0
    reread: int = 0
    unchanged: int = 0


class Book:
    """A book on disk. Open it with ``Book.open``; use it in a ``with`` statement."""

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The book at the path. With ``create``, a missing file becomes an empty book; its mode is 0600.

        Raises NotABook when the file is something else or missing, NewerBook when a newer program wrote it, BookBusy
        when another process is writing and does not finish within some seconds.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    # -------------------------------------------------------------- filling

    def known(self, document: Document) -> bool:
        """Whether this very text with these very facts was already read by the present grammar."""
        raise NotImplementedError

    def store(self, readings: Iterable[Reading], *, seen: str | None = None, batch: int = 200) -> Stored:
        """Add what was read, ``batch`` documents a transaction. ``seen`` is the moment that versions are marked with.

        A text that is new for a known id or url becomes the current version unless it was published before the one
        the book has.
        """
        raise NotImplementedError

    def link(self) -> int:
        """Bring the entries up to date with the mentions; returns how many entries changed."""
        raise NotImplementedError

    # -------------------------------------------------------------- documents

    def documents(self, wanted: Filter = EVERYTHING) -> Sequence[DocumentInfo]:
        """Documents by day of publication; ``parties``, ``person``, ``topic`` ask for a mention that has them."""
        raise NotImplementedError

    def document(self, document_id: str, *, digest: str | None = None) -> Document:
        """The current text of a document, or the text with that digest. Raises UnknownName."""
        raise NotImplementedError

    def document_info(self, document_id: str) -> DocumentInfo:
        """The document without its text. Raises UnknownName."""
        raise NotImplementedError

    def versions(self, document_id: str) -> Sequence[Version]:
        """Every text of a document, oldest first. Raises UnknownName."""
        raise NotImplementedError

    def mentions(self, document_id: str, *, digest: str | None = None) -> Sequence[Evidence]:
        """What the current text (or the text with that digest) says, in order. Raises UnknownName."""
        raise NotImplementedError

    def origins(self) -> Sequence[Origin]:
        """Texts that have copies: near-duplicates and trimmed wire copies, each with its documents."""
        raise NotImplementedError

    # -------------------------------------------------------------- entries

    def engagements(self, wanted: Filter = EVERYTHING) -> Sequence[Engagement]:
        """Engagements by date; those without any date last."""
        raise NotImplementedError

    def statements(self, wanted: Filter = EVERYTHING) -> Sequence[Statement]:
        """Statements by first publication; ``kind`` is a directness."""
        raise NotImplementedError

    def readouts(self, wanted: Filter = EVERYTHING) -> Sequence[ReadoutEntry]:
        """Readouts by first publication; ``parties`` asks for the issuer or the parties of its engagement."""
        raise NotImplementedError

    def people(self, wanted: Filter = EVERYTHING) -> Sequence[PersonEntry]:
        """Persons by surname."""
        raise NotImplementedError

    def figures(self, wanted: Filter = EVERYTHING) -> Sequence[Figure]:
        """Figures by first publication; ``kind`` is a unit."""
        raise NotImplementedError

    def measures(self, wanted: Filter = EVERYTHING) -> Sequence[Measure]:
        """Measures by first publication."""
        raise NotImplementedError

    def negotiations(self, wanted: Filter = EVERYTHING) -> Sequence[Negotiation]:
        """Negotiations by first publication."""
        raise NotImplementedError

    def commitments(self, wanted: Filter = EVERYTHING) -> Sequence[Commitment]:
        """Commitments by first publication."""
        raise NotImplementedError

    def disputes(self, wanted: Filter = EVERYTHING) -> Sequence[Dispute]:
        """Disputes by first publication."""
        raise NotImplementedError

    def incidents(self, wanted: Filter = EVERYTHING) -> Sequence[Incident]:
        """Incidents by first publication."""
        raise NotImplementedError

    def entry(self, entry_id: str) -> AnyEntry:
        """The entry of that id, of which it is a unique beginning, or into which it was merged. Raises UnknownName."""
        raise NotImplementedError

    def evidence(self, entry: AnyEntry | str) -> Sequence[Evidence]:
        """Every mention that backs the entry, in canonical order; for an entry as of a day, those in print then."""
        raise NotImplementedError

    # -------------------------------------------------------------- the whole

    def search(self, words: str, limit: int = 20) -> Sequence[SearchHit]:
        """Documents and entries that hold all the words, best first. ``"in quotes"`` asks for a phrase.

        Any input is safe: signs that the search language would take as its own are read as blanks.
        """
        raise NotImplementedError

    def check(self) -> Sequence[Problem]:
        """What is wrong with the book: damaged pages, texts against their digests, spans, links that lead nowhere."""
        raise NotImplementedError

    @property
    def meta(self) -> BookMeta:
        """The book's schema version and how much it holds."""
        raise NotImplementedError
