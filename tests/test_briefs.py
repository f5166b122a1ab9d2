"""Briefs on paper: one document in four forms, every quotation with its source, templates of the user's own."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdf
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from book_texts import document, meeting, quoted, reading
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.errors import DataError
from dragoman.library import add
from dragoman.record.mentions import Participant
from dragoman.show.brief import brief
from dragoman.show.brief_paper import paper_of
from dragoman.show.news import news, news_paper
from dragoman.show.paper import Detail, Paper, clean
from dragoman.show.paper_pdf import pdf
from dragoman.show.paper_word import WORDML, word
from dragoman.show.render import as_markdown, html, markdown, safe_link

SAMPLE = Path(__file__).parent.parent / "examples" / "us-india-2025" / "manifest.csv"
WORDS = "We will </b> reopen *all* of the `talks` on #fisheries [now](javascript:x) this autumn & later"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("briefs") / "sample.desk"
    with Book.open(made, create=True) as book:
        add(book, [SAMPLE])
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Book]:
    with Book.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def paper(book: Book) -> Paper:
    return paper_of(book, brief(book, ("USA", "IND")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A paper on texts whose words are those of markup."""
    text = document(
        "<d>",
        f"Espen Eide met Elmer Schialer in Oslo. “{WORDS}”, Eide said.",
        "2025-06-04",
        title="#import <script>alert(1)</script>",
        url="javascript:alert(1)",
        outlet="A & B \x0b\x00*C*",
    )
    who = (Participant(name="Espen Eide", party="NOR"), Participant(name="Elmer Schialer", party="PER"))
    said = quoted(text, WORDS, "Espen Eide", parties=("NOR",), speaker_kind="person")
    with Book.open(tmp_path_factory.mktemp("hostile") / "b.desk", create=True) as book:
        book.store([reading(text, meeting(text, "Espen Eide met Elmer Schialer", "2025-06-03", *who), said)])
        book.link()
        return paper_of(book, brief(book, ("NOR", "PER")))


def details_of(paper: Paper) -> list[Detail]:
    items = [item for section in paper.sections for item in section.items] + list(paper.annex)
    return [detail for item in items for detail in item.details]


# ---------------------------------------------------------------- the document


def test_every_note_is_the_exact_words_of_its_document(book: Book, paper: Paper) -> None:
    assert [note.number for note in paper.notes] == list(range(1, len(paper.notes) + 1))
    for note in paper.notes:
        text = clean(book.document(note.document).text[note.start : note.end])
        assert text == note.words if note.whole else text.startswith(note.words.removesuffix(" […]"))
        assert note.published
        assert note.outlet


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_no_quotation_lacks_its_source_and_its_words_stand_there(book: Book, paper: Paper) -> None:
    quotations = [detail for detail in details_of(paper) if detail.quote]
    assert len(quotations) > 20
    for detail in quotations:
        assert detail.notes, detail.quote
        note = paper.notes[detail.notes[0] - 1]
        there = iter(words_of(book.document(note.document).text[note.start : note.end]))
        assert all(word in there for word in words_of(detail.quote)), detail.quote  # in order, around "he said"


def test_every_note_is_referred_to_once_and_in_order(paper: Paper) -> None:
    items = [item for section in paper.sections for item in section.items] + list(paper.annex)
    numbers = [n for item in items for n in (*item.notes, *(n for detail in item.details for n in detail.notes))]
    assert sorted(numbers) == [note.number for note in paper.notes]


def test_every_entry_of_the_paper_is_in_the_book(book: Book, paper: Paper) -> None:
    for section in paper.sections:
        for item in section.items:
            assert not item.entry or book.entry(item.entry).id == item.entry


def test_one_side_only_is_told_as_not_mentioned(paper: Paper) -> None:
    labels = " ".join(detail.label for detail in details_of(paper))
    assert "not mentioned in the" in labels
    assert "not discussed" not in labels


def test_news_are_of_the_days_asked_for(book: Book) -> None:
    day = datetime.date(2025, 10, 17)
    found = news(book, day, ("IND",))
    assert found.changes
    assert all(line.published and line.published >= day for line in found.changes)
    assert all(info.published.day and info.published.day >= day for info in found.documents)
    paper = news_paper(book, found)
    published = {note.document: book.document_info(note.document).published.day for note in paper.notes}
    assert published
    assert all(day <= (seen or day) for seen in published.values())
    nothing = news_paper(book, news(book, datetime.date(2031, 1, 1)))
    assert not nothing.sections
    assert not nothing.notes


# ---------------------------------------------------------------- its forms


class Page(HTMLParser):
    """Collects what a page refers to and the elements that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := values.get(name))]
        self.ids += [value] if (value := values.get("id")) else []


def test_a_page_needs_no_other_file_and_its_notes_lead_there_and_back(paper: Paper) -> None:
    page = Page(html(paper))
    assert not page.tags & {"script", "link", "img", "iframe"}
    assert len(set(page.ids)) == len(page.ids)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner == set(page.ids)
    assert all(link.startswith(("#", "https://")) for link in page.links)


def test_markdown_has_a_footnote_for_every_mark(paper: Paper) -> None:
    text = markdown(paper)
    marks = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert sorted(marks, key=int) == re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)


def test_word_reads_headings_links_and_footnotes(paper: Paper) -> None:
    held = docx.Document(io.BytesIO(word(paper)))
    headings = [line.text for line in held.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings == [*(section.title for section in paper.sections), "Annex: quotations", "Sources"]
    (part,) = [rel.target_part for rel in held.part.rels.values() if rel.reltype.endswith("/footnotes")]
    name = f"{{{WORDML}}}"
    ids = [each.get(f"{name}id") for each in etree.fromstring(part.blob) if each.get(f"{name}type") is None]
    used = [each.get(f"{name}id") for each in held.element.body.iter(f"{name}footnoteReference")]
    assert len(ids) == len(set(ids)) == len(paper.notes)
    assert sorted(used) == sorted(ids)


def test_pdf_holds_the_words_and_is_the_same_twice(paper: Paper) -> None:
    made = pdf(paper)
    assert made == pdf(paper)
    reader = pypdf.PdfReader(io.BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.title == f"{paper.title}: {paper.subtitle}"
    assert "Annex: quotations" in text
    assert paper.notes[-1].document in text


def test_words_are_never_read_as_markup(hostile: Paper) -> None:
    page = html(hostile)
    assert not Page(page).tags & {"script", "b"}
    assert not [link for link in Page(page).links if not link.startswith("#")]
    shown = Page(MarkdownIt().render(markdown(hostile)))
    assert not shown.tags & {"script", "b"}
    assert not shown.links
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(hostile))).pages)
    assert "<script>alert(1)</script>" in text
    lines = [line.text for line in docx.Document(io.BytesIO(word(hostile))).paragraphs]
    assert any(clean(WORDS) in line for line in lines)


@pytest.mark.parametrize("url", ["javascript:x", "data:text/html,x", "file:///etc/passwd", "//host/x", "http://[", ""])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    assert safe_link(url) == ""


def test_signs_of_markdown_are_escaped() -> None:
    assert as_markdown("*a* _b_ [c](d) <e>") == r"\*a\* \_b\_ \[c\](d) \<e\>"


# ---------------------------------------------------------------- the command


def test_the_ending_of_the_file_chooses_the_form(path: Path, tmp_path: Path) -> None:
    starts = {"md": b"# United", "html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF"}
    for form, start in starts.items():
        out = tmp_path / f"brief.{form}"
        assert exit_code(["brief", "USA", "IND", "--as-of", "2025-05-31", "--out", str(out), "--book", str(path)]) == 0
        assert out.read_bytes().startswith(start)


def test_a_morning_brief(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for since in ("yesterday", "2 days", "today"):
        assert exit_code(["brief", "--since", since, "--book", str(path)]) == 0
        assert "Nothing changed since then." in capsys.readouterr().out
    assert exit_code(["brief", "India", "--since", "2025-10-01", "--book", str(path)]) == 0
    text = capsys.readouterr().out
    assert "SAID, WORD FOR WORD" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["USA", "IND", "--format", "pdf"], "--out"),
        (["USA", "IND", "--template", "t.md"], "--format"),
        (["USA"], "two parties"),
        (["--since", "soon"], "YYYY-MM-DD"),
    ],
)
def test_what_does_not_go_together(
    path: Path, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(["brief", *options, "--book", str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_users_template_is_taken_and_runs_no_code(paper: Paper, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ paper.title|md }}: {{ paper.notes|length }} notes\n")
    assert markdown(paper, own) == f"{as_markdown(paper.title)}: {len(paper.notes)} notes\n"
    for wrong, says in (
        ("{{ paper.title.__class__.__mro__ }}", "own.md"),
        ("{% for %}", "line 1"),
        ("{{ paper.nothing }}", "nothing"),
        ("{{ paper.title|md(1) }}", "own.md"),
    ):
        own.write_text(wrong)
        with pytest.raises(DataError, match=says):
            markdown(paper, own)
    with pytest.raises(DataError, match="cannot be read"):
        html(paper, tmp_path / "none.html")


def test_a_users_word_document_lends_its_styles(paper: Paper, tmp_path: Path) -> None:
    base = docx.Document()
    base.sections[0].header.paragraphs[0].text = "Ministry of Examples"
    base.save(str(tmp_path / "base.docx"))
    once = word(paper, tmp_path / "base.docx")
    assert docx.Document(io.BytesIO(once)).sections[0].header.paragraphs[0].text == "Ministry of Examples"
    (tmp_path / "twice.docx").write_bytes(once)  # a template that has footnotes already
    twice = docx.Document(io.BytesIO(word(paper, tmp_path / "twice.docx")))
    used = [each.get(f"{{{WORDML}}}id") for each in twice.element.body.iter(f"{{{WORDML}}}footnoteReference")]
    assert len(used) == len(set(used)) == 2 * len(paper.notes)
    (tmp_path / "no.docx").write_text("no")
    with pytest.raises(DataError, match=r"no\.docx"):
        word(paper, tmp_path / "no.docx")


def test_a_users_typst_template(paper: Paper, tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text("#let paper = json(bytes(sys.inputs.paper))\n#set document(title: paper.title)\n#paper.title")
    made = pypdf.PdfReader(io.BytesIO(pdf(paper, own)))
    assert paper.title.split()[0] in made.pages[0].extract_text()
    own.write_text("#let x = ")
    with pytest.raises(DataError, match=r"own\.typ"):
        pdf(paper, own)
