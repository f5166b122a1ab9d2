"""How large may what is read be, and what is left unread for being larger?

A container is never unpacked to disk and never held whole: its members are read one by one, each up to the size of the
longest document. What compression can hide is bounded three ways: in bytes, as a multiple of the container's own size,
and in how deep containers may lie in each other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from dragoman.errors import SourceError

# A document is read whole into memory; the longest treaty is well under a tenth of this.
LARGEST = 10_000_000  # bytes
LARGEST_FILE = 60_000_000  # bytes of a PDF, a mail or a saved page, where pictures weigh more than words
LARGEST_NESTED = 100_000_000  # bytes of a container inside another, which is held in memory
DEEPEST = 3  # containers in each other: a zip of mail folders in a zip
# News pages of one site compress to a twentieth, the same page a thousand times over to a two-hundredth.
HIGHEST_RATIO = 250
ALWAYS_ALLOWED = 256_000_000  # bytes that a container may unpack to whatever its ratio
MOST_MEMBERS = 5_000_000
CHUNK = 1 << 20


class Budget:
    """What one container, with all that lies in it, may still unpack to."""

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.allowed = max(ALWAYS_ALLOWED, HIGHEST_RATIO * size)
        self.left = self.allowed
        self.members = MOST_MEMBERS

    def spend(self, size: int) -> None:
        """Take so many unpacked bytes. Raises SourceError when the container unpacks to more than it may."""
        self.left -= size
        if self.left < 0:
            raise SourceError(
                f"{self.name} unpacks to more than {self.allowed / 1e6:.0f} MB, {HIGHEST_RATIO} times its size: that is"
                " how a zip bomb is made; if it is none, unpack it and add the folder"
            )

    def again(self) -> Budget:
        """What is left, for reading the same once more."""
        twin = Budget(self.name, 0)
        twin.allowed, twin.left, twin.members = self.allowed, self.left, self.members
        return twin

    def count(self) -> None:
        """Take one member. Raises SourceError when there are more than any collection has."""
        self.members -= 1
        if self.members < 0:
            raise SourceError(f"{self.name} has more than {MOST_MEMBERS} members; unpack it and add its folders")


class Metered(io.RawIOBase):
    """A stream that is being unpacked, read within a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self.stream = stream
        self.budget = budget

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer. Raises SourceError when the budget is spent, OSError or EOFError where the stream breaks."""
        data = self.stream.read(min(len(buffer), CHUNK))
        self.budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


class Readable(Protocol):
    """What gives so many bytes when asked."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, and none at the end."""
        ...


PICTURED = (".pdf", ".docx", ".eml", ".mhtml", ".mht", ".html", ".htm", ".xhtml")


def largest_of(name: str) -> int:
    """The bytes that a document of that name may have; the text in it is bounded by LARGEST all the same."""
    return LARGEST_FILE if name.casefold().endswith(PICTURED) else LARGEST


def bounded(stream: Readable, name: str, largest: int = LARGEST) -> bytes:
    """The rest of a stream. Raises SourceError when it is more than a document may have."""
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise too_large(name, None, largest)
    return data


def too_large(name: str, size: int | None, largest: int = LARGEST) -> SourceError:
    """The error for a document that is larger than any."""
    has = f"has {size / 1e6:.0f} MB, more than" if size else "is larger than"
    return SourceError(
        f"{name} {has} the {largest / 1e6:.0f} MB of the longest document; split a collection into one file a document,"
        " or name its files in a manifest"
    )


def lines_of(stream: BinaryIO, largest: int = LARGEST) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their offsets, without a byte-order mark; None for a line longer than any document."""
    at = 0
    while line := stream.readline(largest + 1):
        start, at = at, at + len(line)
        if len(line) > largest and not line.endswith(b"\n"):
            while more := stream.readline(CHUNK):
                at += len(more)
                if more.endswith(b"\n"):
                    break
            yield start, None
        elif start == 0 and line.startswith(b"\xef\xbb\xbf"):
            yield 3, line[3:]
        else:
            yield start, line
