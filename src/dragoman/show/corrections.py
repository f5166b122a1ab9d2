"""How is a correction told: what was decided, by whom, when, why, and what became of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.record.corrected import Action, Corrected
from dragoman.record.corrections import Add, Change, Confirm, Correction, Edit, Merge, Reject, Split, Standing
from dragoman.show.plain import listed
from dragoman.show.tables import Column, table

ID_SHOWN = 10
DONE = {
    Action.CONFIRM: "confirmed",
    Action.REJECT: "rejected",
    Action.MERGE: "merged",
    Action.SPLIT: "split",
    Action.EDIT: "edited",
    Action.ADD: "added",
}


def correction_list(corrections: Sequence[Correction], width: int) -> str:
    """Corrections: when, by whom, what, why, and what became of each."""
    columns = (Column("ON"), Column("BY", 1), Column("WHAT", 3), Column("WHY", 2), Column("NOW", 2), Column("ID"))
    rows = [
        (str(each.day), each.by, act_words(each), each.why, standing_words(each), each.id[:ID_SHOWN])
        for each in corrections
    ]
    return table(columns, rows, width)


def correction_line(correction: Correction) -> str:
    """One correction in a line."""
    standing = "" if correction.standing is Standing.APPLIES else f" ({standing_words(correction)})"
    return f"{correction.id}: {act_words(correction)}, by {correction.by} on {correction.day}{standing}"


def act_words(correction: Correction) -> str:
    """What was decided."""
    match correction.act:
        case Confirm(entry) | Reject(entry):
            return f"{correction.action} {entry}"
        case Merge(entries):
            return f"merge {listed(entries)}"
        case Split(entry, mentions):
            return f"split {entry}: {len(mentions)} of its mentions apart"
        case Edit(entry, changes):
            return f"edit {entry}: {listed(map(change_words, changes))}"
        case Add(document, _, kind):
            words = correction.targets[0].anchors[0].words
            return f"add {kind} in {document}: “{' '.join(words.split())}”"


def change_words(change: Change) -> str:
    """One value."""
    return f"{change.field} = {change.value}" if change.value is not None else f"{change.field} not known"


def standing_words(correction: Correction) -> str:
    """What became of a correction, with the reason."""
    if correction.revoked is not None:
        why = f": {correction.revoked.why}" if correction.revoked.why else ""
        return f"revoked by {correction.revoked.by} on {correction.revoked.at[:10]}{why}"
    return f"{correction.standing}: {correction.detail}" if correction.detail else str(correction.standing)


def corrected_lines(corrected: Sequence[Corrected]) -> Iterator[str]:
    """What persons decided about an entry, the earliest first."""
    for each in corrected:
        field = f" {each.field}" + (f" (the texts: {each.was})" if each.was else "") if each.field else ""
        why = f": {each.why}" if each.why else ""
        yield f"{DONE[each.action]}{field} by {each.by} on {each.on}{why}  [{each.correction}]"
