"""What does a PDF say?"""

from __future__ import annotations

import io
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import SourceError, extra
from dragoman.read.limits import LARGEST
from dragoman.read.reflow import reflowed, without_running_lines

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 3000
WIDER = 1.25  # times the usual distance of lines
OTHER_SIZE = 0.08  # of the size of letters; superscripts and small capitals vary within a line, not at its beginning
INDENT, WIDEST_INDENT = 5.0, 60.0  # points


def text_of_pdf(data: bytes, name: str) -> str:
    """The text of a PDF, a line a paragraph, without running heads and page numbers.

    Raises SourceError for a file that is damaged, locked, too long, or a picture of a text.
    """
    pages = pages_of(data, name)
    lines = [line for page in without_running_lines(pages) for line in page]
    text = reflowed(lines)
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name} shows no text: it is a scan; recognise its letters first, with ocrmypdf for example")
    return text


def pages_of(data: bytes, name: str) -> list[list[str]]:
    """The lines of every page. Raises SourceError where the file cannot be read."""
    with extra("documents", "reading PDF files"):
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    try:
        reader = PdfReader(io.BytesIO(data))
        return read_pages(reader, name)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # The package raises whatever a broken object leads it to.
        raise SourceError(f"{name} is a damaged PDF ({error}); save it again, or save its text as .txt") from error


def read_pages(reader: PdfReader, name: str) -> list[list[str]]:
    """The lines of every page. Raises SourceError for a file that is locked or too long."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError(f"{name} is locked with a password; save it without one")
    if len(reader.pages) > MOST_PAGES:
        raise SourceError(f"{name} has {len(reader.pages)} pages, more than {MOST_PAGES}; split it")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        sheet = Sheet()
        size += len(page.extract_text(visitor_text=sheet.add))
        pages.append(sheet.spaced())
        if size > LARGEST:
            raise SourceError(f"{name} holds more text than the longest document; split it")
    return pages


class Printed(msgspec.Struct, frozen=True):
    """A printed line: where it begins on the page, and how large its letters are."""

    text: str
    left: float
    height: float
    size: float


class Sheet:
    """The lines of a page as they are extracted piece by piece."""

    def __init__(self) -> None:
        self.lines: list[Printed] = []
        self.pending: list[str] = []
        self.place: tuple[float, float, float] | None = None

    def add(self, text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        """A piece of text with its matrices: that of the page and that of the line."""
        first, *others = text.split("\n")
        self.put(first, cm, tm, size)
        for line in others:
            self.flush()
            self.put(line, cm, tm, size)

    def put(self, text: str, cm: list[float], tm: list[float], size: float) -> None:
        """A piece of the present line, which lies where its first word does."""
        if text.strip() and self.place is None:
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            self.place = (left, height, abs(size * (tm[3] * cm[3] or 1.0)))
        self.pending.append(text)

    def flush(self) -> None:
        """End the present line."""
        if self.place is not None:
            self.lines.append(Printed("".join(self.pending).strip(), *self.place))
        self.pending, self.place = [], None

    def spaced(self) -> list[str]:
        """The lines, with an empty one where space, an indent or another size of letters begins a paragraph."""
        self.flush()
        gaps = sorted(abs(one.height - other.height) for one, other in pairwise(self.lines))
        usual = gaps[len(gaps) // 2] if gaps else 0.0
        margin = Counter(round(line.left) for line in self.lines).most_common(1)[0][0] if self.lines else 0
        found: list[str] = []
        for before, line in zip([None, *self.lines], self.lines, strict=False):
            if before is not None and is_apart(before, line, usual, margin):
                found.append("")
            found.append(line.text)
        return found


def is_apart(before: Printed, line: Printed, usual: float, margin: float) -> bool:
    """Whether a line begins a paragraph, by how it is set."""
    gap = abs(before.height - line.height)
    indented = INDENT <= line.left - margin <= WIDEST_INDENT and abs(before.left - margin) < INDENT
    return gap > WIDER * usual or abs(before.size - line.size) > OTHER_SIZE * line.size or indented
