"""How does a text get from the clipboard into the book? A page with a form, and what becomes of what was pasted.

A text is pasted with what is known of it, read at once and linked, and its page opens. One that cannot be read is shown
again in the form, with the reason. Only who may correct may add.
"""

from __future__ import annotations

import hashlib
import threading

import msgspec

from dragoman.book import Book
from dragoman.errors import InputError, extra
from dragoman.library import add_found
from dragoman.read import Source, read_source
from dragoman.read.given import given_from
from dragoman.read.source import Carried
from dragoman.record.document import Document, DocumentKind
from dragoman.web.addresses import of_document
from dragoman.web.asked import Asked
from dragoman.web.corrections import moment, own_form, text
from dragoman.web.desk import Desk
from dragoman.web.guard import token_of, with_token
from dragoman.web.render import Setting, html_page
from dragoman.web.sending import HTML
from dragoman.web.view import Link, Page, View

with extra("web", "the desk in the browser"):
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import RedirectResponse, Response
    from starlette.routing import Route

LONGEST = 300_000  # characters of a pasted text: a long transcript; what is longer is added as a file
FACTS = ("title", "outlet", "published", "url", "kind", "issuer")
READING = threading.Lock()  # one text is read at a time: the pages of others go on meanwhile


class PasteView(View, frozen=True, kw_only=True):
    """The form; ``trouble`` says why what it held was not taken."""

    words: str = ""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    trouble: str = ""
    kinds: tuple[str, ...] = tuple(kind.value for kind in DocumentKind if kind is not DocumentKind.UNKNOWN)
    longest: int = LONGEST


def pasting(book: Book, asked: Asked) -> PasteView:
    """The empty form."""
    return PasteView(title="Add a text", crumbs=(Link("Desk", "/"),))


PAGE = Page(name="add", path="/add", view=pasting, template="add.html")
PAGES = (PAGE,)


def pasted_source(form: FormData) -> Source:
    """The source of what a form holds. Raises InputError and ValueError, which name the field."""
    words = text(form, "words")
    if len(words) > LONGEST:
        raise ValueError(f"{len(words):,} characters are more than {LONGEST:,}; save the text and add the file")
    given = given_from({name: text(form, name) for name in FACTS})
    data = words.encode("utf-8", errors="replace")
    name = f"pasted-{hashlib.sha256(data).hexdigest()[:16]}"
    source = Source(name=name, part=Carried(data, "utf-8"), given=given)
    document = read_source(source)
    if document.id == document.title:  # a headline names no text: two of one headline are two documents
        return msgspec.structs.replace(source, given=msgspec.structs.replace(given, id=name))
    return source


def add_pasted(book: Book, source: Source, seen: str) -> Document:
    """Put a pasted text into the book, linked."""
    with READING:
        add_found(book, [source], read_all=True, seen=seen)
    return read_source(source)


def paste_routes(desk: Desk, setting: Setting) -> list[Route]:
    """Where the form is sent."""

    async def paste(request: Request) -> Response:
        form = await own_form(request, 6 * LONGEST)
        now = moment()
        try:
            source = pasted_source(form)
        except (InputError, ValueError) as error:
            return not_taken(form, str(error), request)
        document = await desk.ask(lambda book: add_pasted(book, source, now))
        return RedirectResponse(of_document(document.id), 303)

    def not_taken(form: FormData, trouble: str, request: Request) -> Response:
        facts = {name: text(form, name) for name in FACTS}
        view = PasteView(title="Add a text", words=text(form, "words")[:LONGEST], facts=facts, trouble=trouble)
        body = html_page(PAGE, view, Asked(path="/add"), setting).encode("utf-8", "replace")
        reader = getattr(request.state, "reader", "")
        return Response(with_token(body, token_of(request), reader), 400, media_type=HTML)

    return [Route("/add", paste, methods=["POST"])]
