"""How does an answer become a source, and what is a page's own address?"""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit

from courlan import clean_url

from dragoman.read.given import NOTHING, Given
from dragoman.read.source import Carried, Form, Source
from dragoman.read.web.addresses import joined
from dragoman.read.web.fetch import Answer, FetchError

PAGE_KINDS = ("text/html", "application/xhtml+xml")
TEXT_KINDS = ("text/plain", "text/markdown")
OTHER_KINDS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",
    "",
)
LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
REL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s>"']{1,2000}))""", re.IGNORECASE)
HEAD = 200_000
PREFIXES = ("www.", "m.", "amp.", "mobile.")


def source_of_answer(answer: Answer, given: Given = NOTHING, stated: Given = NOTHING) -> Source:
    """The source of a page that was fetched. Raises FetchError for what is no text, no page and no PDF."""
    if answer.kind not in (*PAGE_KINDS, *TEXT_KINDS, *OTHER_KINDS):
        raise FetchError(f"{answer.url} is {answer.kind}, which is not read; give a page, a text or a PDF")
    data = answer.data or b""
    form = Form.PAGE if answer.kind in PAGE_KINDS else Form.TEXT if answer.kind in TEXT_KINDS else None
    url = canonical_url(data, answer.url) if form is Form.PAGE else plain_url(answer.url)
    return Source(
        name=answer.url,
        part=Carried(data, answer.charset),
        form=form,
        given=given.over(Given(url=url)),
        stated=stated,
    )


def canonical_url(data: bytes, url: str) -> str:
    """The address that a page calls its own when it is one of the same host, else the one it was fetched from.

    A page cannot pass itself off as another host's, and so not as a new version of another's document.
    """
    for link in LINK.finditer(data, 0, HEAD):
        href = HREF.search(link[0]) if REL.search(link[0]) else None
        if href is None:
            continue
        stated = joined(url, next(part for part in href.groups() if part).decode("utf-8", errors="replace").strip())
        if stated.startswith(("http://", "https://")) and host_of(stated) == host_of(url):
            return plain_url(stated)
    return plain_url(url)


def plain_url(url: str) -> str:
    """An address without a fragment and without what only tracks who follows it."""
    bare = urldefrag(url).url
    return clean_url(bare) or bare


def host_of(url: str) -> str:
    """The host of an address, without what marks another rendering of the same site; none of what is no address."""
    try:
        host = urlsplit(url).netloc.casefold()
    except ValueError:
        return ""
    for prefix in PREFIXES:
        host = host.removeprefix(prefix)
    return host
