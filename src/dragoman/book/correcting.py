"""How is a correction made, taken back, and carried over from another book? Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.book.backend import Backend
from dragoman.book.corrections import Corrections, Renewed
from dragoman.book.drawing import Drawer
from dragoman.book.linking import Linking
from dragoman.errors import WrongCorrection
from dragoman.link.linker import Linker
from dragoman.record.corrections import AnyAct, Correction, Revocation, Standing, Taken


def correct(backend: Backend, linkers: Sequence[Linker], act: AnyAct, *, by: str, at: str, why: str) -> Correction:
    """Carry out an act and keep it."""
    if not by.strip():
        raise WrongCorrection("a correction needs the name of who makes it")
    with backend.transaction():
        kept = Corrections(backend)
        drawn = Drawer(backend).drawn(act, turn=kept.next_turn, by=by.strip(), at=at, why=why.strip())
        number = kept.write(drawn)
        carry_out(backend, linkers, kept.renew([number]))
        return kept.held(drawn.id)[1]


def undo(backend: Backend, linkers: Sequence[Linker], identity: str, *, by: str, at: str, why: str) -> Correction:
    """Take a correction back; what it did is undone, and the row stays."""
    with backend.transaction():
        kept = Corrections(backend)
        number, correction = kept.held(identity)
        if correction.revoked is not None:
            raise WrongCorrection(f"{correction.id} was taken back already, by {correction.revoked.by}")
        kept.revoke(number, Revocation(by=by, at=at, why=why))
        carry_out(backend, linkers, kept.renew([number]))
        return kept.held(correction.id)[1]


def apply(backend: Backend, linkers: Sequence[Linker], corrections: Iterable[Correction]) -> Taken:
    """Take over corrections of another book; those that find nothing here wait until their documents come."""
    with backend.transaction():
        kept = Corrections(backend)
        counts = dict.fromkeys(Taken.__struct_fields__, 0)
        changed: list[int] = []
        for correction in corrections:
            outcome, number = take_over(kept, correction)
            counts[outcome] += 1
            changed += [number] if outcome != "known" else []
        carry_out(backend, linkers, kept.renew(changed))
        return Taken(**counts)


def take_over(kept: Corrections, correction: Correction) -> tuple[str, int]:
    """Keep one correction of another book; which count of ``Taken`` it belongs to, and its row."""
    if not kept.has(correction.id):
        number = kept.write(correction)
        if correction.revoked is not None:
            kept.revoke(number, correction.revoked)
        return "new", number
    number, held = kept.held(correction.id)
    if correction.revoked is None or held.standing is Standing.REVOKED:
        return "known", number
    kept.revoke(number, correction.revoked)
    return "revoked", number


def carry_out(backend: Backend, linkers: Sequence[Linker], renewed: Renewed) -> None:
    """Link and fold anew what corrections touch, and nothing else."""
    Linking(backend, linkers).run(set(renewed.added), set(), set(renewed.touched))
