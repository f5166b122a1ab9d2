"""What does a value mean that a person writes for a field of an entry or of a mention?"""

from __future__ import annotations

import calendar
import datetime
import re
import types
import typing
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache

import msgspec

from dragoman.errors import WrongCorrection
from dragoman.lexicon.load import load_lexicon
from dragoman.record.corrections import Change
from dragoman.record.entries import Entry, EntryParticipant
from dragoman.record.mentions import Mention, Participant
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

RULE = "correction"
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
WHO = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<party>[A-Z0-9]+)\))?")
BOOKS_OWN = {
    *(field.name for field in msgspec.structs.fields(Entry)),
    *(field.name for field in msgspec.structs.fields(Mention)),
    "readouts",
}
PARTIES = frozenset(
    {
        "parties",
        "party",
        "issuer",
        "imposer",
        "actors",
        "targets",
        "who",
        "beneficiary",
        "asserted_party",
        "denied_party",
    }
)
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
Struct = type[msgspec.Struct]


@cache
def editable(record: Struct) -> dict[str, typing.Any]:
    """The fields of a record that a person may set, with their types; what the book itself fills in is not among them."""
    fields = {field.name: field.type for field in msgspec.structs.fields(record) if field.name not in BOOKS_OWN}
    return {name: type_ for name, type_ in fields.items() if not is_derived(type_)}


def is_derived(type_: typing.Any) -> bool:
    """Whether values of a type come from mentions and lead back to them: steps, variants, points, spans."""
    inner = [part for part in every_type(type_) if isinstance(part, type) and issubclass(part, msgspec.Struct)]
    return any(part not in (When, EntryParticipant, Participant) for part in inner)


def every_type(type_: typing.Any) -> Iterator[typing.Any]:
    """A type and the types inside it."""
    yield type_
    for part in typing.get_args(type_):
        yield from every_type(part)


def values_of(record: Struct, changes: Sequence[Change]) -> dict[str, object]:
    """The values that the changes give to a record's fields. Raises WrongCorrection for a field or value that is none."""
    return {change.field: value_of(record, change) for change in changes}


def value_of(record: Struct, change: Change) -> object:
    """The value that one change gives. Raises WrongCorrection."""
    fields = editable(record)
    if change.field not in fields:
        raise WrongCorrection(f"{change.field}: no such value here; there are {', '.join(sorted(fields))}")
    try:
        value = parsed(fields[change.field], change.value)
        return checked(change.field, value)
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        raise WrongCorrection(f"{change.field}: {change.value!r} cannot be taken: {error}") from error


def parsed(type_: typing.Any, text: str | None) -> object:
    """The value of a type that a text writes. Raises ValueError."""
    allowed = set(typing.get_args(type_)) if isinstance(type_, types.UnionType) else {type_}
    if text is None:
        return unknown(type_, allowed)
    text = text.strip()
    if When in allowed:
        return when_of(text)
    if bool in allowed:
        return truth_of(text)
    if typing.get_origin(type_) is tuple:
        return items_of(type_, text)
    for each in allowed:
        if isinstance(each, type) and issubclass(each, Enum):
            return each(text.lower().replace(" ", "_").replace("-", "_"))
    if str in allowed:
        return text
    return msgspec.convert(text, type_, strict=False)


def unknown(type_: typing.Any, allowed: set[typing.Any]) -> object:
    """The value of a type that says that nothing is known."""
    if type(None) in allowed:
        return None
    if When in allowed:
        return UNKNOWN_WHEN
    if typing.get_origin(type_) is tuple:
        return ()
    raise ValueError("this value cannot be left open")


def truth_of(text: str) -> bool:
    """Yes or no."""
    if text.lower() not in (*YES, *NO):
        raise ValueError("write yes or no")
    return text.lower() in YES


def items_of(type_: typing.Any, text: str) -> object:
    """The items of a list: JSON, participants, or words between commas."""
    if text.startswith("["):
        return msgspec.json.decode(text, type=type_)
    item = typing.get_args(type_)[0]
    if item in (EntryParticipant, Participant):
        return tuple(somebody(item, part) for part in text.split(";") if part.strip())
    return msgspec.convert([part.strip() for part in text.split(",") if part.strip()], type_)


def somebody(record: Struct, text: str) -> object:
    """A participant written ``Name (PARTY)``."""
    found = WHO.fullmatch(text.strip())
    if not found:
        raise ValueError("write participants as Name (PARTY); Name (PARTY)")
    return record(**found.groupdict())


def checked(field: str, value: object) -> object:
    """The value, whose parties must be known codes. Raises ValueError."""
    if field not in PARTIES:
        return value
    for code in value if isinstance(value, tuple) else (value,):
        if code is not None and code not in load_lexicon().parties:
            raise ValueError(f"{code!r} is no code of a party, such as IND or EU")
    return tuple(sorted(value)) if field == "parties" and isinstance(value, tuple) else value


def when_of(text: str) -> When:
    """A day, a month, a year, or an interval of two of them with ``..`` between. Raises ValueError."""
    first, dots, last = text.partition("..")
    start, end = days_of(first.strip()), days_of(last.strip() if dots else first.strip())
    if start[0] > end[1]:
        raise ValueError("the interval ends before it begins")
    precision = Precision.INTERVAL if dots else PRECISION[first.count("-")]
    return When(start=start[0], end=end[1], precision=precision, basis=Basis.CORRECTED, rule=RULE)


PRECISION = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def days_of(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, a month or a year."""
    found = DAY.fullmatch(text)
    if not found:
        raise ValueError("write a date as 2025-05-28, 2025-05 or 2025, an interval with .. between two of these")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    first = datetime.date(year, month or 1, day or 1)
    if day:
        return first, first
    last = month or 12
    return first, datetime.date(year, last, calendar.monthrange(year, last)[1])
