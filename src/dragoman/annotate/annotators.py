"""Which annotators are there? Two adapters of this house, and those that installed packages offer.

A package offers one under the entry point group ``dragoman.annotators``: a name, and a function that makes it.

    [project.entry-points."dragoman.annotators"]
    mine = "mypackage.dragoman:annotator"

The function is given ``Options`` and returns an ``Annotator``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points

import msgspec

from dragoman.errors import DataError, UnknownName
from dragoman.record.annotations import Annotated
from dragoman.record.document import Document
from dragoman.record.entries import EntryKind

GROUP = "dragoman.annotators"


class Options(msgspec.Struct, frozen=True):
    """What the user says of an annotator: the model it uses, and the address at which that answers."""

    model: str | None = None
    address: str | None = None


class Annotator(msgspec.Struct, frozen=True, kw_only=True):
    """A reader of the user's: its name and version, the function that reads one document, and what its labels mean.

    ``kinds`` says which of the labels stand for a kind of mention of ours, for the comparison; others are kept and not
    compared.
    """

    name: str
    version: str
    read: Callable[[Document], Annotated]
    kinds: tuple[tuple[str, EntryKind], ...] = ()


def annotator_named(name: str, options: Options) -> Annotator:
    """The annotator of that name. Raises UnknownName when there is none, DataError when what is offered is none."""
    if name in ADAPTERS:
        return ADAPTERS[name](options)
    points = entry_points(group=GROUP)
    for point in points:
        if point.name == name:
            made = point.load()(options)
            if not isinstance(made, Annotator):
                raise DataError(f"{point.value}: the entry point {name} of {GROUP} makes no dragoman.Annotator")
            return made
    known = ", ".join(sorted({*ADAPTERS, *(point.name for point in points)}))
    raise UnknownName(f"no annotator is called {name!r}; there are {known}")


def of_spacy(options: Options) -> Annotator:
    """The adapter of spaCy, loaded now."""
    from dragoman.annotate.pipeline import spacy_annotator

    return spacy_annotator(options)


def of_chat(options: Options) -> Annotator:
    """The adapter of a language model, loaded now."""
    from dragoman.annotate.model import chat_annotator

    return chat_annotator(options)


ADAPTERS: dict[str, Callable[[Options], Annotator]] = {"spacy": of_spacy, "chat": of_chat}
