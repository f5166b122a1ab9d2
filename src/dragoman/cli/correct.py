"""dragoman correct confirm|reject|merge|split|edit|add|undo|list|export|apply"""

from __future__ import annotations

import datetime
import functools
import getpass
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
import msgspec

from dragoman.book import Book
from dragoman.cli.options import Settings, opened, settings_options
from dragoman.cli.output import put, width, write, write_json
from dragoman.errors import SourceError, WrongCorrection
from dragoman.record.corrected import Action
from dragoman.record.corrections import (
    Add,
    AnyAct,
    Change,
    Confirm,
    Correction,
    CorrectionFilter,
    Edit,
    Merge,
    Reject,
    Split,
    Standing,
)
from dragoman.record.entries import EntryKind
from dragoman.record.span import Span
from dragoman.show.corrections import correction_line, correction_list

P = ParamSpec("P")
R = TypeVar("R")

BY = click.option("--by", metavar="NAME", help="Who decides; else $DRAGOMAN_USER, else your login name.")
WHY = click.option("--why", default="", metavar="TEXT", help="The reason, kept with the correction.")
SET = click.option(
    "--set", "values", multiple=True, metavar="FIELD=VALUE", help="A value; FIELD= for not known. Repeat."
)


class Signed(msgspec.Struct, frozen=True):
    """Who decides, when, and why."""

    by: str
    at: str
    why: str


def signed(command: Callable[P, R]) -> Callable[P, R]:
    """``--by`` and ``--why``; gives ``signature``."""

    @BY
    @WHY
    @functools.wraps(command)
    def with_signature(*args: P.args, **kwargs: P.kwargs) -> R:
        by, why = kwargs.pop("by"), kwargs.pop("why")
        name = str(by or os.environ.get("DRAGOMAN_USER") or getpass.getuser())
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        kwargs["signature"] = Signed(name, now, str(why))
        return command(*args, **kwargs)

    return with_signature


@click.group()
def correct() -> None:
    """Confirm, reject, merge, split, edit or add entries; undo it.

    A correction is kept with who, when and why, and holds when documents are
    read again. docs/corrections.md says how.
    """


def carried_out(settings: Settings, act: AnyAct, signature: Signed) -> None:
    """Carry out an act on the book, and say so."""
    with opened(settings) as book:
        tell(settings, book.correct(act, by=signature.by, at=signature.at, why=signature.why))


def tell(settings: Settings, correction: Correction) -> None:
    """One correction, as it stands."""
    if settings.as_json:
        write_json(correction)
    else:
        write(correction_line(correction) + "\n")


@correct.command()
@click.argument("entry", metavar="ID")
@signed
@settings_options
def confirm(entry: str, signature: Signed, settings: Settings) -> None:
    """Say that an entry is right."""
    carried_out(settings, Confirm(entry), signature)


@correct.command()
@click.argument("entry", metavar="ID")
@signed
@settings_options
def reject(entry: str, signature: Signed, settings: Settings) -> None:
    """Say that an entry is wrong: it leaves lists, searches, briefs, exports.

    "dragoman show ID" still shows it, and who rejected it.
    """
    carried_out(settings, Reject(entry), signature)


@correct.command()
@click.argument("entries", nargs=-1, required=True, metavar="ID ID...")
@signed
@settings_options
def merge(entries: tuple[str, ...], signature: Signed, settings: Settings) -> None:
    """Say that entries of one kind are one."""
    carried_out(settings, Merge(entries), signature)


@correct.command()
@click.argument("entry", metavar="ID")
@click.option("--mention", "mentions", multiple=True, metavar="ID", help="A mention to take out. Repeat.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Take out what this document says. Repeat.")
@signed
@settings_options
def split(
    entry: str, mentions: tuple[str, ...], documents: tuple[str, ...], signature: Signed, settings: Settings
) -> None:
    """Say that some mentions of an entry are another thing, together.

    "dragoman show ID --json" gives the ids of mentions.
    """
    with opened(settings) as book:
        theirs = tuple(each.id for each in book.evidence(entry) if each.document.id in documents)
    carried_out(settings, Split(entry, (*mentions, *theirs)), signature)


@correct.command()
@click.argument("entry", metavar="ID")
@SET
@signed
@settings_options
def edit(entry: str, values: tuple[str, ...], signature: Signed, settings: Settings) -> None:
    """Say that values of an entry are others.

    For instance --set place=London --set when=2025-05-28 --set duration= ;
    lists with commas, participants as "Marco Rubio (USA); David Lammy (GBR)".
    """
    carried_out(settings, Edit(entry, changes_of(values)), signature)


@correct.command()
@click.argument("document", metavar="DOCUMENT")
@click.option("--kind", type=click.Choice([str(kind) for kind in EntryKind]), required=True, help="The kind of entry.")
@click.option("--text", metavar="WORDS", help="The words that say it, exactly as in the text.")
@click.option("--span", "place", metavar="START:END", help="Or where they stand, counted in characters.")
@SET
@signed
@settings_options
def add(
    document: str,
    kind: str,
    text: str | None,
    place: str | None,
    values: tuple[str, ...],
    signature: Signed,
    settings: Settings,
) -> None:
    """Add what was missed in a document.

    For instance --kind engagement --text "met in Oslo" --set kind=meeting
    --set status=held --set "participants=Marco Rubio (USA); David Lammy (GBR)"
    """
    with opened(settings) as book:
        span = span_of(book, document, text, place)
    carried_out(settings, Add(document, span, EntryKind(kind), changes_of(values)), signature)


@correct.command()
@click.argument("correction", metavar="ID")
@signed
@settings_options
def undo(correction: str, signature: Signed, settings: Settings) -> None:
    """Take a correction back; it stays in the list as revoked."""
    with opened(settings) as book:
        tell(settings, book.undo(correction, by=signature.by, at=signature.at, why=signature.why))


@correct.command("list")
@click.option("--entry", metavar="ID", help="Of this entry.")
@click.option("--document", metavar="ID", help="About this document.")
@click.option("--by", metavar="NAME", help="By this person.")
@click.option("--action", type=click.Choice([str(action) for action in Action]), help="Of this sort.")
@click.option("--standing", type=click.Choice([str(each) for each in Standing]), help="What became of it.")
@settings_options
def list_(
    entry: str | None,
    document: str | None,
    by: str | None,
    action: str | None,
    standing: str | None,
    settings: Settings,
) -> None:
    """List corrections, with those revoked and those that no longer apply."""
    wanted = CorrectionFilter(
        entry=entry,
        document=document,
        by=by,
        action=Action(action) if action else None,
        standing=Standing(standing) if standing else None,
    )
    with opened(settings) as book:
        found = book.corrections(wanted)
    if settings.as_json:
        write_json(found)
    elif found:
        write(correction_list(found, width()))
    else:
        click.echo("No corrections answer to that.", err=True)


@correct.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@settings_options
def export(out: Path, settings: Settings) -> None:
    """Write all corrections, one line of JSON each, for another book."""
    with opened(settings) as book:
        found = book.corrections()
    out.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in found))
    if settings.as_json:
        write_json({"corrections": len(found)})
    else:
        put(f"{out}: {len(found)} corrections\n")


@correct.command()
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@settings_options
def apply(source: Path, settings: Settings) -> None:
    """Take over the corrections that "export" wrote; a second time adds nothing."""
    with opened(settings) as book:
        taken = book.apply(list(corrections_in(source)))
    if settings.as_json:
        write_json(taken)
    else:
        put(f"{source}: {taken.new} new, {taken.revoked} taken back, {taken.known} known already\n")


def corrections_in(source: Path) -> Iterator[Correction]:
    """The corrections of a file. Raises SourceError with the line."""
    for number, line in enumerate(source.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Correction)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise SourceError(f"{source}, line {number}: this is no correction: {error}") from error


def changes_of(values: tuple[str, ...]) -> tuple[Change, ...]:
    """The changes that ``--set`` writes; ``FIELD=`` says that the value is not known."""
    changes = []
    for each in values:
        field, sign, value = each.partition("=")
        if not sign:
            raise WrongCorrection(f"{each}: write FIELD=VALUE, for instance place=London")
        changes.append(Change(field.strip(), value.strip() or None))
    return tuple(changes)


def span_of(book: Book, document: str, text: str | None, place: str | None) -> Span:
    """The span that is meant, by its words or its place. Raises WrongCorrection."""
    if place:
        start, _, end = place.partition(":")
        if start.isdecimal() and end.isdecimal():
            return Span(int(start), int(end))
        raise WrongCorrection(f"--span {place}: write START:END, for instance 120:164")
    held = book.document(document).text
    if not text or held.count(text) != 1:
        found = f"{held.count(text)} times" if text else "not given"
        raise WrongCorrection(
            f"{document}: the words are {found}; give --text with words that stand there once, or --span"
        )
    start_at = held.index(text)
    return Span(start_at, start_at + len(text))
