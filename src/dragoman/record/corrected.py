"""What did a person decide about an entry, as the entry itself shows it?"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec


class Action(StrEnum):
    """What a person can do to the entries of a book."""

    CONFIRM = "confirm"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    EDIT = "edit"
    ADD = "add"


class Corrected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One correction of an entry; ``field`` and ``was`` are the value edited and what the texts gave instead."""

    correction: str  # its id
    action: Action
    by: str
    on: datetime.date
    why: str = ""
    field: str = ""
    was: str = ""
