"""How do readings enter a book, so that a second run adds nothing and a new text is a new version?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.load import (
    document_from,
    facts_of,
    identity_of,
    kind_of,
    mention_id,
    mentions_of,
    to_json,
    wordings_of,
)
from dragoman.record.document import Document, PublishedBasis
from dragoman.record.entries import BookMention
from dragoman.record.reading import Reading

FOUND_BY_READING = (PublishedBasis.INFERRED, PublishedBasis.DATELINE)


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a call of ``store`` did.

    Documents new to the book, new texts of known documents, texts read anew (another grammar, or other facts given),
    and documents that were there already.
    """

    new: int = 0
    versions: int = 0
    reread: int = 0
    unchanged: int = 0

    def and_one(self, field: str) -> Stored:
        """The same with one more."""
        return msgspec.structs.replace(self, **{field: getattr(self, field) + 1})


class Prepared(msgspec.Struct, frozen=True):
    """A reading with its mentions written out, before the database is held."""

    reading: Reading
    mentions: tuple[tuple[BookMention, str, str], ...]  # with wordings and payload as JSON


def prepared(reading: Reading) -> Prepared:
    """The reading with its mentions written out."""
    text = reading.document.text
    written = ((mention, to_json(wordings_of(mention, text)), to_json(mention)) for mention in mentions_of(reading))
    return Prepared(reading, tuple(written))


def store(backend: Backend, readings: Iterable[Reading], *, seen: str | None, batch: int) -> Stored:
    """Add what was read, one transaction a batch."""
    total = Stored()
    for group in batches(map(prepared, readings), batch):
        with backend.transaction():
            for item in group:
                total = total.and_one(store_one(backend, item, seen))
    return total


def batches(items: Iterable[Prepared], size: int) -> Iterator[Sequence[Prepared]]:
    """The items in groups of at most ``size``."""
    left = iter(items)
    while group := tuple(islice(left, size)):
        yield group


def numbered(backend: Backend, document: Document) -> int | None:
    """The row of the document that has this id, else this url."""
    found = backend.rows("SELECT document FROM documents WHERE id = ?", (document.id,))
    if not found and document.url:
        found = backend.rows("SELECT min(document) FROM documents WHERE url = ?", (document.url,))
    return found[0][0] if found else None


def known(backend: Backend, document: Document, grammar: str) -> bool:
    """Whether this very text with these very facts was already read by this grammar."""
    number = numbered(backend, document)
    if number is None:
        return False
    sql = "SELECT facts FROM versions WHERE document = ? AND digest = ? AND grammar = ?"
    held = backend.rows(sql, (number, document.digest, grammar))
    return bool(held) and same_facts(document_from(held[0][0], ""), document)


def same_facts(held: Document, document: Document) -> bool:
    """Whether a document brings no fact that the stored one lacks; a day that the reading itself found counts as none."""
    undated = document.published.start is None and document.published.end is None
    if undated and held.published.basis in FOUND_BY_READING:
        held = msgspec.structs.replace(held, published=document.published)
    return identity_of(held) == identity_of(document)


def store_one(backend: Backend, item: Prepared, seen: str | None) -> str:
    """Add one reading; the name of the count of ``Stored`` that it belongs to."""
    document = item.reading.document
    if known(backend, document, item.reading.grammar):
        return "unchanged"
    number = numbered(backend, document)
    if number is None:
        number = add_document(backend, document)
        outcome = "new"
    else:
        outcome = "versions"
    held = backend.rows("SELECT version FROM versions WHERE document = ? AND digest = ?", (number, document.digest))
    if held:
        version = held[0][0]
        renew_version(backend, version, item)
        outcome = "reread"
    else:
        version = add_version(backend, number, item, seen)
    add_mentions(backend, version, item)
    set_current(backend, number)
    await_linking(backend, number, item.reading.bands if is_current(backend, version) else None)
    return outcome


def add_document(backend: Backend, document: Document) -> int:
    """A new document, its own origin until linking finds another."""
    sql = "INSERT INTO documents (document, id, url, origin) VALUES (?, ?, ?, ?)"
    number: int = backend.rows("SELECT coalesce(max(document), 0) + 1 FROM documents")[0][0]
    return backend.insert(sql, (number, document.id, document.url, number))


def columns_of(item: Prepared) -> tuple[str | None, ...]:
    """The values of a version's columns that a second reading may change."""
    document, published = item.reading.document, item.reading.document.published
    return (
        document.title,
        document.outlet,
        document.kind,
        document.issuer,
        published.start.isoformat() if published.start else None,
        published.end.isoformat() if published.end else None,
        published.basis,
        item.reading.grammar,
        facts_of(document),
        to_json(item.reading.people),
        to_json(item.reading.gaps),
    )


COLUMNS = (
    "title", "outlet", "kind", "issuer", "published_from", "published_to", "published_basis", "grammar", "facts",
    "people", "gaps",
)  # fmt: skip


def add_version(backend: Backend, number: int, item: Prepared, seen: str | None) -> int:
    """A text that the book did not have; ``set_current`` gives it its number."""
    names = ", ".join((*COLUMNS, "document", "number", "current", "digest", "seen", "text"))
    marks = ", ".join("?" * (len(COLUMNS) + 6))
    document = item.reading.document
    values = (*columns_of(item), number, 0, 0, document.digest, seen, document.text)
    return backend.insert(f"INSERT INTO versions ({names}) VALUES ({marks})", values)


def renew_version(backend: Backend, version: int, item: Prepared) -> None:
    """The same text, read anew: its facts change, and its mentions retire until they are found again."""
    unindex_version(backend, version)
    backend.run("UPDATE versions SET current = 0 WHERE version = ?", (version,))
    changes = ", ".join(f"{name} = ?" for name in COLUMNS)
    backend.run(f"UPDATE versions SET {changes} WHERE version = ?", (*columns_of(item), version))
    backend.run("UPDATE mentions SET retired = 1 WHERE version = ?", (version,))


def add_mentions(backend: Backend, version: int, item: Prepared) -> None:
    """The mentions of a version; one that is there already comes back from retirement."""
    document = backend.rows(
        "SELECT d.id FROM versions AS v JOIN documents AS d ON d.document = v.document WHERE v.version = ?", (version,)
    )[0][0]
    digest, grammar = item.reading.document.digest, item.reading.grammar
    rows = [
        (
            mention_id(document, digest, mention),
            version,
            kind_of(mention),
            mention.span.start,
            mention.span.end,
            mention.rule,
            grammar,
            wordings,
            payload,
        )
        for mention, wordings, payload in item.mentions
    ]
    backend.run_many(
        "INSERT INTO mentions (id, version, kind, span_start, span_end, rule, grammar, wordings, payload) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET retired = 0",
        rows,
    )


def set_current(backend: Backend, number: int) -> None:
    """Number the texts of a document by publication, then by when they were seen, and index the current one."""
    sql = "SELECT version, facts, seen, current FROM versions WHERE document = ?"
    texts = [
        (row[0], document_from(row[1], "").published, row[2] or "", row[3]) for row in backend.rows(sql, (number,))
    ]
    texts.sort(key=lambda text: (str(text[1].start or text[1].end or ""), text[1].moment or "", text[2], text[0]))
    newest = texts[-1][0]
    for version, _, _, current in texts:
        if current and version != newest:
            unindex_version(backend, version)
            backend.run("UPDATE versions SET current = 0 WHERE version = ?", (version,))
    for place, (version, _, _, current) in enumerate(texts, start=1):
        after = texts[place][1] if place < len(texts) else None
        day = after.end.isoformat() if after and after.end else None
        values = (place, int(version == newest), day, version)
        backend.run("UPDATE versions SET number = ?, current = ?, superseded_on = ? WHERE version = ?", values)
        if version == newest and not current:
            index_version(backend, version)


def index_version(backend: Backend, version: int) -> None:
    """Make a text findable."""
    title, text = backend.rows("SELECT title, text FROM versions WHERE version = ?", (version,))[0]
    backend.index("document_words", version, title, text)


def unindex_version(backend: Backend, version: int) -> None:
    """Take a text out of the full-text table, if it is in."""
    for title, text in backend.rows("SELECT title, text FROM versions WHERE version = ? AND current = 1", (version,)):
        backend.unindex("document_words", version, title, text)


def is_current(backend: Backend, version: int) -> bool:
    """Whether a text is its document's present one."""
    return bool(backend.rows("SELECT current FROM versions WHERE version = ?", (version,))[0][0])


def await_linking(backend: Backend, number: int, bands: tuple[int, ...] | None) -> None:
    """Mark a document and all its mentions as not linked yet, with the bands of its present text if they are known."""
    written = to_json(bands) if bands is not None else None
    backend.run(
        "INSERT INTO pending_documents (document, bands) VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET bands = ?",
        (number, written, written),
    )
    backend.run(
        "INSERT INTO pending_mentions (mention) SELECT m.mention FROM mentions AS m "
        "JOIN versions AS v ON v.version = m.version WHERE v.document = ? ON CONFLICT DO NOTHING",
        (number,),
    )
