"""What does a Word document say?

Paragraphs and table cells in their order, with what was inserted and without what was deleted while changes are tracked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dragoman.errors import SourceError, extra
from dragoman.read.archives import DAMAGED
from dragoman.read.limits import HIGHEST_RATIO, LARGEST_NESTED

if TYPE_CHECKING:
    from docx.document import Document

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{WORDS}tab": "\t", f"{WORDS}br": "\n", f"{WORDS}cr": "\n", f"{WORDS}noBreakHyphen": "-"}
PARAGRAPH, TEXT, MOVED, BOX = f"{WORDS}p", f"{WORDS}t", f"{WORDS}moveFrom", f"{WORDS}txbxContent"
HEAD = 65_536
LEAST_SUSPECT = 20_000_000  # bytes unpacked, below which no ratio is suspect


def text_of_word(data: bytes, name: str) -> str:
    """The text of a Word document. Raises SourceError for one that is damaged, locked, or made to burst."""
    with extra("documents", "reading Word documents"):
        import docx
        from docx.opc.exceptions import OpcError
    require_harmless(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(paragraphs_of(document))
    except (*DAMAGED, OpcError, KeyError, SyntaxError, AttributeError) as error:
        raise SourceError(f"{name} is a damaged Word document ({error}); save it again as .docx") from error


def require_harmless(data: bytes, name: str) -> None:
    """Raise SourceError for what is no Word document, unpacks to too much, or defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > LARGEST_NESTED or size > max(LEAST_SUSPECT, HIGHEST_RATIO * len(data)):
                raise SourceError(f"{name} unpacks to {size / 1e6:.0f} MB; save its text as .txt")
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")) and defines_entities(archive, info):
                    raise SourceError(f"{name} defines entities, which no Word document does; save its text as .txt")
    except DAMAGED as error:
        raise SourceError(f"{name} is no Word document, or a damaged one ({error}); save it again as .docx") from error


def defines_entities(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a part begins with a document type, where entities are defined."""
    with archive.open(info) as part:
        head = part.read(HEAD)
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\x00!\x00" in head


def paragraphs_of(document: Document) -> Iterator[str]:
    """The paragraphs of the body, those of tables and text boxes included, in reading order."""
    for paragraph in document.element.body.iter(PARAGRAPH):
        text = "".join(pieces_of(paragraph)).strip()
        if text:
            yield text


def pieces_of(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph's runs; a text box inside is a paragraph of its own."""
    for element in paragraph.iter(TEXT, *SIGNS):
        holders = {ancestor.tag for ancestor in element.iterancestors(PARAGRAPH, MOVED)}
        nearest = next(element.iterancestors(PARAGRAPH))
        if nearest is paragraph and MOVED not in holders:
            yield SIGNS.get(element.tag) or element.text or ""
