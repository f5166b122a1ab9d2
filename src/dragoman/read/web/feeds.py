"""Which pages does a feed name: RSS, Atom, JSON Feed or a sitemap?"""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec
from lxml import etree

from dragoman.read.published import publication_given
from dragoman.read.web.addresses import joined
from dragoman.read.web.fetch import Answer, FetchError
from dragoman.record.document import Publication, PublishedBasis

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MOST_ENTRIES = 50_000  # of a sitemap, by its standard
ENTITIES = (b"<!ENTITY", b"<\x00!\x00E\x00N\x00T", b"\x00<\x00!\x00E\x00N\x00T")


class Entry(msgspec.Struct, frozen=True):
    """A page that a feed names, with what it says of it; ``updated`` is as the feed writes it."""

    url: str
    title: str | None = None
    published: Publication | None = None
    updated: str | None = None


class Feed(msgspec.Struct, frozen=True):
    """The pages of a feed in its order, and the further sitemaps that an index of them names."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()


class JsonItem(msgspec.Struct):
    """An item of a JSON Feed."""

    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class JsonFeed(msgspec.Struct):
    """A JSON Feed (jsonfeed.org, version 1.1)."""

    version: str
    items: list[JsonItem]


def feed_in(answer: Answer) -> Feed:
    """The feed of an answer. Raises FetchError when it is none, or defines entities."""
    data = answer.data or b""
    if any(sign in data for sign in ENTITIES):
        raise FetchError(f"{answer.url} defines entities, which no feed needs; it is not read")
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return json_feed(data, answer.url)
    if b"<urlset" in head or b"<sitemapindex" in head:
        return sitemap(data, answer.url)
    return syndicated(data, answer)


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed and no page, by its media type and its first bytes."""
    head = (answer.data or b"")[:2000]
    named = answer.kind in ("application/rss+xml", "application/atom+xml", "application/feed+json")
    return named or any(sign in head for sign in (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:RDF"))


def json_feed(data: bytes, base: str) -> Feed:
    """The pages of a JSON Feed. Raises FetchError when it is none."""
    try:
        feed = msgspec.json.decode(data, type=JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FetchError(f"{base} is no JSON Feed ({error})") from error
    entries = (
        Entry(joined(base, url), item.title, day_of(item.date_published), item.date_modified or item.date_published)
        for item in feed.items
        if (url := item.url or item.external_url)
    )
    return Feed(tuple(entries))


def sitemap(data: bytes, base: str) -> Feed:
    """The pages of a sitemap, or the sitemaps of an index. Raises FetchError when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchError(f"{base} is no sitemap ({error})") from error
    maps = [joined(base, text) for text in texts(root.iterfind(f"{SITEMAP}sitemap/{SITEMAP}loc"))]
    entries: list[Entry] = []
    for item in root.iterfind(f"{SITEMAP}url"):
        url = next(texts(item.iterfind(f"{SITEMAP}loc")), None)
        if url and len(entries) < MOST_ENTRIES:
            title = next(texts(item.iterfind(f".//{NEWS}title")), None)
            published = next(texts(item.iterfind(f".//{NEWS}publication_date")), None)
            updated = next(texts(item.iterfind(f"{SITEMAP}lastmod")), None)
            entries.append(Entry(joined(base, url), title, day_of(published), updated))
    return Feed(tuple(entries), tuple(maps))


def texts(elements: Iterator[etree._Element]) -> Iterator[str]:
    """The texts of elements that have one."""
    return (text for element in elements if (text := (element.text or "").strip()))


def syndicated(data: bytes, answer: Answer) -> Feed:
    """The pages of an RSS or Atom feed. Raises FetchError when it is none."""
    import feedparser

    # A stream is never taken for an address to fetch.
    headers = (
        {"content-type": f"{answer.kind or 'application/xml'}; charset={answer.charset}"} if answer.charset else {}
    )
    found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise FetchError(f"{answer.url} is no feed: neither RSS, Atom, JSON Feed nor a sitemap")
    entries = []
    for item in found.entries:
        url, title, published, updated = (dict.get(item, name) for name in ("link", "title", "published", "updated"))
        if url:
            day = day_of(published or updated)
            entries.append(Entry(joined(answer.url, url), title, day, updated or published))
    return Feed(tuple(entries))


def day_of(value: str | None) -> Publication | None:
    """The day that a feed states for a page; None when it is none."""
    if not value:
        return None
    try:
        found = publication_given(value)
    except ValueError:
        return None
    return msgspec.structs.replace(found, basis=PublishedBasis.HEADER, detail="the feed's date")
