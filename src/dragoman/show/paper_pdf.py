"""How is a paper set as PDF? By Typst, from a template that gets the paper as data."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from dragoman.errors import DataError, extra
from dragoman.show.paper import Paper
from dragoman.show.render import text_of


def pdf(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a PDF with footnotes; the same paper gives the same bytes. Raises DataError for a wrong template."""
    with extra("documents", "a brief as PDF"):
        import typst
    source = text_of("brief.typ", template).encode()
    made = datetime.datetime.combine(paper.day or datetime.date(1970, 1, 1), datetime.time(), datetime.UTC)
    try:
        return bytes(
            typst.compile(
                source,
                format="pdf",
                sys_inputs={"paper": msgspec.json.encode(paper).decode()},
                timestamp=int(made.timestamp()),
            )
        )
    except (typst.TypstError, RuntimeError) as error:
        raise DataError(f"{template or 'brief.typ'}: {error}; correct the template") from error
