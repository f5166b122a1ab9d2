"""How does a page say what the book writes for programs? Days in words, addresses by their last part, a few of many names."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

from dragoman.show.words import day_words

DAYS = re.compile(r"\b(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d|\d\d))?\b|\b(\d{4}-(?:0[1-9]|1[0-2]))\b")


def readable(text: str) -> str:
    """Days that the book writes as 2025-05-27/29 or 2025-06, as a reader of pages says them: 27–29 May 2025, Jun 2025."""
    return DAYS.sub(lambda found: said_days(found[1], found[2], found[3]), text)


def said_days(first: str | None, last: str | None, month: str | None) -> str:
    """A day, a run of days or a month in words; what is no day stays as it is."""
    try:
        if month or first is None:
            return f"{datetime.date.fromisoformat(f'{month}-01'):%b %Y}"
        start = datetime.date.fromisoformat(first)
        if last is None:
            return day_words(start)
        end = datetime.date.fromisoformat(last if len(last) > 2 else f"{first[:8]}{last}")
    except ValueError:
        return month or (f"{first}/{last}" if last else str(first))
    same = (start.year, start.month) == (end.year, end.month)
    return f"{start.day}–{day_words(end)}" if same else f"{day_words(start)} – {day_words(end)}"


def few(names: str, most: int = 3) -> str:
    """Names that are parted by semicolons, the first of them where they are many, with how many more there are."""
    held = names.split("; ")
    return names if len(held) <= most + 1 else f"{'; '.join(held[:most])} and {len(held) - most} more"


def source_word(identity: str) -> str:
    """A document's id as it is, and of one that is an address the host and the last part of its path."""
    if not identity.startswith(("http://", "https://")):
        return identity
    whole = urlsplit(identity)
    last = [part for part in whole.path.split("/") if part][-1:]
    return ": ".join(
        [whole.netloc.removeprefix("www."), *(part if len(part) <= 48 else f"{part[:47]}…" for part in last)]
    )
