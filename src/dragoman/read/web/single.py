"""What is at one address that somebody names?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.errors import SourceError
from dragoman.read.find import Fetch
from dragoman.read.source import Found, refusal
from dragoman.read.web.feeds import is_feed
from dragoman.read.web.fetch import Fetcher, FetchError, Manners
from dragoman.read.web.pages import source_of_answer


def fetched(url: str, fetcher: Fetcher) -> Iterator[Found]:
    """The source of the page at an address, or why there is none."""
    try:
        answer = fetcher.get(url)
        if is_feed(answer):
            raise FetchError(f"{url} is a feed; name it in a list and give that to: dragoman watch")
        yield source_of_answer(answer)
    except SourceError as error:
        yield refusal(url, error)


@contextmanager
def page_fetcher(*, allow_private: bool) -> Iterator[Fetch]:
    """Fetches pages by their addresses, politely; from this machine and private networks only when that is allowed."""
    with Fetcher(Manners(allow_private=allow_private)) as fetcher:
        yield lambda url: fetched(url, fetcher)
