"""Is a book whole: its pages, its texts, its spans and its links?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from dragoman.book.backend import Backend
from dragoman.book.checking_corrections import problems_of_corrections, problems_of_groups, problems_of_verdicts
from dragoman.book.features import features_of
from dragoman.book.folding import CHANGING, columns_of
from dragoman.book.load import (
    annotation_from,
    document_from,
    entry_from,
    mention_from,
    mention_id,
    to_json,
    wordings_from,
    wordings_of,
)
from dragoman.errors import BookError
from dragoman.record.entries import Problem


def problems_in(backend: Backend) -> Iterator[Problem]:
    """Everything that is wrong with the book."""
    with backend.snapshot():
        damage = backend.damage()
        yield from (Problem(kind="integrity", where="database", detail=line) for line in damage)
        try:
            yield from problems_of_texts(backend)
            yield from problems_of_links(backend)
            yield from problems_of_groups(backend)
            yield from problems_of_entries(backend)
            yield from problems_of_verdicts(backend)
            yield from problems_of_corrections(backend)
        except BookError as error:
            yield Problem(kind="integrity", where="database", detail=str(error))


def problems_of_texts(backend: Backend) -> Iterator[Problem]:
    """Texts that are not what their digest says, and mentions that do not stand in their text."""
    versions = backend.rows(
        "SELECT v.version, d.id FROM versions AS v JOIN documents AS d ON d.document = v.document ORDER BY v.version"
    )
    for version, identity in versions:
        digest, facts, text = backend.rows("SELECT digest, facts, text FROM versions WHERE version = ?", (version,))[0]
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
            yield Problem(kind="text", where=identity, detail="the text is not the one that was stored; add it again")
        try:
            document_from(facts, text)
        except ValueError as error:
            yield Problem(kind="text", where=identity, detail=f"the facts cannot be read: {error}")
        yield from problems_of_mentions(backend, version, identity, digest, text)
        yield from problems_of_annotations(backend, version, identity, len(text))


def problems_of_mentions(backend: Backend, version: int, document: str, digest: str, text: str) -> Iterator[Problem]:
    """Mentions of one text whose span, words or id do not agree with it."""
    sql = "SELECT id, span_start, span_end, wordings, payload FROM mentions WHERE version = ? ORDER BY mention"
    for identity, start, end, wordings, payload in backend.rows(sql, (version,)):
        where = f"{document}, mention {identity}"
        if not 0 <= start <= end <= len(text):
            yield Problem(
                kind="span", where=where, detail=f"{start}-{end} is outside the text of {len(text)} characters"
            )
            continue
        try:
            mention = mention_from(payload)
            words = wordings_from(wordings)
        except ValueError as error:
            yield Problem(kind="span", where=where, detail=f"the mention cannot be read: {error}")
            continue
        if words != wordings_of(mention, text):
            yield Problem(kind="span", where=where, detail="the words kept are not those at the span")
        if mention_id(document, digest, mention) != identity:
            yield Problem(kind="span", where=where, detail="the id does not follow from the values")


def problems_of_annotations(backend: Backend, version: int, document: str, length: int) -> Iterator[Problem]:
    """What annotators found in one text that does not stand in it, or is told otherwise in its columns than in itself."""
    sql = "SELECT r.name, a.place, a.span_start, a.span_end, a.label, a.payload FROM annotations AS a "
    sql += "JOIN annotators AS r ON r.annotator = a.annotator WHERE a.version = ? ORDER BY a.annotator, a.place"
    for name, place, start, end, label, payload in backend.rows(sql, (version,)):
        where = f"{document}, annotation {place} of {name}"
        try:
            held = annotation_from(payload)
        except ValueError as error:
            yield Problem(kind="span", where=where, detail=f"the annotation cannot be read: {error}")
            continue
        if not 0 <= start < end <= length:
            yield Problem(kind="span", where=where, detail=f"{start}-{end} is outside the text of {length} characters")
        if (held.span.start, held.span.end, held.label) != (start, end, label):
            yield Problem(
                kind="span", where=where, detail="the annotation kept is another one; annotate the text again"
            )


def problems_of_links(backend: Backend) -> Iterator[Problem]:
    """Mentions without an entry, entries without a mention, ids that lead nowhere."""
    unlinked = (
        "SELECT m.id FROM mentions AS m WHERE m.retired = 0 "
        "AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.mention = m.mention AND l.revoked = 0) "
        "AND NOT EXISTS (SELECT 1 FROM pending_mentions AS p WHERE p.mention = m.mention)"
    )
    for (identity,) in backend.rows(unlinked):
        yield Problem(kind="link", where=identity, detail="the mention backs no entry")
    bare = (
        "SELECT e.id FROM entries AS e WHERE e.state = 'live' "
        "AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.entry = e.entry AND l.revoked = 0)"
    )
    for (identity,) in backend.rows(bare):
        yield Problem(kind="link", where=identity, detail="no mention backs the entry")
    lost = (
        "SELECT e.id, e.merged_into FROM entries AS e WHERE e.state = 'merged' "
        "AND NOT EXISTS (SELECT 1 FROM entries AS t WHERE t.id = e.merged_into)"
    )
    for identity, target in backend.rows(lost):
        yield Problem(kind="link", where=identity, detail=f"it was merged into {target}, which is not there")
    crossed = "SELECT m.id, e.id FROM links AS l JOIN mentions AS m ON m.mention = l.mention "
    crossed += "JOIN entries AS e ON e.entry = l.entry WHERE l.revoked = 0 AND (m.kind <> e.kind OR e.state = 'merged')"
    for mention, entry in backend.rows(crossed):
        yield Problem(kind="link", where=mention, detail=f"it is linked to {entry}, which is of another kind or merged")


def problems_of_entries(backend: Backend) -> Iterator[Problem]:
    """Entries whose payload cannot be read, that are found by other values than theirs, or refer to nothing."""
    names = CHANGING[: CHANGING.index("payload") + 1]
    sql = f"SELECT entry, id, {', '.join(names)} FROM entries WHERE state = 'live' ORDER BY entry"
    for number, identity, *columns in backend.each(sql):
        payload = columns[-1]
        try:
            entry = entry_from(payload)
        except ValueError as error:
            yield Problem(kind="entry", where=identity, detail=f"the entry cannot be read: {error}")
            continue
        if entry.id != identity or to_json(entry) != payload:
            yield Problem(kind="entry", where=identity, detail="the entry kept is another one")
            continue
        found_by = features_of(entry)
        parties = {party for (party,) in backend.rows("SELECT party FROM entry_parties WHERE entry = ?", (number,))}
        if tuple(columns) != columns_of(entry, found_by, payload) or parties != set(found_by.parties):
            yield Problem(kind="entry", where=identity, detail="what it is found by is not what it says")
    dangling = "SELECT e.id, r.target FROM entry_references AS r JOIN entries AS e ON e.entry = r.entry "
    dangling += "WHERE NOT EXISTS (SELECT 1 FROM entries AS t WHERE t.id = r.target)"
    for identity, target in backend.rows(dangling):
        yield Problem(kind="entry", where=identity, detail=f"it refers to {target}, which is not there")
