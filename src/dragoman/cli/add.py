"""dragoman add PATHS..."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from dragoman.book import Book
from dragoman.book.address import Address
from dragoman.cli.options import Settings, rules_option, settings_options
from dragoman.cli.output import warn, write, write_json
from dragoman.library import Progress, RunReport, add_found, fetcher_of_pages
from dragoman.read import Given, find_sources
from dragoman.read.facts import with_facts
from dragoman.read.find import WEB, Fetch, no_web
from dragoman.read.given import NOTHING, given_from
from dragoman.read.source import Found
from dragoman.read.standard_input import found_in_stream
from dragoman.record.entries import BookMeta

SHOWN = 20
STDIN = "-"


class AddReport(msgspec.Struct, frozen=True):
    """What ``add --json`` writes: what the run did, and what the book holds now."""

    run: RunReport
    book: BookMeta


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read; all cores by default.")
@click.option("--read-all", is_flag=True, help="Read every text, also one without diplomacy at first look.")
@click.option("--published", metavar="DAY", help="State the day of publication of all that is given.")
@click.option("--outlet", metavar="NAME", help="State who published it.")
@click.option("--kind", metavar="KIND", help="State its kind, such as readout or news.")
@click.option("--issuer", metavar="PARTY", help="State whose official text it is.")
@click.option("--url", metavar="URL", help="State the address of a single document.")
@click.option("--title", metavar="TITLE", help="State the title of a single document.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and private networks.")
@rules_option
@settings_options
def add(
    paths: tuple[str, ...],
    workers: int | None,
    read_all: bool,
    allow_private: bool,
    settings: Settings,
    **stated: str | None,
) -> int:
    """Add texts, pages, folders, collections and manifests to the book.

    PATHS are files, folders, addresses on the web (https://...), members of a container (news.zip!first.txt), or - for
    standard input, which is one text or JSON Lines. Read are texts, pages, mails, PDF and Word files, zip and tar
    archives, JSON Lines, CSV and Parquet tables, web archives and database exports; docs/sources.md says more.

    A manifest is CSV or JSON Lines with the columns path, id, url, outlet, title, published, kind and issuer; all but
    path may be missing, and paths are relative to the manifest. A second run over the same files adds nothing; another
    text of a known url or id becomes a new version of its document. A text that names fewer than two parties and no
    word of diplomacy is set aside before it is read, and the report names it.
    """
    given = stated_by(stated, paths)
    seen = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    with Book.open(settings.book, create=True) as book:
        with shown_progress() as progress, fetching(paths, allow_private) as fetch:
            found = (with_facts(each, given) for each in found_by(paths, fetch))
            report = add_found(book, found, workers=workers or cores(), read_all=read_all, seen=seen, progress=progress)
        meta = book.meta
    for refused in report.refused:
        warn(refused.reason)
    if settings.as_json:
        write_json(AddReport(report, meta))
    else:
        write(report_text(report, meta, settings.book))
    return 1 if report.refused else 0


def stated_by(stated: dict[str, str | None], paths: tuple[str, ...]) -> Given:
    """What the options state. A usage error for a value that is wrong, or an address or title of several documents."""
    single = len(paths) == 1 and (paths[0] == STDIN or Path(paths[0]).is_file())
    if (stated["url"] or stated["title"]) and not single:
        raise click.UsageError("--url and --title are those of one document; give one file, or - for standard input")
    try:
        return given_from({name: value for name, value in stated.items() if value}) if any(stated.values()) else NOTHING
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def found_by(paths: tuple[str, ...], fetch: Fetch) -> Iterator[Found]:
    """What the arguments name, in their order."""
    for path in paths:
        if path == STDIN:
            yield from found_in_stream(sys.stdin.buffer)
        else:
            yield from find_sources([path], fetch)


@contextmanager
def fetching(paths: tuple[str, ...], allow_private: bool) -> Iterator[Fetch]:
    """How addresses are fetched; what that needs is only loaded when there is one."""
    if not any(path.casefold().startswith(WEB) for path in paths):
        yield no_web
        return
    with fetcher_of_pages(allow_private=allow_private) as fetch:
        yield fetch


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on stderr when that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda progress: bar.update(task, completed=progress.done, total=progress.total)


def report_text(report: RunReport, meta: BookMeta, path: Path | Address) -> str:
    """The run in a few lines."""
    stored = report.stored
    lines = [
        f"{path}: {stored.new} new, {stored.versions} new versions, {stored.reread} read anew,"
        f" {stored.unchanged} unchanged, {len(report.refused)} refused"
    ]
    lines += [f"  set aside: {unread.name}: {unread.reason}" for unread in report.set_aside[:SHOWN]]
    if len(report.set_aside) > SHOWN:
        lines.append(f"  set aside: {len(report.set_aside) - SHOWN} more; --json names them")
    lines += [f"  gap: {gap.document}: {gap.gap.reason}" for gap in report.gaps[:SHOWN]]
    if len(report.gaps) > SHOWN:
        lines.append(f"  gap: {len(report.gaps) - SHOWN} more; --json names them")
    seconds = ", ".join(f"{name} {value:.1f}" for name, value in report.seconds.items())
    lines.append(f"  {report.elapsed:.1f} s ({seconds}); {report.entries_changed} entries changed")
    if report.read:
        steps = ", ".join(f"{name} {value:.1f}" for name, value in report.steps.items())
        lines.append(f"  of reading: {steps}")
    lines.append(f"The book holds {meta.documents} documents and {meta.entries} entries.")
    return "\n".join(lines) + "\n"
