"""Which documents and entries hold some words?"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from dragoman.book.backend import Backend
from dragoman.record.entries import SearchHit

PHRASE = re.compile(r'"([^"]*)"?|([^\s"]+)')
LETTER = re.compile(r"\w")


def phrases_in(words: str) -> list[str]:
    """What a search asks for: each word, and each run in quotation marks as one; signs alone ask for nothing."""
    straight = re.sub("[“”„«»]", '"', words).replace("\x00", " ")
    found = (match.group(1) if match.group(1) is not None else match.group(2) for match in PHRASE.finditer(straight))
    return [phrase for phrase in found if LETTER.search(phrase)]


def search(backend: Backend, words: str, limit: int) -> list[SearchHit]:
    """Documents and entries that hold all the words, the best of each in turn."""
    phrases = phrases_in(words)
    if not phrases or limit < 1:
        return []
    entries = entry_hits(backend, backend.found("entry_words", phrases, limit))
    documents = document_hits(backend, backend.found("document_words", phrases, limit))
    turns = chain.from_iterable(zip_longest(entries, documents))
    return [hit for hit in turns if hit is not None][:limit]


EACH = 4  # rows looked at for each one wanted, since a phrase may also stand in entries of other kinds


def having_any(backend: Backend, phrases: Sequence[str], limit: int) -> list[SearchHit]:
    """Statements and documents that hold at least one phrase, those with most of them first."""
    entries = entry_hits(backend, commonest(backend, "entry_words", phrases, EACH * limit))
    documents = document_hits(backend, commonest(backend, "document_words", phrases, limit)[:limit])
    return [*islice((hit for hit in entries if hit.kind == "statement"), limit), *documents]


def commonest(backend: Backend, table: str, phrases: Sequence[str], limit: int) -> list[tuple[int, str]]:
    """Rows that hold at least one phrase, those with most of them first."""
    counts: Counter[int] = Counter()
    snippets: dict[int, str] = {}
    for phrase in dict.fromkeys(phrases):
        for number, snippet in backend.found(table, [phrase], limit):
            counts[number] += 1
            snippets.setdefault(number, snippet)
    return [(number, snippets[number]) for number in sorted(counts, key=lambda each: (-counts[each], each))]


def document_hits(backend: Backend, found: Sequence[tuple[int, str]]) -> Iterator[SearchHit]:
    """Hits among the current texts."""
    sql = (
        "SELECT d.id, v.title, coalesce(v.published_from, v.published_to) FROM versions AS v "
        "JOIN documents AS d ON d.document = v.document WHERE v.version = ?"
    )
    for number, snippet in found:
        for identity, title, day in backend.rows(sql, (number,)):
            yield SearchHit(kind="document", id=identity, title=title or "", snippet=snippet, published=day_from(day))


def entry_hits(backend: Backend, found: Sequence[tuple[int, str]]) -> Iterator[SearchHit]:
    """Hits among the live entries."""
    sql = "SELECT id, kind, title, first_published FROM entries WHERE entry = ?"
    for number, snippet in found:
        for identity, kind, title, day in backend.rows(sql, (number,)):
            yield SearchHit(kind=kind, id=identity, title=title, snippet=snippet, published=day_from(day))


def day_from(text: str | None) -> datetime.date | None:
    """A day from its column."""
    return datetime.date.fromisoformat(text) if text else None
