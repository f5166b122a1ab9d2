"""Which stretches of a text are its page's, and not the story's?

Marked, never cut. Decided line by line: by the phrases of ``data/boilerplate.toml``, by shape (runs of menu words,
code, addresses, copyright) and by place (a title that is repeated below itself, an agency's signature at the end).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

import msgspec

from dragoman.read.published import is_date_line
from dragoman.record.document import Boilerplate, BoilerplateKind
from dragoman.record.span import Span

HEAD_LINES = 15
TAIL_LINES = 8
SHORT = 140
MENU_RUN = 4
MENU_WORDS = 3
CODE_LINES = 80
LINK_WORDS = 30

CODE = re.compile(
    r"\bwindow\.\w|\bdocument\.(?:write|get|create|query|add|cookie|body|location)|\bgoogletag\b|\bdataLayer\b|\bjQuery\("
    r"|\b(?:gtag|fbq)\(|\badsbygoogle\b|\bfunction\s*\w*\s*\([^)]{0,80}\)\s*\{|=>\s*\{|\b(?:var|const|let)\s+\w+\s*="
    r"|<!\[CDATA\[|^\s*[.#@]?[\w.# :>,-]{1,80}\{\s*[\w-]+\s*:[^}]{1,200};?\s*\}?$|^\s*\}\s*\)?\s*[;)]*\s*$"
)
CODE_SIGNS = re.compile(r"[{}=]|\.(?:push|write|getElement)|<!\[CDATA")
CREDIT = re.compile(
    r"(?:^|(?<=[.!?)”\"’|] )|(?<=\s\| )|(?<=[.!?] ))\(?\s*"
    r"(?:(?:file\s+)?(?:photo(?:graph)?s?|image|picture|pic|video|illustration)\s*(?:credits?|courtesy)?\s*(?:by\s*:?|:|/|courtesy(?:\s+of)?|©)"
    r"|credits?\s*:|courtesy\s*:|getty images|file (?:photo|pic|image))\s*(?:[^.!?\n]|(?<=\b[A-Z])\.){0,80}[.)]?\s*$",
    re.IGNORECASE,
)
CREDIT_HINT = re.compile(r"photo|image|pic|credit|courtesy|illustration|video", re.IGNORECASE)
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?(?P<label>[\w-]{2,40})(?:\.[\w-]{2,24}){1,3}(?:/\S*)?", re.IGNORECASE)
MAIL = re.compile(r"(?:e-?mail\s*:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
CODE_NUMBER = re.compile(
    r"(?:story|article|news|page|post|release)\s+(?:code|id|no\.?|number)\s*:?\s*[\w/-]+", re.IGNORECASE
)
RUN_TOGETHER = re.compile(r"(?:[A-Z][a-z&]+){5,}|(?:[A-Z][a-z]+ ?){0,12}(?:[A-Z][a-z]+){4,}(?: ?[A-Z][a-z]+){0,12}")
TRAIL = re.compile(r"[\w ]{2,24}(?:\s*[|›»>/•·]\s*[\w &-]{2,40}){2,}")
ENDING = re.compile(
    r"(?:[-–—#*]+\s*(?:end|ends|30)?\s*[-–—#*]*|end\s*(?:item|s)?\.?|/ends?/?|item ends)", re.IGNORECASE
)
TURN = re.compile(r"[A-Z][A-Z .,'’-]{0,40}:\s")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")
EDGE_SIGNS = " \t\xa0*-–—:|>»•·.[]()#_=~"


class Line(msgspec.Struct, frozen=True):
    """A line that holds something: its span without the blanks around it, and its words for comparison."""

    span: Span
    text: str
    folded: str


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``data/boilerplate.toml``."""

    related_headings: frozenset[str]
    related_lines: frozenset[str]
    related_openings: tuple[str, ...]
    advertisement_lines: frozenset[str]
    advertisement_openings: tuple[str, ...]
    menu_lines: frozenset[str]
    copyright_openings: tuple[str, ...]
    agencies: tuple[str, ...]


@functools.cache
def phrases() -> Phrases:
    """The shipped phrases."""
    text = files("dragoman.read").joinpath("data/boilerplate.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Phrases)


@functools.cache
def sign_off() -> re.Pattern[str]:
    """An agency's signature: alone on a line, in brackets, with initials, or at the end of the last paragraph."""
    agency = "(?:" + "|".join(map(re.escape, sorted(phrases().agencies, key=len, reverse=True))) + ")"
    signed = rf"{agency}(?:[ /]{agency})*"
    initials = r"(?:[ /]+[A-Za-z]{2,4}\.?){0,4}"
    inputs = r"(?:with|from)\s+(?:additional\s+)?(?:inputs?|reporting)\s+(?:from|by)\b[^()\n]{0,80}"
    desk = r"(?:additional\s+)?(?:reporting|writing|editing|compiled|translated)\s+by\s[^()\n]{0,160}"
    return re.compile(
        rf"(?:[-–—]+\s*)?{signed}{initials}\s*[.]?"
        rf"|\((?:{signed}{initials}|(?i:{inputs})|(?i:{desk}))\)\s*[.]?"
        rf"|(?i:{inputs})|[-–—]\s*(?i:{inputs})"
    )


@functools.cache
def sign_off_at_end() -> re.Pattern[str]:
    """The same, in brackets or after a dash, after the last sentence of a paragraph."""
    return re.compile(
        rf"(?<=[.!?”\"’)])\s*(?:\((?=[A-Za-z])|[-–—]+\s*)(?:{sign_off().pattern})\)?\s*$|(?<=[.!?”\"’])\s*(?:{sign_off().pattern})$"
    )


def boilerplate_in(text: str, title: str | None, marked: Sequence[Span] = ()) -> list[Boilerplate]:
    """The boilerplate of a text, in order and without overlap; stretches in ``marked`` are known already."""
    lines = [line for line in lines_of(text) if not any(span.overlaps(line.span) for span in marked)]
    if not lines:
        return []
    found: dict[int, Boilerplate] = {}
    for finder in (code, repeats, related, single_lines, menus, tail):
        for number, mark in finder(lines, title):
            found.setdefault(number, mark)
    for number, mark in credits_in(lines):
        found.setdefault(number, mark)
    if len(found) == len(lines) and all(mark.span == lines[number].span for number, mark in found.items()):
        return []  # a text that is nothing but boilerplate is a text
    return sorted(found.values(), key=lambda mark: mark.span)


def lines_of(text: str) -> Iterator[Line]:
    """The lines that hold anything."""
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            span = Span(start, start + len(stripped))
            yield Line(span, stripped, folded(stripped) if len(stripped) <= SHORT else "")
        at += len(raw) + 1


def folded(text: str) -> str:
    """A line for comparison: case-folded, straight quotes, single blanks, no signs around."""
    plain = text.replace("’", "'").replace("‘", "'").replace("\xa0", " ")
    return " ".join(plain.casefold().split()).strip(EDGE_SIGNS)


Finding = Iterable[tuple[int, Boilerplate]]


def whole(line: Line, kind: BoilerplateKind, rule: str) -> Boilerplate:
    """A mark over a whole line."""
    return Boilerplate(kind, line.span, f"boilerplate.{rule}")


def code(lines: Sequence[Line], title: str | None) -> Finding:
    """Scripts and style sheets that a page's body spilled into its text."""
    del title
    depth = 0
    for number, line in enumerate(lines):
        text = line.text
        if depth > 0 or (CODE_SIGNS.search(text) and CODE.search(text)):
            depth = max(0, depth + text.count("{") - text.count("}"))
            depth = depth if code_goes_on(lines, number) else 0
            yield number, whole(line, BoilerplateKind.SCRIPT, "code")


def code_goes_on(lines: Sequence[Line], number: int) -> bool:
    """Whether a closing brace follows within reach, so that an open one may swallow the lines between."""
    return any("}" in line.text for line in lines[number + 1 : number + CODE_LINES])


def repeats(lines: Sequence[Line], title: str | None) -> Finding:
    """A title that stands again below itself, and any short line that stands twice in a row at the top."""
    names = folded(title) if title else ""
    seen: set[str] = set()
    titled = False
    for number, line in enumerate(lines[:HEAD_LINES]):
        key = line.folded or folded(line.text)
        if len(key.split()) >= 3 and key in seen and may_be_repeated_idly(line.text):
            yield number, whole(line, BoilerplateKind.REPEATED_TITLE, "repeated_line")
        elif names and titled and len(names.split()) >= 3 and begins_title(key, names):
            yield number, whole(line, BoilerplateKind.REPEATED_TITLE, "repeated_title")
        titled = titled or bool(names and begins_title(key, names))
        seen.add(key)


def may_be_repeated_idly(line: str) -> bool:
    """Whether a line that stands twice is an accident of the page: turns, stage directions and dates are not."""
    return line[0] != "(" and not TURN.match(line) and not is_date_line(line)


def begins_title(key: str, title: str) -> bool:
    """Whether a line is the title, or the title with the site's name behind it."""
    return key == title or (
        key.startswith(title) and len(key) - len(title) < 30 and key[len(title) :][:2] in (" |", " -", " –", " —")
    )


def related(lines: Sequence[Line], title: str | None) -> Finding:
    """Lists of links to other texts: a heading, then lines without a sentence's end, up to the next real paragraph."""
    del title
    held = phrases()
    number = 0
    while number < len(lines):
        if lines[number].folded not in held.related_headings:
            number += 1
            continue
        end = end_of_links(lines, number + 1)
        if end > number + 1 or number >= len(lines) - TAIL_LINES:
            for each in range(number, max(end, number + 1)):
                yield each, whole(lines[each], BoilerplateKind.RELATED, "related_list")
        number = max(end, number + 1)


def end_of_links(lines: Sequence[Line], number: int) -> int:
    """The number of the first line from here that is no link."""
    while number < len(lines) and is_link(lines[number]):
        number += 1
    return number


def is_link(line: Line) -> bool:
    """Whether a line looks like another text's title."""
    return bool(line.folded) and len(line.text.split()) <= LINK_WORDS and not SENTENCE_END.search(line.text)


def single_lines(lines: Sequence[Line], title: str | None) -> Finding:
    """Lines that are known phrases, links, trails or copyright notices by themselves."""
    del title
    for number, line in enumerate(lines):
        found = kind_of_line(line) if line.folded else None
        if found:
            yield number, whole(line, *found)


def kind_of_line(line: Line) -> tuple[BoilerplateKind, str] | None:
    """What a short line is by its words alone."""
    held = phrases()
    key = line.folded
    opening = line.text.casefold().replace("’", "'")
    if key in held.advertisement_lines or key.startswith(held.advertisement_openings):
        return BoilerplateKind.ADVERTISEMENT, "advertisement"
    if key in held.related_lines or opening.startswith(held.related_openings):
        return BoilerplateKind.RELATED, "related_line"
    if opening.startswith(held.copyright_openings) and not line.text.endswith(("”", '"')):
        return BoilerplateKind.ADDRESS, "copyright"
    if TRAIL.fullmatch(line.text):
        return BoilerplateKind.MENU, "trail"
    if RUN_TOGETHER.fullmatch(line.text):
        return BoilerplateKind.MENU, "run_together"
    if CODE_NUMBER.fullmatch(line.text):
        return BoilerplateKind.ADDRESS, "code_number"
    return None


def menus(lines: Sequence[Line], title: str | None) -> Finding:
    """Runs of menu words; a known menu word alone counts only beside another at the top or the bottom."""
    del title
    run: list[int] = []
    for number, line in enumerate(lines):
        if is_menu_word(line):
            run.append(number)
            continue
        yield from menu_run(lines, run)
        run = []
    yield from menu_run(lines, run)


def is_menu_word(line: Line) -> bool:
    """Whether a line is a few words without any sign of a sentence."""
    if not line.folded or line.folded in phrases().menu_lines:
        return bool(line.folded)
    return len(line.text) < 30 and len(line.text.split()) <= MENU_WORDS and not re.search(r"[.:;!?,\"”\d]", line.text)


def menu_run(lines: Sequence[Line], run: Sequence[int]) -> Finding:
    """The marks for a run of short lines: it needs a known menu word, or to be long."""
    known = sum(lines[number].folded in phrases().menu_lines for number in run)
    if known and (len(run) >= 2 or run[0] < 3 or run[0] > len(lines) - TAIL_LINES):
        keep = (
            run
            if len(run) >= MENU_RUN or known == len(run)
            else [n for n in run if lines[n].folded in phrases().menu_lines]
        )
    elif len(run) >= MENU_RUN and run[0] == 0 and len(run) < len(lines) // 2:
        keep = run
    else:
        return
    for number in keep:
        yield number, whole(lines[number], BoilerplateKind.MENU, "menu")


def tail(lines: Sequence[Line], title: str | None) -> Finding:
    """What signs a text off: the agency, its initials, "ENDS", and the site's address with its name above."""
    del title
    first = max(1, len(lines) - TAIL_LINES)
    for number in range(len(lines) - 1, first - 1, -1):
        line = lines[number]
        label = address_label(line)
        if label is not None:
            yield number, whole(line, BoilerplateKind.ADDRESS, "address")
            if number and is_name_of(letters_of(lines[number - 1].text), label):
                yield number - 1, whole(lines[number - 1], BoilerplateKind.ADDRESS, "address_name")
        elif sign_off().fullmatch(line.text) or ENDING.fullmatch(line.text):
            yield number, whole(line, BoilerplateKind.SIGN_OFF, "sign_off")
        elif not is_furniture(line):
            yield from closing_signature(number, line)
            break


def is_furniture(line: Line) -> bool:
    """Whether a line at the end belongs to the page, so that the signature may stand above it."""
    return len(line.text.split()) <= 6 and not SENTENCE_END.search(line.text)


def closing_signature(number: int, line: Line) -> Finding:
    """The agency's signature behind the last sentence."""
    start = max(0, len(line.text) - 200)
    match = sign_off_at_end().search(line.text, start)
    if match:
        at = line.span.start + match.start() + len(match[0]) - len(match[0].lstrip())
        yield number, Boilerplate(BoilerplateKind.SIGN_OFF, Span(at, line.span.end), "boilerplate.sign_off_at_end")


def address_label(line: Line) -> str | None:
    """For a line that is a web or mail address: the letters of the site's name; else None."""
    match = DOMAIN.fullmatch(line.text)
    if match:
        bare = line.text.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
        return letters_of(bare.split("/")[0])
    return "" if MAIL.fullmatch(line.text) else None


def is_name_of(name: str, address: str) -> bool:
    """Whether a line's letters are those that the address below it begins with."""
    return len(name) >= 4 and address.startswith(name)


def letters_of(text: str) -> str:
    """Only the letters and digits of a name, case-folded."""
    return re.sub(r"[\W_]", "", text.casefold())


def credits_in(lines: Sequence[Line]) -> Finding:
    """The credit of a photograph: a whole line, or behind a caption, which is left to be read."""
    for number, line in enumerate(lines):
        if len(line.text) > 400 or not CREDIT_HINT.search(line.text):
            continue
        match = CREDIT.search(line.text)
        if match and not TURN.match(line.text):
            at = line.span.start + match.start() + len(match[0]) - len(match[0].lstrip())
            yield number, Boilerplate(BoilerplateKind.CAPTION_CREDIT, Span(at, line.span.end), "boilerplate.credit")
