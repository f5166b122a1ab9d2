"""Which articles does an export of a newspaper database hold?

Databases such as Factiva, Nexis and ProQuest give researchers one text file with many articles: a line that separates
them ("Document 3 of 50", "End of Document", a rule, an accession number), lines of facts under labels ("Headline:",
"PD  12 May 2025"), and the body. Facts without labels are recognised by what they are: the headline comes first, a date is
a date, what stands beside them is the newspaper. A text is taken for an export when two of these signs stand in it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import msgspec

from dragoman.read.given import URL, Given
from dragoman.read.published import publication_given
from dragoman.record.document import Publication, PublishedBasis

SEPARATOR = re.compile(
    r"\s*(?:(?:Document\s+)?\d{1,5}\s+of\s+\d{1,5}(?:\s+DOCUMENTS?)?|End of Document|[_=*-]{20,}"
    r"|Document\s+(?P<id>[A-Z]{2,10}\d{6,}\w{2,20}))\s*",
)
SURE = re.compile(
    r"^[ \t]*(?:(?:Document )?\d{1,5} of \d{1,5}(?: DOCUMENTS?)?|End of Document|Document [A-Z]{2,10}\d{6,}\w{2,20})[ \t]*$",
    re.MULTILINE,
)
LABELLED = re.compile(r"\s{0,40}(?P<label>[A-Za-z][A-Za-z/ -]{1,30}?)\s?:(?:\s+(?P<value>.*)|\s*$)")
CODED = re.compile(r"(?P<label>[A-Z]{2,3})(?:\s{1,6}(?P<value>.*)|$)")
BARE_BODY = re.compile(r"\s*(?:Body|Full text)\s*", re.IGNORECASE)
WORD_COUNT = re.compile(r"\s*[\d,]{1,9} words\s*", re.IGNORECASE)
RIGHTS = re.compile(r"\s*(?:copyright\b|\(c\)|©|all rights reserved)", re.IGNORECASE)
CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s+[A-Z]{2,5})?\s*", re.IGNORECASE)
WEEKDAY = re.compile(r"[,\s]+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$", re.IGNORECASE)
SHORT_LINE = 120
LEAD_LINES = 12  # in which a database's facts without labels stand
CODES = frozenset({"HD", "PD", "SN", "LP", "TD", "WC", "AN", "LA"})  # of which three make a block coded
HEAD = 6000  # characters in which an export shows itself


class Article(msgspec.Struct, frozen=True):
    """An article of an export: what its labels state, and its body."""

    given: Given
    text: str


class Block:
    """An article while its lines are read."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.loose: list[str] = []  # lines before any label

    def add(self, column: str, value: str) -> None:
        """A line of a field; of a fact that is stated twice the first counts."""
        self.fields.setdefault(column, []).append(value)

    def text(self) -> str:
        """The body with its lead, as the lines stand."""
        lines = [*self.fields.get("lead", []), *self.fields.get("text", [])]
        return "\n".join(line.strip() for line in lines).strip("\n")

    def value(self, column: str) -> str | None:
        """The value of a fact on one line."""
        return " ".join(" ".join(self.fields.get(column, [])).split()) or None


@functools.cache
def columns() -> dict[str, str]:
    """What each label states."""
    text = files("dragoman.read").joinpath("data/database_labels.toml").read_text(encoding="utf-8")
    held = msgspec.convert(tomllib.loads(text)["labels"], dict[str, tuple[str, ...]])
    return {label: column for column, labels in held.items() for label in labels}


def is_export(head: str) -> bool:
    """Whether the beginning of a text shows a separator that only databases write, and facts under labels."""
    head = head[:HEAD]
    lines = head.split("\n")
    if len({line[:2] for line in lines if line[:3].strip() in CODES}) >= 4:
        return True
    if not SURE.search(head):
        return False
    facts = {column for line in lines if (column := label_of(line, False)[0]) and column != "text"}
    return len(facts) >= 2 or any(map(WORD_COUNT.fullmatch, lines))


def articles_in(text: str) -> Iterator[Article]:
    """The articles of an export in order; stretches without a body are passed over."""
    for lines, identity in blocks_of(text):
        coded = len({line[:2] for line in lines} & CODES) >= 3
        block = read_block(lines, coded)
        body = block.text()
        if len(body.split()) >= 5:
            yield Article(given_of(block, identity), body)


def blocks_of(text: str) -> Iterator[tuple[list[str], str | None]]:
    """The lines between separators, with the accession number that closes them."""
    lines: list[str] = []
    for line in text.split("\n"):
        match = SEPARATOR.fullmatch(line) if len(line) <= SHORT_LINE else None
        if match is None:
            lines.append(line)
            continue
        if any(line.strip() for line in lines):
            yield lines, match["id"]
        lines = []
    if any(line.strip() for line in lines):
        yield lines, None


def label_of(line: str, coded: bool) -> tuple[str | None, str]:
    """What a line states and its value; None for a line without a known label."""
    match = (CODED if coded else LABELLED).fullmatch(line) if len(line) < 20_000 else None
    if match is None:
        return None, line
    return columns().get(match["label"].strip().casefold()), match["value"] or ""


def read_block(lines: list[str], coded: bool) -> Block:
    """The fields of a block; what precedes the first label is sorted by what it is."""
    block = Block()
    present: str | None = None
    for line in lines:
        column, value = label_of(line, coded)
        closing = present in ("text", "lead") and column in ("text", "lead", None)
        if BARE_BODY.fullmatch(line) and present not in ("text", "lead"):
            present = "text"
        elif column is not None and not (present == "text" and not coded and not is_tail(column)):
            present = column
            if column not in block.fields or column in ("text", "lead"):
                block.add(column, value)
        elif present is None:
            block.loose.append(line)
        elif closing or line.strip():
            block.add(present, line)
        elif not coded and present not in ("text", "lead"):
            present = None if "text" not in block.fields else present
    sort_loose(block)
    return block


def is_tail(column: str) -> bool:
    """Whether a label may follow the body without being a word of it: facts do, sections of prose do not."""
    return column in ("published", "id", "url", "passed_over", "outlet")


def sort_loose(block: Block) -> None:
    """Give the lines without a label their place: title, outlet, date, and the body when nothing named it."""
    lines = list(block.loose)
    if "text" not in block.fields:
        start = end_of_lead(lines)
        block.fields["text"] = lines[start:]
        lines = lines[:start]
    plain = [line.strip() for line in lines if line.strip() and not is_furniture(line)]
    dates = [line for line in plain if day_of(line)]
    names = [line for line in plain if line not in dates and len(line) <= 2 * SHORT_LINE]
    if dates:
        block.fields.setdefault("published", [dates[0]])
    if names and "title" not in block.fields:
        block.fields["title"] = [names.pop(0)]
    if names:
        block.fields.setdefault("outlet", [names[0]])


def end_of_lead(lines: list[str]) -> int:
    """Where the body begins in a block without labels: after the line of rights, else after the first date."""
    filled = [number for number, line in enumerate(lines) if line.strip()][:LEAD_LINES]
    rights = [number for number in filled if RIGHTS.match(lines[number])]
    dates = [number for number in filled if day_of(lines[number])]
    return (rights or dates or [-1])[-1 if rights else 0] + 1


def is_furniture(line: str) -> bool:
    """Whether a line is a count of words, a time of day or a line of rights."""
    return bool(WORD_COUNT.fullmatch(line) or CLOCK.fullmatch(line) or RIGHTS.match(line))


def day_of(line: str) -> Publication | None:
    """The day that a line names and nothing else."""
    plain = WEEKDAY.sub("", line.strip())
    if not plain or len(plain) > 40 or plain.isdecimal():
        return None
    try:
        found = publication_given(plain)
    except ValueError:
        return None
    return msgspec.structs.replace(found, basis=PublishedBasis.HEADER, detail="the database's date")


def given_of(block: Block, identity: str | None) -> Given:
    """What a block states of its article."""
    url = block.value("url")
    published = block.value("published")
    return Given(
        id=block.value("id") or identity,
        url=url if url and URL.fullmatch(url) else None,
        outlet=block.value("outlet"),
        title=block.value("title"),
        published=day_of(published) if published else None,
    )
