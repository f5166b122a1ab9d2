"""Are the corrections of a book whole: each as it was made, about words that stand there, and shown by its entries?"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.book.backend import Backend
from dragoman.book.drawing import correction_id
from dragoman.book.load import correction_from, entry_from
from dragoman.record.corrected import Action
from dragoman.record.corrections import Correction, Standing
from dragoman.record.entries import EntryKind, Problem

COLUMNS = "correction, id, turn, action, kind, author, made, reason, revoked_at, standing, payload"


def problems_of_corrections(backend: Backend) -> Iterator[Problem]:
    """Everything that is wrong with corrections."""
    for row in backend.rows(f"SELECT {COLUMNS} FROM corrections ORDER BY correction"):
        number, identity, *kept, revoked, standing, payload = row
        try:
            made = correction_from(payload)
        except ValueError as error:
            yield problem(identity, f"it cannot be read: {error}")
            continue
        if made.id != identity or correction_id(made) != identity:
            yield problem(identity, "the id does not follow from what was decided")
        if kept != [made.turn, made.action, made.kind, made.by, made.at, made.why]:
            yield problem(identity, "the columns do not agree with the record")
        if (revoked is None) == (standing == Standing.REVOKED):
            yield problem(identity, f"it is listed as {standing}, and that is not so")
        yield from problems_of_words(backend, made)
        yield from problems_of_anchors(backend, number, made, revoked is None)


def problem(where: str, detail: str) -> Problem:
    """Something wrong with a correction."""
    return Problem(kind="correction", where=where, detail=detail)


def problems_of_words(backend: Backend, made: Correction) -> Iterator[Problem]:
    """Anchors whose words are not those at their span, in texts that the book has."""
    for anchor in (anchor for target in made.targets for anchor in target.anchors):
        sql = "SELECT text FROM versions WHERE digest = ? LIMIT 1"
        for (text,) in backend.rows(sql, (anchor.digest,)):
            if anchor.span.of(text) != anchor.words:
                yield problem(made.id, f"its words do not stand in {anchor.document} at {anchor.span.start}")


def problems_of_anchors(backend: Backend, number: int, made: Correction, standing: bool) -> Iterator[Problem]:
    """Names that are missing, mentions of another kind, and entries that do not show a correction that stands."""
    names = {name for target in made.targets for a in target.anchors for name in (a.document, a.url) if name}
    kept = {name for (name,) in backend.rows("SELECT name FROM correction_documents WHERE correction = ?", (number,))}
    if names != kept:
        yield problem(made.id, "the documents kept are not those that it is about")
    sql = (
        "SELECT DISTINCT m.kind, e.id, e.payload FROM correction_anchors AS a "
        "JOIN mentions AS m ON m.mention = a.mention JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 "
        "JOIN entries AS e ON e.entry = l.entry WHERE a.correction = ? AND a.leads = 1 "
        "AND NOT EXISTS (SELECT 1 FROM pending_mentions AS p WHERE p.mention = m.mention)"
    )
    for kind, entry, payload in backend.rows(sql, (number,)):
        if kind != made.kind:
            yield problem(made.id, f"it is of a {made.kind}, and it is found in {entry}")
        shown = made.id in {each.correction for each in entry_from(payload).corrected}
        if shown != standing and made.action is not Action.EDIT:
            yield problem(made.id, f"{entry} does not show it" if standing else f"{entry} shows it, and it is revoked")


def problems_of_verdicts(backend: Backend) -> Iterator[Problem]:
    """Entries that are listed although a person rejected them."""
    sql = "SELECT id FROM entries WHERE state = 'live' AND verdict = 'reject'"
    for (identity,) in backend.rows(sql):
        yield problem(identity, "the entry is rejected, and yet listed")


def problems_of_groups(backend: Backend) -> Iterator[Problem]:
    """Mentions that linking put into one group and into two entries, which only a split may do.

    Engagements that a report in two groups holds together are looked at once more as a whole, and may be two after all
    (``link.linker.Settling``): a group of theirs may be divided when it has a mention in common with another.
    """
    sql = (
        "SELECT m.id, x.entry, y.entry, m.kind, b.block, b.head FROM blocks AS b JOIN links AS x ON x.mention = b.mention AND x.revoked = 0 "
        "JOIN links AS y ON y.mention = b.head AND y.revoked = 0 JOIN mentions AS m ON m.mention = b.mention "
        "WHERE x.entry <> y.entry AND NOT EXISTS (SELECT 1 FROM pending_documents)"
    )
    split = {
        entry
        for (entry,) in backend.rows(
            "SELECT DISTINCT l.entry FROM corrections AS c JOIN correction_anchors AS a ON a.correction = c.correction "
            "JOIN links AS l ON l.mention = a.mention AND l.revoked = 0 WHERE c.action = 'split' AND c.revoked_at IS NULL"
        )
    }
    for identity, one, other, kind, block, head in list(backend.rows(sql)):
        if not {one, other} & split and not (kind == EntryKind.ENGAGEMENT and is_bridged(backend, block, head)):
            yield Problem(kind="link", where=identity, detail="it stands in a group with a mention of another entry")
    stray = (
        "SELECT m.id FROM blocks AS b JOIN mentions AS m ON m.mention = b.head LEFT JOIN blocks AS h "
        "ON h.block = b.block AND h.mention = b.head WHERE h.head IS NULL OR h.head <> b.head"
    )
    for (identity,) in backend.rows(stray):
        yield Problem(kind="link", where=identity, detail="it heads a group, and is not in it")


def is_bridged(backend: Backend, block: int, head: int) -> bool:
    """Whether a mention of a group stands in another group too, with one that this group has not."""
    sql = (
        "SELECT 1 FROM blocks AS own JOIN blocks AS there ON there.mention = own.mention AND there.block <> own.block "
        "JOIN blocks AS mate ON mate.block = there.block AND mate.head = there.head "
        "WHERE own.block = ? AND own.head = ? AND NOT EXISTS (SELECT 1 FROM blocks AS same "
        "WHERE same.block = own.block AND same.head = own.head AND same.mention = mate.mention) LIMIT 1"
    )
    return bool(backend.rows(sql, (block, head)))
