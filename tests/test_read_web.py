"""Pages and feeds over HTTP: what is refused, what is tried again, what is asked only once, and which edits are seen."""

import gzip
import smtplib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import httpcore
import msgspec
import pytest

from dragoman.errors import SourceError
from dragoman.read import Refusal, Source, read_source
from dragoman.read.web.addresses import Forbidden, is_public
from dragoman.read.web.feeds import feed_in
from dragoman.read.web.fetch import Answer, Clock, Fetcher, FetchError, Manners, Stamp, TryLater, retry_after
from dragoman.read.web.pages import canonical_url
from dragoman.read.web.rounds import Round
from dragoman.read.web.single import fetched
from dragoman.read.web.tell import Message, told
from dragoman.read.web.watchlist import Mail, State, Tell, Watched, Watchlist, state_in, watchlist_in
from dragoman.record.document import PublishedBasis
from web_server import Site, dripping, endless, in_turn, moved, serving

STORY = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday, the ministry said. They agreed that the two"
    " governments would open talks on fisheries, and that the first round was to be held in Santiago before the end of the"
    " year. “We are close,” the Norwegian minister said. The Chilean minister thanked her host for the reception."
)
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::", "2002:c0a8:101::1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "not an address",
]  # fmt: skip


def page(title: str = "Talks in Oslo", story: str = STORY, head: str = "") -> bytes:
    body = f"<article><h1>{title}</h1><p>{story}</p></article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


class Waits:
    """A clock that passes no time and remembers how long was to be waited."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.passed, self.wait)


LOCAL = Manners(allow_private=True, robots=False, pause=0.0, attempts=3)


def local(**changes: object) -> Fetcher:
    return Fetcher(msgspec.structs.replace(LOCAL, **changes), Waits().clock)


# -------------------------------------------------------------- addresses


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"])
def test_a_private_host_in_any_form_is_refused_unasked(site: Site, host: str) -> None:
    site.pages["/"] = page()
    with (
        Fetcher(Manners(robots=False), Waits().clock) as fetcher,
        pytest.raises(Forbidden, match=r"--allow-private|no address"),
    ):
        fetcher.get(f"http://{host}:{site.server_port}/")
    assert not site.asked


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://e.org/a", "gopher://e.org", "http:///a", "http://u:p@e.org/", "http://e.org:x/"],
)
def test_other_addresses_are_refused(url: str) -> None:
    with Fetcher(Manners(), Waits().clock) as fetcher, pytest.raises(Forbidden):
        fetcher.get(url)


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.pages["/a"] = moved(f"http://inside.example:{site.server_port}/secret")
    site.pages["/secret"] = page()
    names = {"outside.example": ["127.0.0.1"], "inside.example": ["127.0.0.1"]}
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return names[host]

    fetcher = Fetcher(Manners(robots=False, pause=0.0), Waits().clock, resolve)
    backend = fetcher.client._transport.pool._network_backend  # type: ignore[attr-defined]
    backend.allow_private = True
    real = backend.connect_tcp

    def connect(host: str, *arguments: object, **named: object) -> object:
        backend.allow_private = host == "outside.example"
        return real(host, *arguments, **named)

    backend.connect_tcp = connect
    with fetcher, pytest.raises(Forbidden, match=r"inside\.example is 127\.0\.0\.1"):
        fetcher.get(f"http://outside.example:{site.server_port}/a")
    assert asked == ["outside.example", "inside.example"]
    assert site.times("/secret") == 0


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to() -> None:
    """A name that is public when it is checked and private a moment later is of no use to an attacker."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connected: list[str] = []

    def connect(address: str, *rest: object) -> object:
        connected.append(address)
        raise httpcore.ConnectError("nobody is asked in a test")

    fetcher = Fetcher(Manners(robots=False, attempts=1), Waits().clock, lambda host, port: next(answers))
    fetcher.client._transport.pool._network_backend.inner.connect_tcp = connect  # type: ignore[attr-defined]
    with fetcher, pytest.raises(TryLater):
        fetcher.get("http://rebinding.example/")
    assert connected == ["93.184.216.34"]
    assert next(answers) == ["127.0.0.1"]  # the name was not asked for again


def test_a_name_with_one_private_address_among_others_is_refused() -> None:
    both = Fetcher(Manners(robots=False, attempts=1), Waits().clock, lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with both, pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        both.get("http://both.example/")


def test_redirects_are_counted(site: Site) -> None:
    site.pages["/a"] = moved("/b")
    site.pages["/b"] = moved("/a")
    with local() as fetcher, pytest.raises(FetchError, match="redirected more than 5 times"):
        fetcher.get(f"{site.at}/a")
    site.pages["/b"] = moved("file:///etc/passwd")
    with local() as fetcher, pytest.raises(Forbidden):
        fetcher.get(f"{site.at}/a")


# -------------------------------------------------------------- answers


def test_a_busy_server_is_asked_again_when_it_says(site: Site) -> None:
    site.pages["/a"] = in_turn(lambda h: h.say(429, Retry_After="7"), lambda h: h.say(500), lambda h: h.page(page()))
    waits = Waits()
    with Fetcher(msgspec.structs.replace(LOCAL, pause=1.0), waits.clock) as fetcher:
        assert fetcher.get(f"{site.at}/a").data == page()
    assert 7.0 in waits.waits
    assert site.times("/a") == 3


def test_a_server_that_asks_for_too_long_a_wait_is_left_for_later(site: Site) -> None:
    site.pages["/a"] = lambda h: h.say(503, Retry_After="86400")
    with local() as fetcher, pytest.raises(TryLater, match="503"):
        fetcher.get(f"{site.at}/a")
    assert site.times("/a") == 1


@pytest.mark.parametrize(
    ("value", "seconds"), [("3", 3.0), (None, None), ("soon", None), ("Mon, 01 Jan 2001 00:00:00 GMT", 0.0)]
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = page()
    with local() as fetcher:
        first = fetcher.get(f"{site.at}/a")
        again = fetcher.get(f"{site.at}/a", first.stamp)
    assert (first.data, again.data) == (page(), None)


def test_an_endless_body_and_a_slow_one_are_cut(site: Site) -> None:
    site.pages["/endless"], site.pages["/slow"] = endless, dripping
    with local(largest=1_000_000) as fetcher, pytest.raises(FetchError, match="longer than 1 MB"):
        fetcher.get(f"{site.at}/endless")
    slow = msgspec.structs.replace(LOCAL, whole=0.3, attempts=1)
    with Fetcher(slow) as fetcher, pytest.raises(FetchError, match="takes longer"):
        fetcher.get(f"{site.at}/slow")
    with Fetcher(msgspec.structs.replace(LOCAL, silence=0.02, attempts=1)) as fetcher, pytest.raises(TryLater):
        fetcher.get(f"{site.at}/slow")


PACKED_BOMB = gzip.compress(b"a" * 90_000_000)


def test_a_packed_body_is_unpacked_within_bounds(site: Site) -> None:
    site.pages["/a"] = lambda h: h.say(200, gzip.compress(page()), Content_Encoding="gzip", Content_Type="text/html")
    site.pages["/bomb"] = lambda h: h.say(200, PACKED_BOMB, Content_Encoding="gzip")
    site.pages["/odd"] = lambda h: h.say(200, b"x", Content_Encoding="br")
    with local() as fetcher:
        assert fetcher.get(f"{site.at}/a").data == page()
        with pytest.raises(FetchError, match="not asked for"):
            fetcher.get(f"{site.at}/odd")
    with local(largest=1_000_000) as fetcher:
        tracemalloc.start()
        with pytest.raises(FetchError, match="longer than 1 MB"):
            fetcher.get(f"{site.at}/bomb")
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert held < 20_000_000  # the bomb holds 90 million


def test_a_server_that_is_not_there_is_asked_later() -> None:
    with serving() as gone:
        at = gone.at
    with local() as fetcher, pytest.raises(TryLater, match="tried 3 times"):
        fetcher.get(at)


def test_robots_are_heeded_and_hosts_are_asked_at_a_pace(site: Site) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /private\nCrawl-delay: 5\n"
    site.pages["/a"] = site.pages["/b"] = page()
    waits = Waits()
    with Fetcher(msgspec.structs.replace(LOCAL, robots=True, pause=1.0), waits.clock) as fetcher:
        fetcher.get(f"{site.at}/a")
        fetcher.get(f"{site.at}/b")
        with pytest.raises(Forbidden, match="robots"):
            fetcher.get(f"{site.at}/private/c")
    assert waits.waits[-1] == 5.0
    assert (site.times("/robots.txt"), site.times("/private/c")) == (1, 0)


def test_nothing_is_fetched_while_robots_cannot_be_had(site: Site) -> None:
    site.pages["/robots.txt"] = lambda h: h.say(500)
    site.pages["/a"] = page()
    with local(robots=True) as fetcher, pytest.raises(TryLater, match=r"robots\.txt"):
        fetcher.get(f"{site.at}/a")
    assert site.times("/a") == 0


@pytest.mark.parametrize(
    ("sent", "said", "declared"),
    [
        ("utf-8", "iso-8859-1", ""),
        ("cp1250", "windows-1250", ""),
        ("cp1250", "no-such", "windows-1250"),
        ("utf-16", "utf-8", ""),
    ],
)
def test_a_wrong_charset_does_not_spoil_a_page(site: Site, sent: str, said: str, declared: str) -> None:
    head = f'<meta charset="{declared}">' if declared else ""
    body = page(story=f"{STORY} Łukasz spoke — “yes”.", head=head).decode().encode(sent)
    site.pages["/a"] = lambda h: h.say(200, body, Content_Type=f"text/html; charset={said}")
    with local() as fetcher:
        (source,) = fetched(f"{site.at}/a", fetcher)
    assert isinstance(source, Source)
    assert "Łukasz spoke — “yes”." in read_source(source).text


def test_a_page_has_its_canonical_address_and_its_own_date(site: Site) -> None:
    head = '<link rel="canonical" href="/talks"><meta property="article:published_time" content="2025-06-03T09:00:00Z">'
    site.pages["/m/talks?utm_source=x"] = page(head=head)
    with local() as fetcher:
        (source,) = fetched(f"{site.at}/m/talks?utm_source=x#top", fetcher)
    assert isinstance(source, Source)
    document = read_source(source)
    assert document.id == f"{site.at}/talks"
    assert (str(document.published.day), document.published.basis) == ("2025-06-03", PublishedBasis.PAGE)


def test_a_page_cannot_pass_itself_off_as_another_host_s() -> None:
    data = b'<link rel="canonical" href="https://mfa.example/statement">'
    assert canonical_url(data, "https://evil.example/a") == "https://evil.example/a"
    assert canonical_url(data, "https://www.mfa.example/a?b=1") == "https://mfa.example/statement"


def test_what_is_no_page_is_refused(site: Site) -> None:
    site.pages["/pic"] = lambda h: h.say(200, b"\x89PNG", Content_Type="image/png")
    site.pages["/feed"] = rss(site, [])
    with local() as fetcher:
        reasons = [
            found.reason
            for path in ("/pic", "/feed", "/none")
            for found in fetched(site.at + path, fetcher)
            if isinstance(found, Refusal)
        ]
    assert ["image/png" in reasons[0], "dragoman watch" in reasons[1], "404" in reasons[2]] == [True] * 3


# -------------------------------------------------------------- feeds


def rss(site: Site, paths: list[str], date: str = "Tue, 03 Jun 2025 09:00:00 GMT") -> bytes:
    items = "".join(
        f"<item><title>Story {path}</title><link>{escape(site.at + path)}</link><pubDate>{date}</pubDate></item>"
        for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


FEEDS = {
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title><link href="/a"/>'
    b"<published>2025-06-03T09:00:00Z</published><updated>2025-06-04T09:00:00Z</updated></entry></feed>",
    "json": b'{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": "1", "url": "https://e.org/a",'
    b' "title": "T", "date_published": "2025-06-03T09:00:00Z", "tags": ["x"]}, {"id": "2"}]}',
    "sitemap": b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    b' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://e.org/a</loc><lastmod>2025-06-04</lastmod>'
    b"<n:news><n:publication_date>2025-06-03</n:publication_date><n:title>T</n:title></n:news></url></urlset>",
}


def answer(data: bytes) -> Answer:
    return Answer("https://e.org/feed", data, "application/xml", None, Stamp())


@pytest.mark.parametrize("kind", list(FEEDS))
def test_every_kind_of_feed_is_read(kind: str) -> None:
    (entry,) = feed_in(answer(FEEDS[kind])).entries
    assert (entry.url, entry.title) == ("https://e.org/a", "T")
    assert entry.published is not None
    assert (str(entry.published.day), entry.published.basis) == ("2025-06-03", PublishedBasis.HEADER)


def test_an_index_of_sitemaps_names_them() -> None:
    data = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>'
    assert feed_in(answer(data)).sitemaps == ("https://e.org/s1.xml",)


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b"{",
        b'{"version": 1}',
        b"<urlset",
        b"just words",
        b"",
        b'{"items": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_feed_and_what_would_burst_is_refused(data: bytes) -> None:
    with pytest.raises(FetchError):
        feed_in(answer(data))


# -------------------------------------------------------------- rounds


class Watching:
    """Rounds over one site, with a clock of their own."""

    def __init__(self, site: Site, **settings: object) -> None:
        self.watchlist = Watchlist(feeds=[Watched(url=f"{site.at}/feed", outlet="Fjord Daily", **settings)])  # type: ignore[arg-type]
        self.state = State()
        self.time = 1_000_000.0

    def round(self, *, stored: bool = True) -> tuple[list[Source], list[str]]:
        with local() as fetcher:
            asked = Round(self.watchlist, self.state, fetcher, lambda: self.time)
            found = []
            for each in asked.found():
                found += list(each())
                if stored:
                    asked.keep()
        self.time += 3600
        sources = [each for each in found if isinstance(each, Source)]
        return sources, [each.reason for each in found if isinstance(each, Refusal)]


def test_a_round_asks_for_what_is_new_only(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/a", "/b"]), "/a": page("A"), "/b": page("B")})
    watching = Watching(site)
    sources, _ = watching.round()
    documents = [read_source(source) for source in sources]
    assert [(d.id, d.outlet, str(d.published.day), d.published.basis) for d in documents] == [
        (f"{site.at}/{name}", "Fjord Daily", "2025-06-03", PublishedBasis.HEADER) for name in "ab"
    ]
    site.pages.update({"/feed": rss(site, ["/c", "/a", "/b"]), "/c": page("C")})
    sources, _ = watching.round()
    assert [source.name for source in sources] == [f"{site.at}/c"]
    assert (site.times("/a"), site.times("/b")) == (1, 1)


def test_a_page_that_is_edited_silently_is_seen_when_it_is_due(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/a"]), "/a": page()})
    watching = Watching(site)
    watching.round()
    site.pages["/a"] = page(story=STORY.replace("close", "not close"))
    assert watching.round() == ([], [])
    watching.time += 12 * 3600
    ((source,), _) = watching.round()
    assert "not close" in read_source(source).text
    watching.time += 12 * 3600
    assert watching.round() == ([], [])
    assert site.times("/a") == 3
    watching.time += 15 * 86400
    watching.round()
    assert site.times("/a") == 3


def test_a_page_that_the_feed_calls_updated_is_asked_for_at_once(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/a"]), "/a": page()})
    watching = Watching(site)
    watching.round()
    site.pages.update({"/feed": rss(site, ["/a"], "Wed, 04 Jun 2025 09:00:00 GMT"), "/a": page("Corrected")})
    assert len(watching.round()[0]) == 1


def test_what_was_not_stored_is_asked_for_again(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/a"]), "/a": page()})
    watching = Watching(site)
    assert len(watching.round(stored=False)[0]) == 1
    assert len(watching.round()[0]) == 1
    assert len(watching.round()[0]) == 0


def test_pages_beyond_the_most_of_a_round_and_failing_ones_wait_for_the_next(site: Site) -> None:
    site.pages.update(
        {"/feed": rss(site, ["/a", "/b", "/c"]), "/a": page("A"), "/b": lambda h: h.say(503), "/c": page("C")}
    )
    watching = Watching(site, most=2)
    sources, refused = watching.round()
    assert [source.name[-2:] for source in sources] == ["/a"]
    assert "503" in refused[0]
    site.pages["/b"] = page("B")
    assert [source.name[-2:] for source in watching.round()[0]] == ["/b", "/c"]


def test_a_page_that_is_gone_is_not_asked_for_every_round(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/a"])})
    watching = Watching(site)
    assert "404" in watching.round()[1][0]
    assert watching.round() == ([], [])


def test_only_the_addresses_that_are_wanted_are_asked_for(site: Site) -> None:
    site.pages.update({"/feed": rss(site, ["/sport/a", "/world/b"]), "/world/b": page()})
    assert [source.name for source in Watching(site, only="/world/").round()[0]] == [f"{site.at}/world/b"]
    assert site.times("/sport/a") == 0


def test_a_feed_that_is_broken_costs_no_other(site: Site) -> None:
    site.pages.update({"/feed": b"<rss", "/a": page()})
    watching = Watching(site)
    watching.watchlist = msgspec.structs.replace(watching.watchlist, pages=[Watched(url=f"{site.at}/a")])
    sources, refused = watching.round()
    assert (len(sources), len(refused)) == (1, 1)


# -------------------------------------------------------------- the list, the state, and telling


def test_a_list_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    for text, says in (
        ("", "watches nothing"),
        ("every = 'often'\n[[feed]]\nurl = 'https://e.org'", "no duration"),
        ("[[feed]]\nurl = 'file:///a'", "only http"),
        ("[[feed]]\nurl = 'https://e.org'\nmood = 'calm'", "mood"),
        ("[[feed]]\nurl = 'https://e.org'\nonly = '('", "feeds.toml"),
        ("[[feed]]\nurl = 'https://e.org'\nkind = 'rumour'", "rumour"),
        ("[[feed", "feeds.toml"),
    ):
        path.write_text(text)
        with pytest.raises(SourceError, match=says):
            watchlist_in(path)


def test_the_state_comes_back_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    assert state_in(path) == State()
    state = State(untold={"h": "t"})
    state.kept(path)
    assert state_in(path) == state
    assert (path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [path])
    path.write_text("{")
    with pytest.raises(SourceError, match="damaged"):
        state_in(path)


def test_changes_go_to_a_file_a_webhook_and_a_mailbox(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    class Server:
        def __init__(self, host: str, port: int, timeout: float) -> None:
            sent.append(f"{host}:{port}")

        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *error: object) -> None:
            return

        def send_message(self, letter: object) -> None:
            sent.append(str(letter))

    monkeypatch.setattr(smtplib, "SMTP", Server)
    mail = Mail(to=["desk@e.org"], from_="dragoman@e.org", server="mail.e.org", port=25, encryption="none")
    tell = Tell(file=str(tmp_path / "changes.txt"), webhook=f"{site.at}/hook", mail=mail)
    message = Message("2 changes", "a – b")
    assert list(told(tell, message)) == [("file", ""), ("webhook", ""), ("mail", "")]
    assert (tmp_path / "changes.txt").read_text() == "2 changes\n\na – b\n"
    assert msgspec.json.decode(site.posted[0]) == {"heading": "2 changes", "text": "a – b"}
    assert sent[0] == "mail.e.org:25"
    assert "Subject: 2 changes" in sent[1]
    site.post_status = 500
    ((way, complaint),) = told(tell, message, ["file", "mail"])
    assert (way, "500" in complaint) == ("webhook", True)
