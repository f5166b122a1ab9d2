"""What does a program that works with a book have in hand? The book itself, with what the command line does to it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Sequence

from dragoman import book as storage
from dragoman.annotate.annotators import Annotator
from dragoman.annotate.run import Agreement, AnnotateReport, agreement, annotate
from dragoman.library import Progress, RunReport, add, party_code
from dragoman.record.entries import EVERYTHING, Filter
from dragoman.record.quote import QuoteCheck
from dragoman.show.brief import Accounts, Brief, brief
from dragoman.show.compare import compare
from dragoman.show.news import News, news
from dragoman.show.quotes import quote_check


class Book(storage.Book):
    """A book on disk. Open it with ``Book.open``; use it in a ``with`` statement.

    The lists (``engagements``, ``statements``, ...) take a ``Filter`` and give records; ``frame`` makes a table of them.
    """

    def add(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        workers: int = 1,
        read_all: bool = False,
        fetch: bool = False,
        allow_private: bool = False,
        seen: str | None = None,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> RunReport:
        """Add everything below the paths, and link. What cannot be read is in the report, and the rest is added.

        ``workers`` are the processes that read; a script that asks for more than one calls this below
        ``if __name__ == "__main__":``, as each process begins with the script. ``read_all`` reads texts without diplomacy at
        first look, too; ``seen`` is the moment with which new versions are marked. With ``fetch`` a path may be an https
        address, whose page is fetched; from private networks and this machine with ``allow_private`` only.
        """
        return add(
            self,
            paths,
            workers=workers,
            read_all=read_all,
            fetch=fetch,
            allow_private=allow_private,
            seen=seen,
            progress=progress,
        )

    def annotate(self, annotator: Annotator, wanted: Filter = EVERYTHING) -> AnnotateReport:
        """Let an annotator of yours read the documents that answer the filter; what it finds is kept as its own.

        Raises AnnotatorError when it fails on several documents in a row; another failure is in the report.
        """
        return annotate(self, annotator, wanted)

    def agreement(self, annotator: Annotator, wanted: Filter = EVERYTHING) -> Sequence[Agreement]:
        """How far an annotator agrees with Dragoman, on each kind that its labels stand for. Raises UnknownName."""
        return agreement(self, annotator, wanted)

    def brief(self, *parties: str, as_of: datetime.date | None = None) -> Brief:
        """The state of play between parties, by name or code. Raises UnknownName."""
        return brief(self, tuple(dict.fromkeys(party_code(name) for name in parties)), as_of)

    def news(self, since: datetime.date, *parties: str, as_of: datetime.date | None = None) -> News:
        """What was printed from a day on: what is new, moved or dropped, and who said what. Raises UnknownName."""
        return news(self, since, tuple(party_code(name) for name in parties), as_of)

    def compare(self, engagement: str, as_of: datetime.date | None = None) -> Accounts:
        """The accounts of an engagement, named by its id or the beginning of it, point by point. Raises UnknownName."""
        return compare(self, engagement, as_of)

    def check_quotation(self, words: str, speaker: str | None = None) -> QuoteCheck:
        """Where a wording stands in the book: verbatim, shortened, stretched, altered, by another speaker, or not found."""
        return quote_check(self, words, speaker)
