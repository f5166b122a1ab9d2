"""How are changes sent: to a file, a webhook, a mailbox?"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import httpcore
import httpx
import msgspec

from dragoman.read.web.addresses import CheckedTransport
from dragoman.read.web.watchlist import Mail, Tell

PATIENCE = 20.0  # seconds


class Message(msgspec.Struct, frozen=True):
    """What is told: a heading, and the changes as text."""

    heading: str
    text: str


def told(tell: Tell, message: Message, already: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Send a message to every place that is set and was not told already: the place, and a complaint when it failed."""
    mail = tell.mail
    ways: dict[str, Callable[[], None]] = {
        "file": lambda: to_file(Path(tell.file), message),
        "webhook": lambda: to_webhook(tell.webhook, message),
        "mail": lambda: to_mailbox(mail, message) if mail else None,
    }
    for way in tell.ways:
        if way in already:
            continue
        try:
            ways[way]()
        except (
            OSError,
            httpx.HTTPError,
            httpcore.NetworkError,
            httpcore.TimeoutException,
            smtplib.SMTPException,
        ) as error:
            yield way, f"changes could not be sent by {way} ({error}); they are sent with the next round"
        else:
            yield way, ""


def to_file(path: Path, message: Message) -> None:
    """Add a message to the end of a file. Raises OSError."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{message.heading}\n\n{message.text}\n")


def to_webhook(url: str, message: Message) -> None:
    """Post a message as JSON to an address that the user chose; redirects are not followed. Raises HTTPError."""
    transport = CheckedTransport(allow_private=True)
    with httpx.Client(transport=transport, timeout=PATIENCE, trust_env=False) as client:
        response = client.post(url, json=msgspec.to_builtins(message))
        if not response.is_success:
            raise httpx.HTTPError(f"it answers {response.status_code}")


def to_mailbox(mail: Mail, message: Message) -> None:
    """Send a message as a mail. Raises SMTPException or OSError."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = mail.from_, ", ".join(mail.to), message.heading
    letter.set_content(message.text)
    context = ssl.create_default_context()
    kind = smtplib.SMTP_SSL if mail.encryption == "tls" else smtplib.SMTP
    with kind(mail.server, mail.port, timeout=PATIENCE) as server:
        if mail.encryption == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_env, ""))
        server.send_message(letter)
