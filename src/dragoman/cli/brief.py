"""dragoman brief PARTY PARTY"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from dragoman.book import Book
from dragoman.cli.options import DAY, Day, Settings, opened, settings_options
from dragoman.cli.output import put, width, write, write_json
from dragoman.export.files import beside
from dragoman.library import party_code
from dragoman.show.brief import WINDOW, Brief
from dragoman.show.brief import brief as brief_of
from dragoman.show.brief_paper import paper_of
from dragoman.show.brief_text import brief_text
from dragoman.show.news import News, news, news_paper, news_text
from dragoman.show.paper import Paper
from dragoman.show.paper_pdf import pdf
from dragoman.show.paper_word import word
from dragoman.show.render import html, markdown

WRITERS: dict[str, Callable[[Paper, Path | None], str | bytes]] = {
    "md": markdown,
    "html": html,
    "docx": word,
    "pdf": pdf,
}
FORMATS = ("text", *WRITERS)
BINARY = frozenset({"docx", "pdf"})
ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf"}
AGO = re.compile(r"(\d{1,4}) days?(?: ago)?")


class Since(Day):
    """A day, also as it is said in the morning: "today", "yesterday", "3 days"."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day of a value, by today's date; a usage error for anything else."""
        today = datetime.date.today()
        ago = AGO.fullmatch(str(value))
        if value in ("today", "yesterday"):
            return today - datetime.timedelta(days=value == "yesterday")
        return today - datetime.timedelta(days=int(ago[1])) if ago else super().convert(value, param, ctx)


class Setting(msgspec.Struct, frozen=True):
    """How a brief is to be written: in which form, by which template, and where to."""

    form: str
    template: Path | None
    out: Path | None


@click.command()
@click.argument("parties", nargs=-1, metavar="PARTY PARTY...")
@click.option("--as-of", type=DAY, metavar="DAY", help="As it was in print by this day.")
@click.option("--since", type=Since(), metavar="DAY", help='What is new since this day, "yesterday" or "3 days".')
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else as the ending of --out says, else text.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Your own template.")
@click.option(
    "--every-document",
    is_flag=True,
    help=f"Look at everything, not only at the latest {WINDOW} engagements and their texts.",
)
@settings_options
def brief(
    parties: tuple[str, ...],
    as_of: datetime.date | None,
    since: datetime.date | None,
    form: str | None,
    out: Path | None,
    template: Path | None,
    every_document: bool,
    settings: Settings,
) -> None:
    """Show the state of play between parties, or what is new.

    Parties are named by country, bloc or code: "dragoman brief USA India".
    With --since, and with any number of parties or none, the brief tells what
    came, moved and was dropped: "dragoman brief --since yesterday".

    On paper (md, html, docx, pdf) every line has footnotes with outlet, date,
    address and the exact words, and an annex has the quotations. docs/briefs.md
    says what a template may use.
    """
    codes = tuple(dict.fromkeys(party_code(name) for name in parties))
    if len(codes) < 2 and since is None:
        raise click.UsageError("a brief is on two parties or more, such as: dragoman brief USA IND")
    setting = setting_of(form, template, out)
    with opened(settings) as book:
        found = (
            news(book, since, codes, as_of)
            if since
            else brief_of(book, codes, as_of, limit=None if every_document else WINDOW)
        )
        if settings.as_json:
            write_json(found)
        else:
            deliver(written(book, found, setting), setting)


def setting_of(form: str | None, template: Path | None, out: Path | None) -> Setting:
    """The setting of the options. A usage error for what does not go together."""
    chosen = form or (ENDINGS.get(out.suffix.casefold(), "text") if out else "text")
    if chosen in BINARY and out is None:
        raise click.UsageError(f"a brief as {chosen} needs a file: --out brief.{chosen}")
    if template and chosen == "text":
        raise click.UsageError("a template needs a form: --format md, html, docx or pdf")
    return Setting(chosen, template, out)


def written(book: Book, found: Brief | News, setting: Setting) -> str | bytes:
    """The brief in its form."""
    if setting.form == "text":
        return news_text(found, width()) if isinstance(found, News) else brief_text(found, width())
    paper = news_paper(book, found) if isinstance(found, News) else paper_of(book, found)
    return WRITERS[setting.form](paper, setting.template)


def deliver(content: str | bytes, setting: Setting) -> None:
    """Write the brief to its file, or to the shell."""
    if setting.out is None:
        assert isinstance(content, str)
        write(content) if setting.form == "text" else put(content)
        return
    with beside(setting.out) as draft:
        draft.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", errors="replace"))
    put(f"{setting.out}\n")
