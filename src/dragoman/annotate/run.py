"""How does an annotator read the texts of a book, and how far does it agree with Dragoman?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from dragoman.annotate.annotators import Annotator
from dragoman.book import Book
from dragoman.errors import AnnotatorError, UnknownName
from dragoman.record.annotations import Annotation
from dragoman.record.entries import EVERYTHING, EntryKind, Filter
from dragoman.record.span import Span

IN_A_ROW = 3  # documents that fail one after another, after which the annotator itself is taken to have failed


class Failed(msgspec.Struct, frozen=True):
    """A document that the annotator could not read, and why."""

    document: str
    reason: str


class AnnotateReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: documents read now and known before, what was found, and what was dropped for standing nowhere."""

    read: int = 0
    known: int = 0
    annotations: int = 0
    dropped: int = 0
    failed: tuple[Failed, ...] = ()


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How an annotator's spans of a kind stand to our mentions, in the current texts that it has read.

    ``exact`` counts pairs of the same characters; ``theirs_met`` their spans that overlap one of ours, ``ours_met`` ours
    that overlap one of theirs. Ours are no truth: precision and recall tell how far the two agree.
    """

    kind: EntryKind
    ours: int
    theirs: int
    exact: int
    theirs_met: int
    ours_met: int

    @property
    def precision(self) -> float | None:
        """The share of their spans that overlap one of ours; None when there is none."""
        return self.theirs_met / self.theirs if self.theirs else None

    @property
    def recall(self) -> float | None:
        """The share of our mentions that overlap one of theirs; None when there is none."""
        return self.ours_met / self.ours if self.ours else None


def annotate(book: Book, annotator: Annotator, wanted: Filter = EVERYTHING) -> AnnotateReport:
    """Let the annotator read the documents that answer the filter and keep what it finds under its name and version.

    A text that this version of it has read is left out. A document that it fails on is reported and the others are
    read; when several fail in a row, AnnotatorError says why.
    """
    report = AnnotateReport()
    failed: list[Failed] = []
    row = 0
    for name in [info.id for info in book.each_document(wanted)]:
        if book.has_annotated(annotator.name, annotator.version, name):
            report = msgspec.structs.replace(report, known=report.known + 1)
            continue
        document = book.document(name)
        try:
            found = annotator.read(document)
            book.keep_annotated(annotator.name, annotator.version, name, document.digest, found)
        except Exception as error:  # whatever a user's annotator does, the other documents are read
            failed.append(Failed(name, str(error) or type(error).__name__))
            row += 1
            if row == IN_A_ROW:
                raise AnnotatorError(f"{annotator.name} failed {row} times in a row: {failed[-1].reason}") from error
            continue
        row = 0
        report = msgspec.structs.replace(
            report,
            read=report.read + 1,
            annotations=report.annotations + len(found.annotations),
            dropped=report.dropped + found.dropped,
        )
    return msgspec.structs.replace(report, failed=tuple(failed))


def agreement(book: Book, annotator: Annotator, wanted: Filter = EVERYTHING) -> Sequence[Agreement]:
    """How far the annotator agrees with Dragoman on each kind that its labels stand for. Raises UnknownName when it has
    read no text of the book."""
    if not any((ran.name, ran.version) == (annotator.name, annotator.version) for ran in book.annotators()):
        raise UnknownName(f"{annotator.name} {annotator.version} has read no text of this book; annotate first")
    kinds = tuple(dict.fromkeys(kind for _, kind in annotator.kinds))
    total = {kind: Agreement(kind=kind, ours=0, theirs=0, exact=0, theirs_met=0, ours_met=0) for kind in kinds}
    with book.snapshot():
        for info in book.each_document(wanted):
            if not book.has_annotated(annotator.name, annotator.version, info.id):
                continue
            text = book.document(info.id).text
            ours = [(str(each.mention.__struct_config__.tag), each.span) for each in book.mentions(info.id)]
            theirs = [
                held.annotation
                for held in book.annotations(info.id)
                if (held.annotator, held.version) == (annotator.name, annotator.version)
            ]
            for kind in kinds:
                labels = {label for label, meant in annotator.kinds if meant is kind}
                spans = spans_of(theirs, labels, kind, text)
                total[kind] = with_more(total[kind], {span for tag, span in ours if tag == kind}, spans)
    return tuple(total.values())


def spans_of(found: Iterable[Annotation], labels: set[str], kind: EntryKind, text: str) -> set[Span]:
    """The spans with one of the labels. Of persons the first of each wording: a book keeps one place of each."""
    spans = sorted(each.span for each in found if each.label in labels)
    if kind is not EntryKind.PERSON:
        return set(spans)
    return set({span.of(text): span for span in reversed(spans)}.values())


def with_more(held: Agreement, ours: set[Span], theirs: set[Span]) -> Agreement:
    """The counts with those of one more text."""
    return Agreement(
        kind=held.kind,
        ours=held.ours + len(ours),
        theirs=held.theirs + len(theirs),
        exact=held.exact + len(ours & theirs),
        theirs_met=held.theirs_met + sum(any(span.overlaps(other) for other in ours) for span in theirs),
        ours_met=held.ours_met + sum(any(span.overlaps(other) for other in theirs) for span in ours),
    )
