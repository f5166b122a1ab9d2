"""How is a published desk searched without a server? Small files, each with the words of one beginning, read as one asks.

The files are scripts that hand over data, because a browser reads no other file from a file share.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import msgspec

from dragoman.record.document import Document
from dragoman.record.entries import AnyEntry
from dragoman.show.plain import published_words
from dragoman.show.words import day_words
from dragoman.web.pages.entries import title_of

WORD = re.compile(r"[a-z0-9]{2,}")
IN_TITLE = 5  # times that a word of a title counts
CHUNK = 400  # records in a file
SNIPPET = 220


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search may find."""

    path: str
    title: str
    kind: str
    day: str
    text: str


class WordsIndex:
    """Words with the numbers of what has them."""

    def __init__(self) -> None:
        self._records: list[tuple[str, str, str, str, str]] = []
        self._shards: dict[str, dict[str, list[int]]] = {}

    @property
    def number(self) -> int:
        """How many things can be found."""
        return len(self._records)

    def add(self, found: Found) -> None:
        """Let something be found by its words."""
        number = len(self._records)
        snippet = " ".join(found.text.split())[:SNIPPET]
        self._records.append((found.path, found.title, found.kind, found.day, snippet))
        counts = Counter(words_of(found.text))
        for word in words_of(found.title):
            counts[word] += IN_TITLE
        for word, count in counts.items():
            self._shards.setdefault(word[:2], {}).setdefault(word, []).extend((number, count))

    def files(self) -> Iterator[tuple[str, str]]:
        """The names and texts of the files."""
        for beginning, words in sorted(self._shards.items()):
            yield f"search/w-{beginning}.js", f'dragomanWords("{beginning}",{data(dict(sorted(words.items())))});\n'
        for start in range(0, len(self._records), CHUNK):
            chunk = start // CHUNK
            yield f"search/r-{chunk}.js", f"dragomanRecords({chunk},{data(self._records[start : start + CHUNK])});\n"
        known = {"chunk": CHUNK, "records": len(self._records), "words": "".join(sorted(self._shards))}
        yield "search/index.js", f"dragomanIndex({data(known)});\n"


def data(value: object) -> str:
    """A value as a script may hold it."""
    return msgspec.json.encode(value).decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def words_of(text: str) -> list[str]:
    """The words of a text, without accents, as the page cuts them too."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def found_in(held: Document | AnyEntry, path: str) -> Found:
    """A document or an entry as a search finds it."""
    if isinstance(held, Document):
        return Found(
            path=path,
            title=held.title or held.id,
            kind="document",
            day=published_words(held.published),
            text=held.text,
        )
    day = day_words(held.first_published) if held.first_published else ""
    words = getattr(held, "text", "") or getattr(held, "claim", "")
    return Found(path=path, title=title_of(held), kind=str(held.__struct_config__.tag), day=day, text=str(words))
