"""The pages of the desk, in the order in which addresses are tried; tabs stand in this order too."""

from __future__ import annotations

from dragoman.web.pages import documents, entries, home, relationship

PAGES = (*home.PAGES, *relationship.PAGES, *documents.PAGES, *entries.PAGES)
