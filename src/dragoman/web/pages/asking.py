"""What a reader looks up: search over everything, a quotation's check, what is new, and the brief to print."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from dragoman.book import Book
from dragoman.link.quotes import words_of
from dragoman.record.entries import Filter, SearchHit
from dragoman.record.quote import QuoteCheck
from dragoman.show.brief import Brief, brief
from dragoman.show.changes import ChangeLine, changes_since
from dragoman.show.quotes import VERDICTS, quote_check
from dragoman.show.words import day_words
from dragoman.web.addresses import of_document, of_entry
from dragoman.web.asked import Asked
from dragoman.web.pages.common import crumbs, day_cell, plain, scope_name, tag
from dragoman.web.view import Cell, Choice, FeedItem, Link, Look, Page, Table, View
from dragoman.web.wording import readable

HITS = 300  # that are looked at for facets
FEWEST = 3  # words of a quotation that is checked
CHANGED = 400  # entries of each ledger that are looked at
BRIEF = 60  # entries of each kind in a brief to print


class SearchView(View, frozen=True, kw_only=True):
    """What was found, and how much of each kind."""

    hits: tuple[SearchHit, ...]
    facets: tuple[tuple[str, int], ...]
    cut: bool  # whether more was found than looked at


def search(book: Book, asked: Asked) -> SearchView:
    """Everything that holds all the words, best first."""
    found = book.search(asked.words, HITS) if asked.words else []
    dated = [hit for hit in found if in_days(hit, asked)]
    chosen = [hit for hit in dated if asked.kind in ("", hit.kind)]
    shown = chosen[asked.offset : asked.offset + asked.rows]
    return SearchView(
        title=f"Search: {asked.words}" if asked.words else "Search",
        heading="Search",
        crumbs=(Link("Desk", "/"),),
        hits=tuple(shown),
        facets=tuple(Counter(hit.kind for hit in dated).most_common()),
        cut=len(found) >= HITS,
        tables=(
            Table(
                caption="Found",
                columns=("Kind", "Date", "Found"),
                rows=tuple(hit_row(hit) for hit in shown),
                total=len(chosen),
                page=asked.page,
                per_page=asked.rows,
                more=asked.offset + len(shown) < len(chosen),
                empty="Nothing holds all of these words."
                if asked.words
                else "Write words, or a phrase in quotation marks.",
            ),
        ),
    )


def in_days(hit: SearchHit, asked: Asked) -> bool:
    """Whether a hit was printed in the days asked for; as of a day, not after it."""
    until = min((day for day in (asked.until, asked.as_of) if day), default=None)
    if asked.since and (hit.published is None or hit.published < asked.since):
        return False
    return until is None or (hit.published is not None and hit.published <= until)


def hit_row(hit: SearchHit) -> tuple[Cell, ...]:
    """One hit."""
    path = of_document(hit.id) if hit.kind == "document" else of_entry(hit.id)
    title = hit.title or hit.id
    return (
        Cell(plain(hit.kind)),
        day_cell(day_words(hit.published) if hit.published else ""),
        Cell(" ".join(hit.snippet.split()), path=path, look=Look.SNIPPET, below=title),
    )


class QuoteView(View, frozen=True, kw_only=True):
    """The verdict on a quotation, if one was given."""

    check: QuoteCheck | None
    verdict: str


def quote(book: Book, asked: Asked) -> QuoteView:
    """Where a wording stands in the book: ``q`` are the words, ``speaker`` who is said to have said them."""
    long_enough = len(words_of(asked.words)) >= FEWEST
    check = quote_check(book, asked.words, asked.speaker or None) if long_enough else None
    note = f"A wording has {FEWEST} words or more." if asked.words and check is None else ""
    return QuoteView(
        title="Quote check",
        crumbs=(Link("Desk", "/"),),
        intro=note,
        check=check,
        verdict=VERDICTS[check.verdict] if check else "",
        tables=(match_table(check),) if check else (),
    )


def match_table(check: QuoteCheck) -> Table:
    """The places of the book with the words or words like them."""
    return Table(
        caption="Where it stands",
        columns=("Verdict", "Words in the book", "Said by", "Printed", "Documents"),
        rows=tuple(
            (
                Cell(plain(match.verdict)),
                Cell(
                    match.wording,
                    path=of_entry(match.statement) if match.statement else of_document(match.documents[0]),
                ),
                Cell(match.speaker or "", below=match.office or ""),
                day_cell(day_words(match.published) if match.published else ""),
                Cell(", ".join(match.documents)),
            )
            for match in check.matches
        ),
        empty="No document of the book has this wording.",
    )


class ChangesView(View, frozen=True, kw_only=True):
    """What is new."""

    changes: tuple[ChangeLine, ...]
    since: datetime.date | None


def changes(book: Book, asked: Asked) -> ChangesView:
    """What is new, moved and dropped since a day; without one, in the seven days to the last document."""
    today = asked.as_of or book.last_day
    since = asked.since or (today - datetime.timedelta(days=7) if today else None)
    wanted = Filter(parties=asked.parties, as_of=asked.as_of, printed_since=since, latest=True, limit=CHANGED)
    every = list(reversed(changes_since(book, since, wanted))) if since else []
    chosen = [line for line in every if asked.kind in ("", line.ledger)]
    shown = chosen[asked.offset : asked.offset + asked.rows]
    ledgers = sorted({line.ledger for line in every})
    return ChangesView(
        title="What’s new",
        crumbs=crumbs(asked),
        intro=f"Printed since {day_words(since)}." if since else "",
        choices=(
            Choice(name="since", label="Printed since", value=str(since or ""), kind="date"),
            Choice(
                name="kind",
                label="Ledger",
                value=asked.kind,
                kind="select",
                values=(("", "any"), *((x, x) for x in ledgers)),
            ),
        ),
        changes=tuple(shown),
        since=since,
        tables=(
            Table(
                caption="Changes, the latest first",
                columns=("Printed", "Change", "Ledger", "What"),
                rows=tuple(change_row(line) for line in shown),
                total=len(chosen),
                page=asked.page,
                per_page=asked.rows,
                more=asked.offset + len(shown) < len(chosen),
                empty="Nothing was printed since then.",
            ),
        ),
        items=items_of(shown),
    )


def change_row(line: ChangeLine) -> tuple[Cell, ...]:
    """One change."""
    return (
        day_cell(day_words(line.published) if line.published else "no date"),
        tag(line.change),
        Cell(line.ledger),
        Cell(line.what, path=of_entry(line.entry), below=f"→ {readable(plain(line.detail))}" if line.detail else ""),
    )


def items_of(lines: Sequence[ChangeLine]) -> tuple[FeedItem, ...]:
    """Changes as the items of a feed."""
    return tuple(
        FeedItem(
            id=f"{line.entry}-{line.published}-{line.detail}",
            title=f"{line.change}: {line.what}{f' → {plain(line.detail)}' if line.detail else ''}",
            path=of_entry(line.entry),
            day=line.published,
            summary=line.ledger,
        )
        for line in lines
    )


class BriefView(View, frozen=True, kw_only=True):
    """The brief to print."""

    brief: Brief


def brief_page(book: Book, asked: Asked) -> BriefView:
    """The brief of a relationship, from the latest of each kind."""
    found = brief(book, asked.parties, asked.as_of, limit=BRIEF)
    rows = tuple(
        (day_cell(str(each.when.start or "")), Cell(each.kind), Cell(", ".join(each.parties)), Cell(each.place or ""))
        for each in found.held
    )
    return BriefView(
        title=f"Brief: {scope_name(asked.parties)}",
        crumbs=crumbs(asked),
        brief=found,
        tables=(Table(caption="Engagements", columns=("Day", "Kind", "Parties", "Place"), rows=rows),),
    )


PAGES = (
    Page(name="search", path="/search", view=search, template="search.html"),
    Page(name="quote", path="/quote", view=quote, template="quote.html"),
    Page(name="changes", path="/r/{scope}/changes", view=changes, feed=True, tab="What’s new"),
    Page(name="brief", path="/r/{scope}/brief", view=brief_page, template="brief.html"),
)
