"""What has become of promises to meet, once the engagements of the book are asked?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.book import Book
from dragoman.link.kept import is_to_meet, with_meetings
from dragoman.record.entries import Commitment, Filter
from dragoman.record.mentions import Status


def settled(book: Book, commitments: Sequence[Commitment], wanted: Filter) -> list[Commitment]:
    """The commitments, those to meet again met where the book holds the meeting; engagements are read only for them."""
    waiting = [each for each in commitments if is_to_meet(each) and each.first_published]
    if not waiting:
        return list(commitments)
    first = min(each.first_published for each in waiting if each.first_published)
    asked = Filter(parties=wanted.parties, since=first, status=Status.HELD, as_of=wanted.as_of, bare=True)
    return with_meetings(commitments, book.engagements(asked))
