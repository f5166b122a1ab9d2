"""The JSON API: how a query becomes a question, how an answer is sent, and the OpenAPI document that says so."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman import __version__
from dragoman.book import Book
from dragoman.errors import DragomanError, UnknownName, extra
from dragoman.web.calls import CALLS, Call, Nothing
from dragoman.web.desk import Desk, Kept
from dragoman.web.sending import sent

with extra("web", "the desk in the browser"):
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

JSON = "application/json"
PROBLEM = "application/problem+json"
SCHEMAS = "#/components/schemas/"


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer (RFC 9457)."""

    status: int
    title: str
    detail: str


def api_routes(desk: Desk) -> list[Route]:
    """Every call, and the document that describes them."""
    described = openapi_json()

    async def document(request: Request) -> Response:
        return sent(Kept(0, described, JSON, 200), request)

    return [
        Route("/api/openapi.json", document, methods=["GET"]),
        *(Route(call.path, Answering(call, desk).answer, methods=["GET"]) for call in CALLS),
    ]


class Answering:
    """Answers one call."""

    def __init__(self, call: Call, desk: Desk) -> None:
        self._call, self._desk = call, desk
        self.route = call.path

    async def answer(self, request: Request) -> Response:
        """The record as JSON, kept from before if the book has not changed since."""
        try:
            asked = question_of(self._call.question, request.query_params)
        except msgspec.ValidationError as error:
            return trouble(400, "The question is wrong", str(error))
        address = f"api {request.url.path}?{request.url.query}"
        revision = await self._desk.revision()
        kept = self._desk.kept(address, revision)
        if kept is None:
            try:
                kept = await self._desk.ask(lambda book: self._made(book, asked, revision))
            except UnknownName as error:
                return trouble(404, "Not found", str(error))
            except DragomanError as error:
                return trouble(503, "Not possible", str(error))
            self._desk.keep(address, kept)
        return sent(kept, request)

    def _made(self, book: Book, asked: Nothing, revision: int) -> Kept:
        return Kept(revision, msgspec.json.encode(self._call.work(book, asked), enc_hook=str), JSON, 200)


def question_of(question: type[Nothing], query: QueryParams) -> Nothing:
    """The question of a query. Raises msgspec.ValidationError for a name or value that it does not have."""
    fields = {field.name: field for field in msgspec.structs.fields(question)}
    given = {name: query.getlist(name) for name in query}
    several = {name for name in given if len(given[name]) > 1 and name in fields and name != "party"}
    if several:
        raise msgspec.ValidationError(f"`{min(several)}` is given more than once")
    values = {name: held if name == "party" else held[0] for name, held in given.items()}
    return msgspec.convert(values, question, strict=False)


def trouble(status: int, title: str, detail: str) -> Response:
    """A problem as JSON."""
    body = msgspec.json.encode(Trouble(status=status, title=title, detail=detail.encode("utf-8", "replace").decode()))
    return Response(body, status, media_type=PROBLEM, headers={"cache-control": "no-store"})


# ------------------------------------------------------------------ what it says of itself


def openapi_json() -> bytes:
    """The OpenAPI 3.1 document, made from the records."""
    answers, components = msgspec.json.schema_components(
        [*(call.answer for call in CALLS), Trouble], ref_template=SCHEMAS + "{name}"
    )
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Dragoman",
            "version": __version__,
            "description": "The book on a relationship, to be read by programs. Every value leads to its evidence. "
            "Nothing here changes the book.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"basic": []}],
        "paths": {call.path: {"get": operation(call, answer)} for call, answer in zip(CALLS, answers, strict=False)},
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
            "responses": {
                "trouble": {"description": "Why there is no answer.", "content": {PROBLEM: {"schema": answers[-1]}}}
            },
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def operation(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
    """One call in the document."""
    wrong = {"$ref": "#/components/responses/trouble"}
    return {
        "operationId": call.name.replace("/", "_"),
        "summary": call.summary,
        "parameters": parameters(call.question),
        "responses": {
            "200": {"description": call.summary, "content": {JSON: {"schema": answer}}},
            "400": wrong,
            "404": wrong,
            "503": wrong,
        },
    }


def parameters(question: type[Nothing]) -> list[dict[str, Any]]:
    """The fields of a question as values of a query."""
    _, components = msgspec.json.schema_components([question])
    held = components[question.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in held["required"],
            **({"description": said} if (said := described(schema)) else {}),
            "schema": present(schema),
        }
        for name, schema in held["properties"].items()
    ]


def present(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that is given: null is said by leaving it out."""
    some = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    found = some[0] if len(some) == 1 else schema
    return {key: value for key, value in found.items() if key != "description" and value != ()}


def described(schema: dict[str, Any]) -> str:
    """What a value means."""
    found = [schema, *schema.get("anyOf", ())]
    return next((str(each["description"]) for each in found if "description" in each), "")
