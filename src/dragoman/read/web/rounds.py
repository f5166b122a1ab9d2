"""What is new at the addresses that are watched?

A round asks every feed, then the pages that are new in it, those that the feed says were updated, and, for some days,
those that are due to be looked at again: official texts are edited without a word. What was seen becomes part of the
state only when the caller says that the sources are stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from dragoman.errors import SourceError
from dragoman.read.given import Given
from dragoman.read.source import Found, refusal
from dragoman.read.web.feeds import Entry, feed_in
from dragoman.read.web.fetch import Fetcher, Stamp, TryLater
from dragoman.read.web.pages import plain_url, source_of_answer
from dragoman.read.web.watchlist import Seen, State, Watched, Watchlist, seconds_of

MOST_SITEMAPS = 20  # of an index that are asked in a round, the last ones first


class Round:
    """One round over a watchlist. ``now`` gives the moment in seconds since 1970."""

    def __init__(self, watchlist: Watchlist, state: State, fetcher: Fetcher, now: Callable[[], float]) -> None:
        self.watchlist = watchlist
        self.state = state
        self.fetcher = fetcher
        self.now = now
        self.feeds: dict[str, Seen] = {}
        self.pages: dict[str, Seen] = {}
        self.done: set[str] = set()
        self.left_over = False  # whether pages of the present feed wait for the next round

    def found(self) -> Iterator[Callable[[], Iterator[Found]]]:
        """For each watched address, what gives its sources; after each has run and its sources are stored, ``keep``."""
        for watched in self.watchlist.feeds:
            yield lambda watched=watched: self.in_feed(watched)  # type: ignore[misc]
        for watched in self.watchlist.pages:
            yield lambda watched=watched: self.single(watched)  # type: ignore[misc]

    def keep(self) -> None:
        """What was asked since the last call is seen: call it when the sources are stored."""
        self.state.feeds.update(self.feeds)
        self.state.pages.update(self.pages)
        self.feeds.clear()
        self.pages.clear()

    def single(self, watched: Watched) -> Iterator[Found]:
        """The source of a watched page that has changed."""
        yield from self.page(Entry(plain_url(watched.url)), watched)

    def in_feed(self, watched: Watched) -> Iterator[Found]:
        """The sources of a feed's new and changed pages, and a refusal for each that cannot be had."""
        try:
            entries = list(self.entries(watched.url, watched))
        except SourceError as error:
            yield refusal(watched.url, error)
            entries = []
        fresh = 0
        for entry in entries:
            seen = self.state.pages.get(entry.url)
            if seen is None and fresh >= watched.most:
                self.left_over = True
                continue
            if seen is None or (entry.updated or None) != seen.updated or self.is_due(seen):
                fresh += seen is None
                yield from self.page(entry, watched)
        if self.left_over:  # then the feed is asked in full next time
            self.feeds = {url: msgspec.structs.replace(seen, stamp=Stamp()) for url, seen in self.feeds.items()}
            self.left_over = False
        listed = {entry.url for entry in entries}
        for url, seen in list(self.state.pages.items()):
            if url not in listed and self.belongs(url, watched) and self.is_due(seen):
                yield from self.page(Entry(url, updated=seen.updated), watched)

    def belongs(self, url: str, watched: Watched) -> bool:
        """Whether a page that has left its feed was seen in this one."""
        return self.state.pages[url].feed == watched.url

    def entries(self, url: str, watched: Watched, *, nested: bool = False) -> Iterator[Entry]:
        """The entries of a feed that are wanted; none when it has not changed. Raises SourceError."""
        seen = self.state.feeds.get(url, Seen())
        answer = self.fetcher.get(url, seen.stamp)
        self.feeds[url] = Seen(stamp=answer.stamp if answer.data is not None else seen.stamp, asked=self.now())
        if answer.data is None:
            return
        feed = feed_in(answer)
        for entry in feed.entries:
            if not watched.only or re.search(watched.only, entry.url):
                yield msgspec.structs.replace(entry, url=plain_url(entry.url))
        for further in [] if nested else feed.sitemaps[-MOST_SITEMAPS:]:
            yield from self.entries(further, watched, nested=True)

    def is_due(self, seen: Seen) -> bool:
        """Whether a page is to be looked at again: some hours after the last time, in its first days."""
        now = self.now()
        young = now - seen.first <= seconds_of(self.watchlist.look_again_for)
        return young and now - seen.asked >= seconds_of(self.watchlist.look_again)

    def page(self, entry: Entry, watched: Watched) -> Iterator[Found]:
        """The source of a page when it is new or has changed; its refusal when it cannot be had."""
        if entry.url in self.done:
            return
        self.done.add(entry.url)
        now = self.now()
        seen = self.state.pages.get(entry.url, Seen(first=now))
        known = Seen(stamp=seen.stamp, first=seen.first, asked=now, updated=entry.updated or None, feed=watched.url)
        try:
            answer = self.fetcher.get(entry.url, seen.stamp if seen.asked else Stamp())
            if answer.data is not None:
                known = msgspec.structs.replace(known, stamp=answer.stamp)
                yield source_of_answer(answer, watched.given, Given(title=entry.title, published=entry.published))
        except TryLater as error:
            self.left_over = True
            yield refusal(entry.url, error)
            return
        except SourceError as error:
            yield refusal(entry.url, error)
        self.pages[entry.url] = known
