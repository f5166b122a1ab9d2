"""The book's sources for a bibliography: BibTeX, and RIS for Zotero, EndNote and Mendeley.

What is known of the day of publication is written and no more: an interval within a year gives the year, one within a
month the month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from dragoman.book import Book
from dragoman.export.files import beside
from dragoman.lexicon.load import load_lexicon
from dragoman.record.document import DocumentKind, Publication
from dragoman.record.entries import EVERYTHING, DocumentInfo, Filter

PRESS = frozenset({DocumentKind.NEWS, DocumentKind.COMMENTARY})
# For biblatex and BibTeX alike; other characters are UTF-8.
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
RIS_TYPES = {True: "NEWS", False: "GOVDOC"}
BLANKS = re.compile(r"\s+")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a bibliography names it; ``day`` is a year, a year and month, or a day, or empty."""

    key: str
    id: str
    title: str
    outlet: str
    issuer: str
    url: str
    day: str
    press: bool
    kind: str
    note: str


def export_bibtex(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the documents as BibTeX entries in place of ``path``; how many they are."""
    return {"sources": write_sources(book, path, wanted, bibtex_of)}


def export_ris(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the documents as RIS records in place of ``path``; how many they are."""
    return {"sources": write_sources(book, path, wanted, ris_of)}


def write_sources(book: Book, path: Path, wanted: Filter, form: Callable[[Source], str]) -> int:
    """Write every source in a form; how many they are."""
    count = 0
    with beside(path) as draft, draft.open("w", encoding="utf-8", newline="", errors="replace") as file:
        for source in sources_of(book, wanted):
            file.write(form(source))
            count += 1
    return count


def sources_of(book: Book, wanted: Filter) -> Iterator[Source]:
    """The documents as sources, their keys made from outlet and year and told apart by letters."""
    names = load_lexicon().parties
    used: dict[str, int] = {}
    for info in book.each_document(wanted):
        day = day_of(info.published)
        issuer = names[info.issuer].name if info.issuer in names else ""
        stem = re.sub(r"[^a-z0-9]", "", (info.outlet or issuer or "source").casefold())[:24] or "source"
        stem += day[:4] or "nd"
        used[stem] = used.get(stem, 0) + 1
        yield Source(
            key=f"{stem}{letters(used[stem])}",
            id=info.id,
            title=plain(info.title or info.id),
            outlet=plain(info.outlet or ""),
            issuer=issuer,
            url=info.url or "",
            day=day,
            press=info.kind in PRESS or not issuer,
            kind=info.kind.replace("_", " "),
            note=note_of(info),
        )


def note_of(info: DocumentInfo) -> str:
    """What a reader of the bibliography must know of the text: its id in the book, and on what its date rests."""
    parts = [f"Dragoman document {info.id}, sha256 {info.digest}"]
    if info.published.day is None and info.published.detail:
        parts.append(f"published {info.published.detail}")
    if info.versions > 1:
        parts.append(f"version {info.version} of {info.versions}")
    return plain("; ".join(parts))


def day_of(published: Publication) -> str:
    """The part of the date that first and last day have in common: "2025-03-28", "2025-03", "2025" or nothing."""
    first, last = published.start, published.end
    if first is None or last is None or first.year != last.year:
        return ""
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def letters(number: int) -> str:
    """a, b, ... z, aa, ab ... for 1, 2, ...; the first of a kind has none."""
    made = ""
    number -= 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        made = chr(ord("a") + rest) + made
    return made


def plain(text: str) -> str:
    """Text on one line."""
    return BLANKS.sub(" ", text).strip()


def bibtex_of(source: Source) -> str:
    """One entry: an article of an outlet, or a document of a government."""
    issuer = f"{{{latex(source.issuer)}}}" if source.issuer else ""
    year, month = [*source.day.split("-"), "", ""][:2]
    fields = {
        "author": issuer or (f"{{{latex(source.outlet)}}}" if source.outlet else ""),
        "title": f"{{{latex(source.title)}}}",
        "journal" if source.press else "howpublished": latex(source.outlet),
        "date": source.day,
        "year": year,
        "month": month.lstrip("0"),
        "url": re.sub(r"[{}\\\s]", "", source.url),
        "keywords": latex(source.kind),
        "note": latex(source.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'article' if source.press else 'misc'}{{{source.key},\n{lines}}}\n\n"


def latex(text: str) -> str:
    """Text with the signs escaped that LaTeX takes as its own."""
    return "".join(LATEX.get(sign, sign) for sign in text)


def ris_of(source: Source) -> str:
    """One record; each line a tag and its value, ended by CR LF as the format has it."""
    fields = [
        ("TY", RIS_TYPES[source.press]),
        ("ID", source.key),
        ("TI", source.title),
        ("AU", source.issuer or source.outlet),
        ("T2", source.outlet),
        ("PY", source.day[:4]),
        ("DA", (source.day.replace("-", "/") + "//")[:10] if source.day[5:] else ""),
        ("UR", plain(source.url)),
        ("KW", source.kind),
        ("N1", source.note),
    ]
    lines = "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value)
    return f"{lines}ER  - \r\n\r\n"
