"""Who is spoken of, in what office, for which party?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.lexicon.load import Lexicon
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Person, PersonMark
from dragoman.record.segments import Segments


def mark_people(
    document: Document, segments: Segments, lexicon: Lexicon, marks: Sequence[AnyMark]
) -> tuple[list[Person], list[PersonMark]]:
    """The persons of a document, and every reference to them: names, titles, roles, pronouns."""
    del document, segments, lexicon, marks
    return [], []
