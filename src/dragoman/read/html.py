"""What does a page show, and which of it is the story?

The stored text of a page is what a reader sees, in reading order, one line a block: scripts, styles and hidden elements
are no text. trafilatura decides which blocks are the main text and reads title, outlet, date and canonical address from
the page's metadata; everything outside the main text is marked as boilerplate by the element that holds it.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Iterator
from types import ModuleType

import lxml.html
import msgspec
from lxml import etree

from dragoman.record.document import Boilerplate, BoilerplateKind
from dragoman.record.span import Span

UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "select", "datalist"}
    | {"audio", "video", "canvas", "map", "textarea"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
KIND_OF_TAG = {
    "nav": BoilerplateKind.MENU,
    "menu": BoilerplateKind.MENU,
    "footer": BoilerplateKind.MENU,
    "form": BoilerplateKind.MENU,
    "button": BoilerplateKind.MENU,
    "aside": BoilerplateKind.RELATED,
    "dialog": BoilerplateKind.MENU,
}
KIND_OF_ROLE = {
    "navigation": BoilerplateKind.MENU,
    "contentinfo": BoilerplateKind.MENU,
    "search": BoilerplateKind.MENU,
    "menu": BoilerplateKind.MENU,
    "dialog": BoilerplateKind.MENU,
    "complementary": BoilerplateKind.RELATED,
}
KIND_OF_NAME = (
    (
        re.compile(r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor\w*|promo|outbrain|taboola|banner-ad)(?:$|[\s_-])"),
        BoilerplateKind.ADVERTISEMENT,
    ),
    (
        re.compile(
            r"related|recommend|most-?(?:read|popular|viewed)|trending|read-?(?:more|next|also)|more-(?:stories|news|from)|also-?(?:read|like)|top-?stories"
        ),
        BoilerplateKind.RELATED,
    ),
    (
        re.compile(
            r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|share|sharing|social|newsletter|subscribe|cookie\w*|"
            r"consent|comments?|pagination|pager|toolbar|masthead|topbar|login|signup|tags?|skip)(?:$|[\s_-])"
        ),
        BoilerplateKind.MENU,
    ),
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\n\r\f]+")
UNEVEN = re.compile(r"[\t\n\r\f]|  ")
PAGE_PARTS = re.compile(r"<(?:html|body|head|nav|header|footer|article|main)\b", re.IGNORECASE)
SIGNS = re.compile(r"[\W_]+")
LONG_ENOUGH = 24  # letters that make a block's words findable inside the main text
PROSE = 120
LARGEST_FOR_MAIN_TEXT = 3_000_000  # characters; beyond, only the page's structure is used
DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "publishdate",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "date",
)
PUBLISHED_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
# No date of the page may depend on the day on which it is read: the identifier's own limit would be today.
DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


class Block(msgspec.Struct, frozen=True):
    """A line of a page: its span in the text, and the boilerplate that its elements make it."""

    span: Span
    kind: BoilerplateKind | None
    sure: bool  # decided by the element itself and not by a class name


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was read from a page; ``published`` is as the page writes it."""

    text: str
    boilerplate: tuple[Boilerplate, ...] = ()
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """trafilatura's findings: the main text and the metadata."""

    main: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


def page_of(html: str) -> Page:
    """The page's text and what it says of itself. A page that cannot be parsed at all has an empty text."""
    root = parsed(html)
    if root is None:
        return Page(text="")
    text, blocks = visible(root)
    if not PAGE_PARTS.search(html, 0, 20_000):
        return Page(text=text, boilerplate=tuple(structural(blocks)))
    stated = stated_date(root)
    facts = facts_of(root) if len(html) <= LARGEST_FOR_MAIN_TEXT else Facts()
    return Page(
        text=text,
        boilerplate=tuple(outside(text, blocks, facts)),
        title=facts.title,
        outlet=facts.outlet,
        url=facts.url,
        published=stated or facts.published,
    )


def parsed(html: str) -> lxml.html.HtmlElement | None:
    """The root of a page, mended as the parser can; None when nothing is left of it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml.html.document_fromstring(html.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


class Walker:
    """Collects the visible text of a page line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0
        self.pending: list[str] = []
        self.kinds: list[tuple[BoilerplateKind | None, bool]] = [(None, False)]
        self.preserved = 0

    def add(self, text: str | None) -> None:
        """Text of the present line."""
        if text:
            self.pending.append(text)

    def flush(self) -> None:
        """End the present line."""
        if not self.pending:
            return
        joined = "".join(self.pending)
        self.pending.clear()
        for line in joined.split("\n") if self.preserved else (joined,):
            self.line((BLANKS.sub(" ", line) if UNEVEN.search(line) else line).strip(" "))

    def line(self, line: str) -> None:
        """One finished line."""
        if line.strip():
            kind, sure = self.kinds[-1]
            self.blocks.append(Block(Span(self.length, self.length + len(line)), kind, sure))
            self.lines.append(line)
            self.length += len(line) + 1

    def enter(self, element: lxml.html.HtmlElement) -> None:
        """An element opens."""
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
        self.kinds.append(kind_of(element) or self.kinds[-1])
        self.preserved += tag == "pre"
        self.add(element.text)

    def leave(self, element: lxml.html.HtmlElement) -> None:
        """An element closes."""
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            self.flush()
        self.kinds.pop()
        self.preserved -= tag == "pre"


def visible(root: lxml.html.HtmlElement) -> tuple[str, list[Block]]:
    """The text that a reader sees and its lines."""
    walker = Walker()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: set[lxml.html.HtmlElement] = set()
    for event, element in walk:
        if event == "start":
            if unseen(element):
                walk.skip_subtree()
                skipped.add(element)
            else:
                walker.enter(element)
            continue
        if event == "end" and element not in skipped:
            walker.leave(element)
        walker.add(element.tail)
    walker.flush()
    return "\n".join(walker.lines), walker.blocks


def unseen(element: lxml.html.HtmlElement) -> bool:
    """Whether an element and all in it is not shown."""
    if element.tag in UNSEEN:
        return True
    attributes = element.attrib
    return bool(attributes) and ("hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style", ""))))


def kind_of(element: lxml.html.HtmlElement) -> tuple[BoilerplateKind, bool] | None:
    """The boilerplate that an element makes of its text, and whether the element alone is sure of it."""
    tag = element.tag
    found = KIND_OF_TAG.get(tag) or KIND_OF_ROLE.get(element.get("role", ""))
    if found:
        return found, tag not in ("aside", "form")
    if tag in ("body", "html", "article", "main"):
        return None
    name = f"{element.get('class', '')} {element.get('id', '')}".casefold()
    if len(name) > 1:
        for expression, kind in KIND_OF_NAME:
            if expression.search(name):
                return kind, kind is BoilerplateKind.ADVERTISEMENT
    return None


@functools.cache
def extractor() -> ModuleType:
    """trafilatura; a run over plain texts never needs it, and it takes a while to load."""
    with warnings.catch_warnings():
        # Its downloader, which is not used here, complains of a proxy package that is not installed.
        warnings.filterwarnings("ignore", message="SOCKS support in urllib3")
        import trafilatura
    return trafilatura


def facts_of(root: lxml.html.HtmlElement) -> Facts:
    """The main text and metadata of a page."""
    try:
        found = extractor().bare_extraction(
            root,
            fast=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=DATE_SEARCH,
        )
    except Exception:  # a page that breaks the extractor, in whatever way, is read by its structure alone
        return Facts()
    if found is None or isinstance(found, dict):
        return Facts()
    return Facts(
        main=found.text or "",
        title=found.title or None,
        outlet=found.sitename or None,
        url=found.url or None,
        published=found.date or None,
    )


def stated_date(root: lxml.html.HtmlElement) -> str | None:
    """The publication time that the page's metadata states, with its time of day where it is given."""
    held: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            held.setdefault(name.casefold(), content)
    for key in DATE_KEYS:
        if key in held:
            return held[key]
    for script in root.iter("script"):
        match = PUBLISHED_JSON.search(script.text or "") if "ld+json" in script.get("type", "") else None
        if match:
            return match[1]
    return None


def structural(blocks: list[Block]) -> Iterator[Boilerplate]:
    """The lines of a fragment that stand in elements which are surely no story."""
    for block in blocks:
        if block.kind and block.sure:
            yield Boilerplate(block.kind, block.span, "page.element")


def outside(text: str, blocks: list[Block], facts: Facts) -> Iterator[Boilerplate]:
    """The lines of a page that are not its story."""
    main = squeezed(facts.main)
    if len(main) < LONG_ENOUGH:
        yield from structural(blocks)
        return
    lines = {squeezed(line) for line in facts.main.split("\n")}
    title = squeezed(facts.title or "")
    inside = [is_inside(squeezed(block.span.of(text)), main, lines) for block in blocks]
    first = inside.index(True) if True in inside else 0
    last = len(inside) - 1 - inside[::-1].index(True) if True in inside else len(inside) - 1
    titled = False
    for number, block in enumerate(blocks):
        is_title = bool(title) and not titled and not block.sure and squeezed(block.span.of(text)) == title
        titled = titled or is_title
        if (inside[number] and not block.sure) or is_title:
            continue
        if block.kind is None and first <= number <= last and block.span.end - block.span.start >= PROSE:
            continue  # a paragraph among those of the story: the extractor's omission and not the page's furniture
        yield Boilerplate(block.kind or BoilerplateKind.MENU, block.span, "page.outside_main_text")


def is_inside(block: str, main: str, lines: set[str]) -> bool:
    """Whether a line's letters stand in the main text."""
    return block in lines or (len(block) >= LONG_ENOUGH and block in main)


def squeezed(text: str) -> str:
    """Only the letters and digits of a text, case-folded."""
    return SIGNS.sub("", text.casefold())
