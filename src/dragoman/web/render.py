"""How does a view become a page, JSON, CSV or a feed? Everything from the book is escaped; signs of the log are not."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

import msgspec

from dragoman.book.values import editable
from dragoman.errors import extra
from dragoman.record.comparison import Change, Verdict
from dragoman.record.corrected import Action
from dragoman.record.entries import EntryKind
from dragoman.show import ledger, plain, words
from dragoman.show.highlight import CLOSE, OPEN
from dragoman.web import addresses
from dragoman.web.asked import Asked
from dragoman.web.tones import TONES
from dragoman.web.view import NOT_DATA, Page, Table, View
from dragoman.web.wording import readable, source_word

with extra("web", "the desk in the browser"):
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

READER = "@@who-is-logged-in@@"  # stands in pages that are kept, as the next one does
CSRF = "@@token-of-this-session@@"  # stands in pages that are kept; each reader's own token takes its place
VERDICTS = {
    Verdict.SAME_WORDS: "In the same words",
    Verdict.REWORDED: "Mentioned by both, reworded",
    Verdict.ONE_ONLY: "In one account only",
}
PAST = {
    Action.CONFIRM: "Confirmed",
    Action.REJECT: "Rejected",
    Action.MERGE: "Merged",
    Action.SPLIT: "Split",
    Action.EDIT: "Edited",
    Action.ADD: "Added",
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins with one


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page is set: ``at`` turns an address of the desk into one that works from there.

    ``editing`` shows the forms for corrections; a published desk has none.
    """

    at: Callable[[str], str]
    tabs: tuple[Page, ...] = ()
    editing: bool = True
    published: bool = False  # as files, without a server
    login: bool = False  # whether one is logged in


@cache
def environment() -> Environment:
    """The templates with the words of the house."""
    made = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        day=words.day_words,
        when=words.when_words,
        exact_days=plain.when_words,
        basis=plain.basis_words,
        published=lambda given: readable(plain.published_words(given)),
        readable=readable,
        source=source_word,
        party=words.party_word,
        party_full=words.party_name,
        plain=lambda text: str(text).replace("_", " "),
        marked=marked,
        island=island,
        counted=lambda number, noun: f"{number:,} {noun}{'' if number == 1 else 's'}",
        entry=addresses.of_entry,
        document=addresses.of_document,
    )
    made.globals.update(
        csrf=CSRF,
        reader_sign=READER,
        addresses=addresses,
        words=words,
        ledger=ledger,
        tones=TONES,
        verdicts=VERDICTS,
        is_close=is_close,
        entry_kinds=tuple(kind.value for kind in EntryKind),
        editable=editable_fields,
        past=PAST,
    )
    return made


def editable_fields(entry: msgspec.Struct) -> list[str]:
    """The fields of an entry that a person may edit."""
    return sorted(editable(type(entry)))


def is_close(diff: Sequence[Change]) -> bool:
    """Whether a word diff keeps so much that it is easier read than the two wordings: two words of five."""
    words = sum(len(change.words.split()) for change in diff)
    same = sum(len(change.words.split()) for change in diff if change.side == "same")
    return same * 5 >= words * 2


def marked(text: str) -> Markup:
    """Words with what stands between the highlight signs set off."""
    safe = str(Markup.escape(text))
    return Markup(safe.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def island(data: object) -> Markup:
    """A record as JSON that cannot end the element it stands in."""
    text = msgspec.json.encode(data, enc_hook=str).decode()
    for sign, coded in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, coded)
    return Markup(text)


def kept_day(path: str, asked: Asked) -> str:
    """The address with the day of the question, where it has one."""
    if asked.as_of is None or not path.startswith("/") or path.startswith("/static/"):
        return path
    whole = urlsplit(path)
    query = [pair for pair in parse_qsl(whole.query) if pair[0] != "as_of"]
    return whole._replace(query=urlencode([*query, ("as_of", asked.as_of.isoformat())])).geturl()


def html_page(page: Page, view: View, asked: Asked, setting: Setting) -> str:
    """The page as HTML."""
    template = environment().get_template(page.template)
    return template.render(
        page=page,
        view=view,
        asked=asked,
        setting=setting,
        at=lambda path: setting.at(kept_day(path, asked)),
        asset=setting.at,
        query=lambda **changed: query_with(asked, **changed),
    )


def query_with(asked: Asked, **changed: str | int) -> str:
    """The page's own address with some values changed."""
    names = ("since", "until", "topic", "person", "kind", "status", "speaker", "show")
    held: dict[str, Any] = {name: getattr(asked, name) for name in names}
    held |= {"q": asked.words, "page": asked.page if asked.page > 1 else "", **changed}
    query = urlencode([(name, str(value)) for name, value in held.items() if value])
    return f"{asked.path}{f'?{query}' if query else ''}"


def json_page(view: View, asked: Asked) -> bytes:
    """The page's data: its title, the day it shows, its records, or its tables when it has no records of its own."""
    data = {name: getattr(view, name) for name in view.__struct_fields__ if name not in NOT_DATA}
    if not view.records:
        data["tables"] = [
            {
                "caption": table.caption,
                "columns": table.columns,
                "rows": [[cell.text for cell in row] for row in table.rows],
            }
            for table in view.tables
        ]
        if len(data) > len(View.__struct_fields__) - len(NOT_DATA):
            data.pop("records")
    counted = {"total": view.tables[0].total} if view.tables and view.tables[0].total is not None else {}
    whole = {"address": asked.path, "as_of": asked.as_of, **counted, **data}
    return msgspec.json.format(msgspec.json.encode(whole, enc_hook=str), indent=1)


def csv_page(view: View) -> str:
    """The first table of the page, or of its first chart, as CSV; no cell can be run by a spreadsheet."""
    out = io.StringIO()
    table = first_table(view)
    if table is not None:
        writer = csv.writer(out)
        writer.writerow(table.columns)
        writer.writerows([unarmed(cell.text) for cell in row] for row in table.rows)
    return out.getvalue()


def first_table(view: View) -> Table | None:
    """The table that the page's CSV is made from."""
    held = [*view.tables, *(chart.table for chart in view.charts)]
    return held[0] if held else None


def unarmed(text: str) -> str:
    """A cell's words without highlight signs, and with an apostrophe before a sign that spreadsheets run."""
    bare = text.replace(OPEN, "").replace(CLOSE, "")
    return f"'{bare}" if bare.startswith(FORMULA_SIGNS) and not is_number(bare) else bare


def is_number(text: str) -> bool:
    """Whether a cell is only a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def feed_page(view: View, asked: Asked, host: str) -> str:
    """The page's items as an Atom feed; ids are tags that do not change with the host."""
    days = [item.day for item in view.items if item.day]
    updated = moment(max(days) if days else None)
    own = f"{host}{asked.path}"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{xml(view.title)}</title><id>tag:dragoman,2026:{xml(asked.path)}</id><updated>{updated}</updated>",
        f'<author><name>Dragoman</name></author><link href={quoteattr(own)}/><link rel="self" href={quoteattr(own + ".atom")}/>',
    ]
    for item in view.items:
        parts.append(
            f"<entry><title>{xml(item.title)}</title><id>tag:dragoman,2026:{xml(item.id)}</id>"
            f"<updated>{moment(item.day)}</updated><link href={quoteattr(xml_signs(host + item.path))}/>"
            f"<summary>{xml(item.summary)}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>"]) + "\n"


def moment(day: datetime.date | None) -> str:
    """A day as the moment that Atom asks for."""
    return f"{(day or datetime.date(1970, 1, 1)).isoformat()}T00:00:00Z"


def xml(text: str) -> str:
    """Words in XML."""
    return escape(xml_signs(text))


def xml_signs(text: str) -> str:
    """Words without the signs that XML cannot hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
