"""How does a source become a document?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import SourceError
from dragoman.read.boilerplate import boilerplate_in, folded
from dragoman.read.containers import MARK
from dragoman.read.forms import with_text
from dragoman.read.front import front_matter_of
from dragoman.read.given import NOTHING, Given, given_from
from dragoman.read.html import Page, page_of
from dragoman.read.kinds import Text, issuer_by_heading, issuer_of, kind_of
from dragoman.read.language import require_english
from dragoman.read.limits import LARGEST
from dragoman.read.published import (
    is_date_line,
    opening_dateline,
    publication_from_page,
    publication_in_text,
    publication_in_url,
)
from dragoman.read.source import Source
from dragoman.record.document import UNKNOWN_PUBLICATION, Boilerplate, Document, Publication
from dragoman.record.span import Span

LONGEST_TITLE = 200
TITLE_LINES = 4
NO_TITLE = re.compile(
    r"(?:by\s+[A-Z]|office of\b|.{0,60}\((?:[A-Z]{2,6}|Reuters|Xinhua|Bernama|Kyodo|Yonhap)\)|https?://|www\."
    r"|the (?:below|following)\b|.*\b(?:photo|image|picture|credit)\s*:)"
    r"|[\w.’' -]{3,40}, [^,]{0,40}\b(?:spokesperson|secretary|minister|ambassador|president|director|commissioner)\b"
    r"[\w ]*$",
    re.IGNORECASE,
)
# The repeats are possessive: a line of dashes that ends in a word is given up at once.
CALENDAR = re.compile(r"(?:[\W\d_]++|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+)++", re.IGNORECASE)
TURN = re.compile(r"[A-Z][A-Z .'’-]+:\s")


def read_source(source: Source) -> Document:
    """The document of a source. Raises SourceError, ManifestError or NotEnglish, naming the source and the remedy."""
    return document_in(opened(source))


class Opened(NamedTuple):
    """A source with its characters in hand: a plain text, or the source text of a page."""

    source: Source
    characters: str
    page: bool


def opened(source: Source) -> Opened:
    """The source with its characters. Raises SourceError or ManifestError."""
    source = with_text(source)
    if source.html is not None:
        return Opened(source, source.html, page=True)
    return Opened(source, source.text or "", page=False)


def document_in(held: Opened) -> Document:
    """The document of a source whose characters are in hand. Raises SourceError and NotEnglish."""
    source = held.source
    document = document_of_page if held.page else document_of
    return document(held.characters, given=source.given, stated=source.stated, name=source.name, path=path_of(source))


def path_of(source: Source) -> str | None:
    """Where a document lies: its file, or its place in a container."""
    return source.path or (source.name if MARK in source.name else None)


def document_of(
    text: str, *, given: Given = NOTHING, stated: Given = NOTHING, name: str = "text", path: str | None = None
) -> Document:
    """The document of a plain text, with its front matter read and taken off; ``stated`` gives way to all else.

    Raises SourceError for a text without words or with wrong front matter, and NotEnglish.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("﻿")
    front = front_matter_of(text)
    if front:
        try:
            given = given.over(given_from(front.fields))
        except ValueError as error:
            raise SourceError(f"{name}: front matter: {error}") from error
        text = text[front.start :]
    require_words(text, name)
    return assembled(Page(text=text), given, name, path, stated)


def document_of_page(
    html: str, *, given: Given = NOTHING, stated: Given = NOTHING, name: str = "page", path: str | None = None
) -> Document:
    """The document of an HTML page or fragment; ``stated`` is what is known of a page that says nothing itself.

    Raises SourceError when it shows no words, and NotEnglish.
    """
    if len(html) > LARGEST:
        raise SourceError(f"{name} has {len(html) / 1e6:.0f} MB, more than the longest page; save its text as .txt")
    page = page_of(html)
    if not any(character.isalnum() for character in page.text):
        raise SourceError(f"{name} shows no text: it is empty, broken, or drawn by scripts; save the text as .txt")
    return assembled(page, given, name, path, stated)


def require_words(text: str, name: str) -> None:
    """Raise SourceError for a text without a letter or digit, or longer than any document."""
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name} is empty: it holds no text; check that it was saved whole")
    if len(text) > LARGEST:
        raise SourceError(
            f"{name} has {len(text) / 1e6:.0f} million characters, more than the longest document; split it"
        )


def assembled(page: Page, given: Given, name: str, path: str | None, stated: Given = NOTHING) -> Document:
    """The document of a page or a text, with everything that is known of it before it is read."""
    text = page.text
    url = given.url or page.url or stated.url
    title, title_span = title_in(text, given.title or page.title or stated.title)
    marks = [*page.boilerplate, *boilerplate_in(text, title, [mark.span for mark in page.boilerplate])]
    require_english(text if not page.boilerplate else story(text, marks), name)
    issuer = given.issuer or issuer_of(Text(text=text, url=url)) or issuer_by_heading(story(text, marks)[:2000])
    kind, kind_basis = kind_of(Text(text=story(text, marks), title=title, url=url, issuer=issuer))
    return Document(
        id=given.id or url or as_id(path) or given.title or name,
        text=text,
        digest=hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest(),
        path=path,
        url=url,
        outlet=given.outlet or page.outlet or stated.outlet,
        title=title,
        title_span=title_span,
        published=published_of(page, given, stated, url, story(text, marks)),
        kind=given.kind or kind,
        kind_basis="given" if given.kind else kind_basis,
        issuer=issuer,
        boilerplate=tuple(sorted(marks, key=lambda mark: mark.span)),
    )


def as_id(path: str | None) -> str | None:
    """A path as an id: with forward slashes on every system."""
    return Path(path).as_posix() if path else None


def published_of(page: Page, given: Given, stated: Given, url: str | None, text: str) -> Publication:
    """The publication by the best ground there is: given, page metadata, a header, dateline, the url's path."""
    if given.published:
        return given.published
    for found in (
        publication_from_page(page.published) if page.published else UNKNOWN_PUBLICATION,
        stated.published or UNKNOWN_PUBLICATION,
        publication_in_text(text),
        publication_in_url(url) if url else UNKNOWN_PUBLICATION,
    ):
        if found.start is not None:
            return found
    return UNKNOWN_PUBLICATION


def story(text: str, marks: Sequence[Boilerplate]) -> str:
    """The text without its boilerplate, for recognising things only: its offsets are not the document's."""
    if not marks:
        return text
    parts: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.span):
        parts.append(text[at : mark.span.start])
        at = max(at, mark.span.end)
    parts.append(text[at:])
    return "".join(parts)


def title_in(text: str, stated: str | None) -> tuple[str | None, Span | None]:
    """The title, stated or read from the first lines, and where it stands in the text."""
    at = 0
    seen = 0
    wanted = folded(stated) if stated else ""
    while seen < (10 * TITLE_LINES if stated else TITLE_LINES) and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 2 * LONGEST_TITLE)].strip()
        if line:
            seen += 1
            start = text.index(line, at)
            span = Span(start, start + len(line))
            if stated and folded(line) == wanted:
                return stated, span
            if not stated and is_title(line, text, span.end):
                return line, span
            if not stated and not is_date_line(line):
                break
        at = end + 1
    return stated, None


def is_title(line: str, text: str, end: int) -> bool:
    """Whether a line that opens a text reads as its title: short, unfinished, and followed by more."""
    if len(line) > LONGEST_TITLE or len(line.split()) < 3 or line[-1] in '.:;,”"' or is_date_line(line):
        return False
    if (
        NO_TITLE.match(line)
        or CALENDAR.fullmatch(line)
        or TURN.match(line)
        or opening_dateline(line)
        or line[0] in "–—-•*@"
    ):
        return False
    return bool(text[end : end + 400].strip())
