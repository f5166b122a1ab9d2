"""The pages of the desk, in the order in which addresses are tried; tabs stand in this order too."""

from __future__ import annotations

from dragoman.web import corrections, pasting
from dragoman.web.pages import asking, documents, engagements, entries, home, ledgers, people, relationship, topics

PAGES = (
    *home.PAGES,
    *relationship.PAGES,
    *engagements.PAGES,
    *topics.PAGES,
    *ledgers.PAGES,
    *people.PAGES,
    *documents.PAGES,
    *asking.PAGES,
    *entries.PAGES,
    *corrections.PAGES,
    *pasting.PAGES,
)
