"""What do manifests state about members of containers, and which member does a fact belong to?

A manifest may lie beside a container or in it. What it states of a member goes before what the member says of itself; what
it states of a container in a container, or of a database's export, is stated of all in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import msgspec

from dragoman.errors import SourceError
from dragoman.read.containers import MARK
from dragoman.read.given import NOTHING, Given
from dragoman.read.source import Found, Refusal, Source, refusal

MANIFEST = "manifest"
TABLE_NAMES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})


def is_manifest(name: str) -> bool:
    """Whether a name is that of a manifest, which speaks for the files beside it."""
    path = PurePath(name)
    return path.stem.casefold() == MANIFEST and path.suffix.casefold() in TABLE_NAMES


def states_only(found: Found) -> bool:
    """Whether a source holds nothing but facts about a member of a container."""
    return isinstance(found, Source) and not (found.path or found.text or found.html or found.part)


def with_facts(found: Found, facts: Given) -> Found:
    """A source with what a manifest states about it, which goes before what its container does."""
    if not isinstance(found, Source) or facts is NOTHING:
        return found
    return msgspec.structs.replace(found, given=facts.over(found.given))


class Facts:
    """What manifests state, by the name of the member."""

    def __init__(self) -> None:
        self.held: dict[str, Given] = {}
        self.used: set[str] = set()

    @classmethod
    def about(cls, name: str) -> Facts:
        """Facts that ask for a member and state nothing of it."""
        facts = cls()
        facts.held[name] = NOTHING
        return facts

    def add(self, found: Found) -> bool:
        """Keep a source that only states facts; whether it was one."""
        if not isinstance(found, Source) or not states_only(found):
            return False
        self.held[found.name] = found.given
        return True

    def name_for(self, name: str) -> str | None:
        """The name under which something is stated about a member: its own, else that of what it lies in."""
        while self.held and name not in self.held and MARK in name:
            name = name.rpartition(MARK)[0]
        return name if name in self.held else None

    def stated(self, found: Found) -> Found:
        """What was found with what is stated about it, or about what it lies in."""
        name = self.name_for(found.name)
        if name is None:
            return found
        self.used.add(name)
        given = self.held[name]
        return with_facts(found, given if name == found.name else shared(given, found))

    def missing(self) -> Iterator[Refusal]:
        """A refusal for each member that nothing was found for."""
        for name in self.held:
            if name not in self.used:
                container, _, member = name.rpartition(MARK)
                yield refusal(
                    name, SourceError(f"{container} has no member {member}; correct its name in the manifest")
                )


def shared(given: Given, found: Found) -> Given:
    """What is stated of a whole, for one document in it, whose own day counts."""
    own = found.given.published if isinstance(found, Source) else None
    return Given(outlet=given.outlet, published=own or given.published, kind=given.kind, issuer=given.issuer)
