"""dragoman watch FEEDS.toml"""

from __future__ import annotations

import datetime
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.book import Book
from dragoman.cli.options import Settings, settings_options
from dragoman.cli.output import put, warn, write_json
from dragoman.errors import extra
from dragoman.library import RunReport, add_found
from dragoman.record.entries import EVERYTHING
from dragoman.show.changes import ChangeLine, change_list, changes_since

if TYPE_CHECKING:
    from dragoman.read.web.fetch import Fetcher
    from dragoman.read.web.watchlist import State, Watchlist

RECENT = datetime.timedelta(days=30)  # print days among which a round looks for what it changed
WIDTH = 100


@click.command()
@click.argument("feeds", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--once", is_flag=True, help="One round, then end; without it, rounds go on until interrupted.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and private networks.")
@settings_options
def watch(feeds: Path, once: bool, allow_private: bool, settings: Settings) -> int:
    """Watch feeds, sitemaps and pages, add what is new or edited, and tell what changed.

    FEEDS is a TOML file: [[feed]] and [[page]] tables with a url, and [tell] with a file, a webhook or a mailbox;
    docs/sources.md has every setting. What was seen is kept beside the book (for a book on a server, beside FEEDS), so that a round asks only for what is new
    and a run that was killed goes on where it was.
    """
    with extra("feeds", "watching feeds"):
        from dragoman.read.web.fetch import Fetcher
        from dragoman.read.web.watchlist import state_beside, state_in, watchlist_in
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    watchlist = watchlist_in(feeds)
    kept = state_beside(settings.book if isinstance(settings.book, Path) else feeds)
    state = state_in(kept)
    with Fetcher(watchlist.manners(allow_private=allow_private)) as fetcher:
        while True:
            began = time.monotonic()
            refused = one_round(watchlist, state, kept, fetcher, settings)
            if once:
                return 1 if refused else 0
            fetcher.rules.clear()
            time.sleep(max(0.0, watchlist.round - (time.monotonic() - began)))


def one_round(watchlist: Watchlist, state: State, kept: Path, fetcher: Fetcher, settings: Settings) -> int:
    """Fetch, add, remember and tell; how many addresses could not be read."""
    from dragoman.read.web.rounds import Round

    asked = Round(watchlist, state, fetcher, time.time)
    reports: list[RunReport] = []
    since = datetime.datetime.now(datetime.UTC)
    with Book.open(settings.book, create=True) as book:
        before = frozenset(changes_since(book, (since - RECENT).date(), EVERYTHING))
        for found in asked.found():
            reports.append(add_found(book, found(), seen=since.isoformat(timespec="seconds")))
            asked.keep()
            state.kept(kept)
        after = changes_since(book, (since - RECENT).date(), EVERYTHING)
    changes = [line for line in after if line not in before]
    told_of(watchlist, state, changes, reports, since)
    state.kept(kept)
    report(reports, changes, settings)
    return sum(len(each.refused) for each in reports)


def told_of(
    watchlist: Watchlist, state: State, changes: list[ChangeLine], reports: list[RunReport], since: datetime.datetime
) -> None:
    """Send what changed; what cannot be sent now is kept for the next round."""
    from dragoman.read.web.tell import Message, told

    new = sum(each.stored.new for each in reports)
    edited = sum(each.stored.versions for each in reports)
    if new or edited or changes:
        heading = f"{since:%Y-%m-%d %H:%M} UTC: {new} new documents, {edited} edited, {len(changes)} changes"
        state.untold[heading] = change_list(changes, WIDTH) if changes else ""
    for heading, text in list(state.untold.items()):
        for way, complaint in told(watchlist.tell, Message(heading, text), state.told.get(heading, [])):
            if complaint:
                warn(complaint)
            else:
                state.told.setdefault(heading, []).append(way)
        if set(watchlist.tell.ways) <= set(state.told.get(heading, [])):
            state.untold.pop(heading)
            state.told.pop(heading, None)


def report(reports: list[RunReport], changes: list[ChangeLine], settings: Settings) -> None:
    """Say what the round did."""
    for each in reports:
        for refused in each.refused:
            warn(refused.reason)
    if settings.as_json:
        write_json({"runs": reports, "changes": changes})
        return
    stored = [each.stored for each in reports]
    put(
        f"{settings.book}: {sum(each.new for each in stored)} new, {sum(each.versions for each in stored)} new versions,"
        f" {sum(each.unchanged for each in stored)} unchanged, {sum(len(each.refused) for each in reports)} not read\n"
    )
    if changes:
        put(change_list(changes, WIDTH))
