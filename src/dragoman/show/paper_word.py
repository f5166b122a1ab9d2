"""How is a paper set for Word? With headings, real footnotes and links; a user's own document lends its styles.

python-docx makes no footnotes, so their part of the file is written here (ECMA-376, part 1, section 17.11).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import DataError, extra
from dragoman.show.paper import Detail, Item, Note, Paper
from dragoman.show.render import safe_link

WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
QUIET = "595959"
TIGHT = 25_400  # English metric units: two points
A4 = (7_560_310, 10_692_130)  # the same
INDENT = 720  # twentieths of a point, by which details stand in


def word(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a Word document; a template is a document whose styles, margins and letterhead are kept."""
    with extra("documents", "a brief as a Word document"):
        import docx
        import docx.opc.exceptions
    try:
        document = docx.Document(str(template)) if template else plain_document()
    except (OSError, KeyError, ValueError, docx.opc.exceptions.PackageNotFoundError) as error:
        raise DataError(f"{template}: is no Word document (.docx); name one as the template") from error
    Setter(document, paper).set()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain_document() -> Any:
    """An empty document on A4."""
    import docx

    document: Any = docx.Document()
    document.sections[0].page_width, document.sections[0].page_height = A4
    return document


class Setter:
    """Sets a paper into a Word document."""

    def __init__(self, document: Any, paper: Paper) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.document, self.paper = document, paper
        self.element, self.name = OxmlElement, qn
        self.styles = {style.name for style in document.styles}
        self.notes = Footnotes(document)

    def set(self) -> None:
        """The whole paper, in order."""
        paper = self.paper
        self.document.core_properties.title = f"{paper.title}: {paper.subtitle}"
        self.document.core_properties.author = "Dragoman"
        self.document.core_properties.created = datetime.datetime.combine(
            paper.day or datetime.date(1970, 1, 1), datetime.time()
        )
        self.line(paper.title, "Title")
        self.line(paper.subtitle, "Subtitle")
        self.shade(self.line(paper.basis).runs)
        for label, text in paper.glance:
            line = self.line("")
            line.add_run(f"{label}: ").bold = True
            line.add_run(text)
        for section in paper.sections:
            self.section(section.title, section.items)
        if paper.annex:
            self.section("Annex: quotations", paper.annex)
        self.section("Sources", paper.sources)
        self.notes.close()

    def section(self, title: str, items: Sequence[Item]) -> None:
        """A heading and its items."""
        self.line(title, "Heading 1")
        for item in items:
            self.item(item)

    def item(self, item: Item) -> None:
        """An item and its details."""
        line = self.line("")
        line.paragraph_format.keep_with_next = bool(item.details)
        if item.when:
            line.add_run(f"{item.when}  ").bold = True
        line.add_run(item.text)
        self.marks(line, item.notes)
        if item.entry:
            self.shade([line.add_run(f"  [{item.entry}]")])
        for detail in item.details:
            self.detail(detail)

    def detail(self, detail: Detail) -> None:
        """A detail, set in; an address is a link."""
        from docx.shared import Twips

        line = self.line("", "Quote" if detail.quote and not detail.text else "")
        line.paragraph_format.left_indent = Twips(INDENT)
        if detail.label:
            label = line.add_run(f"{detail.label}: ")
            label.italic = False
            self.shade([label])
        if safe_link(detail.text):
            self.link(line, detail.text)
        else:
            line.add_run(detail.text + detail.quote)
        self.marks(line, detail.notes)

    def line(self, text: str, style: str = "") -> Any:
        """A new paragraph, in a style if the document has it."""
        line = self.document.add_paragraph(text, style=style if style in self.styles else None)
        if not style or style == "Quote":
            line.paragraph_format.space_after = TIGHT
            line.paragraph_format.line_spacing = 1.0
        return line

    def shade(self, runs: Sequence[Any]) -> None:
        """Set runs in the quiet colour."""
        from docx.shared import Pt, RGBColor

        for run in runs:
            run.font.color.rgb = RGBColor.from_string(QUIET)
            run.font.size = Pt(8.5)

    def marks(self, line: Any, numbers: Sequence[int]) -> None:
        """The marks of some notes, and the notes at the foot of the page."""
        for place, number in enumerate(numbers):
            if place:
                line.add_run(", ").font.superscript = True
            run = line.add_run()
            run.font.superscript = True
            reference = self.element("w:footnoteReference")
            reference.set(self.name("w:id"), str(self.notes.add(self.paper.notes[number - 1])))
            run._r.append(reference)

    def link(self, line: Any, url: str) -> None:
        """An address that is followed on a click."""
        relation = self.document.part.relate_to(
            safe_link(url), f"{RELATION.rsplit('/', 1)[0]}/hyperlink", is_external=True
        )
        link = self.element("w:hyperlink")
        link.set(self.name("r:id"), relation)
        link.append(line.add_run(url)._r)
        line._p.append(link)


class Footnotes:
    """The part of a Word file that holds its footnotes; that of a template is gone on with."""

    def __init__(self, document: Any) -> None:
        from lxml import etree

        self._etree = etree
        self._document = document
        self._held = next((rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATION), None)
        if self._held is not None:
            self._root = etree.fromstring(self._held.blob)
        else:
            self._root = etree.Element(f"{{{WORDML}}}footnotes", nsmap={"w": WORDML})
            self._separator(-1, "separator")
            self._separator(0, "continuationSeparator")
        self._last = max((int(each.get(f"{{{WORDML}}}id")) for each in self._root), default=0)

    def add(self, note: Note) -> int:
        """A new footnote; its id."""
        self._last += 1
        line = self._footnote(self._last)
        self._run(line, None, small=True, mark=True)
        source = ", ".join(part for part in (note.outlet, note.title, note.published, note.url) if part)
        self._run(line, f" {source}: “{note.words}” ({note.document}, {note.start}–{note.end})", small=True)
        return self._last

    def close(self) -> None:
        """Put the part into the file."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        blob = self._etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, standalone=True)
        if self._held is not None:
            self._held._blob = blob
            return
        package = self._document.part.package
        self._document.part.relate_to(Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, package), RELATION)

    def _footnote(self, number: int) -> Any:
        """A footnote with one paragraph; the paragraph."""
        line = self._child(self._child(self._root, "footnote", id=str(number)), "p")
        self._child(self._child(line, "pPr"), "spacing", after="20", line="240", lineRule="auto")
        return line

    def _separator(self, number: int, kind: str) -> None:
        """The line between text and notes, which every file must have."""
        line = self._footnote(number)
        line.getparent().set(f"{{{WORDML}}}type", kind)
        self._child(self._child(line, "r"), kind)

    def _run(self, line: Any, text: str | None, *, small: bool, mark: bool = False) -> None:
        """A run of text, or the footnote's own mark."""
        run = self._child(line, "r")
        properties = self._child(run, "rPr")
        if small:
            self._child(properties, "sz", val="16")
        if mark:
            self._child(properties, "vertAlign", val="superscript")
            self._child(run, "footnoteRef")
        if text is not None:
            held = self._child(run, "t")
            held.text = text
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _child(self, parent: Any, tag: str, **attributes: str) -> Any:
        """A new element of WordprocessingML."""
        named = {f"{{{WORDML}}}{name}": value for name, value in attributes.items()}
        return self._etree.SubElement(parent, f"{{{WORDML}}}{tag}", named)
