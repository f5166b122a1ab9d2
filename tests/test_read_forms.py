"""Mails, PDF, Word, saved pages and database exports, each made by the usual tool of its kind."""

import datetime
import email.message
import io
import mailbox
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import docx
import pytest
import typst

from dragoman.errors import InputError
from dragoman.read import Refusal, Source, find_sources, read_source
from dragoman.record.document import Document, PublishedBasis

CHROMIUM = Path("/usr/bin/chromium")
FIRST = (
    "The foreign minister of Norway received her Chilean counterpart in Oslo on Tuesday to review the fisheries agreement."
    " Both ministers said that the inter-governmental commission would meet again in Santiago before the end of the year,"
    " and that the two governments would by then have exchanged their drafts."
)
SECOND = (
    "Asked about the quota, the Norwegian minister told reporters that it remained under negotiation. She thanked the"
    " government of Chile for its hospitality during the previous round and announced a visit of parliamentarians."
)


def documents_in(path: Path) -> list[Document]:
    found = list(find_sources([path]))
    assert not [each.reason for each in found if isinstance(each, Refusal)]
    return [read_source(each) for each in found if isinstance(each, Source)]


def refused(path: Path) -> str:
    (found,) = find_sources([path])
    if isinstance(found, Refusal):
        return found.reason
    assert isinstance(found, Source)
    with pytest.raises(InputError) as error:
        read_source(found)
    return str(error.value)


# -------------------------------------------------------------- mail


def newsletter(number: int, *, html: bool = True) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    message["From"] = '"Fjord Briefing" <desk@fjord.example>'
    message["Subject"] = f"Talks in Oslo, part {number}"
    message["Date"] = "Tue, 03 Jun 2025 23:15:00 +0200"
    message["Message-ID"] = f"<{number}@fjord.example>"
    message.set_content(f"{FIRST}\n\nFrom the ministry, too: {SECOND}\n")
    if html:
        page = f"<html><body><p>{FIRST}</p><p>“{SECOND}”</p></body></html>"
        message.add_alternative(page, subtype="html", charset="utf-8")
    message.add_attachment(b"\x00\x01" * 500, maintype="application", subtype="octet-stream", filename="a.bin")
    return message


def check_newsletter(document: Document, number: int) -> None:
    assert document.id == f"mid:{number}@fjord.example"
    assert (document.title, document.outlet) == (f"Talks in Oslo, part {number}", "Fjord Briefing")
    assert (str(document.published.day), document.published.basis) == ("2025-06-03", PublishedBasis.HEADER)
    assert document.published.moment == "2025-06-03T23:15:00+02:00"
    assert FIRST in document.text
    assert "Message-ID" not in document.text


def test_the_mails_of_an_mbox_and_of_a_maildir_are_the_same_documents(tmp_path: Path) -> None:
    mbox = mailbox.mbox(tmp_path / "letters.mbox")
    maildir = mailbox.Maildir(tmp_path / "letters", create=True)
    for number in range(3):
        mbox.add(newsletter(number))
        maildir.add(newsletter(number))
    mbox.close()
    maildir.close()
    from_mbox = documents_in(tmp_path / "letters.mbox")
    for number, document in enumerate(from_mbox):
        check_newsletter(document, number)
        assert f"“{SECOND}”" in document.text
    assert {document.id for document in documents_in(tmp_path / "letters")} == {document.id for document in from_mbox}


def test_a_single_mail_without_html_is_its_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(newsletter(7, html=False).as_bytes())
    (document,) = documents_in(path)
    check_newsletter(document, 7)
    assert "From the ministry, too" in document.text


def test_a_quoted_from_in_an_mbox_is_the_text_that_was_sent(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "Talks"
    message.set_content(f"{FIRST}\n\nFrom Oslo the minister goes on to Bergen.\n")
    mbox = mailbox.mbox(tmp_path / "l.mbox")
    mbox.add(message)
    mbox.close()
    assert b">From Oslo" in (tmp_path / "l.mbox").read_bytes()
    (document,) = documents_in(tmp_path / "l.mbox")
    assert "\nFrom Oslo the minister" in document.text


def test_a_mail_of_many_nested_parts_is_refused(tmp_path: Path) -> None:
    message: MIMEMultipart = MIMEMultipart()
    outer = message
    for _ in range(600):
        inner = MIMEMultipart()
        outer.attach(inner)
        outer.attach(MIMEText(FIRST))
        outer = inner
    path = tmp_path / "a.eml"
    lines = ["Subject: x", "Content-Type: multipart/mixed; boundary=b0", ""]
    lines += [f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n" for n in range(3000)]
    path.write_text("\n".join(lines))
    assert "a.eml" in refused(path)


def test_a_file_that_is_no_mbox_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_text(FIRST)
    assert "no mbox file" in refused(path)


# -------------------------------------------------------------- PDF and Word


def write_pdf(path: Path, body: str) -> None:
    source = f"""
#set page(width: 11cm, height: 9cm, margin: 1.6cm, header: [Ministry of Fisheries], numbering: "1 of 1")
#set text(lang: "en", hyphenate: true, size: 10pt)
#set par(justify: true)
{body}
"""
    path.write_bytes(typst.compile(source.encode(), format="pdf"))


def test_a_pdf_is_read_paragraph_by_paragraph_without_its_hyphens(tmp_path: Path) -> None:
    path = tmp_path / "release.pdf"
    body = "\n\n".join(f"{text} It was round {number}." for number in range(6) for text in (FIRST, SECOND))
    write_pdf(path, f"= Norway and Chile review fisheries\n\n{body}")
    (document,) = documents_in(path)
    expected = [f"{text} It was round {number}." for number in range(6) for text in (FIRST, SECOND)]
    assert document.text.split("\n") == ["Norway and Chile review fisheries", *expected]


def test_a_pdf_inside_an_archive_is_read(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", FIRST)
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        archive.write(tmp_path / "a.pdf", "sub/a.pdf")
    (document,) = documents_in(tmp_path / "n.zip")
    assert FIRST in document.text


@pytest.mark.parametrize("keep", [30, 400, 0.5, 0.95])
def test_a_damaged_pdf_is_refused_or_read_and_never_breaks(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, FIRST)
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep > 1 else keep * len(data))])
    (found,) = find_sources([path])
    assert isinstance(found, Source)
    try:
        said = read_source(found).text
    except InputError as error:
        said = str(error)
    assert FIRST[:20] in said or "a.pdf" in said


def test_an_empty_pdf_says_that_it_is_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(b"#rect(width: 4cm, height: 4cm)", format="pdf"))
    assert "scan" in refused(path)


def word_document() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Norway and Chile review fisheries", 0)
    document.add_paragraph(FIRST)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Quota agreed by both sides"
    table.cell(0, 1).text = "4,000 tonnes of cod a year"
    document.add_paragraph(SECOND)
    return document


def test_a_word_document_is_read_in_order_with_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document().save(str(path))
    (document,) = documents_in(path)
    assert document.text.split("\n") == [
        "Norway and Chile review fisheries",
        FIRST,
        "Quota agreed by both sides",
        "4,000 tonnes of cod a year",
        SECOND,
    ]
    assert document.title == "Norway and Chile review fisheries"


def changed_word(change: bytes, by: bytes) -> bytes:
    held = io.BytesIO()
    word_document().save(held)
    changed = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, data.replace(change, by) if info.filename == "word/document.xml" else data)
    return changed.getvalue()


def test_tracked_changes_are_read_as_if_they_were_accepted(tmp_path: Path) -> None:
    inserted = b"<w:ins w:id='1'><w:r><w:t>4,500</w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText>4,000</w:delText></w:r></w:del>"
    path = tmp_path / "a.docx"
    path.write_bytes(changed_word(b"<w:r><w:t>4,000 tonnes", inserted + b"<w:r><w:t> tonnes"))
    (document,) = documents_in(path)
    assert "4,500 tonnes of cod" in document.text
    assert "4,000" not in document.text


def test_entities_in_a_word_document_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document '
    path = tmp_path / "a.docx"
    path.write_bytes(changed_word(b"<w:document ", bomb))
    assert "defines entities" in refused(path)


def test_a_word_document_that_bursts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 110_000_000)
    assert "unpacks to 110 MB" in refused(path)


# -------------------------------------------------------------- saved pages

SAVED_PAGE = f"<html><head><title>Talks in Oslo</title></head><body><article><p>{FIRST}</p><p>“{SECOND}”</p></article></body></html>"


def test_a_page_that_mail_software_wrote_as_mhtml_is_read(tmp_path: Path) -> None:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://fjord.example/talks"
    message["Date"] = "Tue, 10 Jun 2025 10:00:00 +0000"
    message.attach(MIMEText(SAVED_PAGE, "html", "utf-8"))
    path = tmp_path / "talks.mhtml"
    path.write_bytes(message.as_bytes())
    (document,) = documents_in(path)
    assert (document.id, document.title) == ("https://fjord.example/talks", "Talks in Oslo")
    assert f"“{SECOND}”" in document.text
    assert document.published.basis is PublishedBasis.UNKNOWN


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
def test_a_page_that_a_browser_saved_as_mhtml_is_read(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright to drive chromium")
    (tmp_path / "page.html").write_text(SAVED_PAGE, encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        snapshot = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
        browser.close()
    path = tmp_path / "talks.mhtml"
    path.write_text(snapshot["data"], encoding="utf-8", newline="")
    (document,) = documents_in(path)
    assert document.text.endswith(f"“{SECOND}”")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0030)https://fjord.example/talks -->",
        "<!--\n Page saved with SingleFile \n url: https://fjord.example/talks \n saved date: Tue Jun 10 2025 -->",
    ],
)
def test_a_page_saved_as_one_file_keeps_its_address_and_sheds_its_pictures(tmp_path: Path, comment: str) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 12_000_000}">'
    path = tmp_path / "talks.html"
    page = SAVED_PAGE.replace("<html>", f"<!DOCTYPE html>\n<html>{comment}").replace("<article>", f"<article>{picture}")
    path.write_text(page, encoding="utf-8")
    (document,) = documents_in(path)
    assert document.url == "https://fjord.example/talks"
    assert f"“{SECOND}”" in document.text


# -------------------------------------------------------------- exports of newspaper databases

CODED = """
HD
Norway and Chile near {number} accord on fisheries

BY By a reporter
WC 143 words
PD {number} June 2025
SN Fjord Daily
SC FJD
LA English
CY Copyright 2025 Fjord Daily

LP
{first}

TD
{second}

AN
Document FJD0000020250603el5c0000{number}

"""
LABELLED = """____________________________________________________________

Document {number} of 2

Title: Norway and Chile near {number} accord on fisheries

Publication title: Fjord Daily; Oslo

Publication date: Jun {number}, 2025

Document URL: https://db.example/docview/{number}

Full text: {first}

The minister added one thing: patience.

{second}

Subject: Fisheries; Treaties

ProQuest document ID: 90000{number}

"""
TITLED = """Norway and Chile near {number} accord on fisheries
Fjord Daily
June {number}, 2025 Tuesday

Copyright 2025 Fjord Daily All Rights Reserved

Section: NATION; Pg. 4
Length: 143 words
Byline: A reporter

Body


{first}

{second}

Load-Date: June {number}, 2025


End of Document

"""
PLAIN = """Norway and Chile near {number} accord on fisheries
143 words
{number} June 2025
10:20
Fjord Daily
FJD
English
Copyright 2025 Fjord Daily

{first}

{second}

Document FJD0000020250603el5c0000{number}

"""


@pytest.mark.parametrize("shape", [CODED, LABELLED, TITLED, PLAIN], ids=["coded", "labelled", "titled", "plain"])
def test_the_articles_of_a_database_export_are_documents(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text("".join(shape.format(number=number, first=FIRST, second=SECOND) for number in (1, 2)))
    documents = documents_in(path)
    assert len(documents) == 2
    for number, document in enumerate(documents, start=1):
        assert document.title == f"Norway and Chile near {number} accord on fisheries"
        assert (document.outlet or "").startswith("Fjord Daily")
        assert document.published.day == datetime.date(2025, 6, number)
        assert document.published.basis is PublishedBasis.HEADER
        assert FIRST in document.text
        assert SECOND in document.text
        assert "143 words" not in document.text
        assert "Subject" not in document.text
    assert len({document.id for document in documents}) == 2


def test_a_release_with_labels_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Title: Talks\nDate: 3 June 2025\n\n{FIRST}\n\n{'_' * 40}\n\n{SECOND}\n")
    (document,) = documents_in(path)
    assert SECOND in document.text
    assert document.id == str(path)
