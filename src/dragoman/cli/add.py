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
from dragoman.cli.options import Settings, settings_options
from dragoman.cli.output import put, write_json
from dragoman.library import Progress, RunReport
from dragoman.library import add as add_to
from dragoman.record.entries import BookMeta

SHOWN = 20


class AddReport(msgspec.Struct, frozen=True):
    """What ``add --json`` writes: what the run did, and what the book holds now."""

    run: RunReport
    book: BookMeta


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read; all cores by default.")
@click.option("--read-all", is_flag=True, help="Read every text, also one without diplomacy at first look.")
@settings_options
def add(paths: tuple[Path, ...], workers: int | None, read_all: bool, settings: Settings) -> int:
    """Add texts, pages, folders and manifests to the book.

    A manifest is CSV or JSON Lines with the columns path, id, url, outlet, title, published, kind and issuer; all but
    path may be missing, and paths are relative to the manifest. A second run over the same files adds nothing; another
    text of a known url or id becomes a new version of its document. A text that names fewer than two parties and no
    word of diplomacy is set aside before it is read, and the report names it.
    """
    seen = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    with Book.open(settings.book, create=True) as book:
        with shown_progress() as progress:
            report = add_to(book, paths, workers=workers or cores(), read_all=read_all, seen=seen, progress=progress)
        meta = book.meta
    for refused in report.refused:
        click.echo(f"dragoman: {refused.reason}", err=True)
    if settings.as_json:
        write_json(AddReport(report, meta))
    else:
        put(report_text(report, meta, settings.book))
    return 1 if report.refused else 0


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
    lines.append(f"The book holds {meta.documents} documents and {meta.entries} entries.")
    return "\n".join(lines) + "\n"
