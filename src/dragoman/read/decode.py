"""Which characters do a file's bytes stand for?

The order of trust: a byte-order mark; UTF-8 when the bytes are valid UTF-8 with at least one multi-byte sequence,
whatever a page declares (pages that declare Latin-1 and send UTF-8 are common, the reverse accident is next to
impossible); the declared charset; then Windows-1252, and Latin-1 where the bytes use its holes. Statistical guessing is
not used: it takes cp1252 news for Central European code pages.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from dragoman.errors import SourceError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMATS = (
    (b"%PDF-", "a PDF; give it the ending .pdf and add that"),
    (b"PK\x03\x04", "an archive or an office document; give it its ending (.zip, .docx), or save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save its text as .txt"),
    (b"\x1f\x8b", "compressed with gzip; give it the ending .gz, or decompress it first"),
    (b"SQLite format 3\x00", "a database; a book is opened with --book, not added"),
    (b"\x89PNG", "a picture; Dragoman reads text"),
    (b"\xff\xd8\xff", "a picture; Dragoman reads text"),
    (b"GIF8", "a picture; Dragoman reads text"),
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
DECLARED_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
HOLES = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that Windows-1252 does not define
SAMPLE = 4096
# A UTF-8 file cut or pasted together has a few broken bytes among many good sequences; Windows-1252 has no good ones.
GOOD_PER_BROKEN = 5


class Decoded(msgspec.Struct, frozen=True):
    """A text and the encoding it was read in; ``replaced`` counts the bytes that no character stands for."""

    text: str
    encoding: str
    replaced: int = 0


def decoded(data: bytes, name: str, charset: str | None = None) -> Decoded:
    """The text of a file, newlines as LF; ``charset`` is what a server said, and goes before what the page declares.

    Raises SourceError when the bytes are no text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return strictly(data, encoding, name)
    refuse_formats(data, name)
    if b"\x00" in data[:SAMPLE]:
        return strictly(data, wide_encoding(data, name), name)
    if b"\x00" in data:
        raise SourceError(f"{name} is binary (it holds NUL bytes); Dragoman reads text and HTML")
    return eight_bit(data, usable(charset) if charset else None)


def refuse_formats(data: bytes, name: str) -> None:
    """Raise SourceError when the first bytes are those of a known format that is not text."""
    for start, what in FORMATS:
        if data.startswith(start):
            raise SourceError(f"{name} is {what}")


def wide_encoding(data: bytes, name: str) -> str:
    """UTF-16 without a byte-order mark shows in where the NUL bytes stand. Raises SourceError for binary data."""
    sample = data[:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    raise SourceError(f"{name} is binary (it holds NUL bytes); Dragoman reads text and HTML")


def strictly(data: bytes, encoding: str, name: str) -> Decoded:
    """The text in an encoding that is known. Raises SourceError where the bytes break it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} says it is {encoding} and is not (byte {error.start}); save it again as UTF-8"
        ) from error
    if "\x00" in text:
        raise SourceError(f"{name} is binary (it holds NUL characters); Dragoman reads text and HTML")
    return Decoded(lines_as_lf(text), encoding)


def eight_bit(data: bytes, charset: str | None = None) -> Decoded:
    """The text of bytes without NUL and without a byte-order mark; every byte string has one."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        declared = (charset or declared_encoding(data)) if data.isascii() else None
        if declared and declared.startswith(("iso-2022", "hz", "utf-7")):  # these hide other scripts in ASCII bytes
            text = data.decode(declared, errors="replace")
        return Decoded(lines_as_lf(text), "utf-8")
    return legacy(data, charset)


def legacy(data: bytes, charset: str | None = None) -> Decoded:
    """The text of bytes that are not valid UTF-8: damaged UTF-8, the declared charset, cp1252 or Latin-1."""
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("�")
    good = sum(1 for character in lenient if character > "\x7f") - broken
    if good >= GOOD_PER_BROKEN * broken:
        return Decoded(lines_as_lf(lenient), "utf-8", broken)
    declared = charset or declared_encoding(data)
    if declared and declared != "utf-8":
        text = data.decode(declared, errors="replace")
        return Decoded(lines_as_lf(text), declared, text.count("�"))
    encoding = "latin-1" if HOLES.search(data) else "cp1252"
    return Decoded(lines_as_lf(data.decode(encoding)), encoding)


def declared_encoding(data: bytes) -> str | None:
    """The charset that a page declares, as Python names it; Latin-1 means cp1252 there, as browsers hold."""
    match = DECLARED_XML.match(data[:SAMPLE]) or DECLARED.search(data[:SAMPLE])
    if not match:
        return None
    return usable(match[1].decode("ascii"))


def usable(charset: str) -> str | None:
    """The charset as Python names it; None for one that is unknown, or says no more than cp1252 does."""
    try:
        name = codecs.lookup(charset.strip("\"' ")).name
        b"".decode(name)
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii", "cp1252"):
        return None
    return None if name.startswith(("utf-16", "utf-32")) else name


def lines_as_lf(text: str) -> str:
    """The text with CRLF and CR written as LF: the only change a stored text ever sees."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
