"""How is a language model asked, at an OpenAI-compatible address that the user names?

The address is the user's own choice: it may be this machine. The text of a document goes there, and nowhere else; no
redirect is followed. A key is taken from ``DRAGOMAN_CHAT_KEY`` and never written anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import httpx
import msgspec

from dragoman.errors import AnnotatorError

KEY = "DRAGOMAN_CHAT_KEY"
PATIENCE = 120.0  # seconds for one answer
LARGEST_ANSWER = 2_000_000  # bytes


class Message(msgspec.Struct, frozen=True):
    """One turn of a conversation: ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


class Choice(msgspec.Struct, frozen=True):
    """One of the answers."""

    message: Message


class Answer(msgspec.Struct, frozen=True):
    """What such a server answers, as far as it is read."""

    choices: tuple[Choice, ...]


def chat(address: str, model: str, messages: Sequence[Message], patience: float = PATIENCE) -> str:
    """The model's words. ``address`` is that of the API, with or without ``/v1``. Raises AnnotatorError."""
    url = completions_of(address)
    asked = {"model": model, "temperature": 0, "messages": msgspec.to_builtins(list(messages))}
    key = os.environ.get(KEY)
    headers = {"authorization": f"Bearer {key}"} if key else {}
    try:
        with (
            httpx.Client(timeout=patience, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, json=asked, headers=headers) as response,
        ):
            data = read_whole(response, url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AnnotatorError(
            f"{url}: no answer ({error or type(error).__name__}); is the model running there?"
        ) from error
    try:
        return msgspec.json.decode(data, type=Answer).choices[0].message.content
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError) as error:
        raise AnnotatorError(f"{url}: this is no chat completion ({error}); give the address of the API") from error


def read_whole(response: httpx.Response, url: str) -> bytes:
    """The body of an answer. Raises AnnotatorError for an error of the server, and for an endless answer."""
    if response.status_code != 200:
        raise AnnotatorError(
            f"{url}: the server answers {response.status_code}; check the address, the model and {KEY}"
        )
    data = b""
    for part in response.iter_bytes():
        data += part
        if len(data) > LARGEST_ANSWER:
            raise AnnotatorError(f"{url}: the answer is longer than {LARGEST_ANSWER} bytes")
    return data


def completions_of(address: str) -> str:
    """Where completions are asked for."""
    base = address.rstrip("/")
    if base.endswith("/chat/completions"):
        return base
    return f"{base}/chat/completions" if base.endswith("/v1") else f"{base}/v1/chat/completions"
