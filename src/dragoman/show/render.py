"""How is a paper written as Markdown or as a page? By a Jinja template, ours or the user's.

A template gets ``paper`` (see ``paper.Paper``) and may use the filters ``md`` (text as Markdown shows it) and ``link`` (an
address that is safe to follow, else nothing). It runs in a sandbox: a template that somebody passed on cannot run code.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from urllib.parse import quote, urlsplit

from dragoman.errors import DataError, extra
from dragoman.show.paper import Paper

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^])")


def markdown(paper: Paper, template: Path | None = None) -> str:
    """The paper as Markdown with footnotes."""
    return rendered(paper, "brief.md.j2", template, escape=False)


def html(paper: Paper, template: Path | None = None) -> str:
    """The paper as one page that needs no other file, set for screen and print."""
    return rendered(paper, "brief.html.j2", template, escape=True)


def rendered(paper: Paper, name: str, template: Path | None, *, escape: bool) -> str:
    """The paper through a template. Raises DataError naming the template and the line when it is wrong."""
    with extra("documents", "a brief as Markdown or HTML"):
        import jinja2
        import jinja2.sandbox
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters.update(md=as_markdown, link=safe_link)
    shown = str(template or name)
    try:
        return environment.from_string(text_of(name, template)).render(paper=paper)
    except jinja2.TemplateSyntaxError as error:
        raise DataError(f"{shown}, line {error.lineno}: {error.message}; correct the template") from error
    except (jinja2.TemplateError, TypeError) as error:
        raise DataError(f"{shown}: {error}; docs/briefs.md says what a template may use") from error


def text_of(name: str, template: Path | None) -> str:
    """The template's text. Raises DataError when the user's cannot be read."""
    if template is None:
        return resources.files("dragoman.show").joinpath("templates", name).read_text(encoding="utf-8")
    try:
        return template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{template}: the template cannot be read: {error}; it is a text file in UTF-8") from error


def as_markdown(text: str) -> str:
    """Text whose signs Markdown does not take as its own."""
    return MARKDOWN.sub(r"\\\1", text)


def safe_link(url: str) -> str:
    """The address if it is one of the web, with the signs quoted that would end it; else nothing."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~") if scheme in ("http", "https") else ""
