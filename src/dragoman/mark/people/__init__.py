"""Who is spoken of, in what office, for which party?

scan      the words that may matter, in one pass
offices   office phrases, read outward from their nouns
found     names, with the offices before and behind them
roster    the persons: variants of a name merged
refer     titles, roles, groups and pronouns
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.lexicon.load import Lexicon
from dragoman.mark.people.persons import read_people
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark, Person, PersonMark
from dragoman.record.segments import Segments


def mark_people(
    document: Document, segments: Segments, lexicon: Lexicon, marks: Sequence[AnyMark]
) -> tuple[list[Person], list[PersonMark]]:
    """The persons of a document, and every reference to them: names, titles, roles, pronouns.

    References are in order of their start. A person's ``name`` is the fullest that the text gives.
    """
    return read_people(document, segments, lexicon, marks)
