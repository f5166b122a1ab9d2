"""What does somebody state about a document: a manifest's row, front matter, or a caller?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from dragoman.read.issuers import issuer_code
from dragoman.read.published import publication_given
from dragoman.record.document import DocumentKind, Publication

COLUMNS = ("path", "id", "url", "outlet", "title", "published", "kind", "issuer")
CONTENT = ("text", "html")  # a table may hold the text itself
KNOWN = frozenset({*COLUMNS, *CONTENT})
# Other names for a column: what newspaper databases, crawlers and published collections of news call it.
ALIASES = {
    "date": "published",
    "publication_date": "published",
    "publish_date": "published",
    "date_publish": "published",
    "date_published": "published",
    "published_at": "published",
    "pubdate": "published",
    "source": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "newspaper": "outlet",
    "source_domain": "outlet",
    "file": "path",
    "filename": "path",
    "link": "url",
    "uri": "url",
    "headline": "title",
    "body": "text",
    "content": "text",
    "article": "text",
    "maintext": "text",
    "full_text": "text",
    "fulltext": "text",
    "raw_html": "html",
}
URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Stated facts; None where nothing is stated."""

    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: Publication | None = None
    kind: DocumentKind | None = None
    issuer: str | None = None

    def over(self, other: Given) -> Given:
        """These facts, with the other's where these say nothing."""
        mine = {name: getattr(self, name) for name in self.__struct_fields__}
        theirs = {name: getattr(other, name) for name in self.__struct_fields__}
        return Given(**{name: theirs[name] if value is None else value for name, value in mine.items()})


NOTHING = Given()


def column_name(name: str) -> str:
    """The column that a header names: case, blanks and a few common other names do not matter."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return ALIASES.get(plain, plain)


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """The columns that are known, each with the name that it has in the table; its own name goes before another."""
    found: dict[str, str] = {}
    for name in names:
        column = column_name(name)
        if column in KNOWN and (column not in found or name.strip().casefold() == column):
            found[column] = name
    return found


def given_from(fields: Mapping[str, str]) -> Given:
    """The facts of a row or of front matter; empty values state nothing. Raises ValueError saying which is wrong."""
    values = {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}
    published = values.get("published")
    kind = values.get("kind")
    issuer = values.get("issuer")
    return Given(
        id=values.get("id"),
        url=checked_url(values["url"]) if "url" in values else None,
        outlet=values.get("outlet"),
        title=values.get("title"),
        published=checked_date(published) if published else None,
        kind=checked_kind(kind) if kind else None,
        issuer=issuer_code(issuer) if issuer else None,
    )


def checked_date(value: str) -> Publication:
    """The publication of a value. Raises ValueError naming the field."""
    try:
        return publication_given(value)
    except ValueError as error:
        raise ValueError(f"published: {error}") from error


def checked_url(value: str) -> str:
    """The url. Raises ValueError for one without a scheme."""
    if not URL.fullmatch(value):
        raise ValueError(f"url: {value!r} is no url; write it in full, with https://")
    return value


def checked_kind(value: str) -> DocumentKind:
    """The kind of that name. Raises ValueError with those that exist."""
    name = value.casefold().replace(" ", "_").replace("-", "_")
    try:
        return DocumentKind(name)
    except ValueError:
        names = ", ".join(kind.value for kind in DocumentKind)
        raise ValueError(f"kind: {value!r} is no kind of document; use one of {names}") from None
