"""How do the documents of a book find the text that they are copies of?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.gather import chunks, rows_in
from dragoman.book.load import bands_from, document_from
from dragoman.link.origins import SENTENCE, are_copies, bands, likeness, may_be_copies, shingles
from dragoman.record.document import Document

CROWDED = (
    64  # documents of one band that a new one is compared with: copies of one story reach each other through these
)
COMPARED = 64  # documents with which a new one is compared
REMEMBERED = 20_000  # documents whose shingles are kept while linking


class Copies:
    """Compares documents within one transaction."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._seen: OrderedDict[int, tuple[Document, frozenset[int]]] = OrderedDict()
        self._known_by: dict[int, int] = {}  # long sentences, by document

    def renew(self, documents: Iterable[int]) -> set[int]:
        """Find the copies of these documents; gives the documents whose origin is now another."""
        fresh = sorted(set(documents))
        touched = set(fresh)
        for some in chunks(fresh):
            for sql in (
                "SELECT document FROM copies WHERE other IN ({})",
                "SELECT other FROM copies WHERE document IN ({})",
            ):
                touched |= {other for (other,) in rows_in(self._backend, sql, some)}
            self._forget(some)
            rows = [(band, document) for document, found in self._bands(some) for band in found]
            self._backend.run_many("INSERT INTO bands (band, document) VALUES (?, ?)", sorted(rows))
        for document in fresh:
            self._compare(document)
        return self._settle(touched)

    def _forget(self, documents: Sequence[int]) -> None:
        each = [(document,) for document in documents]
        self._backend.run_many("DELETE FROM bands WHERE document = ?", each)
        self._backend.run_many("DELETE FROM copies WHERE document = ?", each)
        self._backend.run_many("DELETE FROM copies WHERE other = ?", each)

    def _bands(self, documents: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The bands of each document: as its reader found them, else found now."""
        sql = "SELECT document, bands FROM pending_documents WHERE bands IS NOT NULL AND document IN ({})"
        held: dict[int, str] = dict(rows_in(self._backend, sql, documents))
        for document in documents:
            yield document, bands_from(held[document]) if document in held else bands(self._document(document))

    def _document(self, document: int) -> Document:
        sql = "SELECT facts, text FROM versions WHERE document = ? AND current = 1"
        facts, text = self._backend.rows(sql, (document,))[0]
        return document_from(facts, text)

    def _read(self, document: int) -> tuple[Document, frozenset[int]]:
        if document not in self._seen:
            read = self._document(document)
            self._seen[document] = msgspec.structs.replace(read, text=""), shingles(read)
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return self._seen[document]

    def _compare(self, document: int) -> None:
        candidates = self._candidates(document)
        if not candidates:
            return
        mine, own = self._read(document)
        for other in candidates:
            theirs, others = self._read(other)
            measured = likeness(own, others)
            if are_copies(mine, theirs, measured):
                first, second = sorted((document, other))
                self._backend.run(
                    "INSERT INTO copies (document, other, resemblance, containment) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    (first, second, measured.resemblance, measured.containment),
                )

    def _candidates(self, document: int) -> list[int]:
        """The documents worth comparing: those that meet this one in most bands, a bounded number."""
        sql = (
            "SELECT theirs.document, sum(1 - (theirs.band & 1)), sum(theirs.band & 1) FROM bands AS mine JOIN bands AS theirs "
            "ON theirs.band = mine.band AND theirs.document IN "
            "(SELECT document FROM bands WHERE band = mine.band ORDER BY document LIMIT ?) "
            "WHERE mine.document = ? AND theirs.document <> ? GROUP BY theirs.document"
        )
        met = self._backend.rows(sql, (CROWDED, document, document))
        once = [other for other, slices, sentences in met if slices == 0 and sentences == 1]
        fewest = self._sentences([document, *once]) if once else {}
        own = fewest.get(document, 0)
        found = [
            (-slices - sentences, other)
            for other, slices, sentences in met
            if may_be_copies(slices, sentences, min(own, fewest.get(other, 0)))
        ]
        return sorted(other for _, other in sorted(found)[:COMPARED])

    def _sentences(self, documents: Sequence[int]) -> dict[int, int]:
        """How many long sentences each document is known by."""
        unseen = [document for document in documents if document not in self._known_by]
        if unseen:
            sql = f"SELECT document, sum(band & {SENTENCE}) FROM bands WHERE document IN ({{}}) GROUP BY document"
            self._known_by.update(rows_in(self._backend, sql, unseen))
        return self._known_by

    def _neighbours(self, document: int) -> set[int]:
        sql = "SELECT document FROM copies WHERE other = ? UNION SELECT other FROM copies WHERE document = ?"
        return {other for (other,) in self._backend.rows(sql, (document, document))}

    def _settle(self, touched: Iterable[int]) -> set[int]:
        """Name the earliest document of each group as the origin of all; gives those whose origin changed."""
        sql = "SELECT document, origin FROM documents WHERE document IN ({})"
        origins: dict[int, int] = dict(rows_in(self._backend, sql, touched))
        sql = "SELECT document FROM copies WHERE document IN ({}) UNION SELECT other FROM copies WHERE other IN ({})"
        copied = {
            document
            for some in chunks(origins)
            for (document,) in self._backend.rows(sql.format(marks(some), marks(some)), (*some, *some))
        }
        changed = {document for document, origin in origins.items() if document not in copied and origin != document}
        self._name_origin((document, document) for document in changed)
        settled: set[int] = set()
        for document in sorted(copied):
            if document not in settled:
                group = self._group(document)
                settled |= group
                changed |= self._settle_group(group)
        return changed

    def _settle_group(self, group: set[int]) -> set[int]:
        origin = self._earliest(group)
        sql = "SELECT document, origin FROM documents WHERE document IN ({})"
        changed = {member for member, held in rows_in(self._backend, sql, group) if held != origin}
        self._name_origin((origin, member) for member in changed)
        return changed

    def _name_origin(self, rows: Iterable[tuple[int, int]]) -> None:
        self._backend.run_many("UPDATE documents SET origin = ? WHERE document = ?", sorted(rows))

    def _group(self, document: int) -> set[int]:
        group, open_ends = {document}, [document]
        while open_ends:
            fresh = self._neighbours(open_ends.pop()) - group
            group |= fresh
            open_ends.extend(sorted(fresh))
        return group

    def _earliest(self, group: Iterable[int]) -> int:
        """The first published; of one day, the longest, for copies are cut; then by id."""
        sql = (
            "SELECT v.published_from, length(v.text), d.id, d.document FROM documents AS d "
            "JOIN versions AS v ON v.document = d.document AND v.current = 1 WHERE d.document IN ({})"
        )
        rows = [
            (day or "9999", -length, name, number) for day, length, name, number in rows_in(self._backend, sql, group)
        ]
        return int(min(rows)[3])


def marks(values: Sequence[int]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
