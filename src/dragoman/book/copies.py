"""How do the documents of a book find the text that they are copies of?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.gather import rows_in
from dragoman.book.load import document_from
from dragoman.link.origins import are_copies, bands, likeness, shingles
from dragoman.record.document import Document

CROWDED = (
    64  # documents of one band that a new one is compared with: copies of one story reach each other through these
)
REMEMBERED = 4096  # documents whose shingles are kept while linking


class Copies:
    """Compares documents within one transaction."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._seen: OrderedDict[int, tuple[Document, frozenset[int]]] = OrderedDict()

    def renew(self, documents: Iterable[int]) -> set[int]:
        """Find the copies of these documents; gives the documents whose origin is now another."""
        fresh = sorted(set(documents))
        touched = set(fresh)
        for document in fresh:
            touched |= self._neighbours(document)
            self._forget(document)
            self._backend.run_many(
                "INSERT INTO bands (band, document) VALUES (?, ?)",
                [(band, document) for band in bands(self._document(document))],
            )
        for document in fresh:
            self._compare(document)
        return self._settle(touched)

    def _forget(self, document: int) -> None:
        self._backend.run("DELETE FROM bands WHERE document = ?", (document,))
        self._backend.run("DELETE FROM copies WHERE document = ? OR other = ?", (document, document))

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
        sql = (
            "SELECT DISTINCT theirs.document FROM bands AS mine JOIN bands AS theirs ON theirs.band = mine.band "
            "AND theirs.document IN (SELECT document FROM bands WHERE band = mine.band ORDER BY document LIMIT ?) "
            "WHERE mine.document = ? AND theirs.document <> ? ORDER BY theirs.document"
        )
        return [other for (other,) in self._backend.rows(sql, (CROWDED, document, document))]

    def _neighbours(self, document: int) -> set[int]:
        sql = "SELECT document FROM copies WHERE other = ? UNION SELECT other FROM copies WHERE document = ?"
        return {other for (other,) in self._backend.rows(sql, (document, document))}

    def _settle(self, touched: Iterable[int]) -> set[int]:
        """Name the earliest document of each group as the origin of all; gives those whose origin changed."""
        changed: set[int] = set()
        settled: set[int] = set()
        for document in sorted(touched):
            if document in settled:
                continue
            group = self._group(document)
            settled |= group
            origin = self._earliest(group)
            for member in sorted(group):
                if self._backend.rows("SELECT origin FROM documents WHERE document = ?", (member,))[0][0] != origin:
                    self._backend.run("UPDATE documents SET origin = ? WHERE document = ?", (origin, member))
                    changed.add(member)
        return changed

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
