"""dragoman annotate NAME and dragoman agreement NAME"""

from __future__ import annotations

from collections.abc import Callable

import click

from dragoman.annotate.annotators import Options, annotator_named
from dragoman.annotate.run import Agreement
from dragoman.annotate.run import agreement as agreement_with
from dragoman.annotate.run import annotate as annotate_book
from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import put, write_json
from dragoman.record.entries import Filter


def annotator_options(command: Callable[..., object]) -> Callable[..., object]:
    """``--model`` and ``--address``."""
    command = click.option("--address", metavar="URL", help="Where the model answers (chat).")(command)
    return click.option("--model", metavar="NAME", help="The pipeline, or the model.")(command)


@click.command()
@click.argument("name")
@annotator_options
@filter_options("party", "person", "topic", "since", "until")
@settings_options
def annotate(name: str, model: str | None, address: str | None, wanted: Filter, settings: Settings) -> int:
    """Let another annotator read the book's texts, and keep what it finds as its own.

    NAME is spacy (an installed pipeline, --model en_core_web_sm), chat (a language model behind an OpenAI-compatible
    --address, which is sent the texts), or what an installed package offers. What it finds never mixes with what
    Dragoman reads; docs/annotators.md says more.
    """
    annotator = annotator_named(name, Options(model, address))
    with opened(settings) as book:
        report = annotate_book(book, annotator, wanted)
    for failed in report.failed:
        click.echo(f"dragoman: {failed.document}: {failed.reason}", err=True)
    if settings.as_json:
        write_json(report)
    else:
        put(
            f"{annotator.name} {annotator.version}: {report.read} documents read, {report.known} known already, "
            f"{report.annotations} spans found, {report.dropped} dropped as not in the text\n"
        )
    return 1 if report.failed else 0


@click.command()
@click.argument("name")
@annotator_options
@filter_options("party", "person", "topic", "since", "until")
@settings_options
def agreement(name: str, model: str | None, address: str | None, wanted: Filter, settings: Settings) -> None:
    """Tell how far an annotator and Dragoman agree, kind by kind.

    Precision is the share of its spans that overlap a mention of Dragoman's, recall the share of Dragoman's mentions
    that overlap one of its spans; exact counts those of the very same characters.
    """
    annotator = annotator_named(name, Options(model, address))
    with opened(settings) as book:
        found = agreement_with(book, annotator, wanted)
    if settings.as_json:
        write_json(found)
        return
    put(f"{annotator.name} {annotator.version}\n")
    put(f"{'kind':<14}{'theirs':>8}{'ours':>8}{'exact':>8}{'precision':>11}{'recall':>8}\n")
    put("".join(map(line_of, found)))


def line_of(held: Agreement) -> str:
    """A kind in one line."""
    return f"{held.kind:<14}{held.theirs:>8}{held.ours:>8}{held.exact:>8}{share(held.precision):>11}{share(held.recall):>8}\n"


def share(value: float | None) -> str:
    """A share with two places; a dash where there is nothing to share."""
    return "-" if value is None else f"{value:.2f}"
