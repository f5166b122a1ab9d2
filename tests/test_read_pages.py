"""A page's stored text is what a reader sees; menus, links and advertisements are marked; scripts are no text."""

import time

import pytest

from dragoman.errors import SourceError
from dragoman.read import Given, document_of_page
from dragoman.record.document import BoilerplateKind, Document, PublishedBasis

PARAGRAPHS = (
    "The governments of Peru and Norway said on Tuesday that they would reopen talks on fisheries, which had been"
    " suspended since the spring of last year after a quarrel over quotas.",
    "The Norwegian minister said the first round was to be held in Oslo, and that both sides wanted an early result"
    " that the fishing ports of the two countries could live with.",
    "Officials who took part in the preparations said the sides would begin with the simpler questions, and that a list"
    " of them had been exchanged by letter in May.",
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Peru and Norway to reopen talks | Fjord Daily</title>
<meta property="og:title" content="Peru and Norway to reopen talks">
<meta property="og:site_name" content="Fjord Daily">
<meta property="article:published_time" content="2025-06-03T08:15:00+02:00">
<link rel="canonical" href="https://fjord.example.org/world/peru-norway">
<style>p { color: red }</style><script>var tracked = "secret";</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<header><div class="logo">Fjord Daily</div></header>
<article><h1>Peru and Norway to reopen talks</h1>
<p>PARAGRAPH 0</p><script>track("view")</script>
<div class="advertisement">Buy a boat today</div>
<p>PARAGRAPH 1</p>
<p style="display:none">Hidden words</p>
<p>PARAGRAPH 2</p></article>
<aside class="related"><h3>Related Stories</h3><a href="/x">Herring prices rise again in the north</a></aside>
<footer>© 2025 Fjord Daily</footer>
<noscript>Please switch scripts on</noscript>
</body></html>"""
for number, paragraph in enumerate(PARAGRAPHS):
    PAGE = PAGE.replace(f"PARAGRAPH {number}", paragraph)


def unmarked(document: Document) -> str:
    text = list(document.text)
    for mark in document.boilerplate:
        text[mark.span.start : mark.span.end] = " " * (mark.span.end - mark.span.start)
    return "\n".join(line.strip() for line in "".join(text).split("\n") if line.strip())


def test_the_story_is_read_and_the_rest_is_marked() -> None:
    document = document_of_page(PAGE)
    assert unmarked(document) == "\n".join(("Peru and Norway to reopen talks", *PARAGRAPHS))
    assert {"Home", "World", "Buy a boat today"} <= set(document.text.split("\n"))


def test_scripts_styles_and_hidden_words_are_no_text() -> None:
    text = document_of_page(PAGE).text
    assert not [word for word in ("tracked", "track(", "color", "Hidden", "Please switch") if word in text]


def test_metadata() -> None:
    document = document_of_page(PAGE, name="page.html")
    assert (document.title, document.outlet) == ("Peru and Norway to reopen talks", "Fjord Daily")
    assert document.id == document.url == "https://fjord.example.org/world/peru-norway"
    assert (str(document.published.day), document.published.basis) == ("2025-06-03", PublishedBasis.PAGE)
    assert document.published.moment == "2025-06-03T08:15:00+02:00"
    assert document.title_span is not None
    assert document.title_span.of(document.text) == document.title


def test_what_is_given_stands_over_the_page() -> None:
    document = document_of_page(PAGE, given=Given(id="one", outlet="Other", title="Another title"))
    assert (document.id, document.outlet, document.title) == ("one", "Other", "Another title")


def test_kinds_of_boilerplate() -> None:
    document = document_of_page(PAGE)
    kinds = {mark.span.of(document.text): mark.kind for mark in document.boilerplate}
    assert kinds["Home"] is BoilerplateKind.MENU
    assert kinds["Buy a boat today"] is BoilerplateKind.ADVERTISEMENT
    assert kinds["Herring prices rise again in the north"] is BoilerplateKind.RELATED


def test_a_date_in_structured_data_is_found() -> None:
    page = PAGE.replace(
        '<meta property="article:published_time" content="2025-06-03T08:15:00+02:00">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-06-04T01:00:00Z"}</script>',
    )
    assert str(document_of_page(page).published.day) == "2025-06-04"


def test_a_fragment_is_read_whole() -> None:
    html = f"<p>Office of the <b>Spokesperson</b></p>\n<p>{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}</p>"
    html += "<ul><li>One</li><li>Two</li></ul>"
    document = document_of_page(html)
    assert document.text == "\n".join(("Office of the Spokesperson", *PARAGRAPHS[:2], "One", "Two"))
    assert document.boilerplate == ()


def test_entities_and_blanks_are_as_a_reader_sees_them() -> None:
    html = "<p>Peru&nbsp;&amp; Norway\n   said &#8220;yes&#8221; on Tuesday, and that was the end.</p><pre>a\n  b</pre>"
    assert document_of_page(html).text.split("\n")[0] == "Peru\xa0& Norway said “yes” on Tuesday, and that was the end."


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html></html>",
        "<html><body><script>render()</script><div id=root></div></body></html>",
        "<",
        "<!-- only -->",
    ],
)
def test_a_page_without_words_is_refused(html: str) -> None:
    with pytest.raises(SourceError, match="shows no text"):
        document_of_page(html)


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body><p>{PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}</div></b><table><tr><td>x",
        f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}",
        f'<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>{PARAGRAPHS[0]} {PARAGRAPHS[1]}</p></body></html>',
    ],
)
def test_broken_pages_are_read(html: str) -> None:
    assert PARAGRAPHS[1][:60] in document_of_page(html).text


def test_deep_nesting_is_no_danger() -> None:
    start = time.perf_counter()
    document = document_of_page(
        "<html><body>" + "<div>" * 1500 + f"<p>{PARAGRAPHS[0]}</p>" + "</div>" * 1500 + "</body></html>"
    )
    assert PARAGRAPHS[0] in document.text
    assert time.perf_counter() - start < 20
