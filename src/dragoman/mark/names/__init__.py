"""Which parties, places, organisations, mechanisms, topics and cues does a text name?"""

from __future__ import annotations

from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.bodies import mark_bodies
from dragoman.mark.names.cues import mark_cues
from dragoman.mark.names.mechanisms import mark_mechanisms
from dragoman.mark.names.parties import mark_parties
from dragoman.mark.names.places import mark_places
from dragoman.mark.names.sorted_hits import sorted_hits
from dragoman.mark.names.topics import mark_topics
from dragoman.record.document import Document
from dragoman.record.marks import AnyMark
from dragoman.record.segments import Segments

__all__ = ["mark_names"]


def mark_names(document: Document, segments: Segments, lexicon: Lexicon) -> list[AnyMark]:
    """Marks for every lexicon phrase outside boilerplate, ambiguous ones settled by their surroundings.

    In order of start. A capital that may be a place or a government has both marks on one span.
    """
    del segments
    text = document.text
    hits = sorted_hits(document, lexicon)
    parties = mark_parties(text, hits, lexicon)
    marks: list[AnyMark] = [
        *parties,
        *mark_places(text, hits, lexicon, parties),
        *mark_bodies(text, hits, lexicon, parties),
        *mark_mechanisms(text, hits, lexicon, parties),
        *mark_topics(text, hits, parties),
        *mark_cues(text, hits, lexicon),
    ]
    marks.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    return marks
