"""Which columns has a list of engagements, statements, persons, documents or hits?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.entries import DocumentInfo, Engagement, PersonEntry, SearchHit, Statement
from dragoman.record.mentions import Directness
from dragoman.show.plain import days, group_words, listed, when_words
from dragoman.show.tables import Column, table
from dragoman.show.words import surname

ID_SHOWN = 10  # "eng-1a2b3c": the beginning of an id, which every command takes


def engagement_list(entries: Sequence[Engagement], width: int) -> str:
    """Engagements: when, what, who, where, how many origins."""
    columns = (
        Column("DATE"),
        Column("KIND"),
        Column("WHO", 3),
        Column("WHERE", 1),
        Column("SRC", right=True),
        Column("ID"),
    )
    rows = [
        (
            when_words(entry.when) or "unknown",
            entry.kind.replace("_", " ") + ("" if entry.status == "held" else f", {entry.status}"),
            who(entry),
            entry.place or entry.country or "",
            str(entry.origins),
            entry.id[:ID_SHOWN],
        )
        for entry in entries
    ]
    return table(columns, rows, width)


def who(entry: Engagement) -> str:
    """Those who took part by surname, one party after the other, after the mechanism."""
    sides: dict[str, list[str]] = {}
    for participant in entry.participants:
        shown = surname(participant.name, participant.party) if participant.name else group_words(participant)
        sides.setdefault(participant.party or "", []).append(shown)
    named = (f"{code} {listed(names)}".strip() if names != [code] else code for code, names in sides.items())
    people = "; ".join(named) or "-".join(entry.parties)
    return f"{entry.mechanism}: {people}" if entry.mechanism else people


def statement_list(entries: Sequence[Statement], width: int) -> str:
    """Statements: when printed, who, the words (in quotation marks when they are the speaker's own)."""
    columns = (Column("PRINTED"), Column("SPEAKER", 1), Column("WORDS", 3), Column("SRC", right=True), Column("ID"))
    rows = [
        (
            days(entry.first_published, entry.first_published) or "no date",
            listed((entry.speaker or "unnamed", "/".join(entry.parties))),
            f"“{entry.text}”" if entry.directness is Directness.DIRECT else entry.text,
            str(entry.origins),
            entry.id[:ID_SHOWN],
        )
        for entry in entries
    ]
    return table(columns, rows, width)


def people_list(entries: Sequence[PersonEntry], width: int) -> str:
    """Persons: name, party, latest office, how many origins name them."""
    columns = (Column("NAME", 2), Column("PARTY"), Column("OFFICE", 3), Column("SRC", right=True), Column("ID"))
    rows = [
        (entry.name, entry.party or "", entry.office or "", str(entry.origins), entry.id[:ID_SHOWN])
        for entry in entries
    ]
    return table(columns, rows, width)


def document_list(documents: Sequence[DocumentInfo], width: int) -> str:
    """Documents: when published, what kind, by whom, title, id."""
    columns = (Column("PUBLISHED"), Column("KIND"), Column("OUTLET", 1), Column("TITLE", 2), Column("ID", 2))
    rows = [
        (
            days(info.published.start, info.published.end) or "no date",
            info.kind.replace("_", " "),
            listed((info.outlet or "", info.issuer or "")),
            (info.title or "") + (f" [{info.versions} versions]" if info.versions > 1 else ""),
            info.id,
        )
        for info in documents
    ]
    return table(columns, rows, width)


def hit_list(hits: Sequence[SearchHit], width: int) -> str:
    """Hits of a search: what, when, the words around, id."""
    columns = (Column("KIND"), Column("DATE"), Column("FOUND", 3), Column("ID", 1))
    rows = [
        (
            hit.kind,
            hit.published.isoformat() if hit.published else "",
            " ".join((f"{hit.title}: {hit.snippet}" if hit.title else hit.snippet).split()),
            hit.id if hit.kind == "document" else hit.id[:ID_SHOWN],
        )
        for hit in hits
    ]
    return table(columns, rows, width)
