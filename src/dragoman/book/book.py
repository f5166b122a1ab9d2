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

import datetime
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from dragoman.book.address import Address, place_of
from dragoman.book.annotating import annotations_of, annotators_of, has_annotated, keep_annotated
from dragoman.book.asking import Asking
from dragoman.book.backend import Backend
from dragoman.book.checking import problems_in
from dragoman.book.copying import Copied, begun, beside, copy, finished
from dragoman.book.correcting import apply, correct, undo
from dragoman.book.corrections import Corrections
from dragoman.book.filling import Stored, known, numbered, store
from dragoman.book.folding import in_print
from dragoman.book.gather import Gatherer
from dragoman.book.linking import link
from dragoman.book.load import (
    DOCUMENT_COLUMNS,
    DOCUMENT_TABLES,
    VERSION_COLUMNS,
    document_from,
    entry_from,
    info_from,
    version_from,
)
from dragoman.book.naming import row_of
from dragoman.book.searching import having_any, search
from dragoman.book.sqlite import open_sqlite
from dragoman.errors import UnknownName
from dragoman.link.linker import Linker
from dragoman.link.linkers import LINKERS
from dragoman.record.annotations import Annotated, HeldAnnotation, Ran
from dragoman.record.corrections import EVERY_CORRECTION, AnyAct, Correction, CorrectionFilter, Taken
from dragoman.record.document import Document
from dragoman.record.entries import (
    EVERYTHING,
    AnyEntry,
    BookMeta,
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Entry,
    EntryKind,
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
    Relationship,
    SearchHit,
    Statement,
    Version,
)
from dragoman.record.reading import Reading

# The grammars by the steps of an index, not by a look at every text.
GRAMMARS = (
    "WITH RECURSIVE found (grammar) AS (SELECT min(grammar) FROM versions UNION ALL SELECT "
    "(SELECT min(v.grammar) FROM versions AS v WHERE v.grammar > found.grammar) FROM found WHERE found.grammar IS NOT NULL) "
    "SELECT grammar FROM found WHERE grammar IS NOT NULL"
)

E = TypeVar("E", bound=Entry)
LOG = logging.getLogger(__name__)


def open_backend(place: Path | Address, *, create: bool) -> Backend:
    """The connection to a file or to a server."""
    if isinstance(place, Path):
        return open_sqlite(place, create=create)
    from dragoman.book.postgres import open_postgres  # only who uses it needs the extra

    return open_postgres(place, create=create)


class Book:
    """A book on disk. Open it with ``Book.open``; use it in a ``with`` statement."""

    @classmethod
    def open(cls, place: str | os.PathLike[str] | Address, *, create: bool = False) -> Self:
        """The book in the file, or in the database whose address begins with ``postgresql://``.

        With ``create``, a missing file becomes an empty book, with mode 0600, and so does an empty database. Raises NotABook when the file is something else or missing, NewerBook when a newer program wrote it, BookBusy
        when another process is writing and does not finish within some seconds.
        """
        return cls(open_backend(place_of(place), create=create), LINKERS)

    def __init__(self, backend: Backend, linkers: Sequence[Linker]) -> None:
        self._backend = backend
        self._linkers = linkers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._backend.close()

    # -------------------------------------------------------------- filling

    def known(self, document: Document, grammar: str | None = None) -> bool:
        """Whether this very text with these very facts was already read by this (the present) grammar."""
        with self._backend.snapshot():
            return known(self._backend, document, grammar or present_grammar())

    def holds(self, name: str, url: str | None = None) -> bool:
        """Whether the book has a document of this id, else of this url."""
        with self._backend.snapshot():
            return numbered(self._backend, Document(id=name, text="", digest="", url=url)) is not None

    def store(self, readings: Iterable[Reading], *, seen: str | None = None, batch: int = 200) -> Stored:
        """Add what was read, ``batch`` documents a transaction. ``seen`` is the moment that versions are marked with.

        A text that is new for a known id or url becomes the current version unless it was published before the one
        the book has.
        """
        stored = store(self._backend, readings, seen=seen, batch=batch)
        LOG.info("stored", extra=msgspec.structs.asdict(stored))
        return stored

    def link(self) -> int:
        """Bring the entries up to date with the mentions; returns how many entries changed."""
        changed = link(self._backend, self._linkers)
        LOG.info("linked", extra={"entries": changed})
        return changed

    # -------------------------------------------------------------- documents

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything asked inside is answered from one state of the book, whatever others write meanwhile; nothing can be
        stored or corrected through this opening inside."""
        return self._backend.snapshot()

    def each(self, kind: type[E], wanted: Filter = EVERYTHING) -> Iterator[E]:
        """The entries of a kind, such as ``Statement``, one by one in the order of their list, from one state of the book.

        However many there are, some hundreds are held at a time; of persons, and as of a day, what they are ordered by,
        too. Until the last is taken or the iterator is closed, nothing can be stored or corrected through this opening;
        to go through several at once, take them inside one ``snapshot``.
        """
        with self._backend.snapshot():
            for entry in self._asking().each(EntryKind(str(kind.__struct_config__.tag)), wanted):
                if isinstance(entry, kind) and not (isinstance(entry, Commitment) and not entry.is_promise):
                    yield entry

    def each_document(self, wanted: Filter = EVERYTHING) -> Iterator[DocumentInfo]:
        """``documents``, one by one, as ``each`` gives entries."""
        with self._backend.snapshot():
            yield from self._asking().each_document(wanted)

    def documents(self, wanted: Filter = EVERYTHING) -> Sequence[DocumentInfo]:
        """Documents by day of publication; ``parties``, ``person``, ``topic`` ask for a mention that has them."""
        with self._backend.snapshot():
            return self._asking().documents(wanted)

    def document(self, document_id: str, *, digest: str | None = None) -> Document:
        """The current text of a document, or the text with that digest. Raises UnknownName."""
        sql = (
            "SELECT v.facts, v.text FROM versions AS v JOIN documents AS d ON d.document = v.document "
            f"WHERE d.id = ? AND {'v.digest = ?' if digest else 'v.current = 1'}"
        )
        for facts, text in self._backend.rows(sql, (document_id, digest) if digest else (document_id,)):
            return document_from(facts, text)
        raise no_document(document_id, digest)

    def document_info(self, document_id: str) -> DocumentInfo:
        """The document without its text. Raises UnknownName."""
        sql = f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE d.id = ? AND v.current = 1"
        for row in self._backend.rows(sql, (document_id,)):
            return info_from(row)
        raise no_document(document_id)

    def versions(self, document_id: str) -> Sequence[Version]:
        """Every text of a document, oldest first. Raises UnknownName."""
        sql = (
            f"SELECT {VERSION_COLUMNS} FROM versions AS v JOIN documents AS d ON d.document = v.document "
            "WHERE d.id = ? ORDER BY v.number"
        )
        found = [version_from(row) for row in self._backend.rows(sql, (document_id,))]
        if not found:
            raise no_document(document_id)
        return found

    def mentions(self, document_id: str, *, digest: str | None = None) -> Sequence[Evidence]:
        """What the current text (or the text with that digest) says, in order. Raises UnknownName."""
        with self._backend.snapshot():
            held = self.document(document_id, digest=digest)
            sql = (
                "SELECT m.mention FROM mentions AS m JOIN versions AS v ON v.version = m.version "
                "JOIN documents AS d ON d.document = v.document WHERE d.id = ? AND v.digest = ? AND m.retired = 0"
            )
            rows = self._backend.rows(sql, (document_id, held.digest))
            return [item.evidence for item in Gatherer(self._backend).in_order(row[0] for row in rows)]

    def origins(self) -> Sequence[Origin]:
        """Texts that have copies: near-duplicates and trimmed wire copies, each with its documents."""
        sql = (
            "SELECT o.id, d.id FROM documents AS d JOIN documents AS o ON o.document = d.origin "
            "JOIN versions AS v ON v.document = d.document AND v.current = 1 "
            "WHERE d.origin IN (SELECT origin FROM documents WHERE origin <> document) "
            "ORDER BY o.id, coalesce(v.published_from, v.published_to, '9999'), d.id"
        )
        groups: dict[str, list[str]] = {}
        for origin, document in self._backend.rows(sql):
            groups.setdefault(origin, []).append(document)
        return [
            Origin(id=origin, documents=(origin, *(each for each in documents if each != origin)))
            for origin, documents in groups.items()
        ]

    # -------------------------------------------------------------- annotators of the user's

    def keep_annotated(self, name: str, version: str, document_id: str, digest: str, found: Annotated) -> None:
        """Keep what an annotator found in a text, in place of what this version of it found there before.

        Raises UnknownName for a text that is not there, AnnotatorError for a span that is not of the text.
        """
        keep_annotated(self._backend, name, version, document_id, digest, found)

    def has_annotated(self, name: str, version: str, document_id: str) -> bool:
        """Whether this version of an annotator has read the current text of a document."""
        return has_annotated(self._backend, name, version, document_id)

    def annotations(self, document_id: str) -> Sequence[HeldAnnotation]:
        """What annotators other than Dragoman found in the current text of a document."""
        return annotations_of(self._backend, document_id)

    def annotators(self) -> Sequence[Ran]:
        """The annotators that have read texts of the book, with how many."""
        return annotators_of(self._backend)

    # -------------------------------------------------------------- entries

    def engagements(self, wanted: Filter = EVERYTHING) -> Sequence[Engagement]:
        """Engagements by date; those without any date last."""
        return self._entries(EntryKind.ENGAGEMENT, Engagement, wanted)

    def statements(self, wanted: Filter = EVERYTHING) -> Sequence[Statement]:
        """Statements by first publication; ``kind`` is a directness."""
        return self._entries(EntryKind.STATEMENT, Statement, wanted)

    def readouts(self, wanted: Filter = EVERYTHING) -> Sequence[ReadoutEntry]:
        """Readouts by first publication; ``parties`` asks for the issuer or the parties of its engagement."""
        return self._entries(EntryKind.READOUT, ReadoutEntry, wanted)

    def people(self, wanted: Filter = EVERYTHING) -> Sequence[PersonEntry]:
        """Persons by surname."""
        return self._entries(EntryKind.PERSON, PersonEntry, wanted)

    def figures(self, wanted: Filter = EVERYTHING) -> Sequence[Figure]:
        """Figures by first publication; ``kind`` is a unit."""
        return self._entries(EntryKind.FIGURE, Figure, wanted)

    def measures(self, wanted: Filter = EVERYTHING) -> Sequence[Measure]:
        """Measures by first publication."""
        return self._entries(EntryKind.MEASURE, Measure, wanted)

    def negotiations(self, wanted: Filter = EVERYTHING) -> Sequence[Negotiation]:
        """Negotiations by first publication."""
        return self._entries(EntryKind.NEGOTIATION, Negotiation, wanted)

    def commitments(self, wanted: Filter = EVERYTHING) -> Sequence[Commitment]:
        """Commitments by first publication; deeds that answer no promise in the book are left out."""
        return [entry for entry in self._entries(EntryKind.COMMITMENT, Commitment, wanted) if entry.is_promise]

    def disputes(self, wanted: Filter = EVERYTHING) -> Sequence[Dispute]:
        """Disputes by first publication."""
        return self._entries(EntryKind.DISPUTE, Dispute, wanted)

    def incidents(self, wanted: Filter = EVERYTHING) -> Sequence[Incident]:
        """Incidents by first publication."""
        return self._entries(EntryKind.INCIDENT, Incident, wanted)

    def count(self, kind: EntryKind, wanted: Filter = EVERYTHING) -> int:
        """How many entries of a kind answer the filter, whatever its limit and offset."""
        with self._backend.snapshot():
            return self._asking().count(kind, wanted)

    def entry(self, entry_id: str) -> AnyEntry:
        """The entry of that id, of which it is a unique beginning, or into which it was merged. Raises UnknownName."""
        with self._backend.snapshot():
            _, payload = row_of(self._backend, entry_id)
            return self._asking().whole(entry_from(payload))

    def entry_as_of(self, entry_id: str, day: datetime.date) -> AnyEntry:
        """The entry folded from what was in print by the end of that day. Raises UnknownName."""
        with self._backend.snapshot():
            number, _ = row_of(self._backend, entry_id)
            folded = self._asking().folded(number, day, Gatherer(self._backend))
        if folded is None:
            raise UnknownName(f"{entry_id}: nothing of it was in print by {day}; ask as of a later day")
        return folded

    def evidence(self, entry: AnyEntry | str) -> Sequence[Evidence]:
        """Every mention that backs the entry, in canonical order; for an entry as of a day, those in print then."""
        with self._backend.snapshot():
            number, _ = row_of(self._backend, entry if isinstance(entry, str) else entry.id)
            rows = self._backend.rows("SELECT mention FROM links WHERE entry = ? AND revoked = 0", (number,))
            items = Gatherer(self._backend).in_order(mention for (mention,) in rows)
        if isinstance(entry, str):
            return [item.evidence for item in in_print(items, None) or items]
        backing = set(entry.mentions)
        return [item.evidence for item in items if item.evidence.id in backing]

    def entries_of(self, mentions: Sequence[str]) -> dict[str, str]:
        """The ids of the entries that mentions back today, by the mentions' ids; a mention that backs none is left out."""
        with self._backend.snapshot():
            return self._asking().entries_of(mentions)

    # -------------------------------------------------------------- corrections

    def correct(self, act: AnyAct, *, by: str, at: str, why: str = "") -> Correction:
        """Confirm, reject, merge, split, edit or add, and keep who did it at which moment (ISO 8601) and why.

        The entries are as corrected when this returns. Raises UnknownName for an id that nothing answers to, and
        WrongCorrection for an act that does not fit.
        """
        return correct(self._backend, self._linkers, act, by=by, at=at, why=why)

    def undo(self, correction_id: str, *, by: str, at: str, why: str = "") -> Correction:
        """Take a correction back; it stays in the list as revoked. Raises UnknownName, WrongCorrection."""
        return undo(self._backend, self._linkers, correction_id, by=by, at=at, why=why)

    def corrections(self, wanted: CorrectionFilter = EVERY_CORRECTION) -> Sequence[Correction]:
        """Corrections in the order in which they were made, revoked ones and those that no longer apply included."""
        with self._backend.snapshot():
            return Corrections(self._backend).all(wanted)

    def apply(self, corrections: Iterable[Correction]) -> Taken:
        """Take over corrections that were made in another book, and revocations; those known already change nothing.

        One that finds no document of its own here is kept, and applies when the document is added.
        """
        return apply(self._backend, self._linkers, corrections)

    # -------------------------------------------------------------- the whole

    def search(self, words: str, limit: int = 20) -> Sequence[SearchHit]:
        """Documents and entries that hold all the words, best first. ``"in quotes"`` asks for a phrase.

        Any input is safe: signs that the search language would take as its own are read as blanks.
        """
        with self._backend.snapshot():
            return search(self._backend, words, limit)

    def having_any(self, phrases: Sequence[str], limit: int = 40) -> Sequence[SearchHit]:
        """Statements and documents that hold at least one of the phrases: at most ``limit`` of each, those with most of
        the phrases first."""
        with self._backend.snapshot():
            return having_any(self._backend, phrases, limit)

    def copy_to(self, place: str | os.PathLike[str] | Address) -> Sequence[Copied]:
        """Copy the whole book into an empty place of either kind, verified row by row; what was copied, table by table.

        It is one transaction there. Raises BookError when the place holds a book already, or differs afterwards.
        """
        target = open_backend(place_of(place), create=True)
        try:
            return copy(self._backend, target, str(place_of(place)))
        finally:
            target.close()

    def backup(self, path: Path, *, replace: bool = False) -> None:
        """Save one state of the book into a file, mode 0600, while others write; it gets its name when it is whole.

        Raises BookError when the file is there already, unless ``replace`` is given.
        """
        part = begun(path, replace=replace)
        try:
            self._backend.save(part)
            finished(part, path)
        finally:
            beside(path).unlink(missing_ok=True)

    def check(self) -> Sequence[Problem]:
        """What is wrong with the book: damaged pages, texts against their digests, spans, links that lead nowhere."""
        return list(problems_in(self._backend))

    def relationships(self, limit: int = 40) -> Sequence[Relationship]:
        """The pairs of parties with the most engagements; of each pair the party with more engagements comes first."""
        with self._backend.snapshot():
            return self._asking().relationships(limit)

    @property
    def size(self) -> tuple[int, int, int]:
        """Documents, entries, and documents that are not linked yet: the part of ``meta`` that is quickly told."""
        with self._backend.snapshot():
            counted = (
                "SELECT count(*) FROM documents",
                "SELECT count(*) FROM entries WHERE state = 'live'",
                "SELECT count(*) FROM pending_documents",
            )
            documents, entries, unlinked = (int(self._backend.rows(sql)[0][0]) for sql in counted)
            return documents, entries, unlinked

    @property
    def last_day(self) -> datetime.date | None:
        """The latest day of publication of any document; None when no document has one."""
        found = self._backend.rows("SELECT max(published_to) FROM versions WHERE current = 1")
        return datetime.date.fromisoformat(found[0][0]) if found[0][0] else None

    @property
    def revision(self) -> int:
        """A number that changes when another process or connection has changed the book; for this opening only."""
        return self._backend.revision

    @property
    def meta(self) -> BookMeta:
        """The book's schema version and how much it holds."""
        with self._backend.snapshot():
            documents, entries, unlinked = self.size
            mentions = "SELECT (SELECT count(*) FROM mentions) - (SELECT count(*) FROM mentions WHERE retired = 1)"
            return BookMeta(
                schema=self._backend.schema,
                grammars=tuple(grammar for (grammar,) in self._backend.rows(GRAMMARS)),
                documents=documents,
                versions=int(self._backend.rows("SELECT count(*) FROM versions")[0][0]),
                mentions=int(self._backend.rows(mentions)[0][0]),
                entries=entries,
                unlinked=unlinked,
            )

    # -------------------------------------------------------------- inside

    def _asking(self) -> Asking:
        return Asking(self._backend, self._linkers)

    def _entries(self, kind: EntryKind, type_: type[E], wanted: Filter) -> list[E]:
        with self._backend.snapshot():
            found = self._asking().entries(kind, wanted)
        return [entry for entry in found if isinstance(entry, type_)]


def no_document(document_id: str, digest: str | None = None) -> UnknownName:
    """The error for a document that is not there."""
    what = f"text {digest} of {document_id}" if digest else document_id
    return UnknownName(f"{what}: the book has no such document; `dragoman documents` lists them")


def present_grammar() -> str:
    """The version of the grammar that this program reads with."""
    from dragoman.pipeline import present_version  # only who asks pays for loading the rooms

    return present_version()
