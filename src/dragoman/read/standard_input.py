"""What comes in on standard input: one text or page, or JSON lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.errors import SourceError
from dragoman.read.containers import Container, found_in
from dragoman.read.given import CONTENT
from dragoman.read.limits import LARGEST_NESTED, Budget, bounded
from dragoman.read.manifest import json_fields
from dragoman.read.source import Carried, Found, Source, refusal

NAME = "standard input"


def found_in_stream(stream: BinaryIO) -> Iterator[Found]:
    """The documents of a stream; one without an id or a url is named after its own words, so that it is stored once."""
    try:
        data = bounded(stream, NAME, LARGEST_NESTED)
    except SourceError as error:
        yield refusal(NAME, error)
        return
    name = f"stdin-{hashlib.sha256(data).hexdigest()[:16]}"
    if holds_lines(data):
        yield from found_in(Container(f"{name}.jsonl", Budget(NAME, len(data)), data=data))
    else:
        yield Source(name=name, part=Carried(data))


def holds_lines(data: bytes) -> bool:
    """Whether the first line is a JSON object that holds a document."""
    first = data.lstrip()[:1]
    if first != b"{":
        return False
    try:
        fields, _ = json_fields(data.lstrip().split(b"\n", 1)[0])
    except ValueError:
        return False
    return bool(set(CONTENT) & set(fields))
