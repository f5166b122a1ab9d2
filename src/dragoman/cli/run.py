"""dragoman run SOURCES... OUT, and dragoman load OUT"""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from dragoman.book import Book
from dragoman.cli.options import Settings, settings_options
from dragoman.cli.output import put, warn, write_json


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--engine", type=click.Choice(["dask"]), default="dask", show_default=True, help="What spreads the work.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Processes of this machine.")
@click.option("--scheduler", metavar="ADDRESS", help="A scheduler that runs already, such as tcp://head:8786.")
@click.option("--memory", default="auto", show_default=True, metavar="SIZE", help="Of each process of this machine.")
@click.option(
    "--share",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    metavar="MB",
    help="Of a large file, what is one piece of work.",
)
@settings_options
def run(
    sources: tuple[Path, ...],
    out: Path,
    engine: str,
    workers: int,
    scheduler: str | None,
    memory: str,
    share: int,
    settings: Settings,
) -> int:
    """Read SOURCES on many processes or machines into a set of Parquet files.

    Files, folders, JSON Lines, Parquet and web archives are divided into units; OUT gets documents and mentions by month.
    A second run reads only what is not finished. "dragoman load OUT" brings the set, or some months of it, into a book.
    """
    from dragoman.scale.engine import Plan
    from dragoman.scale.engine import run as run_on

    plan = Plan(workers=workers, scheduler=scheduler, memory=memory, share_bytes=share << 20)
    report = run_on(sources, out, plan)
    for lost in report.given_up:
        warn(f"given up: {lost}")
    if settings.as_json:
        write_json(report)
    else:
        put(
            f"{out}: {report.units} units read, {report.earlier} were there; {report.read} documents,"
            f" {report.set_aside} set aside, {report.refused} refused; {report.seconds:.1f} s of reading\n"
        )
    return 1 if report.given_up or report.refused else 0


@click.command()
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--month", "months", multiple=True, metavar="YYYY-MM", help="Only documents of this month; may be repeated."
)
@settings_options
def load(out: Path, months: tuple[str, ...], settings: Settings) -> int:
    """Bring what "dragoman run" has read into the book, and link it. What the book has already is left as it is."""
    from dragoman.scale.parts import readings_in

    seen = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    with Book.open(settings.book, create=True) as book:
        stored = book.store(readings_in(out, months), seen=seen)
        changed = book.link()
    if settings.as_json:
        write_json(stored)
    else:
        put(
            f"{settings.book}: {stored.new} new, {stored.versions} new versions, {stored.reread} read anew,"
            f" {stored.unchanged} unchanged; {changed} entries changed\n"
        )
    return 0
