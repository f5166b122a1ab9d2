"""How are days, persons and parties put into words for a reader?"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from functools import cache

from dragoman.lexicon.load import load_lexicon
from dragoman.record.entries import Engagement, EntryParticipant
from dragoman.record.mentions import EngagementKind
from dragoman.record.when import Precision, When

SHORT_NAMES = {"USA": "US", "GBR": "UK", "ARE": "UAE", "KOR": "South Korea", "PRK": "North Korea", "RUS": "Russia"}
SUFFIXES = frozenset({"ii", "iii", "iv", "jr", "sr"})
# Where a text may write the family name first or last, and which it did cannot be told from the name alone.
FAMILY_FIRST = frozenset({"CHN", "HUN", "JPN", "KHM", "KOR", "PRK", "TWN", "VNM"})
KIND_WORDS = {
    EngagementKind.MEETING: "Meeting",
    EngagementKind.CALL: "Call",
    EngagementKind.VIRTUAL: "Virtual meeting",
    EngagementKind.VISIT: "Visit",
    EngagementKind.SUMMIT: "Summit",
    EngagementKind.CONSULTATION: "Consultations",
    EngagementKind.NEGOTIATION_ROUND: "Round of talks",
    EngagementKind.LETTER: "Letter",
}


@cache
def party_names() -> dict[str, str]:
    """Display names of all parties by code."""
    return {code: party.name for code, party in load_lexicon().parties.items()}


def party_name(code: str) -> str:
    """A party's name for a heading: "United States"; the code itself where there is none."""
    return party_names().get(code, code)


def party_word(code: str) -> str:
    """A party's shortest usual name: "US"."""
    return SHORT_NAMES.get(code) or party_name(code)


def day_words(day: datetime.date | None) -> str:
    """A day as "28 Mar 2025"."""
    return f"{day.day} {day:%b %Y}" if day else "unknown"


def when_words(when: When) -> str:
    """An interval in as few words as say it: a day, a month, a season, a range, "by" or "after" a day, or "undated"."""
    start, end = when.start, when.end
    if start is None and end is None:
        return "undated"
    if start is None or end is None:
        return f"by {day_words(end)}" if start is None else f"after {day_words(start)}"
    if start == end:
        return day_words(start)
    if when.precision is Precision.MONTH:
        return f"{start:%b %Y}"
    if when.precision is Precision.YEAR:
        return f"{start.year}"
    return range_words(start, end)


def range_words(start: datetime.date, end: datetime.date) -> str:
    """Two days with what they share said once: "25–29 Mar 2025"."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    if start.year == end.year:
        return f"{start.day} {start:%b} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def participant_words(participant: EntryParticipant) -> str:
    """A participant as "Marco Rubio, Secretary of State"; a group by its words and number."""
    name = participant.name or participant.group or ""
    if not name:
        return party_word(participant.party or "")
    return f"{name}, {participant.office}" if participant.office else name


def surname(name: str, party: str | None = None) -> str:
    """The last word of a name, a suffix such as "III" or "Jr." left off; the whole name where families come first."""
    if party in FAMILY_FIRST:
        return name
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".").casefold() in SUFFIXES:
        words.pop()
    return words[-1].rstrip(",") if words else name


def who_words(engagement: Engagement) -> str:
    """An engagement's named participants by surname, one side after the other; its parties when none is named."""
    sides: dict[str, list[str]] = {}
    for participant in engagement.participants:
        if participant.name:
            sides.setdefault(participant.party or "", []).append(surname(participant.name, participant.party))
    if not sides:
        return " – ".join(party_word(code) for code in engagement.parties)
    named = [joined(names) for names in sides.values()]
    missing = [party_word(code) for code in engagement.parties if code not in sides] if len(sides) < 2 else []
    return " – ".join(named + missing)


def where_words(engagement: Engagement) -> str:
    """Place, mechanism and sidelines: "Kuala Lumpur, on the sidelines of the ASEAN summit"."""
    place = engagement.place or (party_name(engagement.country) if engagement.country else "")
    mechanism = " ".join(part for part in (engagement.edition, engagement.mechanism) if part)
    if mechanism and engagement.sidelines:
        bare = mechanism.removesuffix(" (sidelines)")
        mechanism = f"on the sidelines of {'' if bare.startswith(('the ', 'The ')) else 'the '}{bare}"
    return ", ".join(part for part in (place, mechanism) if part)


def joined(names: Sequence[str]) -> str:
    """Names as "A", "A and B" or "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def topic_words(topics: Sequence[str]) -> str:
    """Topics for a reader: "regional stability, trade"."""
    return ", ".join(topic.replace("_", " ") for topic in topics)


def hanging(text: str, width: int, first: int, rest: int) -> list[str]:
    """Text wrapped at the width, the first line indented by ``first`` columns and the others by ``rest``."""
    return textwrap.wrap(
        text, width, initial_indent=" " * first, subsequent_indent=" " * rest, break_long_words=False
    ) or [""]
