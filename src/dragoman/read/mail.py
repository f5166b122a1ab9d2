"""Which mails does a folder of mails hold, and what does a mail say?

The HTML part is read as a page, else the plain one. Subject, sender and date are those of the header; attachments are
not read. A mail is named by its Message-ID, so that it is one document in whichever folder it lies.
"""

from __future__ import annotations

import email.errors
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

import msgspec

from dragoman.errors import SourceError
from dragoman.read.containers import Container
from dragoman.read.decode import decoded
from dragoman.read.given import Given
from dragoman.read.limits import CHUNK
from dragoman.read.published import publication_given
from dragoman.read.reflow import reflowed
from dragoman.read.source import Carried, Form, Found, Slice, Source
from dragoman.record.document import Publication, PublishedBasis

FROM = b"From "
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
MESSAGE_ID = re.compile(r"<([^<>\s]{3,200})>")
MOST_PARTS = 500


class Mail(msgspec.Struct, frozen=True):
    """A mail: what its header states, and its body as a page or as plain text."""

    given: Given
    html: str | None
    text: str | None


def found_in_mbox(container: Container) -> Iterator[Found]:
    """The mails of an mbox file, each where it lies."""
    number = 0
    with container.plain() as stream:
        start, at, blank = -1, 0, True
        held: list[bytes] = []
        while line := stream.readline(CHUNK):
            if blank and line.startswith(FROM):
                if start >= 0:
                    number += 1
                    yield mail_source(container, number, start, at, b"".join(held))
                start = at + len(line)
                held = []
            elif container.path is None or container.packing:
                held.append(line)
            at += len(line)
            blank = line in (b"\n", b"\r\n")
        if start < 0:
            raise SourceError(
                f"{container.name} is no mbox file: no line begins with “From ”; give single mails as .eml"
            )
        yield mail_source(container, number + 1, start, at, b"".join(held))


def mail_source(container: Container, number: int, start: int, end: int, held: bytes) -> Source:
    """The source of a mail in an mbox file."""
    container.budget.count()
    on_disk = container.path is not None and not container.packing
    part = Slice(container.path or "", start, end - start) if on_disk else Carried(held)
    return Source(name=container.member(number), part=part, form=Form.MAIL)


def mail_of(data: bytes, name: str) -> Mail:
    """What a mail says. Raises SourceError for one without a body, or with more parts than mails have."""
    try:
        message = BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(data)
        if sum(1 for _ in zip(message.walk(), range(MOST_PARTS + 1), strict=False)) > MOST_PARTS:
            raise SourceError(f"{name} has more than {MOST_PARTS} parts; save its text as .txt")
        html = message.get_body(("html",))
        plain = message.get_body(("plain",))
        held = Mail(
            stated_in(message),
            body_text(html, name) if html is not None else None,
            body_text(plain, name) if plain is not None else None,
        )
    except (
        email.errors.MessageError,
        RecursionError,
        ArithmeticError,
        LookupError,
        ValueError,
        AttributeError,
        TypeError,
    ) as error:
        # The parser of headers raises whatever a broken one leads it to.
        raise SourceError(f"{name} is a damaged mail ({error}); save its text as .txt") from error
    if not (held.html or held.text):
        raise SourceError(f"{name} has no text: neither an HTML part nor a plain one")
    return held


def body_text(part: MIMEPart, name: str) -> str:
    """The text of a part, by the charset that it states and what its bytes show."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = decoded(data, name, part.get_content_charset()).text
    if part.get_content_type() == "text/plain":
        return reflowed(flowed(text)) if part.get_param("format") == "flowed" else text
    return text


def flowed(text: str) -> list[str]:
    """The lines of a text whose paragraphs are broken by a blank before the end of the line (RFC 3676)."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on:
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- "
    return lines


def stated_in(message: EmailMessage) -> Given:
    """What the header states."""
    identity = MESSAGE_ID.search(header(message, "Message-ID"))
    sender, address = email.utils.parseaddr(header(message, "From"))
    return Given(
        id=f"mid:{identity[1]}" if identity else None,
        title=header(message, "Subject") or None,
        outlet=sender or address.partition("@")[2] or None,
        published=published_in(header(message, "Date")),
    )


def header(message: EmailMessage, name: str) -> str:
    """The value of a header on one line; empty when there is none, or when it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (email.errors.MessageError, ArithmeticError, ValueError, IndexError, AttributeError, TypeError):
        return ""


def published_in(value: str) -> Publication | None:
    """The day that a Date header names; None when it is none."""
    try:
        found = publication_given(value)
    except ValueError:
        return None
    return msgspec.structs.replace(found, basis=PublishedBasis.HEADER, detail="the mail's Date header")
