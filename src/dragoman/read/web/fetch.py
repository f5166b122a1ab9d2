"""What does a server answer, and how politely is it asked?

Each host is asked at a pace, after its robots.txt; what failed for the moment is tried again later and later, or when the
server says; a page that has not changed is not sent again. An answer is bounded in bytes and in time, and every redirect
is checked like the first address.
"""

from __future__ import annotations

import email.utils
import time
import zlib
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import msgspec
from protego import Protego

from dragoman.errors import SourceError
from dragoman.read.limits import LARGEST
from dragoman.read.web.addresses import CheckedTransport, Forbidden, Resolve, by_system, require_scheme

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
LARGEST_ROBOTS = 500_000  # bytes; RFC 9309 asks for at least this
LONGEST_DELAY = 60.0  # seconds between requests that a robots.txt can ask for
ACCEPT = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json,*/*;q=0.5"


class FetchError(SourceError):
    """An address did not answer with something to read."""


class TryLater(FetchError):
    """An address that may answer another time: the server is busy, or not there."""


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How servers are asked. Times are seconds, sizes bytes."""

    allow_private: bool = False
    robots: bool = True
    pause: float = 1.0  # between two requests to one host
    attempts: int = 4
    longest_wait: float = 120.0  # for which a Retry-After is honoured within a run
    connect: float = 10.0
    silence: float = 20.0  # without a byte
    whole: float = 60.0  # for an answer from its first byte to its last
    largest: int = LARGEST
    redirects: int = 5
    agent: str = "dragoman/0.1 (reads public diplomatic texts)"


class Clock(msgspec.Struct, frozen=True):
    """The time as it passes, and how to wait."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


class Stamp(msgspec.Struct, frozen=True, omit_defaults=True):
    """By what a server knows the state of a page that was fetched."""

    etag: str | None = None
    modified: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """A page as it was sent. ``data`` is None when it has not changed since the stamp."""

    url: str  # after redirects
    data: bytes | None
    kind: str  # the media type, in lower case
    charset: str | None
    stamp: Stamp


class Fetcher:
    """Asks servers. Close it when done, or use it in a ``with`` statement."""

    def __init__(self, manners: Manners, clock: Clock | None = None, resolve: Resolve = by_system) -> None:
        self.manners = manners
        self.clock = clock or Clock()
        self.ready: dict[str, float] = {}  # host -> when it may be asked again
        self.rules: dict[str, Protego | None] = {}
        timeout = httpx.Timeout(manners.silence, connect=manners.connect)
        self.client = httpx.Client(
            transport=CheckedTransport(manners.allow_private, resolve),
            timeout=timeout,
            trust_env=False,
            headers={"User-Agent": manners.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def get(self, url: str, stamp: Stamp | None = None) -> Answer:
        """The page at an address. Raises Forbidden, TryLater or FetchError, each naming the address."""
        at = url
        for _ in range(self.manners.redirects + 1):
            require_scheme(at)
            self.require_robots(at)
            answer = self.patiently(at, stamp or Stamp())
            if isinstance(answer, Answer):
                return answer
            at = answer
        raise FetchError(f"{url} is redirected more than {self.manners.redirects} times; give the last address")

    def require_robots(self, url: str) -> None:
        """Raise Forbidden for an address that its host asks not to be fetched, TryLater when it cannot be known."""
        if not self.manners.robots:
            return
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = self.robots_of(site)
        rules = self.rules[site]
        if rules is not None and not rules.can_fetch(url, self.manners.agent):
            raise Forbidden(f"{url} is not fetched: its robots.txt asks not to")

    def robots_of(self, site: str) -> Protego | None:
        """The rules of a site; none when it has no robots.txt. Raises TryLater when the server fails (RFC 9309)."""
        at = f"{site}/robots.txt"
        for _ in range(self.manners.redirects + 1):
            require_scheme(at)
            try:
                answer = self.patiently(at, Stamp())
            except TryLater as error:
                raise TryLater(f"{site}: its robots.txt cannot be had now ({error}), so nothing is fetched") from error
            except FetchError:
                return None
            if isinstance(answer, Answer):
                return Protego.parse((answer.data or b"")[:LARGEST_ROBOTS].decode("utf-8", errors="replace"))
            at = answer
        return None

    def patiently(self, url: str, stamp: Stamp) -> Answer | str:
        """The answer of an address, or where it sends one; asked again while it fails for the moment."""
        wait = self.manners.pause
        for attempt in range(1, self.manners.attempts + 1):
            self.take_turn(url)
            try:
                return self.once(url, stamp)
            except Busy as busy:
                wait = 2 * wait if busy.after is None else busy.after
                if attempt == self.manners.attempts or wait > self.manners.longest_wait:
                    raise TryLater(f"{url}: {busy.reason}; tried {attempt} times, run again later") from busy
                self.clock.wait(wait)
        raise TryLater(f"{url} was not tried")

    def take_turn(self, url: str) -> None:
        """Wait until the host may be asked again."""
        host = urlsplit(url).netloc
        now = self.clock.now()
        ready = self.ready.get(host, now)
        if ready > now:
            self.clock.wait(ready - now)
        self.ready[host] = max(now, ready) + self.pause_of(url)

    def pause_of(self, url: str) -> float:
        """The seconds between two requests to a host: the user's, or more where its robots.txt asks for it."""
        parts = urlsplit(url)
        rules = self.rules.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self.manners.agent) if rules is not None else None
        return max(self.manners.pause, min(float(asked or 0.0), LONGEST_DELAY))

    def once(self, url: str, stamp: Stamp) -> Answer | str:
        """One request. Raises Busy when it may be tried again, FetchError when not."""
        headers = {}
        if stamp.etag:
            headers["If-None-Match"] = stamp.etag
        if stamp.modified:
            headers["If-Modified-Since"] = stamp.modified
        try:
            with self.client.stream("GET", url, headers=headers) as response:
                return self.answer_of(url, response)
        except httpx.InvalidURL as error:
            raise Forbidden(f"{url} is no address ({error})") from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise Busy(f"no answer ({type(error).__name__}: {error})".replace(": )", ")")) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
            raise FetchError(f"{url} answers what is no HTTP ({error})") from error

    def answer_of(self, url: str, response: httpx.Response) -> Answer | str:
        """What a response says: a page, another address, or an error."""
        status = response.status_code
        if status in MOVED:
            return urljoin(url, str(response.headers.get("Location", "")))
        if status in AGAIN:
            raise Busy(f"the server answers {status}", retry_after(response.headers.get("Retry-After")))
        if status not in (200, 304):
            raise FetchError(f"{url}: the server answers {status}; check the address")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
        stamp = Stamp(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        data = None if status == 304 else self.body_of(url, response)
        return Answer(url, data, kind, response.charset_encoding, stamp)

    def body_of(self, url: str, response: httpx.Response) -> bytes:
        """The body of a response, unpacked. Raises FetchError when it is too long, or takes too long."""
        unpack = unpacker(response.headers.get("Content-Encoding", ""), url)
        until = self.clock.now() + self.manners.whole
        held = bytearray()
        for piece in response.stream if isinstance(response.stream, httpx.SyncByteStream) else ():
            held += unpack(piece, self.manners.largest + 1 - len(held))
            if len(held) > self.manners.largest:
                raise FetchError(f"{url} is longer than {self.manners.largest / 1e6:.0f} MB, as no document is")
            if self.clock.now() > until:
                raise FetchError(f"{url} takes longer than {self.manners.whole:.0f} s to send; it is left")
        return bytes(held)


class Busy(Exception):
    """A request that may be made again, at once or after so many seconds."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks to wait, given in seconds or as a date."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def unpacker(encoding: str, url: str) -> Callable[[bytes, int], bytes]:
    """How to unpack the pieces of a body, to so many bytes at most. Raises FetchError for an encoding not asked for."""
    name = encoding.strip().casefold()
    if name in ("", "identity"):
        return lambda piece, most: piece
    if name not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} is sent as {name}, which was not asked for")
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def unpack(piece: bytes, most: int) -> bytes:
        try:
            return inflate.decompress(inflate.unconsumed_tail + piece, max(1, most))
        except zlib.error as error:
            raise FetchError(f"{url}: its body is damaged ({error})") from error

    return unpack
