"""How does a reader correct the book? Forms on the pages, and the list of all corrections with their undo.

Each form is a POST with the token of ``guard``; each answer leads back to what was corrected, which then offers the undo.
"""

from __future__ import annotations

import datetime
import getpass
import os
from collections.abc import Callable

from dragoman.book import Book
from dragoman.errors import UnknownName, WrongCorrection, extra
from dragoman.record.corrected import Action
from dragoman.record.corrections import (
    Add,
    AnyAct,
    Change,
    Confirm,
    Correction,
    CorrectionFilter,
    Edit,
    Merge,
    Reject,
    Split,
)
from dragoman.record.entries import EntryKind
from dragoman.record.span import Span
from dragoman.web.addresses import of_document, of_entry
from dragoman.web.asked import Asked
from dragoman.web.desk import Desk
from dragoman.web.guard import is_own
from dragoman.web.view import Cell, Link, Page, Table, View

with extra("web", "the desk in the browser"):
    from starlette.datastructures import FormData
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import RedirectResponse, Response
    from starlette.routing import Route

MOST = 500  # corrections that are listed, the latest
LONGEST = 100_000  # bytes of a form


def corrections(book: Book, asked: Asked) -> CorrectionsView:
    """All corrections, the latest first; those taken back and those without an object too."""
    found = sorted(book.corrections(), key=lambda each: (each.turn, each.id), reverse=True)[:MOST]
    rows = tuple(
        (
            Cell(each.at[:10]),
            Cell(each.by),
            Cell(each.action.value),
            Cell(subject_of(each), path=path_of(each)),
            Cell(each.why),
            Cell(each.standing.value),
        )
        for each in found
    )
    return CorrectionsView(
        title="Corrections",
        crumbs=(Link("Desk", "/"),),
        corrections=tuple(found),
        subjects=tuple((subject_of(each), path_of(each)) for each in found),
        tables=(Table(caption="Corrections", columns=("Day", "By", "Act", "Of", "Why", "Standing"), rows=rows),),
    )


class CorrectionsView(View, frozen=True, kw_only=True):
    """The list, with what each correction is about and where that stands."""

    corrections: tuple[Correction, ...]
    subjects: tuple[tuple[str, str], ...]


def subject_of(correction: Correction) -> str:
    """What a correction is about, in its ids and values."""
    match correction.act:
        case Merge(entries):
            return ", ".join(entries)
        case Split(entry, mentions):
            return f"{entry}, {len(mentions)} of its mentions"
        case Edit(entry, changes):
            return f"{entry}: " + "; ".join(f"{change.field} = {change.value or 'not known'}" for change in changes)
        case Add(document, _, kind, _):
            return f"{kind} in {document}"
        case Confirm(entry) | Reject(entry):
            return entry


def path_of(correction: Correction) -> str:
    """Where the subject of a correction stands."""
    match correction.act:
        case Merge(entries):
            return of_entry(entries[0])
        case Add(document, _, _, _):
            return of_document(document)
        case Confirm(entry) | Reject(entry) | Edit(entry, _) | Split(entry, _):
            return of_entry(entry)


# ------------------------------------------------------------------ what the forms ask for


def act_of(form: FormData, book: Book) -> AnyAct:
    """The act that a form asks for. Raises WrongCorrection for one that is not whole."""
    made: dict[str, Callable[[], AnyAct]] = {
        "confirm": lambda: Confirm(field(form, "entry")),
        "reject": lambda: Reject(field(form, "entry")),
        "merge": lambda: Merge((field(form, "entry"), *field(form, "with").replace(",", " ").split())),
        "split": lambda: Split(field(form, "entry"), tuple(str(each) for each in form.getlist("mention"))),
        "edit": lambda: Edit(field(form, "entry"), (Change(field(form, "field"), text(form, "value") or None),)),
        "add": lambda: addition(form, book),
    }
    name = text(form, "act")
    if name not in made:
        raise WrongCorrection(f"{name or 'nothing'}: this is no act; choose among {', '.join(made)}")
    return made[name]()


def addition(form: FormData, book: Book) -> Add:
    """What was missed: the words as they were selected, or as they stand once in the text."""
    document = field(form, "document")
    held, words = book.document(document).text, field(form, "words")
    start, end = text(form, "start"), text(form, "end")
    if start.isdecimal() and end.isdecimal() and held[int(start) : int(end)] == words:
        span = Span(int(start), int(end))
    elif held.count(words) == 1:
        span = Span(held.index(words), held.index(words) + len(words))
    else:
        raise WrongCorrection(f"these words stand {held.count(words)} times in {document}; select them in its text")
    kind = text(form, "kind")
    if kind not in set(EntryKind):
        raise WrongCorrection(f"{kind}: the book has no such kind; choose among {', '.join(EntryKind)}")
    lines = [line for line in text(form, "values").splitlines() if line.strip()]
    return Add(document, span, EntryKind(kind), tuple(change_of(line) for line in lines))


def change_of(line: str) -> Change:
    """FIELD=VALUE; without a value, that it is not known."""
    name, sign, value = line.partition("=")
    if not sign:
        raise WrongCorrection(f"{line}: write FIELD=VALUE, for instance place=London")
    return Change(name.strip(), value.strip() or None)


def text(form: FormData, name: str) -> str:
    """A field of a form; nothing where it is missing."""
    value = form.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def field(form: FormData, name: str) -> str:
    """A field that must be there. Raises WrongCorrection."""
    found = text(form, name)
    if not found:
        raise WrongCorrection(f"the form lacks {name}")
    return found


# ------------------------------------------------------------------ the answers


def correction_routes(desk: Desk) -> list[Route]:
    """Where the forms are sent."""

    async def correct(request: Request) -> Response:
        form = await own_form(request)
        by, now = reader_of(request), moment()

        def work(book: Book) -> tuple[Correction, str]:
            act = act_of(form, book)
            made = book.correct(act, by=by, at=now, why=text(form, "why"))
            return made, path_of(made)

        made, path = await desk.ask(work)
        return RedirectResponse(f"{path}?done={made.id}", 303)

    async def undo(request: Request) -> Response:
        form = await own_form(request)
        by, now = reader_of(request), moment()
        made = await desk.ask(lambda book: book.undo(field(form, "correction"), by=by, at=now, why=text(form, "why")))
        return RedirectResponse(path_of(made) if made.action is not Action.ADD else "/corrections", 303)

    return [Route("/correct", correct, methods=["POST"]), Route("/undo", undo, methods=["POST"])]


async def own_form(request: Request, longest: int = LONGEST) -> FormData:
    """The form of a request that comes from a page of this desk. Raises HTTPException for any other."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > longest:
        raise HTTPException(413, "This form is too long.")
    form = await request.form(max_files=0, max_fields=400)
    if not is_own(request, text(form, "token")):
        raise HTTPException(
            403, "This form does not come from a page of this desk that is still open; load the page again."
        )
    return form


def reader_of(request: Request) -> str:
    """The name under which a correction is kept: who is logged in, else who runs the desk."""
    name = getattr(request.state, "reader", "")
    if name:
        return str(name)
    try:
        return os.environ.get("DRAGOMAN_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "desk"


def moment() -> str:
    """Now, as corrections keep it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def standing_corrections(book: Book, entry: str) -> tuple[Correction, ...]:
    """The corrections of an entry that stand, the latest first."""
    try:
        found = book.corrections(CorrectionFilter(entry=entry))
    except UnknownName:
        return ()
    return tuple(each for each in reversed(found) if each.revoked is None)


PAGES = (Page(name="corrections", path="/corrections", view=corrections, template="corrections.html"),)
