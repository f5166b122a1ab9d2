"""How is what other annotators find kept in a book: under their names, apart from the mentions, and read again?"""

from __future__ import annotations

from dragoman.book.backend import Backend
from dragoman.book.load import annotation_from, to_json
from dragoman.errors import AnnotatorError, UnknownName
from dragoman.record.annotations import Annotated, HeldAnnotation, Ran


def has_annotated(backend: Backend, name: str, version: str, document_id: str) -> bool:
    """Whether this version of the annotator has read the current text of a document."""
    sql = (
        "SELECT 1 FROM annotated AS a JOIN annotators AS r ON r.annotator = a.annotator "
        "JOIN versions AS v ON v.version = a.version AND v.current = 1 "
        "JOIN documents AS d ON d.document = v.document WHERE r.name = ? AND r.version = ? AND d.id = ?"
    )
    return bool(backend.rows(sql, (name, version, document_id)))


def keep_annotated(backend: Backend, name: str, version: str, document_id: str, digest: str, found: Annotated) -> None:
    """Put what an annotator found in a text in place of what this version of it found there before.

    Raises UnknownName for a text that the book does not have, AnnotatorError for a span that is not of the text.
    """
    with backend.transaction():
        sql = (
            "SELECT v.version, length(v.text) FROM versions AS v JOIN documents AS d ON d.document = v.document "
            "WHERE d.id = ? AND v.digest = ?"
        )
        rows = backend.rows(sql, (document_id, digest))
        if not rows:
            raise UnknownName(f"text {digest} of {document_id}: the book has no such document")
        text, length = rows[0]
        for each in found.annotations:
            if not 0 <= each.span.start < each.span.end <= length:
                raise AnnotatorError(f"{name}: {each.span} of {document_id} is no span of its text; mend the annotator")
        number = annotator_row(backend, name, version)
        for table in ("annotations", "annotated"):
            backend.run(f"DELETE FROM {table} WHERE annotator = ? AND version = ?", (number, text))
        backend.run(
            "INSERT INTO annotated (annotator, version, dropped) VALUES (?, ?, ?)", (number, text, found.dropped)
        )
        ordered = sorted(found.annotations, key=lambda each: (each.span, each.label))
        backend.run_many(
            "INSERT INTO annotations (annotator, version, place, span_start, span_end, label, confidence, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, text, place, each.span.start, each.span.end, each.label, each.confidence, to_json(each))
                for place, each in enumerate(ordered)
            ],
        )


def annotator_row(backend: Backend, name: str, version: str) -> int:
    """The row of an annotator, made where there is none."""
    rows = backend.rows("SELECT annotator FROM annotators WHERE name = ? AND version = ?", (name, version))
    if rows:
        return int(rows[0][0])
    return backend.insert("INSERT INTO annotators (name, version) VALUES (?, ?)", (name, version))


def annotations_of(backend: Backend, document_id: str) -> list[HeldAnnotation]:
    """What every annotator found in the current text of a document, by name, version and place."""
    sql = (
        "SELECT r.name, r.version, a.payload FROM annotations AS a JOIN annotators AS r ON r.annotator = a.annotator "
        "JOIN versions AS v ON v.version = a.version AND v.current = 1 "
        "JOIN documents AS d ON d.document = v.document WHERE d.id = ? ORDER BY r.name, r.version, a.place"
    )
    return [
        HeldAnnotation(name, version, annotation_from(payload))
        for name, version, payload in backend.rows(sql, (document_id,))
    ]


def annotators_of(backend: Backend) -> list[Ran]:
    """Every annotator that has read a text, by name and version."""
    sql = (
        "SELECT r.name, r.version, (SELECT count(*) FROM annotated AS a WHERE a.annotator = r.annotator), "
        "(SELECT count(*) FROM annotations AS a WHERE a.annotator = r.annotator), "
        "(SELECT coalesce(sum(a.dropped), 0) FROM annotated AS a WHERE a.annotator = r.annotator) "
        "FROM annotators AS r ORDER BY r.name, r.version"
    )
    return [
        Ran(name=name, version=version, documents=texts, annotations=found, dropped=int(dropped))
        for name, version, texts, found, dropped in backend.rows(sql)
    ]
